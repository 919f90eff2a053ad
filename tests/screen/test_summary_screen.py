"""The summary of what was recorded: the same counts in words and as bars."""

from dataclasses import replace

import pytest

from assistant.errors import RecordsBusyError
from assistant.records.store import RecordStore
from assistant.screen.records import RecordsScreen, SummaryScreen
from assistant.services import Services
from tests.screen.test_filter_screen import fill_store, narrow
from tests.screen.test_records_screen import an_entry
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work

TALL = (90, 60)


def line(worker: Worker, words: str) -> str:
    """Return the screen's line that begins with words."""
    return worker.lines[worker.row_of(words)]


async def test_everything_that_stands_is_counted_in_words(services: Services) -> None:
    """By group, certainty, recommendation and month; what is withdrawn is left out."""
    fill_store(services)
    async with at_work(services, TALL) as worker:
        await worker.press("r", "s")
        assert "3 active entries." in worker.words
        for words in (
            "Adoption Services 1",
            "Preventive Services 1",
            "No group yet (supervisor will decide) 1",
            "Settled 1",
            "Matches 1",
            "Changed 1",
            "No recommendation 1",
            "Aug 2026 1",
            "Oct 2026 1",
        ):
            assert words in worker.words
        assert "2026-07" not in worker.words


async def test_bars_are_as_long_as_their_numbers(services: Services) -> None:
    """Twice the number is twice the bar, on the line of its words."""
    fill_store(services)
    services.open_records().add(an_entry(5))
    async with at_work(services, TALL) as worker:
        await worker.press("r", "s")
        two, one = (line(worker, words).count("█") for words in ("Matches", "Changed"))
        assert (two, one) == (24, 12)


async def test_the_summary_is_of_what_the_filter_shows(services: Services) -> None:
    """And says so."""
    fill_store(services)
    async with at_work(services, TALL) as worker:
        await worker.press("r")
        await narrow(worker, overridden="2")
        await worker.press("s")
        assert "1 active entry. Filter: Changed." in worker.words
        assert "Preventive Services 1" in worker.words
        assert "Adoption Services" not in worker.words
        await worker.press("escape")
        assert isinstance(worker.app.screen, RecordsScreen)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_it_is_drawn_in_any_window_and_either_theme(
    services: Services, size: tuple[int, int]
) -> None:
    """Names, numbers and bars have room in each, and the theme can be switched."""
    fill_store(services)
    async with at_work(services, size) as worker:
        await worker.press("r", "s", "t")
        assert isinstance(worker.app.screen, SummaryScreen)
        assert "Adoption Services 1" in worker.words
        for _ in range(9):
            if "█" not in worker.text:
                await worker.press("pagedown")
        assert "█" in worker.text


async def test_a_store_that_fails_is_told_in_a_sentence(services: Services) -> None:
    """The screen says why there are no counts."""
    fill_store(services)

    def broken() -> RecordStore:
        raise RecordsBusyError("The shelf [/] fell.")

    async with at_work(services) as worker:
        await worker.press("r")
        worker.app.screen._services = replace(services, open_records=broken)  # type: ignore[attr-defined]
        await worker.press("s")
        assert "The shelf [/] fell." in worker.words
