"""What a page may say, and what it may not."""

import json

import pytest
from aiohttp import WSMessage, WSMsgType
from hypothesis import given
from hypothesis import strategies as some

from assistant.web.sessions import PageMessage, Size, clamp, parse_message, size_in


def text(said):
    return WSMessage(WSMsgType.TEXT, said, None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (["stdin", "1"], PageMessage("stdin", "1")),
        (["resize", {"width": 100, "height": 30}], Size(100, 30)),
        (["resize", {"width": 10**9, "height": -1}], Size(500, 1)),
        (["ping", "7"], PageMessage("ping", "7")),
        (["focus"], PageMessage("focus")),
        (["blur"], PageMessage("blur")),
    ],
)
def test_what_is_understood(said, meant):
    assert parse_message(text(json.dumps(said))) == meant


@pytest.mark.parametrize(
    "said",
    ["", "{", "[" * 5000, "[]", "7", '["stdin"]', '["stdin", 7]', '["resize", {}]', '["exit"]'],
)
def test_what_is_passed_over(said):
    assert parse_message(text(said)) is None


@given(some.recursive(some.text() | some.integers() | some.none(), some.lists))
def test_nothing_that_is_said_is_a_fault(said):
    parse_message(text(json.dumps(said)))
    assert parse_message(WSMessage(WSMsgType.BINARY, b"[]", None)) is None


@given(some.text(max_size=8), some.integers())
def test_a_size_can_always_be_drawn(query, cells):
    size = clamp(size_in(query, 80), cells)
    assert 1 <= size.columns <= 500
    assert 1 <= size.rows <= 500
