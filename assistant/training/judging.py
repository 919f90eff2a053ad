"""An answer held against the guide: right, acceptable or wrong, and which fact was misread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from assistant.engine.explain import smallest_change
from assistant.engine.interview import Answers, outcomes_within_reach, replay
from assistant.engine.verdict import ClauseFit, clause_fits
from assistant.guide.model import Clause, Guide
from assistant.training.content import Practice
from assistant.training.stories import Story, every_path, written_stories

Groups = frozenset[str | None]
"""Groups that may be chosen; None is "ask the supervisor"."""


Key = tuple[tuple[str, str], ...]
"""Facts as something to look up by."""


class Reading(NamedTuple):
    """One fact taken for one of its values, whatever the story says."""

    fact: str
    value: str


def key_of(facts: Answers) -> Key:
    """Give facts as something to look up by."""
    return tuple(facts.items())


def asked(guide: Guide, facts: Answers) -> Answers:
    """Give those of a case's facts that the interview asks for, in the order asked."""
    return MappingProxyType(dict(replay(guide, facts).trail))


def groups_if(guide: Guide, facts: Answers, reading: Reading) -> Groups:
    """Give the groups that a case may end in for a reader who takes one fact for something else.

    More than one where that opens a question whose answer `facts` does not hold.
    """
    standing = replay(guide, {**facts, reading.fact: reading.value})
    reached = outcomes_within_reach(guide, standing)
    return frozenset(guide.outcomes[outcome].group for outcome in reached)


def readings_of(guide: Guide, facts: Answers) -> Mapping[Reading, Groups]:
    """Give every misreading of one fact that is asked, with the groups it may lead to."""
    return MappingProxyType(
        {
            Reading(fact, value): groups_if(guide, facts, Reading(fact, value))
            for fact, said in asked(guide, facts).items()
            for value in guide.questions[fact].options
            if value != said
        }
    )


Readings = Mapping[Reading, Groups]
"""Every misreading of a case, with the groups it may lead to."""


@dataclass(frozen=True)
class Deciding:
    """The facts that make a case's group the right one, all of them asked, in the order asked.

    `rule` are those that the group's rule names; `beside` are others that, with that rule still met,
    part it from a group whose rule is met as well or from none. Where no group is named, `rule` is
    the fact with most ways to one.
    """

    rule: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.rule, *self.beside)


def deciding(guide: Guide, facts: Answers, readings: Readings, right: str | None) -> Deciding:
    """Give what makes `right` the group of a case whose asked facts are `facts`."""
    clause = clause_met(guide, facts, right)
    rule = [fact for fact in facts if clause and fact in clause.facts]
    away = [reading.fact for reading, groups in readings.items() if right not in groups]
    rule = rule or sorted(facts, key=lambda fact: -away.count(fact))[:1]
    met = {group for group in guide.groups if group != right and clause_met(guide, facts, group)}
    parting = {
        reading.fact
        for reading, groups in readings.items()
        if groups <= {*met, None} - {right}
        and guide.space.stands({**facts, reading.fact: reading.value})
    }
    return Deciding(tuple(rule), tuple(f for f in facts if f in parting and f not in rule))


def clause_met(guide: Guide, facts: Answers, group: str | None) -> Clause | None:
    """Give the clause of a group's rule that holds, that with most facts asked; None where none does."""
    met = [fit.clause for fit in _fits(guide, facts, group) if fit.holds]
    return max(met, key=lambda clause: len(clause.facts.keys() & facts.keys()), default=None)


def turning(
    guide: Guide, facts: Answers, readings: Readings, groups: tuple[str | None, str | None]
) -> tuple[str, ...]:
    """Give the facts that part the right group from the chosen one.

    These are what the chosen group's rule lacks, where mending that is sure to lead to it, or is
    asked for before anything that the right group turns on; else what the right group turns on.
    """
    right, chosen = groups
    found = deciding(guide, facts, readings, right)
    order = list(facts)
    first = min(order.index(fact) for fact in found.rule)
    leads = {r.fact: right not in ends for r, ends in readings.items() if chosen in ends}
    without = [fact for fact in lacking(guide, facts, chosen) if fact in leads]
    telling = tuple(fact for fact in without if leads[fact] or order.index(fact) < first)
    return telling or found.facts


def lacking(guide: Guide, facts: Answers, group: str | None) -> tuple[str, ...]:
    """Give the facts that keep a group's rule from being met, by the clause nearest to it."""
    fits = _fits(guide, facts, group)
    if not fits or any(fit.holds for fit in fits):
        return ()
    return min(fits, key=lambda fit: (len(fit.against), -_met(fit))).against


def wanted(guide: Guide, group: str | None, reading: Reading) -> bool:
    """Tell whether a fact with this value is what a clause of the group's rule asks for."""
    clauses: Iterable[Clause] = guide.groups[group].use_when if group else ()
    return any(reading.value in clause.facts.get(reading.fact, ()) for clause in clauses)


def _fits(guide: Guide, facts: Answers, group: str | None) -> tuple[ClauseFit, ...]:
    return clause_fits(guide, group, facts) if group else ()


def _met(fit: ClauseFit) -> int:
    return len(fit.clause.facts) - len(fit.against) - len(fit.open_facts)


Answer = str | None
"""A group's id, or None for "ask the supervisor"."""

Grade = Literal["right", "acceptable", "wrong"]
"""`acceptable`: the documents support that group too, and the guide prefers another."""


@dataclass(frozen=True)
class Misread:
    """A fork taken the other way: what the story says of a fact, and what it was taken for."""

    fact: str
    said: str
    taken: str


@dataclass(frozen=True)
class Judgement:
    """What is to be said of one answer.

    `facts` are those the interview asks for, in order. `misread` is set for any answer but the right
    one, where the guide has a case for which it would be right; `would` then holds what such a case
    needs, the misread fact first. `pair` has the right group and the chosen one, where both are groups.
    """

    grade: Grade
    right: Answer
    chosen: Answer
    outcome: str
    facts: Answers
    misread: Misread | None = None
    would: Mapping[str, str] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, str] | None:
        if self.right is None or self.chosen is None or self.right == self.chosen:
            return None
        return self.right, self.chosen


def judge(guide: Guide, story: Story, chosen: Answer, rather: Sequence[str] = ()) -> Judgement:
    """Judge the group chosen for a story.

    The fork blamed is one of those that part the right group from the chosen one. Among several,
    those that are sure to lead to the answer go first, then facts in the order of `rather` (what
    this trainee misreads elsewhere), then the question nearest to the end. Where none explains the
    answer alone, it is that one of the fewest that do together.
    """
    facts = asked(guide, story.facts)
    grade = grade_of(guide, story.outcome, chosen)
    right = guide.outcomes[story.outcome].group
    if grade == "right":
        return Judgement(grade, right, chosen, story.outcome, facts)
    would = _would(guide, facts, (right, chosen), rather)
    misread = next((Misread(fact, facts[fact], value) for fact, value in would.items()), None)
    return Judgement(grade, right, chosen, story.outcome, facts, misread, would)


def grade_of(guide: Guide, outcome: str, chosen: Answer) -> Grade:
    """Grade an answer to a case with this outcome; where the guide names no group, None is right."""
    found = guide.outcomes[outcome]
    if chosen == found.group:
        return "right"
    also = {fit.group for fit in found.also_fits} if found.certainty == "judgement" else set()
    return "acceptable" if chosen in also else "wrong"


def explanations(readings: Readings, chosen: Answer, rather: Sequence[str] = ()) -> list[Reading]:
    """List the misreadings of one fact that may lead to an answer, the likeliest first."""
    facts = list(dict.fromkeys(reading.fact for reading in readings))
    found = [reading for reading, groups in readings.items() if chosen in groups]

    def place(reading: Reading) -> tuple[bool, int, int]:
        before = rather.index(reading.fact) if reading.fact in rather else len(rather)
        return len(readings[reading]) > 1, before, -facts.index(reading.fact)

    return sorted(found, key=place)


def _would(
    guide: Guide, facts: Answers, groups: tuple[Answer, Answer], rather: Sequence[str]
) -> Mapping[str, str]:
    """Give what would have to be so for the chosen group to be right, the misread fact first."""
    readings = readings_of(guide, facts)
    turns = turning(guide, facts, readings, groups)
    telling = {reading: ends for reading, ends in readings.items() if reading.fact in turns}
    for some in (telling, readings):
        found = _alone(guide, facts, some, groups[1], rather) or _together(
            guide, facts, some, groups[1]
        )
        if found:
            return found
    return {}


def _alone(
    guide: Guide, facts: Answers, readings: Readings, chosen: Answer, rather: Sequence[str]
) -> Mapping[str, str]:
    """Give what the likeliest misreading of one fact makes of a case, with all that it leaves open.

    Of several values of that fact, it is the one that the chosen group's own rule asks for.
    """
    found = explanations(readings, chosen, rather)
    if not found:
        return {}
    same = [r for r in found if (r.fact, readings[r]) == (found[0].fact, readings[found[0]])]
    taken = next((reading for reading in same if wanted(guide, chosen, reading)), found[0])
    return _needed(guide, facts, chosen, taken)


def _together(
    guide: Guide, facts: Answers, readings: Readings, chosen: Answer
) -> Mapping[str, str]:
    """Give the fewest changes, one of them in `readings`, that lead to the chosen group."""
    order = list(facts)
    ways = [(_needed(guide, facts, chosen, reading), reading) for reading in readings]
    leading = [(way, reading) for way, reading in ways if way]
    if not leading:
        return {}
    return min(leading, key=lambda found: (len(found[0]), -order.index(found[1].fact)))[0]


def _needed(guide: Guide, facts: Answers, chosen: Answer, taken: Reading) -> Mapping[str, str]:
    """Give a misreading with what else would have to be so; empty where nothing beside it would do."""
    standing = replay(guide, {**facts, taken.fact: taken.value})
    need = smallest_change(guide, standing, chosen)
    if need is None or taken.fact in need.changed:
        return {}
    return {taken.fact: taken.value, **need.facts}


OUTCOME = "outcome:"
"""How the id of a skill begins that is: telling cases that end in one outcome."""

FORK = "fork:"
"""How the id of a skill begins that is: reading one fact out of a story."""


@dataclass(frozen=True)
class Way:
    """One way through the tree: the facts asked, in order, and the outcome they end in."""

    facts: Answers
    outcome: str

    @property
    def key(self) -> Key:
        return key_of(self.facts)


class Ground:
    """A guide with its practice content, and what is worked out from them once."""

    def __init__(self, guide: Guide, practice: Practice) -> None:
        self.guide = guide
        self.practice = practice
        self._readings = lru_cache(maxsize=4096)(self._readings_at)
        self._skills = lru_cache(maxsize=4096)(self._skills_at)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Every way through the tree, in tree order."""
        return tuple(Way(facts, end) for facts, end in every_path(self.guide))

    @cached_property
    def written(self) -> Mapping[Key, tuple[Story, ...]]:
        """The stories written by hand, by the way through the tree that they take."""
        found: dict[Key, list[Story]] = {}
        for story in written_stories(self.practice):
            found.setdefault(key_of(asked(self.guide, story.facts)), []).append(story)
        return MappingProxyType({key: tuple(stories) for key, stories in found.items()})

    @cached_property
    def testing(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways that test each skill: forks first, both in the guide's order."""
        names = [f"{FORK}{fact}" for fact in self.guide.about.facts]
        names += [f"{OUTCOME}{name}" for name in self.guide.outcomes]
        tests = {way.key: self.skills(way.facts, way.outcome) for way in self.ways}
        found = {name: tuple(w for w in self.ways if name in tests[w.key]) for name in names}
        return MappingProxyType({name: ways for name, ways in found.items() if ways})

    @cached_property
    def shows(self) -> frozenset[Reading]:
        """The misreadings that change the group of some case; the others do no harm and never show."""
        return frozenset(
            reading
            for way in self.ways
            for reading, groups in self.readings(way.facts).items()
            if self.right(way.outcome) not in groups
        )

    @cached_property
    def alike(self) -> Mapping[Reading, frozenset[Reading]]:
        """The misreadings that lead to the same groups in every case, so that no answer parts them."""
        effect = {
            reading: tuple(self._effect(way, reading) for way in self.ways)
            for reading in dict.fromkeys(r for way in self.ways for r in self.readings(way.facts))
        }
        found = {r: frozenset(o for o in effect if effect[o] == effect[r]) for r in effect}
        return MappingProxyType(found)

    def right(self, outcome: str) -> str | None:
        """Give the group of an outcome, None for "ask the supervisor"."""
        return self.guide.outcomes[outcome].group

    def readings(self, facts: Answers) -> Mapping[Reading, Groups]:
        """Give `readings_of` these facts, found once."""
        return self._readings(key_of(facts))

    def skills(self, facts: Answers, outcome: str) -> tuple[str, ...]:
        """Give what a case tests: its outcome, and each fork that can lead it to another group.

        A fork that leaves the group alone is not tested, since misreading it would not show. An
        outcome of another guide tests nothing.
        """
        return self._skills(key_of(facts), outcome)

    def _effect(self, way: Way, reading: Reading) -> Groups:
        return self.readings(way.facts).get(reading, frozenset({self.right(way.outcome)}))

    def _readings_at(self, facts: Key) -> Mapping[Reading, Groups]:
        return readings_of(self.guide, dict(facts))

    def _skills_at(self, facts: Key, outcome: str) -> tuple[str, ...]:
        if outcome not in self.guide.outcomes:
            return ()
        right = self.right(outcome)
        readings = self.readings(dict(facts))
        forks = dict.fromkeys(r.fact for r, groups in readings.items() if right not in groups)
        return (f"{OUTCOME}{outcome}", *(f"{FORK}{fact}" for fact in forks))
