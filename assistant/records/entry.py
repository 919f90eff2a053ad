"""An entry, a withdrawal, an erasure: what each holds, and the one JSON text of each."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timezone
from types import MappingProxyType
from typing import Any, Literal

from assistant.shapes import Frozen

ERASED = "erased"
"""The kind of what is left of an erased record."""

PROVIDED = "provided"
"""The status of a service that has begun, at the least."""

STATUSES = ("needed", "planned", PROVIDED)
"""What a service's status can be, as the data system has it."""

NEEDS = ("physical_health", "mental_health", "behavioral_health", "educational", "cultural")
"""What a service can be for: a child's well-being (Ongoing Services Worker Information)."""

DEPENDS = "depends"
"""The certainty of an entry whose interview ended in several groups, each under a condition."""

_ID = re.compile(r"[0-9a-f]{32}")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""No database keeps a NUL or half a character in its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One choice of a service group: never edited once recorded.

    `id` is the hex of a uuid4, and `when` is aware; `recommended` and `chosen` are group ids, None
    for "no group" and "left to the supervisor". `answers` maps fact to value in the order asked,
    and `assumed` names the facts among them that were taken as if they were so. `status` is one of
    `STATUSES`, `linked` tells whether the service is linked to a case plan; both may be unsaid.
    `reason_code` and `reason` say why the choice is another than the recommended one, if there is
    one, and may say why none was made yet. `need_met` is one of `NEEDS`, or unsaid. An entry that
    `corrects` another, by id, takes its place and says `why`; one that `restores` another, by id,
    undoes that one's withdrawal. What identifies the case stays out of `repr`, which finds its way
    into crash reports. Raises
    `ValueError`, without quoting any field, for what no store could keep or tell apart.
    """

    id: str
    when: datetime
    case_number: str = field(repr=False)
    whom: str = field(repr=False)
    service: str = field(repr=False)
    status: str = ""
    begun: date | None = None
    ended: date | None = None
    linked: bool | None = None
    need_met: str = ""
    category: str = field(default="", repr=False)
    service_type: str = field(default="", repr=False)
    provider: str = field(default="", repr=False)
    outcome: str | None
    recommended: str | None
    certainty: str
    chosen: str | None
    reason_code: str = ""
    reason: str = field(repr=False)
    answers: Mapping[str, str]
    assumed: tuple[str, ...] = ()
    content_version: str
    raw_hash: str
    meaning_hash: str
    corrects: str | None = None
    why: str = field(default="", repr=False)
    restores: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        object.__setattr__(self, "assumed", tuple(self.assumed))
        for problem in _faults(self):
            raise ValueError(problem)

    @property
    def followed(self) -> bool | None:
        """Tell whether what was recommended was chosen; None where nothing was recommended."""
        return is_followed(self.recommended, self.chosen)

    @property
    def unresolved(self) -> bool:
        """Tell whether the interview depended on what was not known, and no group is chosen yet."""
        return self.certainty == DEPENDS and self.chosen is None

    @property
    def overrides(self) -> bool:
        """Tell whether the worker chose otherwise than was recommended; where nothing was, nobody did."""
        return self.followed is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Says that the entry with the id `withdraws` no longer counts, and why."""

    id: str
    when: datetime
    withdraws: str
    why: str = field(repr=False)

    def __post_init__(self) -> None:
        for problem in (
            *_stamp_faults(self.id, self.when),
            *_pointer_faults(self.withdraws, self.id),
        ):
            raise ValueError(problem)
        if not self.why.strip() or _UNSTORABLE.search(self.why):
            raise ValueError("a withdrawal says why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Says that the content of everything recorded before a day was erased.

    `erased` holds the numbers of what was erased, as first and last of each unbroken run.
    """

    id: str
    when: datetime
    before: date
    erased: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "erased", tuple((first, last) for first, last in self.erased))
        for problem in _stamp_faults(self.id, self.when):
            raise ValueError(problem)


Record = Entry | Withdrawal | Erasure
"""Anything that has a number in the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySummary:
    """An entry as a row of a list; `seq` is its number in the store, from 1 up.

    `corrects` tells that it replaces an earlier one, `restored` that its withdrawal was undone,
    and `withdrawn` that it no longer counts.
    """

    seq: int
    when: datetime
    case_number: str = field(repr=False)
    whom: str = field(repr=False)
    service: str = field(repr=False)
    recommended: str | None
    chosen: str | None
    certainty: str
    corrects: bool = False
    restored: bool = False
    withdrawn: bool = False

    @property
    def followed(self) -> bool | None:
        """Tell whether what was recommended was chosen; None where nothing was recommended."""
        return is_followed(self.recommended, self.chosen)

    @property
    def unresolved(self) -> bool:
        """Tell whether the interview depended on what was not known, and no group is chosen yet."""
        return self.certainty == DEPENDS and self.chosen is None


def is_followed(recommended: str | None, chosen: str | None) -> bool | None:
    """Tell whether a choice is the one recommended; None where nothing was recommended."""
    return None if recommended is None else chosen == recommended


def is_case_number(text: str) -> bool:
    """Tell whether text is a case number: ASCII digits and nothing else, of any length."""
    return text.isascii() and text.isdigit()


def _faults(entry: Entry) -> Iterator[str]:
    yield from _stamp_faults(entry.id, entry.when)
    if not is_case_number(entry.case_number):
        yield "a case number is digits"
    if entry.overrides and entry.chosen and not (entry.reason.strip() or entry.reason_code):
        yield "a choice other than the recommended one has a reason"
    yield from _service_faults(entry)
    yield from _successor_faults(entry)
    if any(_UNSTORABLE.search(text) for text in _texts(entry)):
        yield "text holds characters that cannot be kept"


def _service_faults(entry: Entry) -> Iterator[str]:
    if entry.status and entry.status not in STATUSES:
        yield "a service is needed, planned or provided"
    if entry.need_met and entry.need_met not in NEEDS:
        yield "a service meets one of the known needs"
    if entry.begun and entry.ended and entry.ended < entry.begun:
        yield "a service does not end before it begins"


def _successor_faults(entry: Entry) -> Iterator[str]:
    for pointer in (entry.corrects, entry.restores):
        if pointer is not None:
            yield from _pointer_faults(pointer, entry.id)
    if entry.corrects is not None and not entry.why.strip():
        yield "a correction says why"
    if entry.corrects is not None and entry.restores is not None:
        yield "an entry corrects another or restores one"


def _stamp_faults(id_: str, when: datetime) -> Iterator[str]:
    if not _ID.fullmatch(id_):
        yield "an entry's id is 32 hexadecimal digits"
    if when.utcoffset() is None:
        yield "an entry's time says which zone it is in"


def _pointer_faults(id_: str, own: str) -> Iterator[str]:
    if not _ID.fullmatch(id_) or id_ == own:
        yield "an entry points at another by its id"


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.whom, entry.service, entry.reason, entry.certainty, entry.why)
    yield from (entry.category, entry.service_type, entry.provider, entry.reason_code)
    yield from (entry.outcome or "", entry.recommended or "", entry.chosen or "")
    yield from (entry.content_version, entry.raw_hash, entry.meaning_hash)
    yield from (*entry.answers, *entry.assumed)
    yield from entry.answers.values()


class Recorded(Frozen):
    """A record with its number in the store; `orphan` tells that what it points at was erased."""

    seq: int
    record: Record
    orphan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    """One answer as text: `id` is 32 hexadecimal digits, `when` aware, `class_id` may be empty."""

    id: str
    when: datetime
    alias: str = field(repr=False)
    class_id: str
    text: str


KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {"choice": Entry, "correction": Entry, "withdrawal": Withdrawal, "erasure": Erasure}
)
"""What is kept, by the name it is kept under."""


def kind_of(record: Record) -> str:
    """Return the name that a record is kept under."""
    match record:
        case Withdrawal():
            return "withdrawal"
        case Erasure():
            return "erasure"
    return "choice" if record.corrects is None else "correction"


def points_at(record: Record) -> str | None:
    """Return the id of the entry that a record corrects or withdraws."""
    match record:
        case Withdrawal():
            return record.withdraws
        case Erasure():
            return None
    return record.corrects


def restored_by(record: Record) -> str | None:
    """Return the id of the withdrawn entry that a record brings back."""
    return record.restores if isinstance(record, Entry) else None


_THERE = "where it was recorded"  # the name of a zone in which a time has the day that was kept


def day_recorded(when: datetime) -> date:
    """Return the day of a record: the one kept in it, or of a new one the day here.

    It is the same wherever the record is read; only the time of day follows the reader's clock.
    """
    return (when if when.tzname() == _THERE else when.astimezone()).date()


def _on_day(when: datetime, day: date) -> datetime:
    """Return a time in a zone where it is that day; raises `ValueError` where it is so nowhere."""
    there = when.astimezone(UTC).replace(tzinfo=None)
    nearest = max(datetime.combine(day, time.min), min(there, datetime.combine(day, time.max)))
    return when.astimezone(timezone(nearest - there, _THERE))


def written(record: Record) -> str:
    """Return a record as text, with its day."""
    plain = {field.name: _plain(getattr(record, field.name)) for field in fields(record)}
    plain |= {"kind": kind_of(record), "day": f"{day_recorded(record.when)}"}
    kept = {key: value for key, value in plain.items() if value not in (None, "", [])}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def read_back(text: str) -> Record:
    """Return the record that a text is; raises `ValueError`, `TypeError` or `KeyError` for any other."""
    plain = json.loads(text)
    kind: type[Any] = KINDS[plain.pop("kind")]
    day = date.fromisoformat(plain.pop("day"))
    known = {field.name: field for field in fields(kind)}
    values: dict[str, Any] = {name: _typed(name, value) for name, value in plain.items()}
    values["when"] = _on_day(values["when"], day)
    missing = {name: _NOTHING[name] for name in known.keys() & _NOTHING.keys() - values.keys()}
    record: Record = kind(**missing, **values)
    return record


def moment(when: datetime) -> str:
    """Return a time as it is kept: UTC to the microsecond, so that later text is later in time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return [[key, item] for key, item in value.items()]
        case tuple():
            return [_plain(item) for item in value]
    return value


_NOTHING: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("whom", "service", "reason", "certainty"), ""),
        **dict.fromkeys(("content_version", "raw_hash", "meaning_hash"), ""),
        **dict.fromkeys(("outcome", "recommended", "chosen")),
        "answers": {},
        "erased": (),
    }
)
"""What stands for a field that was left out, where the record itself has no default."""

_READERS: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "when": datetime.fromisoformat,
        "begun": date.fromisoformat,
        "ended": date.fromisoformat,
        "before": date.fromisoformat,
        "answers": dict,
        "assumed": tuple,
        "erased": tuple,
    }
)


def _typed(name: str, value: object) -> object:
    return _READERS[name](value) if name in _READERS else value


class EntryFilter(Frozen, kw_only=True):
    """What an entry must be to be listed; what is None or empty asks for nothing.

    `group` is a group's id, or "" for a choice left to the supervisor; `since` and `until` are the
    worker's own days, both included. Every word of `text` must be in the entry, or begin one there.
    `overridden` asks for choices other than the recommended one, or for that one; where nothing was
    recommended, an entry is neither.
    """

    group: str | None = None
    certainty: str | None = None
    since: date | None = None
    until: date | None = None
    overridden: bool | None = None
    text: str = ""
    standing: Literal["standing", "withdrawn", "all"] = "all"


EVERYTHING = EntryFilter()
"""Asks for nothing: every entry is listed."""
