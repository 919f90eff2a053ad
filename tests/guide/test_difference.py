"""What changes between two guides: told whole, in the fewest lines, and nothing else."""

import json
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.guide.earlier import (
    MOST_COMBINED,
    CaseRules,
    case_changes,
    earlier_guide,
    fewest_boxes,
    wording_changes,
)
from assistant.guide.facts import FactSpace
from tests.builders import shipped

DECISIONS = Path(__file__).parents[1] / "golden" / "decisions"
RULES = CaseRules(shipped().decision)


def boxes_of(values):
    sets = [
        [frozenset(some) for n in range(1, len(v) + 1) for some in combinations(v, n)]
        for v in values
    ]
    return list(product(*sets))


def held(box, values):
    return {p for p in product(*values) if all(v in s for v, s in zip(p, box, strict=True))}


@st.composite
def folds(draw):
    """A small space, with some of its cases."""
    values = {"a": ("0", "1", "2"), "b": ("0", "1"), "c": ("0", "1")}
    never = draw(st.sampled_from([[], [{"a": ("0",), "b": ("1",)}]]))
    space = FactSpace(values, never)
    cases = [tuple(case.values()) for case in space.cases()]
    return space, draw(st.sets(st.sampled_from(cases), min_size=1))


@given(folds())
def test_a_fold_covers_its_cases_alone_and_with_the_fewest_boxes(fold):
    space, points = fold
    values = tuple(space.values.values())
    others = {tuple(case.values()) for case in space.cases()} - points
    found = fewest_boxes(space, points)
    assert points <= set().union(*(held(box, values) for box in found))
    assert all(not held(box, values) & others for box in found)
    able = [
        held(box, values) & points for box in boxes_of(values) if not held(box, values) & others
    ]
    largest = [one for one in able if not any(one < other for other in able)]
    fewer = combinations({frozenset(one) for one in largest}, len(found) - 1)
    assert not any(points <= set().union(*some) for some in fewer)


@given(st.sets(st.tuples(*[st.sampled_from("0123456789")] * 4), min_size=1, max_size=5))
def test_a_fold_of_a_large_space_covers_its_cases_alone(points):
    space = FactSpace(dict.fromkeys("abcd", tuple("0123456789")), [])
    assert space.count() > MOST_COMBINED
    found = fewest_boxes(space, points)
    covered = set().union(*(set(product(*box)) for box in found))
    assert covered == points


def test_a_guide_does_not_differ_from_itself():
    guide = shipped().guide
    assert case_changes(RULES, RULES, guide) == ()
    assert wording_changes(guide, guide) == ()


@given(st.data())
def test_every_changed_case_is_in_a_line_that_tells_its_results(data):
    decision = json.loads(shipped().decision)
    for name in data.draw(st.sets(st.sampled_from(sorted(decision["outcomes"])), max_size=4)):
        decision["outcomes"][name] = [data.draw(st.sampled_from(["adoption", None])), "refer", []]
    new = CaseRules(json.dumps(decision))
    changes = case_changes(RULES, new, shipped().guide)
    for case in RULES.space.cases():
        pair = ((RULES.result(case),), (new.result(case),))
        told = {
            (change.was, change.now)
            for change in changes
            if all(case[fact] in values for fact, values in change.facts.items())
        }
        assert told == ({pair} if pair[0] != pair[1] else set())


def test_an_answer_that_is_new_is_told_with_what_it_leads_to():
    decision = json.loads(shipped().decision)
    decision["facts"]["need"].append("third")
    for ask, to in decision["nodes"].values():
        if ask == "need":
            to["third"] = next(iter(to.values()))
    new = CaseRules(json.dumps(decision))
    changes = case_changes(RULES, new, shipped().guide)
    assert changes
    assert all(change.was == () and change.facts["need"] == ("third",) for change in changes)
    gone = case_changes(new, RULES, shipped().guide)
    assert sum(change.cases for change in gone if not change.now) == 0


def test_release_1_is_held_against_today_by_what_its_answers_mean():
    loaded = shipped()
    text = (DECISIONS / "1.0.0.json").read_text(encoding="utf-8")
    earlier = earlier_guide(loaded, (DECISIONS / "1.0.0.hash").read_text(encoding="utf-8").strip())
    changes = case_changes(CaseRules(text), RULES, loaded.guide, earlier)
    other_group = {
        (was.group, now.group)
        for change in changes
        for was in change.was
        for now in change.now
        if len(change.now) == 1 and was.group != now.group
    }
    assert other_group == {("", "assessment_investigation")}
    assert {change.facts["need"] for change in changes if "need" in change.facts} == {
        ("assessment",),
        ("case_plan",),
    }


def test_changed_new_and_missing_wording_is_told_where_it_is():
    guide = shipped().guide
    goal = replace(guide.questions["goal"], hint="Another hint.")
    terms = dict(guide.glossary)
    term = terms.pop("removal", None) or terms.pop(next(iter(terms)))
    new = replace(guide, questions={**guide.questions, "goal": goal}, glossary=terms)
    found = {one.where: (one.was, one.now) for one in wording_changes(guide, new)}
    assert found.pop("questions.goal.hint") == (guide.questions["goal"].hint, "Another hint.")
    (gone,) = found.values()
    assert gone == (term.name, "")
    assert {one.was for one in wording_changes(new, guide)} == {"Another hint.", ""}
