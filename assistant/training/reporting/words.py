"""What all forms of a class report say alike: headings, names, and the sentences beside numbers."""

from dataclasses import dataclass
from textwrap import shorten

from assistant.content.model import Guide
from assistant.training.judging import Answer
from assistant.training.naming import Named
from assistant.training.reporting.lines import ClassReport, StoryLine, Tally, TraineeLine

SUPERVISOR = "Ask the supervisor"
"""What stands where a group's name would, in a story for which none is named."""

REWRITE = "rewrite me"
"""What is said of a story that most trainees miss: the story may be what is wrong."""

FIRST_WORDS = 60
"""Characters of a story by which it is known again."""

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


def misread_words(guide: Guide, found: Named | None) -> str:
    """Say what a trainee misreads: `Investigation, taken for “none” (3 of 4 misread answers)`."""
    if found is None:
        return "nothing stands out"
    times = f"({found.times} of {counted(found.of, 'misread answer')})"
    name = fork_name(guide, found.fact)
    taken = _short_of(guide, found)
    return f"{name}, taken for “{taken}” {times}" if taken else f"{name} {times}"


def tally_words(picked: Tally) -> str:
    """Give a tally as one sentence; the per cent are those that a pass mark is held against."""
    parts = f"{picked.right} right, {picked.acceptable} acceptable, {picked.wrong} wrong"
    share = f"{picked.percent}% right or acceptable"
    return f"{counted(picked.count, 'answer')}: {parts} ({share})."


def learned_words(learned: int, smooth: int) -> str:
    """Say how learning went: `3 stories learned from, 2 of them without a wrong answer.`."""
    some = f"{learned} {'story' if learned == 1 else 'stories'} learned from"
    return f"{some}, {smooth} without a wrong answer."


def trainee_words(line: TraineeLine | ClassReport) -> str:
    """Say how a trainee, or the class, did: groups picked, stories learned from, or both."""
    lines = line.trainees if isinstance(line, ClassReport) else (line,)
    smooth = sum(one.smooth for one in lines)
    picked = tally_words(line.picked) if line.picked.count else ""
    learned = learned_words(line.learned, smooth) if line.learned else ""
    return " ".join(part for part in (picked, learned) if part)


def mixup_words(count: int, acceptable: int) -> str:
    """Say how often one group was chosen for another, and how often that was acceptable."""
    times = "once" if count == 1 else f"{count} times"
    if not acceptable:
        return times
    return f"{times}, {'acceptable' if acceptable == count else f'{acceptable} of them acceptable'}"


def first_words(line: StoryLine) -> str:
    """Give a story's first words, by which a trainer knows it again, or its name where it is gone."""
    told = " ".join(line.told)
    if not told:
        return line.story
    return f"“{shorten(told, FIRST_WORDS, placeholder=' …')}”"


def counted(count: int, what: str) -> str:
    """Give a number with what it counts: `1 answer`, `2 answers`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _short_of(guide: Guide, found: Named) -> str:
    question = guide.questions.get(found.fact)
    option = question.options.get(found.taken or "") if question else None
    return option.short if option else ""
