"""The smallest change that would make another group the recommendation, over every case."""

from itertools import permutations, product

import pytest

from assistant.engine.explain import Need, in_words, smallest_change
from assistant.engine.interview import Standing, replay
from assistant.engine.verdict import verdict
from assistant.guide.model import Guide
from tests.builders import answers


@pytest.fixture(scope="session")
def definite(ended):
    """Return every ended interview in which nothing was answered "not sure"."""
    return [standing for standing in ended if not standing.unsure]


@pytest.fixture(scope="session")
def needs(guide, definite):
    """Give, for every such interview and every group, what the group would need."""
    return [
        (s, group, smallest_change(guide, s, group)) for s in definite for group in guide.groups
    ]


def test_every_group_can_be_reached_by_some_change(needs):
    """No group is out of reach for good."""
    assert [(s.trail, group) for s, group, need in needs if need is None] == []


def test_making_the_change_makes_the_group_the_recommendation(guide, needs):
    """Answering as the change says, the rest as before or not sure, leads to the group."""
    wrong = []
    for standing, group, need in needs:
        changed = {**dict(standing.trail), **need.facts}
        unsure = dict.fromkeys(guide.space.values, "unsure")
        result = verdict(guide, replay(guide, {**unsure, **changed}))
        if result.group != group:
            wrong.append((standing.trail, group, need))
    assert wrong == []


def test_the_group_recommended_now_needs_nothing(guide, needs):
    """Nothing would have to change for what is so already."""
    wrong = [
        (s.trail, need)
        for s, group, need in needs
        if verdict(guide, s).group == group and need.facts
    ]
    assert wrong == []


def test_no_smaller_set_of_changed_answers_would_do(guide, every, needs):
    """With fewer facts changed, no case that agrees with the rest leads to the group."""
    asked_by_end = [
        (passage.asked, guide.outcomes[str(passage.outcome)].group)
        for passage in {passage.asked: passage for passage in every.passages}.values()
    ]
    wrong = []
    for standing, group, need in needs:
        known = _settled(guide, standing)
        fewest = min(
            sum(known.get(fact, value) != value for fact, value in asked)
            for asked, found in asked_by_end
            if found == group
        )
        if len(need.changed) != fewest:
            wrong.append((standing.trail, group, need, fewest))
    assert wrong == []


def _settled(guide, standing):
    """Return what is known, and what follows from it."""
    lefts = {fact: guide.space.values_left(fact, standing.known) for fact in guide.space.values}
    return {fact: left[0] for fact, left in lefts.items() if len(left) == 1}


def test_changed_and_added_facts_are_told_apart(guide):
    """A fact answered otherwise now is changed; one not asked yet is added."""
    standing = replay(guide, answers("investigation=concluded goal=adoption"))
    need = needed(guide, standing, "assessment_investigation")
    assert (dict(need.changed), dict(need.added)) == (
        {"investigation": "open"},
        {"need": "assessment"},
    )


def test_a_tie_goes_to_the_fact_that_comes_first(guide):
    """Where two single changes would do, the one about the earlier fact is named."""
    standing = replay(
        guide, answers("investigation=concluded goal=none case_plan=developed setting=out_of_home")
    )
    need = needed(guide, standing, "assessment_investigation")
    assert need.facts == {"investigation": "open"}


def test_the_change_is_said_in_the_guides_words(guide):
    """Each fact is said as a supposition."""
    standing = replay(guide, answers("investigation=concluded goal=adoption"))
    need = needed(guide, standing, "reunification")
    assert in_words(guide, need) == guide.questions["goal"].options["return_home"].would


def test_it_is_found_from_anywhere_in_an_interview(guide, standings):
    """Also with questions open, and with "not sure" among the answers, nothing fails."""
    sample = standings[:: max(1, len(standings) // 200)]
    found = [smallest_change(guide, s, group) for s, group in product(sample, guide.groups)]
    assert None not in found


def test_every_pair_of_groups_has_a_way_between_them(guide, definite):
    """From an interview that ends in one group, each other group has its change."""
    ends = {verdict(guide, s).group: s for s in definite}
    ways = [bool(needed(guide, ends[a], b).facts) for a, b in permutations(guide.groups, 2)]
    assert all(ways)


def needed(guide: Guide, standing: Standing, group: str) -> Need:
    """Return the smallest change, which there is for every group."""
    need = smallest_change(guide, standing, group)
    assert need is not None
    return need
