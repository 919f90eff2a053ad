"""Learning as a value: the interview gone through with a story, each answer checked at once."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.content.model import Guide, Question
from assistant.engine.walk import UNSURE, Answers, Standing, replay, values_open, with_answer
from assistant.training.attempts import Attempt, Sitting
from assistant.training.explaining import Feedback, checked, feedback
from assistant.training.judging import Judgement, Misread, judge
from assistant.training.stories import Story


@dataclass(frozen=True)
class Checked:
    """One answer given, beside what the story says; `found` is what is said of it."""

    fact: str
    said: str
    given: str
    found: Feedback

    @property
    def right(self) -> bool:
        return self.given == self.said


@dataclass(frozen=True)
class Learn:
    """Where learning from one story stands; every step gives a new value, and it may be left after any.

    A wrong answer is explained, and the interview goes on with what the story says: `answers` holds
    that. `checks` has every answer given, the latest last. The attempt, to be logged, is there once
    the last question is answered; it is right if no answer was wrong.
    """

    guide: Guide
    sitting: Sitting
    story: Story
    answers: Answers = field(default_factory=dict)
    checks: tuple[Checked, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def standing(self) -> Standing:
        return replay(self.guide, self.answers)

    @property
    def asking(self) -> str | None:
        """The fact asked for now; None at the end."""
        return self.standing.asking

    @property
    def question(self) -> Question | None:
        """The question asked now; None at the end."""
        return self.guide.questions[self.asking] if self.asking else None

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the question can be answered with; "not sure" may always be said."""
        standing = self.standing
        return values_open(self.guide, standing, standing.asking) if standing.asking else ()

    @property
    def finished(self) -> bool:
        return self.asking is None

    @property
    def ending(self) -> Feedback | None:
        """Where the story led and why, at the end."""
        return feedback(self.guide, self._judged) if self.finished else None

    @property
    def misread(self) -> Misread | None:
        """The first question that was answered wrongly."""
        wrong = next((check for check in self.checks if not check.right), None)
        return Misread(wrong.fact, wrong.said, wrong.given) if wrong else None

    def answer(self, value: str, identity: str, now: datetime) -> "Learn":
        """Answer the question asked with one of its `values` or `UNSURE`; anything else changes nothing."""
        fact = self.asking
        if fact is None or value not in (*self.values, UNSURE):
            return self
        said = self.story.facts[fact]
        check = Checked(fact, said, value, checked(self.guide, fact, said, value))
        then = replace(
            self,
            answers=with_answer(self.answers, fact, said),
            checks=(*self.checks, check),
        )
        return replace(then, attempts=(then.attempt(identity, now),)) if then.finished else then

    def attempt(self, identity: str, now: datetime) -> Attempt:
        """Give what is to be logged of a story gone through."""
        misread = self.misread
        found = self._judged
        if misread:
            found = replace(found, grade="wrong", misread=misread)
        return self.sitting.attempt(identity, now, self.story, found)

    @property
    def _judged(self) -> Judgement:
        return judge(self.guide, self.story, self.guide.outcomes[self.story.outcome].group)
