"""Text made safe for a terminal, which obeys some characters rather than show them."""

import unicodedata

_KEPT = "\n"

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in another order than it is stored in."""


def visible(text: str) -> str:
    """Replace what a terminal would obey rather than show, so that it can be seen."""
    return "".join(
        character if character in _KEPT or _shows(character) else "\N{REPLACEMENT CHARACTER}"
        for character in text.replace("\t", " ")
    )


def _shows(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in {"Cc", "Cs", "Cn", "Co"} and character not in _REORDERING
