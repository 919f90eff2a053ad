"""A test: its pages, answers that can be changed until it is handed in, and its score."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, field, replace
from datetime import datetime
from itertools import takewhile
from typing import Literal

from assistant.commands import Choice, Command
from assistant.guide.model import Guide
from assistant.shapes import Frozen
from assistant.text import counted, percent, reaches
from assistant.training.attempts import (
    PASS_MARK,
    Attempt,
    SessionHeader,
    Tally,
    in_order,
    tally,
)
from assistant.training.bookmarks import Bookmark
from assistant.training.feedback import (
    ACCEPTABLE,
    ALL_RIGHT,
    Feedback,
    feedback,
    feedback_lines,
)
from assistant.training.judging import SUPERVISOR, Answer, Judgement, judge
from assistant.training.stories import Story, story_lines

CLOSED = (
    "This is a closed test. While you are in it, the interview, the lookup, the records, and the"
    " glossary stay closed here. The program does not see other windows. You can leave the test and"
    " come back, and your results say how often you left."
)
"""Said at the start of a test in which nothing is looked up."""

OPEN = "This is an open-book test. You may use the interview, the lookup, and the glossary."
"""Said at the start of one in which everything is."""

CHANGEABLE = (
    "You can go back and change any answer until you hand in the test. Then you see your score."
)

NO_TEST_YET = "You have not finished a test yet."  # said where the last one is wanted

LOST = "You have an unfinished test. If you start a new one, you cannot finish the old one."
"""Asked before a test that was left is dropped."""

NEW_TEST, KEEP_TEST = "Start a new test", "Continue the unfinished test"  # the answers to that

SURE = "Hand in the test? After that, you cannot change your answers."  # asked before it is done

LEAVING = "Leave the test? Your answers are saved, and you can come back."
"""Asked before a closed test is left; `LEFT` comes with it."""

LEFT = "Your results will show that you left the test."

HAND_IN, KEEP_ON, LEAVE, STAY = "Hand in the test", "Keep working", "Leave the test", "Stay"


class Score(Tally):
    """The score of a test: an acceptable answer counts toward the pass mark as a right one does."""

    pass_mark: int = PASS_MARK
    unanswered: int = 0

    @property
    def count(self) -> int:
        """How many stories the test has: one that was not answered counts as not right."""
        return super().count + self.unanswered

    @property
    def percent(self) -> int:
        """The share that counts, as a whole percentage, never rounded up to a mark that is missed."""
        return percent(self.counted, self.count, self.pass_mark)

    @property
    def passed(self) -> bool:
        return reaches(self.counted, self.count, self.pass_mark)

    @property
    def text(self) -> str:
        """Everything in one sentence or two."""
        missing = f", not answered {self.unanswered}" if self.unanswered else ""
        parts = f"Right {self.right}, acceptable {self.acceptable}, wrong {self.wrong}{missing}."
        share = f"{self.percent}% of {counted(self.count, 'story', 'stories')}"
        mark = f"the pass mark is {self.pass_mark}%: {self.verdict}."
        return f"{parts} Right or acceptable: {share}. {mark[0].upper()}{mark[1:]}"

    @property
    def verdict(self) -> str:
        return "passed" if self.passed else "not passed"

    @property
    def short(self) -> str:
        return f"{self.percent}%, {self.verdict}. Review it"

    @property
    def to_explain(self) -> str:
        counts = ((self.wrong, "wrong answer"), (self.acceptable, "acceptable answer"))
        return " and ".join(counted(*count) for count in counts if count[0])


class Mistake(Frozen):
    """A story that was not answered right, and what is to be said of it."""

    number: int
    story: Story
    found: Judgement
    feedback: Feedback


class GivenAnswer(Frozen):
    """An answer in a test that can still be changed, and when it was given."""

    chosen: Answer
    when: datetime


Stage = Literal["start", "story", "review", "score"]  # the pages of a test

START = -1  # the place of the page that a test starts with; the review follows the last story


class Exam(Frozen):
    """Where a test is; every step gives a new value, and it may be left after any.

    `picks` are the answers so far, by story: they can be changed until the test is handed in, and
    only then become `attempts`. Attempts that are there before were kept as they came, by an earlier
    release; they stay. `place` counts stories from 0. `left` is how often a closed test was left.
    """

    guide: Guide
    header: SessionHeader
    stories: tuple[Story, ...]
    pass_mark: int = PASS_MARK
    attempts: tuple[Attempt, ...] = ()
    picks: Mapping[str, GivenAnswer] = field(default_factory=dict)
    place: int = START
    left: int = 0
    open_book: bool = False

    @property
    def finished(self) -> bool:
        """Whether it is handed in; one of an earlier release is once all of it is answered."""
        handed_in = any(made.left is not None for made in self.attempts)
        return handed_in or len(self.attempts) == len(self.stories)

    @property
    def stage(self) -> Stage:
        if self.finished:
            return "score"
        if self.place == START:
            return "start"
        return "story" if self.place < len(self.stories) else "review"

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be looked up now."""
        return not self.open_book and self.stage in {"story", "review"}

    @property
    def story(self) -> Story | None:
        """The story that is shown; None on a page without one."""
        return self.stories[self.place] if self.stage == "story" else None

    @property
    def explained(self) -> bool:
        """Whether the score and what was answered wrongly are to be read."""
        return self.finished

    @property
    def answered(self) -> int:
        return len(self.attempts) + (0 if self.finished else len(self.picks))

    @property
    def options(self) -> dict[str, str]:
        return group_options(self.guide)

    @property
    def asks(self) -> tuple[str, str]:
        return (self.story.ask if self.story else ""), ""

    @property
    def line(self) -> str:
        count = len(self.stories)
        match self.stage:
            case "story":
                return f"Story {self.place + 1} of {count}"
            case "review":
                return f"Review: {self.answered} of {count} answered"
        return f"Test: {counted(count, 'story', 'stories')}"

    @property
    def given(self) -> tuple[str, ...]:
        """The answers so far, one for each story; beside `times`, since empty asks the supervisor."""
        picks = (self.picks.get(story.id) for story in self.stories)
        return tuple((pick.chosen or "") if pick else "" for pick in picks)

    @property
    def times(self) -> tuple[str, ...]:
        """When each story was answered; empty where it was not."""
        picks = (self.picks.get(story.id) for story in self.stories)
        return tuple(pick.when.isoformat() if pick else "" for pick in picks)

    @property
    def name(self) -> str:
        return f"the test you left ({self.answered} of {len(self.stories)} answered)"

    def chosen(self, story: Story) -> Answer | Literal[False]:
        """Return what a story was answered with, False where it was not."""
        if pick := self.picks.get(story.id):
            return pick.chosen
        return next((made.chosen for made in self.attempts if made.story == story.id), False)

    def answer(self, chosen: Answer, now: datetime) -> "Exam":
        """Pick a group for the story shown, and turn to the next one that is not answered."""
        if self.story is None:
            return self
        then = replace(self, picks={**self.picks, self.story.id: GivenAnswer(chosen, now)})
        later = range(self.place + 1, len(self.stories))
        waiting = (n for n in later if then.chosen(self.stories[n]) is False)
        return replace(then, place=next(waiting, len(self.stories)))

    def turn(self, place: int) -> "Exam":
        """Turn to a story, or to the review after the last; what was kept already is not shown again."""
        if self.finished:
            return self
        return replace(self, place=min(max(place, self._kept), len(self.stories)))

    @property
    def taken_up(self) -> "Exam":
        """The test as it is continued: one left at its review, at the first story without an answer."""
        waiting = (n for n, story in enumerate(self.stories) if self.chosen(story) is False)
        return replace(self, place=next(waiting, self.place)) if self.stage == "review" else self

    def hand_in(self, new_id: Callable[[], str]) -> "Exam":
        """Make attempts of the answers; nothing changes where there are none, or a second time."""
        if self.finished:
            return self
        made = (
            self.header.attempt(
                new_id(), pick.when, story, judge(self.guide, story, pick.chosen), left=self.left
            )
            for story in self.stories
            if (pick := self.picks.get(story.id))
        )
        return replace(self, attempts=(*self.attempts, *made))

    @property
    def score(self) -> Score | None:
        if not self.finished:
            return None
        unanswered = len(self.stories) - len(self.attempts)
        return Score(
            **asdict(tally(self.attempts)), pass_mark=self.pass_mark, unanswered=unanswered
        )

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Each story not answered right, explained; empty before the end."""
        if not self.finished:
            return ()
        made = {attempt.story: attempt for attempt in self.attempts}
        return tuple(
            Mistake(number, story, found, feedback(self.guide, found))
            for number, story in enumerate(self.stories, start=1)
            if story.id in made
            and (found := judge(self.guide, story, made[story.id].chosen)).grade != "right"
        )

    @property
    def _kept(self) -> int:
        """How many of the first stories cannot be answered anew."""
        return len(self.attempts)


def group_options(guide: Guide) -> dict[str, str]:
    """Return what can be answered to a story, in words; the empty id asks the supervisor."""
    return {**{name: group.name for name, group in guide.groups.items()}, "": SUPERVISOR}


def start_lines(exam: Exam) -> Iterator[str]:
    """Say before a test begins how long it is, what passes, and what is allowed."""
    yield f"{exam.line}. You pass with {exam.pass_mark}% right or acceptable."
    yield OPEN if exam.open_book else CLOSED
    yield CHANGEABLE
    if exam.answered:
        yield f"You have answered {exam.answered} of {len(exam.stories)} stories."


def review_lines(exam: Exam) -> Iterator[str]:
    """Say before a test is handed in how much of it is answered."""
    missing = len(exam.stories) - exam.answered
    yield f"You have answered {exam.answered} of {len(exam.stories)} stories."
    if missing:
        yield (
            "1 story has no answer. It counts as not right."
            if missing == 1
            else f"{missing} stories have no answer. Each counts as not right."
        )
    yield "Hand in the test, or choose a story to read it again and change your answer."


LENGTHS = (5, 10, 20)
"""How many stories a test of one's own may have."""


def exam_choices(exam: Exam) -> list[Choice]:
    """Return what can be done on the pages of a test that show no story: begin it, or hand it in.

    One of one's own may have another length, until a story of it is answered.
    """
    if exam.stage == "start":
        ways = [Choice(Command.BEGIN, "Begin the test"), Choice(Command.STOP, "Not now")]
        if exam.answered or exam.header.class_id:
            return ways
        others = (length for length in LENGTHS if length != len(exam.stories))
        return ways + [
            Choice(Command.TEST, f"Change to {one} stories", value=str(one)) for one in others
        ]
    return [
        Choice(Command.HAND_IN, "Hand in the test"),
        *(
            Choice(
                Command.REVIEW,
                f"Story {number}: {answer_in(exam, story, brief=True)}",
                value=str(number - 1),
            )
            for number, story in enumerate(exam.stories, start=1)
        ),
    ]


def answer_in(exam: Exam, story: Story, *, brief: bool = False) -> str:
    """Return what a story of a test was answered with, in words; in brief a group's short name."""
    chosen = exam.chosen(story)
    if brief and chosen:
        return exam.guide.groups[chosen].short or exam.options[chosen]
    return "Not answered" if chosen is False else exam.options[chosen or ""]


def resumed(exam: Exam, log: Iterable[Attempt]) -> Exam:
    """Return a test with what its alias has answered for good in its class, or its session.

    Of several answers to a story the first counts.
    """
    header = exam.header
    tests = [made for made in in_order(log) if (made.alias, made.mode) == (header.alias, "test")]
    place = header.class_id or header.session
    same = [made for made in tests if (made.class_id or made.session) == place]
    first = {attempt.story: attempt for attempt in reversed(same)}
    stories = exam.stories
    if not any(made.left is not None for made in same):
        stories = tuple(takewhile(lambda story: story.id in first, stories))
    return replace(exam, attempts=tuple(first[one.id] for one in stories if one.id in first))


def exam_page_lines(exam: Exam) -> Iterator[str]:
    """Return a page of a test that shows no story: its start, all answers, or the score."""
    if exam.stage == "start":
        yield from start_lines(exam)
    elif exam.stage == "review":
        yield from review_lines(exam)
        for number, story in enumerate(exam.stories, start=1):
            yield f"Story {number}: {answer_in(exam, story)}."
    else:
        yield from score_lines(exam)


def score_lines(exam: Exam) -> Iterator[str]:
    """Return the score of a test that is over."""
    if exam.score is None:
        return
    yield f"The test is over. {exam.score.text}"
    if exam.score.acceptable:
        yield ACCEPTABLE
    if exam.mistakes:
        to_explain = exam.score.to_explain
        yield f"To review {to_explain}, one story at a time, press Enter. Or type b to stop here."
    else:
        yield ALL_RIGHT


def mistake_lines(exam: Exam, mistake: Mistake) -> Iterator[str]:
    """Return one story of a test that was not answered right, and what is to be said of it."""
    yield f"Story {mistake.number} of {len(exam.stories)}."
    yield from story_lines(mistake.story)
    yield mistake.story.ask
    yield from feedback_lines(mistake.feedback)


def picked_again(exam: Exam, mark: Bookmark) -> Exam:
    """Return a test with the answers of its bookmark; raises `KeyError` for one that it cannot have."""
    kept = {made.story for made in exam.attempts}
    picks = {
        story: GivenAnswer(given or None, datetime.fromisoformat(when))
        for story, given, when in zip(mark.stories, mark.given, mark.times, strict=False)
        if when and exam.options[given] and story not in kept
    }
    return replace(exam, picks=picks, place=mark.place, left=mark.left)
