"""What the answers of a class show: scores, stories, misunderstandings, and what to teach next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import UTC, date, timedelta, tzinfo
from fractions import Fraction
from itertools import pairwise
from statistics import StatisticsError, correlation, mean, median
from typing import Any

from assistant.engine.verdict import fact_name
from assistant.guide.earlier import earlier_guide
from assistant.shapes import Frozen
from assistant.text import ALL, percent, reaches
from assistant.training.attempts import Attempt, Tally, grouped, in_order, tally, told_apart
from assistant.training.classes import ClassFile
from assistant.training.diagnosis import (
    Belief,
    attribute_to,
    by_belief,
    counted_now,
    diagnosed,
    rule_behind,
)
from assistant.training.feedback import why_wrong
from assistant.training.judging import RULE, Answer, Grade, Misreading, judge
from assistant.training.stories import Story, title_of
from assistant.training.syllabus import Syllabus

ENOUGH_ANSWERS = 8  # trainees who must have answered a story before its wording is judged
HARD_SEEN = 3  # trainees who must have answered a story before it is said to be worth discussing
HARDEST_MOST = 10  # how many of the hardest stories are listed in brief
TEACH_MOST = 3  # how many misunderstandings are named as what to teach next
PAUSE = timedelta(minutes=10)  # a longer time between two answers was spent on something else
TEST_LEAST = 5  # answers below which a test says nothing of before and after
WEAK = 0.1  # discrimination below which a story does not tell good trainees from others


class TraineeLine(Frozen):
    """One trainee: groups picked, stories learned from, `smooth` those without a slip, what was found.

    `score` is the percent of a class test, `share` the same before it is rounded, `minutes` what the
    answers took, None where nothing tells. `left` is how often a closed test was left.
    """

    alias: str
    picked: Tally
    learned: int
    findings: tuple[Belief, ...] = ()
    smooth: int = 0
    minutes: int | None = None
    score: int | None = None
    share: Fraction | None = None
    result: str = ""
    left: int = 0


class ForkLine(Frozen):
    """One fork or rule: how often it was misread or gone by, by the class and by each trainee who did.

    `name` is the question's, with the version of the guide that asked it where it is not today's.
    """

    fact: str
    name: str
    misread: int
    by_trainee: Mapping[str, int]


class StoryChoice(Frozen):
    """One answer that was chosen for a story: how often, its grade, and why it is wrong if it is."""

    chosen: Answer
    times: int
    grade: Grade
    why: str = ""


class StoryLine(Frozen):
    """One story: its right group, who picked a group for it, and whose first pick was wrong.

    `told` are its paragraphs and `facts` those of a made one in short, where it can still be told.
    `discrimination` says how far those who do well elsewhere do well here, from -1 to 1, None where
    too few answered; `good_miss` whether most of the better half missed it.
    """

    story: str
    title: str
    right: Answer
    seen_by: int
    missed_by: int
    told: tuple[str, ...] = ()
    facts: str = ""
    choices: tuple[StoryChoice, ...] = ()
    discrimination: float | None = None
    good_miss: bool = False

    @property
    def right_percent(self) -> int:
        return percent(self.seen_by - self.missed_by, self.seen_by)

    @property
    def wording(self) -> bool:
        """Tell whether its wording may be at fault: enough answers, and good trainees miss it too."""
        tells = self.discrimination is not None and self.discrimination >= WEAK
        return self.seen_by >= ENOUGH_ANSWERS and self.good_miss and not tells

    @property
    def hard(self) -> bool:
        return self.seen_by >= HARD_SEEN and 2 * self.missed_by > self.seen_by


class TeachingPoint(Frozen):
    """What to teach: a misunderstanding, or two groups mixed up where no misunderstanding is named.

    `perhaps` names a rule that would lead to these groups, where no trainee shows it often enough.
    `trainees` are those who show it, `answers` all the wrong answers that fit it. `right` and
    `chosen` are the groups that it mixes up most, `story` the one to show.
    """

    name: str
    trainees: tuple[str, ...]
    answers: int
    right: Answer
    chosen: Answer
    why: str
    story: str
    title: str
    perhaps: str = ""


class Retake(Frozen):
    """The first and the latest test of a trainee who took several, in percent right or acceptable."""

    alias: str
    tests: int
    first: int
    latest: int


class ClassScores(Frozen):
    """The scores of a class in percent: how they lie, and for a test how many passed."""

    mean: int
    median: int
    passed: int
    not_passed: int
    unfinished: int


class ClassReport(Frozen):
    """The whole class. `grid` counts picks by (right, chosen); `answers` are its rows and columns.

    `acceptable` counts those of the picks that were acceptable, `regraded` the older answers that
    were once counted wrong. Learning names no group, so it counts only for the forks and as stories
    learned from. `absent` were expected and have no answers. `log` has all answers in order, each as
    it counts today, and a wrong one with what its trainee is found to go by.
    """

    log: tuple[Attempt, ...]
    answers: tuple[Answer, ...]
    picked: Tally
    trainees: tuple[TraineeLine, ...]
    grid: Counter[tuple[Answer, Answer]]
    forks: tuple[ForkLine, ...]
    stories: tuple[StoryLine, ...]
    days: Mapping[date, Tally]
    acceptable: Counter[tuple[Answer, Answer]] = field(default_factory=Counter)
    teach_next: tuple[TeachingPoint, ...] = ()
    scores: ClassScores | None = None
    retakes: tuple[Retake, ...] = ()
    absent: tuple[str, ...] = ()
    regraded: int = 0
    found: ClassFile | None = None

    @property
    def learned(self) -> int:
        return sum(line.learned for line in self.trainees)


def class_report(  # noqa: PLR0913 - each may be left out
    syllabus: Syllabus,
    attempts: Iterable[Attempt],
    zone: tzinfo = UTC,
    *,
    found: ClassFile | None = None,
    elsewhere: Iterable[Attempt] = (),
    expected: Iterable[str] = (),
) -> ClassReport:
    """Fold attempts, all of the class `found` if one is given; days are those of `zone`.

    `elsewhere` are other attempts of the same trainees, for what they scored before and after.
    Stories go hardest first, forks most misread first.
    """
    before = told_apart(attempts)
    counted = [counted_now(syllabus, attempt) for attempt in before]
    by_alias = _by_alias(counted)
    beliefs = {alias: diagnosed(syllabus, mine).found(syllabus) for alias, mine in by_alias.items()}
    log = [attribute_to(syllabus, beliefs[attempt.alias], attempt) for attempt in counted]
    picks = [attempt for attempt in log if attempt.picked]
    by_day = grouped(picks, lambda pick: pick.when.astimezone(zone).date())
    trainees = tuple(
        _trainee(alias, mine, beliefs[alias], found) for alias, mine in by_alias.items()
    )
    stories = tuple(_stories(syllabus, picks))
    here = {alias.casefold() for alias in by_alias}
    tests = [*log, *(counted_now(syllabus, one) for one in elsewhere if one.alias in by_alias)]
    return ClassReport(
        log=tuple(log),
        answers=_answers(syllabus, picks),
        picked=tally(picks),
        trainees=trainees,
        grid=Counter((attempt.right, attempt.chosen) for attempt in picks),
        forks=tuple(_forks(syllabus, log)),
        stories=stories,
        days={day: tally(made) for day, made in sorted(by_day.items())},
        acceptable=Counter((a.right, a.chosen) for a in picks if a.grade == "acceptable"),
        teach_next=tuple(_teach_next(syllabus, picks, beliefs, stories)),
        scores=_scores(trainees),
        retakes=tuple(_retakes(tests, found)),
        absent=tuple(name for name in dict.fromkeys(expected) if name.casefold() not in here),
        regraded=sum(one.grade != now.grade for one, now in zip(before, counted, strict=True)),
        found=found,
    )


def _by_alias(log: Iterable[Attempt]) -> dict[str, list[Attempt]]:
    """Return attempts by their alias, in the order of the alphabet."""
    found = grouped(log, lambda attempt: attempt.alias)
    return dict(sorted(found.items(), key=lambda item: (item[0].casefold(), item[0])))


def _answers(syllabus: Syllabus, picks: Iterable[Attempt]) -> tuple[Answer, ...]:
    """Return the guide's groups, then any of an older guide's, then "ask the supervisor"."""
    named = {group for pick in picks for group in (pick.right, pick.chosen) if group}
    older = sorted(named - syllabus.guide.groups.keys())
    return (*syllabus.guide.groups, *older, None)


def _trainee(
    alias: str, mine: Sequence[Attempt], beliefs: tuple[Belief, ...], found: ClassFile | None
) -> TraineeLine:
    picks = tally(attempt for attempt in mine if attempt.picked)
    smooth = sum(attempt.grade == "right" for attempt in mine if not attempt.picked)
    left = max(attempt.left or 0 for attempt in mine)
    time = minutes_taken(mine)
    line = TraineeLine(alias, picks, len(mine) - picks.count, beliefs, smooth, time, left=left)
    if found is None or found.mode != "test":
        return replace(line, **_scored(picks.counted, picks.count)) if picks.count else line
    score = _scored(picks.counted, max(len(found.stories), picks.count), found.pass_mark)
    over = any(attempt.left is not None for attempt in mine)
    return replace(line, **score, result=result_words(found, picks, handed_in=over))


def _scored(part: int, whole: int, pass_mark: int = ALL) -> dict[str, Any]:
    return {"score": percent(part, whole, pass_mark), "share": Fraction(part, whole)}


def result_words(found: ClassFile, picked: Tally, *, handed_in: bool = False) -> str:
    """Return how one trainee's test went: `passed`, `not passed`, `not finished`."""
    stories = len(found.stories)
    if picked.count < stories and not handed_in:
        return "not finished"
    if picked.count > stories:
        return "more answers than stories. Did two trainees use one alias?"
    return "passed" if reaches(picked.counted, stories, found.pass_mark) else "not passed"


def minutes_taken(mine: Sequence[Attempt]) -> int | None:
    """Return the minutes between one trainee's answers, without the pauses; None where none shows."""
    times = [b.when - a.when for a, b in pairwise(mine)]
    spent = sum((time for time in times if time <= PAUSE), timedelta())
    return max(1, round(spent / timedelta(minutes=1))) if spent else None


def _scores(trainees: Iterable[TraineeLine]) -> ClassScores | None:
    lines = list(trainees)
    shares = [line.share for line in lines if line.share is not None]
    if not shares:
        return None
    results = Counter(line.result for line in lines)
    return ClassScores(
        mean=percent(*mean(shares).as_integer_ratio()),
        median=percent(*median(shares).as_integer_ratio()),
        passed=results["passed"],
        not_passed=results["not passed"],
        unfinished=results["not finished"],
    )


def _retakes(log: Iterable[Attempt], found: ClassFile | None) -> Iterator[Retake]:
    """Return a line for each trainee who took several tests, a class's or alone."""
    for alias, mine in _by_alias(in_order(log)).items():
        in_tests = (attempt for attempt in mine if attempt.mode == "test")
        tests = grouped(in_tests, lambda attempt: attempt.class_id or attempt.session)
        shares = [
            percent(made.counted, max(made.count, size))
            for place, answers in tests.items()
            if (made := tally(answers)).count >= TEST_LEAST
            for size in [len(found.stories) if found and place == found.id else 0]
        ]
        if len(shares) > 1:
            yield Retake(alias, len(shares), shares[0], shares[-1])


def _forks(syllabus: Syllabus, log: Iterable[Attempt]) -> list[ForkLine]:
    counts: dict[tuple[str, str], Counter[str]] = {
        (fact, fact_name(syllabus.guide, fact)): Counter() for fact in syllabus.guide.about.facts
    }
    for attempt in log:
        fact, name = attempt.misread, ""
        if fact == RULE:
            fact = attempt.taken or ""
            name = syllabus.name_of(Misreading(RULE, fact))
        if fact:
            name = name or _asked_as(syllabus, fact, attempt.meaning_hash)
            counts.setdefault((fact, name), Counter())[attempt.alias] += 1
    lines = [
        ForkLine(fact, name, by.total(), dict(sorted(by.items())))
        for (fact, name), by in counts.items()
    ]
    return sorted(lines, key=lambda line: -line.misread)


def _asked_as(syllabus: Syllabus, fact: str, meaning_hash: str) -> str:
    """Return the name of a question in the guide that judged an attempt."""
    earlier = earlier_guide(syllabus.loaded, meaning_hash)
    if earlier and fact in earlier.questions:
        return earlier.marked(earlier.questions[fact].name)
    return fact_name(syllabus.guide, fact)


def _stories(syllabus: Syllabus, picks: Iterable[Attempt]) -> list[StoryLine]:
    """Return a line a story, the hardest first; only first answers count."""
    first: dict[str, dict[str, Attempt]] = defaultdict(dict)
    for pick in picks:
        first[pick.story].setdefault(pick.alias, pick)
    well = {story: {a: p.grade != "wrong" for a, p in by.items()} for story, by in first.items()}
    lines = [_story_line(syllabus, story, by, well) for story, by in first.items()]
    return sorted(lines, key=lambda s: (not s.hard, s.right_percent, -s.seen_by, s.story))


def _story_line(
    syllabus: Syllabus,
    name: str,
    by_alias: Mapping[str, Attempt],
    well: Mapping[str, Mapping[str, bool]],
) -> StoryLine:
    story = syllabus.story(name)
    latest = max(by_alias.values(), key=lambda attempt: attempt.when)
    chosen = Counter((pick.chosen, pick.grade) for pick in by_alias.values())
    elsewhere = {alias: _share_elsewhere(alias, name, well) for alias in by_alias}
    known = {alias: share for alias, share in elsewhere.items() if share is not None}
    good = [a for a, share in known.items() if share >= median(known.values())]
    missed = [alias for alias in good if not well[name][alias]]
    return StoryLine(
        story=name,
        title=title_of(story) if story else name,
        right=latest.right,
        seen_by=len(by_alias),
        missed_by=sum(not fine for fine in well[name].values()),
        told=_told(syllabus, latest, story),
        facts=facts_in_short(syllabus, story) if story and story.made else "",
        choices=tuple(
            StoryChoice(answer, times, grade, _why(syllabus, story, answer, grade))
            for (answer, grade), times in chosen.most_common()
        ),
        discrimination=_correlated([(float(well[name][a]), known[a]) for a in known])
        if len(known) >= ENOUGH_ANSWERS
        else None,
        good_miss=2 * len(missed) > len(good),
    )


def _share_elsewhere(
    alias: str, story: str, well: Mapping[str, Mapping[str, bool]]
) -> float | None:
    """Return the share that a trainee did well of all stories but one; None where there is no other."""
    others = [by[alias] for name, by in well.items() if name != story and alias in by]
    return mean(map(float, others)) if others else None


def _correlated(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return how far the second numbers go with the first; None where all are alike."""
    with suppress(StatisticsError):
        return round(correlation(*zip(*pairs, strict=True)), 2) if pairs else None
    return None


def _why(syllabus: Syllabus, story: Story | None, chosen: Answer, grade: Grade) -> str:
    """Say why an answer to a story is wrong; empty where it is not, or the story is gone."""
    if story is None or grade != "wrong" or chosen not in (*syllabus.guide.groups, None):
        return ""
    return why_wrong(syllabus.guide, judge(syllabus.guide, story, chosen))


def facts_in_short(syllabus: Syllabus, story: Story) -> str:
    """Return what a story says in few words: `Investigation: ended; Goal: adoption`."""
    questions = syllabus.guide.questions
    said = (f"{questions[f].name}: {questions[f].options[v].short}" for f, v in story.facts.items())
    return "; ".join(said)


def _told(syllabus: Syllabus, attempt: Attempt, story: Story | None) -> tuple[str, ...]:
    """Return the story of an attempt; of an earlier guide's, how it began or the facts it was made of."""
    if earlier := earlier_guide(syllabus.loaded, attempt.meaning_hash):
        words = earlier.stories.get(attempt.story) or earlier.in_short(attempt.facts)
        return (f"(guide {earlier.version}) {words}",)
    return story.paragraphs if story else ()


def _teach_next(
    syllabus: Syllabus,
    picks: Iterable[Attempt],
    beliefs: Mapping[str, Sequence[Belief]],
    stories: Sequence[StoryLine],
) -> Iterator[TeachingPoint]:
    """Return what costs most: misunderstandings that trainees show, or groups mixed up without one.

    What one trainee alone shows comes last: it is for that trainee, and not for the class.
    """
    lines = {line.story: line for line in stories}
    wrong = [pick for pick in picks if pick.grade == "wrong"]
    named = by_belief(syllabus, wrong, beliefs)
    explained = {attempt.id for group in named.values() for attempt in group}
    rest = (attempt for attempt in wrong if attempt.id not in explained)
    mixed = grouped(rest, lambda attempt: f"{attempt.right} {attempt.chosen}")
    several = {pair: made for pair, made in mixed.items() if len(made) > 1}
    held = {alias: {one.name for one in found} for alias, found in beliefs.items()}
    by = {name: [alias for alias, names in held.items() if name in names] for name in named}
    by |= {pair: list(dict.fromkeys(one.alias for one in made)) for pair, made in several.items()}
    points = sorted(
        (*named.items(), *several.items()),
        key=lambda item: (len(by[item[0]]) < 2, -len(item[1])),  # noqa: PLR2004 - one alone is last
    )
    for name, answers in points[:TEACH_MOST]:
        right, chosen = Counter((a.right, a.chosen) for a in answers).most_common(1)[0][0]
        pair = [
            attempt for attempt in answers if (attempt.right, attempt.chosen) == (right, chosen)
        ]
        line = _to_show(lines, pair)
        yield TeachingPoint(
            name=name if name in named else "",
            trainees=tuple(by[name]),
            answers=len(answers),
            right=right,
            chosen=chosen,
            why=next((one.why for one in line.choices if one.chosen == chosen), ""),
            story=line.story,
            title=line.title,
            perhaps="" if name in named else rule_behind(syllabus, answers),
        )


def _to_show(lines: Mapping[str, StoryLine], answers: Sequence[Attempt]) -> StoryLine:
    """Return the story of these answers to show: one that can be told, that most got wrong, written first."""
    times = Counter(attempt.story for attempt in answers)

    def worth(name: str) -> tuple[bool, int, bool]:
        return bool(lines[name].told), times[name], not name.startswith("made-")

    return lines[max(times, key=worth)]
