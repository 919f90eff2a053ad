"""A class report for a terminal: bars in columns, and the grid of chosen against right."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from assistant.content.model import Guide
from assistant.training.judging import Answer
from assistant.training.reporting.lines import ClassReport, ForkLine, StoryLine, Tally, TraineeLine
from assistant.training.reporting.text import bar
from assistant.training.reporting.words import (
    REWRITE,
    Table,
    answer_name,
    first_words,
    fork_name,
    learned_words,
    misread_words,
    trainee_words,
)

_BAR = 20
_INDENT = "  "
_EMPTY = "·"


def report_columns(
    guide: Guide, report: ClassReport, width: int = 80, first: Sequence[Table] = ()
) -> Iterator[str]:
    """Give the whole report in lines of at most `width` columns, which is 60 or more.

    `first` are tables to begin with, such as the scores of a test.
    """
    if not report.trainees:
        yield "No answers are recorded yet."
        return
    yield from wrap(f"The class: {trainee_words(report)}", width)
    for table in first:
        yield from _part(f"{table.title}. {table.note}", _table(table), width)
    names = max(len(line.alias) for line in report.trainees)
    trainees = [text for line in report.trainees for text in _trainee(guide, line, names)]
    yield from _part("Trainees", trainees, width)
    picked = report.picked.count > 0
    note = "Chosen against right: a row is the right answer, a column what was chosen"
    yield from _part(note, list(_grid(guide, report, width)), width) if picked else ()
    yield from _part("Questions misread", list(_forks(guide, report)), width)
    yield from _picked_last(guide, report, width) if picked else ()


def _picked_last(guide: Guide, report: ClassReport, width: int) -> Iterator[str]:
    hardest = "Hardest stories: how many missed it, of all who answered it"
    yield from _part(hardest, list(_stories(guide, report)), width)
    days = [f"{line.day.isoformat()}  {_shares(line.picked)}" for line in report.days]
    yield from _part("Progress over time", days, width)


def _part(title: str, lines: Sequence[str], width: int) -> Iterator[str]:
    yield ""
    yield from wrap(title, width)
    for line in lines:
        yield from wrap(
            line,
            width,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT * 3,
            drop_whitespace=True,
            replace_whitespace=False,
        )


def _shares(picked: Tally) -> str:
    shown = bar(picked.right, picked.count, _BAR).ljust(_BAR, "░")
    said = f"{picked.right} of {picked.count} right"
    others = f", {picked.acceptable} acceptable, {picked.wrong} wrong"
    return f"{shown}  {said}{others if picked.right < picked.count else ''}"


def _trainee(guide: Guide, line: TraineeLine, names: int) -> Iterator[str]:
    learned = learned_words(line.learned, line.smooth).removesuffix(".") if line.learned else ""
    picked = _shares(line.picked) if line.picked.count else ""
    yield "  ".join(part for part in (line.alias.ljust(names), picked, learned) if part)
    if line.misreads:
        yield f"{_INDENT}misreads {misread_words(guide, line.misreads)}"


def _grid(guide: Guide, report: ClassReport, width: int) -> Iterator[str]:
    """Give a numbered row for each right answer, and a column of each number; right ones in brackets."""
    answers = report.answers
    cell = max(4, *(len(str(count)) + 3 for count in report.grid.values()), 0)
    room = width - len(_INDENT) - cell * len(answers)
    names = [f"{n} {_short(guide, answer)}" for n, answer in enumerate(answers, start=1)]
    longest = min(room, max(map(len, names)))
    head = "".join(str(n).rjust(cell) for n in range(1, len(answers) + 1))
    yield f"{'Right answer'.ljust(longest)[:longest]}{head}"
    for name, right in zip(names, answers, strict=True):
        cells = "".join(_cell(report, right, chosen).rjust(cell) for chosen in answers)
        yield f"{name.ljust(longest)[:longest]}{cells}"


def _cell(report: ClassReport, right: Answer, chosen: Answer) -> str:
    count = report.grid.get((right, chosen), 0)
    if right == chosen:
        return f"[{count}]"
    return f"{count} " if count else f"{_EMPTY} "


def _short(guide: Guide, answer: Answer) -> str:
    return answer_name(guide, answer).removesuffix(" Services")


def _forks(guide: Guide, report: ClassReport) -> Iterator[str]:
    most = max((line.misread for line in report.forks), default=0)
    names = max((len(fork_name(guide, line.fact)) for line in report.forks), default=0)
    for line in report.forks:
        yield _fork(guide, line, most, names)


def _fork(guide: Guide, line: ForkLine, most: int, names: int) -> str:
    by = ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items())
    shown = bar(line.misread, most, _BAR).ljust(_BAR)
    times = "once" if line.misread == 1 else f"{line.misread} times"
    name = fork_name(guide, line.fact).ljust(names)
    return f"{name}  {shown}  {times}{f': {by}' if by else ''}"


def _stories(guide: Guide, report: ClassReport) -> Iterator[str]:
    for line in report.hardest:
        yield _story(guide, line)
    if not report.hardest:
        yield "None was missed."


def _story(guide: Guide, line: StoryLine) -> str:
    rewrite = REWRITE if line.leech else ""
    said = f"{line.missed_by} of {line.seen_by}".rjust(8)
    known = f"{_short(guide, line.right)}: {first_words(line)}"
    return (
        f"{said}  {rewrite.ljust(len(REWRITE))}  {known}{f' ({line.story})' if line.told else ''}"
    )


def _table(table: Table) -> list[str]:
    """Lay out a table in columns: numbers to the right, words to the left."""
    columns = list(zip(table.head, *table.rows, strict=True))
    wide = [max(len(str(cell)) for cell in column) for column in columns]
    return ["  ".join(map(_laid, row, wide)).rstrip() for row in (table.head, *table.rows)]


def _laid(cell: object, width: int) -> str:
    return str(cell).rjust(width) if isinstance(cell, int) else str(cell).ljust(width)
