"""One practice session: a story, its choices, and what is said of the answer."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from assistant.interview.choice import Choice
from assistant.interview.practice.cards import NEXT, session_choices, standing, told
from assistant.interview.practice.helping import NO_WORDS, in_test
from assistant.interview.practice.room import PracticeRoom, Session
from assistant.training.exam import Exam
from assistant.tui.practice.drawing import asked, drawn
from assistant.tui.practice.helping import how_page, terms_page
from assistant.tui.practice.patience import Patience
from assistant.tui.screens.practice.page import Page, PracticePage
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block

PRESS = "Press the number of a line. ? says what else can be pressed."
"""Said where a key does nothing in practice."""


class PracticeSession(PracticePage):
    """Goes through a session in any mode; it is kept at every step, so it may be left at any key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "next", "Next", tooltip="Go on."),
        Binding("w", "words", "Words", tooltip="What the words of the story mean."),
        Binding("question_mark", "how", "Help", key_display="?", tooltip="What to do here."),
        Binding("slash,backspace", "no_words", show=False),
        Binding("escape", "leave", "Leave, kept", key_display="Esc"),
    ]

    def __init__(self, room: PracticeRoom, session: Session, *, opened_with: str = "") -> None:
        """Open at a session; `opened_with` is the key that did so."""
        super().__init__()
        self._patience = Patience(opened_with)
        self._room = room
        self._session = session
        self._checking = False
        self._width = 0
        self._offered: list[Choice] = []

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self._session

    @property
    def in_test(self) -> bool:
        """Tell whether a test goes on, in which nothing is explained."""
        return in_test(self._session)

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
        if not event.in_time or self._too_soon():
            return
        verb, *rest = event.does
        if verb == "answer":
            then = self._room.answer(self._session, rest[0] or None)
            self._go(then, checking=True)
        elif verb == "next":
            self._go(self._room.go_on(self._session))
        else:
            self.action_leave()

    def action_next(self) -> None:
        """Go on to what follows: the next story, or the next question about this one."""
        if not self._too_soon():
            self._go(self._room.go_on(self._session))

    def action_words(self) -> None:
        """Say what the words of the story mean; in a test that could give an answer away."""
        if self.in_test:
            self._hint(NO_WORDS)
        else:
            self.app.push_screen(ReadingScreen("Words", terms_page(self._session)))

    def action_how(self) -> None:
        self.app.push_screen(ReadingScreen("What to do here", how_page(self._session)))

    def action_no_words(self) -> None:
        """Say what to press, where something is pressed that does nothing here."""
        self._hint(PRESS)

    def on_choices_typed(self, event: Choices.Typed) -> None:
        event.stop()
        self.action_no_words()

    def action_leave(self) -> None:
        """Go back to where one stands."""
        self._room.leave(self._session)
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next" and NEXT not in [choice.does for choice in self._offered]:
            return False
        return super().check_action(action, parameters)

    def _hint(self, words: str) -> None:
        self._say("#trouble", words, "bold")

    def _too_soon(self) -> bool:
        return self._patience.too_soon(self.choices.pressed, self.choices.pressed_at)

    def _go(self, session: Session, *, checking: bool = False) -> None:
        """Keep where the session stands, and show it."""
        self._patience.turn(self.choices.pressed)
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
