"""Moves records that cannot be used out of the way, whole and unread, so that new ones can begin."""

import os
from datetime import datetime
from pathlib import Path

from assistant.records.databases.sqlite_failures import explain_os
from assistant.records.databases.sqlite_file import FILE_NAME, HEAD_NAME
from assistant.records.private import FILE_MODE, tighten

_JOURNAL = "-journal"


def kept_in(folder: Path) -> list[Path]:
    """Give the files that the records in a data folder are, those that are there."""
    names = (FILE_NAME, f"{FILE_NAME}{_JOURNAL}", HEAD_NAME)
    return [folder / name for name in names if os.path.lexists(folder / name)]


def copies_in(folder: Path) -> list[Path]:
    """Give the older copies of the records in a data folder: made before an upgrade, or set aside."""
    found = (*folder.glob("records.before-upgrade-*"), *folder.glob("records.set-aside-*"))
    return sorted(path for path in found if path.suffix != ".head")


def set_aside(folder: Path, now: datetime) -> list[Path]:
    """Move the records under names with the time in them, never over another file; give the new places.

    The journal goes with its file, since it may hold the half of a write. What remembers the end
    of the chain goes last: until then, nobody takes the folder for one without records. Raises a
    `RecordsError` where a file cannot be moved.
    """
    aside = _free_name(folder, f"records.set-aside-{now:%Y%m%d-%H%M%S}")
    places = []
    for path in kept_in(folder):
        place = folder / f"{aside}{path.name.removeprefix('records')}"
        try:
            path.rename(place)
            tighten(place, FILE_MODE)
        except OSError as error:
            raise explain_os(error, str(path)) from None
        places.append(place)
    return places


def _free_name(folder: Path, name: str) -> str:
    names = (name, *(f"{name}-{number}" for number in range(2, 1_000)))
    return next(one for one in names if not any(folder.glob(f"{one}.*")))
