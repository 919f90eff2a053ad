"""One session of practice in lines: what is asked, what an answer brings, and what comes after it."""

from collections.abc import Iterator

from assistant.engine.walk import UNSURE
from assistant.interview.practice.cards import not_right, session_choices, told
from assistant.interview.practice.places import Session
from assistant.interview.practice.room import PracticeRoom
from assistant.plain.asking import numbered
from assistant.plain.commands import number_typed
from assistant.plain.practice.lines import (
    asking_lines,
    check_lines,
    ending_lines,
    feedback_lines,
    mistake_lines,
    score_lines,
    story_lines,
    your_answer,
)
from assistant.plain.practice.words import choices_meant
from assistant.training.drill import Drill
from assistant.training.exam import Exam
from assistant.training.learning import Learn

_PICK = "Type a number, a few words, or h for help."
_ANSWER = "Type a number, a few words, or ? for help."


class Sitting:
    """Moves one session; `over` tells that nothing more follows in it."""

    def __init__(self, room: PracticeRoom, session: Session) -> None:
        self._room = room
        self._explained = 0
        self.session = session
        self.over = False
        room.stay(session)

    def now(self) -> Iterator[str]:
        """Say all that is open: the story and what is asked, or what was said of the answer."""
        session = self.session
        if isinstance(session, Exam) and session.finished:
            yield from self._score(session)
            return
        if session.story:
            yield from story_lines(session.story)
        if told(session, checking=False):
            yield from self._told()
            yield from self._after()
        else:
            yield from self._asked()

    def enter(self) -> Iterator[str]:
        """Go on where something was said; else say once more what is asked."""
        session = self.session
        if isinstance(session, Exam) and session.finished:
            yield from self._next_mistake(session)
        elif told(session, checking=False):
            yield from self.show(self._room.go_on(session))
        else:
            yield from self.now()

    def take(self, typed: str) -> Iterator[str]:
        """Take a number or words for an answer."""
        if told(self.session, checking=False):
            yield f"Nothing is asked just now. {self._way_on()}"
            return
        choices = list(session_choices(self.session, over=False))
        number = number_typed(typed)
        if number is not None and not 0 < number <= len(choices):
            yield f"There is no such number here: they go from 1 to {len(choices)}."
            return
        meant = [choices[number - 1]] if number else choices_meant(self.session, choices, typed)
        if len(meant) == 1:
            yield from self._answer(meant[0].does[1])
        elif meant:
            names = " or ".join(f"{choices.index(one) + 1}, {one.label}" for one in meant)
            yield f"Your words fit more than one answer: {names}. Type a number."
        else:
            yield f"No answer has those words. {_PICK}"

    def unsure(self) -> Iterator[str]:
        """Answer "not sure"; a picked group has no such answer, but the supervisor can be asked."""
        if isinstance(self.session, Learn) and self.session.question:
            yield from self._answer(UNSURE)
        else:
            yield "Not sure? A story whose group is to be picked may be one for the supervisor."
            yield self.shortly()

    def help(self) -> Iterator[str]:
        """Say why the question is asked and where to look; nothing where a group is to be picked."""
        question = self.session.question if isinstance(self.session, Learn) else None
        if question:
            yield f"Why this is asked: {question.why}"
            yield f"Where to look in a real case: {question.where_to_look}"
            for item in question.help:
                yield f"What people get wrong. {item.about}: {item.say}"

    def shortly(self) -> str:
        """Remind of what is open, after something else was said."""
        session = self.session
        if told(session, checking=False):
            return self._way_on()
        question = session.question if isinstance(session, Learn) else None
        ask = question.ask if question else session.story.ask if session.story else ""
        return f"The question is still: {ask} Press Enter to hear it all."

    def show(self, session: Session) -> Iterator[str]:
        """Turn to a session, and say what it asks."""
        self.session = session
        self._room.stay(session)
        yield ""
        yield from self.now()

    def _answer(self, value: str) -> Iterator[str]:
        session = self._room.answer(self.session, value or None)
        self.session = session
        self._room.stay(session)
        if isinstance(session, Exam):
            yield your_answer(session.guide, session.found[-1].chosen)
            yield from self.show(session)
            return
        if isinstance(session, Learn):
            yield from check_lines(session.guide, session.checks[-1])
        yield ""
        if told(session, checking=False):
            yield from self._told()
            yield from self._after()
        else:
            yield from self._asked()

    def _asked(self) -> Iterator[str]:
        yield from asking_lines(self.session)
        yield from numbered(list(session_choices(self.session, over=False)))
        yield _ANSWER if isinstance(self.session, Learn) else _PICK

    def _told(self) -> Iterator[str]:
        if isinstance(self.session, Drill):
            yield from feedback_lines(self.session)
        elif isinstance(self.session, Learn):
            yield from ending_lines(self.session)

    def _after(self) -> Iterator[str]:
        self.over = self._room.is_over(self.session)
        if not self.over:
            yield self._way_on()

    def _way_on(self) -> str:
        if isinstance(self.session, Exam):
            return "Press Enter to hear the next one, or type b."
        return "Press Enter for the next story, or type b to stop here."

    def _score(self, exam: Exam) -> Iterator[str]:
        yield from score_lines(exam)
        if not exam.mistakes:
            self._leave()
            return
        yield f"To hear of {not_right(exam)}, one story at a time, press Enter. Or type b."

    def _next_mistake(self, exam: Exam) -> Iterator[str]:
        mistake = exam.mistakes[self._explained]
        self._explained += 1
        yield ""
        yield from mistake_lines(exam, mistake)
        if self._explained < len(exam.mistakes):
            yield self._way_on()
        else:
            yield "That was the last one."
            self._leave()

    def _leave(self) -> None:
        self.over = True
        self._room.leave(self.session)
