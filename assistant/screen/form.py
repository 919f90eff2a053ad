"""Forms on the screen."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import ClassVar, Generic

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import app as app_of
from textual.getters import query_one
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Label, Static

from assistant.cases.forms import KEPT_TYPED
from assistant.commands import Command
from assistant.errors import RecordsError
from assistant.records.fields import Field, FieldProblem, Form, Result, Typed
from assistant.screen.column import QUIET, Sheet, arrived, joined, plain
from assistant.screen.dialogs import ConfirmScreen, yes_or_no
from assistant.screen.theme import DOT, HERE, JUDGMENT, MORE_BELOW, POSSIBLE, SO_FAR
from assistant.screen.widgets import FieldLine, HelpAsked, KeysInOrder, TakesLetters
from assistant.text import counted

_VALUE = "value"
"""Key under which the style of a value carries it, for a click to find."""


class Pick(TakesLetters, Static, can_focus=True):
    """Shows values to choose from, the chosen one marked; `value` is empty until one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", "Choose", key_display="1-9 ← →"),
        Binding("backspace,delete", "take_back", "None", key_display="Bksp"),
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
        if typed == "?":
            self.post_message(HelpAsked())
        if self.check_consume_key(event.key, event.character):
            event.stop()  # a letter is no command while there is something to choose
            is_digit = typed.isascii() and typed.isdecimal()
            found = list(self._numbered(typed) if is_digit else self._begun(typed))
            if found:
                self._choose(found[0])

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
        """Show the values side by side where all of them fit, else one a row."""
        some = list(self._drawn())
        row = Content("  ").join(some)
        fits = row.cell_length <= (self.size.width or 60)
        self.update(row if fits else Content("\n").join(some))

    def _drawn(self) -> Iterator[Content]:
        for number, (value, words) in enumerate(self._choices.items(), start=1):
            chosen = value == self.value
            style = Style(bold=chosen) + Style.from_meta({_VALUE: value})
            yield joined([(f"{SO_FAR if chosen else POSSIBLE} {number} {words}", style)])


class FormRow(Vertical):
    """Asks for one field, holding `value` at first; `input` is what takes the keyboard."""

    def __init__(self, field: Field, value: str) -> None:
        super().__init__()
        self.field = field
        self.was_left = False
        if field.choices:
            self.input: FieldLine | Pick = Pick(field.choices, value, id=field.name)
        else:
            self.input = FieldLine(value, id=field.name, placeholder=field.hint)
        # Held, not looked up: a form is told of problems before its rows are there, if all of it ends then.
        self._heading = Label(self._label(is_here=False), markup=False)
        self._problem = Static(classes="problem", markup=False)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield self._heading
            yield self.input
        yield self._problem

    def mark(self, *, is_here: bool) -> None:
        """Show whether the row has the keyboard."""
        if self.has_class("-here") != is_here:
            self.set_class(is_here, "-here")
            self._heading.update(self._label(is_here=is_here), layout=False)

    def _label(self, *, is_here: bool) -> Content:
        mark, style = (HERE, "bold") if is_here else (" ", QUIET)
        return joined([(f" {mark} ", "$accent"), (self.field.label, style)])

    @property
    def value(self) -> str:
        """What the row holds now."""
        return self.input.value

    @property
    def problems_at_once(self) -> list[str]:
        """What is wrong with what was typed, before the form is saved: digits at once, words once left."""
        is_told = self.value and (self.was_left or self.field.kind == "digits")
        return [*self.field.problems(self.value)] if is_told else []

    def say(self, problems: Collection[str]) -> None:
        """Say in the row kept below the line what is wrong with it; nothing takes that away."""
        words = plain("\n".join(map(self.field.beside, problems)))
        if words != self._problem.content:  # drawing it lays the whole screen out anew
            self._problem.update(words)


class FormPane(Vertical, Generic[Result]):
    """Asks for the fields of a form and saves it; what was typed stays until it is safe.

    `typed` is what the fields hold at first, and `more` shows those too that may be left out. `saved`
    is called with what saving gave, and `left` with words where it is left without. What is said of the
    form stays in sight below the fields.
    """

    # These come before the field that has the keyboard, so that what follows goes where they lead.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "move(1)", "Next field", show=False, priority=True),
        Binding("shift+tab", "move(-1)", show=False, priority=True),
        Binding("ctrl+o", "more", "More fields", key_display="Ctrl+O", priority=True),
        Binding("ctrl+o", "fewer", "Fewer fields", key_display="Ctrl+O", priority=True),
        Binding("ctrl+o", "clear", "Show all", key_display="Ctrl+O", priority=True),
        Binding("escape", "leave", "Back", key_display="Esc", priority=True),
        Binding("enter", "next", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    app = app_of(KeysInOrder)
    said = query_one("#problems", Static)
    sheet = query_one("#fields", Sheet)

    def __init__(
        self,
        form: Form[Result],
        typed: Typed,
        *,
        saved: Callable[[Result], object],
        left: Callable[[str], None],
        more: bool = False,
    ) -> None:
        super().__init__()
        self._bindings.bind("ctrl+s", "save", form.verb, key_display="Ctrl+S", priority=True)
        self._form = form
        self._saved = saved
        self._left = left
        self._first = {**form.first, **typed}
        self._is_refused = False
        self._explains = self._helps = False
        self._words = Content("")
        self.more = more or any(self._first.get(name) for name in form.more)

    def compose(self) -> ComposeResult:
        form = self._form
        with Sheet(id="fields"):
            yield Static(plain(form.title, "bold"), id="title", markup=False)
            yield Static(plain(form.lead, QUIET), classes="lead", markup=False)
            for field in form.fields:
                yield FormRow(field, self._first.get(field.name, ""))
        yield Static(id="problems", markup=False)

    def on_mount(self) -> None:
        self._show_fields()
        self._look_again()
        self.watch(self.sheet, "virtual_size", self._tell, init=False)
        self.watch(self.sheet, "scroll_y", self._tell, init=False)

    def on_resize(self) -> None:
        self._tell()

    def fits(self, form: Form[Result]) -> bool:
        """Tell whether every field of another form has its row here."""
        rows = {row.field.name: row.field for row in self.query(FormRow)}
        return all(rows.get(field.name) == field for field in form.fields)

    def ask(self, form: Form[Result], typed: Typed, *, more: bool) -> None:
        """Ask for the fields of another form that fits, and show that."""
        self._form, self._first = form, {**form.first, **typed}
        self.more = more or any(self._first.get(name) for name in form.more)
        self.query_one("#title", Static).update(plain(form.title, "bold"))
        self.query_one(".lead", Static).update(plain(form.lead, QUIET))
        for row in self.query(FormRow):
            # One that is picked is drawn when it is shown.
            row.input.value = self._first.get(row.field.name, "")
        self._show_fields()
        self._look_again()
        self.display = True

    def begin(self) -> None:
        """Put the keyboard into the first field that has to be filled in and is empty, at once."""
        shown = self._shown_inputs()
        empty = (
            row.input
            for row in self.query(FormRow)
            if row.field.need and row.field.when == "always" and not row.value
        )
        self.screen.set_focus(next((one for one in empty if one in shown), shown[0]))

    def is_changed(self) -> bool:
        """Tell whether the fields do not hold what they would hold in a fresh form."""
        return self._differs(self._form.first)

    def _differs(self, first: Typed) -> bool:
        return any(value != first.get(name, "") for name, value in self.typed().items())

    def typed(self) -> dict[str, str]:
        """Return what the fields hold now, by field."""
        return {row.field.name: row.value for row in self.query(FormRow)}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        form = self._form
        possible = {
            "more": bool(form.more) and not self.more,
            "fewer": bool(form.more) and self.more,
            "clear": form.can_be_empty,
        }
        return possible.get(action, True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the row that has the keyboard, and bring all of it into sight."""
        for row in self.query(FormRow):
            row.mark(is_here=row.input is event.widget)
        self._show_here()
        self._tell()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say what is wrong with a field once it is left."""
        for row in self.query(FormRow):
            row.was_left = row.was_left or row.input is event.widget
        self._look_again()

    def _show_here(self) -> None:
        """Bring all of the row that has the keyboard into sight."""
        if here := self._here:
            here.call_after_refresh(here.scroll_visible, animate=False)

    def on_input_changed(self) -> None:
        self._look_again()
        self._show_here()
        if self._helps != self._gives_help:
            self.refresh_bindings()

    @property
    def _enter_saves(self) -> bool:
        """Tell whether Enter saves the form where the keyboard is."""
        return self._form.enter_saves or self._shown_inputs()[-1:] == [self.app.focused]

    @property
    def _gives_help(self) -> bool:
        """Tell whether a question mark asks for help where the keyboard is, and is no text there."""
        here = self.app.focused
        return isinstance(here, Pick) or (isinstance(here, FieldLine) and not here.value)

    @property
    def lead(self) -> list[tuple[str, str]]:
        """The keys that are no commands, for the row of keys."""
        self._helps, narrow = self._gives_help, self.screen.has_class("-narrow")
        help_key = [("?", "Help")] * self._helps
        if self._enter_saves:
            return [("Enter", self._form.verb), *help_key]
        next_key = [("Tab", "Next" if narrow else "Next field")]
        return help_key or next_key if narrow else next_key + help_key

    @property
    def row(self) -> tuple[str, ...]:
        """The commands that matter most now, for the row of keys."""
        save = () if self._enter_saves else ("save",)
        return (*save, "more", "fewer", "clear", "step(1)", "leave")

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Ask for a reason as soon as one is needed."""
        event.stop()
        self._look_again()
        self._show_fields()
        self._show_here()

    async def action_next(self) -> None:
        """Go on to the next field at once, so that what is typed fast after Enter lands in that one."""
        await self._typed_out()
        inputs, here = self._shown_inputs(), self.app.focused
        if here not in inputs:
            raise SkipAction
        if self._enter_saves:
            await self.action_save()
        else:
            self.screen.set_focus(inputs[inputs.index(here) + 1])

    def on_help_asked(self, event: HelpAsked) -> None:
        """Say what to fill in, where a field has the keyboard."""
        event.stop()
        if here := self._here:
            self._explains = True
            self._say(plain(here.field.explained))

    async def action_leave(self) -> None:
        """Take away the help that is shown; else leave, and say what becomes of what was typed."""
        await self._typed_out()
        if self._explains:
            self._look_again()
        else:
            self.app.drops_burst = True  # what was typed at once was meant for the form
            self._left(KEPT_TYPED if self.is_changed() else "")

    def action_more(self) -> None:
        """Show the fields that may be left out."""
        self.more = True
        self._show_fields()
        self.screen.set_focus(self.query_one(f"#{self._form.more[0]}"))

    def action_fewer(self) -> None:
        """Fold away the fields that may be left out; what is in them counts."""
        self.more = False
        self._show_fields()
        self.begin()

    def action_clear(self) -> None:
        """Save the form as if nothing were typed."""
        self._save({})

    def action_move(self, step: int) -> None:
        """Go to the next field, or the one before, and never out of the form."""
        stops = self._shown_inputs()
        here = stops.index(self.app.focused) if self.app.focused in stops else -step
        self.screen.set_focus(stops[(here + step) % len(stops)])

    async def action_save(self) -> None:
        """Save the form if every field will do, perhaps after a last yes; otherwise say what each needs."""
        await self._typed_out()
        typed, sure = self.typed(), self._form.confirmation
        problems = self._form.problems(typed)
        if problems:
            self._refuse(problems)
        elif not sure:
            self._save(typed)
        elif self.screen.is_active:
            ask = ConfirmScreen(sure.question, yes_or_no(sure.yes, sure.no))
            await self.app.push_screen(
                ask, lambda said: self._save(typed) if said == Command.YES else None
            )

    async def _typed_out(self) -> None:
        """Wait for what was typed to arrive in its field, and for what that changes here."""
        if self.app.focused:
            await arrived(self.app.focused)
        await arrived(self)

    def _save(self, typed: Typed) -> None:
        try:
            result = self._form.save(typed)
        except RecordsError as error:
            words = f"Not {self._form.done}. {error}\nWhat you typed is still here."
            self._say(plain(words, "bold $error"))
        else:
            self._saved(result)

    def _say(self, words: Content) -> None:
        """Say words in place of what was said before; none take that away."""
        self._words = words
        self._tell()

    def _tell(self) -> None:
        """Say whether more fields are below, and what is new or wrong, or what belongs in here."""
        line, here = self.said, self._here
        brief = here.field.explained.split(". ")[0].rstrip(".") if here else ""
        words = self._words or plain(f"{brief}." if brief else "", QUIET)
        below = self.sheet.virtual_size.height - self.sheet.size.height - self.sheet.scroll_y
        if below > 1:  # the last field's own blank row is no field
            more = plain(f"{MORE_BELOW} More below (Tab)", QUIET)
            both = more + plain(f" {DOT} ", QUIET) + words if words else more
            words = both if both.cell_length <= line.size.width else self._words or more
        if words != line.content:
            rows = len(words.wrap(max(1, line.size.width)))
            line.update(words, layout=rows > 1 or line.size.height > 1)

    @property
    def _here(self) -> FormRow | None:
        """The row that has the keyboard."""
        return next((row for row in self.query(FormRow) if row.input is self.app.focused), None)

    def _show_fields(self) -> None:
        """Show what has to be asked for now."""
        asked = self._form.asked(self.typed(), more=self.more)
        names = {field.name for field in asked}
        for row in self.query(FormRow):
            row.display = row.field.name in names
        self.refresh_bindings()

    def _shown_inputs(self) -> list[Widget]:
        return [row.input for row in self.query(FormRow) if row.display]

    def _refuse(self, problems: list[FieldProblem]) -> None:
        """Say what each field needs, from now on at every change, and go to the first of them."""
        self._is_refused = True
        wrong = {problem.field for problem in problems}
        self.more = self.more or bool(wrong & {*self._form.more})
        self._show_fields()
        self._look_again()
        if row := next((row for row in self.query(FormRow) if row.field.name in wrong), None):
            self.screen.set_focus(row.input)

    def _look_again(self) -> None:
        """Say of the fields as they now are what would keep them from being saved, and how much."""
        problems = self._form.problems(self.typed()) if self._is_refused else []
        for row in self.query(FormRow):
            found = [one.message for one in problems if one.field == row.field.name]
            row.say(found or row.problems_at_once)
        self._explains = False
        self._say(self._of_the_whole(problems))

    def _of_the_whole(self, problems: list[FieldProblem]) -> Content:
        if problems:
            fields = {one.field for one in problems if one.field}
            fix = f"Fix {counted(len(fields), 'field')} first."
            return plain(f"{JUDGMENT} {fix if fields else problems[0].message}", "bold $error")
        if reminder := self._form.reminder(self.typed()):
            return plain(f"{JUDGMENT} {reminder}", "$judgment")
        as_left = self.is_changed() and not self._differs(self._first)
        return plain("This is what you typed before. It is not saved yet." if as_left else "")
