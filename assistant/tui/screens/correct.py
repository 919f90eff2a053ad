"""Corrects an entry: the whole form, filled in as it was recorded, and why."""

from textual.app import ComposeResult
from textual.containers import Vertical

from assistant.bootstrap import Services
from assistant.interview.correcting import Correcting
from assistant.interview.recording import Before
from assistant.tui.screens.once import OnceModal
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.record_form import RecordForm


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
