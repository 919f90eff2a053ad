"""Keeps the interview on the screen as a draft, and offers the one that was left unfinished."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.content.load import LoadedGuide
from assistant.engine.walk import UNSURE
from assistant.errors import RecordsError
from assistant.interview.view import View
from assistant.records.drafts import Draft, DraftBox


class Drafting:
    """Saves every answer as it is given; a draft that cannot be saved never stops the interview."""

    def __init__(self, box: DraftBox, loaded: LoadedGuide, now: Callable[[], datetime]) -> None:
        self._box = box
        self._loaded = loaded
        self._now = now
        self.waiting: Draft | None = None
        self._count = 0

    def look(self) -> None:
        """Find the newest unfinished interview, if there is one."""
        try:
            drafts = self._box.waiting()
        except RecordsError:
            drafts = []
        self.waiting = drafts[0] if drafts else None
        self._count = len(drafts)

    @property
    def waiting_words(self) -> str:
        """Say that an unfinished interview waits, how far it is and when it was left."""
        if not self.waiting:
            return ""
        count = len(self.waiting.answers)
        answers = "1 answer" if count == 1 else f"{count} answers"
        when = _local_words(self.waiting.saved_at, self._now())
        if self._count > 1:
            return (
                f"{self._count} unfinished interviews are waiting; the last has {answers}, {when}."
            )
        return f"An unfinished interview is waiting ({answers}, {when})."

    def take(self) -> Draft | None:
        """Give the waiting draft, less answers the guide no longer has; it is then not offered."""
        draft, self.waiting = self.waiting, None
        return replace(draft, answers=dict(self._known(draft))) if draft else None

    def older_guide_words(self, draft: Draft) -> str:
        """Say when a draft was begun under rules that have changed since."""
        if draft.meaning_hash == self._loaded.meaning_hash:
            return ""
        return (
            "The guide's rules have changed since this interview was begun"
            f" (version {draft.content_version}). Check each answer."
        )

    def saved(self, view: View) -> View:
        """Save a view's answers and give it back, saying so if they could not be kept."""
        loaded = self._loaded
        draft = Draft(
            id=view.id,
            saved_at=self._now(),
            answers={**view.given, **view.answers},
            assumed=tuple(sorted(view.assumed)),
            meaning_hash=loaded.meaning_hash,
            content_version=loaded.guide.about.version,
        )
        try:
            if draft.answers:
                self._box.save(draft)
            else:
                self._box.discard(view.id)
        except RecordsError as error:
            return view.saying(
                f"This interview is not being kept as a draft. {error.what}", view.among
            )
        return view

    def _known(self, draft: Draft) -> Iterator[tuple[str, str]]:
        for fact, answer in draft.answers.items():
            question = self._loaded.guide.questions.get(fact)
            if question and (answer == UNSURE or answer in question.options):
                yield fact, answer

    def discard(self, draft_id: str) -> None:
        """Drop a draft that is done with; one that cannot be dropped is merely offered again."""
        try:
            self._box.discard(draft_id)
        except RecordsError:
            return


def _local_words(then: datetime, now: datetime) -> str:
    local = then.astimezone()
    days = (now.astimezone().date() - local.date()) // timedelta(days=1)
    day = {0: "today", 1: "yesterday"}.get(days, f"{local:%Y-%m-%d}")
    return f"{day} {local:%H:%M}"
