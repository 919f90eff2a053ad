"""Memos of advice saved as files, which only their owner can read."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from assistant.errors import RecordsUnavailableError
from assistant.records.private import create_private, private_folder, why_refused

FOLDER_NAME = "memos"
"""Name of the memos' folder in the data folder."""


class MemoFolder:
    """The memos in a data folder; a file's name is its entry and its time, and never a case number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER_NAME

    def save(self, when: datetime, texts: Mapping[str, str], *, number: int = 0) -> list[Path]:
        """Write one memo in several forms, by file ending, and give the files' paths.

        `number` is that of the entry it is about, if there is one.

        An earlier memo is never written over. Raises `RecordsUnavailableError`.
        """
        entry = f"entry-{number}-" if number else ""
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder, wholly_ours=True)
            stem = self._unused(f"memo-{entry}{when.astimezone():%Y%m%d-%H%M%S}")
            return [_written(self._folder / f"{stem}.{end}", text) for end, text in texts.items()]
        except OSError as error:
            raise RecordsUnavailableError(
                f"The memo cannot be saved: {why_refused(error, self._folder)}.",
                where=str(self._folder),
                mend="Copy the memo instead, or choose a folder that you may write in.",
            ) from None

    def _unused(self, stem: str) -> str:
        stems = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
        return next((free for free in stems if not any(self._folder.glob(f"{free}.*"))), stem)


def _written(path: Path, text: str) -> Path:
    with open(path, "x", encoding="utf-8", opener=create_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path
