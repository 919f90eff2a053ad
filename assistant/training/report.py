"""A class of trainees: its answers folded into a report, and the tables of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from textwrap import shorten

from assistant.engine.verdict import fact_name
from assistant.guide.earlier import earlier_guide
from assistant.guide.model import Guide
from assistant.tables import Rows, Table
from assistant.text import counted, percent, reaches
from assistant.training.attempts import Attempt, Tally, in_order, tally
from assistant.training.classes import ClassFile
from assistant.training.diagnosis import Belief, attributed, diagnosed
from assistant.training.judging import RULE, Answer, Misreading, answer_name
from assistant.training.stories import story_by_id
from assistant.training.syllabus import Syllabus

LEECH_SEEN = 3  # trainees who must have answered a story before it is said to need rewriting
HARDEST_MOST = 10  # how many of the hardest stories are listed


@dataclass(frozen=True)
class TraineeLine:
    """One trainee: groups picked, stories learned from, `smooth` those without a slip, what was found."""

    alias: str
    picked: Tally
    learned: int
    findings: tuple[Belief, ...] = ()
    smooth: int = 0


@dataclass(frozen=True)
class ForkLine:
    """One fork or rule: how often it was misread or gone by, by the class and by each trainee who did.

    `name` is the question's, with the version of the guide that asked it where it is not today's.
    """

    fact: str
    name: str
    misread: int
    by_trainee: Mapping[str, int]


@dataclass(frozen=True)
class StoryLine:
    """One story: its right group, who picked a group for it, and whose first pick was wrong.

    `told` are its paragraphs, where it is one of the hardest and can still be told.
    """

    story: str
    right: Answer
    seen_by: int
    missed_by: int
    told: tuple[str, ...] = ()

    @property
    def leech(self) -> bool:
        """Tell whether its wording should be checked: missed by most of the trainees, if there are enough."""
        return self.seen_by >= LEECH_SEEN and 2 * self.missed_by > self.seen_by


@dataclass(frozen=True)
class ClassReport:
    """The whole class. `grid` counts picks by (right, chosen); `answers` are its rows and columns.

    `acceptable` counts those of the picks that were acceptable. Learning names no group, so it counts
    only for the forks and as stories learned from.
    """

    answers: tuple[Answer, ...]
    picked: Tally
    trainees: tuple[TraineeLine, ...]
    grid: Counter[tuple[Answer, Answer]]
    forks: tuple[ForkLine, ...]
    stories: tuple[StoryLine, ...]
    days: Mapping[date, Tally]
    acceptable: Counter[tuple[Answer, Answer]] = field(default_factory=Counter)

    @property
    def hardest(self) -> tuple[StoryLine, ...]:
        return tuple(line for line in self.stories if line.missed_by)[:HARDEST_MOST]

    @property
    def learned(self) -> int:
        return sum(line.learned for line in self.trainees)


def class_report(ground: Syllabus, attempts: Iterable[Attempt], zone: tzinfo = UTC) -> ClassReport:
    """Fold attempts; days are those of `zone`. Stories go hardest first, forks most misread first."""
    log = attributed(ground, attempts)
    picks = [attempt for attempt in log if attempt.picked]
    by_day: dict[date, list[Attempt]] = defaultdict(list)
    for pick in picks:
        by_day[pick.when.astimezone(zone).date()].append(pick)
    return ClassReport(
        answers=_answers(ground, picks),
        picked=tally(picks),
        trainees=tuple(_trainees(ground, log)),
        grid=Counter((attempt.right, attempt.chosen) for attempt in picks),
        forks=tuple(_forks(ground, log)),
        stories=tuple(_stories(ground, picks)),
        days={day: tally(made) for day, made in sorted(by_day.items())},
        acceptable=Counter((a.right, a.chosen) for a in picks if a.grade == "acceptable"),
    )


def _answers(ground: Syllabus, picks: Iterable[Attempt]) -> tuple[Answer, ...]:
    """Return the guide's groups, then any of an older guide's, then "ask the supervisor"."""
    named = {group for pick in picks for group in (pick.right, pick.chosen) if group}
    older = sorted(named - ground.guide.groups.keys())
    return (*ground.guide.groups, *older, None)


def _trainees(ground: Syllabus, log: Iterable[Attempt]) -> Iterator[TraineeLine]:
    by_alias: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in log:
        by_alias[attempt.alias].append(attempt)
    for alias, mine in sorted(by_alias.items(), key=lambda item: (item[0].casefold(), item[0])):
        picks = [attempt for attempt in mine if attempt.picked]
        findings = diagnosed(ground, mine).found(ground)
        smooth = sum(attempt.grade == "right" for attempt in mine if not attempt.picked)
        yield TraineeLine(alias, tally(picks), len(mine) - len(picks), findings, smooth)


def _forks(ground: Syllabus, log: Iterable[Attempt]) -> list[ForkLine]:
    counts: dict[tuple[str, str], Counter[str]] = {
        (fact, fact_name(ground.guide, fact)): Counter() for fact in ground.guide.about.facts
    }
    for attempt in log:
        if fact := attempt.misread:
            if fact == RULE:
                fact, name = (
                    attempt.taken or "",
                    ground.name_of(Misreading(RULE, attempt.taken or "")),
                )
            else:
                name = _asked_as(ground, fact, attempt.meaning_hash)
            counts.setdefault((fact, name), Counter())[attempt.alias] += 1
    lines = [
        ForkLine(fact, name, by.total(), dict(sorted(by.items())))
        for (fact, name), by in counts.items()
    ]
    return sorted(lines, key=lambda line: -line.misread)


def _asked_as(ground: Syllabus, fact: str, meaning_hash: str) -> str:
    """Return the name of a question in the guide that judged an attempt."""
    earlier = earlier_guide(ground.loaded, meaning_hash)
    if earlier and fact in earlier.questions:
        return earlier.marked(earlier.questions[fact].name)
    return fact_name(ground.guide, fact)


def _stories(ground: Syllabus, picks: Iterable[Attempt]) -> Iterator[StoryLine]:
    """Return a line a story; one of the hardest is told, unless it is gone and unknown."""
    first: dict[str, dict[str, Attempt]] = defaultdict(dict)
    latest: dict[str, Attempt] = {}
    for pick in picks:
        first[pick.story].setdefault(pick.alias, pick)
        latest[pick.story] = pick
    lines = [
        StoryLine(
            story,
            next(iter(by_alias.values())).right,
            len(by_alias),
            sum(pick.grade == "wrong" for pick in by_alias.values()),
        )
        for story, by_alias in first.items()
    ]
    lines.sort(key=lambda s: (not s.leech, -s.missed_by / s.seen_by, -s.seen_by, s.story))
    for number, line in enumerate(lines):
        hard = number < HARDEST_MOST and line.missed_by
        yield replace(line, told=_told(ground, latest[line.story])) if hard else line


def _told(ground: Syllabus, attempt: Attempt) -> tuple[str, ...]:
    """Return the story of an attempt; of an earlier guide's, how it began or the facts it was made of."""
    if earlier := earlier_guide(ground.loaded, attempt.meaning_hash):
        words = earlier.stories.get(attempt.story) or earlier.in_short(attempt.facts)
        return (f"(guide {earlier.version}) {words}",)
    with suppress(KeyError):
        return story_by_id(ground.guide, ground.practice, attempt.story).paragraphs
    return ()


REWRITE = "check the wording"  # of a story that most trainees miss: it may be what is wrong
NOTHING = "No answers are recorded yet."  # said of a class that has not begun
_FIRST_WORDS = 60  # characters of a story by which it is known again
_MIXUPS_MOST = 10  # how many mix-ups are listed; the square of answers has them all

_GRADES = ("Answers", "Right", "Acceptable", "Wrong", "% right or acceptable")
_GOES_BY = "Misunderstands"
_LEARNED = ("Learn stories", "All answers right")
_SCORES = ("Trainee", "Answered", "Of", "Right", "Acceptable", "Wrong", "Score %", "Result")


def _name(guide: Guide, answer: Answer, *, brief: bool) -> str:
    """Return a name, in brief without the word that all groups share."""
    name = answer_name(guide, answer)
    return name.removesuffix(" Services") if brief else name


def report_lead(report: ClassReport) -> str:
    """Return in a line how the class did: groups picked, stories learned from, or both."""
    picked, smooth = report.picked, sum(line.smooth for line in report.trainees)
    said = []
    if picked.count:
        parts = f"{picked.right} right, {picked.acceptable} acceptable, {picked.wrong} wrong"
        share = f"{picked.percent}% right or acceptable"
        said.append(f"{counted(picked.count, 'answer')}: {parts} ({share}).")
    if report.learned:
        stories = counted(report.learned, "story", "stories")
        said.append(f"{stories} in Learn, {smooth} with every answer right.")
    return f"The class: {' '.join(said)}" if said else NOTHING


def report_tables(guide: Guide, report: ClassReport, *, brief: bool = False) -> tuple[Table, ...]:
    """Return every part of a report; where no group was picked, only what learning shows.

    In brief, names are shorter, and of a story only the first words are told.
    """
    trainees, questions = _trainee_table(report), _question_table(report)
    if report.learned and not report.picked.count:
        return trainees, questions
    return (
        trainees,
        _group_table(guide, report, brief=brief),
        _square(guide, report, brief=brief),
        _mixup_table(guide, report, brief=brief),
        questions,
        _story_table(guide, report, brief=brief),
        _day_table(report),
    )


def _trainee_table(report: ClassReport) -> Table:
    """Return a row a trainee; what nobody did, learning or picking groups, has no column."""
    picked, learned = bool(report.picked.count) or not report.learned, bool(report.learned)
    rows = (
        (
            line.alias,
            *(_grades(line.picked) if picked else ()),
            *((line.learned, line.smooth) if learned else ()),
            "; ".join(map(str, line.findings)) or "nothing stands out",
        )
        for line in report.trainees
    )
    head = ("Trainee", *(_GRADES if picked else ()), *(_LEARNED if learned else ()), _GOES_BY)
    note = "Trainees appear under the alias they chose."
    drawn = ("Right", "Answers") if picked else ("", "")
    return Table("Trainees", note, head, tuple(rows), *drawn)


def _grades(picked: Tally) -> tuple[int, ...]:
    return picked.count, picked.right, picked.acceptable, picked.wrong, picked.percent


def _group_table(guide: Guide, report: ClassReport, *, brief: bool) -> Table:
    rows = tuple(
        (
            _name(guide, right, brief=brief),
            report.grid[right, right],
            sum(report.grid[right, chosen] for chosen in report.answers),
        )
        for right in report.answers
    )
    head = ("Right answer", "Right", "Answers")
    return Table("Answered right, by group", "", head, rows, "Right", "Answers")


def _square(guide: Guide, report: ClassReport, *, brief: bool) -> Table:
    names = [_name(guide, answer, brief=brief) for answer in report.answers]
    rows: Rows = tuple(
        (name, *(report.grid[right, chosen] for chosen in report.answers))
        for name, right in zip(names, report.answers, strict=True)
    )
    note = (
        "Each row is a right answer, and each column is what trainees chose. Acceptable answers are"
        " counted where they were chosen."
    )
    return Table("Right answers and choices", note, ("Right answer", *names), rows)


def _mixup_table(guide: Guide, report: ClassReport, *, brief: bool) -> Table:
    mixed = [(count, pair) for pair, count in report.grid.items() if pair[0] != pair[1]]
    often = sorted(mixed, key=lambda item: (-item[0], str(item[1])))
    rows = tuple(
        (
            f"{_name(guide, chosen, brief=brief)} for {_name(guide, right, brief=brief)}",
            count,
            report.acceptable[right, chosen],
        )
        for count, (right, chosen) in often[:_MIXUPS_MOST]
    )
    note = "What trainees chose in place of the right answer, most frequent first."
    return Table("Mix-ups", note, ("Chosen for right", "Times", "Acceptable"), rows, "Times")


def _question_table(report: ClassReport) -> Table:
    rows = tuple(
        (
            line.name,
            line.misread,
            ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items()),
        )
        for line in report.forks
    )
    note = (
        "How many wrong answers each question explains where it is misread, or each rule where a"
        " trainee goes by it. An acceptable answer is not wrong."
    )
    head = ("Question or rule", "Times", "By whom")
    return Table("Misunderstandings", note, head, rows, "Times")


def _story_table(guide: Guide, report: ClassReport, *, brief: bool) -> Table:
    rows = tuple(
        (
            line.story,
            _name(guide, line.right, brief=brief),
            line.seen_by,
            line.missed_by,
            REWRITE if line.leech else "",
            _first_words(line) if brief else " ".join(line.told),
        )
        for line in report.hardest
    )
    note = (
        "Only first answers count, and an acceptable answer is not a miss."
        f" “{REWRITE}” means that most trainees missed it, so read the story again first."
    )
    head = ("Story", "Right answer", "Answered by", "Missed by", "Remark", "Text")
    return Table("Hardest stories", note, head, rows, "Missed by", "Answered by")


def _first_words(line: StoryLine) -> str:
    """Return a story's first words, by which a trainer knows it again; nothing where it is gone."""
    told = " ".join(line.told)
    return f"“{shorten(told, _FIRST_WORDS, placeholder=' …')}”" if told else ""


def _day_table(report: ClassReport) -> Table:
    rows: Rows = tuple((day.isoformat(), *_grades(picked)) for day, picked in report.days.items())
    note = "Answers on each day."
    return Table("Progress over time", note, ("Day", *_GRADES), rows, "Right", "Answers")


def scores(found: ClassFile, report: ClassReport) -> tuple[Table, ...]:
    """Return the table of a test's scores from a report of that class alone; none for other modes."""
    if found.mode != "test":
        return ()
    stories = len(found.stories)
    rows = []
    for line in report.trainees:
        picked = line.picked
        share = percent(picked.counted, max(stories, picked.count), found.pass_mark)
        counts = (picked.count, stories, picked.right, picked.acceptable, picked.wrong, share)
        rows.append((line.alias, *counts, result_words(found, picked)))
    note = (
        f"The pass mark is {found.pass_mark}%. The score is the share of all stories answered right"
        " or acceptably. A story with no answer counts as not right."
    )
    return (Table("Scores", note, _SCORES, tuple(rows)),)


def result_words(found: ClassFile, picked: Tally) -> str:
    """Return how one trainee's test went: `passed`, `not passed`, `not finished`."""
    stories = len(found.stories)
    if picked.count < stories:
        return "not finished"
    if picked.count > stories:
        return "more answers than stories. Did two trainees use one alias?"
    return "passed" if reaches(picked.counted, stories, found.pass_mark) else "not passed"


def answers_table(attempts: Iterable[Attempt]) -> Table:
    """Return every answer in the order made; an empty group is "ask the supervisor"."""
    head = (
        *("when", "alias", "session", "mode", "class_id", "story", "outcome"),
        *("right", "chosen", "grade", "misread", "taken", "meaning_hash"),
    )
    rows = tuple(
        (attempt.when.isoformat(), *(getattr(attempt, name) or "" for name in head[1:]))
        for attempt in in_order(attempts)
    )
    return Table("Answers", "", head, rows)
