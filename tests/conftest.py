"""What every test starts from: no setting of the machine's, and no record of a person's."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.examples import EXAMPLES

if TYPE_CHECKING:
    from assistant.services import Services

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
sys.path.append(str(SCRIPTS))  # at the end: scripts/test.py is not the library's `test`

PREFIXES = ("TEXTUAL_", "SERVICE_GROUP_")
NAMES = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")


def machine_settings() -> list[str]:
    return [name for name in os.environ if name.startswith(PREFIXES) or name in NAMES]


for found in machine_settings():
    del os.environ[found]  # here, because Textual reads some while it is imported

# A job in the background begins with Ctrl-C ignored, one that outlives its terminal with the end of
# that ignored, and so would every program that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Folders of tests are kept in memory where there is room: nothing in them is to outlive a power cut,
# and a disk takes 20 ms for every save that is to.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there
ENOUGH = 1 << 30
if MEMORY.is_dir():
    found_there = os.statvfs(MEMORY)
    may_run_programs = not found_there.f_flag & os.ST_NOEXEC
    if may_run_programs and found_there.f_bavail * found_there.f_frsize > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

settings.register_profile(
    "same every time",
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,  # two cores shared by several workers make any one example slow at times
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same every time")


def pytest_collection_finish() -> None:
    """Spare the collector what stays for good, and let it look seldom: a fifth of all time else."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder, not there yet, that records and drafts of this test go to."""
    for name in machine_settings():
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("SERVICE_GROUP_DATA", str(folder))
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", os.devnull)
    return folder


NOW = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)


@pytest.fixture
def start(data_folder: Path) -> "Callable[[], Services]":
    """Return a maker of services on the same folder: each call is another start of the program."""
    from assistant.cases.drafts import DraftBox, MemoFolder
    from assistant.records.store import open_store
    from assistant.services import Services
    from assistant.training.bookmarks import Bookmarks
    from tests.builders import shipped, shipped_practice

    numbers = count(1)

    def services() -> Services:
        return Services(
            loaded=shipped(),
            drafts=DraftBox(data_folder),
            memos=MemoFolder(data_folder),
            open_records=lambda: open_store(data_folder, patience=0),
            now=lambda: NOW,
            new_id=lambda: f"{next(numbers):032x}",
            load_practice=shipped_practice,
            bookmarks=Bookmarks(data_folder / "drafts"),
            folder=data_folder,
        )

    return services


@pytest.fixture
def services(start: "Callable[[], Services]") -> "Services":
    return start()
