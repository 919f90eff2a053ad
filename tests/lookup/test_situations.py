"""The situations in the guide: enough of them, short, sourced, and no part of the decision."""

import re

import pytest

from assistant.guide.loading import load_guide
from tests.builders import CONTENT, EveryCase, content_copy, edit, shipped

DECIDED_BY_THE_RULES = {
    "guardianship": {"goal": "other"},
    "relative_custody": {"goal": "other"},
    "trial_home_visit": {"goal": "return_home"},
    "home_again_goal_unchanged": {"goal": "return_home"},
    "fins_no_report": {},
    "fins_with_report": {"fins": "other_fins"},
    "fins_screened_out": {"investigation": "none", "fins": "other_fins"},
    "screened_out_report": {"investigation": "none"},
    "safety_plan_with_relatives": {},
    "protective_supervision": {"setting": "protective_supervision"},
    "voluntary_in_home": {"setting": "voluntary_in_home"},
    "newborn_reported": {"investigation": "open"},
    "finalized_adoption": {},
    "young_adult": {},
    "living_skills_other_goal": {},
    "concurrent_goals": {},
    "different_goals": {},
    "placed_no_plan": {"goal": "no_plan", "setting": "out_of_home"},
    "plan_due": {"goal": "no_plan"},
    "goal_under_review": {},
    "closing_case": {},
    "dependency": {"investigation": "open"},
    "alternative_response": {"investigation": "open"},
    "adult_participant": {},
    "group_of_members": {},
    "extended_family_at_home": {},
    "adoptive_family_at_home": {},
    "long_term_foster_care": {"goal": "planned_permanent_living"},
    "kinship_placement": {"setting": "out_of_home"},
    "hospital_or_detention": {},
    "ended_no_plan": {"investigation": "concluded", "goal": "no_plan"},
    "new_report_on_ongoing_case": {"investigation": "open"},
    "voluntary_placement": {"setting": "out_of_home"},
    "temporary_custody": {},
    "permanent_custody": {},
    "safe_haven": {},
    "prevention_plan": {},
    "plan_of_safe_care": {},
    "relative_has_custody": {},
    "home_study": {},
    "courtesy_supervision": {},
}
"""What decision-rules.md says of a situation, and so what it settles; no more than that."""


@pytest.mark.parametrize(("name", "facts"), DECIDED_BY_THE_RULES.items())
def test_a_situation_settles_what_the_rules_say(guide, name, facts):
    """It fills in no fact that the rules leave to the worker."""
    assert dict(guide.situations[name].facts) == facts


def test_there_are_enough_situations(guide):
    """Forty at least, each with several ways of saying it."""
    assert len(guide.situations) >= 40
    assert [name for name, found in guide.situations.items() if len(found.words) < 3] == []


def test_what_a_situation_means_is_short(guide):
    """Three sentences, and words that can be read at a glance."""
    long = [
        name
        for name, found in guide.situations.items()
        if len(re.findall(r"[.?!](?:\s|$)", found.means)) > 3 or len(found.means.split()) > 60
    ]
    assert long == []


def test_titles_tell_situations_apart(guide):
    """No two are called alike."""
    titles = [found.title.casefold() for found in guide.situations.values()]
    assert len(set(titles)) == len(titles)


def test_where_no_group_is_named_the_supervisor_is(guide, index):
    """A situation that mostly ends without a group says whom to ask."""
    for entry in index.entries:
        if entry.kind == "situation" and entry.refers:
            assert "supervisor" in entry.means, entry.id


def test_a_group_it_usually_leads_to_can_be_reached(guide):
    """Some case with the situation's facts ends in that group, or in one beside which it fits."""
    every = EveryCase(guide)
    for name, found in guide.situations.items():
        ends = {every.passages[n].outcome for n in every.completing(found.facts)}
        outcomes = [guide.outcomes[end] for end in ends]
        fitting = {o.group for o in outcomes} | {
            also.group for o in outcomes for also in o.also_fits
        }
        beside = {"finalized_adoption": {"adoption"}, "adoptive_family_at_home": {"adoption"}}
        assert {u.group for u in found.usually} <= fitting | beside.get(name, set()), name


def test_a_second_group_is_never_without_a_condition(guide):
    """Nobody has to guess which of the groups it is."""
    for name, found in guide.situations.items():
        assert all(usual.when for usual in found.usually[1:]), name


def test_files_stay_readable():
    """No file of situations is longer than can be looked over."""
    for path in (CONTENT / "situations").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 300, path.name
        assert max(map(len, lines)) <= 120, path.name


def test_a_situation_is_no_part_of_the_decision(tmp_path):
    """Changing one changes the guide's files, and not what the guide decides."""
    folder = content_copy(tmp_path)
    edit(folder, "situations/goals.yaml", "guardianship assistance", "guardianship payments")
    changed = load_guide(folder)
    assert changed.raw_hash != shipped().raw_hash
    assert changed.meaning_hash == shipped().meaning_hash
