"""Which front `service-group ask` opens: as asked on the line, else as set, where there is a terminal."""

import subprocess
import sys

import pytest

import assistant.cli.ask
import assistant.screen.app
import assistant.services
from assistant.cli import main
from assistant.services import real_services


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Return what runs the command at a terminal, under settings, and tells what it opened."""

    def run(settings, *words, command=("ask",), trouble=""):
        fronts = []

        def screen(_services, *, inline):
            fronts.append("inline" if inline else "screen")
            return 0

        def lines(_session):
            fronts.append("lines")
            return 0

        (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
        monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "settings.toml"))
        monkeypatch.setattr(assistant.cli.ask, "is_for_lines", lambda: False)
        monkeypatch.setattr(assistant.cli.ask, "cannot_draw", lambda: trouble)
        monkeypatch.setattr(assistant.cli.ask, "run_session", lines)
        monkeypatch.setattr(assistant.screen.app, "run", screen)
        assert main([*command, *words]) == 0
        return fronts

    return run


@pytest.mark.parametrize(
    ("settings", "words", "front"),
    [
        ("", [], "screen"),
        ("", ["--plain"], "lines"),
        ("", ["--inline"], "inline"),
        ("plain = true", [], "lines"),
        ("plain = true", ["--no-plain"], "screen"),
        ("plain = true", ["--inline"], "inline"),
        ("plain = false", ["--plain"], "lines"),
        ("plain = false", ["--plain", "--inline"], "lines"),
    ],
)
def test_a_flag_wins_over_the_settings(opened, settings, words, front):
    assert opened(settings, *words) == [front]


@pytest.mark.parametrize(
    ("words", "front", "is_told"),
    [([], "lines", True), (["--plain"], "lines", False), (["--no-plain"], "screen", False)],
)
def test_a_terminal_that_cannot_show_the_screen_gets_lines_with_a_sentence(
    opened, words, front, is_told, capsys
):
    """Unless the screen is asked for all the same."""
    assert opened("", *words, trouble="This window is too old.") == [front]
    assert ("This window is too old." in capsys.readouterr().err) == is_told


def test_where_there_is_no_inline_it_says_so_and_takes_the_window(opened, monkeypatch, capsys):
    monkeypatch.setattr("sys.platform", "win32")
    assert opened("", "--inline") == ["inline"]
    assert capsys.readouterr().err.strip() == assistant.cli.ask.NO_INLINE


@pytest.mark.parametrize(("words", "front"), [([], "screen"), (["--plain"], "lines")])
def test_with_no_command_the_options_are_those_of_ask(opened, monkeypatch, tmp_path, words, front):
    """The folder among them."""
    asked = []

    def services(*given):
        asked.append(given)
        return real_services(*given)

    monkeypatch.setattr(assistant.services, "real_services", services)
    folder = tmp_path / "another"
    assert opened("", "--data", str(folder), *words, command=()) == [front]
    assert asked == [(None, folder, None)]


def test_an_option_before_another_command_is_refused(tmp_path, capsys):
    """Rather than not heeded."""
    assert main(["--data", str(tmp_path / "another"), "records", "list"]) == 2
    assert "Options go after the command" in capsys.readouterr().err


STARTED = """
import sys
from assistant.cli import ask
from assistant.screen.app import ServiceGroupApp

async def leave(pilot):
    await pilot.pause()
    print(pilot.app.screen.session.view.question, file=sys.stderr)
    print(*sorted(sys.modules), file=sys.stderr)
    pilot.app.exit()

ServiceGroupApp(ask.real_services()).run(headless=True, auto_pilot=leave)
"""

LATER = {
    *("assistant.records.entry", "assistant.cases.forms", "assistant.screen.form"),
    *("assistant.engine.handouts", "assistant.guide.earlier", "assistant.tables"),
    "assistant.guide.handbook",
}
"""What only a result, a form, help, or an older draft needs."""


def test_the_first_question_loads_nothing_that_only_a_result_needs(data_folder):
    """The start depends on what it loads."""
    real_services()  # keeps the guide in the data folder, for the start that is looked at
    done = subprocess.run(
        [sys.executable, "-c", STARTED], capture_output=True, check=True, timeout=60
    )
    asked, loaded = done.stderr.decode().splitlines()[-2:]
    assert asked == "investigation"
    assert "assistant.screen.interview" in loaded.split()
    assert LATER & {*loaded.split()} == set()
