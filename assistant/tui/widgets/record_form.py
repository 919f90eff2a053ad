"""The form that records a choice, or corrects one; below a verdict, it never covers it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.form_fields import MORE
from assistant.interview.recording import KEPT_TYPED, WARNING, Recording, problems_counted
from assistant.records.entry import Entry
from assistant.tui.text import plain
from assistant.tui.widgets.form_foot import FormFoot
from assistant.tui.widgets.form_row import FormButton, FormRow, go_to, say_problems
from assistant.tui.widgets.pick import Pick

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem

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
