"""The forms that a worker fills in (record, correct, withdraw, filter) and their fields."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from assistant.cases.view import View, to_record
from assistant.engine.verdict import LEFT_TO_SUPERVISOR, group_name
from assistant.errors import RecordsError, RecordsPendingError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import OTHER_REASON, Guide
from assistant.records.entry import DEPENDS, Entry, Withdrawal, is_followed
from assistant.records.fields import (
    ENTRY_FIELDS,
    FIELDS,
    NAMED,
    NOTE_NEEDED,
    REASON_NEEDED,
    SEVERAL,
    Confirmation,
    Field,
    FieldProblem,
    Form,
    Typed,
    case_number_problems,
    is_for_several,
    seems_to_name,
    service_problems,
)
from assistant.shapes import Frozen

if TYPE_CHECKING:
    from assistant.cases.drafts import DraftBox, MemoFolder
    from assistant.records.store import RecordStore


SUPERVISOR = "-"
"""Stands in a form for the choice of no group; what is empty is not chosen yet."""

NO_NAMES = "Leave out names, birth dates, addresses, and allegations."
"""What a worker must know before typing anything."""

KEPT_TYPED = "What you typed in the form is kept until you quit."
"""Said when a form is left that holds something."""

FINISHED = "The open question is answered."
"""Why an entry replaces one that was left open."""

TYPING_MISTAKE = "Typing mistake."
"""Why the entry saved last is corrected, unless a worker says otherwise."""


def groups_to_choose(guide: Guide) -> dict[str, str]:
    """Return the names of the groups by id, and of no group."""
    return {id_: group.name for id_, group in guide.groups.items()} | {
        SUPERVISOR: LEFT_TO_SUPERVISOR
    }


class FormServices(Protocol):
    """What forms of entries work with."""

    @property
    def loaded(self) -> LoadedGuide: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], str]: ...
    @property
    def open_records(self) -> "Callable[[], RecordStore]": ...


class SessionServices(FormServices, Protocol):
    """What an interview works with."""

    @property
    def drafts(self) -> "DraftBox": ...
    @property
    def memos(self) -> "MemoFolder": ...
    @property
    def resumes(self) -> bool: ...
    @property
    def training_only(self) -> bool: ...


class PreviousEntry(Frozen):
    """The entry that another replaces, with its number."""

    seq: int
    entry: Entry


class SavedEntry(Frozen):
    """An entry that is safe, the sentence that says so, and its number; 0 where it waits to be sent."""

    entry: Entry
    sentence: str
    number: int = 0


class EntryForm(Form[SavedEntry]):
    """An entry to be, recommended a group or none; `previous` is the one it replaces."""

    note = "A saved entry cannot be edited. To fix it later, record a correction."
    asks_group: ClassVar[bool] = False

    def __init__(
        self, services: FormServices, previous: PreviousEntry | None, recommended: str | None
    ) -> None:
        self.guide = services.loaded.guide
        self.previous = previous
        self.recommended = recommended
        self._services = services
        self.fields = tuple(self._fields())

    @abstractmethod
    def chosen(self, typed: Typed) -> str | None:
        """Return the group that is chosen, None for the supervisor to decide."""

    @abstractmethod
    def chosen_words(self, typed: Typed) -> str:
        """Return that group's name, or why there is none."""

    @abstractmethod
    def entry(self, typed: Typed) -> Entry:
        """Return the entry of a form that has no problems; tried again, it has the same id."""

    def overriding(self, typed: Typed) -> bool:
        """Tell whether the group chosen is another than the one recommended, if one was."""
        return is_followed(self.recommended, self.chosen(typed)) is False

    def asked(self, typed: Typed, *, more: bool) -> tuple[Field, ...]:
        """Return the fields to ask for; a reason only where one is needed."""
        unasked = {"more": not more, "overriding": not self.overriding(typed)}
        fields = [field for field in self.fields if not unasked.get(field.when)]
        if self.chosen(typed) is None:  # nothing was chosen otherwise; the note is welcome
            return tuple(field for field in fields if field.name != "reason_code")
        has_codes = any(field.name == "reason_code" for field in fields)
        if has_codes and typed.get("reason_code") != OTHER_REASON:
            return tuple(fields)
        return tuple(
            replace(field, need=REASON_NEEDED) if field.name == "reason" else field
            for field in fields
        )

    def save(self, typed: Typed) -> SavedEntry:
        entry = self.entry(typed)
        return SavedEntry(entry, *_add(self._services, entry, partial(self._sentence, entry)))

    def _fields(self) -> Iterator[Field]:
        """Return the fields that may have to be asked for, with the guide's choices."""
        impossible = {
            "never": True,
            "correcting": not self.asks_group,
            "overriding": not self.overriding({}),
            "replacing": not self.previous,
        }
        choices = {
            "group": groups_to_choose(self.guide),
            "reason_code": self.guide.about.override_reasons,
        }
        for field in ENTRY_FIELDS:
            found = replace(field, choices=choices.get(field.name, field.choices))
            if not impossible.get(field.when) and (found.choices or found.kind != "choice"):
                yield found

    def _mismatches(self, typed: Typed) -> Iterator[FieldProblem]:
        today = self._services.now().astimezone().date()
        asked = {field.name: typed.get(field.name, "") for field in self.asked(typed, more=True)}
        kept = case_number_problems(asked["case_number"], asked)
        for name, words in (*service_problems(typed, today), *kept):
            yield FieldProblem(name, FIELDS[name].problem(words))

    def reminder(self, typed: Typed) -> str:
        whom = typed.get("whom", "")
        if seems_to_name(whom):
            return NAMED
        return SEVERAL if is_for_several(whom) else ""

    def _sentence(self, entry: Entry, number: int) -> str:
        instead = f", which replaces entry {self.previous.seq}" if self.previous else ""
        if not entry.chosen:
            return (
                f"Saved as entry {number}{instead}, with no group yet. Next: ask your supervisor,"
                " then choose the group for this service in the data system."
            )
        name = group_name(self.guide, entry.chosen)
        return (
            f"Saved as entry {number}{instead}. Next: in the data system, open the service"
            f" “{entry.service}” and choose the service group “{name}”."
        )

    def _read(self, typed: Typed) -> dict[str, Any]:
        """Return what a form says of an entry, by the entry's own fields.

        What no form asks for any more is as in the entry that it replaces.
        """
        found: dict[str, Any] = dict.fromkeys(("reason_code", "reason", "why"), "")
        if self.previous:
            unasked = [field.name for field in ENTRY_FIELDS if field.when == "never"]
            found |= {name: getattr(self.previous.entry, name) for name in unasked}
        asked = [field for field in self.asked(typed, more=True) if field.name != "group"]
        return found | {field.name: field.read(typed.get(field.name, "")) for field in asked}


def _written(entry: Entry) -> dict[str, str]:
    """Return what a form would have held for an entry, less the group and why it changes."""
    fields = [
        field for field in ENTRY_FIELDS if field.when not in {"never", "correcting", "replacing"}
    ]
    return {field.name: field.written(getattr(entry, field.name)) for field in fields}


def _add(
    services: FormServices, record: Entry | Withdrawal, sentence: Callable[[int], str]
) -> tuple[str, int]:
    """Add a record; return what says so, with its number, or that it waits on this computer, with 0."""
    try:
        number = services.open_records().add(record)
    except RecordsPendingError as pending:
        return str(pending), 0
    return sentence(number), number


_NOT_YET = "There is no group to enter in the data system yet."


class NewEntry(EntryForm):
    """The entry of an interview's result, for the group that the worker chose.

    Where it corrects another, it takes along what that one said of the service, and nothing of its
    group. Raises `RecordsError` where that entry cannot be read.
    """

    def __init__(self, services: FormServices, view: View) -> None:
        self._view = view
        previous = previous_entry(services, view.corrects) if view.corrects else None
        super().__init__(services, previous, view.recommended)
        instead = f", replacing entry {previous.seq}" if previous else ""
        self.title = f"Record{instead}: {to_record(view)}"
        enter = "Also enter the group in the data system." if view.chosen else _NOT_YET
        self.lead = f"This is for your own notes. {enter} {NO_NAMES}"
        if previous:
            ends = previous.entry.unresolved and not self._is_left_open
            kept = _written(previous.entry) | {"reason_code": "", "reason": ""}
            self.first = kept | ({"why": FINISHED} if ends else {})

    def reminder(self, typed: Typed) -> str:
        return super().reminder(typed) or self._view.notice

    def chosen(self, typed: Typed) -> str | None:  # noqa: ARG002 - not the form's to say
        return self._view.chosen

    def chosen_words(self, typed: Typed) -> str:  # noqa: ARG002 - as above
        return to_record(self._view)

    def entry(self, typed: Typed) -> Entry:
        view, result, loaded = self._view, self._view.verdict, self._services.loaded
        return Entry(
            **self._read(typed),
            id=self._id,
            when=self._services.now(),
            outcome=result.outcomes[0] if result and len(result.outcomes) == 1 else None,
            recommended=view.recommended,
            certainty=(result.certainty if result else None) or DEPENDS,
            chosen=view.chosen,
            answers=view.everything_said,
            assumed=tuple(fact for fact, _ in view.standing.trail if fact in view.assumed),
            content_version=loaded.guide.about.version,
            raw_hash=loaded.raw_hash,
            meaning_hash=loaded.meaning_hash,
            corrects=self.previous.entry.id if self.previous else None,
        )

    @property
    def _is_left_open(self) -> bool:
        return self._view.unresolved and self._view.chosen is None

    @property
    def _id(self) -> str:
        """The entry's id: an unresolved one is a separate entry, for these answers.

        Once finished, the interview is recorded again, under the interview's own id.
        """
        view = self._view
        if not self._is_left_open:
            return view.id
        said = f"{view.id} {sorted(view.everything_said.items())} {view.corrects}"
        return sha256(said.encode()).hexdigest()[:32]


def previous_entry(services: FormServices, id_: str) -> PreviousEntry:
    """Return the entry with an id, to be corrected; raises `RecordsError` where it is not there."""
    store = services.open_records()
    seq = store.number_of(id_)
    if seq is None:
        raise RecordsError(
            "The entry that you are correcting is not in these records.",
            mend="If it is waiting on this computer, correct it once it is sent. Otherwise, start a"
            " new interview and record it as a new entry.",
        )
    return PreviousEntry(seq, store.get(seq))


class Correction(EntryForm):
    """The entry that replaces another, for the same answers; `why` is there at first."""

    asks_group = True
    lead = f"The old text stays in the history until your IT staff erases old records. {NO_NAMES}"

    def __init__(self, services: FormServices, previous: PreviousEntry, why: str = "") -> None:
        entry = previous.entry
        super().__init__(services, previous, entry.recommended)
        self.title = f"Correct entry {previous.seq}"
        self.first = _written(entry) | {"group": entry.chosen or SUPERVISOR, "why": why}
        self._unchanged = {name: value for name, value in self.first.items() if name != "why"}
        self._before = previous
        self._entry = replace(
            entry, id=services.new_id(), corrects=entry.id, restores=None, why="-"
        )

    def chosen(self, typed: Typed) -> str | None:
        group = typed.get("group", "")
        return None if group == SUPERVISOR else group

    def chosen_words(self, typed: Typed) -> str:
        group = typed.get("group", "")
        return groups_to_choose(self.guide).get(group, group)

    def problems(self, typed: Typed) -> list[FieldProblem]:
        """List what is wrong with the form; to change nothing is no correction."""
        found = super().problems(typed)
        same = all(typed.get(name, "") == value for name, value in self._unchanged.items())
        if found or not same:
            return found
        return [FieldProblem("", "Nothing has changed yet. Fix what is wrong.")]

    def entry(self, typed: Typed) -> Entry:
        now, chosen, read = self._services.now(), self.chosen(typed), self._read(typed)
        if chosen is None and self._entry.chosen is None:
            read["reason_code"] = self._entry.reason_code  # it is not asked for
        return replace(self._entry, **read, when=now, chosen=chosen)

    def _sentence(self, entry: Entry, number: int) -> str:
        """Say what is saved; where the group stays, the next step may be done already."""
        before = self._before.entry
        if not entry.chosen or (entry.chosen, entry.service) != (before.chosen, before.service):
            return super()._sentence(entry, number)
        saved = f"Saved as entry {number}, which replaces entry {self._before.seq}."
        name = group_name(self.guide, entry.chosen)
        return f"{saved} The group is still {name}. Check that the data system has it too."


def form_ahead(services: FormServices, view: View, saved: SavedEntry | None) -> EntryForm | None:
    """Return a form with every field that may be needed next, None where they are not known yet."""
    if view.mode == "recorded" and saved:
        return Correction(services, PreviousEntry(0, saved.entry))
    if view.verdict is None or view.corrects or view.mode != "asking":
        return None
    other = next(group for group in view.guide.groups if group != view.recommended)
    return NewEntry(services, view.turned("recording", chosen=other))


_WHY_WITHDRAWN = f"Why are you withdrawing it? {NO_NAMES}"


class WithdrawalForm(Form[str]):
    """Says why an entry no longer counts; saving it gives the sentence that says so."""

    lead = (
        "A withdrawn entry no longer counts. It stays in the list with your reason, and you can"
        f" restore it. {NO_NAMES}"
    )
    verb = "Withdraw"
    done = "withdrawn"
    leave = "Type back to leave the entry as it is."
    fields = (
        Field(
            *("why", "Reason", "such as recorded twice", "note", NOTE_NEEDED),
            question=_WHY_WITHDRAWN,
            about=f"Say in a few words why it should not count. {NO_NAMES}",
        ),
    )

    def __init__(self, services: FormServices, previous: PreviousEntry) -> None:
        self._services = services
        self._previous = previous
        self._id = services.new_id()
        self.title = f"Withdraw entry {previous.seq}"
        self.deed = f"withdraw entry {previous.seq}"
        question = f"{self.title}? You can restore it later."
        self.confirmation = Confirmation(question, "Withdraw it", "Keep it")

    def _mismatches(self, typed: Typed) -> Iterator[FieldProblem]:
        for name, words in case_number_problems(self._previous.entry.case_number, typed):
            yield FieldProblem(name, self.fields[0].problem(words))

    def save(self, typed: Typed) -> str:
        withdrawal = Withdrawal(
            id=self._id,
            when=self._services.now(),
            withdraws=self._previous.entry.id,
            why=typed["why"].strip(),
        )
        return _add(self._services, withdrawal, self._sentence)[0]

    def _sentence(self, _number: int) -> str:
        return (
            f"Entry {self._previous.seq} is withdrawn. If you entered its group in the data system,"
            " fix it there too."
        )


def restore(services: FormServices, previous: PreviousEntry) -> tuple[str, int]:
    """Undo the withdrawal of an entry by a new one of the same content.

    Return what is said of that, and the new number; 0 where the entry waits to be sent. Raises
    `RecordsError` where it cannot be done.
    """
    entry = replace(
        previous.entry,
        id=services.new_id(),
        when=services.now(),
        corrects=None,
        restores=previous.entry.id,
        why="",
    )

    def sentence(number: int) -> str:
        return f"Entry {previous.seq} is restored. It is now entry {number}."

    return _add(services, entry, sentence)
