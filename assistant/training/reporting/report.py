"""What a trainer is told of a class: one fold over everyone's attempts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, tzinfo

from assistant.training.attempts import Attempt
from assistant.training.ground import Ground
from assistant.training.judging import Answer
from assistant.training.naming import attributed, diagnosed, named
from assistant.training.reporting.lines import (
    HARDEST_MOST,
    ClassReport,
    DayLine,
    ForkLine,
    StoryLine,
    Tally,
    TraineeLine,
)
from assistant.training.stories import story_by_id


def class_report(ground: Ground, attempts: Iterable[Attempt], zone: tzinfo = UTC) -> ClassReport:
    """Fold attempts; days are those of `zone`. Stories go hardest first, forks most misread first."""
    log = attributed(ground, attempts)
    picks = [attempt for attempt in log if attempt.picked]
    return ClassReport(
        answers=_answers(ground, picks),
        picked=tally(picks),
        trainees=tuple(_trainees(ground, log)),
        grid=Counter((attempt.right, attempt.chosen) for attempt in picks),
        forks=tuple(_forks(ground, log)),
        stories=tuple(_with_words(ground, _stories(picks))),
        days=tuple(_days(picks, zone)),
        acceptable=Counter((a.right, a.chosen) for a in picks if a.grade == "acceptable"),
    )


def tally(attempts: Iterable[Attempt]) -> Tally:
    """Count attempts by grade."""
    grades = Counter(attempt.grade for attempt in attempts)
    return Tally(grades["right"], grades["acceptable"], grades["wrong"])


def _answers(ground: Ground, picks: Iterable[Attempt]) -> tuple[Answer, ...]:
    """Give the guide's groups, then any of an older guide's, then "ask the supervisor"."""
    named = {group for pick in picks for group in (pick.right, pick.chosen) if group}
    older = sorted(named - ground.guide.groups.keys())
    return (*ground.guide.groups, *older, None)


def _trainees(ground: Ground, log: Iterable[Attempt]) -> Iterator[TraineeLine]:
    by_alias: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in log:
        by_alias[attempt.alias].append(attempt)
    for alias, mine in sorted(by_alias.items(), key=lambda item: (item[0].casefold(), item[0])):
        picks = [attempt for attempt in mine if attempt.picked]
        misreads = named(diagnosed(ground, picks).found(ground), mine)
        smooth = sum(attempt.grade == "right" for attempt in mine if not attempt.picked)
        yield TraineeLine(alias, tally(picks), len(mine) - len(picks), misreads, smooth)


def _forks(ground: Ground, log: Iterable[Attempt]) -> list[ForkLine]:
    misread = [(attempt.misread, attempt.alias) for attempt in log if attempt.misread]
    counts: dict[str, Counter[str]] = {fact: Counter() for fact in ground.guide.about.facts}
    for fact, alias in misread:
        counts.setdefault(fact, Counter())[alias] += 1
    lines = [ForkLine(fact, by.total(), dict(sorted(by.items()))) for fact, by in counts.items()]
    return sorted(lines, key=lambda line: -line.misread)


def _stories(picks: Iterable[Attempt]) -> list[StoryLine]:
    first: dict[str, dict[str, Attempt]] = defaultdict(dict)
    for pick in picks:
        first[pick.story].setdefault(pick.alias, pick)
    lines = [
        StoryLine(
            story,
            next(iter(by_alias.values())).right,
            len(by_alias),
            sum(pick.grade == "wrong" for pick in by_alias.values()),
        )
        for story, by_alias in first.items()
    ]
    return sorted(lines, key=lambda s: (not s.leech, -s.missed_by / s.seen_by, -s.seen_by, s.story))


def _with_words(ground: Ground, lines: Iterable[StoryLine]) -> Iterator[StoryLine]:
    """Tell the stories that are listed as the hardest; one that is gone has no words."""
    for number, line in enumerate(lines):
        hard = number < HARDEST_MOST and line.missed_by
        yield replace(line, told=_words_of(ground, line.story)) if hard else line


def _words_of(ground: Ground, story: str) -> tuple[str, ...]:
    try:
        return story_by_id(ground.guide, ground.practice, story).paragraphs
    except KeyError:
        return ()


def _days(picks: Iterable[Attempt], zone: tzinfo) -> Iterator[DayLine]:
    by_day: dict[date, list[Attempt]] = defaultdict(list)
    for pick in picks:
        by_day[pick.when.astimezone(zone).date()].append(pick)
    for day in sorted(by_day):
        yield DayLine(day, tally(by_day[day]))
