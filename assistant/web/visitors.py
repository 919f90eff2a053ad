"""Where the server is reached, and which visitor comes back."""

import hmac
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from types import MappingProxyType
from urllib.parse import quote, unquote

from assistant.text import alias_mistake

WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, and never the default
"""Hosts that stand for every address of this computer."""

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""How a browser on this computer may name it."""


@dataclass(frozen=True)
class Plan:
    """How to serve: where, for how many at once, for how long, and with what for each session.

    `most` sessions live at once, of which `at_once` may be starting; one is ended after `idle`
    seconds without a key or a click, and a page that found no place asks again after `retry`
    seconds. `environment` is added to that of each session's process.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    most: int = 30
    idle: float = 30 * 60.0
    at_once: int = 2
    retry: float = 3.0
    training_only: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Place:
    """Where a server listens: the host as it was named, the address behind it, and the port."""

    host: str
    address: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this computer reaches it."""
        return ip_address(self.address.partition("%")[0]).is_loopback

    @property
    def is_named_loopback(self) -> bool:
        """Tell whether only this computer reaches it, though a name was given that does not say so."""
        return self.is_loopback and self.host.lower() != "localhost" and not _is_digits(self.host)

    @property
    def origin(self) -> str:
        """The address to open, as far as the port."""
        return f"http://{self._authority(self._name)}"

    def is_named_by(self, authority: str) -> bool:
        """Tell whether a request's Host names this server.

        Any other name is somebody else's that was made to lead here, so that a page of theirs
        would count as one of ours. An address in digits cannot be made to.
        """
        asked = authority.lower()
        digits = asked.removesuffix(f":{self.port}")
        if self.host in WILDCARDS and _is_digits(digits):
            return asked in self._spellings(digits)
        names = LOOPBACK_NAMES if self.is_loopback else (self._name,)
        return any(asked in self._spellings(name) for name in (*names, _bracketed(self.host)))

    @property
    def _name(self) -> str:
        return socket.gethostname() if self.host in WILDCARDS else _bracketed(self.host)

    def _authority(self, name: str) -> str:
        return name if self.port == _WEB else f"{name}:{self.port}"

    def _spellings(self, name: str) -> set[str]:
        named = name.lower()
        return {f"{named}:{self.port}", self._authority(named)}


_WEB = 80


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _is_digits(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


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
