"""The settings and where each comes from: flag, environment, file, default."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl

from assistant.errors import SettingsError
from assistant.text import ALIAS_MOST, Problem, alias_mistake, did_you_mean, position_after

SETTINGS_VARIABLE = "SERVICE_GROUP_SETTINGS"
"""Environment variable that names another settings file."""

ALIAS_VARIABLE = "SERVICE_GROUP_ALIAS"
"""Environment variable with the alias to use now."""

RECORDS_URL_VARIABLE = "SERVICE_GROUP_RECORDS_URL"
"""Environment variable with the address of the database that holds the records."""

FILE_NAME = "settings.toml"
"""Name of the file in the folder that the system keeps for a user's settings."""

_MOST_BYTES = 16_384
"""No settings come near this; what does is another kind of file."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with the value it has where nobody set it; a folder is absolute, or None.

    `folder` holds records and drafts, `content` the guide; `alias` is a worker's name in training.
    `records_url` is the address of an agency's database, which can hold a password.
    """

    theme: Literal["dark", "light"] = "dark"
    reduced_motion: bool = False
    plain: bool = False
    folder: Path | None = None
    content: Path | None = None
    alias: str = ""
    records_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reading:
    """What a settings file says: the settings in it that can be used, and every mistake.

    `there` tells whether there is a file, `given` which settings it sets without a mistake.
    """

    path: Path
    there: bool
    settings: Settings = Settings()
    given: frozenset[str] = frozenset()
    problems: tuple["Problem", ...] = ()


class SettingsProblemsError(SettingsError):
    """The settings have mistakes; `problems` holds all of them, in the order of the lines."""

    def __init__(self, path: Path, problems: Iterable["Problem"]) -> None:
        from assistant.text import as_text, counted  # noqa: PLC0415 - only where there are some

        self.problems = tuple(problems)
        super().__init__(
            f"The settings cannot be used: {counted(len(self.problems), 'mistake')}."
            f"\n{as_text(self.problems)}",
            where=str(path),
            mend="correct the lines named above, or take them out; `service-group settings` checks.",
        )


def load_settings() -> Settings:
    """Give the settings to work with.

    Raises `SettingsProblemsError` for a file with mistakes, since half of what was set is not what
    was set; `SettingsError` for one that cannot be read, and for an alias or an
    address in the environment that can be none.
    """
    reading = read_settings()
    if reading.problems:
        raise SettingsProblemsError(reading.path, reading.problems)
    set_here = reading.settings
    return replace(set_here, alias=alias_in_use(set_here), records_url=records_url_in_use(set_here))


def alias_in_use(settings: Settings) -> str:
    """Give the alias: the environment's, or the one set; raises `SettingsError` for none of either."""
    typed = os.environ.get(ALIAS_VARIABLE, "").strip()
    if not typed:
        return settings.alias

    if mistake := alias_mistake(typed):
        mend = "name another there, such as blue-heron, or take it out."
        raise SettingsError(
            f"The alias cannot be used: {mistake}.", where=ALIAS_VARIABLE, mend=mend
        )
    return typed


def records_url_in_use(settings: Settings) -> str:
    """Give the address of the records' database, empty where they are kept on this computer.

    It is the environment's, or the one set; raises `SettingsError` for one that can be none.
    """
    typed = os.environ.get(RECORDS_URL_VARIABLE, "").strip()
    if not typed:
        return settings.records_url

    if mistake := url_mistake(typed):
        raise SettingsError(
            f"The records cannot be reached: {mistake}.",
            where=RECORDS_URL_VARIABLE,
            mend="correct it there, or take it out to use the settings file.",
        )
    return typed


def read_settings() -> Reading:
    """Read the file, with its mistakes; raises `SettingsError` where it cannot be read.

    There need be none, unless the environment names one: then records would quietly go elsewhere.
    """
    path, named = settings_path(), bool(_named())
    try:
        with path.open("rb") as file:
            written = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        if named:
            raise _unreadable(path, "it is not there") from None
        return Reading(path, there=False)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or "no such name") from None
    if len(written) > _MOST_BYTES:
        raise _unreadable(path, "it is far too long for settings")

    values, problems = checked(written, str(path))
    return Reading(path, True, Settings(**values), frozenset(values), tuple(sorted(problems)))


def settings_path() -> Path:
    """Give where the settings file is or would be."""
    if _named():
        return as_path(_named())
    from platformdirs import user_config_path  # noqa: PLC0415 - only where no file was named

    return user_config_path("service-group-assistant", appauthor=False) / FILE_NAME


def as_path(typed: str) -> Path:
    """Give the path a person wrote, with `~` as their own folder; somebody unknown's stays a `~`."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def _named() -> str:
    return os.environ.get(SETTINGS_VARIABLE, "").strip()


def _unreadable(path: Path, why: str) -> SettingsError:
    return SettingsError(
        f"The settings file cannot be read: {why}.",
        where=str(path),
        mend=f"put it right, or take it away; {SETTINGS_VARIABLE} can name another.",
    )


_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How Python before 3.14 ends a message: with the place, which later ones also have as numbers."""

_UP_TO_VALUE = re.compile(r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w-]+|[\s.])+=\s*""")
"""A key, plain, quoted or dotted, its equals sign, and the blanks before its value."""


class Place(NamedTuple):
    """Where a key and its value stand, each as line and column from 1."""

    key: tuple[int, int]
    value: tuple[int, int]


class TomlMistakeError(ValueError):
    """The text is not TOML: `message` says why, `line` and `column` (from 1) where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def parsed(text: str) -> dict[str, Any]:
    """Give what the text holds; raises `TomlMistakeError`."""
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        place = (int(where[1]), int(where[2])) if where and where[1] else _end(text)
        raise TomlMistakeError(_WHERE.sub("", message), *place) from None
    except (ValueError, RecursionError):
        raise TomlMistakeError("A number or a list is far too long", 1, 1) from None


def places(text: str) -> dict[str, Place]:
    """Give where each top key is first written, for text that is TOML."""
    found: dict[str, Place] = {}
    in_table = False
    for line, statement, key in _statements(text):
        header = statement.lstrip().startswith("[")
        if header or not in_table:
            found.setdefault(key, _place(line, statement))
        in_table = in_table or header
    return found


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """Give each statement with the line it begins on and its top key.

    A statement that is cut short is no TOML, so it ends where it becomes some.
    """
    import tomllib  # noqa: PLC0415 - as above

    statement, begins = "", 1
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        statement += f"{line}\n"
        try:
            holds = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        for key in holds:
            yield begins, statement, key
        statement, begins = "", number + 1


def _place(line: int, statement: str) -> Place:
    indent = len(statement) - len(statement.lstrip())
    key = (line, indent + 1)
    before_value = _UP_TO_VALUE.match(statement)
    return Place(key, (line, before_value.end() + 1) if before_value else key)


def _end(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


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


class _Wrong(NamedTuple):
    message: str
    rule: str


def checked(written: bytes, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Give the values that a settings file sets, by name, and every mistake in it."""
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = position_after(error.object[: error.start].decode())
        return {}, [Problem(file, *place, "the file is not UTF-8 text", "encoding")]
    try:
        data = parsed(text)
    except TomlMistakeError as error:
        return {}, [Problem(file, error.line, error.column, _no_toml(error, text), "toml")]
    values = {name: CHECKS[name](value) for name, value in data.items() if name in CHECKS}
    good = {name: value for name, value in values.items() if not isinstance(value, _Wrong)}
    return good, list(_problems(text, file, data, values)) if len(good) < len(data) else []


def _problems(
    text: str, file: str, data: Mapping[str, object], values: Mapping[str, object]
) -> Iterator[Problem]:
    stands = places(text)
    for name, value in data.items():
        now = values.get(name)
        if name not in values:
            yield Problem(file, *stands[name].key, _unknown(name, value), "unknown-key")
        elif isinstance(now, _Wrong):
            yield Problem(file, *stands[name].value, now.message, now.rule)


def _unknown(name: str, value: object) -> str:
    section = "; settings stand in no [section]" if isinstance(value, dict | list) else ""
    return f"there is no setting {name!r}{did_you_mean(name, CHECKS) or section}"


def _no_toml(error: TomlMistakeError, text: str) -> str:
    line = [*text.splitlines(), ""][error.line - 1]
    hint = (
        "in double quotes, each \\ is written twice; in single quotes it stands for itself"
        if "\\" in line
        else 'words stand in quotes, as in theme = "light", and true and false without'
    )
    return f"this is not TOML: {error.message[:1].lower()}{error.message[1:]}; {hint}"


def _theme(value: object) -> str | _Wrong:
    if isinstance(value, str) and value in {"dark", "light"}:
        return value
    near = did_you_mean(value, ["dark", "light"]) if isinstance(value, str) else ""
    return _Wrong(f'theme is "dark" or "light"{near}', "unknown-value")


def _yes_or_no(value: object) -> bool | _Wrong:
    if isinstance(value, bool):
        return value
    return _Wrong("this is true or false, without quotes", "wrong-shape")


def _folder(value: object) -> Path | _Wrong:
    """Take a folder that is the same wherever the assistant is started; it need not be there."""
    if not isinstance(value, str) or not value.strip():
        return _Wrong("a folder is a name in quotes", "wrong-shape")
    if not value.isprintable():
        return _Wrong("no folder's name has such a character", "character")
    try:
        path = Path(value.strip()).expanduser()
    except RuntimeError:
        return _Wrong("nobody here has the name after ~", "unknown-value")
    if not path.is_absolute():
        return _Wrong("a folder is written out from the root, or from ~", "relative-folder")
    return path


def _alias(value: object) -> str | _Wrong:
    if not isinstance(value, str):
        return _Wrong("an alias is a word in quotes", "wrong-shape")
    mistake = alias_mistake(value)
    rule = "too-long" if len(value) > ALIAS_MOST else "alias"
    return _Wrong(mistake, rule) if mistake else value


def _records_url(value: object) -> str | _Wrong:
    """Take an address, or nothing; what it says is never repeated, since it can hold a password."""
    if not isinstance(value, str):
        return _Wrong("an address is text in quotes", "wrong-shape")
    mistake = url_mistake(value.strip()) if value.strip() else ""
    return _Wrong(mistake, "address") if mistake else value.strip()


CHECKS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "theme": _theme,
        "reduced_motion": _yes_or_no,
        "plain": _yes_or_no,
        "folder": _folder,
        "content": _folder,
        "alias": _alias,
        "records_url": _records_url,
    }
)
"""Each setting's check: it gives the value as the assistant uses it, or what is wrong with it."""
