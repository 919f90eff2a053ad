"""What a record becomes in the tables: its text, its link, and what lists are filtered by."""

import json
import re
from collections.abc import Iterator

from assistant.records.chain.links import Link
from assistant.records.entry import Entry, Record
from assistant.records.written import kind_of, moment, points_at

_WORD = re.compile(r"\w+")
_WORD_MOST = 64


def row_of(record: Record, text: str, link: Link) -> dict[str, object]:
    """Give the values of a record's row, by column."""
    return {**repeated(record, text), **_chained(text, link)}


def repeated(record: Record, text: str) -> dict[str, object]:
    """Give what a row repeats of its content, by column."""
    columns: dict[str, object] = {
        "id": record.id,
        "kind": kind_of(record),
        "of_id": points_at(record),
        "at": moment(record.when),
        "day": json.loads(text)["day"],
    }
    if isinstance(record, Entry):
        columns |= {
            "outcome": record.outcome,
            "recommended": record.recommended,
            "certainty": record.certainty,
            "chosen": record.chosen,
            "overridden": overridden(record),
            "reason_code": record.reason_code or None,
        }
    return columns


def overridden(entry: Entry) -> int | None:
    """Give 1 where the choice is not the recommended one, 0 where it is, None where there was none."""
    return None if entry.followed is None else int(entry.overrides)


def words_of(record: Record) -> set[str]:
    """Give the words that an entry can be found by, in small letters."""
    return set(words_in(" ".join(_searched(record)))) if isinstance(record, Entry) else set()


def words_in(text: str) -> Iterator[str]:
    """Give the words of a text as they are searched for."""
    return (word[:_WORD_MOST] for word in _WORD.findall(text.casefold()))


def _searched(entry: Entry) -> Iterator[str]:
    yield from (entry.case_number, entry.whom, entry.service, entry.category)
    yield from (entry.service_type, entry.provider, entry.reason, entry.why)


def _chained(text: str, link: Link) -> dict[str, object]:
    return {
        "seq": link.seq,
        "content": text,
        "salt": link.salt,
        "content_hash": link.content_hash,
        "previous": link.previous,
        "hash": link.hash,
    }
