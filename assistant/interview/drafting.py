"""Keeps the interview in front of the worker as a draft, and offers those left unfinished."""

from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.content.load import LoadedGuide
from assistant.content.model import Guide
from assistant.engine.walk import UNSURE, replay
from assistant.errors import RecordsError
from assistant.interview.since import counting, fact_name, known, leads_to, words_since
from assistant.interview.view import View
from assistant.records.drafts import Draft, DraftBox

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
