"""The screen in windows of every size: nothing that matters is cut, and nothing is lost."""

import pytest
from textual import events
from textual.geometry import Size

from assistant.commands import Command
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work

TINY = (40, 10)
SIZES = [WIDE, USUAL, SMALL]
LONGEST_NAME = {"investigation": "concluded", "goal": "planned_permanent_living"}


def questions(worker: Worker) -> list[dict[str, str]]:
    """Return for each question, with each set of answers that it is asked with, a way to it."""
    guide, witnesses = worker.view.guide, worker.services.loaded.proof.witnesses
    ways = {(node.ask, *node.to): witnesses[name] for name, node in guide.tree.nodes.items()}
    return [dict(way) for way in ways.values()]


@pytest.mark.parametrize("size", SIZES)
async def test_every_question_is_wholly_in_sight(services: Services, size: tuple[int, int]) -> None:
    """Wherever the interview stands: the question, its hint, every choice and the line of keys."""
    async with at_work(services, size) as worker:
        for answers in questions(worker):
            await worker.stand(answers)
            question = worker.view.guide.questions[str(worker.view.standing.asking)]
            choices = [choice.label for choice in worker.interview.choices.offered]
            for words in (question.ask, question.hint, *choices, worker.keys):
                assert words in worker.words, f"{words!r} is cut:\n{worker.text}"


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_for_words_is_in_sight(services: Services, size: tuple[int, int]) -> None:
    """What is typed can be read, at the question with the most choices too."""
    async with at_work(services, size) as worker:
        await worker.press("1")
        width = worker.interview.page.region.width
        await worker.press("slash")
        await worker.type("foster home")
        assert "foster home" in worker.text
        assert worker.interview.page.region.width == width
        await worker.press("enter")
        assert worker.view.notice.split(".")[0] in worker.words


@pytest.mark.parametrize("size", SIZES)
async def test_every_choice_of_a_result_is_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """The group's name, how sure it is, and what can be done with it, or that this is a page below."""
    async with at_work(services, size) as worker:
        await worker.stand(LONGEST_NAME)
        for words in ("Planned Permanent Living Arrangement Services", "Settled"):
            assert words in worker.words
        if size == SMALL and "-6, " in worker.lines[-2]:
            await worker.press("m")
        for choice in worker.interview.choices.offered:
            assert choice.label in worker.words
        assert worker.keys in worker.words


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_never_covers_the_verdict(services: Services, size: tuple[int, int]) -> None:
    """The group's name stands above the form, when it opens and when it shows problems."""
    async with at_work(services, size) as worker:
        await worker.stand(LONGEST_NAME)
        await worker.choose(Command.RECORD, "planned_permanent_living_arrangement")
        for _ in range(2):
            assert "✔ Planned Permanent Living Arrangement Services" in worker.text
            assert worker.keys in worker.words
            await worker.fill(case_number="x", whom="ann@b.org", service="call 555-123-4567")
            await worker.press("ctrl+s")
        assert "✔ Planned Permanent Living Arrangement Services" in worker.text
        assert "digits" in worker.words


@pytest.mark.parametrize("size", SIZES)
async def test_the_field_with_the_keyboard_is_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """However low the window is, what is being typed can be read, down to the last field."""
    async with at_work(services, size) as worker:
        await worker.stand(LONGEST_NAME)
        await worker.choose(Command.RECORD_OTHER)
        await worker.press("1")
        for field in ("case_number", "whom", "service", "reason_code", "reason"):
            assert worker.focused == field
            typed, shown = ("2", "● 2") if field == "reason_code" else (f"9{field}", f"9{field}")
            await worker.type(typed)
            assert shown in worker.text
            await worker.press("tab")


@pytest.mark.parametrize("size", SIZES)
async def test_a_change_shows_the_question_and_reaches_every_option(
    services: Services, size: tuple[int, int]
) -> None:
    """Where notes make the options too many for the window, the arrows bring them into sight."""
    async with at_work(services, size) as worker:
        await worker.stand({"investigation": "concluded", "goal": "return_home"})
        await worker.press("c", "2")
        assert worker.view.guide.questions["goal"].ask in worker.words
        for choice in worker.interview.choices.offered:
            await worker.press("down")
            assert choice.label in worker.words
        assert worker.keys in worker.words


async def test_a_window_too_small_says_so(services: Services) -> None:
    """It asks for a larger one, still lets go of the program, and comes back as it was."""
    async with at_work(services) as worker:
        await worker.press("3")
        before = worker.text
        await worker.resize(TINY)
        assert "too small" in worker.words
        await worker.resize(USUAL)
        assert worker.text == before
        await worker.resize(TINY)
        await worker.press("q")
        assert worker.has_left


async def test_a_resize_keeps_typed_words(services: Services) -> None:
    """The answers, the words and the keyboard stay where they are."""
    async with at_work(services) as worker:
        await worker.press("3", "slash")
        for letter, size in zip("ret", (WIDE, SMALL, TINY), strict=True):
            await worker.type(letter)
            await worker.resize(size)
            await worker.resize(USUAL)
            await worker.until(lambda: worker.focused == "typed")
        await worker.type("urn")
        assert worker.interview.typed.value == "return"
        assert worker.answers == {"investigation": "concluded"}


async def test_a_resize_keeps_the_form(services: Services) -> None:
    """What was typed into it stays, and so does the field with the keyboard."""
    async with at_work(services) as worker:
        await worker.stand(LONGEST_NAME)
        await worker.press("1")
        await worker.fill(case_number="0042", whom="child 2")
        for size in (WIDE, SMALL, TINY):
            await worker.resize(size)
            await worker.resize(USUAL)
            await worker.until(lambda: worker.focused == "whom")
            assert worker.form == {"case_number": "0042", "whom": "child 2", "service": ""}


async def test_a_highlighted_choice_stays_so_through_a_resize(services: Services) -> None:
    """A worker about to press Enter gets what was highlighted."""
    async with at_work(services) as worker:
        await worker.press("down", "down", "down")
        await worker.resize(WIDE)
        await worker.press("enter")
        assert worker.answers == {"investigation": "concluded"}


async def test_a_window_too_small_changes_nothing(services: Services) -> None:
    """Keys pressed while nothing can be seen take no answer back."""
    async with at_work(services) as worker:
        await worker.press("3")
        await worker.resize((40, 10))
        await worker.press("backspace", "1")
        await worker.resize((80, 24))
        assert worker.answers == {"investigation": "concluded"}


async def test_sizes_of_a_moment_ago_come_to_rest(services: Services) -> None:
    """A window that is dragged while the machine is busy leaves several sizes to be worked through."""
    async with at_work(services) as worker:
        for size in (SMALL, WIDE, USUAL):
            worker.interview.post_message(events.Resize(Size(*size), Size(*size)))
            worker.interview.call_later(lambda: None)
        await worker.settle()
        assert worker.interview.size == worker.app.size == USUAL
        assert worker.interview.region.size == USUAL
