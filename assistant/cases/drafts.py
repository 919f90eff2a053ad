"""Unfinished interviews: kept, found again, gone on with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from assistant.cases.view import View
from assistant.engine.interview import UNSURE, known_answers, replay
from assistant.errors import RecordsUnavailableError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.private import Box, why_refused
from assistant.text import counted

FOLDER_NAME = "drafts"
"""Name of the drafts' folder in the data folder."""

_FORMAT = 1
"""Which shape of file this is; another number is a newer assistant's, and is left alone."""

_ID = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An interview so far: fact to value, in the order answered, and the content it was held under.

    `assumed` names the facts whose answers were taken as if they were so. `corrects` is the id of the
    recorded entry that this interview goes on with, if any. A file may lack both, and may hold more.

    `id` is the hex of a uuid4 and `saved_at` is aware. Raises `ValueError` for anything else, and
    for answers that are not words of the vocabulary, so that no number finds its way in.
    """

    id: str
    saved_at: datetime
    answers: Mapping[str, str]
    meaning_hash: str
    content_version: str
    assumed: tuple[str, ...] = ()
    corrects: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        _check_id(self.id)
        if self.corrects:
            _check_id(self.corrects)
        if self.saved_at.utcoffset() is None:
            raise ValueError("a draft's time says which zone it is in")
        words = (*self.answers, *self.answers.values(), *self.assumed)
        if not all(_WORD.fullmatch(word) for word in words):
            raise ValueError("a draft's facts and answers are words of the guide")


class DraftBox:
    """The drafts that wait in a data folder; every method may raise `RecordsUnavailableError`."""

    def __init__(self, folder: Path) -> None:
        self._box = Box(
            folder / FOLDER_NAME,
            name=lambda draft: f"{draft.id}.json",
            to_plain=_plain,
            from_plain=_draft,
        )

    def save(self, draft: Draft) -> None:
        """Write a draft over its earlier self, so that a kill at any moment leaves one of the two."""
        with self._in_words():
            self._box.put(draft)

    def waiting(self) -> list[Draft]:
        """Return the drafts, newest first; a file that is none is passed over and left alone."""
        with self._in_words():
            drafts = [draft for draft in self._box.all() if draft]
        return sorted(drafts, key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    def unreadable(self) -> int:
        """Count the files that are kept like drafts and cannot be read as one."""
        with self._in_words():
            return self._box.all().count(None)

    def discard(self, draft_id: str) -> None:
        """Remove a draft and whatever a kill left of it; one that is gone already is no matter."""
        _check_id(draft_id)
        with self._in_words():
            self._box.remove(f"{draft_id}.json")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            folder = self._box.folder
            raise RecordsUnavailableError(
                f"Unfinished interviews cannot be kept: {why_refused(error, folder)}.",
                where=str(folder),
                mend="Go on without, or make room, or choose a folder that you may write in.",
            ) from None


def _check_id(draft_id: str) -> None:
    """Refuse anything that could name another file."""
    if not _ID.fullmatch(draft_id):
        raise ValueError("a draft's id is 32 hexadecimal digits")


def _plain(draft: Draft) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "id": draft.id,
        "saved_at": draft.saved_at.astimezone(UTC).isoformat(),
        "answers": dict(draft.answers),
        "assumed": list(draft.assumed),
        "corrects": draft.corrects,
        "meaning_hash": draft.meaning_hash,
        "content_version": draft.content_version,
    }


def _draft(plain: object) -> Draft:
    """Return the draft that parsed JSON is; raises `ValueError`, `TypeError` or `KeyError` if none."""
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
        assumed=tuple(plain.get("assumed", ())),
        corrects=str(plain.get("corrects", "")),
    )


def draft_of(view: View, loaded: LoadedGuide, now: datetime) -> Draft:
    """Return a view's answers as a draft."""
    return Draft(
        id=view.id,
        saved_at=now,
        answers={**view.given, **view.answers},
        assumed=tuple(sorted(view.assumed)),
        corrects=view.corrects,
        meaning_hash=loaded.meaning_hash,
        content_version=loaded.guide.about.version,
    )


def waiting_words(guide: Guide, waiting: Sequence[Draft], now: datetime) -> str:
    """Say that unfinished interviews wait, how far the first is and when it was left."""
    if not waiting:
        return ""
    how_far = _how_far(guide, waiting, waiting[0], now)
    if len(waiting) > 1:
        return f"{len(waiting)} unfinished interviews are waiting; the last: {how_far}."
    return f"An unfinished interview is waiting ({how_far})."


def rows(guide: Guide, waiting: Sequence[Draft], now: datetime) -> list[str]:
    """Tell unfinished interviews apart: how far, when, and the answers, the one given last first."""
    return [
        f"{_how_far(guide, waiting, draft, now)}: "
        + "; ".join(_answer(guide, *said) for said in reversed([*draft.answers.items()]))
        for draft in waiting
    ]


def _how_far(guide: Guide, waiting: Sequence[Draft], draft: Draft, now: datetime) -> str:
    """Say how far a draft has come and when it was left, to the second where two would be alike."""
    minute = f"{draft.saved_at:%Y-%m-%d %H:%M}"
    alike = sum(f"{other.saved_at:%Y-%m-%d %H:%M}" == minute for other in waiting)
    return f"{_stage(guide, draft)}, {_local_words(draft.saved_at, now, seconds=alike > 1)}"


def _stage(guide: Guide, draft: Draft) -> str:
    answers = counted(len(draft.answers), "answer")
    if draft.corrects:
        return f"{answers}, in place of a recorded entry"
    finished = replay(guide, known_answers(guide, draft.answers)).asking is None
    return "finished, not recorded" if finished else answers


def _answer(guide: Guide, fact: str, answer: str) -> str:
    question = guide.questions.get(fact)
    name = question.name if question else fact.replace("_", " ").capitalize()
    if answer == UNSURE:
        return f"{name} not sure"
    if question and answer in question.options:
        return f"{name} {question.options[answer].short}"
    return f"{name} {answer.replace('_', ' ')}"


def _local_words(then: datetime, now: datetime, *, seconds: bool) -> str:
    local = then.astimezone()
    days = (now.astimezone().date() - local.date()) // timedelta(days=1)
    day = {0: "today", 1: "yesterday"}.get(days, f"{local:%Y-%m-%d}")
    return f"{day} {local:%H:%M:%S}" if seconds else f"{day} {local:%H:%M}"
