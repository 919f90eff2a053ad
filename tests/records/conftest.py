"""What the tests of records share: a store in a fresh folder, and a person who is not root."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.records.entry import Entry
from assistant.records.store import RecordStore, open_store
from tests.records.postgres import Proxy, Server, running

NOBODY = 65534
EXAMPLE = Entry(
    id="0" * 32,
    when=datetime(2026, 10, 3, 14, 5, 6, 789, tzinfo=UTC),
    case_number="0012345678901234567890",
    whom="child 1",
    service="Family counseling",
    outcome="reunification_settled",
    recommended="reunification",
    certainty="settled",
    chosen="reunification",
    reason="",
    answers={"investigation": "none", "case_plan": "developed", "goal": "return_home"},
    content_version="1",
    raw_hash="a" * 64,
    meaning_hash="b" * 64,
)


def any_entry(**changed: object) -> Entry:
    """Return an entry with an id of its own."""
    return replace(EXAMPLE, **{"id": uuid.uuid4().hex, **changed})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    return any_entry


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module that names `BACKENDS` on each of them, where they use a store."""
    backends = getattr(metafunc.module, "BACKENDS", ())
    if backends and "store" in metafunc.fixturenames:
        metafunc.parametrize("store", backends, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Yield a running PostgreSQL."""
    with running() as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> str:
    """Return the address of an empty database."""
    return postgres.url(postgres.new_database())


@pytest.fixture
def proxy(postgres: Server) -> Iterator[Proxy]:
    """Yield a proxy to the running PostgreSQL."""
    between = Proxy(postgres.port)
    yield between
    between.close()


@pytest.fixture
def store(data_folder: Path, request: pytest.FixtureRequest) -> Iterator[RecordStore]:
    """Yield an empty store: SQLite's, or the one that the test's module asks for."""
    shared = getattr(request, "param", "sqlite") == "postgresql"
    url = request.getfixturevalue("database") if shared else ""
    opened = open_store(data_folder, url=url, patience=0)
    yield opened
    opened.close()


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """Yield a folder that permissions bite in: whoever runs the tests, the test runs as nobody."""
    if os.name == "nt":
        pytest.skip("Windows keeps no modes")
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    root = os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        if not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            pytest.skip("nobody cannot reach the folder for temporary files")
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
