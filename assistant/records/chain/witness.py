"""What this computer remembers of the end of the chain, outside the store.

Whoever cuts the last entries off a store, or puts another in its place, leaves it whole in itself;
only something outside can tell. It is written after an entry is safe, so that after a power cut it
may be a little behind the store, never ahead.
"""

import json
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection, select

from assistant.records.chain.links import Head
from assistant.records.private import private_folder, replace_private
from assistant.records.schema import ENTRIES

_MOST_BYTES = 1_024


class Witness:
    """Remembers a chain's end in a small file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Where it is remembered."""
        return self._path

    def remembered(self) -> Head | None:
        """Give the end of the chain as last seen here, None where none can be read."""
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return None
            return Head(**json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def saw(self, head: Head) -> None:
        """Remember a later end of the chain.

        What cannot be written is let be: the entry is safe already, and the next one tells as much.
        """
        known = self.remembered()
        if known and known.store_id == head.store_id and known.count >= head.count:
            return
        try:
            private_folder(self._path.parent)
            replace_private(self._path, json.dumps(asdict(head)).encode())
        except OSError:
            return


def contradiction(connection: Connection, head: Head, remembered: Head | None) -> str:
    """Say in a sentence how a store's end contradicts what this computer remembers; "" if it does not."""
    if remembered is None or remembered.count == 0:
        return ""
    if remembered.store_id != head.store_id:
        return (
            "These are other records than were kept here before,"
            f" which held {remembered.count:,} entries."
        )
    if head.count < remembered.count:
        return (
            f"The records end at number {head.count:,}, but {remembered.count:,} were kept here:"
            " the last ones are missing."
        )
    query = select(ENTRIES.c.hash).where(ENTRIES.c.seq == remembered.count)
    if connection.scalar(query) != remembered.hash:
        return f"Number {remembered.count:,} in the records is not the one that was kept here."
    return ""
