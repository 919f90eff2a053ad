"""The form that records a choice; it stands below the verdict and never covers it."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from assistant.bootstrap import Services
from assistant.engine.wording import group_name
from assistant.errors import RecordsError
from assistant.interview.recording import (
    FIELDS,
    WARNING,
    entry_for,
    fields_of,
    overrides,
    recorded_words,
)
from assistant.interview.view import View
from assistant.records.entry import Entry
from assistant.tui.text import Visible, plain


class _Button(Button):
    """A button that stays under the mouse: taking the focus would move it, by the line of keys."""

    FOCUS_ON_CLICK: ClassVar[bool] = False


class _Field(Input):
    """A field of one line that keeps every line of what is pasted into it."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class RecordForm(VerticalScroll):
    """Asks for the few fields of an entry and writes it; what was typed stays until it is safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back to the result", key_display="Esc"),
        Binding("ctrl+s", "save", "Save", key_display="Ctrl+S"),
        # A field takes these keys for itself otherwise, and does nothing with them.
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]

    class Recorded(Message):
        """The entry is on the disk; `sentence` says so, `form` holds what was typed."""

        def __init__(self, sentence: str, form: Mapping[str, str]) -> None:
            super().__init__()
            self.sentence = sentence
            self.form = form

    class Left(Message):
        """The worker left the form without recording."""

    def __init__(self, services: Services, view: View, typed: Mapping[str, str]) -> None:
        super().__init__()
        self._services = services
        self._view = view
        self._typed = typed

    def compose(self) -> ComposeResult:
        name = group_name(self._view.guide, self._view.chosen)
        yield Static(plain(f"Record: {name}", "bold"), markup=False)
        yield Static(plain(WARNING), markup=False, id="warning")
        for field in fields_of(self._view):
            label, hint = FIELDS[field]
            with Horizontal(classes="field"):
                yield Label(label)
                yield _Field(
                    self._typed.get(field, ""),
                    id=field,
                    placeholder=hint,
                    highlighter=Visible(),
                    compact=True,
                    select_on_focus=False,
                )
        yield Static(id="problems", markup=False)
        with Horizontal(id="buttons"):
            yield _Button("Save (Enter on the last line)", id="save", compact=True)
            yield _Button("Back (Esc)", id="leave", compact=True)

    def on_mount(self) -> None:
        self.query(Input).first().focus()
        self.query_one("#problems").display = False

    def typed(self) -> dict[str, str]:
        """Give what the fields hold now, by field."""
        return {field.id or "": field.value for field in self.query(Input)}

    def on_input_changed(self) -> None:
        """Take away what was said of the fields as they were before."""
        self.query_one("#problems").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; save from the last."""
        event.stop()
        if event.input is self.query(Input).last():
            self.action_save()
        else:
            self.screen.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_save(self) -> None:
        """Write the entry if every field will do; otherwise say what each one needs."""
        from assistant.records.form import entry_problems  # noqa: PLC0415 - only a form needs it

        form = self.typed()
        problems = entry_problems(form, overriding=overrides(self._view))
        if problems:
            self._say("\n".join(problem.message for problem in problems))
            self.query_one(f"#{problems[0].field}").focus()
            return
        try:
            number = self._services.open_records().add(self._entry(form))
        except RecordsError as error:
            self._say(f"Not recorded. {error}\nWhat you typed is still here.")
            return
        self.post_message(self.Recorded(recorded_words(self._view, number), form))

    def _entry(self, form: Mapping[str, str]) -> Entry:
        now, loaded = self._services.now(), self._services.loaded
        return entry_for(self._view, form, loaded, when=now)

    def _say(self, words: str) -> None:
        problems = self.query_one("#problems", Static)
        problems.update(plain(words))
        problems.display = True
        self.call_after_refresh(problems.scroll_visible, animate=False)
