"""Why a session ended, as the number its socket is closed with; `page.js` has the words for each."""

from enum import IntEnum


class Ending(IntEnum):
    """A reason; numbers from 4000 on are free for a program's own use."""

    GONE = 1000
    """The page was closed or reloaded."""

    LEFT = 4000
    """The person left with a key."""

    FAULT = 4001
    """The process stopped because of a fault."""

    FULL = 4002
    """There was no place."""

    IDLE = 4003
    """Nothing was pressed for too long."""

    TAKEN = 4004
    """The same browser opened it anew."""

    DOWN = 4005
    """The server is shutting down."""

    UNSTARTED = 4006
    """The process ended before it drew anything."""


_LEAVING = frozenset({0, 130, 143})
"""Exit codes of an assistant that was left, interrupted, or told to end."""


def ending_of(code: int, *, drawn: bool) -> Ending:
    """Give why a process ended, from its exit code and whether it ever drew anything."""
    if code in _LEAVING:
        return Ending.LEFT
    return Ending.FAULT if drawn else Ending.UNSTARTED
