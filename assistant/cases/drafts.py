"""Unfinished interviews: kept, found again, gone on with."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from assistant.cases.view import View
from assistant.engine.interview import UNSURE, Answers, Standing, outcomes_within_reach, replay
from assistant.engine.verdict import group_name
from assistant.errors import RecordsError, RecordsUnavailableError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide, may_ask
from assistant.private import private_folder, replace_private, why_refused

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


NONE_NAMED = "none"
"""Stands among the groups that a draft leads to for an outcome that names none."""

_FEW = 3
"""So many groups are named; more are counted."""


def leads_to(guide: Guide, answers: Answers) -> tuple[str, ...]:
    """Give the groups that answers can still end in, in the guide's order."""
    return _groups(guide, replay(guide, answers))


def counting(guide: Guide, answers: Answers) -> tuple[str, ...]:
    """Give the facts whose answers count, in the order asked."""
    return tuple(fact for fact, _ in replay(guide, answers).trail)


def known(guide: Guide, answers: Answers) -> dict[str, str]:
    """Give the answers that the guide still has."""
    return {fact: answer for fact, answer in answers.items() if _is_known(guide, fact, answer)}


def words_since(loaded: LoadedGuide, draft: Draft) -> str:
    """Say what today's rules make of a draft left under others; nothing where they are the same."""
    if draft.meaning_hash == loaded.meaning_hash:
        return ""
    guide = loaded.guide
    now = replay(guide, known(guide, draft.answers))
    said = [*_answers_affected(guide, draft, now), *_results(guide, draft, now)]
    if not said and draft.leads_to:
        said = ["None of your answers is affected, and they point to the same."]
    elif not draft.leads_to:
        said += ["What your answers pointed to then is not known. Check each of them."]
    return " ".join([_versions(draft.content_version, guide.about.version), *said])


def _versions(then: str, now: str) -> str:
    which = f"version {then}, now {now}" if then != now else f"both are called version {now}"
    return f"The guide's rules have changed since this interview was left ({which})."


def _answers_affected(guide: Guide, draft: Draft, now: Standing) -> Iterator[str]:
    """Say which answers that counted no longer do, and why, each by its question's name."""
    trail = dict(now.trail)
    counted = set(draft.counted if draft.leads_to else draft.answers)
    lost = [fact for fact in draft.answers if fact in counted and fact not in trail]
    still = _may_be_asked(guide, now)
    gone = [fact for fact in lost if fact not in still]
    if gone:
        yield f"No longer asked: {_names(guide, gone)}."
    other = [f for f in lost if f in still and not _is_known(guide, f, draft.answers[f])]
    if other:
        yield f"Has other answers now: {_names(guide, other)}."
    if now.asking and now.asking not in other and lost:
        yield f"To answer first now: {_names(guide, [now.asking])}."
    later = [fact for fact in lost if fact in still and fact not in {*other, now.asking}]
    if later:
        yield f"Kept until asked again: {_names(guide, later)}."


def _results(guide: Guide, draft: Draft, now: Standing) -> Iterator[str]:
    """Say where what the answers point to differs from then; both sides are in full where short."""
    then, today = draft.leads_to, _groups(guide, now)
    if not then or set(then) == set(today):
        return
    if min(len(then), len(today)) == 1:
        before, after = _open(guide, then), _open(guide, today)
        verbs = ["pointed to" if len(then) == 1 else "left open"]
        verbs += ["point to" if len(today) == 1 else "leave open"]
        yield f"Your answers {verbs[0]} {before} then, and {verbs[1]} {after} now."
        return
    closed = [group for group in then if group not in today]
    opened = [group for group in today if group not in then]
    if closed:
        yield f"No longer possible: {_group_names(guide, closed)}."
    if opened:
        yield f"Now also possible: {_group_names(guide, opened)}."


def _open(guide: Guide, groups: tuple[str, ...]) -> str:
    return _group_names(guide, groups) if len(groups) <= _FEW else f"{len(groups)} groups"


def _groups(guide: Guide, standing: Standing) -> tuple[str, ...]:
    ends = outcomes_within_reach(guide, standing)
    reached = {guide.outcomes[end].group or NONE_NAMED for end in ends}
    return tuple(group for group in (*guide.groups, NONE_NAMED) if group in reached)


def _may_be_asked(guide: Guide, now: Standing) -> frozenset[str]:
    facts = now.known
    return frozenset().union(
        *(
            may_ask(guide.remainders.at(branch.place, {**facts, **branch.assumed}))
            for branch in now.branches
        )
    )


def _is_known(guide: Guide, fact: str, answer: str) -> bool:
    question = guide.questions.get(fact)
    return bool(question) and (answer == UNSURE or answer in guide.questions[fact].options)


def _names(guide: Guide, facts: Iterable[str]) -> str:
    return _listed([fact_name(guide, fact) for fact in facts])


def fact_name(guide: Guide, fact: str) -> str:
    """Give a question's name, or words made of the fact where the guide has it no more."""
    question = guide.questions.get(fact)
    return question.name if question else _readable(fact)


def _group_names(guide: Guide, groups: Iterable[str]) -> str:
    return _listed([_group_name(guide, group) for group in groups])


def _group_name(guide: Guide, group: str) -> str:
    if group == NONE_NAMED:
        return "no group"
    return group_name(guide, group) if group in guide.groups else _readable(group)


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()


GONE = "That interview no longer waits: it was finished or discarded elsewhere."
"""Said where another window was quicker."""

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
        """Give the view of a draft in place of the one that is left, and say what has changed.

        It is the view that is left, saying so, where the draft does not wait any more.
        """
        fresh = next((one for one in self._read() if one.id == draft.id), None)
        self.look(draft.id if fresh else leaving.id)
        if fresh is None:
            return leaving.saying(GONE)
        guide, glossary = leaving.guide, leaving.glossary
        answers = known(guide, fresh.answers)
        assumed, corrects = frozenset(fresh.assumed), fresh.corrects
        view = View(guide, fresh.id, answers, assumed, corrects=corrects, glossary=glossary)
        kept = "The interview you left is kept." if _waits(leaving) else ""
        return view.saying(" ".join(filter(None, (words_since(self._loaded, fresh), kept))))

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
        answers = "1 answer" if count == 1 else f"{count} answers"
        if draft.corrects:
            return f"{answers}, in place of a recorded entry"
        finished = replay(guide, known(guide, draft.answers)).asking is None
        return "finished, not recorded" if finished else answers

    def _draft(self, view: View) -> Draft:
        loaded, answers = self._loaded, {**view.given, **view.answers}
        return Draft(
            id=view.id,
            saved_at=self._now(),
            answers=answers,
            assumed=tuple(sorted(view.assumed)),
            corrects=view.corrects,
            counted=counting(loaded.guide, answers),
            leads_to=leads_to(loaded.guide, answers),
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
    name = fact_name(guide, fact)
    if answer == UNSURE or fact not in known(guide, {fact: answer}):
        return f"{name} {answer.replace('_', ' ') if answer != UNSURE else 'not sure'}"
    return f"{name} {guide.questions[fact].options[answer].short}"


def _local_words(then: datetime, now: datetime, *, seconds: bool) -> str:
    local = then.astimezone()
    days = (now.astimezone().date() - local.date()) // timedelta(days=1)
    day = {0: "today", 1: "yesterday"}.get(days, f"{local:%Y-%m-%d}")
    return f"{day} {local:%H:%M:%S}" if seconds else f"{day} {local:%H:%M}"
