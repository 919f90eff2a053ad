"""What a page sends: keys, the window's size, and whether it has the keyboard."""

import json
from dataclasses import dataclass

from aiohttp import WSMessage, WSMsgType

MOST_BYTES = 65_536
"""The longest message taken; no page of ours comes near it."""

_MOST_CELLS = 500
"""The most columns or rows drawn: a larger window would only cost memory."""


@dataclass(frozen=True)
class Keys:
    """Keys and mouse movements, as a terminal writes them."""

    typed: str


@dataclass(frozen=True)
class Size:
    """The window in cells, held to what can be drawn."""

    columns: int = 80
    rows: int = 24


@dataclass(frozen=True)
class Focus:
    """Whether the page has the keyboard now."""

    here: bool


@dataclass(frozen=True)
class Ping:
    """Asks to be sent back, to time the way."""

    stamp: str


Said = Keys | Size | Focus | Ping
"""Everything a page can say."""


def heard(message: WSMessage) -> Said | None:
    """Read a message; one that says nothing known is passed over."""
    if message.type != WSMsgType.TEXT:
        return None
    try:
        said = json.loads(message.data)
    except (ValueError, RecursionError):
        return None
    return _meant(said)


def _meant(said: object) -> Said | None:
    match said:
        case ["stdin", str(typed)]:
            return Keys(typed)
        case ["resize", {"width": int(columns), "height": int(rows)}]:
            return held(columns, rows)
        case ["ping", str(stamp)]:
            return Ping(stamp)
        case ["focus" | "blur" as kind, *_]:
            return Focus(here=kind == "focus")
    return None


def size_in(query: str, otherwise: int) -> int:
    """Read a number of columns or rows out of an address."""
    return int(query) if query.isascii() and query.isdigit() and len(query) < _LONG else otherwise


def held(columns: int, rows: int) -> Size:
    """Give a size that can be drawn, as near as can be to the one asked for."""
    return Size(*(min(max(1, cells), _MOST_CELLS) for cells in (columns, rows)))


_LONG = 6
