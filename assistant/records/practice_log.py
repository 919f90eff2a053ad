"""The log of practice: what was answered, under an alias; it has no part in the chain of entries."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, insert, select

from assistant.records.entry import PracticeLine, moment
from assistant.records.schema import ATTEMPTS

Opened = Callable[[], AbstractContextManager[Connection]]  # opens a connection to a store

_CHUNK = 1_000


class PracticeLog:
    """Lines in the order of time; every method may raise a `RecordsError`."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading, self._writing = reading, writing

    def add(self, lines: Iterable[PracticeLine]) -> int:
        """Keep some lines, and return how many are new; one whose id is there already is passed over."""
        new = {line.id: line for line in lines}
        ids = list(new)
        with self._writing() as connection:
            for first in range(0, len(ids), _CHUNK):
                query = select(ATTEMPTS.c.id).where(ATTEMPTS.c.id.in_(ids[first : first + _CHUNK]))
                for known in connection.execute(query).scalars():
                    del new[known]
            if new:
                connection.execute(insert(ATTEMPTS), [_attempt_row(line) for line in new.values()])
        return len(new)

    def texts(self, *, alias: str | None = None, class_id: str | None = None) -> Iterator[str]:
        """Yield the text of every line, oldest first; only one alias's or one class's if asked."""
        query = select(ATTEMPTS.c.content).order_by(ATTEMPTS.c.at, ATTEMPTS.c.id)
        if alias is not None:
            query = query.where(ATTEMPTS.c.alias == alias)
        if class_id is not None:
            query = query.where(ATTEMPTS.c.class_id == class_id)
        with self._reading() as connection:
            yield from connection.execute(query).scalars()

    def aliases(self) -> tuple[str, ...]:
        """Return every alias that something was answered under, in the order of the alphabet."""
        query = select(ATTEMPTS.c.alias).distinct().order_by(ATTEMPTS.c.alias)
        with self._reading() as connection:
            return tuple(connection.execute(query).scalars())

    def remove(self, alias: str, *, class_id: str | None = None) -> int:
        """Remove for good what was answered under an alias, or in one class; return how many there were."""
        removed = delete(ATTEMPTS).where(ATTEMPTS.c.alias == alias)
        if class_id is not None:
            removed = removed.where(ATTEMPTS.c.class_id == class_id)
        with self._writing() as connection:
            return connection.execute(removed).rowcount


def _attempt_row(line: PracticeLine) -> dict[str, str]:
    return {
        "id": line.id,
        "at": moment(line.when),
        "alias": line.alias,
        "class_id": line.class_id,
        "content": line.text,
    }
