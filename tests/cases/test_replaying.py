"""Old answers under today's rules: what would be advised otherwise, and which rule makes it so."""

from dataclasses import replace
from hashlib import sha256

import pytest

from assistant.cases.replay import DEPENDS as DEPENDS_WORDS
from assistant.cases.replay import (
    NOT_KEPT,
    Advice,
    advice_now,
    advice_then,
    advice_words,
    differences,
    guide_of_rules,
)
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
    return guide_with(
        tmp_path, ("questions/investigation.yaml", "Is there an abuse", "Is there any abuse")
    )


@pytest.fixture
def other_rules(tmp_path):
    """A guide in which adoption is preventive, in the tree and in the groups' rules."""
    return lambda **changes: replace(shipped(), meaning_hash="f" * 64, **changes)


def with_tree(loaded_with, **moved):
    """Give the shipped guide with some edges leading elsewhere: `node__value=place`."""
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


def test_an_edge_that_leads_elsewhere_is_named(store, other_rules):
    """By its question and answer, in the guide's words, with both ends."""
    store.add(entry_of(HOME))
    store.add(overriding(ADOPTION, "reunification"))
    now = with_tree(other_rules, fins_with_adoption__no="no_goal_in_home")
    (one,) = found(now, store)
    assert (one.seq, one.entry.chosen) == (2, "reunification")
    assert one.then == Advice("recommended", "adoption")
    assert one.now == Advice("recommended", "preventive")
    assert one.rule == (
        "At “FINS”, the answer “No, it is another kind of case” led to “Adoption Services”,"
        " and now leads to “Preventive Services”."
    )


def test_the_first_fork_is_named(store, other_rules):
    """Where the paths part, not where they end."""
    store.add(entry_of(ADOPTION))
    now = with_tree(other_rules, goal_without_investigation__adoption="setting_with_no_goal")
    (one,) = found(now, store)
    assert one.rule.startswith(
        "At “Goal”, the answer “Adoption” led to the question “FINS”, and now"
    )


def test_another_group_at_the_same_end_is_named(store, other_rules):
    store.add(entry_of(ADOPTION))
    (one,) = found(with_group(other_rules, "adoption", None), store)
    assert one.now == Advice("refer")
    assert one.rule.endswith(
        "leads to the same end as before, which was “Adoption Services”, and is now no group."
    )


def test_a_question_that_is_new_makes_it_depend(store, other_rules):
    """What was never asked is not known; it is not taken for granted."""
    store.add(entry_of(ADOPTION))
    now = with_tree(other_rules, fins_with_adoption__no="report_with_other")
    (one,) = found(now, store)
    assert one.now == Advice("depends")
    assert "led to “Adoption Services”, and now leads to the question" in one.rule


def test_a_changed_group_rule_is_said_too(store, other_rules):
    guide = shipped().guide
    store.add(entry_of(ADOPTION))
    now = with_group(other_rules, "adoption", "preventive")
    rule = guide.groups["adoption"].use_when
    groups = {**guide.groups, "preventive": replace(guide.groups["preventive"], use_when=rule)}
    now = replace(now, guide=replace(now.guide, groups=groups))
    (one,) = found(now, store)
    assert one.rule.endswith("“Preventive Services” has another rule now.")


def test_unresolved_entries_are_compared_as_such(store, other_rules):
    """One that depended and now does not is another; one that still depends is not."""
    store.add(entry_of(DEPENDS))
    now = with_tree(other_rules, case_plan_after_investigation__none="setting_with_no_goal")
    (one,) = found(now, store)
    assert (one.then, one.now) == (Advice("depends"), Advice("recommended", "preventive"))
    assert "Case plan" in one.rule
    assert advice_words(shipped().guide, one.then) == DEPENDS_WORDS


def test_only_entries_that_stand_are_listed(store, other_rules):
    """Neither what was corrected nor what was withdrawn."""
    first, gone = entry_of(ADOPTION), entry_of(ADOPTION)
    for record in (first, correcting(first), gone, withdrawing(gone)):
        store.add(record)
    assert [one.seq for one in found(with_group(other_rules, "adoption", None), store)] == [2]


def test_rules_that_are_not_kept_are_said_to_be_missing(data_folder, other_rules):
    """As of entries from before rules were kept; the difference shows all the same."""
    store = open_store(data_folder, patience=0)
    store.add(entry_of(ADOPTION))
    (one,) = found(with_group(other_rules, "adoption", "preventive"), store)
    assert one.rule == NOT_KEPT


@pytest.mark.parametrize("decision", ["", "{", "[]", '{"facts": 1}', "null", "[" * 9_999])
def test_rules_that_cannot_be_read_are_as_if_not_kept(decision):
    """Or that are not those of the hash."""
    assert guide_of_rules(sha256(decision.encode()).hexdigest(), decision) is None
    assert guide_of_rules("0" * 64, shipped().decision) is None


def test_an_answer_that_is_gone_settles_nothing(store, other_rules):
    """It is named as gone."""
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
    assert one.rule == "At “Goal”, the guide no longer has the answer “adoption”."


def test_the_kept_rules_decide_every_case_as_the_guide_does():
    """So that what is compared is what was."""
    loaded = shipped()
    old = guide_of_rules(loaded.meaning_hash, loaded.decision)
    assert old is not None
    for case in loaded.guide.space.cases():
        ends = [verdict(g, replay(g, case)).outcomes for g in (old, loaded.guide)]
        assert ends[0] == ends[1]


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
