"""What a store keeps: recorded choices, and what withdraws or erases them. None is ever edited."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

ERASED = "erased"
"""The kind of what is left of an erased record."""

PROVIDED = "provided"
"""The status of a service that has begun, at the least."""

STATUSES = ("needed", "planned", PROVIDED)
"""What a service's status can be, as the data system has it."""

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
    one. An entry that `corrects` another, by id, takes its place and says `why`. What identifies the
    case stays out of `repr`, which finds its way into crash reports. Raises `ValueError`, without
    quoting any field, for what no store could keep or tell apart.
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
    """Says that the entry with the id `withdraws` no longer stands, and why."""

    id: str
    when: datetime
    withdraws: str
    why: str = field(repr=False)

    def __post_init__(self) -> None:
        for problem in (*_stamp_faults(self.id, self.when), *_pointer_faults(self.withdraws)):
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

    `corrects` tells that it stands in for an earlier one, `withdrawn` that it no longer stands.
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
    if entry.overrides and not (entry.reason.strip() or entry.reason_code):
        yield "a choice other than the recommended one has a reason"
    if entry.status and entry.status not in STATUSES:
        yield "a service is needed, planned or provided"
    if entry.begun and entry.ended and entry.ended < entry.begun:
        yield "a service does not end before it begins"
    if entry.corrects is not None:
        yield from _pointer_faults(entry.corrects)
        if not entry.why.strip():
            yield "a correction says why"
    if any(_UNSTORABLE.search(text) for text in _texts(entry)):
        yield "text holds characters that cannot be kept"


def _stamp_faults(id_: str, when: datetime) -> Iterator[str]:
    if not _ID.fullmatch(id_):
        yield "an entry's id is 32 hexadecimal digits"
    if when.utcoffset() is None:
        yield "an entry's time says which zone it is in"


def _pointer_faults(id_: str) -> Iterator[str]:
    if not _ID.fullmatch(id_):
        yield "an entry points at another by its id"


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.whom, entry.service, entry.reason, entry.certainty, entry.why)
    yield from (entry.category, entry.service_type, entry.provider, entry.reason_code)
    yield from (entry.outcome or "", entry.recommended or "", entry.chosen or "")
    yield from (entry.content_version, entry.raw_hash, entry.meaning_hash)
    yield from (*entry.answers, *entry.assumed)
    yield from entry.answers.values()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record with its number in the store."""

    seq: int
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    """One answer as text: `id` is 32 hexadecimal digits, `when` aware, `class_id` may be empty."""

    id: str
    when: datetime
    alias: str = field(repr=False)
    class_id: str
    text: str
