"""Draws practice as blocks: a story, what is said of an answer, how a test went."""

from collections.abc import Iterator

from assistant.content.model import Guide
from assistant.engine.wording import group_name
from assistant.interview.practice.cards import ACCEPTABLE, not_right
from assistant.interview.practice.places import Session
from assistant.training.drill import Drill
from assistant.training.exam import Exam, Mistake
from assistant.training.explaining import Feedback, Phrase, phrases
from assistant.training.judging import Answer
from assistant.training.learning import Checked, Learn
from assistant.training.reporting.words import SUPERVISOR
from assistant.training.stories import Story
from assistant.tui.columns import side_by_side
from assistant.tui.text import QUIET, Part, joined, plain
from assistant.tui.widgets.conversation import Block

ALL_RIGHT = "Every answer was right: there is nothing to explain."
"""Said where a test has no mistake."""


def drawn(session: Session, width: int, *, checking: bool = False) -> tuple[list[Block], int]:
    """Give the blocks of a session in lines of `width`, and which of them is to be on top.

    `checking` is whether what was said of the last answer in learning is to be shown.
    """
    if isinstance(session, Exam):
        return list(_exam(session, width)), 0
    blocks = list(story_blocks(session.story))
    if isinstance(session, Drill) and session.feedback and session.found:
        read_from = len(blocks)
        blocks += _answered(session.ground.guide, session.found.chosen)
        blocks += _said(session.feedback, width, right=session.found.grade == "right")
        return blocks, read_from
    if isinstance(session, Learn) and session.checks:
        read_from = len(blocks) if checking or session.finished else 0
        blocks += _learned(session, checking=checking)
        return blocks, read_from
    return blocks, 0


def asked(session: Session, *, checking: bool = False) -> tuple[str, str]:
    """Give the question above the choices, and a hint for it; both may be empty."""
    if isinstance(session, Learn):
        question = None if checking else session.question
        return (question.ask, question.hint) if question else ("", "")
    if session.story is None or (isinstance(session, Drill) and session.found):
        return "", ""
    return session.story.ask, ""


def story_blocks(story: Story) -> Iterator[Block]:
    """Give a story, a block for each paragraph."""
    return (Block("story", plain(paragraph)) for paragraph in story.paragraphs)


def _exam(exam: Exam, width: int) -> Iterator[Block]:
    if exam.story:
        yield from story_blocks(exam.story)
    if exam.score:
        passed = exam.score.passed
        yield Block("verdict" if passed else "refer", plain(exam.score.text, "bold"))
        if exam.score.acceptable:
            yield Block("body", plain(ACCEPTABLE))
        yield Block(
            "body", plain(f"Explained below: {not_right(exam)}." if exam.mistakes else ALL_RIGHT)
        )
    for mistake in exam.mistakes:
        yield from _mistake(exam, mistake, width)


def _mistake(exam: Exam, mistake: Mistake, width: int) -> Iterator[Block]:
    grade = "acceptable" if mistake.found.grade == "acceptable" else "wrong"
    title = f"Story {mistake.number} of {len(exam.stories)}: {grade}"
    yield Block("question", plain(title, "bold underline"))
    yield from story_blocks(mistake.story)
    yield Block("story", plain(mistake.story.ask, "bold"))
    yield from _answered(exam.guide, mistake.found.chosen)
    yield from _said(mistake.feedback, width, right=False)


def _answered(guide: Guide, chosen: Answer) -> Iterator[Block]:
    name = guide.groups[chosen].name if chosen else SUPERVISOR
    yield Block("answered", plain(f"Your answer: {name}"))


def _said(found: Feedback, width: int, *, right: bool) -> Iterator[Block]:
    """Give what is said of an answer: graded in a frame, then the words that decide, then the pair."""
    yield _graded(found.headline, found.lines, right=right)
    if found.phrases:
        yield Block("body", joined(_phrases(found.phrases)))
    if found.pair:
        yield Block("body", side_by_side(found.pair, width))


def _graded(headline: str, lines: tuple[str, ...], *, right: bool) -> Block:
    parts: list[Part] = [(headline, "bold"), *((f"\n{line}", "") for line in lines)]
    return Block("verdict" if right else "refer", joined(parts))


def _phrases(found: tuple[Phrase, ...]) -> Iterator[Part]:
    yield "The deciding words", "bold"
    for phrase in found:
        yield f"\n  “{phrase.words}”", "italic"
        yield f" ({phrase.source})", QUIET


def _learned(learn: Learn, *, checking: bool) -> Iterator[Block]:
    """Give the check of the last answer, or what was found so far; at the end where it led."""
    if not checking and not learn.finished:
        found = [_found(learn.guide, check) for check in learn.checks]
        yield Block("body", plain(f"So far: {'; '.join(found)}."))
        return
    last = learn.checks[-1]
    yield from _checked(learn.guide, last)
    if learn.finished:
        yield from _ending(learn)


def _found(guide: Guide, check: Checked) -> str:
    question = guide.questions[check.fact]
    return f"{question.name}: {question.options[check.said].short}"


def _checked(guide: Guide, check: Checked) -> Iterator[Block]:
    question = guide.questions[check.fact]
    option = question.options.get(check.given)
    yield Block("asked", plain(question.ask))
    yield Block("answered", plain(f"Your answer: {option.label if option else 'Not sure'}"))
    yield _graded(check.found.headline, check.found.lines, right=check.right)
    if check.found.phrases:
        yield Block("body", joined(_phrases(check.found.phrases)))


def _ending(learn: Learn) -> Iterator[Block]:
    """Give where a story led and why, with what it is told for."""
    outcome = learn.guide.outcomes[learn.story.outcome]
    name = group_name(learn.guide, outcome.group)
    parts: list[Part] = [(f"The story leads to {name}." if outcome.group else f"{name}.", "bold")]
    parts.append((f"\n{outcome.reason}", ""))
    if learn.story.note != outcome.reason:
        parts += [("\nAbout this story: ", "bold"), (learn.story.note, "")]
    yield Block("verdict" if outcome.group else "refer", joined(parts))
    if outcome.cites:
        yield Block("body", joined(_phrases(phrases(learn.guide, outcome.cites))))
