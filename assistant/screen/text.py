"""The one way for text to reach a widget."""

from collections.abc import Iterable, Iterator

from rich.highlighter import Highlighter
from rich.text import Text
from textual.content import Content
from textual.style import Style

from assistant.engine.glossary import Glossary
from assistant.text import visible

Part = tuple[str, str | Style]
"""Some text and the style it is shown in; an empty style is plain."""

QUIET = "$foreground-muted"
"""Style of what stands back, such as where a quotation stands."""

TERM = "term"
"""Key under which a marked term's style carries the glossary's id, for a click to find."""


def plain(text: str, style: str | Style = "") -> Content:
    """Return text exactly as it reads, in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def cell(text: str, style: str = "") -> Text:
    """Return text for tables and trees, which know Rich's texts only; it is cut where room ends."""
    return Text(visible(text), style, overflow="ellipsis", no_wrap=True)


def joined(parts: Iterable[Part]) -> Content:
    """Return one piece of content from parts in styles of their own."""
    return Content("").join(plain(text, style) for text, style in parts)


def in_lines(parts: Iterable[Content], width: int) -> Iterator[Content]:
    """Fill lines up to `width` cells with parts, each of which stays on one line."""
    line = Content("")
    for part in parts:
        longer = line + "  " + part if line else part
        if line and longer.cell_length > width:
            yield line
            line = part
        else:
            line = longer
    yield line


class Visible(Highlighter):
    """Lets an input show what a terminal would obey, and leaves what was typed as it is."""

    def highlight(self, text: Text) -> None:
        text.plain = visible(text.plain)


class Marker:
    """Underlines the glossary's terms, each where it is first met.

    A click on a term explains it, but not where `clickable` is off: a click there means more.
    """

    def __init__(self, glossary: Glossary, *, clickable: bool = True) -> None:
        self._glossary = glossary
        self._clickable = clickable
        self._met: set[str] = set()

    def parts(self, text: str, style: str = "") -> Iterator[Part]:
        """Return text as parts, its terms marked unless this marker marked them before."""
        for piece in self._glossary.pieces(text):
            if piece.term and piece.term not in self._met:
                self._met.add(piece.term)
                base = Style.parse(style) if style else Style()
                term = Style.from_meta({TERM: piece.term}) if self._clickable else Style()
                yield piece.text, base + Style(underline=True) + term
            else:
                yield piece.text, style
