"""`service-group groups`: the seven in a list, one whole, or two compared."""

import json
import re

import pytest

from assistant.cli import main


@pytest.fixture
def groups(capsys):
    """Return what runs the command: its exit code, and what it prints on either side."""

    def run(*words):
        code = main(["groups", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_list_names_all_seven_and_when_to_use_each(groups):
    """Name and id on one line, the rule in words on the next."""
    code, out, err = groups()
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert len(re.findall("^Use when", out, re.MULTILINE)) == 7
    assert lines[:2] == ["Adoption Services (adoption)", "Use when the goal is adoption."]


def test_one_group_is_shown_whole(groups):
    """What it is, both clauses of its rule, quotes with their place, and what sets others apart."""
    out = " ".join(groups("preventive")[1].split())
    assert out.startswith("Preventive Services (preventive) What it is: ")
    assert out.count("Use when: ") == 2
    assert '"A case plan goal has not been established" (About Case Service Groups' in out
    assert "Easily mixed up with: In-Home Family Preservation Services. " in out


@pytest.mark.parametrize(
    "typed",
    ["preventive in-home", "Preventive Services vs In-Home Family", "prev and in_home"],
)
def test_two_groups_are_compared(groups, typed):
    """Each for itself, then what is the same, what differs, and the question that tells."""
    code, out, err = groups(*typed.split())
    assert (code, err) == (0, "")
    about = [line.partition(":")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert about == [
        "Preventive Services",
        "In-Home Family Preservation Services",
        "The same",
        "Different",
        "Ask yourself",
        "Source",
        "Source",
    ]


def test_two_groups_that_nobody_mixes_up_are_shown_too(groups):
    """Without what the guide does not say."""
    code, out, _ = groups("independent", "preventive")
    assert code == 0
    assert "Different" not in out


def test_on_a_terminal_with_room_two_groups_stand_side_by_side(groups, monkeypatch):
    """Unless plain lines are wanted."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    beside = groups("preventive", "in-home")[1].splitlines()
    assert [name.strip() for name in beside[0].split("│")] == [
        "Preventive Services",
        "In-Home Family Preservation Services",
    ]
    assert max(map(len, beside)) <= 80
    monkeypatch.setenv("COLUMNS", "60")
    assert "│" not in groups("preventive", "in-home")[1]


def test_json_of_two_holds_both_and_what_tells_them_apart(groups):
    told = json.loads(groups("--json", "preventive", "in-home")[1])
    assert [group["id"] for group in told["groups"]] == [
        "preventive",
        "in_home_family_preservation",
    ]
    assert told["tells"] == "goal"
    assert {"same", "different", "question", "cites"} < set(told)


@pytest.mark.parametrize(
    "typed",
    [
        "in_home_family_preservation",
        "In-Home Family Preservation Services",
        "in-home family preservation",
        "in home",
        "IN-HOME",
    ],
)
def test_a_group_is_known_by_id_name_or_beginning(groups, typed):
    """Capitals, hyphens and underscores make no difference, nor does it matter where words end."""
    assert groups(*typed.split()) == groups("in_home_family_preservation")
    assert groups(typed)[0] == 0


def test_a_slip_is_answered_with_what_was_perhaps_meant(groups):
    """Nothing is guessed: the name is offered."""
    code, out, err = groups("adption")
    assert (code, out) == (2, "")
    assert "did you mean 'adoption'" in err


@pytest.mark.parametrize("typed", ["p", "nonsense", "-", "adoption adoption", "adoption nonsense"])
def test_what_names_no_group_or_several_is_refused(groups, typed):
    """With where to see the names."""
    code, _, err = groups(typed)
    assert code == 2
    assert "service-group groups" in err


def test_json_holds_every_group(groups):
    """A list of all, or the object of one."""
    every = json.loads(groups("--json")[1])
    one = json.loads(groups("--json", "preventive")[1])
    assert len(every) == 7
    assert one in every
    assert [clause["facts"] for clause in one["use_when"]] == [
        {"goal": ["no_plan", "no_goal"]},
        {"fins": ["without_report"]},
    ]
    assert set(one["cites"][0]) == {"document", "section", "words"}


@pytest.mark.parametrize("group", ["", "adoption", "planned_permanent_living_arrangement"])
def test_no_line_is_wider_than_eighty(groups, group):
    """The list and the pages fit a terminal."""
    lines = groups(*group.split())[1].splitlines()
    assert [line for line in lines if len(line) > 80] == []


def test_help_has_an_example(groups):
    """Every command shows how it is used."""
    assert "service-group groups preventive" in groups("--help")[1]
