"""The form that records a choice, or corrects one; below a verdict, it never covers it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.form_fields import MORE
from assistant.interview.recording import WARNING, Recording
from assistant.records.entry import Entry
from assistant.tui.text import plain
from assistant.tui.widgets.form_row import FormButton, FormRow, go_to, say_problems
from assistant.tui.widgets.pick import Pick

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem

_MORE, _FEWER = "More (Ctrl+O)", "Fewer (Ctrl+O)"


class RecordForm(VerticalScroll):
    """Asks for the fields of an entry and writes it; what was typed stays until it is safe.

    `typed` is what the fields hold at first, and `more` shows those too that may be left out.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
        Binding("ctrl+s", "save", "Save", key_display="Ctrl+S"),
        Binding("ctrl+o", "more", "More fields", key_display="Ctrl+O"),
        # A field takes these keys for itself otherwise, and does nothing with them.
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
        yield Static(plain(self._recording.title, "bold"), markup=False)
        yield Static(plain(WARNING), markup=False, id="warning")
        for name, field in self._recording.every_field().items():
            yield FormRow(name, field, self._first.get(name, ""))
        yield Static(id="problems", markup=False)
        with Horizontal(id="buttons"):
            yield FormButton("Save (Ctrl+S)", id="save", compact=True)
            yield FormButton(plain(_MORE), id="more", compact=True)
            yield FormButton("Back (Esc)", id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one("#problems").display = False
        self._show_fields()
        self._shown_inputs()[0].focus()

    def typed(self) -> dict[str, str]:
        """Give what the fields hold now, by field."""
        return {row.field_name: row.value for row in self.query(FormRow)}

    def on_input_changed(self) -> None:
        self._look_again()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Ask for a reason as soon as one is needed."""
        event.stop()
        self._look_again()
        self._show_fields()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; save from the last."""
        event.stop()
        if event.input is self._shown_inputs()[-1]:
            self.action_save()
        else:
            self.screen.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        actions = {"save": self.action_save, "more": self.action_more, "leave": self.action_leave}
        actions[event.button.id or "leave"]()

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_more(self) -> None:
        """Show the fields that may be left out, or fold them away; what stands in them counts."""
        self.more = not self.more
        self._show_fields()
        if self.more:
            self.query_one(f"#{MORE[0]}").focus()
        else:
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
            self._say(f"Not recorded. {error}\nWhat you typed is still here.")
            return
        self.post_message(self.Recorded(sentence, entry))

    def _show_fields(self) -> None:
        """Show what is to be asked for, as it now is."""
        shown = self._recording.fields(self.typed(), more=self.more)
        for row in self.query(FormRow):
            row.display = row.field_name in shown
        self.query_one("#more", Button).label = plain(_FEWER if self.more else _MORE)

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
        say_problems(self.query(FormRow), problems)
        go_to(next(row for row in self.query(FormRow) if row.field_name in fields))

    def _look_again(self) -> None:
        """Say of the fields as they now are what would keep them from being recorded."""
        self.query_one("#problems").display = False
        if self._is_refused:
            say_problems(self.query(FormRow), self._problems())

    def _say(self, words: str) -> None:
        problems = self.query_one("#problems", Static)
        problems.update(plain(words))
        problems.display = True
        self.call_after_refresh(problems.scroll_visible, animate=False)
