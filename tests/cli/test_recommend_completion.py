"""Facts and values completed in the shell, through click and in a real bash."""

import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from assistant.cli import service_group
from tests.builders import shipped

VALUES = shipped().guide.space.values


def completed(*words):
    """Give what the last of the words may become."""
    *before, incomplete = words
    found = ShellComplete(service_group, {}, "service-group", "_SERVICE_GROUP_COMPLETE")
    return [item.value for item in found.get_completions(["recommend", *before], incomplete)]


def test_facts():
    """Every fact, in the guide's order, ready for its value."""
    assert completed("") == [f"{fact}=" for fact in VALUES]


def test_facts_that_begin_alike():
    """Those that what is typed may become."""
    assert completed("g") == [f"goal={value}" for value in VALUES["goal"]]
    assert completed("x") == []


def test_the_only_fact_left_comes_with_its_values():
    """A shell then puts no space behind the equals sign."""
    assert completed("fi") == ["fins=no", "fins=yes"]


def test_a_fact_already_given_is_not_offered():
    """It can have one value."""
    assert completed("goal=adoption", "") == [f"{fact}=" for fact in VALUES if fact != "goal"]


def test_a_value_that_is_the_name_of_a_fact_is_no_fact():
    """The need may be one from the case plan."""
    assert "case_plan=" in completed("need=case_plan", "")


def test_values():
    """Every value, whole, in the guide's order."""
    assert completed("goal=") == [f"goal={value}" for value in VALUES["goal"]]


def test_values_that_begin_alike():
    """Those that what is typed may become."""
    assert completed("setting=o") == ["setting=other_in_home", "setting=out_of_home"]


def test_values_that_cannot_stand_beside_the_facts_given_are_not_offered():
    """A goal stands in a plan."""
    assert completed("goal=adoption", "case_plan=") == ["case_plan=developed"]
    assert completed("report=no", "investigation=") == ["investigation=none"]


@pytest.mark.parametrize("words", [("gaol=",), ("goal=x",), ("gaol=adoption", "goal=x"), ("==",)])
def test_what_is_not_known_completes_to_nothing(words):
    """And to no traceback in the middle of a command."""
    assert completed(*words) == []


def test_words_as_bash_splits_them():
    """For bash an equals sign is a word of its own, and only what follows it is replaced."""
    assert completed("goal", "=", "ad") == ["adoption"]
    assert completed("goal", "=") == list(VALUES["goal"])
    assert completed("goal", "=", "adoption", "case_plan", "=") == ["developed"]
    assert completed("need", "=", "case_plan", "c") == completed("case_plan=")


def test_what_a_value_means_is_shown_beside_it():
    """Shells that can show help do."""
    found = ShellComplete(service_group, {}, "service-group", "_SERVICE_GROUP_COMPLETE")
    (item,) = found.get_completions(["recommend"], "goal=ad")
    assert item.help == shipped().guide.questions["goal"].options["adoption"].label


def test_a_guide_that_cannot_be_used_completes_to_nothing(tmp_path):
    """Completion is no place for an error."""
    assert completed("--content", str(tmp_path), "go") == []


def test_another_guide_completes_to_its_own_facts():
    """The option before counts."""
    good = Path(__file__).parents[1] / "guide" / "good"
    assert completed("--content", str(good), "") == ["open=", "goal="]


@pytest.mark.skipif(sys.platform == "win32", reason="needs bash on a pseudo-terminal")
@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("recommend go", "recommend goal="),
        ("recommend goal=ad", "recommend goal=adoption "),
        ("recommend goal=adoption case_plan=", "recommend goal=adoption case_plan=developed "),
    ],
)
def test_in_bash(tmp_path, typed, becomes):
    """Tab completes facts and values, with a space after a value and none after a fact."""
    pexpect = pytest.importorskip("pexpect")
    command = tmp_path / "service-group"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m assistant "$@"\n')
    command.chmod(0o700)
    try:
        shell = pexpect.spawn("bash --norc --noprofile", encoding="utf-8", timeout=20)
    except pexpect.ExceptionPexpect:
        pytest.skip("no bash here")
    root = Path(__file__).parents[2]
    shell.sendline(f"export PYTHONPATH='{root}' PATH='{tmp_path}':$PATH PS1='ready''> '")
    shell.expect_exact("ready> ")
    shell.sendline("bind 'set bell-style none'")
    shell.expect_exact("ready> ")
    shell.sendline('eval "$(service-group completion bash)"')
    shell.expect_exact("ready> ")
    shell.send(f"service-group {typed}\t")
    shell.expect_exact(f"service-group {becomes}")
    shell.close(force=True)
