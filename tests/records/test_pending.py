"""What cannot be sent to a shared store waits on this computer, and is sent once."""

import logging
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.errors import (
    RecordsError,
    RecordsPendingError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)
from assistant.records.entry import Entry, Withdrawal
from assistant.records.outbox import FOLDER_NAME, Outbox
from assistant.records.store import RecordStore, open_store
from tests.records.postgres import Proxy, Server, commits_an_entry, free_port

MakeEntry = Callable[..., Entry]
NOON = datetime(2026, 10, 3, 12, tzinfo=UTC)


@pytest.fixture
def name(postgres: Server) -> str:
    """Return the name of an empty database."""
    return postgres.new_database()


class Line(NamedTuple):
    """A store reached through a proxy, and as another computer sees it."""

    proxy: Proxy
    through: RecordStore
    straight: RecordStore


@pytest.fixture
def line(postgres: Server, proxy: Proxy, name: str, data_folder: Path, tmp_path: Path) -> Line:
    """Return an empty shared store, and what lies between it and this computer."""
    return Line(
        proxy,
        open_store(data_folder, url=postgres.url(name, port=proxy.port)),
        open_store(tmp_path / "another computer", url=postgres.url(name)),
    )


@pytest.fixture
def away(data_folder: Path) -> RecordStore:
    """Return a store whose server is not there."""
    return open_store(data_folder, url=f"postgresql://worker@127.0.0.1:{free_port()}/records")


def withdrawal(of: Entry, number: int, *, minutes: int = 1) -> Withdrawal:
    when = of.when + timedelta(minutes=minutes)
    return Withdrawal(id=f"{number:032x}", when=when, withdraws=of.id, why="typed by mistake")


def sound(store: RecordStore) -> bool:
    return not list(store.faults())


def test_a_server_that_is_away_costs_no_entry(
    away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """Opening reaches nothing; a save is kept and says so in full; a list says what is wrong."""
    mine = entry()
    with pytest.raises(RecordsPendingError) as caught:
        away.add(mine)
    assert caught.value.what == (
        "The server of the shared records cannot be reached. Your entry is saved on this computer."
        " It will be sent to the shared records as soon as possible."
    )
    assert [waiting.record for waiting in away.waiting()] == [mine]
    with pytest.raises(RecordsUnreachableError, match="cannot be reached"):
        away.count()
    assert not (data_folder / "records.sqlite3").exists()


def test_what_waits_is_sent_in_the_order_it_was_made(
    postgres: Server, name: str, away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """The next store that can be reached sends it before anything new, under the rules of its time."""
    late, early = entry(when=NOON + timedelta(hours=1)), entry(when=NOON)
    for record in (late, early):
        with pytest.raises(RecordsPendingError):
            away.add(record)
    store = open_store(data_folder, url=postgres.url(name))
    assert store.add(entry()) == 3
    assert [store.get(seq).id for seq in (1, 2)] == [early.id, late.id]
    assert (store.waiting(), sound(store)) == ([], True)


def test_looking_at_a_list_sends_what_waits(
    postgres: Server, name: str, away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """Nobody has to think of it."""
    with pytest.raises(RecordsPendingError):
        away.add(entry())
    assert open_store(data_folder, url=postgres.url(name)).count() == 1


@pytest.mark.parametrize(("lost", "there"), [("request", 0), ("answer", 1)])
def test_a_connection_lost_at_the_last_moment_keeps_the_entry_once(
    line: Line, entry: MakeEntry, lost: str, there: int
) -> None:
    """Whether the server took it or not, the worker is told that it waits, and it is sent once."""
    proxy, through, straight = line
    through.count()
    mine = entry()
    proxy.lose = lambda heard: lost if commits_an_entry(heard) else ""
    with pytest.raises(RecordsPendingError, match="Your entry is saved on this computer"):
        through.add(mine)
    assert (straight.count(), len(through.waiting())) == (there, 1)
    assert (through.send(), through.waiting()) == (1, [])
    assert [row.seq for row in straight.page(None, 5)] == [1]
    assert (straight.get(1), sound(through)) == (mine, True)


class _After:
    """Loses the message after so many."""

    def __init__(self, left: int, lost: str) -> None:
        self._left, self._lost = left, lost

    def __call__(self, _heard: bytes) -> str:
        self._left -= 1
        return self._lost if self._left < 0 else ""


@pytest.mark.parametrize("lost", ["request", "answer"])
def test_a_connection_lost_at_any_moment_loses_and_doubles_nothing(
    line: Line, entry: MakeEntry, lost: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Cut after the first message, after the second, and so on until a save gets through."""
    proxy, through, straight = line
    records: list[Entry] = []
    while proxy.lose is None and len(records) < 100:
        proxy.lose = _After(len(records), lost)
        records.append(entry())
        with suppress(RecordsPendingError):
            through.add(records[-1])
        assert straight.number_of(records[-1].id) or through.waiting()
    proxy.lose = None
    rows = through.page(None, 1000)
    assert 10 < len(records) < 100
    assert {through.get(row.seq).id for row in rows} == {record.id for record in records}
    assert (through.waiting(), len(rows), sound(straight)) == ([], len(records), True)
    assert "".join(capfd.readouterr()) == ""


def test_a_lost_connection_is_not_spoken_of_on_the_screen(
    line: Line, entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """The driver's own warnings would be written over what is drawn there."""
    proxy, through, _ = line
    through.count()
    for number in range(30):
        proxy.lose = _After(number, "request")
        with suppress(RecordsPendingError):
            through.add(entry())
    assert caplog.text == ""


def test_a_server_that_dies_between_adding_and_committing_keeps_the_entry_once(
    postgres: Server, line: Line, entry: MakeEntry
) -> None:
    """After it is back, the entry is sent, and is there once."""
    proxy, through, straight = line
    through.add(entry())

    def die(heard: bytes) -> str:
        if commits_an_entry(heard):
            postgres.kill()
            return "request"
        return ""

    proxy.lose = die
    try:
        for _ in range(2):
            with pytest.raises(RecordsPendingError):
                through.add(entry())
    finally:
        postgres.start()
    assert straight.count() == 1
    assert (through.count(), through.waiting(), sound(straight)) == (3, [], True)


def test_several_copies_that_send_at_once_send_each_entry_once(
    postgres: Server, name: str, away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """Two windows of the assistant on one folder do not double what waits."""
    for _ in range(5):
        with pytest.raises(RecordsPendingError):
            away.add(entry())
    stores = [open_store(data_folder, url=postgres.url(name)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda store: store.send(), stores))
    assert (stores[0].count(), stores[0].waiting(), sound(stores[0])) == (5, [], True)


def test_what_the_store_refuses_is_named_and_holds_nobody_up(
    postgres: Server, name: str, away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """An entry that was withdrawn elsewhere meanwhile cannot be withdrawn again; the rest is sent."""
    mine = entry(when=NOON)
    open_store(data_folder, url=postgres.url(name)).add(mine)
    refused, later = withdrawal(mine, 2), entry(when=NOON + timedelta(days=1))
    for record in (refused, later):
        with pytest.raises(RecordsPendingError):
            away.add(record)
    store = open_store(data_folder, url=postgres.url(name))
    RecordStore(store._database).add(withdrawal(mine, 1))
    assert (store.send(), store.number_of(later.id)) == (1, 3)
    (waiting,) = store.waiting()
    assert (waiting.record, "was already corrected or withdrawn" in waiting.refused) == (
        refused,
        True,
    )
    assert store.add(entry()) == 4


def test_what_waits_can_be_withdrawn_while_it_waits(
    postgres: Server, name: str, away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """The withdrawal waits behind it."""
    mine = entry()
    for record in (mine, withdrawal(mine, 1)):
        with pytest.raises(RecordsPendingError):
            away.add(record)
    (row,) = open_store(data_folder, url=postgres.url(name)).page(None, 5)
    assert row.withdrawn


def test_the_same_record_waits_once_and_another_under_its_id_is_refused(
    away: RecordStore, entry: MakeEntry
) -> None:
    """As in the store: a save may be repeated, and what waits is not written over."""
    first = entry(id="c" * 32, service="first")
    again = entry(id="c" * 32, service="first", when=first.when + timedelta(minutes=1))
    for record in (first, again):
        with pytest.raises(RecordsPendingError):
            away.add(record)
    with pytest.raises(RecordsError, match="with different details"):
        away.add(entry(id="c" * 32, service="second"))
    assert [waiting.record for waiting in away.waiting()] == [first]


def test_erasing_lets_go_of_what_waits_too(
    postgres: Server, name: str, data_folder: Path, entry: MakeEntry
) -> None:
    """What must not be kept any longer is not kept on this computer either."""
    store = open_store(data_folder, url=postgres.url(name))
    old = entry(when=NOON)
    store.add(old)
    Outbox(data_folder).keep(withdrawal(entry(when=NOON), 7))
    assert store.to_erase(date(2026, 10, 10)) == 2
    assert store.erase(date(2026, 10, 10), id_="e" * 32, when=NOON + timedelta(days=30)) == 2
    assert (store.waiting(), list((data_folder / FOLDER_NAME).iterdir())) == ([], [])


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_what_waits_is_closed_to_others(
    away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """The folder is 0700 and each file 0600; names say nothing of the case."""
    mine = entry()
    with pytest.raises(RecordsPendingError):
        away.add(mine)
    folder = data_folder / FOLDER_NAME
    (file,) = folder.iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (data_folder, folder, file)]
    assert (modes, file.name) == ([0o700, 0o700, 0o600], f"{mine.id}.json")


@pytest.fixture
def box(data_folder: Path, entry: MakeEntry) -> Outbox:
    """Return a box in which one entry waits."""
    made = Outbox(data_folder)
    made.keep(entry(id="a" * 32), "rules")
    return made


@pytest.mark.parametrize("end", range(0, 400, 40))
def test_a_file_that_is_not_whole_is_counted_and_left(box: Outbox, end: int) -> None:
    """It is neither sent nor taken for nothing."""
    (file,) = box.folder.iterdir()
    file.write_bytes(file.read_bytes()[:end])
    assert (box.waiting(), box.unreadable()) == ([], 1)
    assert file.exists()


def test_what_a_kill_left_half_written_does_not_wait(box: Outbox) -> None:
    (box.folder / f"{'b' * 32}.12345678.part").write_text("{", encoding="utf-8")
    assert ([kept.rules for kept in box.waiting()], box.unreadable()) == (["rules"], 0)


def test_what_can_be_neither_sent_nor_kept_is_not_said_to_be(
    away: RecordStore, data_folder: Path, entry: MakeEntry
) -> None:
    """The worker learns both, so that what was typed is not given up."""
    data_folder.mkdir()
    (data_folder / FOLDER_NAME).touch()
    with pytest.raises(RecordsUnavailableError) as caught:
        away.add(entry())
    assert "cannot be reached. Records that wait to be sent cannot be saved" in caught.value.what


def test_nothing_of_the_case_is_said(
    away: RecordStore, entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the sentence, nor a log, nor how what waits is shown to a programmer."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RecordsPendingError) as caught:
        away.add(entry(case_number="5551234"))
    assert "5551234" not in f"{caught.value}{caplog.text}{away.waiting()}"
