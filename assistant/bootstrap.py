"""The one place that chooses real things: which guide, which store, which clock, which ids."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide, load_guide
from assistant.paths import content_folder, data_folder
from assistant.records.drafts import DraftBox
from assistant.records.memos import MemoFolder
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


@dataclass(frozen=True)
class Services:
    """What a front end works with; a test hands in others.

    `open_records` is called when the first record is written or read, since the store costs more
    to load than an interview; `now` gives an aware UTC time, `new_id` 32 hex digits.
    """

    loaded: LoadedGuide
    drafts: DraftBox
    memos: MemoFolder
    open_records: Callable[[], "RecordStore"]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    settings: Settings = field(default_factory=Settings)


def real_services(content: Path | None = None, data: Path | None = None) -> Services:
    """Give the real things; flags win over the environment, and that over the settings (see `paths`).

    Raises `GuideError` when the guide cannot be used, `SettingsError` when the settings cannot.
    """
    settings = load_settings()
    folder = data_folder(data, settings)
    return Services(
        loaded=load_guide(content_folder(content, settings), kept_in=folder),
        drafts=DraftBox(folder),
        memos=MemoFolder(folder),
        open_records=lambda: _open_store(folder),
        now=lambda: datetime.now(UTC),
        new_id=_new_id,
        settings=settings,
    )


def _open_store(folder: Path) -> "RecordStore":
    from assistant.records.store import open_store  # noqa: PLC0415 - SQLAlchemy, when first needed

    return open_store(folder)


def _new_id() -> str:
    from uuid import uuid4  # noqa: PLC0415 - a front that only answers needs no ids

    return uuid4().hex
