"""Old answers under today's rules: what would be advised otherwise."""

from dataclasses import replace

import pytest

from assistant.cases.replay import DEPENDS as DEPENDS_WORDS
from assistant.cases.replay import Advice, advice_now, advice_then, advice_words, differences
from assistant.engine.interview import UNSURE, replay
from assistant.engine.verdict import verdict
from assistant.guide.loading import load_guide
from assistant.records.store import open_store
from tests.builders import content_copy, edit, shipped
from tests.entries import (
    ADOPTION,
    DEPENDS,
    HOME,
    REFER,
    correcting,
    entry_of,
    overriding,
    withdrawing,
)


@pytest.fixture
def store(data_folder):
    """A store whose entries are made under the shipped rules."""
    return open_store(data_folder, rules=shipped().decision, patience=0)


def guide_with(folder, *edits):
    content = content_copy(folder)
    for file, old, new in edits:
        edit(content, file, old, new)
    return load_guide(content)


@pytest.fixture
def reworded(tmp_path):
    """The guide in other words: not one rule is another."""
    return guide_with(tmp_path, ("questions/investigation.yaml", "current work", "work now"))


@pytest.fixture
def other_rules(tmp_path):
    """A guide in which adoption is preventive, in the tree and in the groups' rules."""
    return lambda **changes: replace(shipped(), meaning_hash="f" * 64, **changes)


def with_tree(loaded_with, **moved):
    """Return the shipped guide with some edges leading elsewhere: `node__value=place`."""
    guide = shipped().guide
    nodes = dict(guide.tree.nodes)
    for edge, place in moved.items():
        node, value = edge.split("__")
        nodes[node] = replace(nodes[node], to={**nodes[node].to, value: place})
    return loaded_with(guide=replace(guide, tree=replace(guide.tree, nodes=nodes)))


def with_group(loaded_with, outcome, group):
    guide = shipped().guide
    outcomes = {**guide.outcomes, outcome: replace(guide.outcomes[outcome], group=group)}
    return loaded_with(guide=replace(guide, outcomes=outcomes))


def found(loaded, store):
    return list(differences(loaded, store))


def test_wording_never_shows(store, reworded):
    """A new raw hash, and the same meaning: nothing to say."""
    store.add(entry_of(ADOPTION))
    assert reworded.raw_hash != shipped().raw_hash
    assert reworded.meaning_hash == shipped().meaning_hash
    assert found(reworded, store) == []


def test_rules_that_do_not_touch_an_entry_do_not_show(store, other_rules):
    store.add(entry_of(HOME))
    store.add(entry_of(DEPENDS))
    store.add(entry_of(REFER))
    assert found(with_group(other_rules, "adoption", "preventive"), store) == []


def test_an_edge_that_leads_elsewhere_shows(store, other_rules):
    """With the entry's number, both recommendations and what was chosen."""
    store.add(entry_of(HOME))
    store.add(overriding(ADOPTION, "reunification"))
    now = with_tree(other_rules, fins_with_adoption__no="no_goal_other_in_home")
    (one,) = found(now, store)
    assert (one.seq, one.entry.chosen) == (2, "reunification")
    assert one.then == Advice("recommended", "adoption")
    assert one.now == Advice("recommended", "preventive")


def test_another_group_at_the_same_end_shows(store, other_rules):
    store.add(entry_of(ADOPTION))
    (one,) = found(with_group(other_rules, "adoption", None), store)
    assert (one.then, one.now) == (Advice("recommended", "adoption"), Advice("refer"))


def test_a_question_that_is_new_makes_it_depend(store, other_rules):
    """What was never asked is not known; it is not taken for granted."""
    store.add(entry_of(ADOPTION))
    now = with_tree(other_rules, fins_with_adoption__no="need_with_adoption")
    (one,) = found(now, store)
    assert one.now == Advice("depends")


def test_unresolved_entries_are_compared_as_such(store, other_rules):
    """One that depended and now does not is another; one that still depends is not."""
    store.add(entry_of(DEPENDS))
    now = with_tree(
        other_rules,
        goal_while_open__no_plan="setting_with_no_goal",
        goal_after_investigation__no_plan="setting_with_no_goal",
    )
    (one,) = found(now, store)
    assert (one.then, one.now) == (Advice("depends"), Advice("recommended", "preventive"))
    assert advice_words(shipped().guide, one.then) == DEPENDS_WORDS


def test_only_entries_that_stand_are_listed(store, other_rules):
    """Neither what was corrected nor what was withdrawn."""
    first, gone = entry_of(ADOPTION), entry_of(ADOPTION)
    for record in (first, correcting(first), gone, withdrawing(gone)):
        store.add(record)
    assert [one.seq for one in found(with_group(other_rules, "adoption", None), store)] == [2]


def test_an_entry_from_before_rules_were_kept_shows_all_the_same(data_folder, other_rules):
    store = open_store(data_folder, patience=0)
    store.add(entry_of(ADOPTION))
    (one,) = found(with_group(other_rules, "adoption", "preventive"), store)
    assert (one.seq, one.now) == (1, Advice("recommended", "preventive"))


def test_an_answer_that_is_gone_settles_nothing(store, other_rules):
    store.add(entry_of(ADOPTION))
    guide = shipped().guide
    goal = guide.questions["goal"]
    options = {value: option for value, option in goal.options.items() if value != "adoption"}
    node = guide.tree.nodes["goal_without_investigation"]
    edges = {value: place for value, place in node.to.items() if value != "adoption"}
    nodes = {
        name: replace(n, to={v: p for v, p in n.to.items() if n.ask != "goal" or v != "adoption"})
        for name, n in guide.tree.nodes.items()
    }
    assert edges.keys() == nodes["goal_without_investigation"].to.keys()
    questions = {**guide.questions, "goal": replace(goal, options=options)}
    tree = replace(guide.tree, nodes=nodes)
    (one,) = found(other_rules(guide=replace(guide, questions=questions, tree=tree)), store)
    assert one.now.status == "depends"


@pytest.mark.parametrize("fact", list(shipped().guide.space.values))
def test_the_same_rules_advise_the_same(fact):
    """Every case, and every case with one fact not known."""
    guide = shipped().guide
    for case in guide.space.cases():
        standing = replay(guide, {**case, fact: UNSURE})
        while standing.asking:
            standing = replay(guide, {**case, fact: UNSURE, standing.asking: UNSURE})
        said = verdict(guide, standing)
        assert advice_now(guide, dict(standing.trail)) == Advice(said.status, said.group)


def test_what_was_recommended_is_read_off_the_entry():
    assert advice_then(entry_of(ADOPTION)) == Advice("recommended", "adoption")
    assert advice_then(entry_of(REFER)) == Advice("refer")
    assert advice_then(entry_of(DEPENDS)) == Advice("depends")
