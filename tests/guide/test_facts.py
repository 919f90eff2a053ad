"""Which facts can stand together, held against trying every combination."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assistant.guide.facts import FactSpace

VALUES = {"a": ("x", "y"), "b": ("x", "y"), "c": ("x", "y", "z"), "d": ("x", "y")}

A_CONDITION = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from([("x",), ("y",)]), min_size=1, max_size=2
)
RULES = st.lists(A_CONDITION, max_size=4)
KNOWN = st.fixed_dictionaries({}, optional={f: st.sampled_from(v) for f, v in VALUES.items()})


def standing(never):
    """Return every combination that no rule excludes."""
    every = (dict(zip(VALUES, some, strict=True)) for some in product(*VALUES.values()))
    return [case for case in every if not any(_within(rule, case) for rule in never)]


def _within(rule, case):
    return all(case[fact] in values for fact, values in rule.items())


def holding(never, known):
    return [case for case in standing(never) if known.items() <= case.items()]


@given(RULES)
def test_the_cases_are_those_that_no_rule_excludes(never):
    """Each rule excludes just the combinations in which all of its facts have a value it names."""
    assert list(FactSpace(VALUES, never).cases()) == standing(never)


@given(RULES, KNOWN)
def test_facts_can_stand_when_some_case_holds_them(never, known):
    """What is known can stand if the facts still open can be chosen to go with it."""
    assert FactSpace(VALUES, never).stands(known) == bool(holding(never, known))


@given(RULES, KNOWN)
def test_the_values_left_are_those_of_the_cases_left(never, known):
    """Through any chain of rules, a fact keeps just the values that some case left over has."""
    cases = holding(never, known)
    left = {
        fact: tuple(value for value in values if value in {case[fact] for case in cases})
        for fact, values in VALUES.items()
    }
    space = FactSpace(VALUES, never)
    assert not cases or {fact: space.values_left(fact, known) for fact in VALUES} == left


def test_a_chain_of_rules_is_followed():
    """One fact can settle another through a third that is open."""
    space = FactSpace(
        {"a": ("x", "y"), "b": ("x", "y"), "c": ("x", "y")},
        [{"a": ("x",), "b": ("x",)}, {"b": ("y",), "c": ("x",)}],
    )
    assert space.values_left("c", {"a": "x"}) == ("y",)


def test_the_broken_rule_is_named():
    """Facts that cannot stand together are told by the rule that says so."""
    space = FactSpace(VALUES, [{"a": ("x",), "b": ("x",)}, {"c": ("x",), "d": ("y",)}])
    assert space.broken_by({"c": "x", "d": "y"}) == {"c": ("x",), "d": ("y",)}
