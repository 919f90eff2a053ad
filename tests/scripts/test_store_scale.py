"""A store made in bulk is like any other, and following or listing a large one takes no more memory."""

import tracemalloc
from collections.abc import Callable, Iterable

import pytest
from benchmarks.made_store import ABSENT, COMMON, RARE, fill

from assistant.records.entry import EntryFilter
from assistant.records.store import RecordStore, open_store
from tests.examples import some

SMALL, LARGE = 2_000, 6_000


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[RecordStore, RecordStore]:
    folder = tmp_path_factory.mktemp("stores")
    for size in (SMALL, LARGE):
        fill(folder / str(size), size)
    return open_store(folder / str(SMALL)), open_store(folder / str(LARGE))


def test_a_store_made_in_bulk_has_no_fault(stores: tuple[RecordStore, RecordStore]) -> None:
    """Its chain, lists and words are what they would be if each entry had been recorded by hand."""
    small, _ = stores
    assert (small.head().count, list(small.faults())) == (SMALL, [])
    assert small.count(EntryFilter(text=RARE)) == 5
    assert small.count(EntryFilter(text=ABSENT)) == 0
    assert small.count(EntryFilter(text=COMMON)) > SMALL // 10


def peak(use: Iterable[object]) -> int:
    tracemalloc.start()
    for _ in use:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.sampled
@pytest.mark.parametrize("use", some([RecordStore.entries, RecordStore.faults]))
def test_all_of_a_store_streams(
    stores: tuple[RecordStore, RecordStore], use: Callable[[RecordStore], Iterable[object]]
) -> None:
    """Three times the entries take no more memory to follow, or to list one after the other."""
    small, large = stores
    peak(use(small))  # what is loaded and cached for good
    assert peak(use(large)) < 1.3 * peak(use(small))
