"""What PostgreSQL's failures mean to a caseworker; codes as in its manual, "PostgreSQL Error Codes"."""

from typing import NamedTuple

from psycopg import Error

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)


class _Meaning(NamedTuple):
    kind: type[RecordsError]
    what: str
    mend: str


_AWAY = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records cannot be reached.",
    "Check that this computer is on the network, and try again later.",
)
_SHUT = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records does not let this computer in.",
    "Ask whoever keeps it whether the user, the password and the database are still right.",
)
_FULL = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records has no room left for more.",
    "Tell whoever keeps it, and try again later.",
)
_STANDBY = _Meaning(
    RecordsUnreachableError,
    "The shared records can be read at present, but not written.",
    "Try again later. If it stays so, tell whoever keeps the server.",
)
_BUSY = _Meaning(
    RecordsBusyError,
    "Others are using the shared records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is still there.",
)
_FORBIDDEN = _Meaning(
    RecordsUnavailableError,
    "The server of the shared records does not allow this to the user of the address.",
    "Ask whoever keeps it for permission to read, add to and change the records' tables.",
)
_MISTAKEN = _Meaning(
    RecordsUnavailableError,
    "The address of the shared records asks for something that is not known here.",
    "Correct what stands after its question mark; `service-group settings` says where it is set.",
)
_DAMAGED = _Meaning(
    RecordsDamagedError,
    "The shared records are damaged, or are no records.",
    "They were left as they are. Tell whoever keeps the server.",
)

_MEANINGS = {
    "08": _AWAY,
    "25006": _STANDBY,
    "28": _SHUT,
    "3D": _SHUT,
    "3F": _FORBIDDEN,
    "40": _BUSY,
    "42501": _FORBIDDEN,
    "53": _AWAY,
    "53100": _FULL,
    "55": _BUSY,
    "57": _AWAY,
    "57014": _BUSY,
    "58": _AWAY,
}
"""By code or its class; any other says that the tables do not hold what they should."""


def explain(error: BaseException | None, where: str) -> RecordsError:
    """Say what a failure of PostgreSQL means, without its own words, which can quote what was written."""
    meaning = _meaning(error)
    return meaning.kind(meaning.what, where=where, mend=meaning.mend)


def _meaning(error: BaseException | None) -> _Meaning:
    state = error.sqlstate if isinstance(error, Error) else None
    if state:
        return _MEANINGS.get(state) or _MEANINGS.get(state[:2], _DAMAGED)
    return _without_code(error)


def _without_code(error: BaseException | None) -> _Meaning:
    """Tell what a failure means that the server did not answer: it was never reached, or was lost."""
    match type(error).__name__:
        case "ProgrammingError":
            return _MISTAKEN
        case "DataError" | "IntegrityError" | "NotSupportedError":
            return _DAMAGED
    connection = error.pgconn if isinstance(error, Error) else None
    return _SHUT if connection and connection.used_password else _AWAY
