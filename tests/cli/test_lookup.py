"""`service-group lookup`: a list to read or to process, and nothing heavy loaded for it."""

import json
import subprocess
import sys

import pytest

from assistant.cli import main
from assistant.cli.lookup import NOTHING_FOUND
from assistant.engine.verdict import use_when
from tests.builders import shipped

LOADS = """
import sys
from assistant.cli import main
code = main(sys.argv[1:])
heavy = {"textual", "rich", "pydantic", "yaml", "sqlalchemy", "alembic"}
print(code, *sorted(heavy & {name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.fixture
def lookup(capsys):
    """Return what runs the look-up: its exit code, and what it prints on either side."""

    def run(*words):
        code = main(["lookup", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_worker_reads_what_it_means_and_where_it_leads(lookup):
    """Kind, title, meaning, groups and the facts to go on with, each line about what it names."""
    code, out, err = lookup("protective supervision", "--limit", "1")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].startswith("1. Situation: ")
    assert lines[1].startswith("What it means: ")
    assert "Usually leads to: In-Home Family Preservation Services, if the" in " ".join(out.split())
    assert lines[-1].endswith("service-group recommend setting=protective_supervision")


def test_words_that_say_nothing_of_a_report_settle_nothing(lookup):
    """That a child is truant does not say that no report came in."""
    (found,) = json.loads(lookup("--json", "truant", "--limit", "1")[1])
    assert (found["id"], found["facts"]) == ("fins_no_report", {})


@pytest.mark.parametrize("words", ["adoption", "foster", "goal", "safety plan", "FINS", "group"])
def test_no_line_is_wider_than_eighty(lookup, words):
    """Lines are broken at words, and end without blanks."""
    lines = lookup(words, "--limit", "100")[1].splitlines()
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []


def test_where_no_group_is_named_it_says_whom_to_ask(lookup):
    """The supervisor stands before the groups that are only possible."""
    assert "Leads to: no group. Ask your supervisor." in lookup("guardianship")[1]


def test_a_group_says_what_it_is_mixed_up_with(lookup):
    """Its own rule instead of where it leads: it is where one gets to."""
    out = " ".join(lookup("preventive services", "--limit", "1")[1].split())
    assert "Leads to" not in out
    assert f"Use when: {use_when(shipped().guide, 'preventive')}." in out
    assert "Easily mixed up with: In-Home Family Preservation Services," in out


def test_json_is_a_list_of_what_was_found(lookup):
    """Exactly the fields that are published, best first."""
    code, out, err = lookup("--json", "trial", "home", "visit", "--limit", "3")
    hits = json.loads(out)
    assert (code, err) == (0, "")
    assert all(list(hit) == ["kind", "id", "title", "leads_to", "facts", "score"] for hit in hits)
    assert hits[0] == {
        "kind": "situation",
        "id": "trial_home_visit",
        "title": hits[0]["title"],
        "leads_to": ["reunification"],
        "facts": {"goal": "return_home"},
        "score": hits[0]["score"],
    }
    assert [hit["score"] for hit in hits] == sorted((h["score"] for h in hits), reverse=True)


def test_words_may_come_as_one_or_as_many(lookup):
    """Quotation marks make no difference."""
    assert lookup("safety plan") == lookup("safety", "plan")


def test_words_not_understood_are_named(lookup):
    """On standard error, so that what is read by a program stays data."""
    code, out, err = lookup("--json", "adoption", "zzyzx")
    assert (code, err) == (0, "Not found: zzyzx\n")
    assert json.loads(out)


def test_two_groups_are_compared(lookup):
    """And it says how to see both side by side."""
    out = lookup("difference between preventive and in-home", "--limit", "1")[1]
    assert out.startswith("1. Comparison: ")
    assert "service-group groups preventive in_home_family_preservation" in out


def test_nothing_found_says_what_to_try(lookup):
    """One sentence on standard error, and an exit code of its own."""
    code, out, err = lookup("zzyzx")
    assert (code, out) == (NOTHING_FOUND, "")
    assert "Try" in err
    assert "service-group groups" in err


def test_nothing_found_as_json_is_an_empty_list(lookup):
    """A program gets data all the same."""
    code, out, err = lookup("--json", "zzyzx")
    assert (code, json.loads(out), err) == (NOTHING_FOUND, [], "Not found: zzyzx\n")


@pytest.mark.parametrize("words", [[], ["--limit", "0", "goal"], ["--limit", "x", "goal"]])
def test_what_cannot_be_used_is_refused(lookup, words):
    """No words, or a limit that is no number of entries."""
    assert lookup(*words)[0] == 2


def test_with_the_guide_kept_nothing_heavy_is_loaded(data_folder):
    """Neither the screen nor the store, and neither YAML nor pydantic from the second time on."""
    command = [sys.executable, "-c", LOADS, "lookup", "--json", "adoption"]
    done = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
    assert done[1].stderr.splitlines()[-1] == "0"
    assert done[0].stdout == done[1].stdout


def test_help_has_an_example_and_the_exit_codes(lookup):
    """Everything needed to use it from a program, too."""
    out = lookup("--help")[1]
    assert "service-group lookup trial home visit" in out
    assert "Exit codes:" in out
