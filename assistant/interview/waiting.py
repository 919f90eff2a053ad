"""What every front end says of records that wait on this computer to be sent to a shared store."""

from typing import TYPE_CHECKING

from assistant.problems import counted

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


def waiting_words(store: "RecordStore") -> str:
    """Say how many records are not in the store yet, and that some are refused; "" where none wait."""
    waiting = store.waiting()
    if not waiting:
        return ""
    refused = sum(bool(one.refused) for one in waiting)
    why = f"; {refused} refused: `service-group records send` says why" if refused else ""
    return (
        f"{counted(len(waiting), 'record')} on this computer, not in the shared records yet{why}."
    )
