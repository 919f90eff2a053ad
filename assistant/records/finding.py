"""A filter of entries turned into SQL."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    not_,
    select,
    union_all,
    update,
)

from assistant.records.entry import (
    Entry,
    Link,
    Record,
    Wanted,
    Withdrawal,
    kind_of,
    moment,
    points_at,
)
from assistant.records.schema import DAYS, ENTRIES, SHELVES, WORDS


def of_days(wanted: Wanted, table: Table = ENTRIES) -> Iterator[ColumnElement[bool]]:
    """Give that a row is of the days wanted, where it says its day."""
    if wanted.since:
        yield table.c.day >= wanted.since.isoformat()
    if wanted.until:
        yield table.c.day <= wanted.until.isoformat()


def numbers_of_days(connection: Connection, wanted: Wanted) -> tuple[int, int] | None:
    """Give the first and the last number of the days wanted, None where there is none."""
    query = select(func.min(DAYS.c.first), func.max(DAYS.c.last)).where(*of_days(wanted, DAYS))
    first, last = connection.execute(query).one()
    return None if first is None else (first, last)


def days_between(
    connection: Connection, table: Table, wanted: Wanted, numbers: tuple[int, int]
) -> Iterator[ColumnElement[bool]]:
    """Give that a row between some numbers is of the days wanted.

    A word's row does not know its day; that is asked only where other days lie between.
    """
    if table is ENTRIES:
        yield from of_days(wanted)
    elif connection.scalar(_others_between(wanted, numbers)):
        same = select(ENTRIES.c.seq).where(ENTRIES.c.seq == table.c.seq, *of_days(wanted))
        yield same.exists()


def _others_between(wanted: Wanted, numbers: tuple[int, int]) -> Select[Any]:
    first, last = numbers
    other = not_(and_(*of_days(wanted, DAYS)))
    return select(DAYS.c.day).where(other, DAYS.c.last >= first, DAYS.c.first <= last).limit(1)


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


Shelf = tuple[str | None, str, int | None, int]
"""What the entries of a shelf have in common: chosen, certainty, overridden, withdrawn."""


def shelf_of(connection: Connection, record: Record) -> int | None:
    """Give the shelf that a new record goes on, made if there is none like it; None for no entry."""
    if not isinstance(record, Entry):
        return None
    return _numbered(connection, (record.chosen, record.certainty, overridden(record), 0))


def put_up(connection: Connection, seq: int, entry: Entry, row: Mapping[str, Any]) -> None:
    """Have lists find a new entry, whose row this is, by its words and its day."""
    words = [{"word": word, "shelf": row["shelf"], "seq": seq} for word in sorted(words_of(entry))]
    if words:
        connection.execute(insert(WORDS), words)
    same = DAYS.c.day == row["day"]
    if connection.execute(update(DAYS).where(same).values(last=seq)).rowcount == 0:
        connection.execute(insert(DAYS).values(day=row["day"], first=seq, last=seq))


def give_way(connection: Connection, record: Record) -> None:
    """Take down the entry that a new record corrects, or move the one that it withdraws."""
    if isinstance(record, Withdrawal):
        _move(connection, record.withdraws)
    elif isinstance(record, Entry) and record.corrects is not None:
        _take_down(connection, record.corrects)


def all_shelves(connection: Connection, *conditions: ColumnElement[bool]) -> dict[int, Shelf]:
    """Give the shelves that conditions leave, by number."""
    columns = SHELVES.c
    query = select(
        columns.shelf, columns.chosen, columns.certainty, columns.overridden, columns.withdrawn
    )
    return {row[0]: tuple(row[1:]) for row in connection.execute(query.where(*conditions))}


def _take_down(connection: Connection, id_: str) -> None:
    seq = connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.id == id_))
    connection.execute(update(ENTRIES).where(ENTRIES.c.seq == seq).values(shelf=None))
    connection.execute(delete(WORDS).where(WORDS.c.seq == seq))


def _move(connection: Connection, id_: str) -> None:
    columns = ENTRIES.c
    query = select(columns.seq, columns.chosen, columns.certainty, columns.overridden)
    seq, *common = connection.execute(query.where(columns.id == id_)).one()
    shelf = _numbered(connection, (common[0], common[1], common[2], 1))
    connection.execute(update(ENTRIES).where(columns.seq == seq).values(shelf=shelf))
    connection.execute(update(WORDS).where(WORDS.c.seq == seq).values(shelf=shelf))


def _numbered(connection: Connection, shelf: Shelf) -> int:
    columns = SHELVES.c
    common = (columns.chosen, columns.certainty, columns.overridden, columns.withdrawn)
    same = (column == value for column, value in zip(common, shelf, strict=True))
    found: int | None = connection.scalar(select(columns.shelf).where(*same))
    if found is not None:
        return found
    number = 1 + (connection.scalar(select(func.max(columns.shelf))) or 0)
    connection.execute(insert(SHELVES).values((number, *shelf)))
    return number


MOST_WORDS = 30
"""What begins more different words than this counts as a whole word, so that a search has an end."""

_COMMON = 2_000
"""A word that stands in more entries than this is not counted further."""

_PAST_ALL = "\U0010ffff"
"""Sorts after every letter."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed as one word, and the words kept that it stands for."""

    word: str
    meant: tuple[str, ...]


def typed_words(connection: Connection, text: str) -> list[Typed]:
    """Give each word of a text with the words it begins, or with itself where those are too many."""
    words = dict.fromkeys(words_in(text))
    return [Typed(word, _begun_by(connection, word) or (word,)) for word in words]


def has_word(typed: Typed, table: Table) -> ColumnElement[bool]:
    """Give that an entry or a word's row is of an entry that has what was typed as well."""
    other = WORDS.alias()
    same = (
        other.c.word.in_(typed.meant),
        other.c.shelf == table.c.shelf,
        other.c.seq == table.c.seq,
    )
    return select(other.c.seq).where(*same).exists()


def rarest_first(
    connection: Connection, typed: list[Typed], shelves: dict[int, Shelf]
) -> list[Typed] | None:
    """Give what was typed in order of how many entries have it; None where one stands in none."""
    counts = {one.word: _count_of(connection, one, shelves) for one in typed}
    return sorted(typed, key=lambda one: counts[one.word]) if all(counts.values()) else None


def _begun_by(connection: Connection, word: str) -> tuple[str, ...]:
    """Give the words that begin so, in order; none where there are more than `MOST_WORDS`.

    Each is looked up after the one before, so that this takes no longer the more entries there are.
    """
    found: list[str] = []
    query = _first_from(WORDS.c.word >= word, word)
    while len(found) <= MOST_WORDS:
        following = connection.scalar(query)
        if following is None:
            return tuple(found)
        found.append(following)
        query = _first_from(WORDS.c.word > following, word)
    return ()


def _first_from(place: ColumnElement[bool], word: str) -> Select[Any]:
    column = WORDS.c.word
    return select(column).where(place, column < word + _PAST_ALL).order_by(column).limit(1)


def _count_of(connection: Connection, typed: Typed, shelves: dict[int, Shelf]) -> int:
    each = [_some_of(word, shelves) for word in typed.meant]
    return connection.scalar(select(func.count()).select_from(union_all(*each).subquery())) or 0


def _some_of(word: str, shelves: dict[int, Shelf]) -> Select[Any]:
    query = select(WORDS.c.seq).where(WORDS.c.word == word, WORDS.c.shelf.in_(shelves))
    some = query.limit(_COMMON).subquery()
    return select(some.c.seq)


@dataclass(frozen=True)
class Search:
    """The shelves to look on, of the entries or of some words, and what else must be so of a row."""

    table: Table
    shelves: dict[int, Shelf]
    words: tuple[str, ...]
    conditions: tuple[ColumnElement[bool], ...]

    def places(self) -> "Iterator[Search]":
        """Give the same search in one word after the other, each of which is in order."""
        for word in self.words:
            found = (WORDS.c.word == word, *self.conditions)
            yield Search(self.table, self.shelves, (), found)
        if not self.words:
            yield self

    def rows(self) -> Select[Any]:
        """Give the numbers of the entries found, on all shelves, as SQL."""
        of_shelves = self.table.c.shelf.in_(self.shelves)
        return select(self.table.c.seq).where(of_shelves, *self.conditions)

    def newest(self, shelf: int, before_seq: int | None, limit: int) -> Select[Any]:
        """Give the newest numbers on one shelf, or those before a `seq`, as SQL."""
        seq = self.table.c.seq
        query = select(seq).where(self.table.c.shelf == shelf, *self.conditions)
        if before_seq is not None:
            query = query.where(seq < before_seq)
        newest = query.order_by(seq.desc()).limit(limit).subquery()
        return select(newest.c.seq)


def search_for(connection: Connection, wanted: Wanted) -> Search | None:
    """Give where to look for what is wanted, None where there can be nothing."""
    shelves = all_shelves(connection, *_of_shelves(wanted))
    typed = rarest_first(connection, typed_words(connection, wanted.text), shelves)
    if not shelves or typed is None:
        return None
    table = WORDS if typed else ENTRIES
    more = [has_word(one, WORDS) for one in typed[1:]]
    if wanted.since or wanted.until:
        numbers = numbers_of_days(connection, wanted)
        if numbers is None:
            return None
        more += [table.c.seq.between(*numbers), *days_between(connection, table, wanted, numbers)]
    return Search(table, shelves, _meant(typed), tuple(more))


def conditions(connection: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Give what a row must be, as SQL: an entry as it now is, of the kind wanted."""
    columns = ENTRIES.c
    yield columns.shelf.is_not(None)
    shelves = list(_of_shelves(wanted))
    if shelves:
        yield columns.shelf.in_(select(SHELVES.c.shelf).where(*shelves))
    yield from of_days(wanted)
    for typed in typed_words(connection, wanted.text):
        yield has_word(typed, ENTRIES)


def _meant(typed: list[Typed]) -> tuple[str, ...]:
    return typed[0].meant if typed else ()


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
