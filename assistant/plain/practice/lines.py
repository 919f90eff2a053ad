"""What practice says, in lines that each make sense alone: a story, what is said of an answer, a score."""

from collections.abc import Iterable, Iterator

from assistant.content.model import Guide
from assistant.interview.practice.cards import ACCEPTABLE, standing
from assistant.interview.practice.helping import guide_of
from assistant.interview.practice.places import Session
from assistant.training.drill import Drill
from assistant.training.exam import Exam, Mistake
from assistant.training.explaining import Feedback, Pair, Phrase, phrases
from assistant.training.judging import Answer
from assistant.training.learning import Checked, Learn
from assistant.training.reporting.words import answer_name
from assistant.training.stories import Story


def story_lines(story: Story) -> Iterator[str]:
    """Give a story, paragraph by paragraph."""
    first, *rest = story.paragraphs
    yield f"Story: {first}"
    yield from rest


def asking_lines(session: Session) -> Iterator[str]:
    """Give where a session stands, and the question that waits for an answer."""
    yield f"{standing(session)}."
    if isinstance(session, Learn):
        if session.question:
            yield session.question.ask
            yield session.question.hint
    elif session.story:
        yield session.story.ask


def feedback_lines(session: Drill) -> Iterator[str]:
    """Give what is said of the group just picked."""
    if session.found and session.feedback:
        yield your_answer(guide_of(session), session.found.chosen)
        yield from said_lines(session.feedback)


def check_lines(guide: Guide, check: Checked) -> Iterator[str]:
    """Give what is said of one answer in learning."""
    question = guide.questions[check.fact]
    option = question.options.get(check.given)
    yield f"{question.name}, your answer: {option.label.removesuffix('.') if option else 'Not sure'}."
    yield from said_lines(check.found)


def ending_lines(learn: Learn) -> Iterator[str]:
    """Give where a story led, why, and what it is told for."""
    outcome = learn.guide.outcomes[learn.story.outcome]
    name = answer_name(learn.guide, outcome.group)
    yield f"The story leads to {name}." if outcome.group else f"{name}: no group is named."
    yield f"Why: {outcome.reason}"
    if learn.story.note != outcome.reason:
        yield f"About this story: {learn.story.note}"
    yield from _phrases(phrases(learn.guide, outcome.cites))


def score_lines(exam: Exam) -> Iterator[str]:
    """Give how a test went."""
    if exam.score:
        yield f"The test is over. {exam.score.text}"
        if exam.score.acceptable:
            yield ACCEPTABLE
        if not exam.mistakes:
            yield "Every answer was right: there is nothing to explain."


def mistake_lines(exam: Exam, mistake: Mistake) -> Iterator[str]:
    """Give one story of a test that was not answered right, and what is to be said of it."""
    yield f"Story {mistake.number} of {len(exam.stories)}."
    yield from story_lines(mistake.story)
    yield mistake.story.ask
    yield your_answer(exam.guide, mistake.found.chosen)
    yield from said_lines(mistake.feedback)


def your_answer(guide: Guide, chosen: Answer) -> str:
    """Say an answer back."""
    return f"Your answer: {answer_name(guide, chosen)}."


def said_lines(found: Feedback) -> Iterator[str]:
    """Give what is said of one answer: the grade, why, the words that decide, the pair mixed up."""
    yield found.headline
    yield from found.lines
    yield from _phrases(found.phrases)
    if found.pair:
        yield from _pair(found.pair)


def _phrases(found: Iterable[Phrase]) -> Iterator[str]:
    return (f"Words that decide: “{phrase.words}” ({phrase.source})." for phrase in found)


def _pair(pair: Pair) -> Iterator[str]:
    yield f"What it is, {pair.right.name}: {pair.right.what}"
    yield f"What you chose, {pair.chosen.name}: {pair.chosen.what}"
    if pair.difference:
        yield f"What sets the two apart: {pair.difference}"
