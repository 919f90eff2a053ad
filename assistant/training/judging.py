"""How an answer to a story is judged, and which fork a wrong one must have misread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.content.model import Guide
from assistant.engine.smallest import smallest_change
from assistant.engine.walk import Answers, replay
from assistant.training.deciding import Readings, turning, wanted
from assistant.training.readings import Reading, asked, readings_of
from assistant.training.stories import Story

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
