"""The shipped guide, its cases and its interviews, each worked out once for all tests here."""

import pytest

from assistant.engine.interview import UNSURE, Standing, replay, values_open
from assistant.guide.model import Guide
from tests.builders import EveryCase, shipped


@pytest.fixture(scope="session")
def guide() -> Guide:
    return shipped().guide


@pytest.fixture(scope="session")
def every(guide: Guide) -> EveryCase:
    return EveryCase(guide)


@pytest.fixture(scope="session")
def partials(every: EveryCase) -> list[dict[str, str]]:
    """Return every set of facts that can stand together, with any of them unknown."""
    return list(every.partials())


@pytest.fixture(scope="session")
def standings(guide: Guide) -> list[Standing]:
    """Return every place an interview can stand at, "not sure" among the answers."""
    found: list[Standing] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        given = waiting.pop()
        standing = replay(guide, given)
        found.append(standing)
        if standing.asking and standing.asking not in given:
            values = (*values_open(guide, standing, standing.asking), UNSURE)
            waiting += [{**given, standing.asking: value} for value in values]
    return found


@pytest.fixture(scope="session")
def ended(standings: list[Standing]) -> list[Standing]:
    """Return every interview that has ended."""
    return [standing for standing in standings if standing.asking is None]


@pytest.fixture(scope="session")
def given_and_unsure(
    guide: Guide, every: EveryCase, partials: list[dict[str, str]]
) -> list[Standing]:
    """Return an ended interview a set of known facts, every question of it answered "not sure"."""
    nothing_known = dict.fromkeys(every.facts, UNSURE)
    return [replay(guide, nothing_known, known) for known in partials]
