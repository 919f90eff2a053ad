"""Whoever changes a store from outside is found out, and the first bad record is named."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import StaticPool

from assistant.records import verifying
from assistant.records.adding import append
from assistant.records.chain import NOTHING_BEFORE, Head, hash_of_content, hash_of_link
from assistant.records.entry import Entry, Erasure, Withdrawal
from assistant.records.erasing import erase, to_erase
from assistant.records.migrate import create
from assistant.records.reading import head as head_of
from assistant.records.verifying import Fault, Walk, some_faults
from tests.records.conftest import any_entry

SIZE = 1_000
EVERYWHERE = range(1, SIZE + 1)
SOMEWHERE = (1, 2, 3, 499, 500, SIZE - 1, SIZE)
FIRST_DAY = datetime(2020, 1, 6, 15, tzinfo=UTC)
CORRECTION, WITHDRAWAL, WITHDRAWN = 60, 70, 65


class Chain:
    """A store of a thousand records in memory; a change to it lasts as long as its `with`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.head = head_of(connection, "here")
        self.example = self.column("content", 1)
        self.hashes = ["", *self.run("SELECT hash FROM entries ORDER BY seq").scalars()]

    def run(self, sql: str, **values: object) -> Any:
        return self.connection.execute(text(sql), values)

    def column(self, name: str, seq: int) -> Any:
        return self.run(f"SELECT {name} FROM entries WHERE seq = :seq", seq=seq).scalar()

    def edit(self, seq: int, **values: object) -> None:
        for name, value in values.items():
            self.run(f"UPDATE entries SET {name} = :value WHERE seq = :seq", value=value, seq=seq)

    def first_fault(self, near: int, remembered: Head | None = None) -> Fault | None:
        """Give the first fault, where the chain is known to be right until shortly before a place."""
        last = max(0, min(near, SIZE) - 2)
        walk = Walk(last, self.hashes[last] or NOTHING_BEFORE, read=last or -(2**62))
        walk.before = self.hashes[last - 1] if last > 1 else NOTHING_BEFORE
        return next(self._follow(walk, remembered), None)

    def faults(self, remembered: Head | None = None) -> list[Fault]:
        """Give every fault, from the beginning."""
        return list(self._follow(Walk(), remembered))

    def _follow(self, walk: Walk, remembered: Head | None) -> Iterator[Fault]:
        while not walk.done:
            yield from some_faults(self.connection, remembered, walk)

    @contextmanager
    def changed(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.connection.rollback()


def made(connection: Connection) -> None:
    """Fill a new store with choices, a correction and a withdrawal, a day apart."""
    create(connection)
    head, ids = head_of(connection, "here"), [""]
    for number in EVERYWHERE:
        when = FIRST_DAY + timedelta(days=number)
        record: Entry | Withdrawal = any_entry(when=when, service=f"service {number}")
        if number == CORRECTION and isinstance(record, Entry):
            record = replace(record, corrects=ids[CORRECTION - 10], why="the other goal")
        if number == WITHDRAWAL:
            record = Withdrawal(id=record.id, when=when, withdraws=ids[WITHDRAWN], why="twice")
        _, head = append(connection, head, record)
        ids.append(record.id)
    connection.commit()


def in_memory() -> Connection:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", lambda bare, _: setattr(bare, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine.connect()


@pytest.fixture(scope="module")
def whole() -> Iterator[Chain]:
    connection = in_memory()
    made(connection)
    yield Chain(connection)
    connection.close()
    connection.engine.dispose()


@pytest.fixture(scope="module")
def purged() -> Iterator[Chain]:
    """Give the same after its first half was erased, a month after the last record."""
    connection = in_memory()
    made(connection)
    before = (FIRST_DAY + timedelta(days=501)).date()
    when = FIRST_DAY + timedelta(days=SIZE + 30)
    erased = to_erase(connection, before)
    record = Erasure(id="e" * 32, when=when, before=before, erased=erased)
    erase(connection, head_of(connection, "here"), record)
    connection.commit()
    yield Chain(connection)
    connection.close()
    connection.engine.dispose()


@pytest.fixture(autouse=True)
def few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a few records at once where the same is asked at a thousand places."""
    if "everywhere" in request.node.name:
        monkeypatch.setattr(verifying, "_CHUNK", 4)


def flipped(value: Any) -> Any:
    """Give a value with one letter or bit changed."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value ^ 1
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def rechained(chain: Chain, seq: int, content: str) -> dict[str, str]:
    """Give the columns of a record that would be right at a place, if it had been there all along."""
    salt, previous = "5" * 32, chain.hashes[seq - 1] or NOTHING_BEFORE
    content_hash = hash_of_content(salt, content)
    own = hash_of_link(seq, previous, content_hash)
    return {
        "content": content,
        "salt": salt,
        "content_hash": content_hash,
        "previous": previous,
        "hash": own,
    }


def shift(chain: Chain, first: int, by: int) -> None:
    """Renumber all records from a place on."""
    for sign in (-1, 1):  # twice, so that no two have one number on the way
        chain.run(f"UPDATE entries SET seq = -(seq + {by}) WHERE seq >= {first}" if sign < 0 else
                  "UPDATE entries SET seq = -seq WHERE seq < 0")  # fmt: skip


def forge(chain: Chain, seq: int) -> None:
    """Put in a record that follows the one before it, as its hashes have it."""
    like = min(seq, SIZE)
    content = chain.example.replace("service 1", "service forged")
    chain.run(
        "INSERT INTO entries (seq, id, kind, at, day, certainty, content, salt, content_hash, previous,"
        " hash) SELECT :seq, 'f', 'choice', at, day, certainty, :content, :salt, :content_hash, :previous,"
        f" :hash FROM entries WHERE seq <> {like} LIMIT 1",
        seq=seq, **rechained(chain, seq, content),
    )  # fmt: skip


def test_an_untouched_chain_has_no_fault(whole: Chain) -> None:
    """A thousand records with a correction and a withdrawal among them are unbroken."""
    assert whole.faults(whole.head) == []
    assert all(whole.first_fault(seq, whole.head) is None for seq in SOMEWHERE)


@pytest.mark.parametrize("column", ["content", "salt", "content_hash", "previous", "hash"])
def test_a_flipped_letter_is_found_everywhere(whole: Chain, column: str) -> None:
    """One changed letter in a record or its link is found at that record."""
    for seq in EVERYWHERE:
        with whole.changed():
            whole.edit(seq, **{column: flipped(whole.column(column, seq))})
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


@pytest.mark.parametrize(
    "column",
    ["id", "kind", "of_id", "at", "day", "outcome", "recommended", "certainty", "chosen", "overridden"]
    + ["reason_code", "shelf"],
)  # fmt: skip
def test_a_flipped_column_of_the_lists_is_found(whole: Chain, column: str) -> None:
    """What lists are filtered by cannot be changed beside the record."""
    for seq in (*SOMEWHERE, CORRECTION - 10, CORRECTION, WITHDRAWN, WITHDRAWAL):
        with whole.changed():
            whole.edit(seq, **{column: flipped(whole.column(column, seq))})
            assert whole.faults()[0].seq in {seq, CORRECTION - 10, WITHDRAWN}


def test_a_record_taken_out_is_found_everywhere(whole: Chain) -> None:
    """A gap is named by the number that is missing, the last one as a cut-off end."""
    for seq in EVERYWHERE:
        with whole.changed():
            whole.run("DELETE FROM entries WHERE seq = :seq", seq=seq)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq
            assert ("missing" in fault.why) is (seq < SIZE)


def test_a_record_taken_out_and_the_gap_closed_is_found_everywhere(whole: Chain) -> None:
    """Renumbering what follows does not hide the gap."""
    for seq in range(1, SIZE):
        with whole.changed():
            whole.run("DELETE FROM entries WHERE seq = :seq", seq=seq)
            whole.run(
                "UPDATE entries SET seq = seq - 1 WHERE seq BETWEEN :a AND :b", a=seq, b=seq + 6
            )
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


@pytest.mark.parametrize("what", ["rows", "contents", "contents with their salts and hashes"])
def test_two_neighbours_swapped_are_found_everywhere(whole: Chain, what: str) -> None:
    """Neither rows nor only what they say can trade places."""
    names = {"rows": ("seq",), "contents": ("content",)}.get(
        what, ("content", "salt", "content_hash")
    )
    for seq in range(1, SIZE):
        with whole.changed():
            swap(whole, seq, names)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


def swap(chain: Chain, seq: int, names: tuple[str, ...]) -> None:
    if names == ("seq",):
        for old, new in ((seq, 0), (seq + 1, seq), (0, seq + 1)):
            chain.run("UPDATE entries SET seq = :new WHERE seq = :old", old=old, new=new)
        return
    mine, other = ({name: chain.column(name, at) for name in names} for at in (seq, seq + 1))
    chain.edit(seq, **other)
    chain.edit(seq + 1, **mine)


def test_a_record_put_in_is_found_everywhere(whole: Chain) -> None:
    """A forged record whose own hashes are right is named, though only the next one gives it away."""
    for seq in EVERYWHERE:
        with whole.changed():
            whole.run(
                "UPDATE entries SET seq = -(seq + 1) WHERE seq BETWEEN :a AND :b", a=seq, b=seq + 6
            )
            whole.run("DELETE FROM entries WHERE seq = :last", last=seq + 7)
            whole.run("UPDATE entries SET seq = -seq WHERE seq < 0")
            forge(whole, seq)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


def test_a_record_replaced_by_a_forged_one_is_found_everywhere(whole: Chain) -> None:
    """A record written anew with right hashes of its own is named, not the one after it."""
    for seq in range(1, SIZE):
        with whole.changed():
            other = json.dumps(json.loads(whole.column("content", seq)) | {"whom": "child 9"},
                               sort_keys=True, separators=(",", ":"))  # fmt: skip
            whole.edit(seq, **rechained(whole, seq, other))
            assert [fault.seq for fault in near(whole, seq)][:1] == [seq]


def near(chain: Chain, seq: int) -> list[Fault]:
    fault = chain.first_fault(seq)
    return [fault] if fault else []


def test_a_record_put_in_at_the_end_is_found(whole: Chain) -> None:
    """One more record than the chain counts is named."""
    with whole.changed():
        forge(whole, SIZE + 1)
        assert [fault.seq for fault in whole.faults()][0] == SIZE + 1


@pytest.mark.parametrize(
    "hidden", [False, True], ids=["plainly", "with the end of the chain moved"]
)
def test_a_cut_off_end_is_found_everywhere(whole: Chain, hidden: bool) -> None:
    """However much was cut off, the first missing number is named: by the chain's end or this computer.

    Where what corrects or withdraws an entry went with it, that entry is named before."""
    with whole.changed():
        for seq in reversed(EVERYWHERE):
            whole.run("DELETE FROM entries WHERE seq = :seq", seq=seq)
            if hidden:
                last = whole.hashes[seq - 1] or NOTHING_BEFORE
                whole.run("UPDATE chain SET count = :count, hash = :hash", count=seq - 1, hash=last)
            fault = whole.first_fault(seq, whole.head)
            assert fault is not None
            assert fault.seq in {seq, CORRECTION - 10, WITHDRAWN}


@pytest.mark.parametrize(
    "change",
    ["count = 999", "count = 1001", "hash = 'x'", "count = 'x'", "store_id = 'x'"],
)
def test_a_changed_end_is_found(whole: Chain, change: str) -> None:
    """The count, the hash and the store's own id cannot be changed."""
    with whole.changed():
        whole.run(f"UPDATE chain SET {change}")
        assert len(whole.faults(whole.head)) == 1


def test_a_chain_without_its_end_is_found(whole: Chain) -> None:
    """A store that does not say where it ends, or says it twice, is not whole."""
    for sql in ("DELETE FROM chain", "INSERT INTO chain VALUES ('x', 1, 'x')"):
        with whole.changed():
            whole.run(sql)
            assert [fault.why for fault in whole.faults()] == [
                "the records do not say where they end."
            ]


def test_a_whole_chain_written_anew_is_found_by_what_this_computer_remembers(whole: Chain) -> None:
    """Whoever works out every hash anew from some record on is still found out."""
    for seq in SOMEWHERE:
        with whole.changed():
            rewrite(whole, seq)
            assert whole.faults() == []
            assert [fault.seq for fault in whole.faults(whole.head)] == [SIZE + 1]


def rewrite(chain: Chain, first: int) -> None:
    previous = chain.hashes[first - 1] or NOTHING_BEFORE
    for seq in range(first, SIZE + 1):
        salt = "7" * 32
        content_hash = hash_of_content(salt, chain.column("content", seq))
        own = hash_of_link(seq, previous, content_hash)
        chain.edit(seq, salt=salt, content_hash=content_hash, previous=previous, hash=own)
        previous = own
    chain.run("UPDATE chain SET hash = :hash", hash=previous)


def test_an_emptied_record_that_no_erasure_names_is_found_everywhere(whole: Chain) -> None:
    """Emptying a record as an erasure does, without one, is found."""
    for seq in EVERYWHERE:
        with whole.changed():
            empty(whole, seq)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert (fault.seq, "no erasure names it" in fault.why) == (seq, True)


def empty(chain: Chain, seq: int) -> None:
    names = ("of_id", "at", "day", "outcome", "recommended", "certainty", "chosen", "overridden")
    chain.edit(
        seq, **dict.fromkeys((*names, "reason_code", "shelf", "content", "salt")), kind="erased"
    )
    chain.run("DELETE FROM words WHERE seq = :seq", seq=seq)


def test_a_changed_word_or_shelf_is_found(whole: Chain) -> None:
    """An entry cannot be hidden from a search, nor shown by other words than its own."""
    for sql in (
        "DELETE FROM words WHERE seq = 500 AND word = 'counseling' OR seq = 500 AND word = 'service'",
        "INSERT INTO words SELECT 'other', shelf, seq FROM entries WHERE seq = 500",
        "UPDATE words SET shelf = 9 WHERE seq = 500",
    ):
        with whole.changed():
            whole.run(sql)
            assert [fault.seq for fault in whole.faults()] == [500]
    with whole.changed():
        whole.run("UPDATE shelves SET chosen = 'preventive'")
        assert whole.faults()[0].seq == 1


def test_changed_rules_are_found(whole: Chain) -> None:
    """The rules kept with the entries are the ones that their hash is of."""
    with whole.changed():
        kept = {"hash": hashlib.sha256(b"{}").hexdigest()}
        whole.run("INSERT INTO rules VALUES (:hash, '{}')", **kept)
        assert whole.faults() == []
        whole.run("UPDATE rules SET decision = '{ }'")
        assert [fault.seq for fault in whole.faults()] == [0]


def test_a_record_put_in_before_the_first_is_found(whole: Chain) -> None:
    """Numbers below one belong to nobody, however many there are."""
    with whole.changed():
        for seq in range(-SIZE, 1):
            whole.run("INSERT INTO entries SELECT :seq, :seq, kind, NULL, at, day, outcome, recommended,"
                      " certainty, chosen, overridden, reason_code, NULL, content, salt, content_hash,"
                      " previous, hash FROM entries WHERE seq = 1", seq=seq)  # fmt: skip
        faults = whole.faults()
        assert (faults[0].seq, len(faults)) == (-SIZE, SIZE + 1)


def test_an_erasure_leaves_the_chain_whole(purged: Chain) -> None:
    """After a purge there is no fault, and what was erased says nothing."""
    assert purged.faults(purged.head) == []
    left = purged.run("SELECT content, salt, day, chosen FROM entries WHERE seq <= 500").fetchall()
    assert set(left) == {(None, None, None, None)}
    assert purged.head.count == SIZE + 1


Tamper = Callable[[Chain, int], None]


@pytest.mark.parametrize("seq", [1, 2, 250, 499, 500, 501, 750, SIZE])
@pytest.mark.parametrize(
    "tamper",
    [
        lambda chain, seq: chain.edit(seq, hash=flipped(chain.column("hash", seq))),
        lambda chain, seq: chain.edit(seq, content_hash=flipped(chain.column("content_hash", seq))),
        lambda chain, seq: chain.run("DELETE FROM entries WHERE seq = :seq", seq=seq),
        lambda chain, seq: swap(chain, seq, ("seq",)),
        lambda chain, seq: chain.edit(seq, content="{}", salt="0" * 32),
    ],
    ids=["flip", "flip content hash", "drop", "swap", "fill"],
)
def test_after_a_purge_each_change_is_still_found(purged: Chain, tamper: Tamper, seq: int) -> None:
    """What is left of erased records is as safe as the others."""
    with purged.changed():
        tamper(purged, seq)
        assert purged.faults()[0].seq == seq


@pytest.mark.parametrize("seq", [502, 750, SIZE])
def test_after_a_purge_a_cut_off_end_is_still_found(purged: Chain, seq: int) -> None:
    """With the erasure, its own record and more were cut off: what was emptied has nobody to name it."""
    with purged.changed():
        purged.run("DELETE FROM entries WHERE seq >= :seq", seq=seq)
        assert [fault.seq for fault in purged.faults()] == [*range(1, 501), seq]


def test_an_erased_record_that_is_there_again_is_found(purged: Chain, whole: Chain) -> None:
    """What was erased for good and put back from an old copy is named."""
    with purged.changed():
        for name in ("content", "salt", "kind", "day"):
            purged.edit(SIZE + 1, **{name: purged.column(name, SIZE + 1)})
        content = purged.column("content", SIZE)
        purged.edit(500, content=content, salt="0" * 32)
        assert purged.faults()[0].seq == 500


def test_a_word_left_of_an_erased_record_is_found(purged: Chain) -> None:
    """A case number that can still be searched for was not erased."""
    with purged.changed():
        purged.run("INSERT INTO words VALUES ('123', 1, 7)")
        assert [(fault.seq, "not all of it is gone" in fault.why) for fault in purged.faults()] == [
            (7, True)
        ]


def test_an_erasure_that_names_what_came_after_it_is_found(whole: Chain) -> None:
    """No erasure can be kept in store for what is yet to be recorded."""
    with whole.changed():
        record = Erasure(
            id="e" * 32, when=FIRST_DAY, before=date(2020, 1, 1), erased=((1_001, 1_001),)
        )
        append(whole.connection, whole.head, record)
        assert whole.faults()[0].seq == SIZE + 1
