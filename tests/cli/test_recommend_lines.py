"""`service-group recommend --json -`: a line of facts in, a line of answer out, whatever comes in."""

import io
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant.cli.recommend
from assistant.cli import main
from assistant.cli.recommend import line_by_line
from tests.builders import EveryCase, shipped

FACTS = {fact: list(values) for fact, values in shipped().guide.space.values.items()}


@pytest.fixture(scope="module")
def every():
    return EveryCase(shipped().guide)


@pytest.fixture
def piped(monkeypatch, capsys):
    """Return a call that pipes lines in: exit code, and what each line printed holds."""

    def run(text):
        stdin = SimpleNamespace(buffer=io.BytesIO(text.encode()))
        monkeypatch.setattr(assistant.cli.recommend, "sys", SimpleNamespace(stdin=stdin))
        code = main(["recommend", "--json", "-"])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def answered(*lines):
    return [(json.loads(line), good) for line, good in line_by_line(shipped(), lines)]


def test_every_case_through_one_process(every):
    """Each of the 448 lines is answered, in order, as the tree says."""
    lines = "".join(json.dumps(case) + "\n" for case in every.cases)
    command = [sys.executable, "-m", "assistant", "recommend", "--json", "-"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    guide = every.guide
    ends = [guide.outcomes[str(passage.outcome)] for passage in every.passages]
    assert [(one["group"], one["certainty"]) for one in said] == [
        (end.group, end.certainty) for end in ends
    ]
    assert [[(fit["group"], fit["reason"]) for fit in one["also_fits"]] for one in said] == [
        [(fit.group, fit.reason) for fit in end.also_fits] for end in ends
    ]
    assert {len(one["ruled_out"]) + len(one["possible"]) for one in said} == {len(guide.groups)}


def test_an_answer_does_not_wait_for_the_next_line():
    """Each is flushed, so that a program may talk back and forth."""
    command = [sys.executable, "-m", "assistant", "recommend", "--json", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for goal in FACTS["goal"]:
            running.stdin.write(json.dumps({"goal": goal}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["reasons"][0]["value"] == goal
        running.stdin.close()
        assert running.wait(timeout=20) == 0


def test_a_bad_line_is_answered_in_its_place(piped):
    """With its number and a sentence; the others are answered all the same, and the code is 2."""
    code, said = piped('{"goal": "adoption"}\n{"goal": "adopt"}\n{"goal": "no_plan"}\n')
    assert code == 2
    assert [one.get("status", "bad") for one in said] == ["depends", "bad", "depends"]
    assert said[1]["line"] == 2
    assert "did you mean 'adoption'" in said[1]["error"]


def test_when_every_line_is_answered_the_code_is_0(piped):
    """Whatever the answers are."""
    lines = '{"goal": "adoption"}\n{"goal": "other", "investigation": "none", "fins": "no"}\n'
    code, said = piped(lines)
    assert (code, [one["status"] for one in said]) == (0, ["depends", "refer"])


def test_blank_lines_are_passed_over_and_counted(piped):
    """The number of a bad line is the one an editor shows."""
    code, said = piped('\n{"goal": "adoption"}\n  \n\r\nnonsense')
    assert (code, len(said), said[1]["line"]) == (2, 2, 5)


def test_nothing_in_nothing_out(piped):
    """An empty file is no mistake."""
    assert piped("") == (0, [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"goal=adoption", "not JSON"),
        (b"\xff\xfe{\x00}\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 10_000, "not JSON"),
        (b"null", "not a JSON object"),
        (b'["goal", "adoption"]', "not a JSON object"),
        (b'[["goal", "adoption"]]', "not a JSON object"),
        (b'{"goal": true}', "must be text"),
        (b'{"goal": ["adoption"]}', "must be text"),
        (b'{"goal": {"is": "adoption"}}', "must be text"),
        (b'{"goal": "adoption", "goal": "no_plan"}', "given twice"),
        (b'{"gaol": "adoption"}', "did you mean 'goal'"),
        (b'{"\\ud800": "\\udfff"}', "no fact"),
        (b'{"investigation": "open", "fins": "without_report"}', "cannot both be true"),
        (b'{"g": "adoption"}', "did you mean 'goal'"),
        (b'{"goal": "return"}', "did you mean 'return_home'"),
    ],
)
def test_what_is_wrong_with_a_line(line, words):
    """One sentence or two, on one line, that say what and how it is written instead."""
    ((said, good),) = answered(line)
    assert (good, said["line"], words in said["error"]) == (False, 1, True)
    assert "\n" not in said["error"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"goal": "adoption"}\r\n',
        b'\xef\xbb\xbf{"goal": "adoption"}',
        b' {"goal":"adoption" , "need": null, "setting": "unsure"}',
        b'{"goal": "adoption", "goal": "adoption"}',
    ],
)
def test_lines_as_other_programs_write_them(line):
    """Line endings of another system, a byte order mark, null for what is not known."""
    assert answered(line) == answered(b'{"goal": "adoption"}')


a_value = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([value for values in FACTS.values() for value in values]),
    st.lists(st.text(), max_size=2),
)
an_object = st.dictionaries(st.one_of(st.sampled_from(list(FACTS)), st.text()), a_value, max_size=8)
a_line = st.one_of(
    st.binary().map(lambda line: line.replace(b"\n", b"")),
    st.text().map(lambda line: line.replace("\n", "").encode(errors="surrogatepass")),
    an_object.map(lambda one: json.dumps(one).encode()),
    an_object.map(lambda one: json.dumps(one)[:-1].encode()),
    st.fixed_dictionaries(
        {}, optional={fact: st.sampled_from(values) for fact, values in FACTS.items()}
    ).map(lambda one: json.dumps(one).encode()),
)


@given(st.lists(a_line, max_size=12))
def test_whatever_comes_in_each_line_is_answered(lines):
    """One line out for each that is not blank, in order: an answer, or its number and a sentence."""
    said = answered(*io.BytesIO(b"\n".join(lines)))
    numbers = [number for number, line in enumerate(lines, start=1) if line.strip()]
    assert len(said) == len(numbers)
    for number, (one, good) in zip(numbers, said, strict=True):
        assert good == ("status" in one)
        assert good or (one["line"] == number and one["error"] and one.keys() == {"error", "line"})
