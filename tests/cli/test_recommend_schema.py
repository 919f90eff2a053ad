"""The published JSON Schema: every answer keeps to it, and nothing else does."""

import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from assistant.cli import main
from assistant.cli.recommend import as_line, line_by_line, schema
from assistant.engine.explain import answer
from tests.builders import EveryCase, answers, shipped

SCHEMA = json.loads(schema())
VALIDATOR = Draft202012Validator(SCHEMA)

KEYS = [
    "status",
    "group",
    "certainty",
    "reason",
    "check_first",
    "next",
    "also_fits",
    "warnings",
    "agency_decided",
    "reasons",
    "ruled_out",
    "possible",
    "open",
    "set_aside",
    "content",
]


@pytest.fixture(scope="module")
def every():
    return EveryCase(shipped().guide)


def answered(known):
    return json.loads(as_line(answer(shipped().guide, known), shipped()))


def parts_of(part):
    """Yield every object in the schema that is itself a schema or holds some."""
    if isinstance(part, dict):
        yield part
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from parts_of(inner)


def test_it_is_a_schema():
    """Of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_command_prints_it(capsys):
    """As it is committed, whatever the state of the guide."""
    assert main(["recommend", "--schema", "--content", "nowhere"]) == 0
    assert capsys.readouterr().out == schema()


def test_no_object_may_have_more_than_it_says():
    """`additionalProperties` is false at every object."""
    objects = [part for part in parts_of(SCHEMA) if part.get("type") == "object"]
    assert len(objects) > 8
    assert [part for part in objects if part.get("additionalProperties") is not False] == []


def test_every_key_is_required_and_explained():
    """An answer always has all of its keys, and the schema says what each means."""
    for part in parts_of(SCHEMA):
        if part.get("type") == "object" and "properties" in part:
            assert part["required"] == list(part["properties"])
    assert [key for key in KEYS if len(SCHEMA["properties"][key]["description"]) < 20] == []


def test_the_keys_are_those_agreed():
    """In the order in which they are printed."""
    assert list(SCHEMA["properties"]) == KEYS
    assert list(answered({})) == KEYS


def test_every_case_keeps_to_it(every):
    """All of them."""
    wrong = [case for case in every.cases if not VALIDATOR.is_valid(answered(case))]
    assert wrong == []


def test_cases_with_facts_unknown_keep_to_it(every):
    """One in five of all sets of facts."""
    some = list(every.partials())[::5]
    assert len(some) > 300
    assert [known for known in some if not VALIDATOR.is_valid(answered(known))] == []


def test_a_bad_line_keeps_to_its_part():
    """What stands in place of an answer is published too."""
    part = {"$ref": "#/$defs/bad_line", "$defs": SCHEMA["$defs"]}
    ((line, good),) = line_by_line(shipped(), [b"nonsense"])
    assert not good
    assert Draft202012Validator(part).is_valid(json.loads(line))


@pytest.mark.parametrize("key", KEYS)
def test_an_answer_without_a_key_does_not_keep_to_it(key):
    """Nothing may be left out."""
    one = answered({})
    del one[key]
    assert not VALIDATOR.is_valid(one)


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        ("goal=adoption", {"group": "adoption"}),
        ("goal=adoption", {"certainty": "settled"}),
        ("goal=adoption", {"possible": []}),
        ("goal=adoption", {"status": "recommended"}),
        ("goal=adoption", {"reason": "It depends."}),
        ("goal=adoption", {"next": ["Ask."]}),
        ("goal=adoption", {"more": 1}),
        ("goal=adoption investigation=concluded", {"group": None}),
        ("goal=adoption investigation=concluded", {"certainty": "refer"}),
        ("goal=adoption investigation=concluded", {"reason": None}),
        ("goal=adoption investigation=concluded", {"next": []}),
        ("goal=adoption investigation=concluded", {"possible": ["adoption", "reunification"]}),
        ("goal=other investigation=concluded", {"certainty": None}),
        ("goal=other investigation=concluded", {"possible": ["adoption"]}),
    ],
)
def test_an_answer_at_odds_with_itself_does_not_keep_to_it(facts, change):
    """Status, group, certainty and what is possible hang together."""
    one = answered(answers(facts))
    assert VALIDATOR.is_valid(one)
    assert not VALIDATOR.is_valid({**deepcopy(one), **change})
