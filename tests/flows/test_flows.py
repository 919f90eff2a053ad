"""Interviews as tables: what is asked and answered, in order, and what comes of it."""

from pathlib import Path

import pytest
import yaml

from assistant.engine.interview import UNSURE, replay, values_open
from assistant.engine.verdict import verdict
from assistant.guide.proof import follow

HERE = Path(__file__).parent


def flows(path):
    """Return every transcript of a table; scalars stay as typed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


ALL = [(path.stem, flow) for path in sorted(HERE.glob("*.yaml")) for flow in flows(path)]
DEFINITE = [flow for _, flow in ALL if UNSURE not in flow["answers"].values()]

each_flow = pytest.mark.parametrize(
    "flow", [pytest.param(flow, id=f"{table}: {flow['case']}") for table, flow in ALL]
)


def listed(value):
    return value if isinstance(value, list) else [value]


@each_flow
def test_just_these_questions_are_asked(guide, flow):
    """The interview asks for the facts in the order of the transcript, and for no more."""
    asked: list[tuple[str, str]] = []
    for fact, answer in flow["answers"].items():
        standing = replay(guide, dict(asked))
        assert standing.asking == fact
        assert answer in (*values_open(guide, standing, fact), UNSURE)
        asked.append((fact, answer))
    assert replay(guide, dict(asked)).asking is None


@each_flow
def test_the_interview_ends_there(guide, flow):
    """The outcomes it may end in are those of the transcript."""
    said = verdict(guide, replay(guide, flow["answers"]))
    assert set(said.outcomes) == set(listed(flow["outcome"]))


@each_flow
def test_the_interview_names_the_group(guide, flow):
    """The group, or the groups that the table's lines name, are those of the transcript."""
    rows = verdict(guide, replay(guide, flow["answers"])).rows
    groups = {guide.outcomes[row.outcomes[0]].group or "refer" for row in rows}
    assert groups == set(listed(flow["group"]))


def test_every_edge_is_taken(guide):
    """No answer at any place of the tree is left without a transcript."""
    taken = {edge for flow in DEFINITE for edge in passage(guide, flow).edges}
    edges = {(name, value) for name, node in guide.tree.nodes.items() for value in node.to}
    assert edges - taken == set()


def test_every_outcome_is_reached(guide):
    """No outcome is left without a transcript."""
    assert {flow["outcome"] for flow in DEFINITE} == guide.outcomes.keys()


def test_no_transcript_stands_twice():
    """Each transcript answers something that no other does."""
    answers = [tuple(flow["answers"].items()) for _, flow in ALL]
    assert len(set(answers)) == len(answers)


def passage(guide, flow):
    """Follow a transcript through the tree, with any values for the facts not asked."""
    known = flow["answers"]
    case = next(case for case in guide.space.cases() if known.items() <= case.items())
    return follow(guide, case)
