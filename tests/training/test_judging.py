"""Every way through the shipped tree, with every answer that can be given to it."""

from dataclasses import replace

import pytest

from assistant.engine.interview import outcomes_within_reach, replay
from assistant.engine.verdict import clause_fits, fits
from assistant.training.judging import (
    Misreading,
    deciding_facts_between,
    explanations,
    grade_of,
    judge,
    misreadings_of,
)
from assistant.training.stories import Story, written_stories
from tests.builders import tiny_guide
from tests.training.trainee import every_pairing, story_of, syllabus

PAIRINGS = list(every_pairing())


def misread(story, chosen, rather=()):
    """Return the fork that an answer is put down to; there must be one."""
    found = judge(syllabus().guide, story, chosen, rather).misread
    assert found
    return found


def test_an_answer_is_right_exactly_where_it_is_the_outcomes_group():
    """No group is right only where the guide names none: then the supervisor is to be asked."""
    guide = syllabus().guide
    for story, chosen in PAIRINGS:
        found = judge(guide, story, chosen)
        assert (found.grade == "right") == (chosen == guide.outcomes[story.outcome].group)
        assert found.right == guide.outcomes[story.outcome].group
        assert found.chosen == chosen


def test_a_group_is_acceptable_exactly_where_a_judgement_says_it_also_fits():
    """Where the guide is settled, or refers, a group that also fits is still wrong."""
    guide = syllabus().guide
    graded = set()
    for story, chosen in PAIRINGS:
        outcome = guide.outcomes[story.outcome]
        fits = outcome.certainty == "judgement" and chosen in {o.group for o in outcome.also_fits}
        grade = judge(guide, story, chosen).grade
        graded.add(grade)
        assert chosen is None or (grade == "acceptable") == fits
    assert graded == {"right", "acceptable", "wrong"}


def test_asking_the_supervisor_is_acceptable_exactly_where_the_guide_judges_or_warns():
    """It is right where no group is named, and wrong where the documents settle the case."""
    guide = syllabus().guide
    for way in syllabus().paths:
        outcome = guide.outcomes[way.outcome]
        doubt = outcome.certainty == "judgement" or bool(outcome.warnings)
        wanted = "right" if outcome.group is None else "acceptable" if doubt else "wrong"
        assert judge(guide, story_of(way), None).grade == wanted


def test_a_settled_outcome_that_warns_accepts_the_supervisor_and_no_second_group():
    """A warning says to check something first, and asking is a way to do that."""
    guide = syllabus().guide
    warns = replace(guide.outcomes["open_no_plan"], warnings=("Check this first.",))
    warned = replace(guide, outcomes={**guide.outcomes, "open_no_plan": warns})
    answers = (None, "preventive", "assessment_investigation")
    assert [grade_of(warned, "open_no_plan", chosen) for chosen in answers] == [
        "acceptable",
        "wrong",
        "right",
    ]


def test_a_story_may_accept_more_than_its_outcome_does():
    """Support after an adoption: the group for adoption counts there, and in no other such story."""
    stories = {story.id: story for story in written_stories(syllabus().guide, syllabus().practice)}
    guide = syllabus().guide
    named, other = stories["after_the_adoption"], stories["family_came_by_itself"]
    assert named.outcome == other.outcome
    assert [judge(guide, story, "adoption").grade for story in (named, other)] == [
        "acceptable",
        "wrong",
    ]
    assert judge(guide, stories["entered_two_weeks_late"], None).grade == "acceptable"
    assert judge(guide, stories["newborn_beside_older_children"], None).grade == "wrong"


def test_a_case_as_the_explanation_needs_it_ends_in_the_chosen_group():
    """Taking the fork the other way, with all that such a case needs, makes the answer right."""
    guide = syllabus().guide
    for story, chosen in PAIRINGS:
        found = judge(guide, story, chosen)
        if found.grade == "right":
            assert (found.misread, dict(found.would)) == (None, {})
            continue
        assert found.misread, (story.facts, chosen)
        kept = {f: v for f, v in story.facts.items() if guide.space.stands({**found.would, f: v})}
        then = replay(guide, {}, {**kept, **found.would})
        assert {guide.outcomes[o].group for o in outcomes_within_reach(guide, then)} == {chosen}
        assert found.would[found.misread.fact] == found.misread.taken


def test_the_misread_fork_is_asked_in_that_story_and_said_otherwise():
    """What a story says of the fork is what it says, and never what it was taken for."""
    for story, chosen in PAIRINGS:
        found = judge(syllabus().guide, story, chosen)
        if found.misread:
            assert found.misread.said == found.facts[found.misread.fact] != found.misread.taken


def test_the_fork_blamed_is_one_that_the_two_groups_turn_on():
    """It is in the right group's clause that holds, parts two such, or is what the chosen one lacks."""
    guide = syllabus().guide
    for story, chosen in PAIRINGS:
        found = judge(guide, story, chosen)
        if found.misread is None:
            continue
        fact = found.misread.fact
        mine = clause_fits(guide, found.right, found.facts) if found.right else ()
        theirs = clause_fits(guide, chosen, found.facts) if chosen else ()
        in_rule = any(fit.holds and fact in fit.clause.facts for fit in mine)
        lacks = any(fact in fit.against for fit in theirs)
        parts = fact in {"need", "setting"} and (chosen is None or fits(guide, chosen, found.facts))
        other = found.right is None and fact in {"goal", "need"}
        need = fact == "need" and "investigation" in found.facts
        assert in_rule or lacks or parts or other or need, (found.facts, chosen, fact)


def test_one_fork_is_blamed_alone_wherever_one_that_decides_explains_alone():
    """Two changes are given only where no single one of the facts turned on leads to the answer."""
    guide = syllabus().guide
    for story, chosen in PAIRINGS:
        found = judge(guide, story, chosen)
        if found.misread is None:
            continue
        readings = misreadings_of(guide, found.facts)
        turns = deciding_facts_between(guide, found.facts, readings, (found.right, chosen))
        assert found.misread.fact in turns
        single = [r for r, groups in readings.items() if r.fact in turns and chosen in groups]
        if single:
            assert Misreading(found.misread.fact, found.misread.taken) in single


def test_what_is_misread_elsewhere_is_blamed_first():
    """An answer that two forks explain as surely is put down to the one that is suspected."""
    (way,) = [way for way in syllabus().paths if way.outcome == "concluded_no_plan"]
    story = story_of(way)
    blamed = {
        suspected: misread(story, "preventive", [suspected]).fact
        for suspected in ("investigation", "goal")
    }
    assert blamed == {"investigation": "investigation", "goal": "goal"}
    assert misread(story, "preventive").fact == "goal"


def test_what_is_sure_to_lead_to_an_answer_is_blamed_before_what_may():
    """Not even a suspected fork goes before one that explains the answer for certain."""
    readings = {
        Misreading("open", "x"): frozenset({"chosen", "other"}),
        Misreading("sure", "x"): frozenset({"chosen"}),
        Misreading("else", "x"): frozenset({"other"}),
    }
    found = explanations(readings, "chosen", rather=["open"])
    assert [reading.fact for reading in found] == ["sure", "open"]


def test_an_answer_that_no_case_leads_to_has_no_explanation():
    """Asking the supervisor where every case names a group misreads nothing."""
    guide = tiny_guide("a: x>end y>other")
    story = Story(
        id="one", paragraphs=("x.",), ask="?", facts={"a": "x"}, outcome="end", note="", made=False
    )
    found = judge(guide, story, None)
    assert (found.grade, found.misread, dict(found.would)) == ("wrong", None, {})


@pytest.mark.parametrize(
    ("outcome", "chosen", "fact", "said", "taken"),
    [
        ("open_no_plan", "preventive", "investigation", "open", "none"),
        ("return_home_out_of_home", "preventive", "goal", "return_home", "no_goal"),
        ("no_goal_voluntary", "assessment_investigation", "investigation", "none", "open"),
        ("goal_not_named", "adoption", "goal", "other", "adoption"),
        ("return_home_out_of_home", None, "goal", "return_home", "other"),
        ("fins_adoption", None, "goal", "adoption", "other"),
        ("open_plan_adoption", "preventive", "goal", "adoption", "no_goal"),
    ],
)
def test_the_fork_named_is_the_one_a_trainer_would_name(outcome, chosen, fact, said, taken):
    """A few wrong answers whose cause is plain."""
    story = next(story for story, _ in PAIRINGS if story.outcome == outcome)
    found = misread(story, chosen)
    assert (found.fact, found.said, found.taken) == (fact, said, taken)
