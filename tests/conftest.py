"""What every test starts from: no setting of the machine's, and no record of a person's."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PREFIXES = ("TEXTUAL_", "SERVICE_GROUP_")
NAMES = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES")


def machine_settings() -> list[str]:
    return [name for name in os.environ if name.startswith(PREFIXES) or name in NAMES]


for found in machine_settings():
    del os.environ[found]  # here, because Textual reads some while it is imported

settings.register_profile(
    "same every time",
    derandomize=True,
    deadline=None,  # two cores shared by several workers make any one example slow at times
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same every time")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder, not there yet, that records and drafts of this test go to."""
    for name in machine_settings():
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("SERVICE_GROUP_DATA", str(folder))
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", os.devnull)
    return folder
