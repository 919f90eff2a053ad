"""What was answered in practice, under an alias: lines of text that training writes and reads.

It lies in the same store as the entries, on this computer or shared, and has no part in their chain.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from assistant.records.databases.database import Database
from assistant.records.entry import PracticeLine
from assistant.records.schema import ATTEMPTS
from assistant.records.written import moment

_CHUNK = 1_000


class PracticeLog:
    """Lines in the order of time; every method may raise a `RecordsError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, lines: Iterable[PracticeLine]) -> int:
        """Keep some lines, and give how many are new; one whose id is there already is passed over."""
        new = {line.id: line for line in lines}
        with self._database.writing() as connection:
            for known in _known(connection, list(new)):
                del new[known]
            if new:
                connection.execute(insert(ATTEMPTS), [_row(line) for line in new.values()])
        return len(new)

    def texts(self, *, alias: str | None = None, class_id: str | None = None) -> Iterator[str]:
        """Give the text of every line, oldest first; only one alias's or one class's if asked."""
        query = select(ATTEMPTS.c.content).order_by(ATTEMPTS.c.at, ATTEMPTS.c.id)
        if alias is not None:
            query = query.where(ATTEMPTS.c.alias == alias)
        if class_id is not None:
            query = query.where(ATTEMPTS.c.class_id == class_id)
        with self._database.reading() as connection:
            yield from connection.execute(query).scalars()

    def aliases(self) -> tuple[str, ...]:
        """Give every alias that something was answered under, in the order of the alphabet."""
        query = select(ATTEMPTS.c.alias).distinct().order_by(ATTEMPTS.c.alias)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())


def _known(connection: Connection, ids: list[str]) -> Iterator[str]:
    for first in range(0, len(ids), _CHUNK):
        some = ids[first : first + _CHUNK]
        yield from connection.execute(
            select(ATTEMPTS.c.id).where(ATTEMPTS.c.id.in_(some))
        ).scalars()


def _row(line: PracticeLine) -> dict[str, str]:
    return {
        "id": line.id,
        "at": moment(line.when),
        "alias": line.alias,
        "class_id": line.class_id,
        "content": line.text,
    }
