"""What the app does otherwise where it is shown in a browser."""

from dataclasses import replace

import pytest

from tests.screen.worker import at_work

SETTLED = {"investigation": "none", "goal": "adoption", "fins": "no"}


@pytest.fixture
def training(services):
    return replace(services, training_only=True)


async def test_where_only_training_is_shown_there_are_no_records(training):
    """Not by its key, not in the title bar, not in the footer, not among the commands."""
    async with at_work(training) as worker:
        assert "Records" not in worker.text
        assert "Interview" in worker.lines[0]
        before = worker.app.screen
        await worker.press("r")
        assert worker.app.screen is before
        names = [command.title for command in worker.app.get_system_commands(before)]
        assert not [name for name in names if "Records" in name]
        assert [name for name in names if "Look up" in name]


async def test_where_only_training_is_shown_nothing_is_recorded(training):
    """The result offers to copy and to start again, and its numbers do just that."""
    async with at_work(training) as worker:
        await worker.answer(SETTLED)
        assert worker.result.group == "adoption"
        assert "Record" not in worker.text
        assert "1 Copy the name" in worker.words
        await worker.press("1")
        assert "Copied to the clipboard" in worker.words


async def test_otherwise_records_are_there(services):
    async with at_work(services) as worker:
        assert "Records" in worker.lines[0]
        await worker.answer(SETTLED)
        assert "1 Record this group" in worker.words


async def test_a_page_that_is_opened_again_comes_back_to_the_same_place(start):
    """The unfinished interview goes on without a key, and not the one before it."""
    async with at_work(replace(start(), resumes=True)) as worker:
        assert worker.answers == {}
        await worker.press("1", "3")
        answers = worker.answers
    async with at_work(replace(start(), resumes=True)) as worker:
        assert worker.answers == answers
        assert "is waiting" not in worker.words


async def test_a_page_that_is_opened_again_comes_back_to_a_result(start):
    """It waits for nobody all the same: the next interview leaves nothing of it behind."""
    async with at_work(replace(start(), resumes=True)) as worker:
        await worker.answer(SETTLED)
    async with at_work(replace(start(), resumes=True)) as worker:
        assert worker.result.group == "adoption"
        assert worker.answers == SETTLED
        await worker.press("n")
        assert worker.answers == {}
        assert worker.services.drafts.waiting() == []
    async with at_work(replace(start(), resumes=True)) as worker:
        assert worker.answers == {}
