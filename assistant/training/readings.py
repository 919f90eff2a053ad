"""How a case reads to someone who takes one of its facts for something else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from assistant.content.model import Guide
from assistant.engine.walk import Answers, outcomes_within_reach, replay

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
