"""Answers can be changed, taken back or dropped, and what that does is said beforehand."""

from assistant.commands import Command
from assistant.engine.verdict import fact_said, short_name
from assistant.services import Services
from tests.screen.worker import USUAL, WIDE, at_work

RETURNING = {"investigation": "concluded", "goal": "return_home", "setting": "out_of_home"}


async def test_any_answer_can_be_changed_by_key(services: Services) -> None:
    """The first answer is changed from the result, and the later ones still count."""
    async with at_work(services) as worker:
        await worker.stand(RETURNING)
        await worker.press("c", "1")
        assert worker.view.mode == "changing"
        await worker.choose(Command.ANSWER, "none")
        assert worker.answers == {"investigation": "none", "goal": "return_home"}
        assert worker.view.standing.asking == "fins"


async def test_any_answer_can_be_changed_in_own_words(services: Services) -> None:
    """While an answer is changed, typed words choose the new one."""
    async with at_work(services) as worker:
        await worker.stand(RETURNING)
        await worker.press("c", "3", "slash")
        await worker.type("voluntary in-home")
        await worker.press("enter")
        assert worker.answers["setting"] == "voluntary_in_home"


async def test_an_answer_is_changed_by_a_click(services: Services) -> None:
    """In a wide window every answer stands beside the conversation and can be clicked."""
    async with at_work(services, WIDE) as worker:
        await worker.stand(RETURNING)
        await worker.click("Goal: return home")
        assert worker.view.fact == "goal"
        await worker.click("3  Adoption")
        assert worker.answers == {"investigation": "concluded", "goal": "adoption"}


async def test_the_groups_stand_beside_a_wide_page_and_on_one_of_their_own(
    services: Services,
) -> None:
    """Each name whole in one row, and below them all that ruled any out; in a narrow window o tells."""
    async with at_work(services, WIDE) as worker:
        await worker.stand(RETURNING)
        side = [line[80:] for line in worker.lines]
        for group in worker.view.groups:
            name = short_name(worker.view.guide, group.group)
            assert len([line for line in side if line.endswith(f" {name}")]) == 1
        facts = {group.ruled_out_by for group in worker.view.groups} - {""}
        legend = " ".join(" ".join(side).split()).partition("ruled out by")[2]
        assert len(facts) > 1
        assert all(fact_said(worker.view.guide, fact) in legend for fact in facts)
    async with at_work(services, USUAL) as worker:
        await worker.stand(RETURNING)
        assert "ruled out" not in worker.text
        await worker.press("o")
        assert "Reunification" in worker.text
        assert "Ruled out" in worker.text


async def test_options_say_beforehand_what_follows(services: Services) -> None:
    """Each new answer says which group it would give, and how many answers it sets aside."""
    async with at_work(services, WIDE) as worker:
        await worker.stand(RETURNING)
        await worker.press("c", "2")
        assert "3 Adoption → Adoption, drops 1 answer 4 Planned" in worker.words
        column = {line.index("→") for line in worker.lines if "→" in line}
        assert len(column) == 1
        assert "your current answer" in worker.words


async def test_answers_set_aside_are_said_and_come_back(services: Services) -> None:
    """An answer that no longer matters is kept, and counts again when it does."""
    async with at_work(services, (120, 100)) as worker:
        await worker.stand(RETURNING)
        await worker.press("c", "2")
        await worker.choose(Command.ANSWER, "adoption")
        assert tuple(worker.view.standing.set_aside) == ("setting",)
        assert "Not used" in worker.said
        await worker.press("c", "2")
        assert "brings back 1 answer" in worker.words
        await worker.choose(Command.ANSWER, "return_home")
        assert worker.answers == RETURNING


async def test_starting_again_asks_first(services: Services) -> None:
    """Answers are not lost by one key."""
    async with at_work(services) as worker:
        await worker.press("3")
        for no in ("escape", "3", "n"):
            await worker.press("n")
            assert "2 Discard these answers" in worker.words
            await worker.press(no)
            assert worker.answers == {"investigation": "concluded"}
            assert len(worker.app.screen_stack) == 1


async def test_starting_again_drops_the_answers_and_their_draft(services: Services) -> None:
    """A new interview begins, and the old one is not offered later."""
    async with at_work(services) as worker:
        await worker.press("3", "n", "2")
        assert dict(worker.view.answers) == {}
        assert services.drafts.waiting() == []


async def test_the_answers_can_be_kept_when_another_is_begun(services: Services) -> None:
    """The one left then waits among the unfinished."""
    async with at_work(services) as worker:
        for number, keep in enumerate(("1", "y"), start=1):
            await worker.press("3", "n", keep)
            assert dict(worker.view.answers) == {}
            assert len(services.drafts.waiting()) == number


async def test_a_new_interview_from_a_result_begins_at_once(services: Services) -> None:
    """A result that was looked up is done: nothing is left to be kept."""
    async with at_work(services) as worker:
        await worker.stand(RETURNING)
        await worker.choose(Command.START_AGAIN)
        assert worker.answers == {}
        assert services.drafts.waiting() == []


async def test_escape_leaves_what_is_in_front(services: Services) -> None:
    """A page first, then a change, then words; an interview is never left by it."""
    async with at_work(services) as worker:
        await worker.press("3", "c", "1", "question_mark")
        assert len(worker.app.screen_stack) == 2
        await worker.press("escape")
        assert len(worker.app.screen_stack) == 1
        assert (worker.view.mode, worker.view.fact) == ("changing", "investigation")
        await worker.press("escape")
        assert (worker.view.mode, worker.view.fact) == ("asking", None)
        await worker.press("slash", "x", "escape")
        assert (worker.focused, worker.interview.typed.value) == ("choices", "")
        await worker.press("escape", "escape")
        assert worker.answers == {"investigation": "concluded"}
        assert worker.app.is_running


async def test_escape_leaves_words_before_the_change_they_are_for(services: Services) -> None:
    """While words are typed for a change, the first Esc gives the keyboard back to the choices."""
    async with at_work(services) as worker:
        await worker.press("3", "c", "1", "slash", "x", "escape")
        assert (worker.view.mode, worker.focused) == ("changing", "choices")


async def test_back_leaves_a_change_without_an_answer(services: Services) -> None:
    """Backspace in a side mode goes back to the interview as it was."""
    async with at_work(services) as worker:
        await worker.stand(RETURNING)
        await worker.press("c", "backspace")
        assert (worker.view.mode, worker.answers) == ("asking", RETURNING)


async def test_an_answer_that_counts_again_is_said_to(services: Services) -> None:
    """Nothing that was answered before is used again in silence."""
    async with at_work(services) as worker:
        await worker.answer(
            {"investigation": "concluded", "goal": "return_home", "setting": "out_of_home"}
        )
        await worker.press("c")
        await worker.choose(Command.CHANGE, "goal")
        await worker.choose(Command.ANSWER, "adoption")
        await worker.press("c")
        await worker.choose(Command.CHANGE, "goal")
        await worker.choose(Command.ANSWER, "return_home")
        assert "used again" in worker.view.notice
