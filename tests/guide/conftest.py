"""The shipped guide, read once for all tests here."""

import pytest

from assistant.guide.model import Guide
from tests.builders import shipped


@pytest.fixture(scope="session")
def guide() -> Guide:
    return shipped().guide
