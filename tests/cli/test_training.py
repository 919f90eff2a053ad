"""`service-group training` for a trainer: class files, results taken in, and every refusal."""

import json
import os
import stat
import sys
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.training.attempts import results_text
from assistant.training.classes import read_class
from assistant.training.judging import acceptable_answers
from tests.builders import shipped, shipped_practice
from tests.training.trainee import attempt, story_of, syllabus

GUIDE = shipped().guide
STORIES = [story_of(way) for way in syllabus().paths[::9]]


@pytest.fixture
def training(capsys, monkeypatch, tmp_path):
    """Return what runs a command in a folder of its own: its exit code, and what it prints."""
    monkeypatch.chdir(tmp_path)

    def run(*words, typed=""):
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        code = main(["training", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def a_class(training, tmp_path):
    """Return the path of a class file of three written cases, and those."""
    names = list(shipped_practice().cases)[:3]
    code, _, err = training("new-class", "Spring", "--cases", ",".join(names), "--output", "c.json")
    assert (code, err) == (0, "")
    return tmp_path / "c.json", names


def handed_in(path, alias="kim", numbers=range(1, 4)):
    """Write a results file of right answers."""
    made = [
        attempt(story, syllabus().right(story.outcome), number, alias=alias)
        for number, story in zip(numbers, STORIES, strict=False)
    ]
    path.write_text(results_text(made))


def test_a_mixed_class_has_written_stories_first(training, tmp_path):
    """Twelve written ones, as there are enough of each answer; chosen by name, nothing is mixed."""
    output = ("--output", "mixed.json")
    code, _, err = training("new-class", "Spring", "--count", "12", "--seed", "7", *output)
    assert (code, err) == (0, "")
    stories = read_class((tmp_path / "mixed.json").read_text()).stories
    assert len(set(stories) & shipped_practice().cases.keys()) == len(stories) == 12
    name = next(iter(shipped_practice().cases))
    code, _, err = training("new-class", "Spring", "--no-mix", "--output", "made.json")
    assert (code, err) == (0, "")
    made = read_class((tmp_path / "made.json").read_text()).stories
    assert not set(made) & shipped_practice().cases.keys()
    code, _, err = training("new-class", "Spring", "--mix", "--cases", name, "--output", "c.json")
    assert code == 2
    assert "--mix" in err


def test_a_class_from_a_seed_can_be_made_again(training, tmp_path):
    """What was made is said, with how often each answer is right in it."""
    options = ("--seed", "7", "--count", "9", "--mode", "drill")
    code, out, _ = training("new-class", "Spring", *options, "--output", "one.json")
    training("new-class", "Spring", *options, "--output", "two.json")
    one, two = ((tmp_path / name).read_text() for name in ("one.json", "two.json"))
    assert code == 0
    assert one == two
    found = read_class(one)
    assert (found.name, found.mode, len(found.stories)) == ("Spring", "drill", 9)
    assert "Class “Spring”: drill, with 9 stories." in out
    counts = [int(line.split()[0]) for line in out.splitlines() if " x " in line]
    assert sum(counts) == 9


def test_without_a_seed_each_class_is_another(training, tmp_path):
    """Ten stories by lot."""
    for name in ("one.json", "two.json"):
        training("new-class", "Spring", "--output", name)
    one, two = (read_class((tmp_path / name).read_text()) for name in ("one.json", "two.json"))
    assert len(one.stories) == len(two.stories) == 10
    assert one.stories != two.stories


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_a_class_file_is_for_handing_round(a_class):
    """Others may read it, and it has the stories that were named."""
    path, names = a_class
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(read_class(path.read_text()).stories) == names


def test_a_file_is_written_over_only_when_that_is_said(training, tmp_path):
    """Nothing is left beside it either."""
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    code, _, err = training("new-class", "Spring", "--output", path.name)
    assert (code, path.read_text()) == (2, "mine")
    assert "--force" in err
    assert training("new-class", "Spring", "--output", path.name, "--force")[0] == 0
    assert read_class(path.read_text()).name == "Spring"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Spring", "--cases", "nope"], "no story named 'nope'"),
        (["Spring", "--cases", "nope", "--seed", "1"], "not both"),
        (["Spring", "--cases", ","], "1 to 200 stories"),
        (["", "--count", "3"], "A class's name has"),
        (["Spring|2024", "--count", "3"], "cannot have the character '|'"),
        (["Case 20240017", "--count", "3"], "could be a case number"),
        (["x" * 61, "--count", "3"], "This one has 61"),
        (["Spring", "--mode", "drill", "--pass-mark", "70"], "Only a test has a pass mark"),
        (["Spring", "--mode", "learn", "--pass-mark", "80"], "Only a test has a pass mark"),
        (["Spring", "--count", "0"], "--count"),
        (["Spring", "--pass-mark", "101"], "--pass-mark"),
        (["Spring", "--output", "no/such/folder.json"], "folder"),
    ],
)
def test_what_no_class_can_be_made_of_is_refused(training, tmp_path, words, said):
    """With exit code 2, a sentence that says why, and no file."""
    output = () if "--output" in words else ("--output", "c.json")
    code, out, err = training("new-class", *words, *output)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "c.json").exists()


def test_every_written_case_is_listed_with_its_group(training):
    """Once each under its right answer, with how hard it is, its trap and how it begins."""
    code, out, _ = training("cases")
    assert code == 0
    lines, heading, listed = out.splitlines(), "", {}
    for line in lines:
        if line.endswith(":") and not line.startswith(" "):
            heading = line.removesuffix(":")
        elif line.startswith("  ") and line.split()[0] in shipped_practice().cases:
            listed[line.split()[0]] = heading
    assert len(listed) == len(shipped_practice().cases)
    for name, case in shipped_practice().cases.items():
        group = GUIDE.outcomes[case.outcome].group
        assert listed[name] == (GUIDE.groups[group].name if group else "Ask the supervisor")
    said = " ".join(out.split())
    for words in ("rare", "judgment call", "Trap: A safety plan is a case plan", "Begins: A boy"):
        assert words in said


def test_the_answer_key_of_a_class_has_facts_right_and_accepted_answers(training, a_class):
    """As JSON, a record a story in the order of the file; without --answers only what a trainee sees."""
    told = json.loads(training("cases", "--class", "c.json", "--answers", "--json")[1])
    assert [one["name"] for one in told] == a_class[1]
    for one in told:
        case = shipped_practice().cases[one["name"]]
        outcome = GUIDE.outcomes[case.outcome]
        assert (one["facts"], one["right"]) == (case.facts, outcome.group or "supervisor")
        also = {name or "supervisor" for name in acceptable_answers(GUIDE, case.outcome)}
        assert set(one["acceptable"]) >= also
    seen = json.loads(training("cases", "--class", "c.json", "--json")[1])
    assert [{*one} for one in seen] == [{"name", "title", "made", "story", "ask"}] * len(a_class[1])


def test_an_answer_key_has_all_that_counts_and_the_story_to_compare(training):
    """Groups that a story or its outcome accepts, the supervisor where the guide judges, and the pair."""
    shown = " ".join(training("cases", "after_the_adoption", "--answers")[1].split())
    assert "Also accepted: Adoption Services and Ask the supervisor." in shown
    assert "Compare with: decree_issued_goal_still_there" in shown
    shown = training("cases", "closing_next_month", "--answers")[1]
    assert "Also accepted" not in shown
    assert "Compare with" not in shown


def test_a_story_that_a_report_names_can_be_shown(training):
    """A made one by its name; what is none is refused."""
    story = STORIES[0]
    assert story.ask in " ".join(training("cases", story.id)[1].split())
    code, _, err = training("cases", "made-1-ffffffff")
    assert code == 2
    assert "no story named" in err


def test_a_trainer_can_read_a_class_with_its_answers(training, a_class):
    """Every story of the file, whole, in its order."""
    said = training("cases", "--class", "c.json", "--answers")[1]
    assert [line[:-1] for line in said.splitlines() if line[:-1] in a_class[1]] == a_class[1]
    assert said.count("Right answer: ") == 3


def test_a_class_shows_its_answers_only_to_whoever_asks_for_them(training, a_class):
    """Without that, its stories have no answer with them."""
    code, said, _ = training("cases", "--class", "c.json")
    assert code == 0
    assert "Right answer" not in said
    assert "Why: " not in said


def test_results_are_taken_in_once_however_often(training, tmp_path):
    """How many were new is said for each file, and whose they are."""
    handed_in(tmp_path / "kim.json")
    handed_in(tmp_path / "lee.json", "lee", range(11, 13))
    first = training("collect", "kim.json", "lee.json")
    again = training("collect", "kim.json", "lee.json")
    assert first == (
        0,
        "kim.json: 3 new, 0 already here (kim).\nlee.json: 2 new, 0 already here (lee).\n",
        "",
    )
    assert again[1].startswith("kim.json: 0 new, 3 already here (kim).")


def spoiled(text, how):
    if how == "cut":
        return text[: len(text) // 2]
    if how == "changed":
        return text.replace('"right"', '"wrong"', 1)
    return {"other": json.dumps({"hello": 1}), "empty": "", "text": "dear trainer"}[how]


@pytest.mark.parametrize("how", ["cut", "changed", "other", "empty", "text"])
def test_a_file_that_is_not_whole_is_named_and_the_others_are_taken_in(training, tmp_path, how):
    """With exit code 2; nothing of the bad file is taken in."""
    handed_in(tmp_path / "kim.json")
    handed_in(tmp_path / "lee.json", "lee", range(11, 14))
    bad = tmp_path / "lee.json"
    bad.write_text(spoiled(bad.read_text(), how))
    code, out, err = training("collect", "lee.json", "kim.json")
    assert code == 2
    assert out == "kim.json: 3 new, 0 already here (kim).\n"
    assert err.startswith("lee.json: refused. ")
    assert "results file" in err
    assert "1 of 2 files could not be added." in err
    assert "lee" not in training("report")[1]


def test_a_file_that_cannot_be_read_is_named(training, tmp_path):
    """Missing, a folder, or no text at all."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    code, _, err = training("collect", "gone.json", "folder", "picture.png")
    assert code == 2
    for name in ("gone.json", "folder", "picture.png"):
        assert f"{name}: refused. " in err
    assert "fault" not in err


@pytest.mark.parametrize(
    "command", [["class"], ["cases", "--class"], ["report", "--class"], ["results", "--class"]]
)
def test_a_class_file_that_will_not_do_is_refused_with_its_name(training, tmp_path, command):
    """Missing, or a file of another kind."""
    handed_in(tmp_path / "kim.json")
    rest = ("--output", "out.json", "--alias", "kim") if command[0] == "results" else ()
    for name, said in (("gone.json", "cannot be read"), ("kim.json", "not a class file")):
        code, _, err = training(*command, name, *rest)
        assert code == 2
        assert said in err
        assert name in err


def test_results_hold_the_answers_of_one_alias_in_one_class(training, a_class, tmp_path):
    """Two trainees on one computer hand in two files; a file is closed to others."""
    for alias in ("kim", "lee"):
        training("class", "c.json", "--alias", alias, typed="\n1\n1\n1\nhand in\nyes\nq\n")
    code, out, err = training(
        "results", "--class", "c.json", "--alias", "kim", "--output", "k.json"
    )
    assert (code, out) == (0, "")
    assert "kim: 3 of 3 stories answered." in err
    handed = json.loads((tmp_path / "k.json").read_text())["attempts"]
    assert [made["story"] for made in handed] == a_class[1]
    assert {made["alias"] for made in handed} == {"kim"}
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "k.json").stat().st_mode) == 0o600


def test_results_of_a_test_that_is_not_handed_in_say_so(training, a_class):
    """Nothing is recorded until then, and still the trainee has practiced."""
    training("class", "c.json", "--alias", "kim", typed="\n1\n1\nq\n")
    code, _, err = training("results", "--class", "c.json", "--alias", "kim")
    assert (code, "hand in the test first" in err) == (2, True)
    assert "practice first" not in err


def test_results_of_nothing_are_refused(training, a_class, tmp_path):
    """The class and the alias are named, and no file is made."""
    training("drill", "--alias", "kim", typed="1\nq\n")
    code, _, err = training("results", "--class", "c.json", "--alias", "kim", "--output", "k.json")
    assert code == 2
    assert "kim has no results in the class “Spring”" in err
    assert not (tmp_path / "k.json").exists()


@pytest.mark.parametrize("name", ["Été – 100%", "O'Hara's: 2024-2025", "Week 3/4 (Ann’s)"])
def test_a_class_may_have_an_ordinary_name(training, name):
    """Accents, dashes, an apostrophe, a colon and years are ordinary."""
    assert training("new-class", name, "--output", "c.json")[0] == 0


@pytest.mark.parametrize("command", ["progress", "results", "report"])
def test_an_alias_that_nobody_has_is_a_slip(training, a_class, command):
    """Who practises here is named, the nearest first; nothing is made."""
    training("drill", "--alias", "cedar", typed="1\nq\n")
    rest = ("--class", "c.json", "--output", "k.json") if command == "results" else ()
    code, out, err = training(command, "--alias", "cedr", *rest)
    assert (code, out) == (2, "")
    assert "cedr has no results yet; did you mean 'cedar'?" in err
    assert training("progress", "--alias", "cedr")[0] == 2


def test_capitals_make_nobody_else_of_a_trainee(training):
    """The first spelling stays, in practice and in what is asked of it."""
    training("drill", "--alias", "cedar", typed="1\nq\n")
    said = training("drill", "--alias", "Cedar", typed="\n1\nq\n")[1]
    assert "You practice as cedar." in said
    assert "Continuing the drill you left (1 answer)" in said
    assert "2 stories answered" in training("progress", "--alias", "CEDAR")[1]
    assert "\n  cedar  " in training("report", "--alias", "Cedar")[1]


@pytest.mark.parametrize(
    ("named", "says"),
    [("handed-in", "has no .json files"), ("handed-in/*.json", "No file has a name like that")],
)
def test_a_folder_stands_for_the_files_in_it(training, tmp_path, named, says):
    """While there are none, that is said of the folder, and of a pattern that found none."""
    (tmp_path / "handed-in").mkdir()
    code, _, err = training("collect", named)
    assert code == 2
    assert says in err
    handed_in(tmp_path / "handed-in" / "kim.json")
    assert training("collect", "handed-in")[:2] == (0, "kim.json: 3 new, 0 already here (kim).\n")


def test_the_class_file_is_no_results_file(training, a_class):
    """It is named as what it is."""
    code, _, err = training("collect", "c.json")
    assert code == 2
    assert "This is the class file, not a results file." in err


def test_a_class_is_handed_in_whatever_the_program_was_started_with(training, a_class):
    """The last word writes the file, and says where; it is collected as it is."""
    typed = "\n1\n1\n1\nhand in\nyes\nb\nq\n"
    said = training("class", str(a_class[0]), "--alias", "kim", typed=typed)[1]
    (path,) = Path(os.environ["SERVICE_GROUP_DATA"], "results").iterdir()
    assert str(path) in "".join(said.split())
    assert training("collect", str(path))[0] == 0


@pytest.mark.parametrize("command", ["learn", "drill", "test"])
def test_an_alias_that_looks_like_a_name_is_refused(training, command):
    """Before anything begins."""
    code, out, err = training(command, "--alias", "Jane Doe")
    assert (code, out) == (2, "")
    assert "Choose a different word" in err


def test_the_alias_may_be_set_for_good(training, monkeypatch):
    """It is then not asked for."""
    monkeypatch.setenv("SERVICE_GROUP_ALIAS", "otter")
    assert "You practice as otter." in training("drill", typed="q\n")[1]
    assert training("progress")[0] == 0


def test_progress_shows_a_bar_for_each_group_and_question(training):
    """Within eighty columns; as sentences without bars where that is wanted."""
    training("drill", "--alias", "kim", typed="1\n\n2\nq\n")
    code, out, _ = training("progress", "--alias", "kim")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert out.count("░") > 0
    for name in [group.name for group in GUIDE.groups.values()]:
        assert name in out
    for question in GUIDE.questions.values():
        assert question.name in out
    assert "2 stories answered so far" in out
    plain = training("progress", "--alias", "kim", "--plain")[1]
    assert "░" not in plain
    assert "What to do next. " in plain


def test_whose_progress_is_meant_has_to_be_said(training):
    """There is no alias to go by."""
    code, _, err = training("progress")
    assert code == 2
    assert "--alias" in err


def test_a_report_says_who_has_not_handed_in(training):
    """Whatever the capitals, in the report and beside it."""
    training("drill", "--alias", "cedar", typed="1\nq\n")
    _, out, err = training("report", "--expect", "Cedar, otter,owl")
    assert "No results yet from 2 of 3: otter, owl." in err
    assert out.index("No results yet.") < out.index("  otter ")
    assert "Everyone" in training("report", "--expect", "cedar")[2]


def test_a_story_can_be_discussed_with_its_answer_hidden(training):
    """The answer comes with the next line; `q` leaves before it."""
    names = ("removed_four_days_ago", "safety_plan_only")
    shown = training("discuss", *names, typed="\n\n\n\n")
    assert shown[0] == 0
    before, _, after = shown[1].partition("You:")
    assert "removed from his home" in before
    assert "Right answer" not in before
    assert after.index("Right answer: Assessment/Investigation") < after.index("Story 2 of 2")
    assert "Trap: In-Home" in after
    assert "Right answer" not in training("discuss", names[0], typed="q\n")[1]


def test_a_discussion_of_a_class_says_what_it_chose(training, a_class):
    """Beside the right answer, how often each was chosen."""
    training("class", "c.json", "--alias", "kim", typed="1\n2\n3\nq\n")
    log_of_others = training("discuss", "--class", "c.json", typed="\n" * 9)[1]
    assert log_of_others.count("Right answer:") == 3
