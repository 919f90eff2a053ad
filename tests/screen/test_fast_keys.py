"""Keys pressed faster than the screen can follow: each is taken once, or not at all."""

import pytest
from textual.widgets import Input

from assistant.commands import Command
from assistant.screen.form import FormPane
from assistant.screen.practice import ExerciseScreen, PracticePage
from assistant.services import Services
from tests.screen.test_records_screen import ADOPTION, an_entry
from tests.screen.worker import SMALL, Worker, at_work


async def strike(worker: Worker, *keys: str) -> None:
    """Press keys without waiting for what any of them does."""
    for key in keys:
        worker.strike(key)
    await worker.settle()


@pytest.mark.parametrize("keys", [("1", "2"), ("1", "1"), ("2", "1"), ("1", "ctrl+s", "2")])
async def test_a_second_key_on_a_result_does_no_harm(
    services: Services, keys: tuple[str, ...]
) -> None:
    """The first opens what it stands for; the second chooses there, or goes into the form."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await strike(worker, *keys)
        assert not worker.has_left
        assert worker.view.mode == "recording"
        assert worker.entries() == []


async def test_a_second_digit_answers_no_question_that_is_gone(services: Services) -> None:
    """What it stood for is not offered any more."""
    async with at_work(services) as worker:
        await strike(worker, "3", "1")
        assert worker.answers["investigation"] == "concluded"


async def test_a_form_left_before_it_is_there_opens_again(services: Services) -> None:
    """Once, with the keyboard."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await strike(worker, "1", "escape")
        assert not worker.has_left
        await worker.press("1")
        assert worker.view.mode == "recording"
        assert worker.focused == "case_number"
        assert len(worker.app.screen.query(FormPane)) == 1


PAGES = [
    ("n",),
    ("u",),
    ("r",),
    ("r", "f"),
    ("r", "enter"),
    ("r", "enter", "e"),
    ("question_mark",),
]
"""Keys that open something over the interview."""


@pytest.mark.parametrize("opens", PAGES, ids="-".join)
async def test_what_is_closed_twice_closes_once(services: Services, opens: tuple[str, ...]) -> None:
    """The second key closes no screen below, and ends nothing."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await worker.press("3", "n", "1", "1", "n", "1", "2", *opens)
        depth = len(worker.app.screen_stack)
        assert depth > 1
        front = worker.app.screen
        front.dismiss()
        front.dismiss()
        await worker.settle()
        assert not worker.has_left
        assert len(worker.app.screen_stack) == depth - 1


@pytest.mark.parametrize("opens", [("n",), ("u",)], ids="-".join)
async def test_the_same_number_twice_chooses_once(
    services: Services, opens: tuple[str, ...]
) -> None:
    """In a question over the screen as well: the second is for what is not there any more."""
    async with at_work(services) as worker:
        await worker.press("3", "n", "1", "1", "n", "1", "2", *opens)
        await strike(worker, "2", "2")
        assert not worker.has_left
        assert len(worker.app.screen_stack) == 1


async def test_an_entry_opened_twice_is_opened_once(services: Services) -> None:
    """And so is what is done with it."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await worker.press("r")
        await strike(worker, "enter", "enter")
        await strike(worker, "x", "x")
        assert [type(screen).__name__ for screen in worker.app.screen_stack[1:]] == [
            "RecordsScreen",
            "EntryScreen",
            "FormScreen",
        ]


async def test_a_story_not_read_yet_is_not_answered(services: Services) -> None:
    """In a test the same groups are offered for each story, and a second digit is for the first."""
    async with at_work(services) as worker:
        await worker.press("d")
        await worker.type("heron")
        await worker.press("enter")
        home = worker.app.screen
        assert isinstance(home, PracticePage)
        await worker.until(lambda: bool(home.choices.offered))
        offered = [choice.command for choice in home.choices.offered]
        await worker.press(str(offered.index(Command.TEST) + 1))
        session = worker.app.screen
        assert isinstance(session, ExerciseScreen)
        await strike(worker, "1", "1")
        assert session.exercise
        assert len(session.exercise.attempts) < 2


async def test_what_is_typed_fast_after_enter_lands_in_the_next_field(services: Services) -> None:
    """Whole lines arrive at once where a machine is slow, or where somebody types ahead."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.press("1")
        await strike(worker, *"0042", "enter", *"child", "enter", *"class", "enter")
        (entry,) = worker.entries()
        assert (entry.case_number, entry.whom, entry.service) == ("0042", "child", "class")


@pytest.mark.parametrize(
    "keys",
    ["33" + "1" + "0456789", "31a" + "1" + "0456789", "3" + "\b" + "3" + "3" + "1" + "0456789"],
    ids=["answers", "taken", "back"],
)
async def test_a_burst_lands_whole_where_it_leads(services: Services, keys: str) -> None:
    """Answers, Record, and the case number, all pressed before the screen was drawn once."""
    async with at_work(services) as worker:
        await strike(worker, *("backspace" if key == "\b" else key for key in keys))
        assert worker.view.mode == "recording"
        assert worker.focused == "case_number"
        assert worker.form["case_number"] == "0456789"


OPENING = [
    ("l", "#words"),
    ("p", "CommandInput"),
    ("d", "#alias"),
]
"""Keys that open a line to type in, and that line."""


@pytest.mark.parametrize(("key", "line"), OPENING, ids=[key for key, _ in OPENING])
async def test_what_is_typed_into_what_opens_is_not_lost(
    services: Services, key: str, line: str
) -> None:
    """Letters that are commands elsewhere are text here, from the first on."""
    async with at_work(services) as worker:
        await strike(worker, "3", key, *"quit1parent")
        field = worker.app.screen.query_one(line, Input)
        assert (field.has_focus, field.value) == (True, "quit1parent")
        assert worker.answers == {"investigation": "concluded"}


async def test_keys_after_a_dialog_go_to_what_it_leads_to(services: Services) -> None:
    """A new interview is asked about, chosen, and answered in one burst."""
    async with at_work(services) as worker:
        await strike(worker, "3", "n", "2", "1", "3")
        assert worker.answers == {"investigation": "none", "goal": "adoption"}
        await strike(worker, "question_mark", "escape", "1")
        assert len(worker.app.screen_stack) == 1
        assert worker.result.group == "adoption"


async def test_a_correction_is_typed_at_once(services: Services) -> None:
    """From the list of records, through the entry, into the first field of its form."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await strike(worker, "r", "enter", "e", "backspace", "7")
        assert worker.focused == "case_number"
        assert worker.form["case_number"] == f"{an_entry(1).case_number[:-1]}7"


async def test_a_digit_that_stands_for_nothing_drops_the_rest_of_its_burst(
    services: Services,
) -> None:
    """It is said; what is pressed later counts again."""
    async with at_work(services) as worker:
        await strike(worker, "9", "3", "1")
        assert worker.answers == {}
        assert "There is no 9 here" in worker.words
        await worker.press("3")
        assert worker.answers == {"investigation": "concluded"}
        assert "There is no 9" not in worker.words


@pytest.mark.parametrize("opening", [(), ("question_mark",)], ids=["result", "help"])
async def test_every_page_of_a_burst_is_turned(
    services: Services, opening: tuple[str, ...]
) -> None:
    """Three at once lead as far as three one by one."""
    async with at_work(services, size=SMALL) as worker:
        await worker.press("3", "1", "4")
        for key in opening:
            await worker.press("backspace", key)
        page = worker.app.screen.query_one("#page")
        await worker.press("pagedown", "pagedown")
        slowly = page.scroll_y
        await worker.press("pageup", "pageup", "pageup")
        assert page.scroll_y == 0
        await strike(worker, "pagedown", "pagedown")
        assert 0 < page.scroll_y == slowly > page.size.height


async def test_letters_in_a_burst_answer_nothing(services: Services) -> None:
    """Only the slash begins words; the digits among them are dropped where one does not stand for a line."""
    async with at_work(services) as worker:
        await strike(worker, "slash", *"aftercare 19 year old")
        assert worker.interview.typed.value == "aftercare 19 year old"
        assert worker.answers == {}


async def test_what_is_pasted_where_nothing_is_typed_is_refused(services: Services) -> None:
    """With a word that says what to do; in a line it is taken whole."""
    async with at_work(services) as worker:
        await worker.paste("aftercare 19 year old\nsecond line")
        assert worker.answers == {}
        assert "Press / to type." in worker.words
        await worker.press("slash")
        await worker.paste("it has\nended")
        assert worker.interview.typed.value == "it has ended"


async def test_enter_with_nothing_picked_says_what_to_press(services: Services) -> None:
    """It answers nothing."""
    async with at_work(services) as worker:
        await worker.press("enter")
        assert worker.answers == {}
        assert "Press a number" in worker.words


async def test_esc_takes_the_help_of_a_field_away_before_the_form(services: Services) -> None:
    """What is typed next goes on in the field."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.press("1", "question_mark", "escape")
        assert worker.view.mode == "recording"
        await worker.type("0042")
        assert worker.form["case_number"] == "0042"


async def test_what_is_typed_right_after_a_form_is_left_chooses_nothing(
    services: Services,
) -> None:
    """It was meant for the form."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.press("1")
        await strike(worker, "escape", *"6134")
        assert worker.view.mode == "asking"
        assert len(worker.app.screen_stack) == 1
        await worker.press("1")
        assert worker.focused == "case_number"


@pytest.mark.parametrize("after", ["u", "p", "r", "l"])
async def test_what_is_pressed_after_quit_does_nothing(services: Services, after: str) -> None:
    """The screen is going then, and nothing can be opened on it."""
    async with at_work(services) as worker:
        await worker.press("3")
        worker.strike("q")
        worker.strike(after)
    assert worker.app.return_code == 0
