"""How long the Records page takes in a large store, beside the same in a store of 1,000."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from environment.checkout import Checkout

from assistant.records.entry import EVERYTHING, Wanted
from assistant.records.store import RecordStore, open_store
from benchmarks.figures import Figures, Row, in_turns, timed
from benchmarks.store_made import ABSENT, COMMON, GROUPS, RARE, fill

SMALL, LARGE, FULL = 1_000, 50_000, 1_000_000
"""How many records are compared: by default, and where all of it is asked for."""

PAGE = 50
"""Rows of a page; fewer where the small store has no more, so that both give as many."""

_MOST = 1.5

_FILTERS = {
    "all": EVERYTHING,
    "one group": Wanted(group=GROUPS[0]),
    "one certainty": Wanted(certainty="judgement"),
    "overridden": Wanted(overridden=True),
    "group, certainty, overridden": Wanted(group=GROUPS[0], certainty="judgement", overridden=True),
    "withdrawn": Wanted(standing="withdrawn"),
    "a year long past": Wanted(since=date(2018, 1, 1), until=date(2018, 12, 31)),
    "a group in that year": Wanted(
        group=GROUPS[0], since=date(2018, 1, 1), until=date(2018, 12, 31)
    ),
    "a common word": Wanted(text=COMMON),
    "a rare word": Wanted(text=RARE),
    "a word in none": Wanted(text=ABSENT),
    "a common word and a group": Wanted(text=COMMON, group=GROUPS[0]),
    "two common words": Wanted(text=f"{COMMON} counseling"),
    "a common word in that year": Wanted(
        text=COMMON, since=date(2018, 1, 1), until=date(2018, 12, 31)
    ),
}

Use = Callable[[RecordStore], object]


def scale_rows(checkout: Checkout, *, quick: bool, full: bool = False) -> list[Row]:
    """Measure on the checkout's own disk, after one use of each that fills the caches."""
    large = 2 * SMALL if quick else FULL if full else LARGE
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        stores = [_filled(Path(folder) / str(size), size) for size in (SMALL, large)]
        rows = [_row(what, use, stores, large, quick=quick) for what, use in _uses()]
        rows.append(_verified(stores, large))
        for store in stores:
            store.close()
    return rows


def _uses() -> Iterator[tuple[str, Use]]:
    yield "opening", lambda store: open_store(Path(store.where).parent)
    for name, wanted in _FILTERS.items():
        yield f"first page: {name}", _paging(wanted, 0)
        if name in {"all", "one group", "a common word"}:
            yield f"tenth page: {name}", _paging(wanted, 9)
        yield f"count: {name}", lambda store, wanted=wanted: store.count(wanted)  # type: ignore[misc]


def _paging(wanted: Wanted, pages: int) -> Use:
    """Give the use that is one page, after so many others."""
    places: dict[str, int | None] = {}
    rows: list[int] = []

    def use(store: RecordStore) -> object:
        if store.where not in places:
            places[store.where] = _before(store, wanted, pages)
            rows.append(len(store.page(places[store.where], PAGE, wanted)))
        return store.page(places[store.where], max(1, min(rows)), wanted)

    return use


def _before(store: RecordStore, wanted: Wanted, pages: int) -> int | None:
    before = None
    for _ in range(pages):
        rows = store.page(before, PAGE, wanted)
        before = rows[-1].seq if len(rows) == PAGE else before
    return before


def _row(what: str, use: Use, stores: list[RecordStore], size: int, *, quick: bool) -> Row:
    small, large = stores
    use(small), use(large)
    base, ours = in_turns(
        lambda: timed(lambda: use(small)),
        lambda: timed(lambda: use(large)),
        times=2 if quick else 15,
    )
    return Row(f"{what}, of {size:,}", ours, "ms", f"of {SMALL:,}", base, _MOST)


def _verified(stores: list[RecordStore], size: int) -> Row:
    """Give how long following the chain takes for a thousand records of each store."""
    base, ours = (
        Figures((timed(lambda store=store: list(store.faults())) / count * SMALL,))  # type: ignore[misc]
        for store, count in zip(stores, (SMALL, size), strict=True)
    )
    return Row(f"verify, each 1,000 of {size:,}", ours, "ms", f"of {SMALL:,}", base)


def _filled(folder: Path, size: int) -> RecordStore:
    fill(folder, size)
    return open_store(folder)
