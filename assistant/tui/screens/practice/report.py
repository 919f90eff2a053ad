"""The trainer's report: how everyone does who practises on these records, in words and pictures."""

from collections import Counter

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.choice import Choice
from assistant.interview.practice.lines import attempts_in
from assistant.training.attempts import Attempt
from assistant.training.ground import Ground
from assistant.training.reporting.report import class_report
from assistant.tui.practice.grid import report_blocks
from assistant.tui.screens.practice.page import Page, PracticePage
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block


class PracticeReport(PracticePage):
    """Shows the whole log, or one class of it."""

    def __init__(self, services: Services, ground: Ground) -> None:
        super().__init__()
        self._services = services
        self._ground = ground
        self._attempts: list[Attempt] = []
        self._class = ""

    def on_mount(self) -> None:
        try:
            self._attempts = list(attempts_in(self._services.open_records().practice.texts()))
        except RecordsError as error:
            words = f"What was practised cannot be read. {error}"
            self.show(Page([Block("story", plain(words))], [_back()]))
        else:
            self._draw()

    def on_resize(self) -> None:
        """Lay out anew what is as wide as the window."""
        super().on_resize()
        if self._attempts:
            self.reading.lay_out(self._blocks())

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Show another class, or go back."""
        event.stop()
        verb, *rest = event.does
        if verb == "back":
            self.action_leave()
        else:
            self._class = rest[0]
            self._draw()

    def _draw(self) -> None:
        self.show(Page(self._blocks(), self._choices(), standing=self._whose()))

    def _blocks(self) -> list[Block]:
        """Draw the report of the class chosen; days are those of this computer's clock."""
        zone = self._services.now().astimezone().tzinfo
        chosen = [one for one in self._attempts if not self._class or one.class_id == self._class]
        found = class_report(self._ground, chosen, *([zone] if zone else []))
        return list(report_blocks(self._ground.guide, found, self.room_for_text))

    def _whose(self) -> str:
        return f"Class {self._class}" if self._class else "Everyone who practises on these records"

    def _choices(self) -> list[Choice]:
        """Offer each class, where there is one, the largest first."""
        counts = Counter(made.class_id for made in self._attempts if made.class_id)
        classes = [
            Choice(("class", name), f"Class {name} ({count} answers)")
            for name, count in counts.most_common()
        ]
        everyone = [Choice(("class", ""), "Everyone")] if classes else []
        return [_back(), *everyone, *classes]


def _back() -> Choice:
    return Choice(("back",), "Back to practice")
