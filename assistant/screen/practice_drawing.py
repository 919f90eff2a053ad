"""What practice says, as styled text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from textual.content import Content

from assistant.commands import Choice
from assistant.engine.statements import Quote, question_help
from assistant.guide.model import Guide, Term
from assistant.screen import theme
from assistant.screen.column import AXIS, MARGIN, QUIET, Paragraph, Part, hanging, joined, plain
from assistant.screen.widgets import quoted
from assistant.shapes import Frozen
from assistant.tables import Table, as_columns
from assistant.training import feedback
from assistant.training.exam import Exam, Mistake, review_lines, start_lines
from assistant.training.feedback import Feedback
from assistant.training.findings import ClassReport
from assistant.training.modes import Drill, Exercise, Learn
from assistant.training.progress import Progress
from assistant.training.report import report_lead, report_tables
from assistant.training.session import PracticeSession
from assistant.training.stories import Story


class Page(Frozen):
    """One page: paragraphs of which one is to be on top, a question with a hint, choices, a line.

    `more` is read only when it is asked for. `picked` is the choice that Enter takes at once: one that
    only goes on, or the answer of before.
    """

    read: Sequence[Paragraph]
    choices: Sequence[Choice]
    read_from: int = 0
    ask: str = ""
    hint: str = ""
    standing: str = ""
    trouble: str = ""
    picked: int | None = None
    columns: int = 1
    more: Sequence[Paragraph] = ()

    def heads(self, *, gap: bool) -> tuple[list[Paragraph], ...]:
        """Return the question above the choices, the roomiest way first; a `gap` above it can go."""
        asked = [_plain(self.ask, "bold", gap=gap)] if self.ask else []
        hinted = [*asked, _plain(self.hint, QUIET, gap=False)] if self.hint else asked
        return hinted, asked

    @property
    def opened(self) -> "Page":
        """The same page with what was kept back, to be read from there."""
        return replace(self, read=[*self.read, *self.more], read_from=len(self.read), more=())


def exercise_page(exercise: Exercise, choices: Sequence[Choice], compared: Sequence[str]) -> Page:
    """Return the page of an exercise; `compared` is the story beside which it is to be seen."""
    said: list[Paragraph] = []
    more: list[Paragraph] = []
    if isinstance(exercise, Exam):
        read = list(_exam(exercise))
    else:
        read = list(story_paragraphs(exercise.story))
        said, more = _answered(exercise)
    more += [
        _plain(line, "" if place else "bold", gap=place < 2)  # noqa: PLR2004 - title, and the story
        for place, line in enumerate(compared)
    ]
    ask, hint = exercise.asks
    return Page(
        [*read, *said],
        choices,
        len(read) if exercise.explained and said else 0,
        ask,
        hint,
        standing=exercise.line,
        picked=picked(exercise, choices),
        more=more,
    )


def _plain(words: str, style: str = "", *, gap: bool = True) -> Paragraph:
    return Paragraph(plain(words, style), gap=gap)


def picked(exercise: Exercise, choices: Sequence[Choice]) -> int | None:
    """Return the choice that is picked beforehand: the way on, or in a test the answer given before."""
    if not isinstance(exercise, Exam):
        return 0 if exercise.explained else None
    chosen = exercise.chosen(exercise.story) if exercise.story else False
    values = [choice.value for choice in choices]
    if chosen is not False:
        return values.index(chosen or "")
    return 0 if exercise.stage in {"start", "score"} else None


def story_paragraphs(story: Story) -> Iterator[Paragraph]:
    """Return a story, each paragraph apart."""
    return (_plain(paragraph) for paragraph in story.paragraphs)


def _exam(exam: Exam) -> Iterator[Paragraph]:
    if exam.story:
        yield from story_paragraphs(exam.story)
    lines = {"start": start_lines, "review": review_lines}.get(exam.stage)
    yield from map(_plain, lines(exam) if lines else ())
    if exam.score:
        yield _verdict(exam.score.text, is_right=exam.score.passed)
        if exam.score.acceptable:
            yield _plain(feedback.ACCEPTABLE)
        explained = f"Explained below: {exam.score.to_explain}."
        yield _plain(explained if exam.mistakes else feedback.ALL_RIGHT)
    for mistake in exam.mistakes:
        yield from _mistake(exam, mistake)


def _mistake(exam: Exam, mistake: Mistake) -> Iterator[Paragraph]:
    grade = "acceptable" if mistake.found.grade == "acceptable" else "wrong"
    yield _plain(f"Story {mistake.number} of {len(exam.stories)}: {grade}", "bold")
    yield from story_paragraphs(mistake.story)
    yield _plain(mistake.story.ask, "bold")
    yield from _said(mistake.feedback)
    yield from _more(mistake.feedback)


def _answered(exercise: Learn | Drill) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return what is said below a story, and what of it is kept back."""
    if isinstance(exercise, Drill):
        found = exercise.feedback
        return ([*_said(found)], [*_more(found)]) if found else ([], [])
    if not exercise.explained:
        return [*_so_far(exercise)], []
    last, ending = exercise.checks[-1], exercise.ending
    asked = exercise.guide.questions[last.fact].ask
    said = [
        _plain(f"{asked}\nYour answer: {last.found.answer}", QUIET),
        *_said(replace(last.found, answer="")),
    ]
    quotes = [*last.found.quotes]
    if ending:
        said += _said(ending, theme.SETTLED if ending.is_right else theme.ASK)
        quotes += (one for one in ending.quotes if one not in quotes)
    return said, [*_quotes(quotes)]


def _said(found: Feedback, mark: str = "") -> Iterator[Paragraph]:
    """Return what is needed first: the answer, the mistake, and the two groups that were mixed up."""
    if found.answer and not found.pair and found.answer not in found.headline:
        yield _plain(f"Your answer: {found.answer}", QUIET)
    yield _verdict(found.headline, is_right=found.is_right, mark=mark)
    yield _plain(" ".join(found.lines), gap=False)
    for side in (found.pair.right, found.pair.chosen) if found.pair else ():
        label = plain("You chose" if side.chosen else "Right", QUIET)
        words = joined([(f"{side.name}\n", "bold"), (side.what, "")])
        yield Paragraph(words, label, gap=True)


def _verdict(words: str, *, is_right: bool, mark: str = "") -> Paragraph:
    color = "$settled" if is_right else "$judgment"
    mark = mark or (theme.SETTLED if is_right else theme.JUDGMENT)
    return Paragraph(plain(words, f"bold {color}"), mark=plain(mark, color), gap=True)


def _more(found: Feedback) -> Iterator[Paragraph]:
    """Return what else is to be learned from an answer, and the words that decide."""
    yield from map(_plain, found.more)
    if found.pair and found.pair.difference:
        yield _plain("How to tell them apart", "bold")
        yield _plain(found.pair.difference, gap=False)
    yield from _quotes(found.quotes)


def _quotes(quotes: Sequence[Quote]) -> Iterator[Paragraph]:
    if quotes:
        yield _plain("The deciding words", "bold")
        yield from hanging(joined(quoted(quotes)).rstrip())


def _so_far(learn: Learn) -> Iterator[Paragraph]:
    """Return what was found in a story so far."""
    questions = learn.guide.questions
    found = [
        f"{questions[check.fact].name}: {questions[check.fact].options[check.said].short}"
        for check in learn.checks
    ]
    if found:
        yield _plain(f"So far: {'; '.join(found)}.", QUIET)


def home_paragraphs(practice: PracticeSession, found: Progress) -> Iterator[Paragraph]:
    """Return what is said of the class assigned, what to do next, and how it went lately."""
    said = practice.class_refusal
    if practice.assigned and practice.class_is_done:
        said = practice.assigned.all_done
    if said:
        yield _plain(said, "bold")
    yield _plain(found.what_next, "bold")
    yield _plain(practice.trainee.line)
    yield from _tables(found.tables)


def report_paragraphs(guide: Guide, report: ClassReport) -> Iterator[Paragraph]:
    """Return a report as its lead and its tables."""
    yield _plain(report_lead(report))
    if report.trainees:
        yield from _tables(report_tables(guide, report, brief=True))


class TableRows(Paragraph, kw_only=True):
    """A table, laid out in the columns there are."""

    table: Table

    def rows(self, width: int, indent: int) -> Iterator[Content]:  # noqa: ARG002 - a paragraph's
        for line in as_columns(self.table, max(1, width - AXIS - MARGIN)):
            yield plain(" " * AXIS + line)


def _tables(tables: Iterable[Table]) -> Iterator[Paragraph]:
    for table in tables:
        yield _plain(table.title, "bold")
        if table.note:
            yield _plain(table.note, QUIET, gap=False)
        yield TableRows(plain(""), table=table) if table.rows else _plain("None.", gap=False)


KEYS = (
    "Press the number of a line. You can also move with ↑ ↓ and press Enter, or click.",
    "PgUp and PgDn scroll. After an answer, m shows more, and n or the space bar continues.",
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
