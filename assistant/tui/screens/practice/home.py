"""Practice: how a trainee stands, and what can be begun from there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from assistant.bootstrap import Services, practice_room
from assistant.errors import GuideError
from assistant.tui.screens.practice.page import Page, PracticePage
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block

if TYPE_CHECKING:
    from assistant.interview.practice.room import PracticeRoom, Session

LOADING = "Getting stories ready…"
"""Shown while what practice needs is loaded."""

LOST = "You are in the middle of a test. Begin something else, and it cannot be finished."
"""Asked before a test that was left is given up."""


class PracticeScreen(PracticePage):
    """The home of practice; a session opens over it, and leads back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Interview", key_display="Esc"),
    ]

    def __init__(self, services: Services, alias: str, *, resumes: bool = False) -> None:
        super().__init__()
        self._services = services
        self._alias = alias
        self._resumes = resumes
        self._room: PracticeRoom | None = None

    def on_mount(self) -> None:
        self.show(Page([Block("story", plain(LOADING))], []))
        self.call_after_refresh(self._open)

    def on_screen_resume(self) -> None:
        if self._room:
            self._draw(self._room)

    @work
    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Begin what was chosen."""
        verb = event.does[0]
        if verb == "report":
            self._open_report()
        elif self._room and await self._may_begin(self._room, verb):
            self._begin(self._room, verb)

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
        session = room.at if self._resumes else None
        if session:
            self._enter(room, session)

    def _draw(self, room: "PracticeRoom") -> None:
        from assistant.interview.practice.cards import home_choices, standing_at_all  # noqa: PLC0415
        from assistant.interview.practice.room import TEST_LENGTH  # noqa: PLC0415 - loaded by now
        from assistant.tui.practice.bars import progress_blocks  # noqa: PLC0415

        found = room.progress()
        blocks = list(progress_blocks(self._alias, found))
        choices = list(home_choices(room.left, TEST_LENGTH))
        self.show(Page(blocks, choices, standing=standing_at_all(found), trouble=room.trouble))

    async def _may_begin(self, room: "PracticeRoom", verb: str) -> bool:
        """Ask first where a test that was begun would be lost."""
        left = room.left
        if verb == "go_on" or left is None or left.sitting.mode != "test" or not left.attempts:
            return True
        from assistant.tui.screens.confirm import ConfirmScreen  # noqa: PLC0415 - where it is needed

        ask = ConfirmScreen(LOST, yes="Begin something else", no="Keep the test")
        return await self.app.push_screen_wait(ask)

    def _begin(self, room: "PracticeRoom", verb: str) -> None:
        begins: dict[str, Callable[[], Session | None]] = {
            "learn": room.learn,
            "drill": room.drill,
            "test": room.test,
        }
        session = begins.get(verb, lambda: room.left)()
        if session:
            self._enter(room, session)
        else:
            self._draw(room)

    def _enter(self, room: "PracticeRoom", session: "Session") -> None:
        from assistant.tui.screens.practice.session import PracticeSession  # noqa: PLC0415 - as above

        self.app.push_screen(PracticeSession(room, session))

    def _open_report(self) -> None:
        from assistant.tui.screens.practice.report import PracticeReport  # noqa: PLC0415 - as above

        if self._room:
            self.app.push_screen(PracticeReport(self._services, self._room.ground))
