"""The whole tree is drawn, in every form, with the path of one interview marked."""

import re

import pytest

from assistant.engine.handouts import Item, outline, tree_as_mermaid, tree_as_text
from assistant.engine.interview import edges_taken, replay
from assistant.guide.proof import follow
from tests.builders import answers


@pytest.fixture(scope="module")
def path(guide):
    return edges_taken(guide, replay(guide, answers("investigation=concluded goal=adoption")))


def items(item: Item):
    yield item
    for branch in item.branches:
        yield from items(branch)


def test_every_node_and_outcome_is_drawn(guide):
    """Shared subtrees are drawn once, so each node is there once; no outcome is left out."""
    drawn = [item.name for item in items(outline(guide)) if item.kind == "question"]
    assert sorted(drawn) == sorted(guide.tree.nodes)
    ends = {item.name for item in items(outline(guide)) if item.kind == "outcome"}
    assert ends == set(guide.outcomes)


def test_unshared_it_has_a_line_for_every_way_through(guide):
    """Unfolded in full, each path that some case takes has an end of its own."""
    paths = {follow(guide, case).edges for case in guide.space.cases()}
    drawn = [item.kind for item in items(outline(guide, shared=False)) if not item.branches]
    assert drawn == ["outcome"] * len(paths)


def test_the_path_of_an_interview_is_marked_from_start_to_end(guide, path):
    """The marked items are the questions asked and the outcome, and no others."""
    taken = [item.name for item in items(outline(guide, path)) if item.taken]
    assert taken == ["investigation", "goal_after_investigation", "adoption"]


def test_the_outline_has_a_line_for_every_place(guide):
    assert len(tree_as_text(guide).splitlines()) == len(list(items(outline(guide))))


def test_mermaid_has_every_edge_once(guide):
    """Each edge of the tree is one arrow."""
    edges = sorted((name, to) for name, node in guide.tree.nodes.items() for to in node.to.values())
    mermaid = re.findall(r"^  (\w+) -->\|.*?\| (\w+)$", tree_as_mermaid(guide), re.MULTILINE)
    assert sorted(mermaid) == edges
