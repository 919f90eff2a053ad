"""The list of what was recorded: newest first, a page at a time, each entry to be opened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import DataTable

from assistant.records.chain import append, head_of
from assistant.records.entry import Entry, Withdrawal
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import RecordStore
from assistant.screen.records import PAGE, RecordsScreen
from assistant.services import Services
from tests.conftest import NOW
from tests.entries import entry_of
from tests.screen.worker import SMALL, WIDE, Worker, at_work

MANY = 120
ADOPTION = {"investigation": "concluded", "goal": "adoption"}


def an_entry(number: int, **changed: object) -> Entry:
    fields: dict[str, object] = {
        "id": f"{number:032x}",
        "when": NOW,
        "case_number": f"9{number:04}",
        "whom": "child 1",
        "service": f"service {number}",
        "outcome": "adoption",
        "recommended": "adoption",
        "certainty": "settled",
        "chosen": "adoption",
        "reason": "",
        "answers": ADOPTION,
        "content_version": "1",
        "raw_hash": "a" * 64,
        "meaning_hash": "b" * 64,
    }
    return Entry(**(fields | changed))  # type: ignore[arg-type]


def fill_up(store: RecordStore, many: int) -> None:
    """Add entries in one go, since each sync takes time."""
    with store._database.writing() as connection:
        head = head_of(connection, store._database)
        for number in range(1, many + 1):
            head = append(connection, head, an_entry(number))


def rows(worker: Worker) -> list[str]:
    """Return the table's rows as words, from the top."""
    table = worker.app.screen.query_one(DataTable)
    return [" ".join(str(table.get_row_at(row)[0]).split()) for row in range(table.row_count)]


def listed(worker: Worker) -> list[str]:
    """Return the numbers of the entries in the table, from the top."""
    table = worker.app.screen.query_one(DataTable)
    return [str(row.key.value) for row in table.ordered_rows]


async def test_an_empty_list_says_what_comes_here(services: Services) -> None:
    """Nothing is recorded yet, and nothing breaks when Enter is pressed."""
    async with at_work(services) as worker:
        await worker.press("r")
        assert "Nothing is recorded yet" in worker.words
        assert "Enter" not in worker.keys
        assert "Summary" not in worker.keys
        await worker.press("enter", "down", "escape")
        assert not isinstance(worker.app.screen, RecordsScreen)


async def test_an_entry_is_opened(services: Services) -> None:
    """Enter shows everything that was recorded, the reason and the answers too."""
    services.open_records().add(an_entry(1, chosen="preventive", reason="told to"))
    async with at_work(services, (80, 60)) as worker:
        await worker.press("r", "enter")
        for words in ("90001", "child 1", "service 1", "Preventive Services", "told to"):
            assert words in worker.words
        assert worker.view.guide.questions["goal"].ask in worker.words
        await worker.press("escape")
        assert isinstance(worker.app.screen, RecordsScreen)


async def test_a_choice_of_the_workers_own_is_told_in_the_list(services: Services) -> None:
    """A group that was not the one recommended says so."""
    services.open_records().add(an_entry(1, chosen="preventive", reason="told to"))
    async with at_work(services, WIDE) as worker:
        await worker.press("r")
        assert "changed" in worker.words


async def test_a_click_opens_an_entry(services: Services) -> None:
    """The first click on a line is enough."""
    services.open_records().add(an_entry(1))
    services.open_records().add(an_entry(2))
    async with at_work(services) as worker:
        await worker.press("r")
        await worker.click("90001")
        assert "Entry 1" in worker.text


async def test_many_entries_come_page_by_page_newest_first(services: Services) -> None:
    """Older ones are read when the cursor comes to the last, and none comes twice."""
    fill_up(services.open_records(), MANY)
    newest_first = [str(number) for number in range(MANY, 0, -1)]
    async with at_work(services) as worker:
        await worker.press("r")
        assert listed(worker) == newest_first[:PAGE]
        assert "More below" in worker.words
        assert f"of {MANY}" in worker.words
        await worker.press("ctrl+end")
        assert listed(worker) == newest_first[: 2 * PAGE]
        await worker.press("ctrl+end", "ctrl+end")
        assert listed(worker) == newest_first
        assert "More below" not in worker.words


async def test_a_new_entry_is_listed_first(services: Services) -> None:
    """The list is read anew whenever it is opened."""
    services.open_records().add(an_entry(100))
    async with at_work(services) as worker:
        await worker.press("r", "escape")
        services.open_records().add(an_entry(101))
        await worker.press("r")
        assert listed(worker) == ["2", "1"]


async def test_the_list_shows_entries_as_they_now_are(services: Services) -> None:
    """A corrected one once, as it became; a withdrawn one marked, and both where advice went unheeded."""
    store = services.open_records()
    store.add(an_entry(1))
    store.add(an_entry(2))
    store.add(an_entry(3, chosen="preventive", reason="told to"))
    store.add(an_entry(4, corrects=an_entry(1).id, why="typed wrong", case_number="777"))
    store.add(Withdrawal(id="f" * 32, when=NOW, withdraws=an_entry(2).id, why="twice"))
    async with at_work(services, WIDE) as worker:
        await worker.press("r")
        assert listed(worker) == ["4", "3", "2"]
        corrected, other, withdrawn = rows(worker)
        assert "777" in corrected
        assert "matches, corrected" in corrected
        assert "changed" in other
        assert "withdrawn" in withdrawn


@pytest.mark.parametrize("size", [SMALL, (80, 24)])
async def test_what_became_of_an_entry_is_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """In a narrow window too, and with the longest group and a case number of many digits.

    Nothing has to be scrolled sideways: each row ends in its state, in sight.
    """
    store, long = services.open_records(), {"case_number": "9" * 30}
    group = max(
        services.loaded.guide.groups, key=lambda id_: len(services.loaded.guide.groups[id_].name)
    )
    nothing = {"recommended": None, "certainty": "depends", "outcome": None}
    store.add(an_entry(1, chosen=group, recommended=group, **long))
    store.add(an_entry(2, chosen="preventive", reason="told to", **long))
    store.add(an_entry(3, chosen=None, **nothing))
    store.add(an_entry(4, chosen=group, **nothing))
    store.add(Withdrawal(id="f" * 32, when=NOW, withdraws=an_entry(1).id, why="twice"))
    async with at_work(services, size) as worker:
        await worker.press("r")
        states = ["no recommendation", "not decided", "changed", "withdrawn"]
        in_sight = [line.rstrip() for line in worker.lines if "Oct 3 " in line]
        assert [line.endswith(state) for line, state in zip(in_sight, states, strict=True)] == [
            True
        ] * 4
        assert worker.app.screen.query_one(DataTable).max_scroll_x == 0


async def test_more_than_can_be_counted_are_said_to_be_more(services: Services) -> None:
    """Counting stops where it would take time."""
    fill_up(services.open_records(), 1_003)
    async with at_work(services) as worker:
        await worker.press("r")
        assert "50 of more than 1,000 entries" in worker.words


async def test_a_small_window_lists_too(services: Services) -> None:
    """Number, time and case can be told apart at 60 columns, and the keys are in sight."""
    services.open_records().add(an_entry(1))
    async with at_work(services, SMALL) as worker:
        await worker.press("r")
        assert "90001" in worker.text
        assert worker.keys in worker.words


def not_a_store(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"not a database, and long enough to be taken for one" * 100)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


@pytest.mark.parametrize("damage", [not_a_store, cut_short])
async def test_a_damaged_store_is_told_in_a_sentence(
    services: Services, data_folder: Path, damage: Callable[[Path], None]
) -> None:
    """The list says what is wrong and where; the interview goes on."""
    services.open_records().add(an_entry(1))
    damage(data_folder / FILE_NAME)
    async with at_work(services) as worker:
        await worker.press("r")
        assert "damaged" in worker.words or "another program" in worker.words
        assert FILE_NAME in worker.words.replace(" ", "")
        await worker.press("escape", "3")
        assert worker.answers == {"investigation": "concluded"}


async def test_an_entry_that_vanishes_is_told_in_a_sentence(
    services: Services, data_folder: Path
) -> None:
    """A store damaged while its list is open costs no more than that."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await worker.press("r")
        not_a_store(data_folder / FILE_NAME)
        await worker.press("enter")
        assert "damaged" in worker.words or "another program" in worker.words


async def test_an_entry_of_another_guide_is_shown(services: Services) -> None:
    """Groups, questions and answers that this guide does not know are given as they were kept."""
    answers = {"moon_phase": "full", "goal": "sainthood"}
    entry = an_entry(1, chosen="astrology", recommended="astrology", answers=answers)
    services.open_records().add(entry)
    async with at_work(services, (80, 60)) as worker:
        await worker.press("r", "enter")
        for words in ("astrology", "moon_phase", "full", "sainthood"):
            assert words in worker.words


@pytest.mark.parametrize("size", [SMALL, (80, 24), WIDE])
async def test_a_row_says_day_case_group_and_state(
    services: Services, size: tuple[int, int]
) -> None:
    """With short names; the row of the cursor is marked, and redrawn for another width."""
    services.open_records().add(an_entry(1, chosen="in_home_family_preservation", reason="x"))
    services.open_records().add(an_entry(2))
    async with at_work(services, size) as worker:
        await worker.press("r")
        assert rows(worker)[0].startswith("▸ 2 Oct 3 90002 ")
        await worker.press("down")
        assert rows(worker)[1].startswith("▸ 1 Oct 3 90001 ")
        assert rows(worker)[0].startswith("2 Oct 3 90002 ")
        assert " In-Home " in rows(worker)[1]
        assert rows(worker)[1].endswith(" changed")
        await worker.resize((100, 30))
        assert "child 1" in rows(worker)[1]


async def test_an_entry_says_why_before_its_menu(services: Services) -> None:
    """Group, advice, the worker's reason and the guide's, on the first page."""
    loaded = services.loaded
    services.open_records().add(entry_of("investigation=none goal=adoption fins=no"))
    async with at_work(services) as worker:
        await worker.press("r", "enter")
        reason = loaded.guide.outcomes["adoption"].reason.split(".")[0]
        assert reason in worker.words
        assert "1 History" in worker.words


async def test_a_wide_window_shows_the_chosen_entry_beside_the_list(services: Services) -> None:
    """The one that the cursor is at, with what was recorded, as the cursor moves."""
    fill_up(services.open_records(), 2)
    async with at_work(services, WIDE) as worker:
        await worker.press("r")
        assert "Entry 2" in worker.text
        await worker.press("down")
        assert "Entry 1" in worker.text
        assert "Entry 2" not in worker.text


async def test_a_key_says_what_the_words_of_the_list_mean(services: Services) -> None:
    """Every state that a row can end in."""
    services.open_records().add(an_entry(1))
    async with at_work(services, WIDE) as worker:
        await worker.press("r", "question_mark")
        states = ("matches", "changed", "no recommendation", "not decided", "withdrawn")
        assert all(f"“{state}”" in worker.words for state in states)
