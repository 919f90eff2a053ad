"""The words that entries are found by, and those that a word typed may be the beginning of."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select, union_all

from assistant.records.rows import words_in
from assistant.records.schema import WORDS
from assistant.records.shelving import Shelf

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
