"""What the store needs of a database, whichever it is: two views of it, and words for its failures."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.databases.sqlite_failures import explain_os

NOTHING_ADDED = (
    "Nothing was added. Ask whoever looks after this computer, and see what"
    " `service-group records verify` says. To begin anew and keep these beside the new ones:"
    " `service-group records set-aside`."
)
"""What to do where the store is not what this computer remembers."""


def _nothing_left() -> None:
    """Leave it to the database, which clears up by itself."""


@dataclass(frozen=True)
class Database:
    """One database that can hold a store.

    `where` names it to a person, without a password. `explain` turns its failures into ones a
    caseworker can act on. `begin_changing_tables` keeps other copies of the assistant out until
    the transaction ends, `mark` marks a new store as the assistant's own, and `back_up` makes a
    copy of an older store, inside the transaction that will upgrade it. `head_file` is where this
    computer remembers the end of the chain. `failures` is the kind of error its driver raises, and
    `refuse_foreign` raises a `RecordsError` for what is not the assistant's own; `nothing_added`
    says what to do where its end is not as remembered.
    """

    reader: Engine
    writer: Engine
    where: str
    head_file: Path
    explain: Callable[[BaseException | None], RecordsError]
    begin_changing_tables: Callable[[Connection], None]
    mark: Callable[[Connection], None]
    back_up: Callable[[Connection, str], None]
    forget: Callable[[], None] = _nothing_left
    failures: type[Exception] = sqlite3.Error
    refuse_foreign: Callable[[Connection], None] = lambda _connection: None
    nothing_added: str = NOTHING_ADDED

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store; failures read as `RecordsError`."""
        with self._plain_words(), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes all come to pass, or none."""
        with self._plain_words(), self.writer.begin() as connection:
            yield connection

    def _plain_words(self) -> AbstractContextManager[None]:
        return plain_words(self.explain, self.where, self.failures)

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Say plainly that a value cannot be what it stands for: only another program wrote that."""
        try:
            yield
        except (ValueError, TypeError, KeyError, AttributeError):
            raise RecordsDamagedError(
                "The records hold an entry that cannot be read.",
                where=self.where,
                mend="Nothing was changed. `service-group records verify` says which one it is.",
            ) from None


@contextmanager
def plain_words(
    explain: Callable[[BaseException | None], RecordsError],
    where: str,
    failures: type[Exception] = sqlite3.Error,
) -> Iterator[None]:
    """Turn a failure of the database or the file system into a `RecordsError`.

    The cause is not chained to it, since it can carry what was being written.
    """
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig) from None
    except failures as error:
        raise explain(error) from None
    except UnicodeDecodeError:  # Python's own, where a broken file has SQLite quote what is no text
        raise explain(None) from None
    except OSError as error:
        raise explain_os(error, where) from None
