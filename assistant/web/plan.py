"""What a server is asked for, and what follows from where it is reached."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import MappingProxyType

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
