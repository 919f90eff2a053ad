"""The one way that text from the guide or a person reaches a widget.

Textual reads markup in most places that take a string, and a terminal obeys control characters; a
`Content` built here has neither.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from rich.text import Text
from textual.content import Content
from textual.style import Style

from assistant.engine.terms import Glossary

Part = tuple[str, str | Style]
"""Some text and the style it is shown in; an empty style is plain."""

QUIET = "$foreground-muted"
"""Style of what stands back, such as where a quotation stands."""

TERM = "term"
"""Key under which a marked term's style carries the glossary's id, for a click to find."""

_KEPT = "\n"


def plain(text: str, style: str | Style = "") -> Content:
    """Give text exactly as it reads, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def cell(text: str, style: str = "") -> Text:
    """Give text for tables and trees, which know Rich's texts only; it is cut where room ends."""
    return Text(visible(text), style, overflow="ellipsis", no_wrap=True)


def joined(parts: Iterable[Part]) -> Content:
    """Give one piece of content from parts in styles of their own."""
    return Content("").join(plain(text, style) for text, style in parts)


class Marker:
    """Underlines the glossary's terms, each where it is first met, ready to be clicked."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._met: set[str] = set()

    def parts(self, text: str, style: str = "") -> Iterator[Part]:
        """Give text as parts, its terms marked unless this marker marked them before."""
        for piece in self._glossary.pieces(text):
            if piece.term and piece.term not in self._met:
                self._met.add(piece.term)
                base = Style.parse(style) if style else Style()
                term = Style.from_meta({TERM: piece.term})
                yield piece.text, base + Style(underline=True) + term
            else:
                yield piece.text, style


def visible(text: str) -> str:
    """Replace what a terminal would obey rather than show, so that it can be seen."""
    return "".join(
        character if character in _KEPT or _shows(character) else "\N{REPLACEMENT CHARACTER}"
        for character in text.replace("\t", " ")
    )


def _shows(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in {"Cc", "Cs", "Cn", "Co"} and character not in _REORDERING


_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in another order than it is stored in."""
