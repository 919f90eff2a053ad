"""What a person has set for good, in one TOML file; a flag or the environment wins over it.

It is looked for at every start, so what reads it is loaded only where the file is there.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.problems import Problem

SETTINGS_VARIABLE = "SERVICE_GROUP_SETTINGS"
"""Environment variable that names another settings file."""

FILE_NAME = "settings.toml"
"""Name of the file in the folder that the system keeps for a user's settings."""

_MOST_BYTES = 16_384
"""No settings come near this; what does is another kind of file."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with the value it has where nobody set it; a folder is absolute, or None.

    `folder` holds records and drafts, `content` the guide; `alias` is a worker's name in training.
    """

    theme: Literal["dark", "light"] = "dark"
    reduced_motion: bool = False
    plain: bool = False
    folder: Path | None = None
    content: Path | None = None
    alias: str = ""


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
    was set; `SettingsError` for one that cannot be read.
    """
    reading = read_settings()
    if reading.problems:
        raise SettingsProblemsError(reading.path, reading.problems)
    return reading.settings


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
