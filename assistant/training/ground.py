"""What there is to practise on: every way through the tree, the skills it tests, how it is misread."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from assistant.content.model import Guide
from assistant.content.practice import Practice
from assistant.engine.walk import Answers
from assistant.training.readings import Groups, Key, Reading, asked, key_of, readings_of
from assistant.training.stories import Story, written_stories
from assistant.training.stories_paths import every_path

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
