"""Forms on the screen."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static

from assistant.cases.entries import withdraw
from assistant.cases.forms import (
    HOW_WORDS_ARE_FOUND,
    KEPT_TYPED,
    MORE,
    WARNING,
    Before,
    Correcting,
    Field,
    Recording,
    filter_fields,
    filter_problems,
    form_of,
    problems_counted,
    wanted_of,
)
from assistant.errors import RecordsError
from assistant.guide.model import Guide
from assistant.records.entry import EVERYTHING, Entry, Wanted
from assistant.screen.dialogs import ConfirmScreen, OnceModal
from assistant.screen.text import Visible, in_lines, joined, plain
from assistant.screen.widgets import Keys
from assistant.services import Services

if TYPE_CHECKING:
    from assistant.records.fields import FieldProblem


_VALUE = "value"
"""Key under which the style of a value carries it, for a click to find."""


class Pick(Static, can_focus=True):
    """Shows values to choose from, the chosen one marked; `value` is empty until one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", "Choose", key_display="1-9 ← →"),
        Binding("backspace,delete", "take_back", "None", key_display="⌫"),
        Binding("enter", "app.focus_next", show=False),
    ]
    FOCUS_ON_CLICK: ClassVar[bool] = False

    class Changed(Message):
        """Another value is chosen, or none any more."""

    def __init__(self, choices: Mapping[str, str], value: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(markup=False, id=id)
        self._choices = choices
        self.value = value

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Take a digit as the value of that number, and a letter as the next value that begins so."""
        typed = event.character or ""
        if self.check_consume_key(event.key, event.character):
            event.stop()  # a letter is no command while there is something to choose
            is_digit = typed.isascii() and typed.isdecimal()
            found = list(self._numbered(typed) if is_digit else self._begun(typed))
            if found:
                self._choose(found[0])

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - Textual's
        """Tell that whatever can be typed is for this, so that no command's key is offered."""
        return character is not None and character.isprintable()

    def on_click(self, event: events.Click) -> None:
        value = event.style.meta.get(_VALUE)
        if value is not None:
            event.stop()
            self.focus()
            self._choose(value)

    def action_step(self, step: int) -> None:
        """Go to the next value, or the one before; from none, to the first or the last."""
        values = list(self._choices)
        if self.value in values:
            self._choose(values[(values.index(self.value) + step) % len(values)])
        else:
            self._choose(values[0 if step > 0 else -1])

    def action_take_back(self) -> None:
        self._choose("")

    def _numbered(self, digit: str) -> list[str]:
        number = int(digit)
        return list(self._choices)[number - 1 : number] if number else []

    def _begun(self, letter: str) -> Iterator[str]:
        values = list(self._choices)
        after = values.index(self.value) + 1 if self.value in values else 0
        for value in (*values[after:], *values[:after]):
            if self._choices[value].casefold().startswith(letter.casefold()):
                yield value

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._draw()
            self.post_message(self.Changed())

    def _draw(self) -> None:
        self.update(Content("\n").join(in_lines(self._drawn(), self.size.width or 60)))

    def _drawn(self) -> Iterator[Content]:
        for number, (value, words) in enumerate(self._choices.items(), start=1):
            chosen = value == self.value
            style = Style(bold=chosen) + Style.from_meta({_VALUE: value})
            yield joined([(f"{'●' if chosen else '○'} {number} {words}", style)])


class TextLine(Input):
    """A field of one line that keeps every line of what is pasted into it."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class FormButton(Button):
    """A button below a form, beside which no letter is a command.

    It stays under the mouse: taking the focus would move it, by the line of keys.
    """

    FOCUS_ON_CLICK: ClassVar[bool] = False

    def on_key(self, event: events.Key) -> None:
        if self.check_consume_key(event.key, event.character):
            event.stop()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - Textual's
        return character is not None and character.isprintable()


class FormRow(Vertical):
    """Asks for one field by name, holding `value` at first; `input` is what takes the keyboard."""

    def __init__(self, name: str, field: Field, value: str) -> None:
        super().__init__()
        self.field_name = name
        self._field = field
        self._first = value
        self.input = self._made()

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Label(plain(self._field.label), markup=False)
            yield self.input
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.say("")

    @property
    def value(self) -> str:
        """What the row holds now."""
        return self.input.value

    def say(self, words: str) -> None:
        """Say below the line what is wrong with it; nothing takes that away."""
        problem = self.query_one(".problem", Static)
        problem.update(plain(words))
        problem.display = bool(words)

    def _made(self) -> TextLine | Pick:
        if self._field.choices:
            return Pick(self._field.choices, self._first, id=self.field_name)
        return TextLine(
            self._first,
            id=self.field_name,
            placeholder=self._field.hint,
            highlighter=Visible(),
            compact=True,
            select_on_focus=False,
        )


def say_problems(rows: Iterable[FormRow], problems: "Iterable[FieldProblem]") -> None:
    """Say what is wrong in the row of each field."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.field, []).append(problem.message)
    for row in rows:
        row.say("\n".join(found.get(row.field_name, ())))


def go_to(row: FormRow) -> None:
    """Give the keyboard to a row, and bring all of it into sight."""
    row.input.focus()
    row.call_after_refresh(row.scroll_visible, animate=False)


_MORE, _FEWER = "More fields (Ctrl+O)", "Fewer fields (Ctrl+O)"


class FormFoot(Vertical):
    """Says a sentence or nothing; a button pressed is told by its id: save, more or leave."""

    said = query_one("#problems", Static)
    more = query_one("#more", Button)

    def compose(self) -> ComposeResult:
        yield Static(id="problems", markup=False)
        with Horizontal(id="buttons"):
            yield FormButton("Save (Ctrl+S)", id="save", compact=True)
            yield FormButton(plain(_MORE), id="more", compact=True)
            yield FormButton("Back (Esc)", id="leave", compact=True)

    def say(self, words: str) -> None:
        """Say words in place of what was said before; "" takes that away."""
        self.said.update(plain(words))
        self.said.display = bool(words)

    def offer(self, *, more: bool) -> None:
        """Name the button for what it does now: show fewer fields where there are `more`."""
        self.more.label = plain(_FEWER if more else _MORE)
        self.more.refresh(layout=True)  # one is longer than the other


_AS_LEFT = "As you left it: changed, not saved."
"""Said of a form that does not hold what it held at first."""


class RecordForm(Vertical):
    """Asks for the fields of an entry and writes it; what was typed stays until it is safe.

    `typed` is what the fields hold at first, and `more` shows those too that may be left out. What is
    said of it, and its buttons, stay in sight below the fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
        Binding("ctrl+s", "save", "Save", key_display="Ctrl+S"),
        Binding("ctrl+o", "more", "More fields", key_display="Ctrl+O"),
        Binding("ctrl+o", "fewer", "Fewer fields", key_display="Ctrl+O"),
        # A field takes these keys for itself otherwise, and does nothing with them.
        Binding("enter", "next", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    class Recorded(Message):
        """The entry is safe; `sentence` says where."""

        def __init__(self, sentence: str, entry: Entry) -> None:
            super().__init__()
            self.sentence = sentence
            self.entry = entry

    class Left(Message):
        """The form is left without recording, perhaps since it cannot be filled in; `words` say why."""

        def __init__(self, words: str = "") -> None:
            super().__init__()
            self.words = words

    foot = query_one(FormFoot)

    def __init__(
        self,
        services: Services,
        recording: Recording,
        typed: Mapping[str, str],
        *,
        more: bool = False,
    ) -> None:
        super().__init__()
        self._services = services
        self._recording = recording
        self._first = {**recording.at_first(), **typed}
        self._is_refused = False
        self.more = more or any(self._first.get(name) for name in MORE)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="fields") as fields:
            fields.can_focus = False
            yield Static(plain(self._recording.title, "bold"), markup=False)
            yield Static(plain(WARNING), markup=False, id="warning")
            for name, field in self._recording.every_field().items():
                yield FormRow(name, field, self._first.get(name, ""))
        yield FormFoot()

    def on_mount(self) -> None:
        self._look_again()
        self._show_fields()
        if self.display:  # it may have been left before it was there
            self._shown_inputs()[0].focus()

    def is_changed(self) -> bool:
        """Tell whether the fields do not hold what they would hold in a fresh form."""
        before = self._recording.at_first()
        return any(value != before.get(name, "") for name, value in self.typed().items())

    def _is_as_left(self) -> bool:
        """Tell whether the fields still hold what somebody typed before the form was left."""
        first = {name: self._first.get(name, "") for name in self.typed()}
        return self.is_changed() and first == self.typed()

    def typed(self) -> dict[str, str]:
        """Give what the fields hold now, by field."""
        return {row.field_name: row.value for row in self.query(FormRow)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return {"more": not self.more, "fewer": self.more}.get(action, True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring all of a row into sight, what is wrong with it too."""
        for row in self.query(FormRow):
            if row.input is event.widget:
                row.call_after_refresh(row.scroll_visible, animate=False)

    def on_input_changed(self) -> None:
        self._look_again()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Ask for a reason as soon as one is needed."""
        event.stop()
        self._look_again()
        self._show_fields()

    def action_next(self) -> None:
        """Go on to the next field at once, so that what is typed fast after Enter lands in that one."""
        inputs = self._shown_inputs()
        if self.app.focused not in inputs[:-1]:
            raise SkipAction
        self.screen.set_focus(inputs[inputs.index(self.app.focused) + 1])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save from the last field, once all that was typed there has arrived."""
        event.stop()
        self.action_save()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        more = self.action_fewer if self.more else self.action_more
        actions = {"save": self.action_save, "more": more, "leave": self.action_leave}
        actions[event.button.id or "leave"]()

    def action_leave(self) -> None:
        """Leave without recording, and say what becomes of what was typed."""
        self.post_message(self.Left(KEPT_TYPED if self.is_changed() else ""))

    def action_more(self) -> None:
        """Show the fields that may be left out."""
        self.more = True
        self._show_fields()
        self.query_one(f"#{MORE[0]}").focus()

    def action_fewer(self) -> None:
        """Fold away the fields that may be left out; what stands in them counts."""
        self.more = False
        self._show_fields()
        self._shown_inputs()[0].focus()

    def action_move(self, step: int) -> None:
        """Go to the next field or button, or the one before, and never out of the form."""
        stops = [*self._shown_inputs(), *self.query(FormButton)]
        here = stops.index(self.app.focused) if self.app.focused in stops else -step
        stops[(here + step) % len(stops)].focus()

    def action_save(self) -> None:
        """Write the entry if every field will do; otherwise say what each one needs."""
        services, problems = self._services, self._problems()
        if problems:
            self._refuse(problems)
            return
        try:
            entry, sentence = self._recording.save(
                self.typed(), services.now(), services.open_records
            )
        except RecordsError as error:
            self.foot.say(f"Not recorded. {error}\nWhat you typed is still here.")
            return
        self.post_message(self.Recorded(sentence, entry))

    def _show_fields(self) -> None:
        """Show what is to be asked for, as it now is."""
        shown = self._recording.fields(self.typed(), more=self.more)
        for row in self.query(FormRow):
            row.display = row.field_name in shown
        self.foot.offer(more=self.more)
        self.refresh_bindings()

    def _shown_inputs(self) -> list[Widget]:
        return [row.input for row in self.query(FormRow) if row.display]

    def _problems(self) -> "list[FieldProblem]":
        today = self._services.now().astimezone().date()
        return self._recording.problems(self.typed(), today)

    def _refuse(self, problems: "list[FieldProblem]") -> None:
        """Say what each field needs, from now on at every change, and go to the first of them."""
        self._is_refused = True
        fields = {problem.field for problem in problems}
        self.more = self.more or bool(fields & {*MORE})
        self._show_fields()
        self._look_again()
        go_to(next(row for row in self.query(FormRow) if row.field_name in fields))

    def _look_again(self) -> None:
        """Say of the fields as they now are what would keep them from being recorded, and how much."""
        problems = self._problems() if self._is_refused else []
        say_problems(self.query(FormRow), problems)
        as_left = _AS_LEFT if self._is_as_left() else ""
        self.foot.say(problems_counted(len(problems)) or as_left)


Result = TypeVar("Result")


class AskingScreen(OnceModal[Result]):
    """Asks for fields, which hold `typed` at first; `done` is what it does with those that will do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
        Binding("ctrl+s", "done", "Done", key_display="Ctrl+S"),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]
    DONE: ClassVar[str] = "Done"

    def __init__(
        self, title: str, fields: Mapping[str, Field], typed: Mapping[str, str], words: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._fields = fields
        self._first = typed

    @abstractmethod
    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        """List what is wrong with what was typed."""

    @abstractmethod
    def done(self, form: Mapping[str, str]) -> None:
        """Do what the screen is for."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page") as page:
            page.can_focus = False
            page.border_title = plain(self._title).markup
            yield Static(plain(self._words), id="lead", markup=False)
            for name, field in self._fields.items():
                yield FormRow(name, field, self._first.get(name, ""))
            yield Static(id="problems", markup=False)
            with Horizontal(id="buttons"):
                yield from self.buttons()
        yield Keys()

    def buttons(self) -> Iterator[Button]:
        """Give the buttons; each runs the action of its id."""
        yield FormButton(f"{self.DONE} (Ctrl+S)", id="done", compact=True)
        yield FormButton("Back (Esc)", id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one("#lead").display = bool(self._words)
        self.query_one("#problems").display = False
        self._inputs()[0].focus()

    def typed(self) -> dict[str, str]:
        """Give what the fields hold now."""
        return {row.field_name: row.value for row in self.query(FormRow)}

    def say(self, words: str) -> None:
        """Say why it cannot be done, below the fields."""
        problems = self.query_one("#problems", Static)
        problems.update(plain(words))
        problems.display = bool(words)
        self.call_after_refresh(problems.scroll_visible, animate=False)

    def on_input_changed(self) -> None:
        self._unsay()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        event.stop()
        self._unsay()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; be done on the last."""
        event.stop()
        if event.input is self._text_lines()[-1]:
            self.action_done()
        else:
            self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        getattr(self, f"action_{event.button.id}")()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_done(self) -> None:
        form = self.typed()
        problems = self.problems(form)
        if problems:
            say_problems(self.query(FormRow), problems)
            go_to(next(row for row in self.query(FormRow) if row.field_name == problems[0].field))
        else:
            self.done(form)

    def _unsay(self) -> None:
        """Take away what was said of the fields as they were before."""
        self.query_one("#problems").display = False
        say_problems(self.query(FormRow), ())

    def _inputs(self) -> list[Widget]:
        return [row.input for row in self.query(FormRow)]

    def _text_lines(self) -> list[Widget]:
        return [widget for widget in self._inputs() if isinstance(widget, Input)]


_FIELDS = {"why": Field("Why", "such as recorded twice")}


class WithdrawScreen(AskingScreen[str | None]):
    """Gives the sentence that says that an entry is withdrawn, or None where it stands."""

    DONE = "Withdraw"

    def __init__(self, services: Services, before: Before) -> None:
        words = (
            "A withdrawn entry counts no more. It stays in the list, marked, with the reason that"
            " you give. No names, birth dates, addresses or allegations."
        )
        super().__init__(f"Withdraw entry {before.seq}", _FIELDS, {}, words)
        self._services = services
        self._before = before
        self._withdrawal = services.new_id()

    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        from assistant.records.fields import why_problems  # noqa: PLC0415 - only a form needs it

        return list(why_problems(form["why"]))

    def done(self, form: Mapping[str, str]) -> None:
        self._withdraw(form["why"])

    @work
    async def _withdraw(self, why: str) -> None:
        """Withdraw it after a last yes; what was typed stays where that fails."""
        if not self.is_active:
            return
        question = f"Withdraw entry {self._before.seq}? This cannot be taken back."
        ask = ConfirmScreen(question, yes="Withdraw it", no="Let it stand")
        if not await self.app.push_screen_wait(ask):
            return
        services = self._services
        try:
            sentence = withdraw(
                self._before,
                why,
                id_=self._withdrawal,
                when=services.now(),
                open_records=services.open_records,
            )
        except RecordsError as error:
            self.say(f"Not withdrawn. {error}\nWhat you typed is still here.")
        else:
            self.dismiss(sentence)


class CorrectScreen(OnceModal[RecordForm.Recorded | None]):
    """Gives what was recorded in place of the entry, or None where it stands.

    `typed` is the caller's: what was typed stays there when the form is left.
    """

    def __init__(self, services: Services, before: Before, typed: dict[str, str]) -> None:
        super().__init__()
        self._services = services
        self._recording = Correcting(services.loaded.guide, before, services.new_id())
        self._typed = typed

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield RecordForm(self._services, self._recording, self._typed, more=True)
        yield Keys()

    def on_record_form_recorded(self, event: RecordForm.Recorded) -> None:
        event.stop()
        self.dismiss(event)

    def on_record_form_left(self, event: RecordForm.Left) -> None:
        """Keep what was typed for when the form is opened again."""
        event.stop()
        self._typed |= self.query_one(RecordForm).typed()
        self.dismiss(None)


class FilterScreen(AskingScreen[Wanted | None]):
    """Gives what the list is to hold, or None to leave it as it is."""

    DONE = "Show"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "clear", "Show all", key_display="Ctrl+O"),
    ]

    def __init__(self, guide: Guide, wanted: Wanted) -> None:
        words = (
            "Show only the entries with all of these. What is empty does not matter."
            f" {HOW_WORDS_ARE_FOUND}"
        )
        super().__init__("Filter the records", filter_fields(guide), form_of(wanted), words)

    def buttons(self) -> Iterator[Button]:
        yield FormButton("Show (Ctrl+S)", id="done", compact=True)
        yield FormButton("All (Ctrl+O)", id="clear", compact=True)
        yield FormButton("Back (Esc)", id="leave", compact=True)

    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        return filter_problems(form)

    def done(self, form: Mapping[str, str]) -> None:
        self.dismiss(wanted_of(form))

    def action_clear(self) -> None:
        self.dismiss(EVERYTHING)
