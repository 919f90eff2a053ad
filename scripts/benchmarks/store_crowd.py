"""Many copies of the assistant recording at once, beside as many plain programs that insert a row."""

import multiprocessing
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

import psycopg
from environment.checkout import Checkout

from assistant.records.store import open_store
from benchmarks.figures import Figures, Row
from benchmarks.records import insert, made_entry, open_raw, prepare_raw

COPIES, EACH, FULL = 8, 50, 500
"""How many write at once, and how many entries each: by default, and where all of it is asked for."""


Times = list[float]
Crowd = list[Times]


def crowd_rows(checkout: Checkout, *, quick: bool, full: bool = False) -> list[Row]:
    """Measure on the checkout's own disk, one crowd after the other; PostgreSQL where it is installed."""
    each = 3 if quick else FULL if full else EACH
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        raw = Path(folder) / "raw.sqlite3"
        prepare_raw(raw)
        insertion = partial(insert_raw, raw)
        rows = _compared("raw sqlite3, file opened each time", Path(folder), "", insertion, each)
        if not quick:
            rows += _postgres_rows(Path(folder), each)
    return rows


def _postgres_rows(folder: Path, each: int) -> list[Row]:
    """Measure on a server of its own; nothing where none is installed."""
    from tests.records.postgres import programs, running  # noqa: PLC0415 - no copy needs it

    if not programs():
        return []
    with running(safe=True) as server:
        raw = server.url(server.new_database())
        prepare_raw_postgres(raw)
        insertion = partial(insert_raw_postgres, raw)
        url = server.url(server.new_database())
        return _compared("raw psycopg, connected each time", folder, url, insertion, each)


def _compared(
    beside: str, folder: Path, url: str, insertion: Callable[[int], Times], each: int
) -> list[Row]:
    ours, seconds = crowd(partial(save, folder, url), each)
    kept = open_store(folder, url=url)
    whole = kept.head().count == COPIES * each and next(kept.faults(), None) is None
    base, base_seconds = crowd(insertion, each)
    where = "PostgreSQL" if url else "SQLite"
    what = f"{where}, {COPIES} copies, {each} each{'' if whole else ' NOT ALL THERE'}"
    return [
        Row(
            f"{what}: each second",
            _rate(ours, seconds),
            "entries",
            beside,
            _rate(base, base_seconds),
        ),
        Row(f"{what}: a save", _all(ours), "ms", beside, _all(base)),
        Row(f"{what}: a save, p99", _p99(ours), "ms", beside, _p99(base)),
        Row(f"{what}: the longest save", _longest(ours), "ms", beside, _longest(base)),
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


def insert_raw_postgres(url: str, each: int) -> Times:
    """Insert so many rows, connecting for each."""
    return [_timed(partial(_connect_and_insert, url)) for _ in range(each)]


def prepare_raw_postgres(url: str) -> None:
    """Make a plain table on the server."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE e (seq SERIAL PRIMARY KEY, id TEXT UNIQUE, text TEXT)")


def _connect_and_insert(url: str) -> None:
    with psycopg.connect(url) as connection:
        values = (uuid4().hex, "some text" * 20)
        connection.execute("INSERT INTO e (id, text) VALUES (%s, %s)", values)


def _open_and_insert(path: Path) -> None:
    with closing(open_raw(path, patience=60)) as connection:
        insert(connection)


def _timed(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1e3


def _rate(found: Crowd, seconds: float) -> Figures:
    return Figures((sum(map(len, found)) / seconds,))


def _all(found: Crowd) -> Figures:
    return Figures(tuple(time for times in found for time in times))


def _p99(found: Crowd) -> Figures:
    times = sorted(_all(found).values)
    return Figures((times[min(len(times) - 1, len(times) * 99 // 100)],))


def _longest(found: Crowd) -> Figures:
    return Figures((max(_all(found).values),))
