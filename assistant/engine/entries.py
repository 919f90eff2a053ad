"""What can be looked up in a guide: groups, goals, facts, situations and terms, and where each leads."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType
from typing import Literal

from assistant.content.model import Cite, Guide
from assistant.content.proof import follow
from assistant.engine.wording import sentence

Kind = Literal["goal", "group", "situation", "fact", "term"]
"""What an entry is."""

GOAL = "goal"
"""The fact whose values are entries of their own."""


@dataclass(frozen=True)
class Entry:
    """One thing to look up.

    `phrases` are all the ways it may be asked for. `facts` holds what it settles. `leads_to` names
    groups, the likeliest first; `refers` tells that most cases end with no group named.
    """

    kind: Kind
    id: str
    title: str
    means: str
    phrases: tuple[str, ...]
    facts: Mapping[str, str]
    leads_to: tuple[str, ...]
    refers: bool = False


def entries_of(guide: Guide) -> tuple[Entry, ...]:
    """Give every entry of a guide; where two are found alike, the one given first goes first."""
    ends = _Ends(guide)
    return tuple(entry for entries in _ENTRIES for entry in entries(guide, ends))


class _Ends:
    """Where the guide's cases end, for counting those that hold some facts."""

    def __init__(self, guide: Guide) -> None:
        self._groups = tuple(guide.groups)
        self._ends = [
            (case, guide.outcomes[end].group)
            for case in guide.space.cases()
            if (end := follow(guide, case).outcome) is not None
        ]

    def of(self, facts: Mapping[str, str]) -> tuple[tuple[str, ...], bool]:
        """Give the groups that cases with these facts end in, most cases first, then guide order.

        Also tells whether it is no group at all that most of them end in.
        """
        counts = Counter(group for case, group in self._ends if facts.items() <= case.items())
        groups = [group for group in self._groups if counts[group]]
        groups.sort(key=lambda group: -counts[group])
        return tuple(groups), counts[None] > max((counts[g] for g in groups), default=0)


def _goals(guide: Guide, ends: _Ends) -> Iterator[Entry]:
    options = guide.questions[GOAL].options if GOAL in guide.questions else {}
    for value, option in options.items():
        facts = {GOAL: value}
        phrases = (option.label, option.short, option.says, *option.words, *_names(guide, value))
        means = " ".join([sentence(option.says), *_what(guide, value)])
        yield Entry("goal", value, option.label, means, phrases, _kept(facts), *ends.of(facts))


def _what(guide: Guide, goal: str) -> Iterator[str]:
    """Give what each group is whose "use when" names the goal."""
    for group in guide.groups.values():
        if any(goal in clause.facts.get(GOAL, ()) for clause in group.use_when):
            yield group.what


def _groups(guide: Guide, _: _Ends) -> Iterator[Entry]:
    for name, group in guide.groups.items():
        beginnings = tuple(accumulate(group.name.split(), "{} {}".format))
        near = (name, *(mixed.group for mixed in group.mixed_up_with))
        phrases = (*beginnings, *_names(guide, name))
        yield Entry("group", name, group.name, group.what, phrases, _kept({}), near)


def _situations(guide: Guide, ends: _Ends) -> Iterator[Entry]:
    for name, found in guide.situations.items():
        phrases = (found.title, *found.words, *_names(guide, name))
        yield Entry(
            "situation", name, found.title, found.means, phrases, found.facts, *ends.of(found.facts)
        )


def _facts(guide: Guide, ends: _Ends) -> Iterator[Entry]:
    for fact, question in guide.questions.items():
        phrases = [question.name, question.ask]
        if fact != GOAL:
            for option in question.options.values():
                phrases += (option.label, option.says)
        means = f"{question.ask} {question.why}"
        yield Entry("fact", fact, question.name, means, tuple(phrases), _kept({}), *ends.of({}))


def _terms(guide: Guide, _: _Ends) -> Iterator[Entry]:
    for name, term in guide.glossary.items():
        leads_to = _sharing_a_section(guide, term.cites)
        phrases = (term.name, *term.also)
        yield Entry("term", name, term.name, term.means, phrases, _kept({}), leads_to)
    for name, topic in guide.topics.items():
        leads_to = _sharing_a_section(guide, topic.cites)
        yield Entry("term", name, topic.title, topic.say, (topic.title,), _kept({}), leads_to)


def _sharing_a_section(guide: Guide, cites: tuple[Cite, ...]) -> tuple[str, ...]:
    """Give the groups that are described in a section the citations come from."""
    sections = {(cite.document, cite.section) for cite in cites}
    return tuple(
        name
        for name, group in guide.groups.items()
        if any((cite.document, cite.section) in sections for cite in group.cites)
    )


def _names(guide: Guide, name: str) -> tuple[str, ...]:
    """Give the names of the term with the same id: what it is called, this is called."""
    term = guide.glossary.get(name)
    return (term.name, *term.also) if term else ()


def _kept(facts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(facts))


_ENTRIES: tuple[Callable[[Guide, _Ends], Iterator[Entry]], ...] = (
    _goals,
    _groups,
    _situations,
    _facts,
    _terms,
)
