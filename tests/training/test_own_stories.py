"""A trainer's own stories: read from one file, held to the guide, carried in the class file."""

import json

import pytest

from assistant.cli import main
from assistant.errors import UsageError
from assistant.guide.problems import GuideProblemsError
from assistant.training.attempts import digest
from assistant.training.classes import (
    class_text,
    read_class,
    read_own_stories,
    stories_of,
    with_own,
)
from tests.builders import shipped
from tests.training.trainee import syllabus

GUIDE = shipped().guide

STORIES = """\
lost_bus_pass:
  story: A boy lives at home under a voluntary agreement, and his goal is to stay there. It is no FINS case.
  ask: Which group for the bus pass?
  facts: {investigation: none, goal: maintain_home, setting: voluntary_in_home, fins: no}
  right: in_home_family_preservation
  note: The goal is to stay home.
waiting_for_a_plan:
  story: |-
    The court placed a girl in foster care. Nothing was assessed.

    There is no case plan yet.
  ask: Which group for the glasses?
  facts: {investigation: none, goal: no_plan, setting: out_of_home}
  right: preventive
  acceptable: [supervisor]
  marks: {expected_goal: return_home}
  note: There is no goal yet.
"""


@pytest.fixture
def read(tmp_path):
    """Return what reads the file with some of its words replaced."""

    def reading(*changes):
        text = STORIES
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "mine.yaml").write_text(text)
        return read_own_stories(tmp_path / "mine.yaml", GUIDE, syllabus().practice.cases)

    return reading


@pytest.fixture
def made(tmp_path, capsys):
    """Return what makes a class with the file of stories: its exit code, the class, what was said."""
    (tmp_path / "mine.yaml").write_text(STORIES)
    file = tmp_path / "c.json"

    def making(*words):
        words = ("--stories", str(tmp_path / "mine.yaml"), "--output", str(file), *words)
        code = main(["training", "new-class", "Mine", *words])
        return code, read_class(file.read_text()) if not code else None, capsys.readouterr()

    return making


WRONG = {
    "a group that is not the guide's": ("right: preventive", "right: adoption", 14, "wrong-answer"),
    "an answer the guide does not accept": ("[supervisor]", "[adoption]", 15, "wrong-answer"),
    "an answer left out": ("[supervisor]", "[]", 15, "wrong-answer"),
    "an unknown value": ("no_plan, setting", "no_plann, setting", 13, "unknown-value"),
    "a fact that is missing": (", setting: out_of_home", "", 13, "missing-key"),
    "facts that cannot be": (
        "investigation: none, goal: no_plan",
        "investigation: open, fins: without_report, goal: no_plan",
        13,
        "cannot-stand",
    ),
    "an unknown key": ("right: preventive", "rihgt: preventive", 14, "unknown-key"),
    "a name that is taken": ("lost_bus_pass:", "safety_plan_only:", 1, "same-name"),
    "a name with capitals": ("lost_bus_pass:", "Lost:", 1, "name"),
    "a telephone number": ("There is no goal yet.", "Call 614-555-0134.", 17, "personal"),
    "an unknown mark": ("expected_goal: return_home", "expected_goal: home", 16, "unknown-value"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_mistake_is_named_with_its_line(read, wrong):
    """As the guide's own mistakes are."""
    old, new, line, rule = wrong
    with pytest.raises(GuideProblemsError) as error:
        read((old, new))
    found = {(problem.file, problem.line, problem.rule) for problem in error.value.problems}
    assert ("mine.yaml", line, rule) in found


def test_mistakes_of_shape_and_of_facts_are_told_in_one_round(read):
    """A key misspelled in one story hides nothing of the other."""
    with pytest.raises(GuideProblemsError) as error:
        read(("right: in_home", "rihgt: in_home"), ("goal: no_plan", "goal: no_plann"))
    rules = {problem.rule for problem in error.value.problems}
    assert rules == {"unknown-key", "missing-key", "unknown-value"}


def test_facts_that_cannot_be_are_named(read):
    """Those two that clash, and no other."""
    with pytest.raises(GuideProblemsError) as error:
        read(WRONG["facts that cannot be"][:2])
    (found,) = [one for one in error.value.problems if one.rule == "cannot-stand"]
    assert "investigation=open" in found.message
    assert "fins=without_report" in found.message
    assert "goal=no_plan" not in found.message


def test_a_class_carries_the_stories(made):
    """In the order of the file, answered as the guide answers them, with their own traps."""
    code, found, said = made()
    assert code == 0
    assert "holds the answers" in said.out
    assert read_class(class_text(found)) == found
    first, second = stories_of(found, syllabus(), shipped().meaning_hash)
    assert (first.id, second.id) == ("lost_bus_pass", "waiting_for_a_plan")
    assert second.paragraphs[1] == "There is no case plan yet."
    right = [GUIDE.outcomes[story.outcome].group for story in (first, second)]
    assert right == ["in_home_family_preservation", "preventive"]
    assert "reunification" in second.traps
    assert "lost_bus_pass" in with_own(found, syllabus()).practice.cases
    assert "lost_bus_pass" not in syllabus().practice.cases


def test_others_follow_only_if_asked_for(made):
    """As many as make the number, or those that are named."""
    assert len(made("--count", "5", "--mix")[1].stories) == 5
    named = made("--cases", "safety_plan_only", "--force")[1].stories
    assert named == ("lost_bus_pass", "waiting_for_a_plan", "safety_plan_only")
    assert len(made("--count", "1", "--force")[1].stories) == 2


def test_a_file_whose_stories_do_not_hold_here_is_not_taken_part_in(made):
    """A trainer's story that this guide answers differently, though the file is whole."""
    data = json.loads(class_text(made()[1]))
    data["own"]["lost_bus_pass"]["right"] = "adoption"
    del data["checksum"]
    found = read_class(json.dumps({**data, "checksum": digest(data)}))
    with pytest.raises(UsageError, match="different guide"):
        stories_of(found, syllabus(), shipped().meaning_hash)


def test_what_is_not_a_story_file_is_refused_in_words(made, tmp_path):
    """No traceback: no such file, no text, no mapping."""
    (tmp_path / "mine.yaml").write_bytes(b"\xff\xfe\x00")
    assert made()[0] == 1
    (tmp_path / "mine.yaml").write_text("- a list")
    assert made()[0] == 1
    (tmp_path / "mine.yaml").unlink()
    code, _, said = made()
    assert code == 1
    assert "cannot be read" in said.err
