"""Narrowing the list of records: what is asked for is shown, said back, and kept until it is cleared."""

import pytest

from assistant.records.entry import Withdrawal
from assistant.screen.records import FormScreen, RecordsScreen
from assistant.services import Services
from tests.conftest import NOW
from tests.screen.test_records_screen import an_entry, listed
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work


def fill_store(services: Services) -> None:
    """Four entries that each differ from the others in all that can be filtered by."""
    store = services.open_records()
    store.add(an_entry(1, when=NOW.replace(month=7)))
    store.add(an_entry(2, when=NOW.replace(month=8), service="home study", whom="siblings"))
    other = {"chosen": "preventive", "reason_code": "supervisor", "certainty": "judgement"}
    store.add(an_entry(3, when=NOW.replace(month=9), **other))
    left = {"chosen": None, "recommended": None, "certainty": "refer", "outcome": None}
    store.add(an_entry(4, when=NOW, **left))
    store.add(Withdrawal(id="f" * 32, when=NOW, withdraws=an_entry(1).id, why="twice"))


async def narrow(worker: Worker, **fields: str) -> None:
    await worker.press("f")
    await worker.fill(**fields)
    await worker.press("ctrl+s")


async def test_only_what_is_asked_for_is_listed(services: Services) -> None:
    """Typed or picked by number, in any of the fields; a line says what is shown."""
    fill_store(services)
    async with at_work(services, WIDE) as worker:
        await worker.press("r")
        await narrow(worker, since="2026-07-01", until="2026-09-30", group="1", standing="1")
        assert listed(worker) == ["2"]
        said = "Filter: Adoption Services; from Jul 1, 2026; to Sep 30, 2026; Current"
        assert said in worker.words
        assert "1 entry, newest first" in worker.words


async def test_a_filter_is_cleared_by_a_key(services: Services) -> None:
    """The key is offered only while there is a filter."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r")
        assert "Show all" not in worker.keys
        await narrow(worker, text="study")
        assert "Bksp Show all" in worker.keys
        await worker.press("backspace")
        assert listed(worker) == ["4", "3", "2", "1"]
        assert "Filter:" not in worker.words


async def test_a_filter_is_changed_from_what_it_was(services: Services) -> None:
    """Opened again it holds what was asked for; Esc leaves it, and all of it goes at a key."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r")
        await narrow(worker, text="study", since="1/1/2026", group="1")
        await worker.press("f")
        assert worker.form["text"] == "study"
        assert worker.form["since"] == "1/1/2026"
        assert worker.form["group"] == "adoption"
        await worker.press("escape")
        assert listed(worker) == ["2"]
        await worker.press("f", "ctrl+o")
        assert len(listed(worker)) == 4
        assert "Show all" not in worker.keys


async def test_a_filter_that_nothing_is_like_says_how_to_go_on(services: Services) -> None:
    """An empty list under a filter is not taken for an empty store."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r")
        await narrow(worker, text="astrology")
        assert "No entry matches: with “astrology”. Press f" in worker.words
        await worker.press("enter", "down")
        assert isinstance(worker.app.screen, RecordsScreen)


async def test_a_day_that_is_none_is_refused(services: Services) -> None:
    """It is said in its field, and the list stays as it was."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r")
        await narrow(worker, since="13/2/2026")
        assert isinstance(worker.app.screen, FormScreen)
        assert worker.focused == "since"
        assert "“13/2/2026” is not a date" in worker.words
        await worker.press("escape")
        assert len(listed(worker)) == 4


async def test_text_in_a_filter_is_text(services: Services) -> None:
    """Markup typed into it is shown as typed."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r")
        await narrow(worker, text="[/x] [b]home[/b]")
        assert "“[/x] [b]home[/b]”" in worker.words


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE], ids=str)
async def test_the_dialog_leaves_some_of_the_list_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """It takes four fifths of the window at most, says that more fields are below, and what its key does."""
    async with at_work(services, size) as worker:
        await worker.press("r", "f")
        box = worker.app.screen.query_one("#box")
        assert box.region.height <= size[1] * 4 // 5
        assert "Enter Show" in worker.keys
        assert "More below" in worker.words
        await worker.press("shift+tab")
        assert "More below" not in worker.words


async def test_enter_searches_from_any_field(services: Services) -> None:
    """And what keeps it from that is not said to keep anything from being saved."""
    fill_store(services)
    async with at_work(services) as worker:
        await worker.press("r", "f", *"study", "enter")
        assert listed(worker) == ["2"]
        await worker.press("f")
        await worker.fill(since="soon")
        await worker.press("enter")
        assert isinstance(worker.app.screen, FormScreen)
        assert "Fix 1 field first." in worker.words
