""" "Not sure": every branch left open is followed, and only what still matters is asked."""

import pytest

from assistant.engine.interview import UNSURE, outcomes_within_reach, replay
from assistant.engine.verdict import least_sure, verdict
from tests.builders import answers, tiny_guide


def ends_of(standing):
    return {branch.place for branch in standing.branches}


@pytest.fixture(scope="session")
def interviews(ended, given_and_unsure):
    """Return every ended interview: all that can be answered, and all that can be known beforehand."""
    return [*ended, *given_and_unsure]


def test_an_interview_ends_however_little_is_known(given_and_unsure):
    """With every question answered "not sure", the interview still ends."""
    assert [s.given for s in given_and_unsure if s.asking is not None] == []


def test_every_branch_of_an_ended_interview_is_at_an_outcome(guide, interviews):
    """No branch is left waiting where the interview asks nothing more."""
    assert [s for s in interviews if not ends_of(s) <= guide.outcomes.keys()] == []


def test_what_may_come_of_known_facts_is_the_union_over_their_completions(every, given_and_unsure):
    """With some facts known and the rest not, the ends are those of all cases that may be so."""
    wrong = [s.given for s in given_and_unsure if ends_of(s) != every.outcomes(s.given)]
    assert wrong == []


def test_what_may_come_of_answers_is_the_union_over_their_completions(every, ended):
    """The same holds for answers given in the interview, whichever of them are "not sure"."""
    assert [s.trail for s in ended if ends_of(s) != every.outcomes(s.known)] == []


def test_the_groups_are_those_of_the_completions(guide, every, interviews):
    """The verdict names the groups of the cases that may be so, and no other."""
    wrong = [
        s
        for s in interviews
        if {guide.outcomes[row.outcomes[0]].group for row in verdict(guide, s).rows}
        != every.groups(s.known)
    ]
    assert wrong == []


def test_only_questions_that_can_matter_are_asked(every, standings):
    """Of two cases that may be so and differ in the fact asked for alone, some end apart."""
    asked = [s for s in standings if s.asking]
    assert [s.trail for s in asked if not every.matters(str(s.asking), s.known)] == []


def test_known_facts_leave_only_questions_that_can_matter(every, given_and_unsure):
    """The same holds whatever is known beforehand."""
    pointless = [
        (s.given, fact)
        for s in given_and_unsure
        for fact, _ in s.trail
        if not every.matters(fact, s.given)
    ]
    assert pointless == []


def test_an_interview_ends_only_when_nothing_left_to_ask_matters(every, ended):
    """Of two cases alike in all that was asked, "not sure" or not, none ends apart."""
    early = []
    for s in ended:
        ends: dict[tuple[str, ...], set[str | None]] = {}
        for number in every.completing(s.known):
            answered = tuple(every.cases[number][fact] for fact in s.unsure)
            ends.setdefault(answered, set()).add(every.passages[number].outcome)
        if any(len(some) > 1 for some in ends.values()):
            early.append(s)
    assert early == []


def test_when_all_branches_agree_the_group_stands(guide, every, interviews):
    """Where each case that may be so has the same group, that group is recommended all the same."""
    wrong = [
        s
        for s in interviews
        if len(groups := every.groups(s.known)) == 1
        and _said(guide, s)[:2] != ("refer" if None in groups else "recommended", *groups)
    ]
    assert wrong == []


def _said(guide, standing):
    said = verdict(guide, standing)
    return said.status, said.group, said.certainty


def test_the_certainty_is_that_of_the_least_sure_outcome(guide, every, interviews):
    """A group that stands is as sure as the least sure of the outcomes it may come from."""
    wrong = [
        s
        for s in interviews
        if (said := verdict(guide, s)).status != "depends"
        and said.certainty
        != least_sure(guide.outcomes[end].certainty for end in every.outcomes(s.known))
    ]
    assert wrong == []


def test_when_branches_differ_it_depends(guide, every, interviews):
    """Where cases that may be so have different groups, none is named."""
    wrong = [
        s
        for s in interviews
        if len(every.groups(s.known)) > 1 and _said(guide, s) != ("depends", None, None)
    ]
    assert wrong == []


def test_refer_is_least_sure():
    """No group named promises less than a judgement, and that less than what is settled."""
    order = [least_sure(["settled", "judgement"]), least_sure(["settled", "refer", "judgement"])]
    assert order == ["judgement", "refer"]


def test_not_sure_about_what_is_implied_later_does_no_harm(guide):
    """A later answer can settle what the worker was not sure of."""
    given = answers("investigation=unsure goal=adoption fins=without_report")
    standing = replay(guide, given)
    assert outcomes_within_reach(guide, standing) == ("fins_adoption",)


def test_not_sure_counts_as_an_answer(guide):
    """After "not sure" the interview goes on to the next question."""
    assert replay(guide, {"investigation": UNSURE}).trail == (("investigation", UNSURE),)


def test_not_sure_between_two_orders_of_questions():
    """Branches that ask for the same facts in another order are all followed to their ends."""
    tiny = tiny_guide(
        "a: x>b y>c.2 | b: x>one y>c | c: x>one y>two | b.2: x>two y>one | c.2: x>one y>b.2"
    )
    standing = replay(tiny, dict.fromkeys("abc", UNSURE))
    assert ends_of(standing) == {"one", "two"}
