"""`service-group recommend FACT=VALUE ...`: what is said, what is refused, and the exit codes."""

import json
import os
import signal
import subprocess
import sys
from itertools import pairwise

import pytest

from assistant.cli import main
from tests.builders import CONTENT, EveryCase, answers, edit, shipped
from tests.builders import content_copy as copy_of_the_guide
from tests.examples import some

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")

RUN = [sys.executable, "-m", "assistant", "recommend"]


@pytest.fixture
def recommend(capsys):
    """Return a call that runs the command: exit code, standard output, standard error."""

    def run(words, *more):
        code = main(["recommend", *words.split(), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def labels(text):
    """Return what each line that is no continuation begins with."""
    return [line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")]


def unfolded(text):
    return text.replace("\n  ", " ").splitlines()


RECOMMENDED = "investigation=none goal=adoption fins=no"
DEPENDS = "goal=adoption"
REFER = "investigation=none goal=other fins=no"


@pytest.mark.parametrize(("words", "code"), [(RECOMMENDED, 0), (DEPENDS, 3), (REFER, 4), ("", 3)])
@pytest.mark.parametrize("how", [[], ["--json"]])
def test_the_exit_code_says_the_status(recommend, words, code, how):
    """Recommended, depends, no group: the same for a person and for a program."""
    assert recommend(words, *how)[::2] == (code, "")


def test_a_group_is_recommended(recommend):
    """The group first, then how sure, why, and what rules out the others."""
    _, out, _ = recommend(RECOMMENDED)
    assert out.startswith("Recommended: Adoption Services.\n")
    assert "How sure: The documents settle this." in unfolded(out)
    assert labels(out).count("Ruled out") == len(shipped().guide.groups) - 1


def test_it_depends(recommend):
    """Each case, what follows from it, and where to look."""
    lines = unfolded(recommend(DEPENDS)[1])
    assert lines[0] == "It depends on what is not given: investigation, need."
    assert len([line for line in lines if line.startswith("If ")]) == 3
    last = "If an investigation is open, and the service answers a need in the case plan: "
    assert f"{last}Adoption Services (a matter of judgement)." in lines
    assert [line for line in lines if line.startswith("Where to look: Investigation. ")]


def test_no_group_is_named(recommend):
    """The worker is sent to the supervisor, with the groups that are near."""
    _, out, _ = recommend(REFER)
    assert out.startswith("No group is named: ask your supervisor.\n")
    assert "Near" in labels(out)


def test_with_little_known_the_answer_stays_short(recommend):
    """One fact that tells most comes first, rather than a table of thirty lines."""
    _, out, _ = recommend("")
    assert out.startswith("It depends on what is not given: goal.\n")
    assert len(out.splitlines()) < 40


def test_what_to_check_and_what_also_fits_are_said(recommend):
    """Each on a line of its own."""
    facts = "investigation=none goal=maintain_home fins=yes report=no setting=out_of_home"
    found = labels(recommend(facts)[1])
    assert {"Check first", "Also fits", "Ruled out", "Why"} <= set(found)


def test_a_fact_that_only_bears_on_how_sure_says_so(recommend):
    """The group stands, and the worker learns what would settle it."""
    lines = unfolded(recommend("investigation=none goal=return_home fins=no")[1])
    assert [line for line in lines if line.startswith("Still open: setting. It does not change")]


def test_facts_that_do_not_count_are_said(recommend):
    """Nobody wonders whether they were overlooked."""
    lines = unfolded(recommend(f"{RECOMMENDED} setting=out_of_home need=case_plan")[1])
    assert "Set aside, since the interview would not ask: setting, need." in lines


@pytest.mark.sampled
def test_no_answer_is_wider_than_a_terminal(recommend):
    """80 characters at most, whatever is given, and nothing but plain text."""
    partials = list(EveryCase(shipped().guide).partials())
    for known in some(partials[::135]):
        _, out, _ = recommend(" ".join(f"{fact}={value}" for fact, value in known.items()))
        assert max(map(len, out.splitlines())) <= 80
        assert out.isascii()
        assert "\x1b" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("gaol=adoption", ["no fact 'gaol'", "did you mean 'goal'", "investigation, case_plan"]),
        ("GOAL=adoption", ["did you mean 'goal'"]),
        ("goal=adoptoin", ["goal cannot be 'adoptoin'", "did you mean 'adoption'", "return_home"]),
        ("goal=guardianship", ["did you mean 'other'"]),
        ("goal=maintain-home", ["did you mean 'maintain_home'"]),
        ("goal=", ["goal cannot be ''"]),
        ("fins=maybe gaol=x", ["fins cannot be 'maybe'", "no, yes, or unsure", "gaol"]),
        ("goal", ["'goal' is not FACT=VALUE", "goal=return_home"]),
        ("goal=adoption goal=none", ["goal is given twice, as adoption and as none"]),
        ("goal=adoption goal=unsure", ["goal is given twice"]),
        (
            "goal=adoption case_plan=none",
            ["case_plan=none and goal=adoption cannot stand together", "a case plan has been"],
        ),
        (
            "report=no investigation=open goal=other case_plan=none",
            ["investigation=open and report=no", "case_plan=none and goal=other"],
        ),
        ("-", ["--json -"]),
        ("--json - goal=adoption", ["--json -"]),
        ("--jsno", ["--jsno"]),
    ],
)
def test_what_cannot_be_used_is_refused(recommend, words, said):
    """The exit code is 2, and the sentence says what is wrong and what is allowed."""
    code, out, err = recommend(words)
    assert (code, out) == (2, "")
    assert [words for words in said if words not in err] == []


def test_why_facts_cannot_stand_together_is_said_in_words(recommend):
    """In the words of the interview, not in ids alone."""
    err = recommend("goal=adoption case_plan=none")[2]
    assert "If the goal is adoption, then a case plan has been developed." in err


def test_a_mistake_is_not_said_back_with_its_digits(recommend):
    """Whoever types a case number here does not find it in a log."""
    for words in ("case=60606060606060", "60606060606060", "goal=60606060606060"):
        code, _, err = recommend(words)
        assert (code, "6060" in err) == (2, False)


def test_a_mistake_cannot_drive_the_terminal(recommend):
    """Control characters are said back as names, and no more than a line of it."""
    code, _, err = recommend("", "goal=\x1b[2J" + "x" * 500)
    assert (code, "\x1b" in err, "x" * 50 in err) == (2, False, False)


def test_the_same_fact_twice_with_one_value_is_no_mistake(recommend):
    """It says nothing else."""
    assert recommend(f"{RECOMMENDED} goal=adoption") == recommend(RECOMMENDED)


@pytest.mark.parametrize("word", ["unsure", "not_sure"])
def test_a_fact_may_be_given_as_not_known(recommend, word):
    """As if it had been left out."""
    assert recommend(f"goal=adoption need={word}") == recommend("goal=adoption")


def test_a_guide_that_cannot_be_used(recommend, tmp_path):
    """The exit code is 1."""
    folder = copy_of_the_guide(tmp_path)
    edit(folder, "guide.yaml", "longest_interview: 6", "longest_interview: many")
    code, out, err = recommend(RECOMMENDED, "--content", str(folder))
    assert (code, out) == (1, "")
    assert "guide.yaml" in err


def test_another_guide(recommend, tmp_path):
    """Its words, its version."""
    folder = copy_of_the_guide(tmp_path)
    edit(folder, "guide.yaml", 'version: "1.0.0"', 'version: "9"')
    _, out, _ = recommend(RECOMMENDED, "--json", "--content", str(folder))
    assert json.loads(out)["content"]["version"] == "9"


@needs_posix
def test_interrupted():
    """Ctrl-C while lines are read ends with 130, after what was answered before."""
    command = [*RUN, "--json", "-", "--content", str(CONTENT)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(b'{"goal": "adoption"}\n')
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["status"] == "depends"
        os.kill(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert (running.returncode, said.split()) == (130, [b"Interrupted."])


@needs_posix
def test_a_reader_that_leaves_early_is_no_fault():
    """`| head -1` ends the command without a traceback."""
    command = f"{sys.executable} -m assistant recommend --json - | head -1"
    many = b'{"goal": "adoption"}\n' * 500
    done = subprocess.run(command, shell=True, input=many, capture_output=True, check=True)  # noqa: S602
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")


def test_help_lists_every_fact_and_value(recommend):
    """In the guide's order, so that the help cannot fall behind the guide."""
    listed = " ".join(recommend("--help")[1].split())
    for fact, values in shipped().guide.space.values.items():
        assert f"{fact} {', '.join(values)}" in listed


def test_help_lists_the_exit_codes(recommend):
    """All of them, in order."""
    lines = recommend("--help")[1].split("Exit codes:")[1].splitlines()
    codes = [int(line.split()[0]) for line in lines if line.split() and line.split()[0].isdigit()]
    assert codes == [0, 1, 2, 3, 4, 130]
    assert all(one < other for one, other in pairwise(codes))


def test_a_front_says_the_same_as_the_other(recommend):
    """Lines for a person and the object for a program name one group."""
    guide = shipped().guide
    for known in [*EveryCase(guide).cases][::25]:
        words = " ".join(f"{fact}={value}" for fact, value in known.items())
        _, out, _ = recommend(words)
        found = json.loads(recommend(words, "--json")[1])
        name = guide.groups[found["group"]].name if found["group"] else None
        first = f"Recommended: {name}." if name else "No group is named: ask your supervisor."
        assert out.splitlines()[0] == first
        said = [line for line in unfolded(out) if line.startswith("Also fits: ")]
        assert said == [
            f"Also fits: {guide.groups[fit['group']].name}. {fit['reason']}"
            for fit in found["also_fits"]
        ]


def test_an_answer_has_what_is_given_in_its_reasons(recommend):
    """With the words of the documents."""
    found = json.loads(recommend(RECOMMENDED, "--json")[1])
    given = {reason["fact"]: reason["value"] for reason in found["reasons"]}
    assert given == answers(RECOMMENDED)
    (cite,) = found["reasons"][1]["cites"]
    assert cite["words"] == "The case plan goal is adoption"
