"""The fields and forms that a worker fills in: record, correct, withdraw, filter."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from assistant.cases.summary import CERTAINTIES, FOLLOWED, OVERRIDDEN, chosen_words
from assistant.cases.view import View, to_record
from assistant.engine.verdict import group_name
from assistant.errors import RecordsError, RecordsPendingError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import DEPENDS, EVERYTHING, STATUSES, Entry, Wanted, is_followed
from assistant.text import counted

if TYPE_CHECKING:
    from assistant.records.fields import FieldProblem
    from assistant.records.store import RecordStore


_NUMBER = re.compile("[0-9]{1,3}")

SUPERVISOR = "-"
"""Stands in a form for the choice of no group; what is empty is not chosen yet."""

LEFT_TO_SUPERVISOR = "No group yet: left to the supervisor"
"""What the choice of no group is called."""


@dataclass(frozen=True)
class Field:
    """A field's label, what to put in, and the values there are to choose from, if any."""

    label: str
    hint: str
    choices: Mapping[str, str] = field(default_factory=dict)


_DAY = "year-month-day, as 2026-01-31"

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "case_number": Field("Case number", "digits only"),
        "whom": Field("Whom for", "a role, such as child 1 or all siblings"),
        "service": Field("Service", "a few words, such as parenting class"),
        "group": Field("Group", "the group the service is recorded under"),
        "reason_code": Field("Why this group", "needed, since it is not the one recommended"),
        "reason": Field("Note", "what else should be known about the reason"),
        "status": Field("Status", "how far the service is", {name: name for name in STATUSES}),
        "begun": Field("Begun on", _DAY),
        "ended": Field("Ended on", _DAY),
        "linked": Field(
            "In case plan",
            "whether the service is linked to the case plan",
            {"yes": "yes", "no": "no"},
        ),
        "why": Field("Why changed", "what was wrong, or what is new"),
    }
)
"""Every field that a form may ask for, in the order they are asked for."""

MORE = ("status", "begun", "ended", "linked")
"""The fields that may be left out, and are asked for only where a worker wants them."""

ASKED_ONCE: Mapping[str, str] = MappingProxyType(
    {"category": "Category", "service_type": "Type", "provider": "Provider"}
)
"""What older entries hold and no form asks for any more, with its labels."""

REASON = ("reason_code", "reason")
"""The fields that say why another group than the recommended one was chosen."""


def fields_named(names: Iterable[str], guide: Guide) -> dict[str, Field]:
    """Give fields by name in the form's order, with the choices that the guide has for them."""
    wanted = set(names)
    found = {name: FIELDS[name] for name in FIELDS if name in wanted}
    choices = {"group": groups_to_choose(guide), "reason_code": guide.about.override_reasons}
    for name in found.keys() & choices.keys():
        found[name] = replace(found[name], choices=choices[name])
    if not guide.about.override_reasons:
        found.pop("reason_code", None)
    return found


def groups_to_choose(guide: Guide) -> dict[str, str]:
    """Give the names of the groups by id, and of no group at all."""
    return {id_: group.name for id_, group in guide.groups.items()} | {
        SUPERVISOR: LEFT_TO_SUPERVISOR
    }


def value_meant(choices: Mapping[str, str], typed: str) -> str:
    """Give the value that a typed number or word chooses; what chooses none is given as typed."""
    text = " ".join(typed.casefold().split())
    numbered = {str(number): value for number, value in enumerate(choices, start=1)}
    if text in numbered:
        return numbered[text]
    exact = [value for value, words in choices.items() if text in {value, words.casefold()}]
    begun = [v for v, words in choices.items() if text and words.casefold().startswith(text)]
    meant = exact or begun
    return meant[0] if len(meant) == 1 else typed


WARNING = (
    "A memo of advice, not the agency's record: enter the group in the data system too."
    " No names, birth dates, addresses or allegations: an entry is never changed; you can only"
    " correct it by a new one."
)
"""What a worker must know before typing anything."""

KEPT_TYPED = "What you typed for recording is kept until you quit."
"""Said when a form is left that holds something."""

QUICK = ("case_number", "whom", "service")
"""What every entry needs."""


@dataclass(frozen=True)
class Before:
    """The entry whose place another takes, with its number."""

    seq: int
    entry: Entry


class Recording(ABC):
    """An entry to be: what the form asks for it, what is wrong with that, and the entry it becomes.

    `before` is the entry whose place it takes, if any.
    """

    def __init__(self, guide: Guide, before: Before | None) -> None:
        self.guide = guide
        self.before = before

    @property
    @abstractmethod
    def title(self) -> str:
        """What is being recorded, as a heading."""

    @property
    @abstractmethod
    def recommended(self) -> str | None:
        """The group that was recommended."""

    @abstractmethod
    def chosen(self, form: Mapping[str, str]) -> str | None:
        """Give the group that is chosen, None for the supervisor to decide."""

    @abstractmethod
    def entry(self, form: Mapping[str, str], when: datetime) -> Entry:
        """Give the entry of a form that has no problems; tried again, it has the same id."""

    def overriding(self, form: Mapping[str, str]) -> bool:
        """Tell whether the group chosen is another than the one recommended, if one was."""
        return is_followed(self.recommended, self.chosen(form)) is False

    def fields(self, form: Mapping[str, str], *, more: bool) -> dict[str, Field]:
        """Give the fields to ask for, in order; a reason only where one is needed."""
        names = [*QUICK, *(MORE if more else ()), *(("why",) if self.before else ())]
        return fields_named([*names, *(REASON if self.overriding(form) else ())], self.guide)

    def every_field(self) -> dict[str, Field]:
        """Give all fields that may have to be asked for, whatever is typed into them."""
        return self.fields({}, more=True)

    def at_first(self) -> dict[str, str]:
        """Give what the fields hold before anything is typed."""
        return typed_before(self.before.entry) if self.before else {}

    def problems(self, form: Mapping[str, str], today: date) -> "list[FieldProblem]":
        """List all that keeps a form from being recorded, in the form's own order."""
        from assistant.records.fields import entry_problems  # noqa: PLC0415 - only a form needs it

        overriding = self.overriding(form)
        read = form if overriding else {**form, **dict.fromkeys(REASON, "")}
        return entry_problems(
            read,
            overriding=overriding,
            reasons=self.guide.about.override_reasons,
            correcting=self.before is not None,
            today=today,
        )

    def words(self, entry: Entry, number: int) -> str:
        """Say what is recorded, and what is still to do."""
        instead = f", in place of entry {self.before.seq}" if self.before else ""
        if not entry.chosen:
            return (
                f"Recorded as entry {number} on this computer{instead}, with no group for now."
                " Ask your supervisor, and enter the group in the agency's data system once it is"
                " decided."
            )
        return (
            f"Recorded as entry {number} on this computer{instead}:"
            f" {group_name(self.guide, entry.chosen)}."
            " Now enter the group in the agency's data system, which stays the record."
        )

    def save(
        self, form: Mapping[str, str], when: datetime, open_records: "Callable[[], RecordStore]"
    ) -> tuple[Entry, str]:
        """Record a form that has no problems; give the entry, and a sentence that says it is safe.

        Raises `RecordsError` where nothing is recorded.
        """
        entry = self.entry(form, when)
        try:
            number = open_records().add(entry)
        except RecordsPendingError as pending:
            return entry, str(pending)
        return entry, self.words(entry, number)

    def typed(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return what a form says of an entry, by the entry's own fields.

        What no form asks for any more is as in the entry whose place it takes.
        """
        overriding = self.overriding(form)
        kept = {name: getattr(self.before.entry, name) for name in ASKED_ONCE if self.before}
        text = {name: form.get(name, "").strip() for name in (*QUICK, *MORE, *REASON, "why")}
        return (
            text
            | kept
            | {
                "begun": date.fromisoformat(text["begun"]) if text["begun"] else None,
                "ended": date.fromisoformat(text["ended"]) if text["ended"] else None,
                "linked": {"yes": True, "no": False}.get(text["linked"]),
                "reason_code": text["reason_code"] if overriding else "",
                "reason": text["reason"] if overriding else "",
                "why": text["why"] if self.before else "",
            }
        )


def problems_counted(count: int) -> str:
    """Say how much is to be mended before a form can be saved; "" for nothing."""
    if not count:
        return ""
    return f"{counted(count, 'thing')} to mend before this can be saved."


def typed_before(entry: Entry) -> dict[str, str]:
    """Give what a form would have held for an entry."""
    linked = {True: "yes", False: "no", None: ""}[entry.linked]
    days = {name: day.isoformat() if day else "" for name, day in _days(entry).items()}
    same = (*QUICK, *REASON, "status")
    return {name: getattr(entry, name) for name in same} | days | {"linked": linked}


def _days(entry: Entry) -> dict[str, date | None]:
    return {"begun": entry.begun, "ended": entry.ended}


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


HOW_WORDS_ARE_FOUND = (
    "A word is found by its beginning; one that begins too many words only as a whole."
)
"""Said where words are searched for, and where nothing holds them."""

_WANTING_DAY = "year-month-day, as 2026-01-31"
_NOT_FOLLOWED = {"no": FOLLOWED, "yes": OVERRIDDEN}
_STANDING: Mapping[str, str] = {"standing": "Standing", "withdrawn": "Withdrawn"}


def filter_fields(guide: Guide) -> dict[str, Field]:
    """Give the fields of the form that narrows a list; any may be left empty."""
    return {
        "text": Field("Words", "words or their beginnings, or a case number"),
        "since": Field("From", _WANTING_DAY),
        "until": Field("To", _WANTING_DAY),
        "group": Field("Group", "", groups_to_choose(guide)),
        "certainty": Field("How sure", "", CERTAINTIES),
        "overridden": Field("Chosen", "", _NOT_FOLLOWED),
        "standing": Field("Entries", "", _STANDING),
    }


def filter_problems(form: Mapping[str, str]) -> "list[FieldProblem]":
    """List what is wrong with a filter, field by field."""
    from assistant.records.fields import (  # noqa: PLC0415
        FieldProblem,
        day_problems,
        day_typed,
    )

    found = [
        *day_problems("since", "From", form.get("since", "")),
        *day_problems("until", "To", form.get("until", "")),
    ]
    since, until = day_typed(form.get("since", "")), day_typed(form.get("until", ""))
    if since and until and until < since:
        found.append(FieldProblem("until", f"To: {until} is before {since}. Turn them around."))
    return found


def wanted_of(form: Mapping[str, str]) -> Wanted:
    """Give what a filter without problems asks for."""
    from assistant.records.fields import day_typed  # noqa: PLC0415 - only a form needs it

    group, standing = form.get("group", ""), form.get("standing", "")
    which: Literal["standing", "withdrawn", "all"] = "all"
    if standing:
        which = "withdrawn" if standing == "withdrawn" else "standing"
    return Wanted(
        group="" if group == SUPERVISOR else group or None,
        certainty=form.get("certainty") or None,
        since=day_typed(form.get("since", "")),
        until=day_typed(form.get("until", "")),
        overridden={"yes": True, "no": False}.get(form.get("overridden", "")),
        text=form.get("text", "").strip(),
        standing=which,
    )


def form_of(wanted: Wanted) -> dict[str, str]:
    """Give the form that asks for what is wanted."""
    return {
        "text": wanted.text,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "group": SUPERVISOR if wanted.group == "" else wanted.group or "",
        "certainty": wanted.certainty or "",
        "overridden": {True: "yes", False: "no", None: ""}[wanted.overridden],
        "standing": "" if wanted.standing == "all" else wanted.standing,
    }


def wanted_words(guide: Guide, wanted: Wanted) -> str:
    """Say what a list is narrowed to; nothing where all is shown."""
    return "" if wanted == EVERYTHING else "; ".join(_words(guide, wanted))


def _words(guide: Guide, wanted: Wanted) -> Iterator[str]:
    if wanted.group is not None:
        yield chosen_words(guide, wanted.group or None)
    if wanted.certainty is not None:
        yield CERTAINTIES.get(wanted.certainty, wanted.certainty)
    if wanted.overridden is not None:
        yield OVERRIDDEN if wanted.overridden else FOLLOWED
    if wanted.since:
        yield f"from {wanted.since}"
    if wanted.until:
        yield f"to {wanted.until}"
    if wanted.text:
        yield f"with “{wanted.text}”"
    if wanted.standing != "all":
        yield _STANDING[wanted.standing]


class Correcting(Recording):
    """The entry that takes the place of another, for the same answers."""

    def __init__(self, guide: Guide, before: Before, id_: str) -> None:
        super().__init__(guide, before)
        self._old = before.entry
        self._seq = before.seq
        self._id = id_

    @property
    def title(self) -> str:
        return f"Correct entry {self._seq}"

    @property
    def recommended(self) -> str | None:
        return self._old.recommended

    def chosen(self, form: Mapping[str, str]) -> str | None:
        group = form.get("group", "")
        return None if group == SUPERVISOR else group

    def fields(self, form: Mapping[str, str], *, more: bool) -> dict[str, Field]:
        found = super().fields(form, more=more)
        return fields_named([*found, "group"], self.guide)

    def at_first(self) -> dict[str, str]:
        return typed_before(self._old) | {"group": self._old.chosen or SUPERVISOR}

    def problems(self, form: Mapping[str, str], today: date) -> "list[FieldProblem]":
        """List what is wrong with the form; to change nothing is no correction."""
        from assistant.records.fields import FieldProblem  # noqa: PLC0415 - only a form needs it

        found = super().problems(form, today)
        if form.get("group", "") not in groups_to_choose(self.guide):
            found.append(FieldProblem("group", "Group: choose one of those listed."))
        same = all(form.get(name, "") == value for name, value in self.at_first().items())
        if same and not found:
            found.append(
                FieldProblem("case_number", "Nothing is changed yet. Change what is wrong.")
            )
        return found

    def entry(self, form: Mapping[str, str], when: datetime) -> Entry:
        return replace(
            self._old,
            **self.typed(form),
            id=self._id,
            when=when,
            chosen=self.chosen(form),
            corrects=self._old.id,
        )
