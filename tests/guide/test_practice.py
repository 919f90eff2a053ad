"""The cases written by hand: each ends where it says, and a reader learns nothing of a person."""

import re
from collections import Counter

import pytest

from assistant.engine.interview import replay
from assistant.records.privacy import personal_details
from assistant.training.content import SUPERVISOR_ID, Marks, load_practice
from assistant.training.judging import acceptable_answers
from tests.builders import CONTENT, DOCUMENTS, shipped

NAMED = {
    "agreed_dependency": "maintain_home_named_case",
    "youngest_sister_moves_in": "adoption",
    "class_for_the_mother_of_three": "return_home_out_of_home",
    "newborn_beside_older_children": "open_no_plan",
    "placed_ten_days_no_plan": "concluded_no_plan",
    "after_the_adoption": "no_goal_voluntary",
    "post_adoption_respite": "no_goal_other_in_home",
    "grandparents_seek_legal_custody": "goal_not_named",
    "fins_teenager_no_report": "no_goal_fins",
    "nineteen_with_an_apartment": "independent_living_in_home",
    "home_for_two_months": "return_home_in_home",
    "two_goals_fathers_treatment": "return_home_out_of_home",
    "father_in_the_hospital": "open_no_plan",
    "alternative_response_rent": "open_no_plan",
    "alternative_response_then_a_plan": "maintain_home_named_case",
    "nights_at_the_aunts": "maintain_home_other_in_home",
    "safety_plan_became_placement": "return_home_out_of_home",
    "cooking_class_but_going_home": "return_home_out_of_home",
    "adopted_teenager_at_risk": "maintain_home_named_case",
    "grandparents_by_family_arrangement": "no_goal_voluntary",
    "fins_case_with_screened_out_report": "maintain_home_named_case",
    "fins_report_screened_out_last_week": "no_goal_other_in_home",
    "review_in_two_weeks": "return_home_out_of_home",
    "voluntary_after_investigation": "maintain_home_named_case",
    "closing_next_month": "maintain_home_named_case",
    "one_class_for_four": "maintain_home_named_case",
    "sister_still_at_home": "maintain_home_named_case",
    "closed_last_friday": "concluded_no_plan",
    "entered_two_weeks_late": "open_no_plan",
    "order_names_another_goal": "return_home_out_of_home",
    "pc_granted_plan_not_amended": "return_home_out_of_home",
    "tc_ended_ps_ordered": "maintain_home_named_case",
    "everybody_knows_drug_screens": "return_home_out_of_home",
    "placed_at_the_mothers_request": "return_home_out_of_home",
    "signed_over_for_sixty_days": "no_goal_out_of_home",
    "safe_haven_newborn": "open_no_plan",
}
"""Situations that no set of cases may lack, and what decision-rules says of each."""

DAYS = {"Monday", "Tuesday", "Friday", "Saturdays", "January", "March", "April", "May", "June"}
CAPITALS = {"FINS", "TC", "PC", "PS", *DAYS}
"""Words with a capital inside a sentence that are nobody's name."""


@pytest.fixture(scope="module")
def practice():
    return load_practice(CONTENT, shipped().guide)


@pytest.fixture(scope="module", params=load_practice(CONTENT, shipped().guide).cases)
def case(request, practice):
    return practice.cases[request.param]


def words(text):
    return re.findall(r"[a-z0-9]+", text.casefold())


def runs(text, length):
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def sentences(text):
    return re.split(r"(?<=[.?!])\s+", text.strip())


def test_an_interview_about_the_story_ends_where_the_case_says(case):
    """The engine, given what the story supports, asks nothing more and ends in the outcome."""
    standing = replay(shipped().guide, case.facts)
    assert (standing.asking, [branch.place for branch in standing.branches]) == (
        None,
        [case.outcome],
    )


def test_there_are_enough_cases_for_every_group_and_for_none(practice):
    """At least forty; every group and the supervisor more than twice; every outcome once."""
    outcomes = shipped().guide.outcomes
    groups = Counter(outcomes[case.outcome].group for case in practice.cases.values())
    assert len(practice.cases) >= 40
    assert groups.keys() == {*shipped().guide.groups, None}
    assert min(groups.values()) > 2
    assert {case.outcome for case in practice.cases.values()} == set(outcomes)


def test_the_situations_workers_meet_are_there(practice):
    """Each awkward situation is told, and ends as the rules say."""
    assert {name: practice.cases[name].outcome for name in NAMED} == NAMED


def test_no_story_is_told_twice(practice):
    """Stories, and what is taught by them, differ."""
    cases = practice.cases.values()
    assert len({case.story for case in cases}) == len({case.note for case in cases}) == len(cases)


def test_a_story_is_short_and_so_is_its_note(case):
    """Three to six sentences tell it, a line asks, one or two teach."""
    assert 3 <= len(sentences(case.story)) <= 6
    assert case.ask.endswith("?")
    assert len(sentences(case.ask)) == 1
    assert 1 <= len(sentences(case.note)) <= 2


def test_a_story_tells_nothing_of_a_person(case):
    """The guard that the records have finds nothing, and no word but a group's looks like a name."""
    note = case.note
    for group in shipped().guide.groups.values():
        note = note.replace(group.name.removesuffix(" Services"), "").replace("Services", "")
    for text in (case.story, case.ask, note):
        assert personal_details(text) == []
        inside = re.findall(r"(?<![.?!:])\s([A-Z]\w+)", text)
        assert set(inside) <= CAPITALS


def test_a_story_does_not_give_its_group_away(case):
    """Neither story nor question says the name of a service group."""
    names = [
        group.name.casefold().removesuffix(" services") for group in shipped().guide.groups.values()
    ]
    told = f"{case.story} {case.ask}".casefold()
    allowed = {"adoption", "planned permanent living arrangement"}  # these are goals' names, too
    assert [name for name in names if name in told and name not in allowed] == []


def test_pairs_to_compare_lead_to_two_groups(practice):
    """There are a dozen pairs, and an answer that fits one story of a pair is not right for the other."""
    outcomes = shipped().guide.outcomes
    pairs = [
        (case, practice.cases[case.contrast]) for case in practice.cases.values() if case.contrast
    ]
    assert len(pairs) >= 24
    assert [
        (one.outcome, other.outcome)
        for one, other in pairs
        if outcomes[one.outcome].group == outcomes[other.outcome].group
    ] == []


def test_every_mark_is_on_more_than_one_story(practice):
    """Whoever goes by what a mark stands for can be told from a trainee who does not."""
    marks = Counter(
        mark
        for case in practice.cases.values()
        for mark, said in vars(case.marks).items()
        if said not in {None, "no"}
    )
    assert marks.keys() == set(vars(Marks()))
    assert min(marks.values()) >= 3


def test_no_answer_that_a_story_accepts_is_right_or_accepted_without_it(practice):
    """`acceptable` says something only where the outcome does not say it already."""
    guide = shipped().guide
    for case in practice.cases.values():
        beside = {None if answer == SUPERVISOR_ID else answer for answer in case.acceptable}
        assert beside.isdisjoint(
            {guide.outcomes[case.outcome].group, *acceptable_answers(guide, case.outcome)}
        )


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"the agency's documents are not in {DOCUMENTS}")
def test_a_story_repeats_no_sentence_of_the_documents(case):
    """Nine words in a row that stand in a document stand in no story and no note."""
    documents = [path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("*.txt")]
    carried = set().union(*(runs(text, 9) for text in documents))
    assert documents
    assert carried.isdisjoint(runs(case.story, 9) | runs(case.note, 9))
