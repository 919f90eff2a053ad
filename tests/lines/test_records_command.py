"""`service-group records`: entries as lines."""

import pytest

from assistant.cli import main
from assistant.records.store import open_store
from tests.lines.talk import ADOPTION, FIELDS, Talk


@pytest.fixture
def three(start):
    """Record three choices, the second against the recommendation."""
    for other in ((), ("supervisor", "the supervisor says so"), ()):
        chosen = ("2", "2") if other else ("1",)
        Talk(start(), *ADOPTION, *chosen, *FIELDS, *other, "yes")


@pytest.mark.usefixtures("three")
def test_entries_are_listed_newest_first(capsys):
    """One line each, which says all that tells it from the others."""
    assert main(["records", "list"]) == 0
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == ["3", "2", "1"]
    second = " ".join(said.out.splitlines()[2].split())
    assert second == "2 Oct 3 0042 Assessment/Investigation child 1: home study changed"
    assert said.err == ""


@pytest.mark.usefixtures("three")
def test_a_part_of_the_list_says_how_to_get_the_rest(capsys):
    """The command for it is on standard error, beside the data."""
    assert main(["records", "list", "--limit", "1", "--before", "3"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[1].startswith("2 ")
    assert len(said.out.splitlines()) == 2
    assert said.err == "For older ones: service-group records list --before 2\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [((), "Nothing is recorded yet."), (("--before", "5"), "No entry is older than 5.")],
)
def test_an_empty_list_says_so(options, said, data_folder, capsys):
    """Not among the data."""
    open_store(data_folder)
    assert main(["records", "list", *options]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(said)


@pytest.mark.usefixtures("three")
def test_a_whole_entry_is_shown(capsys):
    """With its answers, in lines that fit."""
    assert main(["records", "show", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Group recorded: Assessment/Investigation Services" in lines
    assert "Recommended: Adoption Services" in lines
    assert "Your reason: The supervisor decided. Note: the supervisor says so" in lines
    assert "Answer 1. Since the agency's current work with this child or family began, has" in lines
    assert lines[-1] == "This is advice. The agency's data system is the official record."
    assert all(len(line) <= 80 for line in lines)


def test_an_entry_that_is_not_there(data_folder, capsys):
    """Is one sentence, and exit code 1."""
    open_store(data_folder)
    assert main(["records", "show", "7"]) == 1
    assert "The records have no entry 7" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["show", "0042x"], ["show"], ["show", "0"], ["list", "--limit", "0"]]
)
def test_what_is_no_entry_is_refused(words, capsys):
    """Exit code 2, as for every command."""
    assert main(["records", *words]) == 2
    assert capsys.readouterr().out == ""


def test_text_in_an_entry_is_only_text(data_folder, services, capsys):
    """However it came there, nothing a terminal obeys is printed, and an entry stays one line."""
    Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    from dataclasses import replace

    store = open_store(data_folder)
    store.add(replace(store.get(1), id="f" * 32, service="home\x1b[2J\nstudy"))
    assert main(["records", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
