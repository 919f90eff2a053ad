"""Finds the guide's entries by a worker's own words, best first, typing slips forgiven.

rapidfuzz ranks. So that it compares whole words rather than spellings, each word the guide knows is
one letter, repeated the more often the fewer entries use it; a phrase is its letters in order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, JaroWinkler, LCSseq

from assistant.content.model import Guide
from assistant.engine.entries import Entry, Kind, entries_of
from assistant.engine.plainwords import plain_words

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
class Hit:
    """One entry found; see `Entry`. `score` is at most 100."""

    kind: Kind
    id: str
    title: str
    means: str
    leads_to: tuple[str, ...]
    facts: Mapping[str, str]
    score: float
    refers: bool = False


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
        """Give the entries that fit what was typed, best first; none where nothing comes near."""
        said = self._understood(words)
        if not said:
            return ()
        scores = self._scores(said)
        least = max(_LEAST, _LEAST_OF_BEST * max(scores, default=0))
        best = sorted(range(len(scores)), key=lambda number: -scores[number])[: max(limit, 0)]
        return tuple(
            _hit(self.entries[number], scores[number]) for number in best if scores[number] >= least
        )

    def _understood(self, words: str) -> list[str]:
        """Give the words the guide knows, each unknown one as the known one it comes near to."""
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


def _hit(entry: Entry, score: float) -> Hit:
    return Hit(
        entry.kind,
        entry.id,
        entry.title,
        entry.means,
        entry.leads_to,
        entry.facts,
        round(score, 1),
        entry.refers,
    )
