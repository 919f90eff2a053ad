"""The shipped guide and its index, made once for all tests here."""

import pytest

from assistant.engine.lookup import Index
from assistant.guide.model import Guide
from tests.builders import shipped


@pytest.fixture(scope="session")
def guide() -> Guide:
    return shipped().guide


@pytest.fixture(scope="session")
def index(guide: Guide) -> Index:
    return Index(guide)
