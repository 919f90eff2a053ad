"""Where the guide and the records live: a flag wins over the environment, which wins over the default."""

import os
from pathlib import Path

CONTENT_VARIABLE = "SERVICE_GROUP_CONTENT"
"""Environment variable that names another content folder."""

DATA_VARIABLE = "SERVICE_GROUP_DATA"
"""Environment variable that names another folder for records and drafts."""

_PACKAGE = Path(__file__).parent


def content_folder(flag: Path | None = None) -> Path:
    """Give the folder the guide is read from; it need not exist."""
    chosen = flag or _from_environment(CONTENT_VARIABLE)
    if chosen:
        return chosen
    bundled = _PACKAGE / "_guide"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "content"


def data_folder(flag: Path | None = None) -> Path:
    """Give the folder that holds records and drafts; it need not exist yet."""
    chosen = flag or _from_environment(DATA_VARIABLE)
    if chosen:
        return chosen
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no folder was named

    return user_data_path("service-group-assistant", appauthor=False)


def _from_environment(variable: str) -> Path | None:
    value = os.environ.get(variable, "").strip()
    return Path(value).expanduser() if value else None
