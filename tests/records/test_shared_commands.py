"""What the commands say where records are shared: what waits, what was sent, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import RecordsPendingError
from assistant.records.entry import Entry, Withdrawal
from assistant.records.outbox import Outbox
from assistant.records.postgres import PostgresDatabase
from assistant.records.store import open_store
from tests.lines.talk import ADOPTION, FIELDS
from tests.records.postgres import Server, at_revision, free_port

MakeEntry = Callable[..., Entry]


@pytest.fixture
def shared(database: str, monkeypatch) -> str:
    """Return the address of the records that every command now uses."""
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", database)
    return database


@pytest.fixture
def away(monkeypatch) -> str:
    """Return the address of a server that is not there, which every command now uses."""
    url = nowhere()
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", url)
    return url


def nowhere() -> str:
    return f"postgresql://worker@127.0.0.1:{free_port()}/records"


def kept(data_folder, url: str, record) -> None:
    with pytest.raises(RecordsPendingError):
        open_store(data_folder, url=url).add(record)


def twice_withdrawn(mine: Entry) -> list[Withdrawal]:
    when = mine.when + timedelta(minutes=1)
    return [
        Withdrawal(id=f"{number:032x}", when=when, withdraws=mine.id, why="a mistake")
        for number in (1, 2)
    ]


def test_nothing_has_to_be_sent_where_records_are_on_this_computer(capsys) -> None:
    assert main(["records", "send"]) == 0
    assert "nothing to send" in capsys.readouterr().out


def test_what_waits_is_sent_when_asked(
    shared: str, monkeypatch, data_folder, entry: MakeEntry, capsys
) -> None:
    """And how many that were is said."""
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", nowhere())
    for _ in range(2):
        kept(data_folder, nowhere(), entry())
    assert main(["records", "send"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", shared)
    assert main(["records", "send"]) == 0
    assert capsys.readouterr().out == "Sent to the shared records: 2 records.\n"
    assert open_store(data_folder, url=shared).count() == 2


@pytest.fixture
def older(shared: str, tmp_path: Path) -> str:
    """Return the address of shared records that are those of the first release."""
    made = PostgresDatabase(shared, tmp_path, patience=10)
    at_revision(made, "0003")
    return shared


def test_older_records_are_upgraded_after_a_yes(
    older: str, data_folder: Path, entry: MakeEntry, monkeypatch, capsys
) -> None:
    """It says what every computer needs first; then what waited is sent."""
    kept(data_folder, older, entry())
    assert main(["doctor"]) == 1
    assert "healthy, in an older form, which needs an upgrade" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", StringIO("no\n"))
    assert main(["records", "upgrade"]) == 1
    assert "install release 2 or newer" in capsys.readouterr().err
    assert main(["records", "list"]) == 1
    assert "`service-group records upgrade`" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", StringIO("yes\n"))
    assert main(["records", "upgrade"]) == 0
    assert "Sent to the shared records: 1 record.\n" in capsys.readouterr().out
    assert main(["records", "upgrade", "--yes"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", StringIO("yes\n"))
    assert main(["records", "purge", "--before", "2020-01-01"]) == 0
    assert "entries_before_upgrade_from_0003_" in capsys.readouterr().err
    assert open_store(data_folder, url=older).copies() == []


def test_records_of_this_computer_need_no_upgrade(capsys) -> None:
    assert main(["records", "upgrade"]) == 0
    assert "when you use them" in capsys.readouterr().out


def test_a_list_that_cannot_be_read_says_how_many_wait(
    away: str, data_folder, entry: MakeEntry, capsys
) -> None:
    kept(data_folder, away, entry())
    assert main(["records", "list"]) == 1
    assert "1 record on this computer will be sent later" in capsys.readouterr().err


def test_what_is_refused_is_named_by_every_command_that_looks(
    shared: str, data_folder, entry: MakeEntry, capsys
) -> None:
    """`send` says why and where it is kept, `list` and `doctor` that it waits."""
    mine = entry()
    first, second = twice_withdrawn(mine)
    store = open_store(data_folder, url=shared)
    store.add(mine)
    store.add(first)
    Outbox(data_folder).keep(second)
    assert main(["records", "send"]) == 1
    said = capsys.readouterr()
    assert said.out == "Sent to the shared records: 0 records.\n"
    assert (
        "Entry 1 was already corrected or withdrawn (see number 2), so you cannot correct"
        in said.err
    )
    assert f"pending/{second.id}.json" in said.err
    assert main(["records", "list"]) == 0
    assert "1 record on this computer, not yet in the shared records. 1 refused" in (
        capsys.readouterr().err
    )
    assert main(["doctor"]) == 1
    assert "Not sent yet: 1 record (" in capsys.readouterr().out


def test_the_health_check_counts_shared_entries_and_changes_nothing(
    postgres: Server, shared: str, data_folder, entry: MakeEntry, capsys
) -> None:
    """It makes no tables, and sends nothing that waits."""
    Outbox(data_folder).keep(entry())
    main(["doctor"])
    assert "Records: healthy, none yet, in PostgreSQL database" in capsys.readouterr().out
    with postgres.connected(shared.rpartition("/")[2]) as connection:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(query).fetchone() == (0,)
    open_store(data_folder, url=shared).add(entry())
    main(["doctor"])
    said = capsys.readouterr().out
    assert "Records: healthy, 2 active entries (2 lines in all), in PostgreSQL database" in said
    assert "Not sent yet: healthy, nothing is waiting" in said


def test_what_waits_for_an_address_that_is_not_set_any_more_is_told(
    data_folder, entry: MakeEntry, capsys
) -> None:
    """It would otherwise be forgotten on this computer."""
    Outbox(data_folder).keep(entry())
    assert main(["doctor"]) == 1
    assert "set records_url again" in capsys.readouterr().out


def test_an_interview_is_recorded_while_the_server_is_away(
    away: str, data_folder, monkeypatch, capsys
) -> None:
    """From the first question to the last yes: the worker is told where it is, and it is there."""
    lines = (*ADOPTION, "1", *FIELDS, "yes", "r", "q")
    monkeypatch.setattr("sys.stdin", StringIO("\n".join(lines) + "\n"))
    assert main(["ask", "--plain"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "Your entry is saved on this computer. It will be sent to the shared records as soon as possible."
        in said
    )
    assert "1 record on this computer will be sent later" in said
    (kept_here,) = Outbox(data_folder).waiting()
    assert isinstance(kept_here.record, Entry)
    assert kept_here.record.case_number == FIELDS[0]
    assert kept_here.rules
