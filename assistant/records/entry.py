"""One recorded choice, as it is given and as it is read back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

_ID = re.compile(r"[0-9a-f]{32}")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""No database keeps a NUL or half a character in its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One choice of a service group: never edited once recorded.

    `id` is the hex of a uuid4, and `when` is aware; `recommended` and `chosen` are group ids, None
    for "no group" and "left to the supervisor". `answers` maps fact to value in the order asked,
    and `assumed` names the facts among them that were taken as if they were so. What identifies
    the case stays out of `repr`, which finds its way into crash reports. Raises `ValueError`,
    without quoting any field, for what no store could keep or tell apart.
    """

    id: str
    when: datetime
    case_number: str = field(repr=False)
    whom: str = field(repr=False)
    service: str = field(repr=False)
    outcome: str | None
    recommended: str | None
    certainty: str
    chosen: str | None
    reason: str = field(repr=False)
    answers: Mapping[str, str]
    assumed: tuple[str, ...] = ()
    content_version: str
    raw_hash: str
    meaning_hash: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        object.__setattr__(self, "assumed", tuple(self.assumed))
        for problem in _faults(self):
            raise ValueError(problem)

    @property
    def overrides(self) -> bool:
        """Tell whether the worker chose otherwise than was recommended."""
        return self.chosen != self.recommended


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySummary:
    """An entry as a row of a list; `seq` is its number in the store, from 1 up."""

    seq: int
    when: datetime
    case_number: str = field(repr=False)
    whom: str = field(repr=False)
    service: str = field(repr=False)
    recommended: str | None
    chosen: str | None


def is_case_number(text: str) -> bool:
    """Tell whether text is a case number: ASCII digits and nothing else, of any length."""
    return text.isascii() and text.isdigit()


def _faults(entry: Entry) -> Iterator[str]:
    if not _ID.fullmatch(entry.id):
        yield "an entry's id is 32 hexadecimal digits"
    if entry.when.utcoffset() is None:
        yield "an entry's time says which zone it is in"
    if not is_case_number(entry.case_number):
        yield "a case number is digits"
    if entry.overrides and not entry.reason.strip():
        yield "a choice other than the recommended one has a reason"
    if any(_UNSTORABLE.search(text) for text in _texts(entry)):
        yield "text holds characters that cannot be kept"


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.whom, entry.service, entry.reason, entry.certainty)
    yield from (entry.outcome or "", entry.recommended or "", entry.chosen or "")
    yield from (entry.content_version, entry.raw_hash, entry.meaning_hash)
    yield from (*entry.answers, *entry.assumed)
    yield from entry.answers.values()
