"""What is the terminal's, the disk's or the home's doing is told in a sentence, and is no fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import OutputError, crash_sentence
from assistant.records.store import open_store
from assistant.text import say
from tests.cli.every_command import SITUATIONS, TALKERS, commands
from tests.records.conftest import any_entry

ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-m", "assistant"]

unix = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no full disk to write to"
)


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """Return how every command ended: words, situation, exit code, and what it said of that."""
    folder = tmp_path_factory.mktemp("surroundings")
    store = open_store(folder / "data")
    for _ in range(2):
        store.add(any_entry())
    subprocess.run(
        [sys.executable, "-m", "tests.cli.every_command", str(folder / "rows")],
        env=os.environ | {"SERVICE_GROUP_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)},
        cwd=folder,
        check=True,
    )
    return json.loads((folder / "rows").read_text(encoding="utf-8"))


@unix
@pytest.mark.parametrize("command", ["", *commands()])
def test_no_command_fails_for_want_of_a_stream(ended, command):
    """Neither a full disk nor a closed stream is a fault; where output is lost, one sentence says so."""
    rows = [row for row in ended if row[0] == command]
    assert {row[2] for row in rows} == set(SITUATIONS if command in TALKERS else SITUATIONS[:2])
    for _, given, situation, code, said in rows:
        told = (command, given, situation, code, said)
        assert code in {0, 1, 2, 3}, told
        assert "Traceback" not in said, told
        lost = said.count("The output cannot be written:") + said.count("There is nowhere to write")
        assert lost <= 1, told
        if given == ["--help"] and situation != "no input":
            assert code == 1, told
            assert lost == (situation != "full errors"), told
        assert not (lost and code == 0), told


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-1"])
def test_what_an_old_code_page_cannot_hold_is_replaced(encoding, data_folder, monkeypatch):
    """Bars, ticks, and a service's name with an emoji end no command."""
    store = open_store(data_folder)
    store.add(any_entry(service="Art 🎨 therapy – weekly", case_number="1"))
    monkeypatch.setenv("PYTHONIOENCODING", f"{encoding}:strict")
    typed = "\n".join(
        f"assert main({words.split()}) in (0, 3)"
        for words in (
            *("records list", "records show 1", "records memo 1", "records history 1"),
            *("records summary", "records export --format csv --output -", "groups"),
            *("content draw", "content card", "help workers", "recommend goal=adoption"),
        )
    )
    done = subprocess.run(
        [sys.executable, "-c", f"from assistant.cli import main\n{typed}"],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    assert b"Art ? therapy" in done.stdout
    done.stdout.decode(encoding)


def test_the_output_door_refuses_in_words(monkeypatch):
    """A closed stream is no reason to raise anything else; errors that nobody can hear are lost."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(OutputError):
        say("anything")
    say("anything", err=True)


NO_HOME = {"HOME": None, "XDG_DATA_HOME": None, "XDG_CONFIG_HOME": None, "SERVICE_GROUP_DATA": None}
KEEP_NOTHING = (
    *("--version", "--help", "recommend goal=adoption", "lookup drug screens", "groups"),
    *(
        "content check",
        "content draw",
        "content card",
        "content questions",
        "settings",
        "help workers",
        "training cases",
    ),
)
KEEP_SOMETHING = ("records list", "ask --plain", "records verify")


@pytest.fixture
def homeless(monkeypatch, tmp_path):
    """Stand in for an account that the system does not know, with nothing that names its home."""
    for variable in (*NO_HOME, "SERVICE_GROUP_SETTINGS"):
        monkeypatch.delenv(variable, raising=False)

    def unknown(*_arguments):
        raise KeyError("uid not found")

    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@unix
@pytest.mark.parametrize("words", KEEP_NOTHING)
def test_what_keeps_nothing_works_without_a_home(homeless, words):
    assert main(words.split()) in {0, 3}
    assert [*homeless.iterdir()] == []


@unix
@pytest.mark.parametrize("home", [None, "", "relative", "~"])
@pytest.mark.parametrize("words", KEEP_SOMETHING)
def test_what_keeps_something_says_what_to_set(homeless, words, home, monkeypatch, capsys):
    if home is not None:
        monkeypatch.setenv("HOME", home)
    assert main(words.split()) == 1
    said = capsys.readouterr().err
    assert "HOME" in said
    assert "SERVICE_GROUP_DATA" in said
    assert [*homeless.iterdir()] == []


@unix
def test_the_doctor_tells_of_no_home(homeless, capsys):
    assert main(["doctor", "--json"]) == 1
    (folder,) = [
        one for one in json.loads(capsys.readouterr().out)["findings"] if one["name"] == "Folder"
    ]
    assert "HOME" in folder["what_to_do"]


@unix
def test_a_home_that_a_variable_means_but_nobody_has_is_refused(homeless, monkeypatch, capsys):
    """No folder named ~ is made where the command happens to be."""
    monkeypatch.setenv("SERVICE_GROUP_DATA", "~/records")
    assert main(["ask", "--plain"]) == 1
    assert "SERVICE_GROUP_DATA" in capsys.readouterr().err
    assert [*homeless.iterdir()] == []


def test_a_crash_is_told_whatever_stops_its_report():
    """The handler needs nothing that may just have failed."""

    def broken(report):
        raise RuntimeError("no home")

    assert "error in the program" in crash_sentence(ValueError(), broken)


NAMES = ("x" * 300, f"{'d' * 250}/{'e' * 250}/" * 20, "loop/inside")


@unix
@pytest.mark.parametrize("name", NAMES, ids=["long", "long path", "loop"])
@pytest.mark.parametrize(
    "words",
    [
        "records list --data {}",
        "ask --plain --data {}",
        "doctor --data {}",
        "content check --content {}",
        "recommend goal=adoption --content {}",
        "recommend goal=adoption --decisions {}",
        "records export --format csv --output {}",
        "records import {}",
        "content card --output {}",
        "training class {} --alias blue",
        "training collect {}",
        "ask --class {}",
    ],
)
def test_names_that_no_file_can_have_are_refused(words, name, tmp_path, capsys, monkeypatch):
    """Neither does a link that leads back to itself end in a fault."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    path = str(tmp_path / name)
    assert main([part.format(path) for part in words.split()]) in {1, 2}
    assert "Traceback" not in capsys.readouterr().err


@unix
@pytest.mark.parametrize("variable", ["SERVICE_GROUP_DATA", "SERVICE_GROUP_SETTINGS"])
@pytest.mark.parametrize("name", NAMES, ids=["long", "long path", "loop"])
def test_such_names_in_the_environment_are_refused(variable, name, tmp_path, monkeypatch, capsys):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setenv(variable, str(tmp_path / name))
    assert main(["records", "list"]) == 1
    assert capsys.readouterr().err
