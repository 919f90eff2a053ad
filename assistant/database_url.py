"""The address of an agency's database: what is wrong with one, and how it is shown without secrets."""

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

DEFAULT_PORT = 5432
"""Where PostgreSQL listens unless told otherwise."""

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_URL = re.compile(
    r"postgresql(?:\+psycopg)?://"
    r"(?:(?P<user>[^:/@?#\s]*)(?P<password>:[^@\s]*)?@)?"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])?"
    r"(?::(?P<port>\d{1,5}))?"
    r"/(?P<name>[^/?#%\s]+)"
    r"(?:\?(?P<query>[^#\s]*))?"
)

_TOLD = frozenset({"sslmode", "sslrootcert", "host", "port", "target_session_attrs"})
"""What may be shown of the part after the question mark; anything else could be a secret."""


class Server(NamedTuple):
    """Where an address leads: neither who asks nor with which password."""

    name: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"PostgreSQL database {self.name} at {self.host}:{self.port}"


def url_mistake(url: str) -> str:
    """Say what keeps a text from being a database's address, or nothing; never what it says."""
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        return "an address of records begins with postgresql:// or postgresql+psycopg://"
    found = _URL.fullmatch(url)
    if not found or not url.isprintable():
        return (
            "an address of records is postgresql://user:password@host:port/database; in a password,"
            " @ is written %40, and a space %20"
        )
    if any("password" in name for name, _ in _query(found)):
        return "a password stands before the @ of an address, not after its question mark"
    return ""


def without_secrets(url: str) -> str:
    """Give an address as it may be shown: three stars stand for a password."""
    found = _URL.fullmatch(url)
    if not found:
        return "***" if url else ""
    password = ":***" if found["password"] else ""
    who = f"{found['user']}{password}@" if found["user"] or password else ""
    port = f":{found['port']}" if found["port"] else ""
    told = "&".join(f"{name}={value if name in _TOLD else '***'}" for name, value in _query(found))
    scheme = url.partition("://")[0]
    where = f"{found['host'] or ''}{port}/{found['name']}"
    return f"{scheme}://{who}{where}{'?' if told else ''}{told}"


def server_of(url: str) -> Server:
    """Give where an address without a mistake leads."""
    found = _URL.fullmatch(url)
    if not found:
        raise ValueError("an address of records")
    asked = dict(_query(found))
    host = found["host"] or asked.get("host") or "localhost"
    port = found["port"] or asked.get("port") or ""
    return Server(found["name"], host, int(port) if port.isdecimal() else DEFAULT_PORT)


def _query(found: re.Match[str]) -> list[tuple[str, str]]:
    return parse_qsl(found["query"] or "", keep_blank_values=True)
