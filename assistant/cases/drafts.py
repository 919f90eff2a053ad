"""Unfinished interviews: kept, found again, gone on with."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from assistant.cases.view import View
from assistant.engine.interview import UNSURE, Answers, replay
from assistant.errors import RecordsError, RecordsUnavailableError
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


GONE = "That interview no longer waits: it was finished or discarded elsewhere."
"""Said where another window was quicker."""

GUIDE_CHANGED = (
    "The guide has changed since you saved these answers. Check each answer before you record."
)
"""Said where an unfinished interview is taken up again under a guide that decides otherwise."""

UNKEPT = "This interview cannot be kept. Leave all the same?"
"""Asked before answers are lost that could not be kept as a draft."""

_WOULD_BE_LOST = (
    "The answers given here could not be kept, so going on with another interview would lose them."
    " Record this one, or start again first."
)


class Drafting:
    """Saves every answer as it is given; a draft that cannot be saved never stops the interview.

    `waiting` holds the unfinished interviews beside the one in front, the one left last first.
    """

    def __init__(self, box: DraftBox, loaded: LoadedGuide, now: Callable[[], datetime]) -> None:
        self._box = box
        self._loaded = loaded
        self._now = now
        self._is_lost = False
        self.waiting: tuple[Draft, ...] = ()

    def look(self, beside: str = "") -> None:
        """Find the unfinished interviews, but for the one with the id `beside`."""
        self.waiting = tuple(draft for draft in self._read() if draft.id != beside)

    @property
    def waiting_words(self) -> str:
        """Say that unfinished interviews wait, how far the last is and when it was left."""
        if not self.waiting:
            return ""
        how_far = self._how_far(self.waiting[0])
        if len(self.waiting) > 1:
            return f"{len(self.waiting)} unfinished interviews are waiting; the last: {how_far}."
        return f"An unfinished interview is waiting ({how_far})."

    @property
    def rows(self) -> list[str]:
        """Tell the waiting ones apart: how far, when, and the answers, the last one first."""
        guide = self._loaded.guide
        return [f"{self._how_far(draft)}: {_answers(guide, draft)}" for draft in self.waiting]

    def refusal(self, view: View) -> str:
        """Say why a view cannot be left for another interview; nothing where it can."""
        return _WOULD_BE_LOST if self._is_lost and view.answers and view.mode != "recorded" else ""

    def resumed(self, draft: Draft, leaving: View) -> View:
        """Return the view of a draft in place of the one left, saying so if the guide has changed.

        It is the view that is left, saying so, where the draft does not wait any more.
        """
        fresh = next((one for one in self._read() if one.id == draft.id), None)
        self.look(draft.id if fresh else leaving.id)
        if fresh is None:
            return leaving.saying(GONE)
        guide, glossary = leaving.guide, leaving.glossary
        answers = _known(guide, fresh.answers)
        assumed, corrects = frozenset(fresh.assumed), fresh.corrects
        view = View(guide, fresh.id, answers, assumed, corrects=corrects, glossary=glossary)
        changed = GUIDE_CHANGED if fresh.meaning_hash != self._loaded.meaning_hash else ""
        kept = "The interview you left is kept." if _waits(leaving) else ""
        return view.saying(" ".join(filter(None, (changed, kept))))

    def saved(self, view: View) -> View:
        """Save a view's answers and give it back, saying so if they could not be kept."""
        draft = self._draft(view)
        try:
            if draft.answers:
                self._box.save(draft)
            else:
                self._box.discard(view.id)
        except RecordsError as error:
            self._is_lost = True
            words = f"This interview is not being kept as a draft. {error.what}"
            return view.saying(words, view.among)
        self._is_lost = False
        return view

    def discard(self, draft_id: str) -> None:
        """Drop a draft that is done with; one that cannot be dropped is merely offered again."""
        self.waiting = tuple(draft for draft in self.waiting if draft.id != draft_id)
        try:
            self._box.discard(draft_id)
        except RecordsError:
            return

    def _read(self) -> list[Draft]:
        try:
            return self._box.waiting()
        except RecordsError:
            return []

    def _how_far(self, draft: Draft) -> str:
        """Say how far a draft has come and when it was left, to the second where two would be alike."""
        parts = [self._stage(draft)]
        minute = f"{draft.saved_at:%Y-%m-%d %H:%M}"
        alike = sum(f"{other.saved_at:%Y-%m-%d %H:%M}" == minute for other in self.waiting)
        parts.append(_local_words(draft.saved_at, self._now(), seconds=alike > 1))
        return ", ".join(parts)

    def _stage(self, draft: Draft) -> str:
        guide, count = self._loaded.guide, len(draft.answers)
        answers = counted(count, "answer")
        if draft.corrects:
            return f"{answers}, in place of a recorded entry"
        finished = replay(guide, _known(guide, draft.answers)).asking is None
        return "finished, not recorded" if finished else answers

    def _draft(self, view: View) -> Draft:
        loaded = self._loaded
        return Draft(
            id=view.id,
            saved_at=self._now(),
            answers={**view.given, **view.answers},
            assumed=tuple(sorted(view.assumed)),
            corrects=view.corrects,
            meaning_hash=loaded.meaning_hash,
            content_version=loaded.guide.about.version,
        )


def _waits(view: View) -> bool:
    """Tell whether a view's answers wait as a draft once it is left."""
    return bool(view.answers or view.given) and (view.mode != "recorded" or view.is_open)


def _answers(guide: Guide, draft: Draft) -> str:
    """Give a draft's answers in short, the one given last first."""
    return "; ".join(_answer(guide, *item) for item in reversed([*draft.answers.items()]))


def _answer(guide: Guide, fact: str, answer: str) -> str:
    question = guide.questions.get(fact)
    name = question.name if question else _readable(fact).capitalize()
    if answer == UNSURE:
        return f"{name} not sure"
    if question and answer in question.options:
        return f"{name} {question.options[answer].short}"
    return f"{name} {_readable(answer)}"


def _readable(word: str) -> str:
    return word.replace("_", " ")


def _known(guide: Guide, answers: Answers) -> dict[str, str]:
    """Return the answers that the guide still has."""
    return {fact: answer for fact, answer in answers.items() if _is_known(guide, fact, answer)}


def _is_known(guide: Guide, fact: str, answer: str) -> bool:
    question = guide.questions.get(fact)
    return question is not None and (answer == UNSURE or answer in question.options)


def _local_words(then: datetime, now: datetime, *, seconds: bool) -> str:
    local = then.astimezone()
    days = (now.astimezone().date() - local.date()) // timedelta(days=1)
    day = {0: "today", 1: "yesterday"}.get(days, f"{local:%Y-%m-%d}")
    return f"{day} {local:%H:%M:%S}" if seconds else f"{day} {local:%H:%M}"
