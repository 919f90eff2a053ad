"""Keeps a key that has done its part from doing the next one too."""

from textual import events

AGAIN = 0.4
"""Seconds for which the same key, pressed once more, still belongs to what it did before."""


class Patience:
    """Tells whether a key comes too soon: from before its page, or the same one again at once.

    A key held down stays the same one, however long.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._since = 0.0

    def turn(self, key: str) -> None:
        """Begin a new page, to which `key` has led."""
        self._key = key or self._key
        self._since = events.Event().time

    def too_soon(self, key: str, when: float) -> bool:
        """Tell whether a key that was pressed at a time is not to be taken now."""
        if when < self._since:
            return True
        if key != self._key or when - self._since >= AGAIN:
            return False
        self._since = when
        return True
