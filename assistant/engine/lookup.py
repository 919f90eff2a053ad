"""Workers' words to groups, facts, situations and terms of the guide."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from types import MappingProxyType
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, JaroWinkler, LCSseq

from assistant.engine.interview import NOTHING, Answers, plain_words
from assistant.engine.verdict import sentence
from assistant.guide.model import Cite, Guide
from assistant.guide.proof import follow

Kind = Literal["goal", "group", "situation", "fact", "term"]
"""What an entry is."""

GOAL = "goal"
"""The fact whose values are entries of their own."""


@dataclass(frozen=True)
class LookupEntry:
    """One thing to look up.

    `phrases` are all the ways it may be asked for. `facts` holds what it settles. `leads_to` names
    groups, the likeliest first; `refers` tells that most cases end with no group named.
    """

    kind: Kind
    id: str
    title: str
    means: str
    phrases: tuple[str, ...]
    leads_to: tuple[str, ...]
    refers: bool = False
    facts: Answers = field(default_factory=lambda: NOTHING)


def entries_of(guide: Guide) -> tuple[LookupEntry, ...]:
    """Return every entry of a guide; where two are found alike, the one given first goes first."""
    ends = _Ends(guide)
    return (
        *_goals(guide, ends),
        *_groups(guide),
        *_situations(guide, ends),
        *_facts(guide, ends),
        *_terms(guide),
    )


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
        """Return the groups that cases with these facts end in, most cases first, then guide order.

        Also tells whether it is no group at all that most of them end in.
        """
        counts = Counter(group for case, group in self._ends if facts.items() <= case.items())
        groups = [group for group in self._groups if counts[group]]
        groups.sort(key=lambda group: -counts[group])
        return tuple(groups), counts[None] > max((counts[g] for g in groups), default=0)


def _goals(guide: Guide, ends: _Ends) -> Iterator[LookupEntry]:
    options = guide.questions[GOAL].options if GOAL in guide.questions else {}
    for value, option in options.items():
        facts = MappingProxyType({GOAL: value})
        phrases = (option.label, option.short, option.says, *option.words, *_names(guide, value))
        means = " ".join([sentence(option.says), *_what(guide, value)])
        yield LookupEntry("goal", value, option.label, means, phrases, *ends.of(facts), facts=facts)


def _what(guide: Guide, goal: str) -> Iterator[str]:
    """Return what each group is whose "use when" names the goal."""
    for group in guide.groups.values():
        if any(goal in clause.facts.get(GOAL, ()) for clause in group.use_when):
            yield group.what


def _groups(guide: Guide) -> Iterator[LookupEntry]:
    for name, group in guide.groups.items():
        beginnings = tuple(accumulate(group.name.split(), "{} {}".format))
        near = (name, *guide.mixed_up_with(name))
        phrases = (*beginnings, *_names(guide, name))
        yield LookupEntry("group", name, group.name, group.what, phrases, near)


def _situations(guide: Guide, ends: _Ends) -> Iterator[LookupEntry]:
    for name, found in guide.situations.items():
        phrases = (found.title, *found.words, *_names(guide, name))
        yield LookupEntry(
            "situation",
            name,
            found.title,
            found.means,
            phrases,
            *ends.of(found.facts),
            facts=found.facts,
        )


def _facts(guide: Guide, ends: _Ends) -> Iterator[LookupEntry]:
    for fact, question in guide.questions.items():
        phrases = [question.name, question.ask]
        if fact != GOAL:
            for option in question.options.values():
                phrases += (option.label, option.says)
        means = f"{question.ask} {question.why}"
        yield LookupEntry("fact", fact, question.name, means, tuple(phrases), *ends.of({}))


def _terms(guide: Guide) -> Iterator[LookupEntry]:
    for name, term in guide.glossary.items():
        leads_to = _sharing_a_section(guide, term.cites)
        phrases = (term.name, *term.also)
        yield LookupEntry("term", name, term.name, term.means, phrases, leads_to)
    for name, topic in guide.topics.items():
        leads_to = _sharing_a_section(guide, topic.cites)
        yield LookupEntry("term", name, topic.title, topic.say, (topic.title,), leads_to)


def _sharing_a_section(guide: Guide, cites: tuple[Cite, ...]) -> tuple[str, ...]:
    """Return the groups that are described in a section the citations come from."""
    sections = {(cite.document, cite.section) for cite in cites}
    return tuple(
        name
        for name, group in guide.groups.items()
        if any((cite.document, cite.section) in sections for cite in group.cites)
    )


def _names(guide: Guide, name: str) -> tuple[str, ...]:
    """Return the names of the term with the same id: what it is called, this is called."""
    term = guide.glossary.get(name)
    return (term.name, *term.also) if term else ()


_NEAR = 0.86
"""How like a word of the guide's an unknown word must be, by Jaro-Winkler, to be taken for it.

Kind to slips late in a word and to beginnings of words, as typing brings them about.
"""

_PHRASE, _ALL, _SPELLING = 30, 45, 25
"""What counts, out of 100: one phrase as a whole; all the words of an entry; how it is spelled."""

_FIRST: Mapping[Kind, float] = MappingProxyType(
    {"situation": 0, "goal": -1, "group": -1, "fact": -9, "term": -13}
)
"""What a kind is behind by: a case described goes before a word explained."""

_LEAST, _LEAST_OF_BEST = 25, 0.5
"""Score, and share of the best score, below which an entry has nothing to do with the words."""

_FIRST_LETTER = 0x4E00
"""Where a long run of letters begins in Unicode, one for each word of the guide."""


@dataclass(frozen=True)
class Hit(LookupEntry):
    """One entry found; `score` is at most 100."""

    score: float = 0


class Index:
    """A guide's entries, made ready to be searched."""

    def __init__(self, guide: Guide) -> None:
        self.entries = entries_of(guide)
        words = [{w for p in entry.phrases for w in plain_words(p)} for entry in self.entries]
        uses = Counter(word for some in words for word in some)
        self._letters = {
            word: chr(_FIRST_LETTER + number) * max(1, round(log(len(words) / uses[word])))
            for number, word in enumerate(sorted(uses))
        }
        self._known = list(self._letters)
        self._all = [self._lettered(some) for some in words]
        owned = {
            (number, said): None
            for number, entry in enumerate(self.entries)
            for phrase in entry.phrases
            if (said := plain_words(phrase))
        }
        self._owners = [number for number, _ in owned]
        self._phrases = [self._lettered(said) for _, said in owned]
        self._spelled = [" ".join(said) for _, said in owned]

    def search(self, words: str, limit: int = 10) -> tuple[Hit, ...]:
        """Return the entries that fit what was typed, best first; none where nothing comes near."""
        said = self._understood(words)
        if not said:
            return ()
        scores = self._scores(said)
        least = max(_LEAST, _LEAST_OF_BEST * max(scores, default=0))
        best = sorted(range(len(scores)), key=lambda number: -scores[number])[: max(limit, 0)]
        return tuple(
            Hit(**vars(self.entries[number]), score=round(scores[number], 1))
            for number in best
            if scores[number] >= least
        )

    def _understood(self, words: str) -> list[str]:
        """Return the words the guide knows, each unknown one as the known one it comes near to."""
        near = [
            word if word in self._letters else self._nearest(word) for word in plain_words(words)
        ]
        return [word for word in dict.fromkeys(near) if word]

    def _nearest(self, word: str) -> str:
        begun = [known for known in self._known if known.startswith(word)]
        alike = [known for known in self._known if known[0] == word[0]]
        choices, cutoff = (begun, 0.0) if begun else (alike, _NEAR)
        scorer = JaroWinkler.normalized_similarity
        found = process.extractOne(word, choices, scorer=scorer, score_cutoff=cutoff)
        return found[0] if found else ""

    def _scores(self, said: list[str]) -> list[float]:
        letters, spelled = self._lettered(said), " ".join(said)
        alike = process.extract(
            letters, self._phrases, scorer=Indel.normalized_similarity, limit=None
        )
        spelling = process.extract(spelled, self._spelled, scorer=fuzz.token_sort_ratio, limit=None)
        together = process.extract(letters, self._all, scorer=LCSseq.similarity, limit=None)
        by_phrase = [0.0] * len(self._phrases)
        for _, score, number in alike:
            by_phrase[number] += _PHRASE * score
        for _, score, number in spelling:
            by_phrase[number] += _SPELLING * score / 100
        best = [0.0] * len(self.entries)
        for owner, score in zip(self._owners, by_phrase, strict=True):
            best[owner] = max(best[owner], score)
        for _, shared, number in together:
            best[number] += _ALL * shared / len(letters) + _FIRST[self.entries[number].kind]
        return best

    def _lettered(self, words: Iterable[str]) -> str:
        return "".join(self._letters[word] for word in sorted(words))
