"""Who passed a class's test: each trainee's score against the pass mark, as a table."""

from assistant.training.classes import ClassFile
from assistant.training.percent import percent, reaches
from assistant.training.reporting.lines import ClassReport, Tally
from assistant.training.reporting.words import Table

TITLE = "Scores"
"""The table's title."""

_HEAD = ("Trainee", "Answered", "Of", "Right", "Acceptable", "Wrong", "Score %", "Result")


def scores(found: ClassFile, report: ClassReport) -> tuple[Table, ...]:
    """Give the table of a test's scores from a report of that class alone; none for other modes."""
    if found.mode != "test":
        return ()
    rows = tuple((line.alias, *_row(found, line.picked)) for line in report.trainees)
    note = (
        f"The pass mark is {found.pass_mark}%. The score is the share right or acceptable of all"
        " the stories; one not answered yet does not count."
    )
    return (Table(TITLE, note, _HEAD, rows),)


def result_words(found: ClassFile, picked: Tally) -> str:
    """Say how one trainee's test went: `passed`, `not passed`, `not finished`."""
    stories = len(found.stories)
    if picked.count < stories:
        return "not finished"
    if picked.count > stories:
        return "more answers than stories: two trainees under one alias?"
    return "passed" if reaches(picked.counted, stories, found.pass_mark) else "not passed"


def _row(found: ClassFile, picked: Tally) -> tuple[object, ...]:
    counts = (picked.right, picked.acceptable, picked.wrong)
    stories = len(found.stories)
    share = percent(picked.counted, max(stories, picked.count), found.pass_mark)
    return (picked.count, stories, *counts, share, result_words(found, picked))
