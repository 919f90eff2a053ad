"""Compares what lists are found by with what the records say."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.records.entry import Entry, Record
from assistant.records.rows import overridden, repeated, words_of
from assistant.records.schema import WORDS
from assistant.records.shelving import Shelf, all_shelves

_REPEATED = (
    *("id", "kind", "of_id", "at", "day", "outcome", "recommended", "certainty"),
    *("chosen", "overridden", "reason_code"),
)
"""Columns that repeat what the content says."""


class Lists:
    """What lists find some rows by: their shelves, and their words with the shelf of each."""

    def __init__(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        self.shelves = all_shelves(connection)
        self.words: dict[int, set[tuple[str, int]]] = {}
        if rows:
            columns = WORDS.c
            within = columns.seq.between(rows[0].seq, rows[-1].seq)
            for seq, word, shelf in connection.execute(
                select(columns.seq, columns.word, columns.shelf).where(within)
            ):
                self.words.setdefault(seq, set()).add((word, shelf))


def repeats_wrongly(row: Row[Any], record: Record, lists: Lists) -> str:
    """Say what of a row is not what its record says, "" where all is."""
    expected = {**dict.fromkeys(_REPEATED), **repeated(record, row.content)}
    changed = [name for name in _REPEATED if getattr(row, name) != expected[name]]
    if changed:
        return f"its {changed[0]} in the lists was changed."
    shelf = _shelf(row, record)
    if shelf != (None if row.shelf is None else lists.shelves.get(row.shelf, ())):
        return "lists do not show it as it is; what corrects or withdraws it may be missing."
    words = set() if shelf is None else {(word, row.shelf) for word in words_of(record)}
    return "" if lists.words.get(row.seq, set()) == words else "it is not found by its own words."


def _shelf(row: Row[Any], record: Record) -> Shelf | None:
    if not isinstance(record, Entry) or row.later_kind == "correction":
        return None
    withdrawn = int(row.later_kind == "withdrawal")
    return record.chosen, record.certainty, overridden(record), withdrawn
