"""Unfinished interviews, one small file each, saved at every answer and offered at the next start.

Plain JSON rather than the store: this runs between a key press and the next question, where the
database's import would be felt. A draft holds answers and never a case number; its file's name is
a random id.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from assistant.errors import RecordsUnavailableError
from assistant.records.private import private_folder, replace_private, why_refused

FOLDER_NAME = "drafts"
"""Name of the drafts' folder in the data folder."""

_FORMAT = 1
"""Which shape of file this is; another number is a newer assistant's, and is left alone."""

_MOST_BYTES = 65_536
"""No draft comes near this; what does is somebody else's file."""

_LISTS = ("assumed", "counted", "leads_to")
"""Fields that a file may lack, and that are then empty."""

_ID = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An interview so far: fact to value, in the order answered, and the content it was held under.

    `assumed` names the facts whose answers were taken as if they were so. `counted` names those whose
    answers counted, and `leads_to` the groups they could still end in, under that content; both are
    empty in a file of an assistant that did not keep them. `corrects` is the id of the recorded entry
    that this interview goes on with, if any.

    `id` is the hex of a uuid4 and `saved_at` is aware. Raises `ValueError` for anything else, and
    for answers that are not words of the vocabulary, so that no number finds its way in.
    """

    id: str
    saved_at: datetime
    answers: Mapping[str, str]
    meaning_hash: str
    content_version: str
    assumed: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    corrects: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        _check_id(self.id)
        if self.corrects:
            _check_id(self.corrects)
        if self.saved_at.utcoffset() is None:
            raise ValueError("a draft's time says which zone it is in")
        words = (
            *self.answers,
            *self.answers.values(),
            *self.assumed,
            *self.counted,
            *self.leads_to,
        )
        if not all(_WORD.fullmatch(word) for word in words):
            raise ValueError("a draft's facts and answers are words of the guide")


class DraftBox:
    """The drafts that wait in a data folder; every method may raise `RecordsUnavailableError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER_NAME

    def save(self, draft: Draft) -> None:
        """Write a draft over its earlier self, so that a kill at any moment leaves one of the two."""
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder, wholly_ours=True)
            replace_private(self._folder / f"{draft.id}.json", _written(draft))
        except OSError as error:
            raise self._unavailable(error) from None

    def waiting(self) -> list[Draft]:
        """Give the drafts, newest first; a file that is none is passed over and left alone."""
        drafts = [draft for draft in self._read_all() if draft]
        return sorted(drafts, key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    def unreadable(self) -> int:
        """Count the files that are kept like drafts and cannot be read as one."""
        return sum(draft is None for draft in self._read_all())

    def discard(self, draft_id: str) -> None:
        """Remove a draft and whatever a kill left of it; one that is gone already is no matter."""
        _check_id(draft_id)
        try:
            for path in self._folder.glob(f"{draft_id}.*"):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise self._unavailable(error) from None

    def _read_all(self) -> Iterator[Draft | None]:
        try:
            for path in sorted(self._folder.glob("*.json")):
                yield _read(path)
        except OSError as error:
            raise self._unavailable(error) from None

    def _unavailable(self, error: OSError) -> RecordsUnavailableError:
        return RecordsUnavailableError(
            f"Unfinished interviews cannot be kept: {why_refused(error, self._folder)}.",
            where=str(self._folder),
            mend="Go on without, or make room, or choose a folder that you may write in.",
        )


def _check_id(draft_id: str) -> None:
    """Refuse anything that could name another file."""
    if not _ID.fullmatch(draft_id):
        raise ValueError("a draft's id is 32 hexadecimal digits")


def _written(draft: Draft) -> bytes:
    plain = {
        "format": _FORMAT,
        "id": draft.id,
        "saved_at": draft.saved_at.astimezone(UTC).isoformat(),
        "answers": dict(draft.answers),
        **{name: list(getattr(draft, name)) for name in _LISTS},
        "corrects": draft.corrects,
        "meaning_hash": draft.meaning_hash,
        "content_version": draft.content_version,
    }
    return json.dumps(plain).encode()


def _read(path: Path) -> Draft | None:
    """Give the draft in a file, None where there is none; reading never waits and never fails."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return None
        draft = _draft(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return draft if path.stem == draft.id else None


def _draft(plain: object) -> Draft:
    """Make a draft of parsed JSON; raises `ValueError`, `TypeError` or `KeyError` if it is none."""
    if not isinstance(plain, dict) or plain["format"] != _FORMAT:
        raise ValueError("not a draft")
    answers = plain["answers"]
    if not isinstance(answers, dict):
        raise TypeError("answers are pairs")
    return Draft(
        id=plain["id"],
        saved_at=datetime.fromisoformat(plain["saved_at"]),
        answers=answers,
        meaning_hash=str(plain["meaning_hash"]),
        content_version=str(plain["content_version"]),
        **{name: tuple(plain.get(name, ())) for name in _LISTS},
        corrects=str(plain.get("corrects", "")),
    )
