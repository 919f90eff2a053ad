"""What all forms of a class report say alike: headings, names, and the sentences beside numbers."""

from dataclasses import dataclass

from assistant.content.model import Guide
from assistant.training.diagnosis import Suspect
from assistant.training.judging import Answer
from assistant.training.reporting.lines import ClassReport, Tally

SUPERVISOR = "Ask the supervisor"
"""What stands where a group's name would, in a story for which none is named."""

REWRITE = "rewrite me"
"""What is said of a story that most trainees miss: the story may be what is wrong."""

HARDEST_MOST = 10
"""How many of the hardest stories are listed."""


GRID, FORKS, DAYS = "Chosen against right", "Questions misread", "Progress over time"
"""Titles of the tables that a page has pictures for."""


@dataclass(frozen=True)
class Table:
    """A table before it is laid out; the first cell of each row names the row."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def answer_name(guide: Guide, answer: Answer) -> str:
    """Give a group's name, or its id where it is not one of this guide's."""
    if answer is None:
        return SUPERVISOR
    return guide.groups[answer].name if answer in guide.groups else answer


def fork_name(guide: Guide, fact: str) -> str:
    """Give a fork's name, or its id where it is not one of this guide's."""
    return guide.questions[fact].name if fact in guide.questions else fact


def misread_words(guide: Guide, suspect: Suspect | None) -> str:
    """Say what a trainee misreads: `Investigation, taken for “none” (3 of 4 times)`."""
    if suspect is None:
        return "nothing stands out"
    taken = guide.questions[suspect.fact].options[suspect.taken].short
    of = suspect.explains + suspect.contradicted
    return (
        f"{fork_name(guide, suspect.fact)}, taken for “{taken}” ({suspect.explains} of {of} times)"
    )


def tally_words(picked: Tally) -> str:
    """Give a tally as one sentence."""
    parts = f"{picked.right} right, {picked.acceptable} acceptable, {picked.wrong} wrong"
    return f"{picked.count} answers: {parts} ({picked.percent}% right)."


def tables(guide: Guide, report: ClassReport) -> tuple[Table, ...]:
    """Give every part of a report as a table."""
    return (
        _trainees(guide, report),
        _grid(guide, report),
        _forks(guide, report),
        _stories(guide, report),
        _days(report),
    )


def _trainees(guide: Guide, report: ClassReport) -> Table:
    rows = tuple(
        (
            line.alias,
            *_grades(line.picked),
            line.learned,
            misread_words(guide, line.misreads),
        )
        for line in report.trainees
    )
    head = ("Trainee", *_GRADES, "Stories learned from", "Misreads")
    return Table("Trainees", "Everyone under the alias that they chose.", head, rows)


def _grid(guide: Guide, report: ClassReport) -> Table:
    names = [answer_name(guide, answer) for answer in report.answers]
    rows = tuple(
        (name, *(report.grid.get((right, chosen), 0) for chosen in report.answers))
        for name, right in zip(names, report.answers, strict=True)
    )
    note = "A row is the right answer, a column what was chosen."
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
    note = "How often a misread question explains an answer that was not right."
    return Table(FORKS, note, ("Question", "Times", "By whom"), rows)


def _stories(guide: Guide, report: ClassReport) -> Table:
    hardest = [line for line in report.stories if line.missed_by][:HARDEST_MOST]
    rows = tuple(
        (
            line.story,
            answer_name(guide, line.right),
            line.seen_by,
            line.missed_by,
            REWRITE if line.leech else "",
        )
        for line in hardest
    )
    note = f"By first answers. “{REWRITE}”: most trainees miss it, so look at the story first."
    head = ("Story", "Right answer", "Answered by", "Missed by", "Remark")
    return Table("Hardest stories", note, head, rows)


def _days(report: ClassReport) -> Table:
    rows = tuple((line.day.isoformat(), *_grades(line.picked)) for line in report.days)
    return Table(DAYS, "Answers of each day.", ("Day", *_GRADES), rows)


_GRADES = ("Answers", "Right", "Acceptable", "Wrong", "% right")


def _grades(picked: Tally) -> tuple[int, ...]:
    return picked.count, picked.right, picked.acceptable, picked.wrong, picked.percent
