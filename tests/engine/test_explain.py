"""The groups as the answers leave them: possible, or ruled out, by what, and on whose words."""

from dataclasses import replace

import pytest

from assistant.engine.explain import groups_now, reasons
from assistant.engine.interview import replay
from assistant.guide.proof import groups_that_fit
from tests.builders import answers


@pytest.fixture(scope="session")
def views(guide, standings):
    """Give, for every place an interview can stand at, how each group is shown."""
    return [(s, view) for s in standings for view in groups_now(guide, s)]


def test_a_group_shown_possible_may_still_be_recommended(every, views):
    """At least one case that may be so leads to it."""
    assert [v for s, v in views if v.possible and v.group not in every.groups(s.known)] == []


def test_a_group_shown_ruled_out_is_recommended_by_no_completion(every, views):
    """No case that may be so leads to it."""
    assert [v for s, v in views if not v.possible and v.group in every.groups(s.known)] == []


def test_every_group_is_shown_in_the_guides_order(guide, standings):
    """All seven are there at every step."""
    shown = {tuple(view.group for view in groups_now(guide, s)) for s in standings}
    assert shown == {tuple(guide.groups)}


def test_a_group_ruled_out_says_why(views):
    """Something is said of each group that is out of reach."""
    assert [v for _, v in views if not v.possible and not v.because] == []


def test_a_group_whose_rule_is_not_met_comes_with_the_words_that_say_so(guide, every, views):
    """Where no case that may be so meets the group's rule, the rule's words are cited."""
    fitting = [groups_that_fit(guide, case) for case in every.cases]
    wrong = [
        (s.trail, v)
        for s, v in views
        if not v.possible
        and not v.cites
        and all(v.group not in fitting[number] for number in every.completing(s.known))
    ]
    assert wrong == []


def test_a_group_that_fits_and_comes_second_is_explained_by_the_outcome(guide):
    """Where a rule is met and another group goes first, the outcome says why."""
    standing = replay(guide, answers("investigation=open goal=no_goal"))
    (view,) = (view for view in groups_now(guide, standing) if view.group == "preventive")
    (beside,) = guide.outcomes["open_no_goal"].also_fits
    assert (view.because, view.cites) == (beside.reason, beside.cites)


def test_what_one_outcome_says_is_not_said_before_it_is_the_only_one(guide):
    """Until the goal is known, the answer that put a group out of reach says why it is ruled out."""
    standing = replay(guide, {"investigation": "open"})
    (view,) = (view for view in groups_now(guide, standing) if view.group == "preventive")
    (reason,) = reasons(guide, standing)
    assert (view.because, view.ruled_out_by, view.cites) == (reason.says, "investigation", ())


def test_the_fact_most_easily_mistaken_says_why_a_group_is_ruled_out(guide):
    """Of two facts against a rule: in a FINS case the report, in any other the goal."""
    words = "investigation=none goal=maintain_home setting=voluntary_in_home fins="
    found = {}
    for fins in ("other_fins", "no"):
        views = groups_now(guide, replay(guide, answers(f"{words}{fins}")))
        found[fins] = next(view.ruled_out_by for view in views if view.group == "preventive")
    assert found == {"other_fins": "fins", "no": "goal"}


def test_what_is_known_beforehand_rules_groups_out(guide, every, given_and_unsure):
    """Facts that were given count like answers, though no answer is named for them."""
    wrong = [
        (s.given, view)
        for s in given_and_unsure[::20]
        for view in groups_now(guide, s)
        if view.possible != (view.group in every.groups(s.given))
    ]
    assert wrong == []


def test_reasons_stand_in_the_order_asked(guide):
    """What was known comes first, then each answer that counts."""
    standing = replay(guide, answers("goal=adoption need=unsure"), answers("investigation=open"))
    assert [reason.fact for reason in reasons(guide, standing)] == ["investigation", "goal", "need"]


def test_a_group_that_no_result_names_is_ruled_out_at_once(guide):
    """Before anything is answered, too."""
    spare = replace(guide, groups={**guide.groups, "spare": next(iter(guide.groups.values()))})
    found = {view.group: view for view in groups_now(spare, replay(spare, {}))}
    assert not found["spare"].possible
    assert found["spare"].because
    assert found["spare"].ruled_out_by == ""
