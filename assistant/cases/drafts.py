"""Files of interviews on this computer: drafts of unfinished ones, told from another, and memos."""

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from assistant.cases.view import View
from assistant.engine.verdict import in_brief, short_name
from assistant.errors import RecordsError
from assistant.guide.loading import LoadedGuide
from assistant.private import Box, private_folder, refusals_said, replace_private
from assistant.shapes import Frozen
from assistant.text import is_plausible, short_day, time_shown

FOLDER_NAME = "drafts"  # name of the drafts' folder in the data folder
_FORMAT = 1  # which shape of file this is; another number is a newer assistant's, and is left alone

_ID = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


class Draft(Frozen, kw_only=True):
    """An interview so far: fact to value, in the order answered, and the content it was held under.

    `assumed` names the facts whose answers were taken as if they were so. `corrects` is the id of the
    recorded entry that this interview continues, if any, and `recording` tells that a form for
    recording it was begun. A file may lack these, and may hold more.

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
    recording: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        _check_id(self.id)
        if self.corrects:
            _check_id(self.corrects)
        if self.saved_at.utcoffset() is None or not is_plausible(self.saved_at):
            raise ValueError("a draft's time says which zone it is in, and can be one of this work")
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
            what="Unfinished interviews cannot be saved for later",
            mend="Free up space, or choose a folder that you are allowed to write to.",
        )

    def save(self, draft: Draft) -> None:
        """Write a draft over its earlier self, so that a kill at any moment leaves one of the two."""
        self._box.put(draft)

    def waiting(self) -> list[Draft]:
        """Return the drafts, newest first; a file that is none is passed over and left alone."""
        return sorted(self._box.all(), key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    def unreadable(self) -> int:
        """Count the files that are kept like drafts and cannot be read as one."""
        return self._box.unreadable()

    def discard(self, draft_id: str) -> None:
        """Remove a draft and whatever a kill left of it; one that is gone already is no matter."""
        _check_id(draft_id)
        self._box.remove(f"{draft_id}.json")


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
        "recording": draft.recording,
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
        recording=plain.get("recording") is True,
    )


def draft_of(view: View, loaded: LoadedGuide, now: datetime, *, recording: bool) -> Draft:
    """Return an interview as it is kept; `recording` tells that its record form was begun."""
    return Draft(
        id=view.id,
        saved_at=now,
        answers={**view.given, **view.answers},
        assumed=tuple(sorted(view.assumed)),
        corrects=view.corrects,
        recording=recording,
        meaning_hash=loaded.meaning_hash,
        content_version=loaded.guide.about.version,
    )


def draft_rows(
    loaded: LoadedGuide, drafts: Sequence[Draft], views: Sequence[View], now: datetime
) -> Iterator[str]:
    """Return what tells drafts apart: the answers, where they lead, and when they were left."""
    minutes = [f"{draft.saved_at:%Y-%m-%d %H:%M}" for draft in drafts]
    for draft, view, minute in zip(drafts, views, minutes, strict=True):
        when = when_left(draft.saved_at, now, seconds=minutes.count(minute) > 1)
        instead = "; will replace a recorded entry" if draft.corrects else ""
        yield f"{draft_words(loaded, draft, view)}, {when}{instead}"


def draft_words(loaded: LoadedGuide, draft: Draft, view: View) -> str:
    """Return what was answered in a draft, and what its `view` makes of it so far.

    It reads `Open investigation, goal adoption → Assessment/Investigation`.
    """
    from assistant.guide.earlier import earlier_guide  # noqa: PLC0415 - only where a draft waits

    if earlier := earlier_guide(loaded, draft.meaning_hash):
        said = earlier.marked(earlier.in_short(draft.answers))
    else:
        asked = {f: draft.answers[f] for f in view.everything_said if f in draft.answers}
        said = in_brief(loaded.guide, {**asked, **draft.answers})
    return f"{said} → {_leads_to(view)}"


def _leads_to(view: View) -> str:
    """Return the short name of the group that is certain, or what is open."""
    if view.group_certain:
        return short_name(view.guide, view.group_certain)
    if view.standing.asking:
        return f"next: {view.guide.questions[view.standing.asking].name.casefold()}"
    return "no group yet" if view.unresolved else "ask your supervisor"


def when_left(then: datetime, now: datetime, *, seconds: bool = False) -> str:
    """Return when a draft was left: `2:05 PM` today, `yesterday, 2:05 PM`, `Nov 3, 2:05 PM` before."""
    left = then.astimezone().date()
    days = (now.astimezone().date() - left) // timedelta(days=1)
    day = {0: "", 1: "yesterday, "}.get(days, f"{short_day(left, now)}, ")
    return f"{day}{time_shown(then, seconds=seconds)}"


_MEMOS = "memos"  # name of the memos' folder in the data folder


class MemoFolder:
    """The memos in a data folder; a file's name is its entry and its time, and never a case number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _MEMOS

    def save(self, when: datetime, text: str, *, number: int = 0) -> str:
        """Write one memo, and say where its file is, or why there is none.

        `number` is that of the entry it is about, if there is one. An earlier memo is never
        written over.
        """
        entry = f"entry-{number}-" if number else ""
        mend = "Copy the memo instead, or choose a folder that you are allowed to write to."
        try:
            with refusals_said(self._folder, "The memo cannot be saved", mend):
                private_folder(self._folder.parent)
                private_folder(self._folder, wholly_ours=True)
                path = self._unused(f"memo-{entry}{when.astimezone():%Y%m%d-%H%M%S}")
                replace_private(path, text.encode())
        except RecordsError as error:
            return str(error)
        return f"Saved {path.name} in the memos folder: {path.parent}"

    def _unused(self, stem: str) -> Path:
        stems = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
        paths = [self._folder / f"{name}.txt" for name in stems]
        unused = next((path for path in paths if not os.path.lexists(path)), None)
        if unused is None:
            raise FileExistsError(errno.EEXIST, "there are too many memos of this second")
        return unused
