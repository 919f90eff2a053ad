"""The report on how hard the guide is to read: grades as they should come out, and what is left out."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from reading import HARD, fixed_in, grade, main, passages, without_names  # noqa: E402


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The goal is to return the child home. Look at the case plan.", -3, 3),
        ("None. The page says which kinds of cases the group is for, and this is not one.", 3, 7),
        ("Permanency determinations necessitate multidisciplinary deliberation.", 20, 50),
    ],
)
def test_a_passage_has_the_grade_that_reads_it(text, low, high):
    assert low <= grade(text) <= high


def test_an_answer_of_one_word_makes_no_passage_easier():
    text = "Every assessment that the agency opens counts, whatever it finds."
    assert grade(f"Yes. {text}") > grade(f"{text} {text}") - 1


def test_what_is_not_ours_is_no_passage():
    """Nor is a label; an earlier guide's words and a document's are as they are."""
    long = "one two three four five six seven eight nine ten"
    data = {"say": long, "cites": [{"words": long}], "words": [long], "name": "Too short"}
    assert [*passages(data)] == [long]


def test_a_groups_name_makes_no_passage_hard():
    name = "Planned Permanent Living Arrangement Services"
    text = f"Use {name} for this goal, and not any other group that you know."
    assert grade(text) > grade(without_names(text, [name]))
    assert name not in without_names(text, [name])


def test_only_fixed_wording_and_group_names_are_hard_to_read(capsys):
    """The report fails nothing; it lists by reason what is above the grade."""
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"Passages above grade {HARD}: 0" in lines
    for reason in ("fixed wording", "group name"):
        (line,) = [
            line for line in lines if line.startswith(f"Passages above grade {HARD} ({reason}): ")
        ]
        assert not line.endswith(": 0")


def test_the_wording_of_questions_and_answers_is_fixed():
    """Not the help beside it."""
    long = "one two three four five six seven eight nine ten"
    question = {
        "ask": f"{long}?",
        "help": [{"say": long}],
        "options": {"no": {"label": f"No: {long}"}},
    }
    assert [*fixed_in({"fins": question})] == [f"{long}?", f"No: {long}"]
