"""Practice that is missing or wrong: every mistake with its place, and never the guide's affair."""

import shutil
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import GuideError
from assistant.guide.loading import load_guide
from assistant.guide.problems import GuideProblemsError, problems_text
from assistant.training.content import load_practice
from tests.builders import CONTENT, content_copy, edit, shipped

HERE = Path(__file__).parent
BAD = HERE / "bad" / "practice"
GOOD = HERE / "good"

CASES_SHIPPED = len(load_practice(CONTENT, shipped().guide).cases)

CASES = "practice/cases/at_home.yaml"
SOUNDS = "practice/sounds.yaml"
TELLING = "practice/telling.yaml"
RULES = "practice/misunderstandings.yaml"

FIRST_FACTS = "{investigation: concluded, goal: maintain_home, setting: protective_supervision}"

BROKEN: dict[str, tuple[str, str, str, str, str]] = {
    "an outcome the facts do not lead to": (
        CASES,
        "outcome: maintain_home_named_case",
        "outcome: maintain_home_out_of_home",
        "maintain_home_out_of_home",
        "the facts lead to 'maintain_home_named_case', not to 'maintain_home_out_of_home' (wrong-outcome)",
    ),
    "an unknown outcome": (
        CASES,
        "outcome: maintain_home_named_case",
        "outcome: maintain_home_named_cas",
        "maintain_home_named_cas\n",
        "unknown outcome 'maintain_home_named_cas'; did you mean 'maintain_home_named_case'",
    ),
    "an unknown fact": (
        CASES,
        FIRST_FACTS,
        FIRST_FACTS.replace("goal", "gaol"),
        "gaol: maintain",
        "unknown fact 'gaol'; did you mean 'goal'? (unknown-fact)",
    ),
    "an unknown value": (
        CASES,
        "setting: protective_supervision",
        "setting: protective_supervison",
        "protective_supervison",
        "unknown value of 'setting' 'protective_supervison'; did you mean 'protective_supervision'?",
    ),
    "a fact that the interview asks and the case lacks": (
        CASES,
        ", setting: protective_supervision}",
        "}",
        "{investigation: concluded, goal: maintain_home}",
        "the interview asks 'setting', and it is missing (missing-key)",
    ),
    "facts that cannot stand together": (
        CASES,
        FIRST_FACTS,
        FIRST_FACTS.replace("goal:", "fins: without_report, goal:"),
        "{investigation: concluded, fins",
        "investigation=concluded and fins=without_report cannot both be true",
    ),
    "a misspelled key": (
        CASES,
        "  note: >-",
        "  nota: >-",
        "nota:",
        "unknown key 'nota'; did you mean 'note'? (unknown-key)",
    ),
    "an empty story": (
        CASES,
        "Which group for the parent mentor?",
        '""',
        '""',
        "the text is empty (empty)",
    ),
    "a group accepted that there is not": (
        CASES,
        "acceptable: [preventive]",
        "acceptable: [preventative]",
        "preventative",
        "unknown group 'preventative'; did you mean 'preventive'? (unknown-group)",
    ),
    "a mark that there is not": (
        CASES,
        "safety_plan: yes",
        "safety_plans: yes",
        "safety_plans",
        "unknown key 'safety_plans'; did you mean 'safety_plan'? (unknown-key)",
    ),
    "a marked goal that there is not": (
        CASES,
        "other_goal: return_home",
        "other_goal: return_hom",
        "return_hom}",
        "unknown value of 'goal' 'return_hom'; did you mean 'return_home'? (unknown-value)",
    ),
    "a pair with the same outcome": (
        CASES,
        FIRST_FACTS + "\n  outcome: maintain_home_named_case",
        FIRST_FACTS + "\n  outcome: maintain_home_named_case\n  contrast: agreed_dependency",
        "agreed_dependency\n  note",
        "'agreed_dependency' ends in the same outcome (contrast)",
    ),
    "an option without sounds": (
        SOUNDS,
        "  adoption:",
        "  adaption:",
        "goal:",
        "nothing says how goal=adoption sounds (missing-key)",
    ),
    "sounds of no option": (
        SOUNDS,
        "  adoption:",
        "  adaption:",
        "adaption",
        "unknown value of 'goal' 'adaption'; did you mean 'adoption'? (unknown-value)",
    ),
    "too few sounds of an option": (
        SOUNDS,
        "    - This is a FINS case, and a caller's report of neglect came in earlier and was screened out.\n",
        "",
        "- The intake category is FINS. Nobody at",
        "this list is too short (too-few)",
    ),
    "a sentence that stands for two answers": (
        SOUNDS,
        "The case plan goal is independent living.",
        "the case plan goal is a planned permanent living arrangement",
        "the case plan goal is a planned",
        "this is already said, at least in part, at sounds.goal.planned_permanent_living (same-name)",
    ),
    "an opening that nothing can rule out": (
        TELLING,
        "\nservices:",
        "    unless: {fins: [noo]}\n\nservices:",
        "noo]",
        "unknown value of 'fins' 'noo'; did you mean 'no'? (unknown-value)",
    ),
    "a misunderstanding that goes by no fact or mark": (
        RULES,
        "{youth: [",
        "{yuoth: [",
        "yuoth",
        "unknown fact 'yuoth'",
    ),
    "a misunderstanding that goes by no value of a fact": (
        RULES,
        "fins: [other_fins]",
        "fins: [other_fin]",
        "other_fin]",
        "unknown value of 'fins' 'other_fin'; did you mean 'other_fins'? (unknown-value)",
    ),
    "a misunderstanding that goes by no value of a mark": (
        RULES,
        '{youth: ["yes"]}',
        "{youth: [yees]}",
        "yees]",
        "unknown value of 'youth' 'yees'; did you mean 'yes'? (unknown-value)",
    ),
    "a misunderstanding that leads to no group": (
        RULES,
        "answer: preventive",
        "answer: preventve",
        "preventve",
        "unknown group 'preventve'; did you mean 'preventive'? (unknown-group)",
    ),
    "a value written as an alias": (
        TELLING,
        "  - An uncle in another state calls once a month.",
        "  - *uncle",
        "*uncle",
        "anchors and aliases",
    ),
}


@pytest.fixture
def folder(tmp_path):
    return content_copy(tmp_path)


def problems_in(folder, guide=None):
    with pytest.raises(GuideProblemsError) as caught:
        load_practice(folder, guide or shipped().guide)
    return caught.value.problems


def place_of(folder, file, words):
    before = (folder / file).read_text(encoding="utf-8").split(words)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_all_mistakes_are_listed_at_once_each_with_its_place():
    """A folder that breaks every rule is answered with exactly the list kept beside it."""
    found = problems_in(BAD, load_guide(GOOD).guide)
    expected = (BAD / "expected.txt").read_text(encoding="utf-8")
    assert problems_text(found).splitlines() == expected.splitlines()


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_named_where_it_stands(folder, broken):
    """File, line and column are those of the broken words, and the sentence says what is wrong."""
    file, old, new, place, said = broken
    edit(folder, file, old, new)
    (problem,) = [found for found in problems_in(folder) if said in problems_text([found])]
    assert (problem.file, problem.line, problem.column) == (file, *place_of(folder, file, place))


def test_a_contrast_is_mutual(folder):
    """A story that names one that does not name it back is a mistake at both."""
    edit(folder, CASES, "contrast: closed_last_friday", "contrast: placed_last_night")
    assert [found.rule for found in problems_in(folder)] == ["contrast", "contrast"]


def test_a_file_that_is_not_there_or_not_known_is_named(folder):
    """A part that is missing, and a file that is no part, are each named."""
    (folder / "practice/telling.yaml").rename(folder / "practice/teling.yaml")
    assert [(found.file, found.rule) for found in problems_in(folder)] == [
        ("practice/teling.yaml", "unknown-file"),
        ("practice/telling.yaml", "missing-file"),
    ]
    assert "did you mean 'telling'?" in problems_text(problems_in(folder))


def test_text_that_is_no_yaml_is_named_with_its_place(folder):
    """What the reader of YAML refuses is a mistake like others."""
    (folder / CASES).write_text("agreed: ]", encoding="utf-8")
    (problem,) = problems_in(folder)
    assert (problem.file, problem.line, problem.rule) == (CASES, 1, "yaml")


@pytest.mark.parametrize("left", ["no folder", "an empty folder"])
def test_a_guide_without_practice_says_so_to_whoever_practises(folder, left):
    """The error says what is missing and where, and what to do."""
    shutil.rmtree(folder / "practice")
    if left == "an empty folder":
        (folder / "practice").mkdir()
    with pytest.raises(GuideError) as caught:
        load_practice(folder, shipped().guide)
    assert not isinstance(caught.value, GuideProblemsError)
    assert caught.value.where == str(folder / "practice")
    assert caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize("what", ["missing", "broken"])
def test_the_guide_is_the_same_whatever_becomes_of_practice(folder, what):
    """Neither hash of the guide, nor whether it loads, depends on what it is practised with."""
    if what == "missing":
        shutil.rmtree(folder / "practice")
    else:
        (folder / SOUNDS).write_bytes(b"\xff[")
    loaded = load_guide(folder)
    assert loaded.raw_hash == shipped().raw_hash
    assert loaded.meaning_hash == shipped().meaning_hash


def test_content_check_lists_mistakes_of_practice(folder, capsys):
    """Whoever keeps the guide sees them as any other, and the exit code is 1."""
    edit(folder, CASES, "outcome: maintain_home_named_case", "outcome: maintain_home_nowhere")
    assert main(["content", "check", "--content", str(folder)]) == 1
    said = capsys.readouterr()
    line, column = place_of(folder, CASES, "maintain_home_nowhere")
    assert said.out.startswith(f"{CASES}:{line}:{column}: error: unknown outcome")
    assert said.err.startswith("1 mistake found")


def test_content_check_counts_what_is_practised_with(folder, capsys):
    """A sound folder is counted, and one without practice is no mistake."""
    assert main(["content", "check", "--content", str(folder)]) == 0
    assert f"{CASES_SHIPPED} practice cases" in capsys.readouterr().out
    shutil.rmtree(folder / "practice")
    assert main(["content", "check", "--content", str(folder)]) == 0
    assert "no practice content" in capsys.readouterr().out
