"""Every error a user can meet, its exit code, and what is said when the assistant itself fails."""

from typing import ClassVar


class AssistantError(Exception):
    """Says what is wrong, where, and how to mend it, in sentences a caseworker can act on."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        """Give the parts that are known, one a line."""
        where = f"Where: {self.where}" if self.where else ""
        mend = f"What to do: {self.mend}" if self.mend else ""
        return "\n".join(part for part in (self.what, where, mend) if part)


class UsageError(AssistantError):
    """The command or the facts given to it cannot be used as they are."""

    exit_code = 2


class SettingsError(AssistantError):
    """The settings file cannot be read, or has mistakes."""


class GuideError(AssistantError):
    """The guide in the content folder is missing, cannot be read, or does not hold together."""


class RecordsError(AssistantError):
    """The record store cannot do what was asked; nothing already recorded is lost."""


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


class RecordsPendingError(RecordsError):
    """What was to be recorded is safe on this computer, and not yet in the shared records."""
