"""What is longer than a terminal is shown a page at a time there, and nowhere else."""

import sys

import click
import pytest

from assistant.cli import options

LONG = "line\n" * 100


@pytest.fixture
def paged(monkeypatch):
    """What the pager is given, on a terminal of 24 rows."""
    given: list[str] = []
    monkeypatch.setattr(click, "echo_via_pager", given.append)
    monkeypatch.setattr(options, "is_terminal", lambda *_streams: True)
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_PAGER", raising=False)
    return given


def test_long_text_is_paged_without_what_a_terminal_obeys(paged, capsys):
    options.say_pages(f"{LONG}\x1b[2J", heard=False)
    assert capsys.readouterr().out == ""
    assert paged[0].startswith(LONG)
    assert "\x1b" not in paged[0]


@pytest.mark.parametrize(("text", "heard"), [("short", False), (LONG, True)])
def test_what_fits_or_is_heard_is_said_at_once(paged, capsys, text, heard):
    options.say_pages(text, heard=heard)
    assert paged == []
    assert capsys.readouterr().out.startswith(text)


@pytest.mark.parametrize(("name", "value"), [("NO_PAGER", "1"), ("TERM", "dumb")])
def test_paging_can_be_turned_off(paged, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    options.say_pages(LONG, heard=False)
    assert paged == []


def test_a_pipe_is_never_paged(paged, monkeypatch, capsys):
    monkeypatch.setattr(options, "is_terminal", lambda *streams: sys.stdout not in streams)
    options.say_pages(LONG, heard=False)
    assert paged == []
    assert capsys.readouterr().out.startswith(LONG)
