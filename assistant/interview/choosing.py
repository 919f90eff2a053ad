"""Records what an interview came to."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide
from assistant.errors import RecordsError
from assistant.interview.recording import Before, Recording
from assistant.interview.saying import to_record
from assistant.interview.view import View
from assistant.records.entry import DEPENDS, Entry

if TYPE_CHECKING:
    from assistant.records.store import RecordStore

FINISHED = "Finished what was left open."
"""Why an entry takes the place of one that was left open."""


class Choosing(Recording):
    """The entry of an interview's result, for the group that the worker chose."""

    def __init__(self, view: View, loaded: LoadedGuide, before: Before | None = None) -> None:
        super().__init__(view.guide, before)
        self._view = view
        self._loaded = loaded

    @property
    def title(self) -> str:
        instead = f", in place of entry {self.before.seq}" if self.before else ""
        return f"Record{instead}: {to_record(self._view)}"

    @property
    def recommended(self) -> str | None:
        return self._view.recommended

    def chosen(self, form: Mapping[str, str]) -> str | None:  # noqa: ARG002 - not the form's to say
        return self._view.chosen

    def at_first(self) -> dict[str, str]:
        """Take along what the earlier entry said of the service, and nothing of its group."""
        found = super().at_first() | {"reason_code": "", "reason": ""}
        was_open = self.before is not None and self.before.entry.unresolved
        return found | ({"why": FINISHED} if was_open and not _is_left_open(self._view) else {})

    def entry(self, form: Mapping[str, str], when: datetime) -> Entry:
        view, result, loaded = self._view, self._view.verdict, self._loaded
        return Entry(
            **self.typed(form),
            id=_entry_id(view),
            when=when,
            outcome=result.outcomes[0] if result and len(result.outcomes) == 1 else None,
            recommended=view.recommended,
            certainty=(result.certainty if result else None) or DEPENDS,
            chosen=view.chosen,
            answers=view.everything_said,
            assumed=tuple(fact for fact, _ in view.standing.trail if fact in view.assumed),
            content_version=loaded.guide.about.version,
            raw_hash=loaded.raw_hash,
            meaning_hash=loaded.meaning_hash,
            corrects=self.before.entry.id if self.before else None,
        )


def choosing(
    view: View, loaded: LoadedGuide, open_records: "Callable[[], RecordStore]"
) -> Choosing:
    """Give the recording of a view, with the entry whose place it takes, if there is one.

    Raises `RecordsError` where that entry cannot be read.
    """
    if not view.corrects:
        return Choosing(view, loaded)
    store = open_records()
    seq = store.number_of(view.corrects)
    if seq is None:
        raise RecordsError(
            "The entry that this was to correct is not in these records.",
            mend="Start a new interview, and record it as an entry of its own.",
        )
    return Choosing(view, loaded, Before(seq, store.get(seq)))


def _entry_id(view: View) -> str:
    """Give the id of a view's entry: an unresolved one is an entry of its own, for these answers.

    Once finished, the interview is recorded again, under the interview's own id.
    """
    if not _is_left_open(view):
        return view.id
    said = f"{view.id} {sorted(view.everything_said.items())} {view.corrects}"
    return sha256(said.encode()).hexdigest()[:32]


def _is_left_open(view: View) -> bool:
    return view.unresolved and view.chosen is None
