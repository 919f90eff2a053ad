"""The answer from facts given at once: that of the interview, for every set of facts that can be so."""

import pytest

from assistant.engine.explain import NONE_FOR_SOME, answer, facts_used
from assistant.engine.interview import UNSURE, replay
from assistant.engine.verdict import verdict
from assistant.guide.proof import follow, groups_that_fit
from tests.builders import answers, tiny_guide
from tests.examples import LARGE
from tests.examples import some as share


@pytest.fixture(scope="session")
def complete(guide, every):
    """Return every complete case with the answer to it and the outcome the tree leads to."""
    return [
        (case, answer(guide, case), guide.outcomes[passage.outcome], passage.asked)
        for case, passage in zip(every.cases, every.passages, strict=True)
    ]


@pytest.fixture(scope="session")
def some(guide, partials):
    """Return a share of every set of facts, complete or not, with the answer to each."""
    return [(known, answer(guide, known)) for known in share(partials[::7])]


@pytest.mark.sampled
def test_there_are_cases_enough(complete, some):
    """The tests below walk over all of them."""
    assert (len(complete), len(some)) == (448, 270 if LARGE else 54)


def test_a_complete_case_is_answered_as_the_tree_says(complete):
    """Group, certainty and warnings are those of the outcome."""
    wrong = [
        case
        for case, found, outcome, _ in complete
        if (found.verdict.group, found.verdict.certainty, found.warnings)
        != (outcome.group, outcome.certainty, outcome.warnings)
    ]
    assert wrong == []


def test_what_also_fits_is_what_the_outcome_names(complete):
    """In the outcome's words, since nothing is open."""
    wrong = [
        case
        for case, found, outcome, _ in complete
        if [(fit.group, fit.reason) for fit in found.also_fits]
        != [(fit.group, fit.reason) for fit in outcome.also_fits]
    ]
    assert wrong == []


def test_the_reasons_are_the_interviews_answers(complete):
    """What the interview would ask of that case counts, in its order; the rest is set aside."""
    wrong = [
        case
        for case, found, _, asked in complete
        if tuple((reason.fact, reason.answer) for reason in found.reasons) != asked
        or set(found.set_aside) != case.keys() - dict(asked).keys()
    ]
    assert wrong == []


def test_a_complete_case_is_answered_as_in_an_interview(guide, complete):
    """Answering each question as it is asked ends in the same verdict and asks for the same facts."""
    wrong = []
    for case, found, _, _ in complete:
        standing = replay(guide, case)
        result = verdict(guide, standing)
        asked = [fact for fact, _ in standing.trail]
        if result != found.verdict or asked != [reason.fact for reason in found.reasons]:
            wrong.append(case)
    assert wrong == []


def test_a_complete_case_leaves_nothing_open(complete):
    """It is answered for good."""
    assert [case for case, found, _, _ in complete if found.open] == []


@pytest.mark.sampled
def test_every_group_is_possible_or_ruled_out(guide, some):
    """And none is both."""
    wrong = [
        known
        for known, found in some
        if sorted([*found.possible, *(out.group for out in found.ruled_out)])
        != sorted(guide.groups)
    ]
    assert wrong == []


@pytest.mark.sampled
def test_the_possible_groups_are_those_of_the_cases_that_may_be_so(every, some):
    """Each of them is recommended in some such case, and no other is."""
    wrong = [known for known, found in some if {*found.possible} != every.groups(known) - {None}]
    assert wrong == []


@pytest.mark.sampled
def test_the_status_says_how_many_groups_there_may_be(every, some):
    """One: recommended; none: refer; several, or perhaps none: it depends."""
    for known, found in some:
        groups = every.groups(known)
        status = "depends" if len(groups) > 1 else "refer" if None in groups else "recommended"
        assert found.verdict.status == status, known


@pytest.mark.sampled
def test_that_no_group_may_be_named_is_warned_of(every, some):
    """A list of groups that are possible could not say so."""
    wrong = [
        known
        for known, found in some
        if (NONE_FOR_SOME in found.warnings) != (None in every.groups(known) > {None})
    ]
    assert wrong == []


@pytest.mark.sampled
def test_every_warning_that_may_apply_is_given(guide, every, some):
    """With words before it, where it holds for only some of the cases."""
    wrong = []
    for known, found in some:
        said = {
            warning for end in every.outcomes(known) for warning in guide.outcomes[end].warnings
        }
        here = [warning for warning in found.warnings if warning != NONE_FOR_SOME]
        if {w for w in said if any(text.endswith(w) for text in here)} != said or len(here) != len(
            said
        ):
            wrong.append(known)
    assert wrong == []


def test_words_that_hold_in_every_case_begin_with_no_condition(guide):
    """What is open there makes no difference to them."""
    found = answer(guide, answers("investigation=open goal=no_goal"))
    assert [fit.reason for fit in found.also_fits] == [
        fit.reason for fit in guide.outcomes["open_no_goal"].also_fits
    ]


def test_words_that_hold_in_some_cases_say_in_which(guide):
    """A warning about a child in care is not said of every child."""
    found = answer(guide, answers("investigation=none goal=maintain_home fins=no"))
    assert found.warnings
    assert all(warning.startswith("If the child was ") for warning in found.warnings)


def test_words_that_hold_in_many_cases_do_not_list_them(guide):
    """Nobody keeps five conditions in mind."""
    warnings = answer(guide, {}).warnings
    assert warnings
    assert all(one.startswith(("In some cases", "If ", "Unless ")) for one in warnings)
    assert all(
        warning.count(
            "Return for each outcome what is so of every case that ends there: `where the goal is ...`."
        )
        < 2
        for warning in warnings
    )


@pytest.mark.sampled
def test_facts_set_aside_make_no_difference(guide, some):
    """Without them the answer is the same."""
    wrong = []
    for known, found in some:
        used = {reason.fact: reason.answer for reason in found.reasons}
        less = answer(guide, used)
        if (less.verdict, less.possible, less.warnings) != (
            found.verdict,
            found.possible,
            found.warnings,
        ):
            wrong.append(known)
    assert wrong == []


@pytest.mark.sampled
def test_reasons_and_facts_set_aside_are_the_facts_given(some):
    """Each fact given is one or the other."""
    wrong = [
        known
        for known, found in some
        if {*found.set_aside} | {reason.fact for reason in found.reasons} != known.keys()
        or len(found.set_aside) + len(found.reasons) != len(known)
    ]
    assert wrong == []


def test_a_fact_from_which_another_follows_counts(guide):
    """With no report there was no investigation, so FINS decides though it is not asked first."""
    given = answers("fins=without_report goal=no_plan setting=out_of_home")
    assert facts_used(guide, given) == ("fins", "goal", "setting")


def test_of_two_facts_that_settle_the_same_one_counts():
    """Where either would do, the later one is not needed."""
    tree = "a: x>c y>end | c: x>d y>other | d: x>end y>other"
    guide = tiny_guide(tree, never=["a=y c=y", "a=y d=y"])
    assert facts_used(guide, {"c": "y", "d": "y"}) == ("c",)


@pytest.mark.sampled
def test_every_open_fact_makes_a_difference(every, some):
    """Two cases that differ in nothing else end apart."""
    wrong = [
        (known, one.fact)
        for known, found in some
        for one in found.open
        if not every.matters(one.fact, known)
    ]
    assert wrong == []


@pytest.mark.sampled
def test_each_value_of_an_open_fact_says_which_groups_are_left(guide, every, some):
    """For just the values that can stand beside the facts given."""
    wrong = []
    for known, found in some:
        for one in found.open:
            left = {
                value: every.groups({**known, one.fact: value}) - {None}
                for value in guide.space.values_left(one.fact, known)
            }
            if {value: set(groups) for value, groups in one.then.items()} != left:
                wrong.append((known, one.fact))
    assert wrong == []


@pytest.mark.sampled
def test_what_a_group_would_need_makes_it_the_one(guide, some):
    """With those facts changed or added and the others as given, the group is recommended."""
    wrong = []
    for known, found in some:
        for out in found.ruled_out:
            then = {**known, **out.would_need}
            if not guide.space.stands(then) or answer(guide, then).verdict.group != out.group:
                wrong.append((known, out))
    assert wrong == []


@pytest.mark.sampled
def test_every_group_ruled_out_says_why_and_what_it_would_need(some):
    """No group is out of reach for good, and none is dismissed without a word."""
    wrong = [
        (known, out)
        for known, found in some
        for out in found.ruled_out
        if not out.because or not out.would_need
    ]
    assert wrong == []


@pytest.mark.sampled
def test_a_group_that_also_fits_says_so_among_those_ruled_out(guide, every, some):
    """For sure where its rule is met in every case that may be so, and perhaps where in some."""
    fitting = [groups_that_fit(guide, case) for case in every.cases]
    wrong = []
    for known, found in some:
        cases = [fitting[number] for number in every.completing(known)]
        for out in found.ruled_out:
            count = sum(out.group in groups for groups in cases)
            sure = out.because.startswith("It also fits.")
            perhaps = out.because.startswith("It may also fit.")
            if sure != (count == len(cases)) or perhaps != (0 < count < len(cases)):
                wrong.append((known, out))
    assert wrong == []


@pytest.mark.sampled
def test_groups_that_also_fit_are_ruled_out(some):
    """A group that is still possible is not said to come second."""
    wrong = [
        known
        for known, found in some
        if {fit.group for fit in found.also_fits} - {out.group for out in found.ruled_out}
    ]
    assert wrong == []


def test_groups_near_a_case_without_a_group_are_explained(guide):
    """What speaks for and against them stands beside what rules them out."""
    found = answer(guide, answers("goal=other investigation=concluded"))
    near = {beside.group: beside.reason for beside in guide.outcomes["goal_not_named"].nearest}
    said = {out.group: out.because for out in found.ruled_out}
    assert near
    assert all(reason in said[group] for group, reason in near.items())


def test_a_fact_that_is_not_known_counts_as_not_given(guide):
    """It is among the open ones, not among those set aside."""
    found = answer(guide, {"goal": "adoption", "need": UNSURE, "setting": UNSURE})
    assert found == answer(guide, {"goal": "adoption"})


def test_the_order_in_which_facts_are_given_makes_no_difference(guide):
    """An answer is about facts, not about how they were typed."""
    text = "setting=out_of_home goal=return_home fins=no investigation=none"
    facts = answers(text)
    assert answer(guide, facts) == answer(guide, dict(reversed(facts.items())))


def test_every_case_agrees_with_the_passage_through_the_tree(guide, every):
    """The facts that count are those met on the way."""
    wrong = [
        case
        for case in every.cases
        if facts_used(guide, case) != tuple(fact for fact, _ in follow(guide, case).asked)
    ]
    assert wrong == []
