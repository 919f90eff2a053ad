"""Whoever changes a store from outside is found out, and the first bad record is named."""

import hashlib
import json
from collections.abc import Iterator

import pytest

from assistant.records import verify as verifying
from assistant.records.schema import NOTHING_BEFORE
from assistant.records.verify import ChainFault, Damage
from tests.records.chains import (
    CORRECTION,
    EVERYWHERE,
    RESTORING,
    SIZE,
    SOMEWHERE,
    WITHDRAWAL,
    WITHDRAWN,
    Chain,
    empty,
    flipped,
    forge,
    in_memory,
    made,
    rechained,
    rewrite,
    swap,
)

pytestmark = pytest.mark.sampled


@pytest.fixture(scope="module")
def whole() -> Iterator[Chain]:
    connection = in_memory()
    made(connection)
    yield Chain(connection)
    connection.close()
    connection.engine.dispose()


@pytest.fixture(autouse=True)
def few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a few records at once where the same is asked at a thousand places."""
    if "everywhere" in request.node.name:
        monkeypatch.setattr(verifying, "_CHUNK", 4)


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
    [
        "id",
        "kind",
        "of_id",
        "restores",
        "at",
        "day",
        "outcome",
        "recommended",
        "certainty",
        "chosen",
        "overridden",
        "reason_code",
        "state",
    ],
)
def test_a_flipped_column_of_the_lists_is_found(whole: Chain, column: str) -> None:
    """What lists are filtered by cannot be changed beside the record."""
    for seq in (*SOMEWHERE, CORRECTION - 10, CORRECTION, WITHDRAWN, WITHDRAWAL, RESTORING):
        with whole.changed():
            whole.edit(seq, **{column: flipped(whole.column(column, seq))})
            fault = whole.first_of_all()
            assert fault is not None
            assert fault.seq in {seq, CORRECTION - 10, WITHDRAWN}


def test_a_record_taken_out_is_found_everywhere(whole: Chain) -> None:
    """A gap is named by the number that is missing, the last one as a cut-off end."""
    for seq in EVERYWHERE:
        with whole.changed():
            whole.run("DELETE FROM entries WHERE seq = :seq", seq=seq)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq
            assert fault.damage == (Damage.MISSING if seq < SIZE else Damage.CUT_OFF)


def test_a_record_taken_out_and_the_gap_closed_is_found_everywhere(whole: Chain) -> None:
    """Renumbering what follows does not hide the gap."""
    for seq in EVERYWHERE[:-1]:
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
    for seq in EVERYWHERE[:-1]:
        with whole.changed():
            swap(whole, seq, names)
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


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
    for seq in EVERYWHERE[:-1]:
        with whole.changed():
            other = json.dumps(json.loads(whole.column("content", seq)) | {"whom": "child 9"},
                               sort_keys=True, separators=(",", ":"))  # fmt: skip
            whole.edit(seq, **rechained(whole, seq, other))
            fault = whole.first_fault(seq)
            assert fault is not None
            assert fault.seq == seq


def test_a_record_put_in_at_the_end_is_found(whole: Chain) -> None:
    """One more record than the chain counts is named."""
    with whole.changed():
        forge(whole, SIZE + 1)
        assert whole.faults()[0].seq == SIZE + 1


@pytest.mark.parametrize(
    "hidden", [False, True], ids=["plainly", "with the end of the chain moved"]
)
def test_a_cut_off_end_is_found_everywhere(whole: Chain, hidden: bool) -> None:
    """However much was cut off, the first missing number is named: by the chain's end or this computer.

    Where what corrects or withdraws an entry went with it, that entry is named before."""
    with whole.changed():
        for seq in reversed(EVERYWHERE):
            whole.run("DELETE FROM entries WHERE seq >= :seq", seq=seq)
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
        whole.run(f"UPDATE chain SET {change}")  # noqa: S608 - the words above
        assert len(whole.faults(whole.head)) == 1


def test_a_chain_without_its_end_is_found(whole: Chain) -> None:
    """A store that does not say where it ends, or says it twice, is not whole."""
    for sql in ("DELETE FROM chain", "INSERT INTO chain VALUES ('x', 1, 'x')"):
        with whole.changed():
            whole.run(sql)
            assert whole.faults() == [ChainFault(0, Damage.CHANGED)]


def test_a_whole_chain_written_anew_is_found_by_what_this_computer_remembers(whole: Chain) -> None:
    """Whoever works out every hash anew from some record on is still found out."""
    for seq in SOMEWHERE:
        with whole.changed():
            rewrite(whole, seq)
            assert whole.faults() == []
            assert whole.faults(whole.head) == [ChainFault(SIZE, Damage.CHANGED)]


def test_an_emptied_record_that_no_erasure_names_is_found_everywhere(whole: Chain) -> None:
    """Emptying a record as an erasure does, without one, is found."""
    for seq in EVERYWHERE:
        with whole.changed():
            empty(whole, seq)
            fault = whole.first_fault(seq)
            assert fault == ChainFault(seq, Damage.CHANGED)


def test_a_changed_word_is_found(whole: Chain) -> None:
    """An entry cannot be hidden from a search, nor shown by other words than its own."""
    for sql in (
        "DELETE FROM words WHERE seq = 500 AND word = 'counseling' OR seq = 500 AND word = 'service'",
        "INSERT INTO words SELECT 'other', seq FROM entries WHERE seq = 500",
        "UPDATE words SET word = 'other' WHERE seq = 500 AND word = '500'",
    ):
        with whole.changed():
            whole.run(sql)
            assert [fault.seq for fault in whole.faults()] == [500]


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
            whole.run("INSERT INTO entries SELECT :seq, :seq, kind, NULL, NULL, at, day, outcome,"
                      " recommended, certainty, chosen, overridden, reason_code, NULL, content, salt,"
                      " content_hash, previous, hash FROM entries WHERE seq = 1", seq=seq)  # fmt: skip
        faults = whole.faults()
        assert (faults[0].seq, len(faults)) == (-SIZE, SIZE + 1)
