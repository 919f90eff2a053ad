"""An entry as it now is, with all that it took the place of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide
from assistant.interview.entries import local_time, view_of
from assistant.interview.recording import Before
from assistant.interview.view import View
from assistant.records.entry import Entry, Withdrawal

if TYPE_CHECKING:
    from assistant.records.entry import Recorded
    from assistant.records.store import RecordStore


@dataclass(frozen=True)
class EntryLine:
    """The last version of an entry, its history oldest first, and what withdrew it, if anything."""

    now: Before
    history: "tuple[Recorded, ...]"
    withdrawal: Withdrawal | None = None

    @property
    def stands(self) -> bool:
        """Tell whether the entry can be corrected or withdrawn."""
        return self.withdrawal is None

    @property
    def words(self) -> str:
        """Say what became of the entry, and whether it has a history; nothing where there is none."""
        if self.withdrawal:
            return f"Withdrawn {local_time(self.withdrawal.when)}: {self.withdrawal.why}"
        if self.now.entry.corrects:
            return "This takes the place of an earlier entry; see its history."
        return ""


def line_of(store: "RecordStore", seq: int) -> EntryLine:
    """Give the line that a number belongs to; raises `RecordsError` where it holds no entry."""
    history = tuple(store.history(seq))
    versions = [Before(one.seq, one.record) for one in history if isinstance(one.record, Entry)]
    if not versions:  # erased, or no entry: the store says which
        return EntryLine(Before(seq, store.get(seq)), history)
    newest = history[-1].record
    return EntryLine(versions[-1], history, newest if isinstance(newest, Withdrawal) else None)


def taken_up(loaded: LoadedGuide, before: Before, fresh: View) -> View:
    """Give the interview of an entry, in place of a fresh one; recorded, it takes the entry's place."""
    view = view_of(loaded, before.entry, fresh.glossary, fresh.id, before.seq)
    words = (
        f"These are the answers of entry {before.seq}. What you record from here takes its place;"
        " press c to change an answer."
    )
    return view.saying(f"{words} {view.notice}".strip())
