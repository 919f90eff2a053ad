"""The "if ... then ..." table: each case that may be so stands in one line, which says its end."""

import pytest

from assistant.engine.explain import FEW_CASES, cases_to_assume
from assistant.engine.interview import outcomes_within_reach, replay
from assistant.engine.verdict import Row, condition, telling, verdict
from tests.builders import answers

HOMES = ("voluntary_in_home", "protective_supervision", "other_in_home")


@pytest.fixture(scope="session")
def tables(guide, every, ended, given_and_unsure):
    """Give, for every ended interview, its verdict and the cases that may be so."""
    return [
        (verdict(guide, s), s, [(every.cases[n], every.passages[n].outcome) for n in numbers])
        for s in (*ended, *given_and_unsure)
        if (numbers := every.completing(s.known))
    ]


@pytest.fixture(scope="session")
def both(tables):
    """Return every table by group and every table by outcome."""
    return [(rows, s, cases) for v, s, cases in tables for rows in (v.rows, v.details)]


def rows_for(rows, case):
    return [
        row for row in rows if all(case[fact] in values for fact, values in row.assumed.items())
    ]


def test_each_case_stands_in_one_line(both):
    """Of the lines of a table, exactly one holds for any case that may be so."""
    wrong = [
        (s, case) for rows, s, cases in both for case, _ in cases if len(rows_for(rows, case)) != 1
    ]
    assert wrong == []


def test_each_case_ends_as_its_line_says(both):
    """A case ends in one of the outcomes of its line."""
    wrong = [
        (s, case)
        for rows, s, cases in both
        for case, end in cases
        if end not in rows_for(rows, case)[0].outcomes
    ]
    assert wrong == []


@pytest.mark.sampled
def test_what_can_be_assumed_has_every_case_and_its_end(guide, tables):
    """Each case that may be so falls under a line of one value a fact, which says where it leads."""
    wrong = []
    for result, standing, cases in tables:
        if result.status != "depends":
            continue
        lines = cases_to_assume(guide, standing, result)
        assert len(lines) <= FEW_CASES, standing
        for case, end in cases:
            groups = [
                {guide.outcomes[outcome].group for outcome in row.outcomes}
                for row in rows_for(lines, case)
            ]
            wrong += [] if groups and guide.outcomes[end].group in groups[0] else [(standing, case)]
        for row in lines[:1] + lines[-1:]:
            said = {fact: value for fact, (value,) in row.assumed.items()}
            then = replay(guide, {**dict(standing.trail), **said}, standing.given)
            named = {guide.outcomes[end].group for end in row.outcomes}
            reached = {guide.outcomes[end].group for end in outcomes_within_reach(guide, then)}
            wrong += [] if reached == named else [(standing, said)]
    assert wrong == []


def test_a_line_names_no_outcome_that_cannot_come_of_it(both):
    """Each outcome of a line is that of some case that may be so."""
    wrong = [
        (s, row)
        for rows, s, cases in both
        for row in rows
        if set(row.outcomes) - {end for case, end in cases if rows_for([row], case)}
    ]
    assert wrong == []


def test_a_line_of_the_table_has_one_group(guide, tables):
    """The outcomes of one line all name the same group, or none."""
    groups = [
        {guide.outcomes[end].group for end in row.outcomes} for v, _, _ in tables for row in v.rows
    ]
    assert [some for some in groups if len(some) != 1] == []


def test_a_line_of_the_details_has_one_outcome(tables):
    """Each line that tells outcomes apart ends in one."""
    assert [row for v, _, _ in tables for row in v.details if len(row.outcomes) != 1] == []


def test_only_what_the_worker_is_not_sure_of_is_assumed(both):
    """A line speaks of facts answered "not sure", and of no other."""
    wrong = [(s, row) for rows, s, _ in both for row in rows if row.assumed.keys() - set(s.unsure)]
    assert wrong == []


def test_every_fact_in_the_details_makes_a_difference(every, tables):
    """Two cases that differ in nothing but that fact end apart."""
    wrong = [
        (s, fact) for v, s, _ in tables for fact in v.open_facts if not every.matters(fact, s.known)
    ]
    assert wrong == []


def test_every_fact_in_the_table_makes_a_difference(guide, tables):
    """Knowing it would change which groups are possible."""
    wrong = [
        (s, fact)
        for v, s, cases in tables
        for fact in {fact for row in v.rows for fact in row.assumed}
        if not _tells_groups_apart(guide, fact, cases)
    ]
    assert wrong == []


def _tells_groups_apart(guide, fact, cases):
    """Tell whether a value of the fact alone, or with the rest alike, leads to other groups."""
    alike: dict[tuple[str, ...], set[str | None]] = {}
    alone: dict[str, set[str | None]] = {}
    for case, end in cases:
        rest = tuple(value for other, value in case.items() if other != fact)
        for groups in (alike.setdefault(rest, set()), alone.setdefault(case[fact], set())):
            groups.add(guide.outcomes[end].group)
    return (
        any(len(some) > 1 for some in alike.values())
        or len(set(map(frozenset, alone.values()))) > 1
    )


def test_open_facts_stand_in_the_order_they_were_asked(tables):
    """What is still open is listed as it was asked."""
    wrong = [
        s for v, s, _ in tables if list(v.open_facts) != [f for f in s.unsure if f in v.open_facts]
    ]
    assert wrong == []


def test_the_table_has_a_single_line_when_nothing_open_matters(tables):
    """Where the group stands whatever is open, one line says so and assumes nothing."""
    wrong = [
        s
        for v, s, _ in tables
        if v.status != "depends" and [dict(row.assumed) for row in v.rows] != [{}]
    ]
    assert wrong == []


def test_a_table_as_a_worker_meets_it(guide):
    """Not sure of the goal while an investigation is open: the goal decides only with the plan."""
    standing = replay(guide, answers("investigation=open goal=unsure need=assessment"))
    said = verdict(guide, standing)
    assert (said.group, said.certainty) == ("assessment_investigation", "judgement")


def test_what_tells_some_lines_apart_holds_of_their_cases_and_no_others(guide, tables):
    """However few facts are named, the cases they describe are those of the lines."""
    told, wrong = 0, []
    for result, s, cases in tables:
        for row in result.details if len(result.details) > 1 else ():
            facts = telling(guide, [row], result.details)
            told += bool(facts)
            wrong += [
                (s, case)
                for case, _ in cases
                if facts and is_told(facts, case) != bool(rows_for([row], case))
            ]
    assert wrong == []
    assert told


def is_told(facts, case):
    return all(case[fact] in values for fact, values in facts.items())


@pytest.mark.parametrize(
    ("assumed", "words"),
    [
        ({"setting": ("out_of_home",)}, ["out_of_home"]),
        ({"setting": ("out_of_home", "other_in_home")}, ["out_of_home", "other_in_home"]),
        ({"setting": HOMES}, ["unless", "out_of_home"]),
        ({"fins": ("no", "other_fins")}, ["unless", "without_report"]),
        # One that says no itself is not the exception.
        ({"investigation": ("open", "concluded")}, ["open", "concluded"]),
        ({"goal": ("adoption",), "setting": HOMES}, ["adoption", "unless", "out_of_home"]),
    ],
)
def test_of_all_answers_but_one_only_that_one_is_named(guide, assumed, words):
    """As an exception, which is shorter to read."""
    said = condition(guide, Row(assumed, ()), "If")
    named = {v: option.says for q in guide.questions.values() for v, option in q.options.items()}
    places = [said.casefold().find(named.get(word, word).casefold()) for word in words]
    assert -1 not in places
    assert places == sorted(places)
    assert ("unless" in said.casefold()) == ("unless" in words)
    others = [value for value in guide.space.values[next(iter(assumed))] if value not in words]
    assert not [value for value in others if named[value].casefold() in said.casefold()]
