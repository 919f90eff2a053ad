"""Every command has a key, a click and a palette entry, and those shown are those that work."""

from collections.abc import Callable

import pytest
from textual.command import CommandList
from textual.widgets import Tree

from assistant.commands import Command, Key, Where, keys
from assistant.screen.app import ServiceGroupApp
from assistant.screen.dialogs import ReadingScreen, StartAgainScreen
from assistant.screen.interview import InterviewScreen
from assistant.screen.lookup import TreeScreen
from assistant.screen.practice import ExerciseScreen
from assistant.screen.records import EntryScreen, RecordsScreen
from assistant.screen.theme import DARK, LIGHT
from assistant.screen.widgets import Keys
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work

DONE: dict[Command, Callable[[Worker], bool]] = {
    Command.BACK: lambda worker: worker.answers == {},
    Command.WHY: lambda worker: isinstance(worker.app.screen, ReadingScreen),
    Command.CHANGE: lambda worker: worker.view.mode == "picking",
    Command.TYPE: lambda worker: worker.focused == "typed",
    Command.WORDS: lambda worker: isinstance(worker.app.screen, ReadingScreen),
    Command.TREE: lambda worker: isinstance(worker.app.screen, TreeScreen),
    Command.CARD: lambda worker: "When to use each" in worker.text,
    Command.GROUPS: lambda worker: "still possible" in worker.words,
    Command.START_AGAIN: lambda worker: isinstance(worker.app.screen, StartAgainScreen),
    Command.RECORDS: lambda worker: isinstance(worker.app.screen, RecordsScreen),
    Command.THEME: lambda worker: worker.app.theme == LIGHT.name,
    Command.COMMANDS: lambda worker: "Search" in worker.text,
    Command.QUIT: lambda worker: worker.has_left,
}
"""How to tell that a command that can be used after one answer was done."""

KEYS = keys(Where.INTERVIEW, Where.APP)


def is_shown(key: Key, shown: str) -> bool:
    return f"{key.shown} {key.label}" in shown


@pytest.mark.parametrize(
    ("holder", "where"),
    [
        (ServiceGroupApp, Where.APP),
        (InterviewScreen, Where.INTERVIEW),
        (RecordsScreen, Where.RECORDS),
        (EntryScreen, Where.ENTRY),
        (ExerciseScreen, Where.PRACTICE),
    ],
)
def test_every_key_has_something_to_do(holder: type, where: Where) -> None:
    """The place it belongs to has a method for its command, and says to the palette where it is."""
    assert [one for one in keys(where) if not hasattr(holder, f"action_{one}")] == []
    assert getattr(holder, "where", Where.APP) == where


@pytest.mark.parametrize("command", DONE)
async def test_a_key_does_its_command(services: Services, command: Command) -> None:
    """The key does what the palette and the help page say of it."""
    async with at_work(services) as worker:
        await worker.press("3")
        await worker.press(KEYS[command].names)
        assert DONE[command](worker)


@pytest.mark.parametrize("command", [Command.CHANGE, Command.BACK, Command.WHY, Command.COMMANDS])
async def test_a_click_on_a_key_does_its_command(services: Services, command: Command) -> None:
    """Who works by mouse clicks on the words in the line of keys."""
    async with at_work(services) as worker:
        await worker.press("3")
        await worker.click(f"{KEYS[command].shown} {KEYS[command].label}")
        assert DONE[command](worker)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_every_key_shown_is_one_that_works_now(
    services: Services, size: tuple[int, int]
) -> None:
    """What cannot be done at the first question, at a later one or at the result is not shown."""
    async with at_work(services, size) as worker:
        for pressed in ([], ["3"], ["1"], ["a"], ["c"]):
            await worker.press(*pressed)
            shown = [key for key in KEYS if is_shown(KEYS[key], worker.keys)]
            assert Command.COMMANDS in shown
            for command in shown:
                holder = worker.app if command in keys(Where.APP) else worker.interview
                assert holder.check_action(command, ()), command


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_the_keys_take_one_row_and_are_six_at_most(
    services: Services, size: tuple[int, int]
) -> None:
    """However narrow the window is, the key that lists all the others stays."""
    async with at_work(services, size) as worker:
        for pressed in ([], ["3"], ["1"], ["a"], ["1"], ["escape", "r"], ["f"]):
            await worker.press(*pressed)
            keys_row = worker.app.screen.query_one(Keys)
            shown = str(keys_row.content).strip().split("   ")
            assert keys_row.size.height == 1
            assert 1 < len(shown) <= 6
            assert worker.keys in worker.words
            typed_into = worker.app.screen.query("FormPane")
            assert bool(typed_into) != (shown[-1] == "p All commands")


async def test_no_letter_is_shown_as_a_key_while_it_would_be_typed(services: Services) -> None:
    """In the line for words and in the form, the keys shown are those that are not text.

    A question mark is none at the beginning of a field.
    """
    async with at_work(services) as worker:
        await worker.press("3", "slash")
        in_words = worker.keys
        await worker.press("escape", "3", "1")
        in_form = worker.keys
        for shown in (in_words, in_form):
            assert "Esc" in shown
            typed = [name for name, key in KEYS.items() if is_shown(key, shown)]
            assert set(typed) <= ({Command.WHY} if shown is in_form else set())
            assert not shown.startswith("1-")


async def test_a_page_shows_only_its_own_keys(services: Services) -> None:
    """Keys of the screen below do not work while a page is open, and none are in sight."""
    async with at_work(services) as worker:
        await worker.press("3")
        for pressed in ("question_mark", "o", "n", "w", "v"):
            await worker.press(pressed)
            assert "Esc" in worker.keys
            assert not any(is_shown(key, worker.keys) for key in KEYS.values())
            await worker.press("escape")
            assert len(worker.app.screen_stack) == 1


async def test_the_palette_lists_the_commands_and_runs_one(services: Services) -> None:
    """Commands are found by their names, with their keys, and one that is picked is done."""
    async with at_work(services, (120, 50)) as worker:
        await worker.press("3", "p")
        await worker.until(lambda: "Records (r)" in worker.text)
        for command in DONE.keys() - {Command.COMMANDS, Command.GROUPS}:
            assert f"{KEYS[command].label} ({KEYS[command].shown})" in worker.text
        await worker.type("Light")
        await worker.until(lambda: "Back (" not in worker.text)
        await worker.press("enter")
        await worker.until(lambda: worker.app.theme == LIGHT.name)


async def test_the_palette_finds_what_the_page_offers(services: Services) -> None:
    """The numbered lines of a result too, by their words."""
    async with at_work(services) as worker:
        await worker.press("3", "3", "p")
        await worker.type("supervisor")
        await worker.until(lambda: "Memo for your supervisor" in worker.words)
        await worker.press("enter")
        assert "Read" in worker.words
        assert "Copy" in worker.words


async def test_the_palette_lists_nothing_that_cannot_be_done(services: Services) -> None:
    """At the first question there is no answer to take back or change."""
    async with at_work(services, (120, 50)) as worker:
        await worker.press("p")
        await worker.until(lambda: "Records (r)" in worker.text)
        assert "Back (" not in worker.text
        assert "Change (" not in worker.text


async def test_light_and_dark(services: Services) -> None:
    """The same key goes to light and back, and the words stay."""
    async with at_work(services) as worker:
        before = worker.text
        await worker.press("t")
        assert (worker.app.theme, worker.text) == (LIGHT.name, before)
        await worker.press("t")
        assert worker.app.theme == DARK.name


async def test_the_why_page_explains_the_question(services: Services) -> None:
    """Why it is asked, where to look and what the keys do, for the question at hand."""
    async with at_work(services, (100, 200)) as worker:
        question = worker.view.guide.questions["investigation"]
        await worker.press("question_mark")
        for words in (question.why, question.where_to_look, question.help[0].about):
            assert words in worker.words
        for key in KEYS.values():
            assert f"{key.shown} {key.about}" in worker.words


async def test_the_why_page_scrolls(services: Services) -> None:
    """What does not fit is read with the arrows or the page keys."""
    async with at_work(services) as worker:
        await worker.press("question_mark")
        before = worker.text
        await worker.press("pagedown", "down")
        assert worker.text != before


async def test_the_conversation_is_read_without_leaving_the_choices(services: Services) -> None:
    """The page keys scroll a long result while the choices keep the keyboard."""
    async with at_work(services) as worker:
        await worker.press("3", "3")
        before = worker.text
        await worker.press("pagedown")
        assert worker.text != before
        assert worker.focused == "choices"


async def test_the_first_page_says_in_two_lines_what_to_have_at_hand(services: Services) -> None:
    """It is gone once an answer is given."""
    async with at_work(services) as worker:
        welcome = [line.strip() for line in worker.lines[2:5]]
        assert all(welcome[:2])
        assert welcome[2] == ""
        assert "at hand" in worker.words
        await worker.press("3")
        assert "at hand" not in worker.words


async def test_places_in_the_title_are_clicked(services: Services) -> None:
    """Each leads to its place, which says its own name, and back."""
    async with at_work(services) as worker:
        for place, screen in (("Records", RecordsScreen), ("Interview", InterviewScreen)):
            await worker.click(f" {place}")
            assert isinstance(worker.app.screen, screen)


async def test_without_colour_the_words_are_the_same(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is possible, ruled out, settled or being shown is said in words."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_work(services, WIDE) as worker:
        assert worker.app.no_color
        await worker.press("3", "3")
        for words in ("ruled out by", "Settled", "More below"):
            assert words in worker.words


async def test_nothing_is_picked_in_the_palette_before_something_is_typed(
    services: Services,
) -> None:
    """Enter alone takes no answer back; the first that is found is picked."""
    async with at_work(services) as worker:
        await worker.press("3", "p")
        found = worker.app.screen.query_one(CommandList)
        await worker.until(lambda: found.option_count > 1)
        assert found.highlighted is None
        assert "Esc Close" in worker.keys
        height = worker.app.screen.query_one("#--container").region.height
        assert height <= USUAL[1] * 4 // 5
        await worker.type("Light")
        await worker.until(lambda: found.highlighted == 0)
        assert worker.app.screen.query_one("#--container").region.height == height
        assert worker.answers


@pytest.mark.parametrize("size", [SMALL, USUAL], ids=str)
async def test_no_row_of_the_tree_is_cut(services: Services, size: tuple[int, int]) -> None:
    """However deep it is."""
    async with at_work(services, size) as worker:
        await worker.press("v", "x")
        tree = worker.app.screen.query_one(Tree)
        assert len(tree._tree_lines) > size[1]
        assert tree.virtual_size.width <= tree.size.width
