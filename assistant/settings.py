"""The settings and the folders, and where each comes from: flag, environment, file, default."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl

from assistant.errors import NoHomeError, SettingsError
from assistant.private import decoded, private_folder, read_foreign, replace_private
from assistant.shapes import Frozen
from assistant.text import alias_mistake, counted, did_you_mean, position_after

# Environment variables, each with what it names.
SETTINGS_VARIABLE = "SERVICE_GROUP_SETTINGS"  # another settings file
CONTENT_VARIABLE = "SERVICE_GROUP_CONTENT"  # another content folder
DECISIONS_VARIABLE = "SERVICE_GROUP_DECISIONS"  # the file of the agency's own decisions
DATA_VARIABLE = "SERVICE_GROUP_DATA"  # another folder for records and drafts
DRAFTS_VARIABLE = "SERVICE_GROUP_DRAFTS"  # a separate folder for one person's drafts
ALIAS_VARIABLE = "SERVICE_GROUP_ALIAS"  # the alias to use now
RECORDS_URL_VARIABLE = "SERVICE_GROUP_RECORDS_URL"  # the database that holds the records
CLASS_VARIABLE = "SERVICE_GROUP_CLASS"  # the file of the class that practice offers first

FILE_NAME = "settings.toml"  # in the folder that the system keeps for a user's settings
_MOST_BYTES = 16_384  # no settings come near this; what does is another kind of file

_PACKAGE = Path(__file__).parent

NO_FILE = Path("none: HOME names no folder")  # stands for the settings file where there can be none


class Settings(Frozen):
    """Every setting, with the value it has where nobody set it; a folder is absolute, or None.

    `folder` holds records and drafts, `content` the guide; `decisions` is the file of the agency's
    own decisions about it; `alias` is a worker's name in training.
    `records_url` is the address of an agency's database, which can hold a password.
    """

    theme: Literal["dark", "light"] = "dark"
    reduced_motion: bool = False
    plain: bool = False
    folder: Path | None = None
    content: Path | None = None
    decisions: Path | None = None
    alias: str = ""
    records_url: str = field(default="", repr=False)


class SettingsFile(Frozen):
    """What a settings file says: the settings in it that can be used, and every mistake.

    `there` tells whether there is a file, `given` which settings it sets without a mistake;
    `mistakes` is a line of text each.
    """

    path: Path
    there: bool
    settings: Settings = Settings()
    given: frozenset[str] = frozenset()
    mistakes: tuple[str, ...] = ()


def load_settings() -> Settings:
    """Return the settings to work with.

    Raises `SettingsError` for a file with mistakes, since half of what was set is not what was set;
    for one that cannot be read; and for an alias or an address in the environment that can be none.
    """
    file = read_settings()
    if file.mistakes:
        said = "\n".join(file.mistakes)
        raise SettingsError(
            f"The settings cannot be used: {counted(len(file.mistakes), 'mistake')}.\n{said}",
            where=str(file.path),
            mend="fix or delete the lines named above. To check, run `service-group settings`.",
        )
    found = file.settings
    return replace(found, alias=alias_in_use(found), records_url=records_url_in_use(found))


def alias_in_use(settings: Settings) -> str:
    """Return the environment's alias, or the one set; raises `SettingsError` for none of either."""
    typed = _environment(ALIAS_VARIABLE)
    if typed and (mistake := alias_mistake(typed)):
        mend = "set a different alias there, or remove the setting."
        raise SettingsError(
            f"The alias cannot be used: {mistake}.", where=ALIAS_VARIABLE, mend=mend
        )
    return typed or settings.alias


def records_url_in_use(settings: Settings) -> str:
    """Return the environment's address of the records' database, or the one set, empty for none.

    Raises `SettingsError` for one that can be none.
    """
    typed = _environment(RECORDS_URL_VARIABLE)
    if typed and (mistake := url_mistake(typed)):
        raise SettingsError(
            f"The records cannot be reached: {mistake}.",
            where=RECORDS_URL_VARIABLE,
            mend="fix it there, or remove it to use the settings file.",
        )
    return typed or settings.records_url


def content_folder(flag: Path | None = None, settings: Settings | None = None) -> Path:
    """Return the folder the guide is read from, there or not; the settings are read unless given."""
    if chosen := flag or _folder_named(CONTENT_VARIABLE):
        return chosen
    return (settings or load_settings()).content or bundled_guide()


def bundled_guide() -> Path:
    """Return the folder of the guide that came along: in the installed package, or in the checkout."""
    installed = _PACKAGE / "_guide"
    return installed if installed.is_dir() else _PACKAGE.parent / "content"


def decisions_file(flag: Path | None = None, settings: Settings | None = None) -> Path | None:
    """Return the file of the agency's own decisions, if any; the settings are read unless given."""
    chosen = flag or _folder_named(DECISIONS_VARIABLE)
    return chosen or (settings or load_settings()).decisions


def data_folder(flag: Path | None = None, settings: Settings | None = None) -> Path:
    """Return the folder of records and drafts, there or not; the settings are read unless given."""
    chosen = flag or _folder_named(DATA_VARIABLE) or (settings or load_settings()).folder
    if chosen:
        return chosen
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no folder was named

    return _of_user(user_data_path, DATA_VARIABLE)


def known_data_folder(settings: Settings | None = None) -> Path | None:
    """Return the folder of records and drafts, None where nobody knows which is the user's."""
    try:
        return data_folder(settings=settings)
    except NoHomeError:
        return None


def _of_user(find: Callable[..., Path], variable: str) -> Path:
    """Return the folder that the system has for a user; raises `NoHomeError` where nobody knows whose."""
    with suppress(RuntimeError):
        folder = find("service-group-assistant", appauthor=False)
        if folder.is_absolute():
            return folder
    raise NoHomeError(
        "This computer does not say which folder is yours, so nothing can be kept there.",
        where="HOME",
        mend=f"set HOME to the full path of your own folder, or set {variable}.",
    )


def keep_crash_report(report: str) -> Path:
    """Keep a report of a fault in the data folder, and return its file; raises `OSError`."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only where there is a fault

    folder = private_folder(private_folder(data_folder()) / "crashes", wholly_ours=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    replace_private(path, report.encode())
    return path


def drafts_folder(data: Path) -> Path:
    """Return the folder of drafts: the data folder, unless the environment names another."""
    return _folder_named(DRAFTS_VARIABLE) or data


def settings_path() -> Path:
    """Return where the settings file is or would be."""
    if named := _folder_named(SETTINGS_VARIABLE):
        return named
    from platformdirs import user_config_path  # noqa: PLC0415 - only where no file was named

    return _of_user(user_config_path, SETTINGS_VARIABLE) / FILE_NAME


def _environment(variable: str) -> str:
    return os.environ.get(variable, "").strip()


def _folder_named(variable: str) -> Path | None:
    """Return the path in the environment, `~` as one's own folder; raises `SettingsError` for nobody's."""
    typed = _environment(variable)
    try:
        path = Path(typed).expanduser() if typed else None
    except RuntimeError:
        path = Path(typed)
    if path and typed.startswith("~") and not path.is_absolute():
        raise SettingsError(
            "The folder cannot be found: this computer does not know whose ~ that is.",
            where=variable,
            mend="write the full path there, or set HOME to the full path of your own folder.",
        )
    return path


def read_settings() -> SettingsFile:
    """Read the file, with its mistakes; raises `SettingsError` where it cannot be read.

    There need be none, unless the environment names one: then records would quietly go elsewhere.
    """
    try:
        path = settings_path()
    except NoHomeError:
        return SettingsFile(NO_FILE, there=False)
    try:
        written = read_foreign(path, _MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        if _environment(SETTINGS_VARIABLE):
            raise _unreadable(path, "there is no such file") from None
        return SettingsFile(path, there=False)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or "no such name") from None
    values, mistakes = checked(written)
    said = tuple(
        f"{path}{f':{line}' if line else ''}: {mistake}" for line, mistake in sorted(mistakes)
    )
    return SettingsFile(path, True, Settings(**values), frozenset(values), said)


def _unreadable(path: Path, why: str) -> SettingsError:
    return SettingsError(
        f"The settings file cannot be read: {why}.",
        where=str(path),
        mend=f"fix it or remove it, or set {SETTINGS_VARIABLE} to a different file.",
    )


def checked(written: bytes) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """Return the values that a settings file sets, and every mistake after its line, 0 where unknown."""
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    text = ""
    try:
        text = decoded(written)
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line, _ = position_after(error.object[: error.start].decode())
        return {}, [(line, f"the file is {error.reason}")]
    except tomllib.TOMLDecodeError as error:
        return {}, [_no_toml(str(error), text)]
    except (ValueError, RecursionError):
        return {}, [(0, "this is not TOML: a number or a list is too long")]
    readers = {setting.name: setting.read for setting in SETTINGS}
    values: dict[str, Any] = {}
    mistakes = []
    for name, value in data.items():
        try:
            if name in readers:
                values[name] = readers[name](value)
            else:
                mistakes.append((_line_of(name, text), _unknown(name, value)))
        except ValueError as error:
            mistakes.append((_line_of(name, text), f"{name}: {error}"))
    return values, mistakes


_NO_BOOLEAN = r"\s*[\w-]+\s*=\s*(?i:yes|no|on|off|true|false)\s*(?:#.*)?"


def _no_toml(message: str, text: str) -> tuple[int, str]:
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    written = [*text.splitlines(), ""][line - 1]
    hint = (
        "write true or false, in small letters and without quotes"
        if re.fullmatch(_NO_BOOLEAN, written)
        else "in double quotes, write each \\ twice; in single quotes, write it once"
        if "\\" in written
        else 'put words in quotes, as in theme = "light", but not true and false'
    )
    return line, f"this is not TOML: {message[:1].lower()}{message[1:]}; {hint}"


def _line_of(name: str, text: str) -> int:
    """Return the first line that begins with a key or with the head of its section, or 0."""
    begins = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[].=]""")
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), 1)
    return next((number for number, line in lines if begins.match(line)), 0)


def _unknown(name: str, value: object) -> str:
    near = did_you_mean(name, (setting.name for setting in SETTINGS))
    section = "; do not put settings in a [section]" if isinstance(value, dict | list) else ""
    return f"there is no setting {name!r}{near or section}"


def _theme(value: object) -> str:
    if isinstance(value, str) and value in {"dark", "light"}:
        return value
    near = did_you_mean(value, ["dark", "light"]) if isinstance(value, str) else ""
    raise ValueError(f'this is "dark" or "light"{near}')


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("this must be true or false, without quotes")


def _folder(value: object, kind: str = "folder") -> Path:
    """Take a place that is the same from wherever the assistant is started; it need not be there."""
    name = _text(value)
    if not name:
        raise ValueError(f"a {kind} must be a name in quotes")
    if not name.isprintable():
        raise ValueError(f"a {kind}'s name cannot have that character")
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise ValueError("this computer has no user with the name after ~") from None
    if not path.is_absolute():
        raise ValueError(f"write the full path of the {kind}, or start it with ~")
    return path


def _checked_text(value: object, mistake_in: Callable[[str], str]) -> str:
    """Take text that a check finds no mistake in, or nothing; it is never repeated, as a secret may be."""
    text = _text(value)
    if text and (mistake := mistake_in(text)):
        raise ValueError(mistake)
    return text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise ValueError("this must be text in quotes")


DEFAULT_PORT = 5432  # where PostgreSQL listens unless told otherwise

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_URL = (
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
    """Return what keeps a text from being a database's address, or nothing; never what it says."""
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        return "the records address must start with postgresql:// or postgresql+psycopg://"
    found = re.fullmatch(_URL, url)
    if not found or not url.isprintable():
        return (
            "write the records address as postgresql://user:password@host:port/database; in a password,"
            " write @ as %40 and a space as %20"
        )
    if any("password" in name for name, _ in _query(found)):
        return "put the password before the @ of the address, not after its question mark"
    return ""


def without_secrets(url: str) -> str:
    """Return an address as it may be shown: three stars stand for a password."""
    found = re.fullmatch(_URL, url)
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
    """Return where an address without a mistake leads."""
    found = re.fullmatch(_URL, url)
    if not found:
        raise ValueError("an address of records")
    asked = dict(_query(found))
    host = found["host"] or asked.get("host") or "localhost"
    port = found["port"] or asked.get("port") or ""
    return Server(found["name"], host, int(port) if port.isdecimal() else DEFAULT_PORT)


def may_be_unencrypted(url: str) -> bool:
    """Tell whether an address leads to another computer and does not say that the way is encrypted."""
    found, server = re.fullmatch(_URL, url), server_of(url)
    here = server.host == "localhost" or server.host.startswith(
        ("127.", "[::1]", "::1", "/", "%2F")
    )
    asked = dict(_query(found)) if found else {}
    return not (here or "sslmode" in asked or _environment("PGSSLMODE"))


def _query(found: re.Match[str]) -> list[tuple[str, str]]:
    return parse_qsl(found["query"] or "", keep_blank_values=True)


class Setting(NamedTuple):
    """A setting: `read` returns its value or raises `ValueError`; `variable` wins over the file."""

    name: str
    read: Callable[[object], object]
    variable: str = ""


SETTINGS = (
    Setting("theme", _theme),
    Setting("reduced_motion", _yes_or_no),
    Setting("plain", _yes_or_no),
    Setting("folder", _folder, DATA_VARIABLE),
    Setting("content", _folder, CONTENT_VARIABLE),
    Setting("decisions", partial(_folder, kind="file"), DECISIONS_VARIABLE),
    Setting("alias", partial(_checked_text, mistake_in=alias_mistake), ALIAS_VARIABLE),
    Setting("records_url", partial(_checked_text, mistake_in=url_mistake), RECORDS_URL_VARIABLE),
)
"""Every setting, in the order of `Settings`."""
