"""Every error a user can meet, its exit code, and what is said when the assistant itself fails."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

CRASHED = 70  # exit code after a fault in the assistant itself


class AssistantError(Exception):
    """Says what is wrong, where, and how to mend it, in sentences a caseworker can act on."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        where = f"Where: {self.where}" if self.where else ""
        mend = f"What to do: {self.mend}" if self.mend else ""
        return "\n".join(part for part in (self.what, where, mend) if part)


class UsageError(AssistantError):
    """The command or the facts given to it cannot be used as they are."""

    exit_code = 2


class SettingsError(AssistantError):
    """The settings file cannot be read, or has mistakes."""


class NoHomeError(SettingsError):
    """The system does not say which folder is the user's, and no setting names another."""


class OutputError(AssistantError):
    """What a command says cannot be written: the disk is full, or there is nothing to write to."""


class GuideError(AssistantError):
    """The guide in the content folder is missing, cannot be read, or does not hold together."""


class RecordsError(AssistantError):
    """The record store cannot do what was asked; nothing already recorded is lost."""


class NoSuchEntryError(RecordsError):
    """The records hold nothing under the number given."""


class RecordsUnavailableError(RecordsError):
    """The folder or file cannot be reached or written: no permission, read-only, or full."""


class RecordsUnreachableError(RecordsUnavailableError):
    """The server that holds the records cannot be used now; the same may succeed later."""


class RecordsDamagedError(RecordsError):
    """The file is there but is not a record store that can be read."""


class RecordsBusyError(RecordsError):
    """Another copy of the assistant held the store for longer than this one waited."""


class RecordsNewerError(RecordsError):
    """The store was made by a newer assistant than this one."""


class RecordsOlderError(RecordsError):
    """The shared store was made by an older assistant, and waits until somebody upgrades it."""


class RecordsPendingError(RecordsError):
    """What you recorded is safe on this computer, and not yet in the shared records."""


def surroundings_error(error: OSError) -> AssistantError:
    """Return what a refusal of the system that nothing else explains means: no fault of the program."""
    name = error.filename if isinstance(error.filename, str) else ""
    return AssistantError(
        f"This computer refused: {error.strerror or 'it gave no reason'}.",
        where=repr(name)[1:-1],  # control characters in a name are not sent to a terminal
        mend="check the name, the permissions, and the free space. Then run the command again.",
    )


def crash_sentence(error: BaseException, keep: Callable[[str], Path]) -> str:
    """Have a report of a fault kept, and return in three sentences what happened and what to do."""
    path = None
    with suppress(
        Exception
    ):  # what stopped the program may stop this too, and is told all the same
        path = keep(crash_report(error))
    kept = f" A report without any case details is in {path}." if path else ""
    return (
        "The assistant stopped because of an error in the program. Your entries are safe, and your"
        f" answers so far are saved.{kept} Start the assistant again. If this happens again, show"
        " the report to the person who looks after the assistant."
    )


def crash_report(error: BaseException) -> str:
    """Return the kinds of error and the places in the code, without messages or values."""
    python = sys.version.split(maxsplit=1)[0]
    return "\n".join([f"Python {python} on {sys.platform}", *_places(error)]) + "\n"


def _places(error: BaseException) -> Iterator[str]:
    from traceback import extract_tb  # noqa: PLC0415 - only where there is a fault

    seen: BaseException | None = error
    while seen is not None:
        yield type(seen).__qualname__
        for frame in extract_tb(seen.__traceback__):
            yield f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        seen = seen.__cause__ or seen.__context__
