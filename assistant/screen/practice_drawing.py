"""What practice says, as styled text."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from assistant import text
from assistant.commands import Choice
from assistant.engine.statements import question_help
from assistant.guide.model import Guide, Term
from assistant.screen.column import QUIET, Part, joined, plain
from assistant.screen.widgets import Block, quoted
from assistant.shapes import Frozen
from assistant.tables import Table, as_columns
from assistant.training import feedback
from assistant.training.bookmarks import Trainee
from assistant.training.exam import Exam, Mistake, review_lines, start_lines
from assistant.training.feedback import Feedback, Pair, Side
from assistant.training.findings import ClassReport
from assistant.training.modes import Drill, Exercise, Learn
from assistant.training.progress import Progress
from assistant.training.report import report_lead, report_tables
from assistant.training.session import PracticeSession
from assistant.training.stories import Story


class Page(Frozen):
    """One page: blocks of which one is to be on top, a question with a hint, choices, a line.

    `picked` is the choice that Enter takes at once: one that only goes on, or the answer of before.
    """

    blocks: Sequence[Block]
    choices: Sequence[Choice]
    read_from: int = 0
    ask: str = ""
    hint: str = ""
    standing: str = ""
    trouble: str = ""
    picked: int | None = None
    columns: int = 1


ROOM = 66
"""Columns from which two groups are side by side."""


def side_by_side(pair: Pair, width: int) -> Content:
    """Return both groups as text for lines of `width`."""
    sides = (pair.right, pair.chosen)
    return joined(_beside(pair, width) if width >= ROOM else _under(sides)).rstrip()


def _under(sides: tuple[Side, Side]) -> Iterator[Part]:
    for number, side in enumerate(sides):
        yield "\n" if number else "", ""
        yield f"{_title(side)}\n", "bold"
        yield side.what, ""


def _beside(pair: Pair, width: int) -> Iterator[Part]:
    for line in text.side_by_side(_title(pair.right), _title(pair.chosen), width):
        yield f"{line}\n", "bold"
    for line in text.side_by_side(pair.right.what, pair.chosen.what, width):
        yield f"{line}\n", ""


def _title(side: Side) -> str:
    return f"{'You chose' if side.chosen else 'Right'}: {side.name}"


def drawn(exercise: Exercise, width: int, beside: Sequence[str] = ()) -> tuple[list[Block], int]:
    """Return the blocks of an exercise in lines of `width`, and which of them is to be on top.

    `beside` is what comes last: the story that it is compared with, or who takes a test.
    """
    if isinstance(exercise, Exam):
        said = [Block("story", plain(line)) for line in beside]
        return [*_exam(exercise, width), *said], 0
    story = list(story_blocks(exercise.story))
    if isinstance(exercise, Drill):
        said = list(_said(exercise.feedback, width)) if exercise.feedback else []
    elif exercise.explained:
        said = list(_learned(exercise, width))
    else:
        said = list(_so_far(exercise))
    said += [
        Block("body", plain(line, "" if place else "bold")) for place, line in enumerate(beside)
    ]
    return [*story, *said], len(story) if exercise.explained else 0


def class_blocks(practice: PracticeSession) -> Iterator[Block]:
    """Return what is said of the class assigned: why it is not offered, or that it is done."""
    said = practice.class_refusal
    if practice.assigned and practice.class_is_done:
        said = practice.assigned.all_done
    if said:
        yield Block("story", plain(said, "bold"))


def picked(exercise: Exercise, choices: Sequence[Choice]) -> int | None:
    """Return the choice that is picked beforehand: the way on, or in a test the answer given before."""
    if not isinstance(exercise, Exam):
        return 0 if exercise.explained else None
    chosen = exercise.chosen(exercise.story) if exercise.story else False
    values = [choice.value for choice in choices]
    if chosen is not False:
        return values.index(chosen or "")
    return 0 if exercise.stage in {"start", "score"} else None


def story_blocks(story: Story) -> Iterator[Block]:
    """Return a story, a block for each paragraph."""
    return (Block("story", plain(paragraph)) for paragraph in story.paragraphs)


def _exam(exam: Exam, width: int) -> Iterator[Block]:
    if exam.story:
        yield from story_blocks(exam.story)
    lines = {"start": start_lines, "review": review_lines}.get(exam.stage)
    for line in lines(exam) if lines else ():
        yield Block("story", plain(line))
    if exam.score:
        passed = exam.score.passed
        yield Block("verdict" if passed else "refer", plain(exam.score.text, "bold"))
        if exam.score.acceptable:
            yield Block("body", plain(feedback.ACCEPTABLE))
        below = (
            f"Explained below: {exam.score.to_explain}." if exam.mistakes else feedback.ALL_RIGHT
        )
        yield Block("body", plain(below))
    for mistake in exam.mistakes:
        yield from _mistake(exam, mistake, width)


def _mistake(exam: Exam, mistake: Mistake, width: int) -> Iterator[Block]:
    grade = "acceptable" if mistake.found.grade == "acceptable" else "wrong"
    title = f"Story {mistake.number} of {len(exam.stories)}: {grade}"
    yield Block("question", plain(title, "bold"))
    yield from story_blocks(mistake.story)
    yield Block("story", plain(mistake.story.ask, "bold"))
    yield from _said(mistake.feedback, width)


def _said(found: Feedback, width: int) -> Iterator[Block]:
    """Return what is said of an answer: the mistake, both groups, what to learn, the words that decide."""
    if found.answer and not found.pair:
        yield Block("answered", plain(f"Your answer: {found.answer}"))
    lines: list[Part] = [(found.headline, "bold"), *((f"\n{line}", "") for line in found.lines)]
    yield Block("verdict" if found.is_right else "refer", joined(lines))
    if found.pair:
        yield Block("body", side_by_side(found.pair, width))
    more = [(line, "") for line in found.more]
    if found.pair and found.pair.difference:
        more.append((f"How to tell them apart: {found.pair.difference}", ""))
    if more:
        yield Block("body", Content("\n").join(plain(*part) for part in more))
    if found.quotes:
        words = joined([("The deciding words\n", "bold"), *quoted(found.quotes)])
        yield Block("body", words.rstrip())


def _so_far(learn: Learn) -> Iterator[Block]:
    """Return what was found in a story so far."""
    questions = learn.guide.questions
    found = [
        f"{questions[check.fact].name}: {questions[check.fact].options[check.said].short}"
        for check in learn.checks
    ]
    if found:
        yield Block("body", plain(f"So far: {'; '.join(found)}."))


def _learned(learn: Learn, width: int) -> Iterator[Block]:
    """Return what was said of the last answer; at the end also where the story led."""
    last = learn.checks[-1]
    yield Block("asked", plain(learn.guide.questions[last.fact].ask))
    yield from _said(last.found, width)
    if learn.ending:
        yield from _said(learn.ending, width)


def progress_blocks(trainee: Trainee, found: Progress, width: int) -> Iterator[Block]:
    """Return what to do next, and how it went lately, in lines of `width`."""
    yield Block("story", joined([(found.what_next, "bold")]))
    yield Block("story", plain(trainee.line))
    yield from _tables(found.tables, width)


def report_blocks(guide: Guide, report: ClassReport, width: int) -> Iterator[Block]:
    """Return a report as a block a table, in lines of `width`."""
    yield Block("story", plain(report_lead(report), "bold"))
    if report.trainees:
        yield from _tables(report_tables(guide, report, brief=True), width)


def _tables(tables: Iterable[Table], width: int) -> Iterator[Block]:
    for table in tables:
        lines = "\n".join(as_columns(table, width))
        yield Block("story", joined([(f"{table.heading}\n", "bold"), (lines, "")]))


KEYS = (
    "Press the number of a line. You can also move with ↑ ↓ and press Enter, or click.",
    "PgUp and PgDn scroll. After an explanation, press n or the space bar to continue.",
    "In a test, n skips a story, Backspace goes back to the one before, and v shows all your answers.",
    "Esc leaves. Your place is saved, and you can continue from Practice.",
)
"""What can be pressed in every mode."""


def how_page(exercise: Exercise) -> Content:
    """Return what the mode asks for, help for the question asked, and the keys."""
    asking = exercise.asking if isinstance(exercise, Learn) else None
    parts: list[Part] = [(f"{feedback.HOW[exercise.header.mode]}\n\n", "")]
    for one in question_help(exercise.guide, asking) if asking else ():
        parts += [(f"{one.about}\n", "bold"), (f"{one.says}\n\n", "")]
    return joined([*parts, ("Keys\n", "bold"), ("\n".join(KEYS), "")])


def terms_page(terms: Sequence[Term]) -> Content:
    """Return what the words of the story, and of the question asked, mean."""
    parts: list[Part] = [] if terms else [(feedback.NONE_USED, "")]
    for term in terms:
        also = f" (also: {', '.join(term.also)})" if term.also else ""
        parts += [(term.name, "bold"), (f"{also}\n", QUIET), (f"{term.means}\n\n", "")]
    return joined(parts)
