"""Where to look for what is wanted: shelves of the entries, or of each word that was meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from assistant.records.finding.days import days_between, numbers_of_days, of_days
from assistant.records.finding.words import Typed, has_word, rarest_first, typed_words
from assistant.records.schema import ENTRIES, SHELVES, WORDS
from assistant.records.shelving import Shelf, all_shelves
from assistant.records.wanted import Wanted


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
