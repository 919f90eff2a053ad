"""One practice session: a story, its choices, and what is said of the answer."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from assistant.interview.cards import Choice
from assistant.interview.practice.cards import NEXT, session_choices, standing, told
from assistant.interview.practice.room import PracticeRoom, Session
from assistant.training.exam import Exam
from assistant.tui.practice.drawing import asked, drawn
from assistant.tui.screens.practice.page import Page, PracticePage
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block


class PracticeSession(PracticePage):
    """Goes through a session in any mode; it is kept at every step, so it may be left at any key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "next", "Next", tooltip="Go on."),
        Binding("escape", "leave", "Leave, kept", key_display="Esc"),
    ]

    def __init__(self, room: PracticeRoom, session: Session) -> None:
        super().__init__()
        self._room = room
        self._session = session
        self._checking = False
        self._width = 0
        self._offered: list[Choice] = []

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self._session

    def on_mount(self) -> None:
        self._go(self._session)

    def on_resize(self) -> None:
        """Lay out anew what stands side by side."""
        super().on_resize()
        if self._width and self._width != self.room_for_text:
            self.reading.lay_out(self._blocks()[0])

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take an answer, go on, or leave."""
        event.stop()
        verb, *rest = event.does
        if verb == "answer":
            then = self._room.answer(self._session, rest[0] or None)
            self._go(then, checking=True)
        elif verb == "next":
            self.action_next()
        else:
            self.action_leave()

    def action_next(self) -> None:
        """Go on to what follows: the next story, or the next question about this one."""
        self._go(self._room.go_on(self._session))

    def action_leave(self) -> None:
        """Go back to where one stands."""
        self._room.leave(self._session)
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next" and NEXT not in [choice.does for choice in self._offered]:
            return False
        return super().check_action(action, parameters)

    def _go(self, session: Session, *, checking: bool = False) -> None:
        """Keep where the session stands, and show it."""
        self._session = session
        self._checking = checking
        self._offered = list(
            session_choices(session, over=self._room.is_over(session), checking=checking)
        )
        self._room.stay(session)
        self._draw()

    def _blocks(self) -> tuple[list[Block], int]:
        self._width = self.room_for_text
        return drawn(self._session, self._width, checking=self._checking)

    def _draw(self) -> None:
        session, checking = self._session, self._checking
        blocks, read_from = self._blocks()
        ask, hint = asked(session, checking=checking)
        ready = told(session, checking=checking) and not isinstance(session, Exam)
        self.show(
            Page(
                blocks,
                self._offered,
                read_from,
                ask,
                hint,
                standing(session, checking=checking),
                self._room.trouble,
                ready=ready,
            )
        )
