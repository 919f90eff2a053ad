"""`service-group recommend FACT=VALUE ...`: what is said, what is refused, and the exit codes."""

import json
import os
import re
import signal
import subprocess
import sys
from io import BytesIO
from itertools import pairwise, takewhile
from types import SimpleNamespace

import pytest

from assistant.cli import main
from assistant.cli.recommend import from_words
from assistant.errors import UsageError
from tests.builders import CONTENT, EveryCase, answers, edit, shipped, tiny_guide
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
    found = labels(out)
    wanted = ("How sure", "Why", "What to do next", "Not these", "Facts used")
    assert sorted(wanted, key=found.index) == list(wanted)
    assert "Ruled out" not in found


@pytest.mark.parametrize(
    "words", [RECOMMENDED, DEPENDS, REFER, "i=open g=adoption n=case_plan", "i=none g=stay_home"]
)
def test_every_other_group_is_named(recommend, words):
    """In short among those it is not, together where one fact rules them out, or with more to say."""
    found = json.loads(recommend(words, "--json")[1])
    _, out, _ = recommend(words)
    heads = ("Not these", "Also fits", "Closest", "Second choice")
    told = [words for about in heads for words in told_under(about, unfolded(out))]
    names = [shipped().guide.groups[out["group"]].name for out in found["ruled_out"]]
    missing = [name for name in names if name.removesuffix(" Services") not in " ".join(told)]
    assert missing == []


def test_a_group_that_also_fits_says_what_would_make_it_the_one(recommend):
    """The others are told apart by the goal alone, and need no more words."""
    _, out, _ = recommend("investigation=open goal=adoption need=case_plan")
    lines = [line for line in unfolded(out) if "The answer would be" in line]
    assert [line.split(":")[0] for line in lines] == ["Second choice"]


def told_under(about, lines):
    """Return what is said under a heading: beside it, or in a list below it."""
    beside = [line.partition(": ")[2] for line in lines if re.match(f"{about}(, [^:]*)?: ", line)]
    below = lines[lines.index(f"{about}:") + 1 :] if f"{about}:" in lines else []
    return beside + [line[2:] for line in takewhile(lambda line: line.startswith("- "), below)]


def test_a_heading_is_said_once(recommend):
    """Several things to do stand under one heading, as a list."""
    heads = [line.split(":")[0] for line in unfolded(recommend(RECOMMENDED)[1]) if line[0] != "-"]
    assert [head for head in heads if heads.count(head) > 1 and head != "Source"] == []


def test_what_every_front_says_is_said_to_a_program(recommend):
    """The reason, what to check first and what to do next, word for word."""
    for words in (
        RECOMMENDED,
        REFER,
        "investigation=none goal=return_home fins=no setting=voluntary",
    ):
        found = json.loads(recommend(words, "--json")[1])
        found["reason"] = found["reason"].replace("“", '"').replace("”", '"')
        lines = unfolded(recommend(words)[1])
        assert f"Why: {found['reason']}" in lines
        for about, key in (("Check first", "check_first"), ("What to do next", "next")):
            assert told_under(about, lines) == found[key]
        assert found["next"]
    assert found["check_first"] == found["warnings"] != []


def test_where_it_depends_there_is_no_reason_yet(recommend):
    """Nor anything to do but find the facts."""
    found = json.loads(recommend(DEPENDS, "--json")[1])
    assert (found["reason"], found["check_first"], found["next"]) == (None, [], [])


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("i=ended g=return", "investigation=concluded goal=return_home"),
        ("inv=c go=ret s=out", "investigation=concluded goal=return_home setting=out_of_home"),
        (
            "i=none g=no_plan f=no s=other",
            "investigation=none goal=no_plan fins=no setting=other_in_home",
        ),
        ("GOAL=Adoption", "goal=adoption"),
        ("goal=maintain-home", "goal=maintain_home"),
        ("goal=guardianship", "goal=other"),
        ("g=ppla n=unsure", "goal=planned_permanent_living"),
    ],
)
def test_short_forms_are_taken(recommend, short, full):
    """As if they had been written out."""
    assert recommend(short) == recommend(full)


def test_a_short_word_with_spaces_is_taken(recommend):
    """Between quotation marks, as a shell wants it."""
    assert recommend("", "g=Return Home", "f=fins and no report") == recommend(
        "g=return_home f=without_report"
    )


def test_a_short_form_stands_for_one_value_or_for_none():
    """An id is itself; a beginning or a word that two values have is refused, and never guessed."""
    guide = shipped().guide
    for fact, values in guide.space.values.items():
        words = {
            value: {
                *guide.questions[fact].options[value].words,
                guide.questions[fact].options[value].short,
            }
            for value in values
        }
        typed = {value[:end] for value in values for end in range(1, len(value) + 1)}
        for word in typed.union(*words.values()):
            plain = word.replace(" ", "_").replace("-", "_").casefold()
            may_mean = [
                value
                for value in values
                if value.startswith(plain)
                or plain in {w.replace(" ", "_").replace("-", "_").casefold() for w in words[value]}
            ]
            if word in values or len(may_mean) == 1:
                wanted = word if word in values else may_mean[0]
                assert from_words(guide, [f"{fact[:1]}={word}"]) == {fact: wanted}
            else:
                with pytest.raises(UsageError) as refused:
                    from_words(guide, [f"{fact}={word}"])
                assert [value for value in may_mean if repr(value) not in str(refused.value)] == []


def test_an_ambiguous_fact_is_refused_with_the_candidates():
    """As an ambiguous value is."""
    guide = tiny_guide("goal: x>one y>grade | grade: x>one y>two")
    with pytest.raises(UsageError, match="'g'; did you mean 'goal' or 'grade'"):
        from_words(guide, ["g=x"])
    assert from_words(guide, ["gr=x"]) == {"grade": "x"}


def test_it_depends(recommend):
    """Each case, what follows from it, and where to look."""
    lines = unfolded(recommend(DEPENDS)[1])
    assert lines[0] == "It depends on facts you did not give: investigation, need."
    assert len([line for line in lines if line.startswith(("If ", "Otherwise: "))]) == 3
    where = told_under("Where to look", lines)
    named = [words.split(", ")[0] for words in where]
    assert named == ["For the investigation", "For the reason for service"]


def test_no_group_is_named(recommend):
    """The worker is sent to the supervisor, with the groups that are near."""
    _, out, _ = recommend(REFER)
    assert out.startswith("No group is named: ask your supervisor.\n")
    assert "Closest" in labels(out)


def test_with_little_known_the_answer_stays_short(recommend):
    """One fact that tells most comes first, rather than a table of thirty lines."""
    _, out, _ = recommend("")
    (first, *_) = out.splitlines()
    assert first.startswith("It depends on facts you did not give:")
    assert all(fact in first for fact in ("investigation", "goal", "setting", "fins", "need"))
    assert len(out.splitlines()) < 40


def test_what_to_check_and_what_also_fits_are_said(recommend):
    """Each on a line of its own."""
    facts = "investigation=none goal=maintain_home fins=without_report setting=out_of_home"
    found = labels(recommend(facts)[1])
    assert {"Check first", "Also fits", "Not these", "Why"} <= set(found)


def test_a_fact_that_only_bears_on_how_sure_says_so(recommend):
    """The group stands, and the worker learns what would settle it."""
    lines = unfolded(recommend("investigation=none goal=return_home fins=no")[1])
    assert [line for line in lines if line.startswith("Not given: setting. ")]


def test_facts_that_do_not_count_are_said(recommend):
    """Nobody wonders whether they were overlooked."""
    lines = unfolded(recommend(f"{RECOMMENDED} setting=out_of_home need=case_plan")[1])
    assert any(line.endswith(": setting, need.") for line in lines)


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
        ("gaol=adoption", ["no fact 'gaol'", "did you mean 'goal'", "investigation, goal"]),
        ("goal=no", ["did you mean 'no_goal' or 'no_plan'"]),
        ("=adoption", ["no fact ''"]),
        ("goal=adoptoin", ["goal cannot be 'adoptoin'", "did you mean 'adoption'", "return_home"]),
        ("goal=stay", ["did you mean 'maintain_home'"]),
        (
            "goal=a-child-placed-and-a-guardianship",
            ["did you mean 'planned_permanent_living' or 'other'"],
        ),
        ("goal=", ["goal cannot be ''"]),
        (
            "fins=maybe gaol=x",
            ["fins cannot be 'maybe'", "no, without_report, other_fins, or unsure", "gaol"],
        ),
        ("goal", ["'goal' is not FACT=VALUE", "goal=return_home"]),
        ("goal=adoption g=no_plan", ["goal is given twice, as adoption and as no_plan"]),
        ("goal=adoption goal=unsure", ["goal is given twice"]),
        (
            "fins=without_report i=open",
            ["investigation=open and fins=without_report cannot both be true", "no report"],
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
    err = recommend("investigation=open fins=without_report")[2]
    says = shipped().guide.questions["investigation"].options
    assert f"then {says['none'].says}." in err


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
    edit(folder, "guide.yaml", "longest_interview: 4", "longest_interview: many")
    code, out, err = recommend(RECOMMENDED, "--content", str(folder))
    assert (code, out) == (1, "")
    assert "guide.yaml" in err


def test_another_guide(recommend, tmp_path):
    """Its words, its version."""
    folder = copy_of_the_guide(tmp_path)
    edit(folder, "guide.yaml", 'version: "2.0.0"', 'version: "9"')
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


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("case_plan=none", ["goal=no_plan"]),
        ("case_plan=developed", ["goal=no_goal"]),
        (
            "goal=none case_plan=none",
            ["goal can no longer be none", "no_plan or no_goal", "goal=no_plan instead"],
        ),
        ("fins=yes", ["fins can no longer be yes", "Use without_report or other_fins instead"]),
        ("fins=yes report=no", ["Use without_report or other_fins", "fins=no or without_report"]),
        ("report=yes", ["fins=no or other_fins"]),
        ("report=unsure", ["Use fins instead", "without_report, other_fins"]),
        ("case_plan=7", ["Use goal instead", "no_goal, no_plan"]),
    ],
)
def test_what_guide_1_0_asked_names_the_fact_to_use_now(recommend, words, now):
    """Its facts and values are never taken for today's, not even for short forms of them."""
    code, out, err = recommend(words)
    assert (code, out) == (2, "")
    assert all(some in err for some in now)


def test_what_guide_1_0_asked_is_refused_in_lines_of_json_too(recommend, monkeypatch):
    """In one sentence a line; what is not known is no value of old."""
    lines = b'{"case_plan": "none"}\n{"report": null}\n{"goal": null}\n'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(lines)))
    code, out, _ = recommend("--json -")
    first, second, third = map(json.loads, out.splitlines())
    assert (code, "goal=no_plan" in first["error"], "fins" in second["error"]) == (2, True, True)
    assert third["status"] == "depends"
