"""Lists entries as they now are: corrected ones as their correction, withdrawn ones marked.

A page is the newest of a few shelves, each of which is in order already: so it takes as long among
a million entries as among a thousand, whatever is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    func,
    not_,
    select,
    union_all,
)

from assistant.records.entry import Entry, EntrySummary
from assistant.records.rows import words_in
from assistant.records.schema import DAYS, ENTRIES, SHELVES, WORDS
from assistant.records.shelving import Shelf, all_shelves
from assistant.records.wanted import Wanted
from assistant.records.written import read_back

CHUNK = 1_000
"""How many entries are read at once where all of them are."""

_COMMON = 2_000
"""A word that stands in more entries than this is not counted further."""


def page(
    connection: Connection, before_seq: int | None, limit: int, wanted: Wanted
) -> list[EntrySummary]:
    """Give up to `limit` entries, newest first: the newest ones, or those before a `seq`."""
    search = _search(connection, wanted)
    if search is None:
        return []
    newest = [_newest(search, shelf, before_seq, limit) for shelf in search.shelves]
    together = union_all(*newest).subquery()
    query = select(together.c.seq).order_by(together.c.seq.desc()).limit(limit)
    seqs = connection.execute(query).scalars().all()
    columns = ENTRIES.c
    rows = select(columns.seq, columns.shelf, columns.content).where(columns.seq.in_(seqs))
    found = connection.execute(rows.order_by(columns.seq.desc()))
    return [_both(row, search.shelves)[0] for row in found.mappings()]


def count(connection: Connection, wanted: Wanted, most: int) -> int:
    """Count entries, up to `most` and one more."""
    search = _search(connection, wanted)
    if search is None:
        return 0
    some = select(search.table.c.seq).where(
        search.table.c.shelf.in_(search.shelves), *search.conditions
    )
    return connection.scalar(select(func.count()).select_from(some.limit(most + 1).subquery())) or 0


def some_after(
    connection: Connection, last: int, wanted: Wanted
) -> list[tuple[EntrySummary, Entry]]:
    """Give the next entries after a `seq`, oldest first: `CHUNK` of them, or fewer at the end."""
    columns = ENTRIES.c
    query = select(columns.seq, columns.shelf, columns.content).where(*conditions(wanted))
    query = query.where(columns.seq > last).order_by(columns.seq).limit(CHUNK)
    shelves = all_shelves(connection)
    return [_both(row, shelves) for row in connection.execute(query).mappings()]


def conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Give what a row must be, as SQL: an entry as it now is, of the kind wanted."""
    columns = ENTRIES.c
    yield columns.shelf.is_not(None)
    shelves = list(_of_shelves(wanted))
    if shelves:
        yield columns.shelf.in_(select(SHELVES.c.shelf).where(*shelves))
    yield from _of_days(wanted)
    for word in _words(wanted):
        yield _has_word(word, ENTRIES)


@dataclass(frozen=True)
class _Search:
    """Where to look: shelves of the entries or of a word's, and what else must be so of a row."""

    table: Table
    shelves: dict[int, Shelf]
    conditions: tuple[ColumnElement[bool], ...]


def _search(connection: Connection, wanted: Wanted) -> _Search | None:
    """Give where to look for what is wanted, None where there can be nothing."""
    shelves = all_shelves(connection, *_of_shelves(wanted))
    words = _rarest_first(connection, _words(wanted), shelves)
    if not shelves or words is None:
        return None
    table = WORDS if words else ENTRIES
    more = [WORDS.c.word == words[0]] if words else []
    more += [_has_word(word, WORDS) for word in words[1:]]
    if wanted.since or wanted.until:
        first, last = _between(connection, wanted)
        if first is None or last is None:
            return None
        more += [
            table.c.seq.between(first, last),
            *_days_of(connection, table, wanted, (first, last)),
        ]
    return _Search(table, shelves, tuple(more))


def _newest(search: _Search, shelf: int, before_seq: int | None, limit: int) -> Select[Any]:
    seq = search.table.c.seq
    query = select(seq).where(search.table.c.shelf == shelf, *search.conditions)
    if before_seq is not None:
        query = query.where(seq < before_seq)
    newest = query.order_by(seq.desc()).limit(limit).subquery()
    return select(newest.c.seq)


def _of_shelves(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    columns = SHELVES.c
    if wanted.standing != "all":
        yield columns.withdrawn == int(wanted.standing == "withdrawn")
    if wanted.group is not None:
        yield columns.chosen == wanted.group if wanted.group else columns.chosen.is_(None)
    if wanted.certainty is not None:
        yield columns.certainty == wanted.certainty
    if wanted.overridden is not None:
        yield columns.overridden == int(wanted.overridden)


def _of_days(wanted: Wanted, table: Table = ENTRIES) -> Iterator[ColumnElement[bool]]:
    if wanted.since:
        yield table.c.day >= wanted.since.isoformat()
    if wanted.until:
        yield table.c.day <= wanted.until.isoformat()


def _days_of(
    connection: Connection, table: Table, wanted: Wanted, between: tuple[int, int]
) -> Iterator[ColumnElement[bool]]:
    """Give the same of a word's row, which does not know its day; that is asked only after a wrong clock."""
    if table is ENTRIES:
        yield from _of_days(wanted)
    elif connection.scalar(_others_between(wanted, between)):
        same = select(ENTRIES.c.seq).where(ENTRIES.c.seq == table.c.seq, *_of_days(wanted))
        yield same.exists()


def _others_between(wanted: Wanted, between: tuple[int, int]) -> Select[Any]:
    first, last = between
    other = not_(and_(*_of_days(wanted, DAYS)))
    return select(DAYS.c.day).where(other, DAYS.c.last >= first, DAYS.c.first <= last).limit(1)


def _between(connection: Connection, wanted: Wanted) -> tuple[int | None, int | None]:
    """Give the first and last number of the days wanted; other days may lie between, after a wrong clock."""
    query = select(func.min(DAYS.c.first), func.max(DAYS.c.last)).where(*_of_days(wanted, DAYS))
    first, last = connection.execute(query).one()
    return first, last


def _words(wanted: Wanted) -> list[str]:
    return list(dict.fromkeys(words_in(wanted.text)))


def _has_word(word: str, table: Table) -> ColumnElement[bool]:
    """Give that an entry or a word's row is of an entry that has a word as well."""
    other = WORDS.alias()
    same = (other.c.word == word, other.c.shelf == table.c.shelf, other.c.seq == table.c.seq)
    return select(other.c.seq).where(*same).exists()


def _rarest_first(
    connection: Connection, words: list[str], shelves: dict[int, Shelf]
) -> list[str] | None:
    """Give words in order of how many entries have them; None where one stands in none."""
    counts = {word: _count_of(connection, word, shelves) for word in words}
    return sorted(words, key=counts.__getitem__) if all(counts.values()) else None


def _count_of(connection: Connection, word: str, shelves: dict[int, Shelf]) -> int:
    some = select(WORDS.c.seq).where(WORDS.c.word == word, WORDS.c.shelf.in_(shelves))
    return connection.scalar(select(func.count()).select_from(some.limit(_COMMON).subquery())) or 0


def _both(row: RowMapping, shelves: dict[int, Shelf]) -> tuple[EntrySummary, Entry]:
    entry = read_back(row["content"])
    if not isinstance(entry, Entry):
        raise TypeError("a row of the list is an entry")
    summary = EntrySummary(
        seq=row["seq"],
        when=entry.when,
        case_number=entry.case_number,
        whom=entry.whom,
        service=entry.service,
        recommended=entry.recommended,
        chosen=entry.chosen,
        certainty=entry.certainty,
        corrects=entry.corrects is not None,
        withdrawn=bool(shelves[row["shelf"]][3]),
    )
    return summary, entry
