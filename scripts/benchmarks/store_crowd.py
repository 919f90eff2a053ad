"""Many copies of the assistant recording at once, beside as many plain programs that insert a row."""

import multiprocessing
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from environment.checkout import Checkout

from assistant.records.store import open_store
from benchmarks.figures import Figures, Row
from benchmarks.records import insert, made_entry, open_raw, prepare_raw

COPIES, EACH = 8, 500
"""How many write at once, and how many entries each."""

Times = list[float]
Crowd = list[Times]


def crowd_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure on the checkout's own disk, one crowd after the other."""
    each = 3 if quick else EACH
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        ours, seconds = crowd(partial(save, Path(folder), ""), each)
        kept = open_store(Path(folder))
        whole = kept.head().count == COPIES * each and next(kept.faults(), None) is None
        raw = Path(folder) / "raw.sqlite3"
        prepare_raw(raw)
        base, base_seconds = crowd(partial(insert_raw, raw), each)
    what = f"{COPIES} copies, {each} entries each{'' if whole else ' NOT ALL THERE'}"
    beside = "raw sqlite3, file opened each time"
    return [
        _row(
            f"{what}: each second",
            _rate(ours, seconds),
            _rate(base, base_seconds),
            "entries",
            beside,
        ),
        _row(f"{what}: a save", _all(ours), _all(base), "ms", beside),
        _row(f"{what}: a save, p99", _p99(ours), _p99(base), "ms", beside),
        _row(f"{what}: the longest save", _longest(ours), _longest(base), "ms", beside),
    ]


def crowd(write: Callable[[int], Times], each: int) -> tuple[Crowd, float]:
    """Have all copies write at once; give the time of each save, in ms, and of the whole, in s."""
    spawning = multiprocessing.get_context("spawn")
    with spawning.Pool(COPIES) as pool:
        pool.map(abs, range(COPIES))
        started = perf_counter()
        found = pool.map(write, [each] * COPIES, chunksize=1)
        return found, perf_counter() - started


def save(folder: Path, url: str, each: int) -> Times:
    """Record so many entries, as one copy of the assistant; give how long each took."""
    store = open_store(folder, url=url)
    return [_timed(lambda: store.add(made_entry())) for _ in range(each)]


def insert_raw(path: Path, each: int) -> Times:
    """Insert so many rows, opening the file for each."""
    return [_timed(partial(_open_and_insert, path)) for _ in range(each)]


def _open_and_insert(path: Path) -> None:
    with closing(open_raw(path, patience=60)) as connection:
        insert(connection)


def _timed(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1e3


def _row(what: str, ours: Figures, base: Figures, unit: str, beside: str) -> Row:
    return Row(what, ours, unit, beside, base)


def _rate(found: Crowd, seconds: float) -> Figures:
    return Figures((sum(map(len, found)) / seconds,))


def _all(found: Crowd) -> Figures:
    return Figures(tuple(time for times in found for time in times))


def _p99(found: Crowd) -> Figures:
    times = sorted(_all(found).values)
    return Figures((times[min(len(times) - 1, len(times) * 99 // 100)],))


def _longest(found: Crowd) -> Figures:
    return Figures((max(_all(found).values),))
