"""The nearest case in which another group is recommended, over every case and many with facts unknown."""

from itertools import combinations, product

import pytest

from assistant.engine.explain import answer, in_words, smallest_change
from assistant.engine.interview import UNSURE, Standing, replay
from assistant.engine.verdict import verdict
from assistant.guide.model import Guide, Slip
from tests.builders import EveryCase, answers, tiny_guide
from tests.examples import some


def given(guide: Guide, known: dict[str, str]) -> Standing:
    """Return an ended interview with these facts given and every question answered "not sure"."""
    return replay(guide, dict.fromkeys(guide.space.values, UNSURE), known)


def needed(guide: Guide, known: dict[str, str], group: str | None) -> dict[str, str]:
    """Return the smallest change, which there is for every group."""
    need = smallest_change(guide, given(guide, known), group)
    assert need is not None
    return need


def found_by_trying(every, known, group):
    """Return the nearest change, found by looking at all cases, with as few facts added as will do."""
    changes = {}
    for number, passage in enumerate(every.passages):
        if every.guide.outcomes[str(passage.outcome)].group == group:
            case = every.cases[number]
            changed = {fact: case[fact] for fact in known if case[fact] != known[fact]}
            changes[tuple(sorted(changed.items()))] = changed
    fewest = min(map(len, changes.values()))
    nearest = [changed for changed in changes.values() if len(changed) == fewest]
    changed = min(nearest, key=lambda one: by_likelihood(every.guide, known, one))
    return changed, min(
        fewest_added(every, {**known, **changed}, group),
        key=lambda one: by_likelihood(every.guide, known, one),
    )


def fewest_added(every, known, group):
    """Return the smallest sets of unknown facts that make sure of the group."""
    open_facts = [fact for fact in every.facts if fact not in known]
    for count in range(len(open_facts) + 1):
        sure = [
            dict(zip(names, values, strict=True))
            for names in combinations(open_facts, count)
            for values in product(*(every.guide.space.values[name] for name in names))
            if every.groups({**known, **dict(zip(names, values, strict=True))}) == {group}
        ]
        if sure:
            return sure
    raise AssertionError(known, group)


def by_likelihood(guide, known, facts):
    """Return where each fact stands in a list of all slips, the likeliest first."""
    anything = {fact: (None, *values) for fact, values in guide.space.values.items()}
    every_slip = [
        (slip.fact, said, meant)
        for slip in guide.about.slips
        for meant in guide.space.values[slip.fact]
        for said in anything[slip.fact]
        if (not slip.said or said in slip.said) and (not slip.meant or meant in slip.meant)
    ] + [
        (fact, said, meant)
        for fact, values in guide.space.values.items()
        for meant in values
        for said in anything[fact]
    ]
    first_places = {slip: place for place, slip in reversed(list(enumerate(every_slip)))}
    return sorted(first_places[fact, known.get(fact), value] for fact, value in facts.items())


def wrong_among(every, facts):
    """Return where what is said differs from what trying everything finds."""
    wrong = []
    for known in facts:
        now = every.groups(known)
        for group in set(every.guide.groups) - now:
            need = needed(every.guide, known, group)
            found = found_by_trying(every, known, group)
            changed, added = found
            if need != {**changed, **added} or {*list(need)[: len(changed)]} != {*changed}:
                wrong.append((known, group, need, found))
    return wrong


def test_nothing_nearer_is_found_by_trying_every_case(every):
    """Nor likelier, from any case in which every fact is known, whether or not it is asked."""
    assert wrong_among(every, every.cases) == []


@pytest.mark.sampled
def test_nothing_nearer_is_found_where_facts_are_unknown(every, partials):
    """An unknown fact costs nothing, and none is named that the group does not depend on."""
    assert wrong_among(every, some(partials[::17])) == []


def test_nothing_nearer_is_found_in_a_guide_with_other_ties():
    """Facts that bear on one another through a third, asked late, or never on the way."""
    guide = tiny_guide(
        "a: x>b y>c | b: x>one y>two | c: x>d y>two | d: x>one y>three",
        never=["a=x d=y", "b=x d=x c=x", "a=y c=x b=y"],
    )
    every = EveryCase(guide)
    assert wrong_among(every, every.partials()) == []


def test_making_the_change_makes_the_group_the_recommendation(guide, ended):
    """After any interview, "not sure" among its answers: the rest stays as it was."""
    wrong = []
    for standing in some(ended):
        for group in guide.groups:
            need = smallest_change(guide, standing, group)
            known = {**standing.known, **need} if need is not None else {}
            if answer(guide, known).verdict.group != group:
                wrong.append((standing.trail, group, need))
    assert wrong == []


def test_the_group_recommended_now_needs_nothing(guide, every):
    """Nothing would have to change for what is so already."""
    wrong = []
    for known in every.cases:
        standing = given(guide, known)
        need = smallest_change(guide, standing, verdict(guide, standing).group)
        if need != {}:
            wrong.append((known, need))
    assert wrong == []


def test_there_is_no_change_to_what_no_case_leads_to():
    """Such as "ask your supervisor" in a guide that names a group for every case."""
    never_refers = tiny_guide("a: x>one y>two")
    assert smallest_change(never_refers, given(never_refers, {"a": "x"}), None) is None


def test_another_kind_of_in_home_case_is_nearer_than_an_investigation_that_ended(guide):
    """Which takes a report, so that two facts would have to change."""
    known = answers(
        "investigation=none goal=maintain_home setting=other_in_home fins=without_report"
    )
    need = needed(guide, known, "in_home_family_preservation")
    assert need == {"setting": "voluntary_in_home"}


def test_what_cannot_stand_beside_a_change_changes_too(guide):
    """It is named, although the interview would not ask for it, and it counts."""
    known = answers("investigation=none goal=adoption fins=without_report")
    need = needed(guide, known, "assessment_investigation")
    assert need == {"investigation": "open", "fins": "other_fins", "need": "assessment"}


def test_a_tie_goes_to_the_likelier_slip():
    """By the guide's order of slips, before the order of facts and values."""
    guide = tiny_guide("a: x>b y>one | b: x>two y>one")
    known = answers("a=x b=x")
    assert needed(guide, known, "one") == {"a": "y"}
    likely = tiny_guide("a: x>b y>one | b: x>two y>one", slips=[Slip(fact="b", meant=("y",))])
    assert needed(likely, known, "one") == {"b": "y"}
    elsewhere = tiny_guide("a: x>b y>one | b: x>two y>one", slips=[Slip(fact="b", said=("y",))])
    assert needed(elsewhere, known, "one") == {"a": "y"}


def test_the_change_is_said_in_the_guides_words(guide):
    """Each fact is said as a supposition."""
    need = needed(guide, answers("investigation=concluded goal=adoption"), "reunification")
    assert in_words(guide, need) == guide.questions["goal"].options["return_home"].would


def test_it_is_found_from_anywhere_in_an_interview(guide, standings):
    """Also with questions open, and with "not sure" among the answers, nothing fails."""
    sample = standings[:: max(1, len(standings) // 200)]
    found = [smallest_change(guide, s, group) for s, group in product(sample, guide.groups)]
    assert None not in found
