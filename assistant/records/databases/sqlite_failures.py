"""What SQLite's failures mean to a caseworker; codes as in sqlite.org, "Result and Error Codes"."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
)
from assistant.records.private import file_among


class _Meaning(NamedTuple):
    kind: type[RecordsError]
    what: str
    mend: str


_BUSY = _Meaning(
    RecordsBusyError,
    "Another copy of the assistant is using the records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is still there.",
)
_FULL = _Meaning(
    RecordsUnavailableError,
    "The disk is full, so nothing was recorded.",
    "Make room on it and try again. Everything recorded before is still there.",
)
_READ_ONLY = _Meaning(
    RecordsUnavailableError,
    "The records can be read but not written.",
    "Ask for permission to write to the file and its folder, or choose another folder.",
)
_UNOPENED = _Meaning(
    RecordsUnavailableError,
    "The records file cannot be opened.",
    "Check that its folder is there, its drive is connected, and that you may write in it.",
)
_REFUSED = _Meaning(
    RecordsUnavailableError,
    "The disk refused to read or write the records.",
    "Check that its drive is connected and has room, then try again.",
)
_DAMAGED = _Meaning(
    RecordsDamagedError,
    "The records file is damaged or is no records file.",
    "It was left as it is. Keep it, and put back a copy made before. To begin anew and keep it beside"
    " the new ones: `service-group records set-aside`.",
)

_MEANINGS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_PERM: _UNOPENED,
    sqlite3.SQLITE_AUTH: _UNOPENED,
    sqlite3.SQLITE_IOERR: _REFUSED,
    sqlite3.SQLITE_IOERR_SHORT_READ: _DAMAGED,
    sqlite3.SQLITE_NOMEM: _REFUSED,
}
"""By extended code or its low byte; any other says that the file does not hold what it should."""


def explain(error: BaseException | None, where: str) -> RecordsError:
    """Say what a failure of SQLite means, without its own words, which can quote what was written."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    meaning = _MEANINGS.get(code) or _MEANINGS.get(code & 0xFF, _DAMAGED)
    return meaning.kind(meaning.what, where=where, mend=meaning.mend)


def explain_os(error: OSError, where: str) -> RecordsError:
    """Say what a failure of the file system means."""
    blocking = file_among(Path(where))
    if blocking:
        return RecordsUnavailableError(
            f"{blocking} is a file, not a folder.",
            where=where,
            mend="Choose another folder for the records, or move that file away.",
        )
    return RecordsUnavailableError(
        f"The folder for the records cannot be used: {error.strerror or 'it cannot be reached'}.",
        where=where,
        mend="Check that it is a folder that you may write in, or choose another folder.",
    )
