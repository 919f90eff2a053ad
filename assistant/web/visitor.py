"""Who is at a browser: a random id and an alias, kept there in a cookie that this server signs."""

import hmac
import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from urllib.parse import quote, unquote

from assistant.settings_file import alias_mistake

FOLDER_NAME = "web"
"""Name of the folder, in the data folder, that holds a folder for each visitor."""

COOKIE_LIFE = 30 * 24 * 3600
"""Seconds for which a browser is known again after it was last here."""

_COOKIE = re.compile(r"([0-9a-f]{32})\.([0-9A-Za-z%_-]*)\.([0-9a-f]{64})")
_NOT_ASKED = "_"
"""Stands for an alias in the cookie, and can be none."""


@dataclass(frozen=True)
class Visitor:
    """One browser: `chosen` is the alias typed, "" where none was wanted, None before it is asked."""

    id: str
    chosen: str | None = None

    @property
    def alias(self) -> str:
        """The name in practice; whoever wants none gets one that is nobody else's."""
        return self.chosen or f"visitor-{self._hash[:6]}"

    def folder(self, data: Path) -> Path:
        """Give the folder of this visitor's drafts; the id itself, which opens them, names no file."""
        return data / FOLDER_NAME / self._hash[:32]

    @property
    def _hash(self) -> str:
        return sha256(self.id.encode()).hexdigest()


def forget_lost(data: Path, now: float) -> None:
    """Remove folders of visitors whose cookie ran out long before `now`, in seconds: none comes back.

    A draft can be older than the last visit, so they are left for twice the cookie's life.
    """
    for folder in (data / FOLDER_NAME).glob("*/"):
        with suppress(OSError):  # what cannot be looked at or removed is left
            newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
            if newest < now - 2 * COOKIE_LIFE:
                rmtree(folder)


def new_visitor() -> Visitor:
    """Give a visitor never seen before."""
    return Visitor(token_hex(16))


class Seal:
    """Writes visitors into cookies and reads them back, with a key that only this run knows."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def written(self, visitor: Visitor) -> str:
        """Give a cookie's value for a visitor."""
        alias = _NOT_ASKED if visitor.chosen is None else quote(visitor.chosen)
        return f"{visitor.id}.{alias}.{self._mark(visitor.id, alias)}"

    def read(self, cookie: str) -> tuple[Visitor | None, bool]:
        """Give the visitor a cookie names, if any, and whether this very key has sealed it.

        One from an earlier run still says whose drafts these are, and opens nothing by itself.
        """
        found = _COOKIE.fullmatch(cookie)
        if not found:
            return None, False
        id_, alias, mark = found.groups()
        chosen = None if alias == _NOT_ASKED else unquote(alias)
        if chosen and alias_mistake(chosen):
            return None, False
        return Visitor(id_, chosen), hmac.compare_digest(mark, self._mark(id_, alias))

    def _mark(self, id_: str, alias: str) -> str:
        return hmac.new(self._key, f"{id_}.{alias}".encode(), sha256).hexdigest()
