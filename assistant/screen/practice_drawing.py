"""What practice says, as styled text."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap

from textual.content import Content

from assistant.engine.verdict import group_name
from assistant.guide.model import Guide
from assistant.screen.text import QUIET, Part, joined, plain
from assistant.screen.widgets import Block
from assistant.tables import as_columns
from assistant.text import bar, visible
from assistant.training.feedback import Feedback, Pair, Phrase, Side, phrases
from assistant.training.judging import Answer
from assistant.training.modes import Checked, Drill, Exam, Learn, Mistake
from assistant.training.pages import ACCEPTABLE, HOW, NONE_USED, not_right, terms_used
from assistant.training.progress import Bar, Progress
from assistant.training.report import SUPERVISOR, ClassReport, report_lead, report_tables
from assistant.training.session import Exercise
from assistant.training.stories import Story

ROOM = 66
"""Columns from which two groups stand side by side."""

_BETWEEN = " │ "


def side_by_side(pair: Pair, width: int) -> Content:
    """Give both groups as text for lines of `width`, and below them what tells them apart."""
    sides = (pair.right, pair.chosen)
    parts = list(_columns(sides, width) if width >= ROOM else _under(sides))
    if pair.difference:
        parts += [("\nWhat tells them apart: ", "bold"), (pair.difference, "")]
    return joined(parts)


def _under(sides: tuple[Side, Side]) -> Iterator[Part]:
    for number, side in enumerate(sides):
        yield "\n" if number else "", ""
        yield f"{_title(side)}\n", "bold"
        yield side.what, ""


def _columns(sides: tuple[Side, Side], width: int) -> Iterator[Part]:
    each = (width - len(_BETWEEN)) // 2
    for style, texts in (("bold", map(_title, sides)), ("", (side.what for side in sides))):
        columns = [wrapped(text, each) for text in texts]
        for left, right in zip_longest(*columns, fillvalue=""):
            yield left + " " * (each - Content(left).cell_length), style
            yield _BETWEEN, ""
            yield f"{right}\n", style


def wrapped(text: str, width: int) -> list[str]:
    """Give text in lines of at most `width` cells, in whole words where they fit."""
    return wrap(visible(text), width) or [""]


def _title(side: Side) -> str:
    return f"{'You chose' if side.chosen else 'Right'}: {side.name}"


ALL_RIGHT = "Every answer was right: there is nothing to explain."
"""Said where a test has no mistake."""


def drawn(session: Exercise, width: int, *, checking: bool = False) -> tuple[list[Block], int]:
    """Give the blocks of a session in lines of `width`, and which of them is to be on top.

    `checking` is whether what was said of the last answer in learning is to be shown.
    """
    if isinstance(session, Exam):
        return list(_exam(session, width)), 0
    blocks = list(story_blocks(session.story))
    if isinstance(session, Drill) and session.feedback and session.found:
        read_from = len(blocks)
        blocks += _answered(session.syllabus.guide, session.found.chosen)
        blocks += _said(session.feedback, width, right=session.found.grade == "right")
        return blocks, read_from
    if isinstance(session, Learn) and session.checks:
        read_from = len(blocks) if checking or session.finished else 0
        blocks += _learned(session, checking=checking)
        return blocks, read_from
    return blocks, 0


def asked(session: Exercise, *, checking: bool = False) -> tuple[str, str]:
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


_WIDTH = 10
"""Blocks in a full bar."""

_NAME, _NUMBERS = 36, 8
"""Columns for the longest name of a group, and for `10 of 10`."""

_NOTE = "Of the latest stories of each kind, how many you got right."


def progress_blocks(alias: str, found: Progress) -> Iterator[Block]:
    """Give what to do next, and how it went lately."""
    yield Block("story", joined([(found.what_next, "bold")]))
    yield Block("story", plain(f"You practise as {alias}. {_NOTE}"))
    yield Block("story", joined(_bars("Groups", found.groups)))
    yield Block("story", joined(_bars("Questions read out of the story", found.forks)))


def _bars(title: str, bars: Iterable[Bar]) -> Iterator[Part]:
    yield title, "bold"
    for one in bars:
        name = one.name.removesuffix(" Services") if one.id else SUPERVISOR
        numbers = f"{one.well} of {one.of}" if one.of else "not yet"
        yield f"\n{name:{_NAME}} {numbers:{_NUMBERS}} ", ""
        yield bar(one.well, one.of, _WIDTH), "bold"


def report_blocks(guide: Guide, report: ClassReport, width: int) -> Iterator[Block]:
    """Return a report as a block a table, in lines of `width`."""
    yield Block("story", plain(report_lead(report), "bold"))
    tables = report_tables(guide, report, whole_stories=False) if report.trainees else ()
    for table in tables:
        lines = "\n".join(as_columns(table, width))
        yield Block("story", joined([(f"{table.heading}\n", "bold"), (lines, "")]))


KEYS = (
    "Press the number of a line, or move with ↑ ↓ and press Enter, or click.",
    "PgUp and PgDn read on. n or the space bar goes on where something was explained.",
    "Esc leaves; the place is kept, and Practice offers it again.",
)
"""What can be pressed in every mode."""


def how_page(session: Exercise) -> Content:
    """Give what the mode asks for, help for the question asked, and the keys."""
    parts: list[Part] = [(f"{HOW[session.header.mode]}\n\n", ""), *_about(session)]
    return joined([*parts, ("Keys\n", "bold"), ("\n".join(KEYS), "")])


def terms_page(session: Exercise) -> Content:
    """Give what the words of the story, and of the question asked, mean."""
    return joined(_terms(session))


def _about(session: Exercise) -> Iterator[Part]:
    question = session.question if isinstance(session, Learn) else None
    if question:
        yield "Why this is asked: ", "bold"
        yield f"{question.why}\n\n", ""
        yield "Where to look in a real case: ", "bold"
        yield f"{question.where_to_look}\n\n", ""
        for item in question.help:
            yield f"{item.about}\n", "bold"
            yield f"{item.say}\n\n", ""


def _terms(session: Exercise) -> Iterator[Part]:
    terms = terms_used(session)
    for term in terms:
        yield term.name, "bold"
        yield f" (also: {', '.join(term.also)})\n" if term.also else "\n", QUIET
        yield f"{term.means}\n\n", ""
    if not terms:
        yield NONE_USED, ""
