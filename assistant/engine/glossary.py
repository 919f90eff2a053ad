"""Terms of the glossary found in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.guide.model import Guide


@dataclass(frozen=True)
class Piece:
    """A run of text; `term` is the glossary id it stands for, or None for plain words."""

    text: str
    term: str | None = None


class Glossary:
    """The guide's terms by every name they go by; the longest name wins where two begin alike."""

    def __init__(self, guide: Guide) -> None:
        self._ids = {
            name.casefold(): key
            for key, term in guide.glossary.items()
            for name in (term.name, *term.also)
        }
        names = sorted(self._ids, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in names)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
        self.pieces = lru_cache(maxsize=512)(lambda text: tuple(self._split(text)))

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the terms met in text, each once, in order."""
        return tuple(dict.fromkeys(piece.term for piece in self.pieces(text) if piece.term))

    def _split(self, text: str) -> Iterator[Piece]:
        """Cut text at its terms; each term counts where it is met first."""
        end = 0
        seen: set[str] = set()
        for match in self._pattern.finditer(text):
            term = self._ids[match[0].casefold()]
            if term not in seen:
                seen.add(term)
                yield Piece(text[end : match.start()])
                yield Piece(match[0], term)
                end = match.end()
        yield Piece(text[end:])
