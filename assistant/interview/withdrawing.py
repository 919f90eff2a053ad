"""Withdraws a recorded entry: it stays among the records, and no longer stands."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import RecordsPendingError
from assistant.interview.recording import Before
from assistant.records.entry import Withdrawal

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


def withdraw(
    before: Before,
    why: str,
    *,
    id_: str,
    when: datetime,
    open_records: "Callable[[], RecordStore]",
) -> str:
    """Withdraw an entry, and give the sentence that says so; tried again with one id, it is one.

    Raises `RecordsError` where the entry stands as before.
    """
    withdrawal = Withdrawal(id=id_, when=when, withdraws=before.entry.id, why=why.strip())
    try:
        open_records().add(withdrawal)
    except RecordsPendingError as pending:
        return str(pending)
    return (
        f"Entry {before.seq} is withdrawn. If its group stands in the agency's data system, mend"
        " that too."
    )
