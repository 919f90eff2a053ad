"""What a person has set for good, in one TOML file; a flag or the environment wins over it.

It is looked for at every start, so what reads it is loaded only where the file is there.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.problems import Problem

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
        from assistant.problems import as_text, counted  # noqa: PLC0415 - only where there are some

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
    from assistant.settings_file import alias_mistake  # noqa: PLC0415 - only for one to be checked

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
    from assistant.database_url import url_mistake  # noqa: PLC0415 - only for one to be checked

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
    from assistant.settings_file import checked  # noqa: PLC0415 - only for a file that is there

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
