"""Progress at a glance: how well each group and each fork goes lately, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.training.attempts import Attempt, in_order
from assistant.training.bars import LATELY, Bar, fork_bars, group_bars
from assistant.training.choosing import new_skills
from assistant.training.ground import FORK, Ground
from assistant.training.memory import Memory, remember
from assistant.training.naming import Named
from assistant.training.watching import alike, as_told, watched

__all__ = ["LATELY", "Bar", "Progress", "progress", "streak", "what_next"]


@dataclass(frozen=True)
class Progress:
    """One trainee's standing. `streak` counts the latest answers that were right, in a row."""

    groups: tuple[Bar, ...]
    forks: tuple[Bar, ...]
    answered: int
    streak: int
    due: int
    what_next: str


def progress(ground: Ground, attempts: Iterable[Attempt], now: datetime) -> Progress:
    """Fold one trainee's log; no story need be at hand any more."""
    log = in_order(attempts)
    memory = remember(ground, log)
    told = as_told(ground, memory, log)
    return Progress(
        groups=tuple(group_bars(ground, log)),
        forks=tuple(fork_bars(ground, told)),
        answered=len(log),
        streak=streak(log),
        due=len(memory.plan.due(now)),
        what_next=what_next(ground, memory, log, now),
    )


def streak(log: Iterable[Attempt]) -> int:
    """Count the right answers in a row up to the latest."""
    count = 0
    for attempt in log:
        count = count + 1 if attempt.grade == "right" else 0
    return count


def what_next(ground: Ground, memory: Memory, log: Sequence[Attempt], now: datetime) -> str:
    """Say in one sentence what is best done next; it says nothing that a bar speaks against."""
    if not memory.gone:
        return "Start with Learn: go through one story together with the interview."
    watch = watched(ground, memory, log)
    if watch:
        return f"Drill: watch for {_forks(ground, watch)} in each story."
    due = [skill for skill in memory.plan.due(now) if skill in ground.testing]
    if due:
        return f"Drill: {_kinds(due)} to be tried again."
    if new_skills(ground, memory):
        return _new(ground, memory)
    left = memory.plan.due_in(now) or timedelta()
    return f"Nothing is due; come back in {_roughly(left)}, or take a test."


def _new(ground: Ground, memory: Memory) -> str:
    """Say what was not tried yet; a question is new until it came up, a kind of case likewise."""
    new = [skill for skill in new_skills(ground, memory) if skill not in memory.plan.cards]
    if not new:
        return "Drill: there is more to try with the questions that you know."
    first = [f", {_quoted(ground, skill)} first" for skill in new if skill.startswith(FORK)]
    return f"Drill: {_kinds(new)} not tried yet{first[0] if first else ''}."


def _kinds(skills: Sequence[str]) -> str:
    """Count skills as a trainee knows them: `3 questions and 1 kind of case are`."""
    forks = sum(skill.startswith(FORK) for skill in skills)
    counts = (
        (forks, "question", "questions"),
        (len(skills) - forks, "kind of case", "kinds of case"),
    )
    said = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    return f"{' and '.join(said)} {'is' if len(skills) == 1 else 'are'}"


def _forks(ground: Ground, watch: Named) -> str:
    """Name a question, and those that no answer tells from it."""
    same = alike(ground, watch)
    return " or ".join(f"“{q.name}”" for name, q in ground.guide.questions.items() if name in same)


def _quoted(ground: Ground, skill: str) -> str:
    return f"“{ground.guide.questions[skill.removeprefix(FORK)].name}”"


def _roughly(left: timedelta) -> str:
    """Give a length of time in words, rounded up."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = -(-minutes // size)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "a minute"
