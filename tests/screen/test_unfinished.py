"""Unfinished interviews: kept at every answer, offered at the next start, dropped when done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.cases.drafts import Draft, DraftBox
from assistant.commands import Command
from assistant.errors import RecordsUnavailableError
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, at_work

Start = Callable[[], Services]


def kept(services: Services) -> list[dict[str, str]]:
    return [dict(draft.answers) for draft in services.drafts.waiting()]


async def test_an_interview_left_in_the_middle_is_offered_and_resumed(start: Start) -> None:
    """The next start says that one waits and how far it is, and u goes on with it."""
    async with at_work(start()) as worker:
        await worker.press("1", "1", "q")
    async with at_work(start()) as worker:
        assert "unfinished interview" in worker.words
        assert "No investigation, goal return home" in worker.words
        assert "u Unfinished" in worker.keys
        assert worker.answers == {}
        await worker.press("u")
        assert worker.answers == {"investigation": "none", "goal": "return_home"}
        await worker.press("1", "4")
        assert worker.result.group == "reunification"
        assert kept(worker.services) == []


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
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(case_number="1", whom="child 1", service="class")
        await worker.press("ctrl+s", "q")
    async with at_work(start()) as worker:
        assert "unfinished" not in worker.words
        assert "u Unfinished" not in worker.keys
        await worker.press("u")
        assert worker.answers == {}


async def test_no_draft_holds_what_is_typed_into_the_form(
    services: Services, data_folder: Path
) -> None:
    """A case number is on the disk only once it is recorded."""
    async with at_work(services) as worker:
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(Command.RECORD, "adoption")
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
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")

    def waiting(self) -> list[Draft]:
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")

    def discard(self, draft_id: str) -> None:
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")


async def test_an_interview_goes_on_where_no_draft_can_be_kept(
    services: Services, data_folder: Path
) -> None:
    """The screen says so at every answer, and the result can be recorded all the same."""
    async with at_work(replace(services, drafts=NoBox(data_folder))) as worker:
        await worker.press("3")
        assert "not being saved" in worker.words
        assert "no room" in worker.words
        await worker.press("3")
        assert worker.result.group == "adoption"
        await worker.choose(Command.RECORD, "adoption")
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
        assert "not being saved" in worker.words
        assert worker.answers == {"investigation": "concluded"}


@pytest.fixture
def several(start: Start) -> None:
    """Leave three interviews: the day before yesterday, yesterday and an hour ago."""
    services = start()
    left = (
        (48, {"investigation": "open"}),
        (24, {"investigation": "none", "goal": "return_home"}),
        (1, {"investigation": "concluded", "goal": "maintain_home"}),
    )
    for number, (hours, answers) in enumerate(left, start=1):
        services.drafts.save(
            Draft(
                id=f"{number:x}" * 32,
                saved_at=services.now() - timedelta(hours=hours),
                answers=answers,
                meaning_hash=services.loaded.meaning_hash,
                content_version="1",
            )
        )


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL])
async def test_several_are_listed_with_what_tells_them_apart(
    services: Services, size: tuple[int, int]
) -> None:
    """The one left last comes first, each with where it leads."""
    async with at_work(services, size) as worker:
        assert "You have 3 unfinished interviews" in worker.words
        assert "Press u to choose one." in worker.words
        await worker.press("u")
        assert "Investigation ended, goal stay home → " in worker.words
        assert "No investigation, goal return home → " in worker.words
        assert worker.words.index("goal stay home") < worker.words.index("yesterday")
        assert "x Discard" in worker.keys
        assert "Esc Close" in worker.keys


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("keys", [("down", "enter"), ("2",)])
async def test_one_of_several_is_gone_on_with(services: Services, keys: tuple[str, ...]) -> None:
    """By arrows or by its number; the others wait on."""
    async with at_work(services) as worker:
        await worker.press("u", *keys)
        assert worker.answers == {"investigation": "none", "goal": "return_home"}
        assert len(kept(services)) == 3
        await worker.press("u")
        assert "goal return home" not in worker.words


@pytest.mark.usefixtures("several")
async def test_a_click_goes_on_with_one(services: Services) -> None:
    async with at_work(services) as worker:
        await worker.press("u")
        await worker.click("yesterday")
        assert worker.answers == {"investigation": "none", "goal": "return_home"}


@pytest.mark.usefixtures("several")
async def test_the_list_can_be_left(services: Services) -> None:
    """Esc changes nothing."""
    async with at_work(services) as worker:
        await worker.press("u", "escape")
        assert worker.answers == {}
        assert len(kept(services)) == 3


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("key", ["x", "delete"])
async def test_one_is_discarded_after_a_yes(services: Services, key: str) -> None:
    """A no, or Esc, keeps it; the next one is then under the hand."""
    async with at_work(services) as worker:
        await worker.press("u", "down", key)
        assert "Discard this interview? No investigation, goal return home" in worker.words
        await worker.press("escape")
        assert len(kept(services)) == 3
        await worker.press(key, "y")
        assert kept(services) == [
            {"investigation": "concluded", "goal": "maintain_home"},
            {"investigation": "open"},
        ]
        assert "yesterday" not in worker.words
        await worker.press("enter")
        assert worker.answers == {"investigation": "open"}


@pytest.mark.usefixtures("several")
async def test_the_list_closes_with_the_last_one(services: Services) -> None:
    """Nothing is offered any more."""
    async with at_work(services) as worker:
        await worker.press("u", "x", "y", "x", "y", "x", "y")
        assert kept(services) == []
        assert "has it opened an assessment" in worker.words
        assert "u Unfinished" not in worker.keys


async def test_answers_that_could_not_be_kept_are_not_left(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would be lost, and that is said instead."""

    def refuse(_draft: Draft) -> None:
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")

    services.drafts.save(
        Draft(
            id="f" * 32,
            saved_at=services.now(),
            answers={"investigation": "none"},
            meaning_hash=services.loaded.meaning_hash,
            content_version="1",
        )
    )
    monkeypatch.setattr(services.drafts, "save", refuse)
    async with at_work(services) as worker:
        await worker.press("3", "u")
        assert "would lose them" in worker.words
        assert worker.answers == {"investigation": "concluded"}


async def test_what_cannot_be_kept_is_not_left_without_a_word(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked first, at `q` and at Ctrl-C; a second Ctrl-C leaves at once."""

    def refuse(_draft: Draft) -> None:
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")

    monkeypatch.setattr(services.drafts, "save", refuse)
    async with at_work(services) as worker:
        await worker.press("3", "q")
        assert "These answers cannot be saved for later. Leave anyway?" in worker.words
        await worker.press("escape", "n")
        assert "Save these answers for later" not in worker.words
        await worker.press("escape", "ctrl+c")
        assert not worker.has_left
        await worker.press("ctrl+c")
        assert worker.app.return_code == 130


async def test_two_left_in_one_minute_are_told_apart(services: Services) -> None:
    """By the second."""
    for number in (1, 2):
        services.drafts.save(
            Draft(
                id=str(number) * 32,
                saved_at=services.now() + timedelta(seconds=number),
                answers={"investigation": "none"},
                meaning_hash=services.loaded.meaning_hash,
                content_version="1",
            )
        )
    async with at_work(services) as worker:
        await worker.press("u")
        assert "05:01 PM" in worker.words
        assert "05:02 PM" in worker.words


@pytest.mark.usefixtures("several")
async def test_one_finished_in_another_window_is_not_brought_back(services: Services) -> None:
    """The list on the screen is older than that."""
    async with at_work(services) as worker:
        await worker.press("u")
        services.drafts.discard("2" * 32)
        await worker.press("2")
        assert "no longer there" in worker.words
        assert worker.answers == {}
        assert len(kept(services)) == 2


async def test_the_form_is_not_left_for_another_interview(services: Services) -> None:
    """What is typed there is no command, and none is offered among the keys."""
    async with at_work(services) as worker:
        await worker.press("1", "q")
    async with at_work(services) as worker:
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(Command.RECORD, "adoption")
        assert "u Unfinished" not in worker.keys
        await worker.fill(whom="u")
        assert worker.form["whom"] == "u"


async def test_a_case_number_stays_with_its_interview(services: Services) -> None:
    """Whatever way leads from an open form to a new interview, its form is empty."""
    async with at_work(services) as worker:
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(case_number="70707070")
        await worker.interview.action_start_again()
        await worker.settle()
        await worker.press("y")
        await worker.answer({"investigation": "concluded", "goal": "adoption"})
        await worker.choose(Command.RECORD, "adoption")
        assert worker.form["case_number"] == ""


@pytest.mark.parametrize(
    ("keys", "said"), [((), "nothing to save"), (("3",), "are saved"), (("3", "3"), "not recorded")]
)
async def test_the_terminal_is_told_what_became_of_the_answers(
    services: Services, capsys: pytest.CaptureFixture[str], keys: tuple[str, ...], said: str
) -> None:
    """In one line, once the screen is gone."""
    async with at_work(services) as worker:
        await worker.press(*keys, "q")
        assert worker.has_left
    assert said in capsys.readouterr().err
