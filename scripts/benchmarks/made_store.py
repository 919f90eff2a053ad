"""Fills a store with made-up entries in bulk: chained and found like any other, in a tenth of the time."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from assistant.records.chain import Head, head_of, next_link
from assistant.records.database import prepare
from assistant.records.entry import Entry, Record, Withdrawal, written
from assistant.records.finding import search_columns, words_of
from assistant.records.schema import ACTIVE, CHAIN, CORRECTED, ENTRIES, WITHDRAWN, WORDS
from assistant.records.sqlite import SqliteDatabase

COMMON, RARE, ABSENT = "family", "heirloom", "zeppelin"
"""A word in a fifth of all entries, one in five of them however many there are, and one in none."""

GROUPS = ("a_group", "b_group", "c_group", "d_group", "e_group", "f_group", "g_group")
FIRST_DAY, DAYS_IN_ALL = datetime(2016, 1, 4, 15, tzinfo=UTC), 3_650
"""The entries lie over ten years, however many there are."""

_BATCH = 2_000
"""A multiple of how often an entry is corrected or withdrawn, so that both are in one batch."""
_SERVICES = ("parenting class", f"{COMMON} counseling", "day care", "transport", "housing help")
_RARE_IN_ALL = 5
_CORRECTED_EVERY, _WITHDRAWN_EVERY, _OVERRIDDEN_EVERY = 50, 100, 12


def fill(folder: Path, size: int) -> None:
    """Make a store of `size` records in a folder."""
    database = SqliteDatabase(folder, patience=10.0)
    database.claim()
    prepare(database)
    with database.writing() as connection:
        _Filling(connection, head_of(connection, database)).take(_records(size))
    database.reader.dispose()


def _records(size: int) -> Iterator[Record]:
    """Return choices, and now and then what corrects or withdraws the one of a while before."""
    for number in range(size):
        if number % _CORRECTED_EVERY == _CORRECTED_EVERY - 1:
            yield made_entry(number, size, corrects=_id(number - 20), why="it was the other goal")
        elif number % _WITHDRAWN_EVERY == _WITHDRAWN_EVERY - 2:
            when, withdraws = _when(number, size), _id(number - 30)
            yield Withdrawal(id=_id(number), when=when, withdraws=withdraws, why="twice")
        else:
            yield made_entry(number, size)


def made_entry(number: int, size: int, *, corrects: str | None = None, why: str = "") -> Entry:
    """Return the entry at a place of a store of that size, like any other."""
    recommended = GROUPS[number * 31 % len(GROUPS)]
    otherwise = number % _OVERRIDDEN_EVERY == 0
    rare = number % max(1, size // _RARE_IN_ALL) == size // _RARE_IN_ALL // 2
    return Entry(
        id=_id(number),
        when=_when(number, size),
        case_number=str(10_000_000 + number // 3),
        whom=f"child {number % 4}",
        service=RARE if rare else _SERVICES[number * 7 % len(_SERVICES)],
        outcome=f"{recommended}_{number % 3}",
        recommended=recommended,
        certainty="settled" if number % 3 else "judgement",
        chosen=GROUPS[(number * 31 + 1) % len(GROUPS)] if otherwise else recommended,
        reason="local practice" if otherwise else "",
        answers={f"fact{place}": "value" for place in range(5)},
        content_version="1",
        raw_hash="0" * 64,
        meaning_hash="0" * 64,
        corrects=corrects,
        why=why,
    )


def _id(number: int) -> str:
    """Return an id that looks random, so that its index grows as it does in earnest."""
    return f"{(number + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"


def _when(number: int, size: int) -> datetime:
    return FIRST_DAY + timedelta(days=number * DAYS_IN_ALL // size)


class _Filling:
    """Adds records by the thousand, and puts up what lists find them by."""

    def __init__(self, connection: Connection, head: Head) -> None:
        self._connection, self._head = connection, head

    def take(self, records: Iterator[Record]) -> None:
        while some := list(islice(records, _BATCH)):
            self._take(some)
        end = {"count": self._head.count, "hash": self._head.hash}
        self._connection.execute(update(CHAIN).values(**end))

    def _take(self, some: Sequence[Record]) -> None:
        columns = dict.fromkeys(column.name for column in ENTRIES.c)
        states = {r.corrects: CORRECTED for r in some if isinstance(r, Entry) and r.corrects}
        states |= {r.withdraws: WITHDRAWN for r in some if isinstance(r, Withdrawal)}
        rows, words = [], []
        for record in some:
            row = columns | self._row(record)
            if isinstance(record, Entry):
                row["state"] = states.get(record.id, ACTIVE)
            if row["state"] in (ACTIVE, WITHDRAWN):
                words += [{"word": word, "seq": row["seq"]} for word in words_of(record)]
            rows.append(row)
        self._many(ENTRIES, rows)
        self._many(WORDS, sorted(words, key=lambda row: (row["word"], row["seq"])))

    def _row(self, record: Record) -> dict[str, Any]:
        text = written(record)
        link = next_link(self._head, text)
        self._head = Head(self._head.store_id, link.seq, link.hash)
        return {**search_columns(record, text), **asdict(link), "content": text}

    def _many(self, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - any table
        if rows:
            self._connection.execute(insert(table), rows)
