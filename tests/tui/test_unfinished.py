"""Unfinished interviews: kept at every answer, offered at the next start, dropped when done."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.errors import RecordsUnavailableError
from assistant.records.drafts import Draft, DraftBox
from tests.tui.worker import at_work

Start = Callable[[], Services]


def kept(services: Services) -> list[dict[str, str]]:
    return [dict(draft.answers) for draft in services.drafts.waiting()]


async def test_every_answer_is_kept_at_once(services: Services) -> None:
    """Each answer, each change and each step back is on the disk when the screen shows it."""
    async with at_work(services) as worker:
        assert kept(services) == []
        await worker.press("3")
        assert kept(services) == [{"investigation": "concluded"}]
        await worker.press("3")
        assert kept(services) == [{"investigation": "concluded", "goal": "adoption"}]
        await worker.press("backspace")
        assert kept(services) == [{"investigation": "concluded"}]
        await worker.press("backspace")
        assert kept(services) == []


async def test_an_interview_left_in_the_middle_is_offered_and_resumed(start: Start) -> None:
    """The next start says that one waits and how far it is, and u goes on with it."""
    async with at_work(start()) as worker:
        await worker.press("1", "1", "q")
    async with at_work(start()) as worker:
        assert "unfinished interview" in worker.words
        assert "2 answers" in worker.words
        assert "u Unfinished" in worker.keys
        assert worker.answers == {}
        await worker.press("u")
        assert worker.answers == {"investigation": "none", "goal": "return_home"}
        await worker.press("1", "4")
        assert worker.result.group == "reunification"
        assert len(kept(worker.services)) == 1


async def test_a_new_interview_leaves_the_waiting_one_alone(start: Start) -> None:
    """Who answers instead of pressing u starts afresh, and may go on with the other another day."""
    async with at_work(start()) as worker:
        await worker.press("1", "1", "q")
    async with at_work(start()) as worker:
        await worker.press("3")
        assert worker.answers == {"investigation": "concluded"}
        assert len(kept(worker.services)) == 2


async def test_a_recorded_interview_leaves_no_draft(start: Start) -> None:
    """Nothing is offered at the next start."""
    async with at_work(start()) as worker:
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(("record", "adoption"))
        await worker.fill(case_number="1", whom="child 1", service="class")
        await worker.press("ctrl+s", "q")
    async with at_work(start()) as worker:
        assert "unfinished" not in worker.words
        assert "u Unfinished" not in worker.keys
        await worker.press("u")
        assert worker.answers == {}


async def test_a_draft_under_older_rules_says_so(start: Start) -> None:
    """The answers are given back, with a word that they are to be checked."""
    services = start()
    services.drafts.save(
        Draft(
            id="f" * 32,
            saved_at=services.now(),
            answers={"investigation": "concluded", "moon": "full", "goal": "no_such_goal"},
            meaning_hash="0" * 64,
            content_version="0.9",
        )
    )
    async with at_work(services) as worker:
        await worker.press("u")
        assert worker.answers == {"investigation": "concluded"}
        assert "0.9" in worker.words
        assert "Check" in worker.words
        await worker.press("3")
        assert worker.result.group == "adoption"


async def test_no_draft_holds_what_is_typed_into_the_form(
    services: Services, data_folder: Path
) -> None:
    """A case number is on the disk only once it is recorded."""
    async with at_work(services) as worker:
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(("record", "adoption"))
        await worker.fill(case_number="70707070", whom="child 1")
        await worker.press("escape", "q")
    assert "70707070" not in everything_in(data_folder)


def everything_in(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return "".join(path.name + path.read_text(encoding="utf-8") for path in files)


class NoBox(DraftBox):
    """A folder that cannot be used."""

    def save(self, draft: Draft) -> None:
        raise RecordsUnavailableError("Unfinished interviews cannot be kept: no room.")

    def waiting(self) -> list[Draft]:
        raise RecordsUnavailableError("Unfinished interviews cannot be kept: no room.")

    def discard(self, draft_id: str) -> None:
        raise RecordsUnavailableError("Unfinished interviews cannot be kept: no room.")


async def test_an_interview_goes_on_where_no_draft_can_be_kept(
    services: Services, data_folder: Path
) -> None:
    """The screen says so at every answer, and the result can be recorded all the same."""
    async with at_work(replace(services, drafts=NoBox(data_folder))) as worker:
        await worker.press("3")
        assert "not being kept" in worker.words
        assert "no room" in worker.words
        await worker.press("3")
        assert worker.result.group == "adoption"
        await worker.choose(("record", "adoption"))
        await worker.fill(case_number="1", whom="child 1", service="class")
        await worker.press("ctrl+s")
        assert len(worker.entries()) == 1


@pytest.fixture
def blocked(data_folder: Path) -> None:
    """Put a file where the folder of drafts belongs."""
    data_folder.mkdir()
    (data_folder / "drafts").write_text("not a folder")


@pytest.mark.usefixtures("blocked")
async def test_a_file_in_the_place_of_the_folder_is_no_end(services: Services) -> None:
    """A folder that cannot be made is one that no draft can be kept in."""
    async with at_work(services) as worker:
        await worker.press("3")
        assert "not being kept" in worker.words
        assert worker.answers == {"investigation": "concluded"}
