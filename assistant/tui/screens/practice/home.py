"""Practice: how a trainee stands, and what can be begun from there."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from assistant.bootstrap import Services, practice_room
from assistant.errors import GuideError, UsageError
from assistant.interview.choice import Choice
from assistant.tui.screens.practice.page import Page, PracticePage
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block

if TYPE_CHECKING:
    from assistant.interview.practice.room import PracticeRoom, Session

LOADING = "Getting stories ready…"
"""Shown while what practice needs is loaded."""


class PracticeScreen(PracticePage):
    """The home of practice; a session opens over it, and leads back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Interview", key_display="Esc"),
    ]

    def __init__(self, services: Services, alias: str, *, first: bool = False) -> None:
        """Open at home; `first` is whether practice was not open before on this screen."""
        super().__init__()
        self._services = services
        self._alias = alias
        self._first = first
        self._room: PracticeRoom | None = None

    def on_mount(self) -> None:
        self.show(Page([Block("story", plain(LOADING))], []))
        self.call_after_refresh(self._open)

    def on_screen_resume(self) -> None:
        if self._room:
            self._draw(self._room)

    @work
    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Begin what was chosen, unless something was chosen just before."""
        if not self.is_active:
            return
        verb = event.does[0]
        if verb == "report":
            self._open_report()
        elif self._room and (verb != "test" or await self._may_test(self._room)):
            self._begin(self._room, event.does)

    def action_leave(self) -> None:
        self.app.call_later(self.app.run_action, "app.interview")

    def _open(self) -> None:
        """Load what is practised with, and go on at the place left where that is wanted."""
        try:
            room = practice_room(self._services, self._alias)
        except GuideError as error:
            self.show(Page([Block("story", plain(str(error)))], []))
            return
        self._room = room
        self._draw(room)
        if self._first:
            self._go_on(room)

    def _go_on(self, room: "PracticeRoom") -> None:
        """Go on where a browser was left, or at the class that this was opened for."""
        session = room.at if self._services.resumes else None
        if session:
            self._enter(room, session)
        elif self._offers("class") and not self._services.resumes:
            self._begin(room, ("class",))

    def _draw(self, room: "PracticeRoom") -> None:
        from assistant.interview.practice.cards import standing_at_all  # noqa: PLC0415
        from assistant.tui.practice.bars import progress_blocks  # noqa: PLC0415 - loaded by now

        found = room.progress()
        offered, said = self._offered(room)
        blocks = [*said, *progress_blocks(room.alias, found)]
        standing = standing_at_all(found, room.waiting)
        self.show(Page(blocks, offered, standing=standing, trouble=room.trouble))

    def _offered(self, room: "PracticeRoom") -> tuple[list[Choice], list[Block]]:
        """Give what can be begun, and what is to be said of the class given."""
        from assistant.interview.practice.cards import home_choices  # noqa: PLC0415 - as above
        from assistant.interview.practice.room import TEST_LENGTH  # noqa: PLC0415
        from assistant.tui.practice.handing_in import given_blocks  # noqa: PLC0415

        report, given = not self._services.training_only, self._services.given
        try:
            offered = list(home_choices(room, TEST_LENGTH, given, report=report))
        except UsageError as error:
            offered = list(home_choices(room, TEST_LENGTH, report=report))
            return offered, [Block("story", plain(str(error), "bold"))]
        shared = bool(self._services.settings.records_url) or self._services.resumes
        return offered, list(given_blocks(room, given, shared=shared)) if given else []

    def _offers(self, verb: str) -> bool:
        return verb in {choice.does[0] for choice in self.choices.offered}

    async def _may_test(self, room: "PracticeRoom") -> bool:
        """Ask first where a test that was begun would be lost."""
        from assistant.interview.practice.cards import (  # noqa: PLC0415 - loaded by now
            KEEP_TEST,
            LOST,
            NEW_TEST,
            would_lose,
        )

        if not would_lose(room):
            return True
        from assistant.tui.screens.confirm import ConfirmScreen  # noqa: PLC0415 - where it is needed

        return await self.app.push_screen_wait(ConfirmScreen(LOST, yes=NEW_TEST, no=KEEP_TEST))

    def _begin(self, room: "PracticeRoom", does: tuple[str, ...]) -> None:
        from assistant.interview.practice.starting import begun  # noqa: PLC0415 - as above

        session = begun(room, does, self._services.given)
        if session:
            self._enter(room, session)
        else:
            self._draw(room)

    def _enter(self, room: "PracticeRoom", session: "Session") -> None:
        from assistant.tui.screens.practice.session import PracticeSession  # noqa: PLC0415 - as above

        self.app.push_screen(PracticeSession(room, session, opened_with=self.choices.pressed))

    def _open_report(self) -> None:
        from assistant.tui.screens.practice.report import PracticeReport  # noqa: PLC0415 - as above

        if self._room:
            self.app.push_screen(PracticeReport(self._services, self._room.ground))
