"""The store on PostgreSQL: one chain under many writers, and plain words for whatever fails."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import errors as failures
from psycopg.sql import SQL
from sqlalchemy import ColumnClause, column, delete, func, insert, select, table

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsNewerError,
    RecordsOlderError,
    RecordsPendingError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)
from assistant.records import database as migrate
from assistant.records.database import Database
from assistant.records.entry import Entry, EntryFilter, written
from assistant.records.postgres import PostgresDatabase
from assistant.records.schema import ENTRIES, HEAD, TABLES
from assistant.records.store import RecordStore, open_store
from tests.records.first_release import kept_facts, kept_rows
from tests.records.postgres import READER, Server, at_revision

MakeEntry = Callable[..., Entry]
HERE = PostgresDatabase("postgresql://worker@here/records", Path("here"), patience=0)
WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[2]


def name_in(url: str) -> str:
    return url.rpartition("/")[2]


def bare(url: str, folder: Path) -> Database:
    """Return a database without making it ready."""
    return PostgresDatabase(url, folder, patience=10)


def sound(store: RecordStore) -> bool:
    return not list(store.faults())


@contextmanager
def held(
    postgres: Server, url: str, what: str = "SELECT * FROM chain FOR UPDATE"
) -> Iterator[None]:
    """Hold a lock as another copy of the assistant would."""
    with postgres.connected(name_in(url)) as connection, connection.transaction():
        connection.execute(SQL(what))
        yield


@pytest.mark.parametrize("isolation", ["read committed", "serializable"])
def test_many_writers_make_one_chain(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry, isolation: str
) -> None:
    """Whoever waited goes on from where the one before ended, however the server is set."""
    postgres.run(
        f"ALTER DATABASE {name_in(database)} SET default_transaction_isolation TO '{isolation}'"
    )

    def write(number: int) -> list[int]:
        store = open_store(tmp_path / str(number), url=database, patience=60)
        return [store.add(entry()) for _ in range(25)]

    with ThreadPoolExecutor(8) as pool:
        seqs = [seq for written in pool.map(write, range(8)) for seq in written]
    store = open_store(tmp_path / "0", url=database)
    assert sorted(seqs) == list(range(1, 201))
    assert (store.count(), store.head().count, sound(store)) == (200, 200, True)


def test_copies_that_start_together_make_the_tables_once(database: str, tmp_path: Path) -> None:
    """Several first starts on an empty database queue, and every entry is there once."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SERVICE_GROUP_RECORDS_URL": database,
    }
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(tmp_path / str(number)), "5", ""],
            env=environment,
            stderr=subprocess.PIPE,
        )
        for number in range(3)
    ]
    assert [writer.communicate()[1] for writer in writers] == [b"", b"", b""]
    store = open_store(tmp_path / "here", url=database)
    assert (store.count(), sound(store)) == (15, True)


def test_threads_that_start_together_make_the_tables_once(database: str, tmp_path: Path) -> None:
    """The lock holds from the first look to the last table."""
    with ThreadPoolExecutor(8) as pool:
        heads = list(pool.map(lambda _: open_store(tmp_path, url=database).head(), range(8)))
    assert len(set(heads)) == 1


def test_a_list_is_read_while_another_copy_writes(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """Only writing waits for a writer, and gives up in words."""
    store = open_store(tmp_path, url=database, patience=0.05)
    store.add(entry())
    with held(postgres, database):
        assert store.count() == 1
        with pytest.raises(RecordsBusyError, match="Other people are using the shared records"):
            store.erase(date(2030, 1, 1), id_="e" * 32, when=datetime.now(UTC))
        with pytest.raises(
            RecordsPendingError, match=r"did not finish in time\. Your entry is saved on this"
        ):
            store.add(entry())
    assert (store.send(), store.count(), sound(store)) == (1, 2, True)


def test_a_reader_sees_one_state_of_the_records(
    database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """What others add meanwhile is not half in a list."""
    store = open_store(tmp_path, url=database)
    store.add(entry())
    counted = select(func.count()).select_from(ENTRIES)
    with bare(database, tmp_path).reading() as connection:
        before = connection.scalar(counted)
        store.add(entry())
        assert (before, connection.scalar(counted)) == (1, 1)


def test_records_on_this_computer_load_no_driver(tmp_path: Path) -> None:
    """Only who shares records pays for it."""
    script = (
        "import sys; from pathlib import Path; from assistant.records.store import open_store\n"
        "open_store(Path(sys.argv[1])).count(); sys.exit('psycopg' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_a_first_start_that_waits_too_long_says_so(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    """A lock that another copy holds while it makes the tables is no fault of the worker's."""
    with (
        held(postgres, database, f"SELECT pg_advisory_xact_lock({0x53474131})"),
        pytest.raises(RecordsBusyError),
    ):
        open_store(tmp_path, url=database, patience=0.05).count()


def test_the_server_writes_to_its_disk_before_it_says_so(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    """A server that is set to answer early is told not to; one that does more goes on doing more."""
    for said, expected in (("off", "on"), ("remote_apply", "remote_apply")):
        postgres.run(f"ALTER DATABASE {name_in(database)} SET synchronous_commit TO {said}")
        with bare(database, tmp_path).writing() as connection:
            found = connection.exec_driver_sql("SHOW synchronous_commit").scalar()
        assert found == expected


def _set_revision(revision: str) -> str:
    return f"UPDATE alembic_version SET version_num = '{revision}'"  # noqa: S608 - the test's own


def test_a_newer_store_is_refused_untouched(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """A revision that this assistant does not know is left for the one that does."""
    open_store(tmp_path, url=database).add(entry())
    postgres.run(_set_revision("9999"), name_in(database))
    store = open_store(tmp_path, url=database)
    for use in (store.count, lambda: store.add(entry())):
        with pytest.raises(RecordsNewerError, match="newer version"):
            use()
    postgres.run(_set_revision(HEAD), name_in(database))
    assert open_store(tmp_path, url=database).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE entries (id int)",
        "CREATE TABLE alembic_version (version_num text)",
        "CREATE TABLE alembic_version AS SELECT '0002' AS version_num",
        "CREATE TABLE chain (head int)",
        "CREATE TABLE invoices (id int)",
    ],
)
def test_a_database_of_another_program_is_left_as_it_is(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry, statement: str
) -> None:
    """Tables that only look like the assistant's are refused, and none is added to them."""
    postgres.run(statement, name_in(database))
    store = open_store(tmp_path, url=database)
    for use in (store.count, lambda: store.add(entry())):
        with pytest.raises(RecordsDamagedError, match="another program's tables"):
            use()
    with postgres.connected(name_in(database)) as connection:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(query).fetchone() == (1,)


def test_a_database_that_cannot_hold_every_letter_is_refused(
    postgres: Server, tmp_path: Path
) -> None:
    """What a worker types must come back letter for letter."""
    name = postgres.new_database()
    postgres.run(f"DROP DATABASE {name}")
    postgres.run(f"CREATE DATABASE {name} OWNER worker ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(RecordsUnavailableError, match="every letter"):
        open_store(tmp_path, url=postgres.url(name)).count()


def test_who_may_only_read_reads_and_is_told(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """A user without the right to write can list, and a save says whom to ask."""
    open_store(tmp_path, url=database).add(entry())
    postgres.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}", name_in(database))
    store = open_store(tmp_path, url=postgres.url(name_in(database), READER))
    assert store.count() == 1
    with pytest.raises(RecordsUnavailableError, match="is not allowed to do this") as caught:
        store.add(entry())
    assert "Ask the person who runs it for permission" in caught.value.mend
    assert store.waiting() == []


def test_who_may_make_no_tables_is_told(postgres: Server, database: str, tmp_path: Path) -> None:
    """An empty database of somebody else's says what is missing."""
    with pytest.raises(RecordsUnavailableError, match="is not allowed to do this"):
        open_store(tmp_path, url=postgres.url(name_in(database), READER)).count()


@pytest.fixture
def older(database: str, tmp_path: Path) -> Database:
    """Return the database of a whole store that the first release made."""
    made = bare(database, tmp_path)
    at_revision(made, "0003")
    with made.writing() as connection:
        connection.execute(delete(table("chain")))
        for name, rows in kept_rows("0003").items():
            if name != "alembic_version":
                columns: list[ColumnClause[Any]] = [column(key) for key in rows[0]]
                connection.execute(insert(table(name, *columns)), rows)
    return made


def test_an_older_store_waits_for_somebody_to_upgrade_it(
    database: str, older: Database, tmp_path: Path, entry: MakeEntry
) -> None:
    """Other computers may need it as it is: until then nothing is changed, and entries wait here."""
    store, mine = open_store(tmp_path, url=database), entry()
    with pytest.raises(
        RecordsPendingError, match=r"of an older version.*Your entry is saved on this"
    ) as caught:
        store.add(mine)
    assert "records upgrade" in caught.value.mend
    with pytest.raises(RecordsOlderError, match="1 record on this computer will be sent later"):
        store.count()
    assert store.is_older()
    assert [waiting.record for waiting in store.waiting()] == [mine]
    with older.reading() as connection:
        assert migrate.revision_of(connection, older) == "0003"


def test_an_older_store_is_upgraded_after_a_copy(
    database: str, older: Database, tmp_path: Path, entry: MakeEntry
) -> None:
    """It says the same as before, the chain goes on, and copies stay until they are erased."""
    store, facts = open_store(tmp_path, url=database), kept_facts()
    with pytest.raises(RecordsPendingError):
        store.add(entry())
    store.upgrade()
    assert not store.is_older()
    assert list(astuple(store.head())) == [*facts["head"][:1], 13, store.head().hash]
    listed = [[row.seq, row.withdrawn, written(kept)] for row, kept in store.entries()]
    assert (listed[:-1], store.waiting(), sound(store)) == (facts["entries"], [], True)
    assert [[one.seq, written(one.record)] for one in store.history(8)] == facts["history"]
    assert list(store.practice.texts()) == facts["practice"]
    assert [row.seq for row in store.page(None, 9, EntryFilter(text="mentoring"))] == [8]
    with older.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), TABLES)
        (copy,) = [name for name in store.copies() if name.startswith("entries_before_upgrade_")]
        assert connection.scalar(select(func.count()).select_from(table(copy))) == 12
    tables = {change[1].name for change in found if change[0] == "remove_table"}
    assert tables == set(store.copies())
    assert {change[0] for change in found} == {"remove_table", "remove_table_comment"}
    store.erase_copies()
    assert (store.copies(), store.count(), sound(store)) == ([], len(facts["entries"]) + 1, True)


@pytest.mark.parametrize("how", ["at once", "step by step"])
def test_the_tables_are_those_in_the_code(database: str, tmp_path: Path, how: str) -> None:
    """Alembic finds nothing to change in either, save the mark, which only this database has."""
    bare_database = bare(database, tmp_path)
    if how == "at once":
        migrate.prepare(bare_database)
    else:
        at_revision(bare_database, "head")
    with bare_database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), TABLES)
    assert [change[0] for change in found] == ["remove_table_comment"]


def test_each_database_has_an_end_of_its_own_to_remember(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """Another database, or none, is not mistaken for one whose last entries are missing."""
    open_store(tmp_path, url=database).add(entry())
    other = postgres.url(postgres.new_database())
    assert open_store(tmp_path, url=other).add(entry()) == 1
    assert open_store(tmp_path).add(entry()) == 1
    assert len(list(tmp_path.glob("records.*head"))) == 3


def test_a_cut_off_tail_is_seen_from_this_computer(
    postgres: Server, database: str, tmp_path: Path, entry: MakeEntry
) -> None:
    """A server put back to an earlier state is whole in itself, and takes nothing more."""
    store = open_store(tmp_path, url=database)
    store.add(entry())
    hash_before = store.head().hash
    store.add(entry())
    for statement in (
        "DELETE FROM words WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 2",
        f"UPDATE chain SET count = 1, hash = '{hash_before}'",  # noqa: S608 - the test's own
    ):
        postgres.run(statement, name_in(database))
    assert [fault.seq for fault in store.faults()] == [2]
    with pytest.raises(RecordsDamagedError, match="The last records are missing") as caught:
        store.add(entry())
    (remembered,) = tmp_path.glob("records.*.head")
    assert f"move the file {remembered.name} out" in caught.value.mend
    remembered.unlink()
    assert store.add(entry()) == 2


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (failures.AdminShutdown, RecordsUnreachableError),
        (failures.TooManyConnections, RecordsUnreachableError),
        (failures.DiskFull, RecordsUnreachableError),
        (failures.ReadOnlySqlTransaction, RecordsUnreachableError),
        (failures.DeadlockDetected, RecordsBusyError),
        (failures.QueryCanceled, RecordsBusyError),
        (failures.UndefinedTable, RecordsDamagedError),
        (failures.UniqueViolation, RecordsDamagedError),
        (failures.DataCorrupted, RecordsDamagedError),
    ],
)
def test_a_failure_is_of_the_kind_that_says_what_helps(
    failure: type[Exception], kind: type[Exception]
) -> None:
    assert type(HERE.explain(failure("secret"))) is kind


CODES = sorted(
    {
        each
        for each in vars(failures).values()
        if isinstance(each, type) and issubclass(each, failures.Error)
    },
    key=lambda each: each.__name__,
)


@pytest.mark.parametrize("failure", CODES, ids=lambda each: each.__name__)
def test_every_failure_of_postgresql_has_words(failure: type[Exception]) -> None:
    """Whatever the server answers, there is a sentence, a place and something to do."""
    said = HERE.explain(failure("secret"))
    assert said.what
    assert said.mend
    assert "secret" not in str(said)
