"""The parts of a class report as tables, for the forms that have tables."""

from assistant.content.model import Guide
from assistant.training.reporting.lines import ClassReport, Tally, TraineeLine
from assistant.training.reporting.words import (
    DAYS,
    FORKS,
    GRID,
    REWRITE,
    Table,
    answer_name,
    fork_name,
    misread_words,
)


def tables(guide: Guide, report: ClassReport) -> tuple[Table, ...]:
    """Give every part of a report as a table; where no group was picked, only what learning shows."""
    parts = (_trainees(guide, report), _forks(guide, report))
    if report.learned and not report.picked.count:
        return parts
    return (parts[0], _grid(guide, report), parts[1], _stories(guide, report), _days(report))


def _trainees(guide: Guide, report: ClassReport) -> Table:
    rows: tuple[tuple[object, ...], ...]
    rows = tuple((line.alias, *_cells(guide, line)) for line in report.trainees)
    head: tuple[str, ...]
    learned = ("Stories learned from", "Without a wrong answer")
    head = ("Trainee", *_GRADES, *learned, "Misreads")
    note = "Everyone under the alias that they chose."
    if report.learned and not report.picked.count:
        rows = tuple((row[0], *row[1 + len(_GRADES) :]) for row in rows)
        head = ("Trainee", *learned, "Misreads")
    return Table("Trainees", note, head, rows)


def _cells(guide: Guide, line: TraineeLine) -> tuple[object, ...]:
    return (*_grades(line.picked), line.learned, line.smooth, misread_words(guide, line.misreads))


def _grid(guide: Guide, report: ClassReport) -> Table:
    names = [answer_name(guide, answer) for answer in report.answers]
    rows = tuple(
        (name, *(report.grid.get((right, chosen), 0) for chosen in report.answers))
        for name, right in zip(names, report.answers, strict=True)
    )
    note = (
        "A row is the right answer, a column what was chosen. Acceptable answers stand where they"
        " were chosen."
    )
    return Table(GRID, note, ("Right answer", *names), rows)


def _forks(guide: Guide, report: ClassReport) -> Table:
    rows = tuple(
        (
            fork_name(guide, line.fact),
            line.misread,
            ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items()) or "nobody",
        )
        for line in report.forks
    )
    note = "How many answers other than the right one, acceptable ones too, a question explains."
    return Table(FORKS, note, ("Question", "Times", "By whom"), rows)


def _stories(guide: Guide, report: ClassReport) -> Table:
    rows = tuple(
        (
            line.story,
            answer_name(guide, line.right),
            line.seen_by,
            line.missed_by,
            REWRITE if line.leech else "",
            " ".join(line.told),
        )
        for line in report.hardest
    )
    note = (
        "By first answers; an acceptable one is no miss."
        f" “{REWRITE}”: most trainees miss it, so look at the story first."
    )
    head = ("Story", "Right answer", "Answered by", "Missed by", "Remark", "Told")
    return Table("Hardest stories", note, head, rows)


def _days(report: ClassReport) -> Table:
    rows = tuple((line.day.isoformat(), *_grades(line.picked)) for line in report.days)
    return Table(DAYS, "Answers of each day.", ("Day", *_GRADES), rows)


_GRADES = ("Answers", "Right", "Acceptable", "Wrong", "% right or acceptable")


def _grades(picked: Tally) -> tuple[int, ...]:
    return picked.count, picked.right, picked.acceptable, picked.wrong, picked.percent
