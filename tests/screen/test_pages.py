"""The pages over the interview: words, the tree, the memo, and going on as if."""

from assistant.commands import Command
from assistant.engine.interview import UNSURE
from assistant.engine.verdict import Status, sentence, short_name, use_when
from assistant.screen.dialogs import ReadingScreen
from assistant.screen.lookup import TreeScreen
from assistant.services import Services
from tests.screen.worker import WIDE, at_work

DEPENDS = {"investigation": UNSURE, "goal": "adoption", "fins": "no", "need": "assessment"}


async def test_the_words_on_the_screen_come_first(services: Services) -> None:
    """A key explains the terms shown now, before all the others, and Esc comes back to the place."""
    async with at_work(services) as worker:
        await worker.press("3", "w")
        assert isinstance(worker.app.screen, ReadingScreen)
        assert "On the screen now" in worker.words
        await worker.press("escape")
        assert worker.view.standing.asking == "goal"


async def test_the_seven_groups_are_on_one_page(services: Services) -> None:
    """Each with the whole of its rule, in a usual window."""
    async with at_work(services) as worker:
        await worker.press("g")
        guide = worker.view.guide
        for group in guide.groups:
            assert f"{short_name(guide, group)} {sentence(use_when(guide, group))}" in worker.words


async def test_the_tree_shows_the_way_come_and_folds(services: Services) -> None:
    """The questions asked are open and marked; another branch opens on demand."""
    async with at_work(services) as worker:
        await worker.press("2", "v")
        assert isinstance(worker.app.screen, TreeScreen)
        marked = [line for line in worker.lines if "◆" in line and "settled" not in line]
        assert [name in line for name, line in zip(("Investigation", "Goal"), marked, strict=True)]
        rows = len([line for line in worker.lines if line.strip()])
        await worker.press("home", "x")
        assert len([line for line in worker.lines if line.strip()]) > rows
        await worker.press("escape")
        assert worker.view.standing.asking == "goal"


async def test_a_row_of_the_table_can_be_taken_as_if_it_were_so(services: Services) -> None:
    """The interview then ends in that row's group, says on what condition, and keeps the mark."""
    async with at_work(services) as worker:
        await worker.answer(DEPENDS)
        before: Status = worker.result.status
        await worker.choose(Command.ASSUME)
        await worker.press("1")
        assert (before, worker.result.status) == ("depends", "recommended")
        assert worker.view.assumed == {"investigation"}
        assert "Assumed" in worker.said


async def test_what_was_assumed_is_marked_in_the_record(services: Services) -> None:
    """Whoever reads the entry sees which answers were not known."""
    async with at_work(services) as worker:
        await worker.answer(DEPENDS)
        await worker.choose(Command.ASSUME)
        await worker.press("1", "1")
        await worker.fill(case_number="1", whom="child 1", service="visit")
        await worker.press("ctrl+s")
        assert [entry.assumed for entry in worker.entries()] == [("investigation",)]


async def test_an_assumed_answer_that_is_given_is_assumed_no_more(services: Services) -> None:
    """Changing it makes it known."""
    async with at_work(services) as worker:
        await worker.answer(DEPENDS)
        await worker.choose(Command.ASSUME)
        await worker.press("1", "c", "1", "1")
        assert worker.view.assumed == set()


async def test_the_memo_is_saved_without_a_case_number_unless_asked(services: Services) -> None:
    """One file of plain text; once recorded, one more that holds the number."""
    async with at_work(services, WIDE) as worker:
        await worker.press("3", "3")
        await worker.memo(Command.SAVE_MEMO)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(case_number="7310042", whom="child 1", service="visit")
        await worker.press("ctrl+s")
        folder = services.memos._folder
        plain = sorted(folder.iterdir())
        assert [path.suffix for path in plain] == [".txt"]
        assert not [path for path in plain if "7310042" in path.read_text(encoding="utf-8")]
        await worker.memo(Command.SAVE_MEMO_WITH_CASE)
        asked = set(folder.iterdir()) - set(plain)
        assert ["7310042" in path.read_text(encoding="utf-8") for path in asked] == [True]
        assert not [path for path in folder.iterdir() if "7310042" in path.name]


async def test_what_is_read_hangs_below_what_it_begins_with(services: Services) -> None:
    """A quotation that takes two rows begins them in the same column."""
    async with at_work(services) as worker:
        await worker.press("w")
        row = worker.row_of("“you assign a service group")
        first, second = worker.lines[row : row + 2]
        assert first.index("“") == second.index("Service Groups")
