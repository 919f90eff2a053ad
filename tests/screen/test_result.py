"""The result: the group or none, how sure it is and why, in words that stand on their own."""

import re

import pytest

from assistant.commands import Command
from assistant.engine.interview import NOT_ASKED, UNSURE
from assistant.engine.statements import Heading
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work


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


WORDS = {"settled": "Settled", "judgement": "Judgment call", "refer": "Ask your supervisor"}


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_the_first_page_of_every_outcome_is_complete(
    services: Services, size: tuple[int, int]
) -> None:
    """Without a key: the group, how sure, why, what to check, what to do next, and all six actions."""
    async with at_work(services, size) as worker:
        guide = worker.view.guide
        for name, outcome in guide.outcomes.items():
            await worker.stand(dict(services.loaded.proof.witnesses[name]))
            named = guide.groups[outcome.group].name if outcome.group else "No group is named"
            page = " ".join(" ".join(line[:78] for line in worker.lines).split())
            first = [*outcome.warnings[:1], *(note.say for note in outcome.next[:1])]
            for words in (named, WORDS[outcome.certainty], outcome.reason, *first):
                assert words in page, f"{name} hides {words!r}:\n{worker.text}"
            actions = worker.interview.choices.offered
            assert len(actions) == 6
            for number, choice in enumerate(actions, start=1):
                assert f"{number} {choice.label}" in page, f"{name}:\n{worker.text}"
            assert "More below" in page


async def test_each_certainty_has_its_own_mark_and_color(services: Services) -> None:
    """So it is told by a word, by a sign, and by a color."""
    async with at_work(services) as worker:
        found = set()
        for way in ({"goal": "adoption"}, {"goal": "return_home", "setting": "voluntary_in_home"}):
            await worker.stand({"investigation": "concluded", **way})
            row = worker.row_of("Services   ")
            strip = worker.app.screen._compositor.render_strips()[row]
            style = next(segment.style for segment in strip if "Services" in segment.text)
            found.add((worker.lines[row].split()[0], str(style.color if style else "")))
        await worker.stand({"investigation": "concluded", "goal": "other"})
        assert len(found) == len({mark for mark, _ in found}) == len({one for _, one in found}) == 2
        assert worker.lines[worker.row_of("No group is named")].split()[0] not in {
            mark for mark, _ in found
        }


async def test_more_is_read_by_its_key_and_leads_back(services: Services) -> None:
    """The other groups and the numbered sources follow below the first page."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        first, read = worker.text, []
        assert "[1]" in first
        for _ in range(20):
            await worker.press("m")
            if worker.text == first:
                break
            read.append(worker.words)
        assert worker.text == first
        assert any("Sources" in page for page in read)
        for group in worker.view.guide.groups.values():
            assert group.name in " ".join([first, *read])


JUDGMENT = {"investigation": "concluded", "goal": "return_home", "setting": "voluntary_in_home"}


async def test_reading_on_skips_nothing(services: Services) -> None:
    """In a small window the note names the actions below, and the key for more leads through them."""
    async with at_work(services, SMALL) as worker:
        await worker.stand(JUDGMENT)
        assert re.search(r"More below: [1-5]-6, .*sources \(m\)", worker.lines[-2])
        read = set(_rows(worker))
        for _ in range(20):
            await worker.press("m")
            read.update(_rows(worker))
        await worker.resize((60, 200))
        for _ in range(2):
            assert set(_rows(worker)) <= read
            await worker.press("m")


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_many_cases_are_told_in_short_first_and_in_full_below(
    services: Services, size: tuple[int, int]
) -> None:
    """Each value of the goal with the groups it leaves, then every action, then every case."""
    async with at_work(services, size) as worker:
        await worker.stand({"investigation": "concluded", "goal": UNSURE, "setting": UNSURE})
        goals = worker.view.guide.questions["goal"].options.values()
        assert all(f"{goal.short} →" in worker.words for goal in goals)
        pages = [worker.words]
        for _ in range(20):
            await worker.press("m")
            pages.append(worker.words)
        read = " ".join(pages)
        assert all(choice.label in read for choice in worker.interview.choices.offered)
        cases = [one.only_if for one in worker.view.said if one.about == Heading.DEPENDS]
        assert len(cases) > 2
        assert all(case in read for case in cases)


def _rows(worker: Worker) -> list[str]:
    """Return the rows between the line of places and the note, without the scrollbar."""
    return [line[:57].strip() for line in worker.lines[1:-2]]


async def test_only_the_first_page_names_what_is_below(services: Services) -> None:
    """Once that is being read, the note says that there is more, and the line of places stays apart."""
    async with at_work(services) as worker:
        await worker.stand(JUDGMENT)
        assert "More below: other groups, sources (m)" in worker.text
        for _ in range(2):
            await worker.press("m")
            assert "More below (m)" in worker.text
            assert worker.lines[1] == ""


async def test_sources_hang_alike_with_two_digits(services: Services) -> None:
    """The words of the tenth begin where those of the first do."""
    async with at_work(services, (80, 200)) as worker:
        await worker.stand({**JUDGMENT, "setting": "out_of_home"})
        await worker.press("m")
        rows = [line for line in worker.lines if re.match(r" +\[[0-9]+\]", line)]
        assert len(rows) >= 10
        assert {re.match(r" +\[[0-9]+\] +", line).end() for line in rows} == {8}  # type: ignore[union-attr]
        after = worker.lines[worker.lines.index(rows[9]) + 1]
        assert len(after) - len(after.lstrip()) == 8


async def test_a_reason_that_does_not_always_hold_is_below_its_condition(
    services: Services,
) -> None:
    """And where no next step holds in every case, the first page says what to find out."""
    async with at_work(services) as worker:
        await worker.stand({**JUDGMENT, "setting": UNSURE})
        ask = worker.view.guide.questions["setting"].ask
        assert re.search(r"^ {3}Why +If .*:\n +The goal", worker.text, re.MULTILINE)
        assert re.search(rf"^ {{3}}Find out +{re.escape(ask)}", worker.text, re.MULTILINE)
        assert "6  New interview" in worker.text


async def test_answers_in_one_row_are_broken_between_them(services: Services) -> None:
    """None is torn apart at the end of a row."""
    async with at_work(services, SMALL) as worker:
        await worker.stand({**JUDGMENT, "setting": UNSURE})
        assert _rows(worker)[1:3] == [
            "Investigation: ended · Goal: return home",
            "Setting: not sure",
        ]


async def test_every_other_group_says_why_it_is_not_the_one(services: Services) -> None:
    """Each of the six others has a line of its own."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        for group in worker.view.guide.groups.values():
            recommended = group.name == "Adoption Services"
            assert (f"– {group.name}. " in worker.said) != recommended


async def test_a_settled_result_says_so(services: Services) -> None:
    """The group stands alone, and can be recorded at once."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        assert (worker.result.status, worker.result.certainty) == ("recommended", "settled")
        assert "Settled" in worker.words
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
    assert "“Record this group”" in settled
    assert "“Record: supervisor will decide”" in refer
    assert "“Choose one of these and continue”" in depends
    assert len({words[:200] for words in said}) == 3


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
        for words in ("groups are possible", "If ", "Where ", "Adoption Services"):
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
        assert f"Judgment call {worker.view.only_if}" in worker.words


async def test_it_depends_shows_every_branch_and_its_actions_at_once(services: Services) -> None:
    """Both conditions with their groups, where to look, and lines of its own, on the first page."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "open", "goal": "adoption", "need": UNSURE})
        page = worker.words
        assert len(worker.result.rows) == 2
        for row in worker.result.rows:
            group = worker.view.guide.outcomes[row.outcomes[0]].group
            assert worker.view.guide.groups[group or ""].name in page
        assert page.count(" If ") == 2
        for number, choice in enumerate(worker.interview.choices.offered, start=1):
            assert f"{number} {choice.label}" in page
        assert [choice.command for choice in worker.interview.choices.offered[:2]] == [
            Command.CHANGE,
            Command.ASSUME,
        ]


SO_FAR = {"investigation": "concluded", "goal": "return_home"}


async def test_a_certain_group_is_shown_before_the_end(services: Services) -> None:
    """As soon as every open answer leads to it, above the question that is still asked."""
    async with at_work(services) as worker:
        await worker.press("3")
        assert "so far" not in worker.words
        await worker.press("1")
        assert worker.view.standing.asking == "setting"
        assert worker.row_of("Reunification Services so far") < worker.row_of("Where was the child")
        assert "Record this group" not in worker.text


async def test_the_answer_can_be_taken_at_once(services: Services) -> None:
    """The question left counts as not asked, and the result is as sure as the least sure one possible."""
    async with at_work(services) as worker:
        await worker.stand(SO_FAR)
        await worker.press("a")
        assert (worker.result.group, worker.result.certainty) == ("reunification", "judgement")
        assert worker.answers["setting"] == NOT_ASKED
        assert "not asked" in worker.words
        await worker.choose(Command.RECORD, "reunification")
        await worker.fill(case_number="1", whom="child 1", service="visits")
        await worker.press("ctrl+s")
        (entry,) = worker.entries()
        assert entry.answers == {**SO_FAR, "setting": NOT_ASKED}
        assert (entry.recommended, entry.certainty) == ("reunification", "judgement")


async def test_an_answer_taken_too_soon_is_given_back(services: Services) -> None:
    """Back asks what was skipped, and so does another answer that needs it."""
    async with at_work(services) as worker:
        await worker.stand(SO_FAR)
        await worker.press("a", "backspace")
        assert (worker.answers, worker.view.standing.asking) == (SO_FAR, "setting")
        await worker.press("a", "c")
        await worker.choose(Command.CHANGE, "goal")
        await worker.choose(Command.ANSWER, "maintain_home")
        assert worker.view.standing.asking == "setting"


async def test_nothing_is_taken_while_groups_differ(services: Services) -> None:
    """The key does nothing until one group is left."""
    async with at_work(services) as worker:
        await worker.press("3", "a")
        assert worker.answers == {"investigation": "concluded"}
        assert worker.view.standing.asking == "goal"


async def test_the_next_child_begins_with_the_same_answers(services: Services) -> None:
    """As an interview of its own, which changes nothing of the one before."""
    async with at_work(services) as worker:
        await worker.stand({"investigation": "concluded", "goal": "adoption"})
        before = worker.view.id
        await worker.choose(Command.NEXT_CHILD)
        assert worker.view.id != before
        assert worker.answers == {"investigation": "concluded", "goal": "adoption"}
        assert worker.focused == "case_number"


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
                note = str(worker.interview.note.content)
                asked, most = re.findall("[0-9]+", note)[:2]
                assert int(asked) == number + 1
                assert int(most) >= len(way)
                assert note in worker.text
            await worker.stand(dict(way))
            assert "Question" not in str(worker.interview.note.content)


async def test_progress_keeps_its_form_after_not_sure(services: Services) -> None:
    """How many questions there may be is said then too, and how many groups are still possible."""
    async with at_work(services, SMALL) as worker:
        await worker.stand({"investigation": "none", "goal": UNSURE})
        assert re.search(r"Question 3 of up to [0-9] · [0-9] groups possible", worker.text)
        await worker.stand(SO_FAR)
        assert "possible" not in worker.text


async def test_otherwise_stands_where_if_does(services: Services) -> None:
    """The group that it leads to is beside it."""
    facts = {"investigation": "none", "goal": "maintain_home", "setting": "other_in_home"}
    async with at_work(services) as worker:
        await worker.stand({**facts, "fins": UNSURE})
        assert re.search(r"^ {3}If  +\w", worker.text, re.MULTILINE)
        assert re.search(r"^ {3}Otherwise  +\w", worker.text, re.MULTILINE)
