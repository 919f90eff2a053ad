"""Lists entries as they now are: corrected ones as their correction, withdrawn ones marked.

A page is the newest of a few shelves, each of which is in order already: so it takes as long among
a million entries as among a thousand, whatever is asked for.
"""

from heapq import nlargest

from sqlalchemy import Connection, RowMapping, func, select, union_all

from assistant.records.entry import Entry, EntrySummary
from assistant.records.finding.search import Search, conditions, search_for
from assistant.records.schema import ENTRIES
from assistant.records.shelving import Shelf, all_shelves
from assistant.records.wanted import Wanted
from assistant.records.written import read_back

CHUNK = 1_000
"""How many entries are read at once where all of them are."""


def page(
    connection: Connection, before_seq: int | None, limit: int, wanted: Wanted
) -> list[EntrySummary]:
    """Give up to `limit` entries, newest first: the newest ones, or those before a `seq`."""
    search = search_for(connection, wanted)
    if search is None:
        return []
    found: set[int] = set()
    for place in search.places():
        found.update(_newest(connection, place, before_seq, limit))
    columns = ENTRIES.c
    rows = select(columns.seq, columns.shelf, columns.content)
    rows = rows.where(columns.seq.in_(nlargest(limit, found))).order_by(columns.seq.desc())
    return [_both(row, search.shelves)[0] for row in connection.execute(rows).mappings()]


def count(connection: Connection, wanted: Wanted, most: int) -> int:
    """Count entries, up to `most` and one more."""
    search = search_for(connection, wanted)
    if search is None:
        return 0
    some = [place.rows().limit(most + 1).subquery() for place in search.places()]
    together = union_all(*(select(one.c.seq) for one in some)).subquery()
    number = connection.scalar(select(func.count(together.c.seq.distinct()))) or 0
    return min(number, most + 1)


def some_after(
    connection: Connection, last: int, wanted: Wanted
) -> list[tuple[EntrySummary, Entry]]:
    """Give the next entries after a `seq`, oldest first: `CHUNK` of them, or fewer at the end."""
    columns = ENTRIES.c
    query = select(columns.seq, columns.shelf, columns.content)
    query = query.where(*conditions(connection, wanted), columns.seq > last)
    shelves = all_shelves(connection)
    rows = connection.execute(query.order_by(columns.seq).limit(CHUNK))
    return [_both(row, shelves) for row in rows.mappings()]


def _newest(
    connection: Connection, search: Search, before_seq: int | None, limit: int
) -> list[int]:
    each = [search.newest(shelf, before_seq, limit) for shelf in search.shelves]
    together = union_all(*each).subquery()
    query = select(together.c.seq).order_by(together.c.seq.desc()).limit(limit)
    return list(connection.execute(query).scalars())


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
