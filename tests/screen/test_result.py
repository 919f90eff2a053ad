"""The result: the group or none, how sure it is and why, in words that stand on their own."""

import re

from assistant.commands import Command
from assistant.engine.interview import UNSURE
from assistant.services import Services
from tests.screen.worker import WIDE, at_work


async def test_every_outcome_is_told_whole(services: Services) -> None:
    """Each outcome shows its group, its reason, its warnings, and each group that also fits."""
    async with at_work(services) as worker:
        guide = worker.view.guide
        for name, outcome in guide.outcomes.items():
            await worker.stand(dict(services.loaded.proof.witnesses[name]))
            assert worker.result.outcomes == (name,)
            named = guide.groups[outcome.group].name if outcome.group else "No group"
            also = [guide.groups[fit.group].name for fit in (*outcome.also_fits, *outcome.nearest)]
            notes = [note.say for note in outcome.next]
            for words in (named, outcome.reason, *outcome.warnings, *also, *notes):
                assert words in worker.said, f"{name} does not say {words!r}"
            assert ("Check first" in worker.said) == bool(outcome.warnings)
            assert ("Also fits" in worker.said) == bool(outcome.also_fits)


async def test_every_group_is_recommended_or_ruled_out(services: Services) -> None:
    """All seven are named with the result, and each of the six others says why it is not the one."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        for group in worker.view.guide.groups.values():
            recommended = group.name == "Adoption Services"
            assert (f"• {group.name}. " in worker.said) != recommended
            assert group.name in worker.said


async def test_a_settled_result_says_so(services: Services) -> None:
    """The group stands alone, and can be recorded at once."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        assert (worker.result.status, worker.result.certainty) == ("recommended", "settled")
        assert "settle this" in worker.words
        assert "1 Record this group" in worker.words


async def test_a_judgement_warns_before_it_is_recorded(services: Services) -> None:
    """Facts that disagree are named, with what to check, in sight when the result appears."""
    async with at_work(services, WIDE) as worker:
        await worker.stand(
            {"investigation": "concluded", "goal": "maintain_home", "setting": "out_of_home"}
        )
        assert worker.result.certainty == "judgement"
        assert "Check first" in worker.words
        assert "disagree" in worker.words


async def test_what_to_check_stands_right_below_the_group(services: Services) -> None:
    """Before the reasons, and in sight in the usual window."""
    async with at_work(services) as worker:
        guide = worker.view.guide
        warned = [name for name, outcome in guide.outcomes.items() if outcome.warnings]
        for name in warned:
            await worker.stand(dict(services.loaded.proof.witnesses[name]))
            assert "Check first:" in worker.words
            assert worker.said.index("Check first:") < worker.said.index("Why: ")


async def test_help_explains_the_result_in_front(services: Services) -> None:
    """What it means, and what each line below it does; each kind in words of its own."""
    open_ = {"investigation": "open", "goal": "adoption", "need": UNSURE}
    said = []
    for answers in ({"investigation": "concluded", "goal": "adoption"}, {"goal": "other"}, open_):
        async with at_work(services, (90, 60)) as worker:
            await worker.stand({"investigation": "concluded", **answers})
            await worker.press("question_mark")
            said.append(worker.words)
    settled, refer, depends = said
    assert "This is the group that the documents give" in settled
    assert "“Record this group” saves this result with a case number" in settled
    assert "name no group for your answers" in refer
    assert "“It depends” means" in depends
    assert "“Choose one of these and continue” lets you pick a line" in depends
    assert (
        "“Record it as unresolved, to finish later” records that the group is not decided"
        in depends
    )


async def test_a_group_copied_before_the_end_says_so(services: Services) -> None:
    """The group is certain by then, its reasons and warnings are not."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "none", "goal": "return_home"})
        assert worker.view.standing.asking
        await worker.press("y")
        assert "The interview is not finished" in worker.words
        while worker.view.standing.asking:
            await worker.press("1")
        await worker.press("y")
        assert "Copied to the clipboard" in worker.words
        assert "The interview is not finished" not in worker.words


async def test_a_referral_names_no_group(services: Services) -> None:
    """Where the documents name none, the supervisor decides, and no group can be accepted."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "other"})
        assert (worker.result.status, worker.result.group) == ("refer", None)
        assert "No group" in worker.text
        assert "supervisor" in worker.text
        assert "Record this group" not in worker.text


async def test_an_open_fact_that_matters_gives_a_table(services: Services) -> None:
    """If one thing, this group, if another, that one; and where to look it up."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "open", "goal": "adoption", "need": UNSURE})
        assert worker.result.status == "depends"
        for words in ("It depends", "If ", "Where to look", "Adoption Services"):
            assert words in worker.said
        assert "Record this group" not in worker.text


async def test_an_open_fact_that_does_not_matter_changes_nothing(services: Services) -> None:
    """When every branch agrees the group stands, and the result says that it does."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "return_home", "setting": UNSURE})
        assert (worker.result.status, worker.result.group) == ("recommended", "reunification")
        assert "not sure" in worker.said
        assert "Record this group" in worker.text


async def test_looking_an_answer_up_resolves_what_it_depended_on(services: Services) -> None:
    """From the table, the open answer is changed, and the group is there."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "open", "goal": "adoption", "need": UNSURE})
        await worker.choose(Command.CHANGE)
        await worker.choose(Command.CHANGE, "need")
        await worker.choose(Command.ANSWER, "case_plan")
        assert worker.result.group == "adoption"


async def test_going_on_as_if_says_that_it_was_assumed(services: Services) -> None:
    """A line of the table can be taken as if it were so, which the result does not hide."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "open", "goal": "adoption", "need": UNSURE})
        await worker.choose(Command.ASSUME)
        await worker.press("1")
        assert worker.view.assumed == {"need"}
        assert "Assumed" in worker.words


async def test_the_verdict_is_not_shown_before_it_is_due(services: Services) -> None:
    """While a question is open no group is put forward, even when only one is still possible."""
    async with at_work(services) as worker:
        await worker.press("3", "1")
        assert worker.view.standing.asking == "setting"
        assert "┃" not in worker.text
        assert "Record" not in worker.text.replace("Records", "")


async def test_progress_is_true_at_every_step(services: Services) -> None:
    """Along every shortest way to an outcome, the number is right and no question comes after."""
    async with at_work(services) as worker:
        for name in (
            "fins_maintain_home_named_case",
            "adoption",
            "open_other",
            "no_goal_other_in_home",
        ):
            way = services.loaded.proof.witnesses[name]
            for number in range(len(way)):
                await worker.stand(dict(way[:number]))
                folded = str(worker.interview.folded.content)
                asked, most = re.findall("[0-9]+", folded)[:2]
                assert int(asked) == number + 1
                assert int(most) >= len(way)
                assert folded in worker.text
            await worker.stand(dict(way))
            assert f"Finished after {len(way)} question" in worker.text
