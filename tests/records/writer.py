"""A second copy of the assistant: adds entries to a store, then says so, and may kill itself."""

import os
import signal
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from assistant.records.entry import Entry
from assistant.records.store import open_store


def main(folder: str, count: str, ending: str) -> None:
    store = open_store(Path(folder), url=os.environ.get("SERVICE_GROUP_RECORDS_URL", ""))
    for number in range(int(count)):
        store.add(numbered(number))
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)


def numbered(number: int) -> Entry:
    return Entry(
        id=uuid.uuid4().hex,
        when=datetime.now(UTC),
        case_number=str(number),
        whom="child 1",
        service=f"{os.getpid()}",
        outcome=None,
        recommended=None,
        certainty="refer",
        chosen=None,
        reason="",
        answers={},
        content_version="1",
        raw_hash="a",
        meaning_hash="b",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
