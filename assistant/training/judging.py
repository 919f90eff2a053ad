"""How an answer to a story is judged, and which fork a wrong one must have misread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.content.model import Guide
from assistant.engine.smallest import smallest_change
from assistant.engine.walk import Answers, replay
from assistant.training.readings import Groups, Reading, asked, readings_of
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
    needs. `pair` has the right group and the chosen one, where both are groups.
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

    Where several forks, each misread alone, explain the answer, those that are sure to lead to it go
    first, then facts in the order of `rather` (what this trainee misreads elsewhere), then the
    question nearest to the end. Where none does, it is that one of the fewest that do together.
    """
    facts = asked(guide, story.facts)
    grade = grade_of(guide, story.outcome, chosen)
    right = guide.outcomes[story.outcome].group
    if grade == "right":
        return Judgement(grade, right, chosen, story.outcome, facts)
    reading = _likeliest(guide, story.facts, chosen, rather)
    would = _needed(guide, story.facts, chosen, reading)
    changed = [Misread(fact, said, would[fact]) for fact, said in facts.items() if fact in would]
    misread = Misread(reading.fact, facts[reading.fact], reading.value) if reading else None
    misread = misread or (changed[-1] if changed else None)
    return Judgement(grade, right, chosen, story.outcome, facts, misread, would)


def grade_of(guide: Guide, outcome: str, chosen: Answer) -> Grade:
    """Grade an answer to a case with this outcome; where the guide names no group, None is right."""
    found = guide.outcomes[outcome]
    if chosen == found.group:
        return "right"
    also = {fit.group for fit in found.also_fits} if found.certainty == "judgement" else set()
    return "acceptable" if chosen in also else "wrong"


def explanations(
    readings: Mapping[Reading, Groups], chosen: Answer, rather: Sequence[str] = ()
) -> list[Reading]:
    """List the misreadings of one fact that may lead to an answer, the likeliest first."""
    facts = list(dict.fromkeys(reading.fact for reading in readings))
    found = [reading for reading, groups in readings.items() if chosen in groups]

    def place(reading: Reading) -> tuple[bool, int, int]:
        before = rather.index(reading.fact) if reading.fact in rather else len(rather)
        return len(readings[reading]) > 1, before, -facts.index(reading.fact)

    return sorted(found, key=place)


def _likeliest(
    guide: Guide, facts: Answers, chosen: Answer, rather: Sequence[str]
) -> Reading | None:
    found = explanations(readings_of(guide, facts), chosen, rather)
    return found[0] if found else None


def _needed(
    guide: Guide, facts: Answers, chosen: Answer, reading: Reading | None
) -> Mapping[str, str]:
    """Give what would have to be so for the answer to be right, the misread fact first."""
    if reading is None:
        need = smallest_change(guide, replay(guide, facts), chosen)
        return need.facts if need else {}
    taken = {reading.fact: reading.value}
    need = smallest_change(guide, replay(guide, {**facts, **taken}), chosen)
    return {**taken, **(need.added if need else {})}
