"""The interview that every front holds, and its drafts: unfinished interviews kept on this computer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from assistant.cases.entries import MemoFolder, view_of
from assistant.cases.forms import FormServices, NewEntry, PreviousEntry
from assistant.cases.replay import carried_over
from assistant.cases.view import Mode, View, choices
from assistant.commands import Command
from assistant.engine.glossary import Glossary
from assistant.engine.interview import UNSURE, Answers, answers_meant, replay
from assistant.errors import RecordsError
from assistant.guide.earlier import earlier_guide
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.private import Box
from assistant.records.entry import Entry
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
            what="Unfinished interviews cannot be kept",
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


def _stage(loaded: LoadedGuide, draft: Draft) -> str:
    answers = counted(len(draft.answers), "answer")
    if draft.corrects:
        return f"{answers}, to replace a recorded entry"
    known = carried_over(loaded, draft.meaning_hash, draft.answers).answers
    finished = replay(loaded.guide, known).asking is None
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


RECORDED = "This interview is already recorded, so you cannot change it."
NO_ANSWER = "There is no answer to take back."
NOTHING_TO_CHANGE = "There is no answer to change yet."
NO_QUESTION = "“Not sure” answers a question, and no question is open now."
NO_SUCH_WORDS = "No answer has those words."
GONE = "That interview is no longer there. It was finished or discarded in another window."
WOULD_BE_LOST = (
    "The answers given here could not be saved, so opening a different interview would lose them."
    " Record this one or start again first."
)
"""Why a step is refused."""

UNKEPT = "These answers cannot be saved for later. Leave anyway?"
"""Asked before answers are lost that could not be kept as a draft."""

WHICH_ANSWER = "Your words could mean more than one answer. Which is it?"
IS_IT_THIS = "Is this what you mean? Choose it, or see every answer."
"""Asked above the answers that typed words may mean."""

GUIDE_CHANGED = (
    "The guide has changed since you saved these answers. Check each answer before you record."
)
"""Said where an unfinished interview is taken up again under a guide that decides otherwise."""


class SessionServices(FormServices, Protocol):
    """What an interview works with."""

    @property
    def drafts(self) -> DraftBox: ...
    @property
    def memos(self) -> MemoFolder: ...


class InterviewSession:
    """Holds the interview in front; each answer is kept as a draft, and never stopped by that.

    Every step leaves the new `view`; one that may be refused returns why, and "" where it is done.
    `unkept` says why the answers are not kept, `typed` is what was typed into the form for recording
    them, and `waiting` holds the unfinished interviews beside this one, the one left last first.
    """

    def __init__(self, services: SessionServices) -> None:
        self._services = services
        self._loaded = services.loaded
        self._glossary = Glossary(services.loaded.guide)
        self._begin()
        self.waiting: tuple[Draft, ...] = ()

    def _begin(self, view: View | None = None) -> None:
        """Turn to another interview, or a new one; nothing of the one before is mixed with it."""
        new_id, guide = self._services.new_id, self._loaded.guide
        self.view = view or View(guide, new_id(), glossary=self._glossary)
        self.unkept = ""
        self.typed: dict[str, str] = {}
        self._case_number = ""

    # Answers

    def answer(self, value: str) -> str:
        """Answer the question that is asked, or the one that is to change."""
        if self.view.question is None:
            return NO_QUESTION
        self._keep(self.view.answered(self.view.question, value))
        return ""

    def take_words(self, words: str) -> str:
        """Answer with what typed words mean; where they fit several answers, offer only those."""
        fact = self.view.question
        if fact is None:
            return NO_QUESTION
        offered = [one.value for one in choices(self.view) if one.command == Command.ANSWER]
        meant = answers_meant(self.view.guide.questions[fact], offered, words)
        if not meant.values:
            return NO_SUCH_WORDS
        if not meant.certain:
            notice = WHICH_ANSWER if len(meant.values) > 1 else IS_IT_THIS
            self.view = self.view.saying(notice, meant.values)
            return ""
        return self.answer(*meant.values)

    def assume(self, number: str) -> None:
        """Go on as if one line of an "if ... then ..." table were so."""
        if self.view.verdict:
            self._keep(self.view.as_if(self.view.verdict.rows[int(number)]))

    def back(self) -> str:
        """Leave a list, or take the last answer back."""
        if self.view.mode == "recorded":
            return RECORDED
        if self.view.mode == "asking" and not self.view.among and not self.view.standing.trail:
            return NO_ANSWER
        self._keep(self.view.stepped_back())
        return ""

    def change(self, fact: str = "") -> str:
        """List the answers to change one of them, or offer other answers about a fact."""
        if self.view.mode == "recorded":
            return RECORDED
        if not self.view.everything_said:
            return NOTHING_TO_CHANGE
        self.turn("changing" if fact else "picking", fact=fact or None)
        return ""

    def turn(self, mode: Mode, *, fact: str | None = None, notice: str = "") -> None:
        """Turn to another list about the same answers."""
        self.view = self.view.turned(mode, fact=fact).saying(notice)

    def say(self, notice: str) -> None:
        """Put something else below the answers, and offer all of those again."""
        self.view = self.view.saying(notice)

    # Other interviews

    @property
    def would_be_lost(self) -> bool:
        """Tell whether leaving this interview loses its answers, since they could not be kept."""
        return bool(self.unkept and self.view.answers) and self.view.mode != "recorded"

    @property
    def waiting_words(self) -> str:
        """Say that unfinished interviews wait, how far the last is and when it was left."""
        if not self.waiting:
            return ""
        how_far = self._how_far(self.waiting[0])
        if len(self.waiting) > 1:
            return f"You have {len(self.waiting)} unfinished interviews. The last: {how_far}."
        return f"You have an unfinished interview ({how_far})."

    @property
    def waiting_rows(self) -> list[str]:
        """Tell the waiting ones apart: how far, when, and the answers, the last one first."""
        found = []
        for draft in self.waiting:
            last_first = dict(reversed([*draft.answers.items()]))
            if earlier := earlier_guide(self._loaded, draft.meaning_hash):
                answers = earlier.marked(earlier.in_short(last_first))
            else:
                said = (_answer(self._loaded.guide, *answer) for answer in last_first.items())
                answers = "; ".join(said)
            found.append(f"{self._how_far(draft)}: {answers}")
        return found

    def _how_far(self, draft: Draft) -> str:
        """Say how far a draft has come and when it was left, to the second where two would be alike."""
        minute = f"{draft.saved_at:%Y-%m-%d %H:%M}"
        alike = sum(f"{other.saved_at:%Y-%m-%d %H:%M}" == minute for other in self.waiting)
        when = _local_words(draft.saved_at, self._services.now(), seconds=alike > 1)
        return f"{_stage(self._loaded, draft)}, {when}"

    def look(self) -> None:
        """Find the unfinished interviews beside this one."""
        self.waiting = tuple(draft for draft in self._read() if draft.id != self.view.id)

    def resume(self, draft: Draft, words: str = "") -> str:
        """Go on with an interview that waits, with some words of it; the one left waits instead."""
        if self.would_be_lost:
            return WOULD_BE_LOST
        left, fresh = self.view, next((one for one in self._read() if one.id == draft.id), None)
        if fresh:
            changed = fresh.meaning_hash != self._loaded.meaning_hash
            carried = carried_over(self._loaded, fresh.meaning_hash, fresh.answers)
            waits = (left.answers or left.given) and (left.mode != "recorded" or left.is_open)
            left_words = "The interview you left is saved for later." if waits else ""
            guide_words = GUIDE_CHANGED if changed else ""
            said = filter(None, (words, guide_words, carried.notice, left_words))
            self._begin(self._view_of(fresh, carried.answers).saying(" ".join(said)))
        self.look()
        return "" if fresh else GONE

    def take_up(self, previous: PreviousEntry) -> str:
        """Go on from the answers of an entry, or with what was begun so; the one left is kept."""
        if self.would_be_lost:
            return WOULD_BE_LOST
        self.look()
        words = (
            f"Continuing from entry {previous.seq}. What you record from here replaces entry"
            f" {previous.seq}."
        )
        begun = (draft for draft in self.waiting if draft.corrects == previous.entry.id)
        if self.view.corrects == previous.entry.id:
            self.turn("asking", notice=words)
        elif draft := next(begun, None):
            return self.resume(draft, words)
        else:
            id_ = self._services.new_id()
            view = view_of(self._loaded, previous.entry, self._glossary, id_)
            self._begin(view.saying(f"{words} {view.notice}".strip()))
            self.look()
        return ""

    def begin_with(self, facts: Answers, notice: str) -> str:
        """Begin an interview with facts filled in beforehand; the one left is kept."""
        if self.would_be_lost:
            return WOULD_BE_LOST
        self._begin()
        self.look()
        self._keep(replace(self.view, given=facts).saying(notice))
        return ""

    def start_again(self, *, keep: bool = False) -> None:
        """Begin another; this one is thrown away, unless it is recorded or is to be kept."""
        if self.view.mode != "recorded" and not keep:
            self.discard(self.view.id)
        self._begin()
        self.look()

    def discard(self, draft_id: str) -> None:
        """Drop a draft that is done with; one that cannot be dropped is merely offered again."""
        self.waiting = tuple(draft for draft in self.waiting if draft.id != draft_id)
        try:
            self._services.drafts.discard(draft_id)
        except RecordsError:
            return

    # The record

    def record(self, group: str) -> None:
        """Turn to recording a group, or none."""
        self.view = self.view.turned("recording", chosen=group or None)

    def entry_form(self) -> NewEntry:
        """Return the form for recording; raises `RecordsError` where what it corrects is not there."""
        return NewEntry(self._services, self.view)

    def recorded(self, entry: Entry) -> None:
        """Turn to what comes after recording; an interview that is open still stays a draft."""
        then = self.view.recorded(entry)
        self.typed = {}
        self._case_number = entry.case_number
        if then.is_open:
            self._keep(then)
        else:
            self.view, self.unkept = then, ""
            self.discard(then.id)

    def save_memo(self, *, with_case: bool) -> str:
        """Save the memo as a file, and return where; or why that cannot be."""
        case_number = self._case_number if with_case else ""
        try:
            path = self._services.memos.save(self._services.now(), self.view.memo_text(case_number))
        except RecordsError as error:
            return str(error)
        return f"Saved {path.name} in {path.parent}"

    def _keep(self, view: View) -> None:
        """Turn to a view once its answers are safe in the draft, or say why they are not."""
        try:
            if view.given or view.answers:
                self._services.drafts.save(self._draft_of(view))
            else:
                self._services.drafts.discard(view.id)
        except RecordsError as error:
            self.unkept = f"Your answers are not being saved for later. {error.what}"
            self.view = view.saying(self.unkept, view.among)
        else:
            self.unkept = ""
            self.view = view

    def _draft_of(self, view: View) -> Draft:
        return Draft(
            id=view.id,
            saved_at=self._services.now(),
            answers={**view.given, **view.answers},
            assumed=tuple(sorted(view.assumed)),
            corrects=view.corrects,
            meaning_hash=self._loaded.meaning_hash,
            content_version=self._loaded.guide.about.version,
        )

    def _read(self) -> list[Draft]:
        try:
            return self._services.drafts.waiting()
        except RecordsError:
            return []

    def _view_of(self, draft: Draft, answers: Answers) -> View:
        return View(
            self._loaded.guide,
            draft.id,
            answers,
            frozenset(draft.assumed) & answers.keys(),
            corrects=draft.corrects,
            glossary=self._glossary,
        )
