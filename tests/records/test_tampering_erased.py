"""What is left of erased records is as safe as the others."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from assistant.records.chain import append, erase, head_of, spans, to_erase
from assistant.records.entry import Erasure
from assistant.records.verify import ChainFault, Damage
from tests.records.chains import FIRST_DAY, HERE, SIZE, Chain, flipped, in_memory, made, swap


@pytest.fixture(scope="module")
def whole() -> Iterator[Chain]:
    connection = in_memory()
    made(connection)
    yield Chain(connection)
    connection.close()
    connection.engine.dispose()


@pytest.fixture(scope="module")
def purged() -> Iterator[Chain]:
    """Yield the same after its first half was erased, a month after the last record."""
    connection = in_memory()
    made(connection)
    before = (FIRST_DAY + timedelta(days=501)).date()
    when = FIRST_DAY + timedelta(days=SIZE + 30)
    erased = spans(to_erase(connection, before))
    record = Erasure(id="e" * 32, when=when, before=before, erased=erased)
    erase(connection, head_of(connection, HERE), record)
    connection.commit()
    yield Chain(connection)
    connection.close()
    connection.engine.dispose()


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
        purged.run("INSERT INTO words VALUES ('123', 7)")
        assert purged.faults() == [ChainFault(7, Damage.CHANGED)]


def test_an_erasure_that_names_what_came_after_it_is_found(whole: Chain) -> None:
    """No erasure can be kept in store for what is yet to be recorded."""
    with whole.changed():
        record = Erasure(
            id="e" * 32, when=FIRST_DAY, before=date(2020, 1, 1), erased=((1_001, 1_001),)
        )
        append(whole.connection, whole.head, record)
        assert whole.faults()[0].seq == SIZE + 1
