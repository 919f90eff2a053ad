"""What every front end asks for, and says, when an entry is recorded."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from assistant.content.model import Guide
from assistant.engine.wording import group_name
from assistant.errors import RecordsPendingError
from assistant.interview.form_fields import MORE, REASON, Field, fields_named
from assistant.records.entry import Entry, is_followed

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem
    from assistant.records.store import RecordStore

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
        from assistant.records.guard.form import entry_problems  # noqa: PLC0415 - only a form needs it

        overriding = self.overriding(form)
        counted = form if overriding else {**form, **dict.fromkeys(REASON, "")}
        return entry_problems(
            counted,
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
        """Give what a form says of an entry, by the entry's own fields."""
        overriding = self.overriding(form)
        text = {name: form.get(name, "").strip() for name in (*QUICK, *MORE, *REASON, "why")}
        return text | {
            "begun": date.fromisoformat(text["begun"]) if text["begun"] else None,
            "ended": date.fromisoformat(text["ended"]) if text["ended"] else None,
            "linked": {"yes": True, "no": False}.get(text["linked"]),
            "reason_code": text["reason_code"] if overriding else "",
            "reason": text["reason"] if overriding else "",
            "why": text["why"] if self.before else "",
        }


def problems_counted(count: int) -> str:
    """Say how much is to be mended before a form can be saved; "" for nothing."""
    if not count:
        return ""
    return f"{count} {'thing' if count == 1 else 'things'} to mend before this can be saved."


def typed_before(entry: Entry) -> dict[str, str]:
    """Give what a form would have held for an entry."""
    linked = {True: "yes", False: "no", None: ""}[entry.linked]
    days = {name: day.isoformat() if day else "" for name, day in _days(entry).items()}
    same = (*QUICK, *REASON, "status", "category", "service_type", "provider")
    return {name: getattr(entry, name) for name in same} | days | {"linked": linked}


def _days(entry: Entry) -> dict[str, date | None]:
    return {"begun": entry.begun, "ended": entry.ended}
