"""The look-up: found while typing, explained, and gone on from."""

import pytest
from textual.color import Color

from assistant.cases.session import ANSWERS_STAY
from assistant.commands import Command
from assistant.engine.lookup import Index
from assistant.screen.column import MARGIN
from assistant.screen.lookup import LookUpScreen
from assistant.screen.theme import DARK
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, at_work


async def test_typing_finds_the_best_entry_first(services: Services) -> None:
    """What is found is explained at once, with where it leads."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type("guardianship")
        await worker.settle()
        assert "guardianship" in worker.words
        assert "Ask your supervisor" in worker.words


async def test_going_on_fills_in_what_the_entry_settles(services: Services) -> None:
    """The interview asks only what is still open, and shows what was filled in as such."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type("adoption")
        await worker.press("enter")
        assert dict(worker.view.given) == {"goal": "adoption"}
        assert worker.view.standing.asking == "investigation"
        assert "(filled in)" in worker.said


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("adoption", "adoption"),
        ("return home", "reunification"),
        ("independent living", "independent_transitional_living"),
        ("ppla", "planned_permanent_living_arrangement"),
    ],
)
async def test_a_common_goal_is_three_keys_from_its_groups_name(
    services: Services, words: str, group: str
) -> None:
    """Enter, the answer that there is no investigation, and copy."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type(words)
        await worker.press("enter", "1", "y")
        assert worker.app.clipboard == services.loaded.guide.groups[group].name


async def test_the_name_cannot_be_copied_before_one_group_is_left(services: Services) -> None:
    """A group that may still change is not handed out."""
    async with at_work(services) as worker:
        await worker.press("y")
        assert worker.app.clipboard == ""
        assert "Copy" not in worker.keys


async def test_what_was_filled_in_can_be_changed(services: Services) -> None:
    """It is listed among the answers, and is an answer once it is given."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type("adoption")
        await worker.press("enter", "c", "1")
        await worker.choose(Command.ANSWER, "return_home")
        assert dict(worker.view.given) == {}
        assert worker.view.answers["goal"] == "return_home"


async def test_arrows_choose_another_entry(services: Services) -> None:
    """The words keep the keyboard meanwhile."""
    async with at_work(services, USUAL) as worker:
        await worker.press("l")
        await worker.type("safety")
        await worker.press("down")
        screen = worker.app.screen
        assert isinstance(screen, LookUpScreen)
        second = Index(services.loaded.guide).search("safety")[1]
        assert f"▸ {second.title}"[:60] in worker.text
        assert worker.focused == "words"


async def test_leaving_goes_back_to_the_place_in_the_interview(services: Services) -> None:
    """Nothing is answered by looking."""
    async with at_work(services) as worker:
        await worker.press("3", "l")
        await worker.type("zzzzqq")
        assert "No match" in worker.words
        await worker.press("escape")
        assert worker.answers == {"investigation": "concluded"}
        assert worker.view.standing.asking == "goal"


async def test_it_opens_from_the_records_too(services: Services) -> None:
    """The key works anywhere."""
    async with at_work(services) as worker:
        await worker.press("r", "l")
        assert isinstance(worker.app.screen, LookUpScreen)
        await worker.press("escape")
        assert worker.view.standing.asking == "investigation"


async def test_what_was_filled_in_can_be_dropped_and_is_not_taken_back(services: Services) -> None:
    """With nothing answered yet there is nothing to take back, but a new interview can be begun."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type("adoption")
        await worker.press("enter")
        assert "Back" not in worker.keys
        await worker.press("n", "2")
        assert dict(worker.view.given) == {}


async def test_in_a_small_window_the_list_comes_first_and_says_that_more_is_below(
    services: Services,
) -> None:
    """The chosen entry is marked among those listed, and Page Down reads on."""
    async with at_work(services, SMALL) as worker:
        await worker.press("l")
        await worker.type("trial home visit")
        assert "▸" in worker.text
        assert "More below" in worker.text
        await worker.press("pagedown")
        assert "Leads to" in worker.text
        assert "More below" not in worker.text


async def test_going_on_keeps_the_answers_that_the_entry_does_not_touch(
    services: Services,
) -> None:
    """Where it answers one of them otherwise, the interview is kept for later and another begins."""
    async with at_work(services) as worker:
        await worker.press("3", "l")
        await worker.type("adoption")
        await worker.press("enter")
        assert worker.view.everything_said == {"goal": "adoption", "investigation": "concluded"}
        assert not worker.interview.session.waiting
        assert ANSWERS_STAY in worker.words


async def test_an_entry_that_settles_another_answer_begins_anew(services: Services) -> None:
    """And says so."""
    async with at_work(services) as worker:
        await worker.press("3", "5", "l")
        goal = worker.answers["goal"]
        await worker.type("adoption")
        await worker.press("enter")
        assert goal != "adoption"
        assert worker.view.everything_said == {"goal": "adoption"}
        assert len(worker.interview.session.waiting) == 1
        assert "press u" in worker.words


async def test_enter_says_whether_it_begins_anew(services: Services) -> None:
    """In an interview under way what fits is added; beside a result it is another interview."""
    async with at_work(services) as worker:
        for label, warned in (("Add to this", False), ("New interview", True)):
            await worker.press("3", "l")
            await worker.type("adoption")
            assert label in worker.keys
            assert ("not recorded" in worker.words) == warned
            await worker.press("escape")


async def test_an_entry_that_leads_nowhere_says_so_at_enter(services: Services) -> None:
    """Instead of nothing at all."""
    async with at_work(services) as worker:
        await worker.press("l")
        await worker.type("zzz")
        await worker.press("enter")
        assert isinstance(worker.app.screen, LookUpScreen)
        assert "“zzz”" in worker.words
        for _ in "zzz":
            await worker.press("backspace")
        await worker.type("safety plan")
        await worker.press("enter")
        assert "Press Esc to go back" in worker.words


@pytest.mark.parametrize("size", [SMALL, USUAL], ids=str)
async def test_the_chosen_entry_has_one_band_and_the_page_its_full_width(
    services: Services, size: tuple[int, int]
) -> None:
    """From the mark to the margin; an entry's second row hangs below its first."""
    async with at_work(services, size) as worker:
        await worker.press("l")
        await worker.type("grandma")
        screen = worker.app.screen
        assert isinstance(screen, LookUpScreen)
        assert screen.page.size.width == size[0]
        row = worker.row_of("▸")
        strip = screen._compositor.render_strips()[row]
        mark = Color.parse(DARK.variables["mark"]).rich_color
        band = [len(one.text) for one in strip if one.style and one.style.bgcolor == mark]
        assert sum(band) == size[0] - 1 - MARGIN - 1
        titles = [hit.title for hit in Index(services.loaded.guide).search("grandma")]
        starts = {line[3:20] for line in worker.lines[row : row + 4]}
        assert all(one.startswith("  ") or any(t.startswith(one) for t in titles) for one in starts)
