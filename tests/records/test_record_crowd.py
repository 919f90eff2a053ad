"""Many copies of the assistant record at once: every entry is there once, in one chain."""

import multiprocessing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from assistant.errors import RecordsBusyError
from assistant.records.store import open_store
from tests.examples import LARGE
from tests.records.conftest import any_entry
from tests.records.test_record_failures import held

COPIES, EACH = 8, 25 if LARGE else 8


def record(folder: Path, url: str, copy: int) -> list[str]:
    """Record some entries as one copy of the assistant, and give their ids."""
    store = open_store(folder, url=url)
    ids = [uuid4().hex for _ in range(EACH)]
    for id_ in ids:
        store.add(any_entry(id=id_, when=datetime.now(UTC), service=f"copy {copy}"))
    return ids


@pytest.mark.sampled
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_crowd_records_into_one_chain(
    data_folder: Path, backend: str, request: pytest.FixtureRequest
) -> None:
    """Eight copies that begin together on no store lose and repeat nothing, and none is told to wait."""
    url = request.getfixturevalue("database") if backend == "postgresql" else ""
    with multiprocessing.get_context("spawn").Pool(COPIES) as pool:
        found = pool.map(partial(record, data_folder, url), range(COPIES))
    ids = [id_ for some in found for id_ in some]
    store = open_store(data_folder, url=url)
    assert sorted(entry.id for _, entry in store.entries()) == sorted(ids)
    assert (store.head().count, list(store.faults())) == (COPIES * EACH, [])


def test_a_save_gives_up_after_its_patience(data_folder: Path) -> None:
    """While another copy holds the records, a save waits as long as it was told and then says so."""
    store = open_store(data_folder, patience=0.05)
    with (
        held(data_folder / "records.sqlite3"),
        pytest.raises(RecordsBusyError, match="Another copy"),
    ):
        store.add(any_entry())
    assert store.add(any_entry()) == 1
