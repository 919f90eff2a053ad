"""Services to run the screen with: the shipped guide, a folder of the test's own, a fixed clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.records.drafts import DraftBox
from assistant.records.memos import MemoFolder
from assistant.records.store import open_store
from tests.builders import shipped

NOW = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)


@pytest.fixture
def start(data_folder: Path) -> Callable[[], Services]:
    """Give a maker of services on the same folder: each call is another start of the program."""
    numbers = count(1)

    def services() -> Services:
        return Services(
            loaded=shipped(),
            drafts=DraftBox(data_folder),
            memos=MemoFolder(data_folder),
            open_records=lambda: open_store(data_folder, patience=0),
            now=lambda: NOW,
            new_id=lambda: f"{next(numbers):032x}",
        )

    return services


@pytest.fixture
def services(start: Callable[[], Services]) -> Services:
    return start()
