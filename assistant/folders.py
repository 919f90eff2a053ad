"""Where the guide and the records live: flag, then environment, then settings file, then default."""

import os
from pathlib import Path

from assistant.settings import Settings, as_path, load_settings

CONTENT_VARIABLE = "SERVICE_GROUP_CONTENT"
"""Environment variable that names another content folder."""

DATA_VARIABLE = "SERVICE_GROUP_DATA"
"""Environment variable that names another folder for records and drafts."""

DRAFTS_VARIABLE = "SERVICE_GROUP_DRAFTS"
"""Environment variable that names a folder of its own for one person's drafts."""

_PACKAGE = Path(__file__).parent


def content_folder(flag: Path | None = None, settings: Settings | None = None) -> Path:
    """Give the folder the guide is read from; it need not exist.

    The settings are read unless they are given. Raises `SettingsError`.
    """
    chosen = flag or _from_environment(CONTENT_VARIABLE)
    if chosen:
        return chosen
    bundled = _PACKAGE / "_guide"
    default = bundled if bundled.is_dir() else _PACKAGE.parent / "content"
    return (settings or load_settings()).content or default


def data_folder(flag: Path | None = None, settings: Settings | None = None) -> Path:
    """Give the folder that holds records and drafts; it need not exist yet.

    The settings are read unless they are given. Raises `SettingsError`.
    """
    chosen = flag or _from_environment(DATA_VARIABLE) or (settings or load_settings()).folder
    if chosen:
        return chosen
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no folder was named

    return user_data_path("service-group-assistant", appauthor=False)


def drafts_folder(data: Path) -> Path:
    """Give the folder that drafts are kept under: the data folder, unless the environment names one."""
    return _from_environment(DRAFTS_VARIABLE) or data


def _from_environment(variable: str) -> Path | None:
    value = os.environ.get(variable, "").strip()
    return as_path(value) if value else None
