"""What the proof says of a tree is so, for any tree; and its witnesses are the shortest."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.engine.interview import replay
from assistant.guide.checks import check
from assistant.guide.model import Guide
from assistant.guide.proof import follow, groups_that_fit, prove
from tests.builders import EveryCase, outcome, shipped, tiny_guide
from tests.examples import examples

SHIPPED = shipped().guide
PLACES = st.sampled_from([*SHIPPED.tree.nodes, *SHIPPED.outcomes])
EDGES = st.sampled_from(
    [(name, value) for name, node in SHIPPED.tree.nodes.items() for value in node.to]
)
DISAGREEMENT = {"dead-end", "group-does-not-fit", "also-fits-missing", "also-fits-wrong"}


def redirected(guide: Guide, edge: tuple[str, str], target: str) -> Guide:
    """Return the guide with one edge of its tree leading elsewhere."""
    name, value = edge
    node = guide.tree.nodes[name]
    nodes = {**guide.tree.nodes, name: replace(node, to={**node.to, value: target})}
    return replace(guide, tree=replace(guide.tree, nodes=nodes))


def goes_round(guide: Guide) -> bool:
    return "cycle" in {fault.rule for fault in check(guide)}


def disagrees(guide: Guide) -> bool:
    """Tell, by trying each case, whether the tree ever says what the groups' rules do not."""
    for case in guide.space.cases():
        end = follow(guide, case).outcome
        if end is None:
            return True
        said = guide.outcomes[end]
        named = {fit.group for fit in said.also_fits} | ({said.group} - {None})
        if groups_that_fit(guide, case) != named:
            return True
    return False


@given(st.lists(st.tuples(EDGES, PLACES), min_size=1, max_size=3))
@examples(60)
def test_a_tree_agrees_with_the_rules_exactly_when_the_proof_says_so(changes):
    """Whatever edges of the shipped tree lead elsewhere, a disagreement is found, and only then."""
    guide = SHIPPED
    for edge, target in changes:
        guide = redirected(guide, edge, target)
    assume(not goes_round(guide))
    found = {fault.rule for fault in prove(guide).faults}
    assert bool(found & DISAGREEMENT) == disagrees(guide)


@given(EDGES, PLACES)
@examples(60)
def test_a_fault_is_found_where_an_outcome_is_lost(edge, target):
    """A tree that leaves an outcome without a case is never proven."""
    guide = redirected(SHIPPED, edge, target)
    assume(not goes_round(guide))
    reached = {follow(guide, case).outcome for case in guide.space.cases()}
    assume(reached != guide.outcomes.keys())
    assert prove(guide).faults != ()


@pytest.fixture(scope="session")
def every(guide):
    return EveryCase(guide)


@pytest.fixture(scope="session")
def witnesses():
    return shipped().proof.witnesses


def test_everything_has_a_witness(guide, witnesses):
    """Each outcome, node and option is reached by some interview, and that interview is given."""
    options = {f"{fact}={value}" for fact, values in guide.space.values.items() for value in values}
    assert witnesses.keys() == options | guide.outcomes.keys() | guide.tree.nodes.keys()


def test_the_witness_of_an_outcome_ends_there(guide, witnesses):
    """The answers, given to the engine, lead to that outcome and no question is left."""
    ends = {name: replay(guide, dict(witnesses[name])) for name in guide.outcomes}
    assert {name: (s.asking, s.branches[0].place) for name, s in ends.items()} == {
        name: (None, name) for name in guide.outcomes
    }


def test_the_witness_of_a_node_stands_before_it(guide, witnesses):
    """The answers, given to the engine, lead to the node's question."""
    places = {
        name: replay(guide, dict(witnesses[name])).branches[0].place for name in guide.tree.nodes
    }
    assert places == {name: name for name in guide.tree.nodes}


def test_the_witness_of_an_option_ends_with_it(guide, witnesses):
    """The last answer is that option, and each of the answers counts."""
    for fact, values in guide.space.values.items():
        for value in values:
            witness = witnesses[f"{fact}={value}"]
            assert (witness[-1], replay(guide, dict(witness)).trail) == ((fact, value), witness)


def fewest(every):
    """Give, by trying every case, with how few answers each outcome, node and option is reached."""
    counts: dict[str, int] = {}
    for passage in every.passages:
        met = {str(passage.outcome): len(passage.asked)}
        for index, (node, answer) in enumerate(zip(passage.asked_at, passage.asked, strict=True)):
            met |= {node: index, "=".join(answer): index + 1}
        for name, count in met.items():
            counts[name] = min(count, counts.get(name, count))
    return counts


def test_witnesses_are_the_shortest(every, witnesses):
    """No case reaches anything with fewer answers than its witness has."""
    assert {name: len(some) for name, some in witnesses.items()} == fewest(every)


def test_a_witness_is_the_shortest_even_on_a_longer_interview():
    """What one interview meets early counts, though another that meets it late ends sooner."""
    tiny = tiny_guide(
        "a: x>b y>c | b: x>c.2 y>end | c.2: x>end y>other"
        " | c: x>d y>end | d: x>e y>end | e: x>end y>other"
    )
    proof = prove(tiny)
    assert {name: len(some) for name, some in proof.witnesses.items()} == fewest(EveryCase(tiny))


def test_only_questions_that_change_nothing_are_pointless():
    """Each node whose question leads to the same ends whatever is answered is named, no other."""
    tiny = tiny_guide("a: x>b y>c | b: x>c y>c | c: x>one y>two", fits={"one": "c=x", "two": "c=y"})
    pointless = [f.path[2] for f in prove(tiny).faults if f.rule == "pointless-question"]
    assert pointless == ["a", "b"]


def test_facts_tied_to_one_another_are_not_pointless_to_ask():
    """A fact whose values never stand beside the same others is still worth asking."""
    tiny = tiny_guide(
        "a: x>b y>b.2 | b: x>one y>two | b.2: z>three w>one",
        never=["a=x b=z/w", "a=y b=x/y"],
        fits={"one": "b=x/w", "two": "b=y", "three": "b=z"},
    )
    assert "a" not in {fault.path[2] for fault in prove(tiny).faults}


def test_an_outcome_without_a_group_lists_what_fits():
    """Where no group is named, each that fits has to stand beside it."""
    tiny = tiny_guide("a: x>one y>two", fits={"one": "a=x", "two": "a=y"})
    refer = {**tiny.outcomes, "one": outcome(None, "refer")}
    assert [fault.rule for fault in prove(replace(tiny, outcomes=refer)).faults] == [
        "also-fits-missing"
    ]


def test_the_summary_counts_what_there_is():
    """Facts, cases, paths, outcomes and the longest and shortest interview."""
    tiny = tiny_guide(
        "a: x>b y>one | b: x>one y>two", never=["a=y b=y"], fits={"one": "", "two": "a=x b=y"}
    )
    proof = prove(tiny)
    counts = (proof.facts, proof.cases, proof.paths, proof.outcomes, proof.longest, proof.shortest)
    assert counts == (2, 3, 3, 2, 2, 1)


def test_cases_are_counted_without_being_made(guide):
    """The count is that of the cases, whatever cannot stand together."""
    assert guide.space.count() == len(list(guide.space.cases()))


def test_a_guide_with_too_many_cases_is_not_called_proven():
    """Past the bound no case is tried, and the proof says that it is none."""
    facts = "abcdefghijklmnopqr"
    chain = [f"{a}: yes>{b} no>end" for a, b in pairwise(facts)]
    proof = prove(tiny_guide(" | ".join([*chain, "r: yes>end no>other"])))
    assert (proof.exhaustive, proof.cases, proof.faults) == (False, 2 ** len(facts), ())
