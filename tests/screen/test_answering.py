"""Every way to answer does the same, and nothing is answered that was not meant."""

import pytest

from assistant.cases.session import NO_SUCH_WORDS
from assistant.engine.interview import UNSURE
from assistant.services import Services
from tests.screen.worker import USUAL, WIDE, at_work

PRESSED = {
    "digits": ["1", "1", "1", "4"],
    "arrows and Enter": ["down", "enter", *["down", "enter"] * 2, *["down"] * 4, "enter"],
    "a number typed and sent": ["slash", "1", "enter"] + ["slash", "1", "enter"] * 2
    + ["slash", "4", "enter"],
}  # fmt: skip
HOME_SOON = {
    "investigation": "none",
    "goal": "return_home",
    "fins": "no",
    "setting": "out_of_home",
}


@pytest.mark.parametrize("keys", PRESSED.values(), ids=PRESSED)
async def test_keys_answer_to_a_result(services: Services, keys: list[str]) -> None:
    """Digits, arrows with Enter, or typed numbers lead through the same interview."""
    async with at_work(services) as worker:
        await worker.press(*keys)
        assert worker.answers == HOME_SOON
        assert worker.result.group == "reunification"
        assert "Reunification Services" in worker.text


async def test_own_words_answer_to_a_result(services: Services) -> None:
    """Words that fit one answer are that answer."""
    async with at_work(services) as worker:
        for words in ("no investigation", "return home", "not fins", "foster care"):
            await worker.press("slash")
            await worker.type(words)
            await worker.press("enter")
        assert worker.answers == HOME_SOON


async def test_a_letter_on_the_choices_begins_no_words(services: Services) -> None:
    """It is a command or nothing, however many of them there are."""
    async with at_work(services) as worker:
        await worker.type("finish")
        assert worker.interview.typed.value == ""
        assert worker.focused == "choices"


async def test_words_typed_fast_after_the_slash_arrive_whole(services: Services) -> None:
    """Letters that are commands too, and another slash, belong to the words."""
    async with at_work(services) as worker:
        await worker.type("/quit/cowl")
        assert not worker.has_left
        assert worker.interview.typed.value == "quit/cowl"
        await worker.press("escape")
        await worker.type("/finished")
        assert worker.interview.typed.value == "finished"
        assert worker.focused == "typed"
        await worker.press("enter")
        assert worker.answers == {"investigation": "concluded"}


async def test_words_that_fit_several_answers_are_asked_back(services: Services) -> None:
    """Only the answers that fit are offered, by new numbers, until one is chosen."""
    async with at_work(services) as worker:
        await worker.press("1", "slash")
        await worker.type("living")
        await worker.press("enter")
        assert worker.answers == {"investigation": "none"}
        assert worker.view.among == ("planned_permanent_living", "independent_living")
        assert "Adoption" not in worker.text
        assert "Which" in worker.text
        assert worker.focused == "choices"
        await worker.press("2")
        assert worker.answers["goal"] == "independent_living"


async def test_the_answers_asked_back_can_all_be_shown_again(services: Services) -> None:
    """None of those the words fit may be right, and then every answer is offered."""
    async with at_work(services) as worker:
        await worker.press("1", "slash")
        await worker.type("living")
        await worker.press("enter", "3")
        assert worker.view.among == ()
        assert worker.answers == {"investigation": "none"}
        assert "Adoption" in worker.text


async def test_words_that_fit_nothing_are_said_to(services: Services) -> None:
    """Nothing is guessed: the worker is told, and the question stands."""
    async with at_work(services) as worker:
        for words in ("banana", "99", "0"):
            await worker.press("slash")
            await worker.type(words)
            await worker.press("enter")
            assert worker.answers == {}
            assert NO_SUCH_WORDS in worker.words
            await worker.press("escape")
            assert NO_SUCH_WORDS not in worker.words


async def test_nothing_is_answered_without_choosing(services: Services) -> None:
    """Enter with no line highlighted, a number too high, or an empty line of words answers nothing."""
    async with at_work(services) as worker:
        await worker.press("enter", "9", "0", "slash", "enter")
        assert worker.answers == {}
        assert worker.view.standing.asking == "investigation"


async def test_no_line_is_highlighted_after_an_answer(services: Services) -> None:
    """Enter pressed twice answers once: the next question starts without a highlighted line."""
    async with at_work(services) as worker:
        await worker.press("down", "enter", "enter", "enter")
        assert worker.answers == {"investigation": "none"}


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_a_mouse_alone_records(services: Services, size: tuple[int, int]) -> None:
    """Clicks lead from the first question to the record form; only its fields need typing."""
    async with at_work(services, size) as worker:
        await worker.click("Yes, and it had ended")
        await worker.click("3  Adoption")
        assert worker.result.group == "adoption"
        await worker.click("Record this group")
        for hint, text in (
            ("digits", "123"),
            ("such as child 1", "child 1"),
            ("such as parenting", "home study"),
        ):
            await worker.click(hint)
            await worker.type(text)
        await worker.click("Enter Save")
        assert [entry.case_number for entry in worker.entries()] == ["123"]
        await worker.click("New interview")
        assert worker.answers == {}
        await worker.click("Records")
        assert all(words in worker.text for words in ("123", "child 1", "Adoption", "matches"))


async def test_a_click_on_an_options_words_answers_with_it(services: Services) -> None:
    """Also where the words are a term of the glossary, which a click elsewhere explains."""
    async with at_work(services) as worker:
        await worker.press("3")
        await worker.click("Independent living")
        assert worker.answers == {"investigation": "concluded", "goal": "independent_living"}


async def test_a_keyboard_alone_records(services: Services) -> None:
    """Enter goes on from field to field and saves from the last one."""
    async with at_work(services) as worker:
        await worker.press("3", "3", "1")
        await worker.type("123")
        await worker.press("enter")
        await worker.type("child 1")
        await worker.press("enter")
        await worker.type("home study")
        await worker.press("enter")
        assert [entry.service for entry in worker.entries()] == ["home study"]
        assert worker.view.mode == "recorded"


async def test_not_sure_is_an_answer(services: Services) -> None:
    """Every question can be answered so, by its number or in one's own words."""
    async with at_work(services) as worker:
        await worker.press("4", "slash")
        await worker.type("no idea")
        await worker.press("enter")
        assert worker.answers == {"investigation": UNSURE, "goal": UNSURE}


async def test_back_asks_again(services: Services) -> None:
    """Back takes one answer at a time, and stops at the first question."""
    async with at_work(services) as worker:
        await worker.press("3", "3", "backspace")
        assert worker.answers == {"investigation": "concluded"}
        assert worker.view.standing.asking == "goal"
        await worker.press("backspace", "backspace")
        assert worker.answers == {}


async def test_back_in_the_line_for_words_only_erases(services: Services) -> None:
    """While words are typed, backspace belongs to them, even when none are left."""
    async with at_work(services) as worker:
        await worker.press("3", "slash", "x", "backspace", "backspace")
        assert worker.answers == {"investigation": "concluded"}
        assert worker.focused == "typed"


async def test_a_click_answers_what_was_clicked_while_words_are_typed(services: Services) -> None:
    """The choices stay where they are while a click takes the keyboard away from typed words."""
    async with at_work(services) as worker:
        await worker.press("1", "slash", "x")
        await worker.click("3  Adoption")
        assert worker.answers["goal"] == "adoption"
        assert worker.interview.typed.value == ""


async def test_words_that_no_answer_has_stay_to_be_changed(services: Services) -> None:
    """More letters are words still, and no commands."""
    async with at_work(services) as worker:
        await worker.press("slash")
        await worker.type("xyzzy")
        await worker.press("enter")
        assert NO_SUCH_WORDS in worker.words
        assert worker.focused == "typed"
        await worker.press(*["backspace"] * 5)
        await worker.type("not sure")
        await worker.press("enter")
        assert worker.answers == {"investigation": UNSURE}
