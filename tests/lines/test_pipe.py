"""The real command: through a pipe, on a dumb terminal, interrupted and cut off."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import OutputError

ROOT = Path(__file__).parents[2]
ASK = [sys.executable, "-m", "assistant", "ask"]
RECORD = "1\n3\n1\n1\n0042\nchild 1\nhome study\nyes\nq\n"

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


def piped(typed, *options, **environment):
    """Run the command with lines from a pipe."""
    return subprocess.run(
        [*ASK, *options],
        input=typed.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_a_scripted_session_reads_as_a_conversation(options, data_folder):
    """Without a terminal, lines are chosen by themselves; what was typed stands in the transcript."""
    done = piped("1\n3\n1\nq\n", *options)
    said = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said[0].startswith("Service Group Assistant, in plain lines.")
    assert said.index("You: 3") < said.index("Answer 2. Goal: Adoption.")
    assert "Recommended: Adoption Services. Settled." in said
    assert said[-2] == "You: q"
    assert "not recorded" in said[-1]
    assert all(len(line) <= 80 and line.isprintable() for line in said)
    assert list((data_folder / "drafts").iterdir()) == []


FORM_IS_LOST = "Your answers are saved. What you typed in the form is not saved."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1\n", "Your answers are saved. Next time"),
        ("1", "Your answers are saved. Next time"),
        ("1\n3\n1\n1\n0042\n", FORM_IS_LOST),
    ],
)
def test_the_end_of_input_keeps_the_answers(typed, said):
    """As `q` does, also in the middle of the form, which is not kept."""
    done = piped(typed)
    assert done.returncode == 0
    assert said in done.stdout.decode().splitlines()[-2 if said == FORM_IS_LOST else -1]
    assert "Continuing the unfinished interview." in piped("u\n").stdout.decode()


def test_a_choice_is_recorded_through_a_pipe():
    """The case number is not said again; `records` lists it afterwards."""
    done = piped(RECORD)
    assert b"Saved as entry 1. " in done.stdout
    assert b"You: (not shown)" in done.stdout
    assert b"0042" not in done.stdout
    listed = subprocess.run(
        [sys.executable, "-m", "assistant", "records", "list"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert " 0042 " in listed.stdout


def test_a_narrow_terminals_width_is_used():
    """Down to forty columns."""
    said = piped("1\n3\n1\nq\n", COLUMNS="44").stdout.decode().splitlines()
    assert max(map(len, said)) in range(40, 45)


def test_bytes_that_are_no_text_are_refused_and_not_kept():
    """They are shown as such, and the session goes on."""
    done = subprocess.run(
        [*ASK, "--plain"],
        input=RECORD.encode().replace(b"child 1", b"child \xff\nchild 1"),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert b"cannot be shown (U+DCFF)" in done.stdout
    assert b"Saved as entry 1" in done.stdout


def test_an_output_without_the_signs_is_no_fault():
    """An encoding that has no quotation marks gets something else in their place."""
    done = piped("1\n3\n1\nq\n", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Recommended: Adoption Services." in done.stdout


@unix
@pytest.mark.parametrize(
    ("closed", "code"), [("<&-", 0), (">&- </dev/null", OutputError.exit_code)]
)
def test_a_closed_stream_is_no_fault(closed, code):
    """Closed input has ended; with no output at all there is nothing to hold a session on."""
    command = f'"{sys.executable}" -m assistant ask --plain {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == code
    assert b"fault" not in done.stderr


@unix
def test_whoever_stops_listening_gets_no_complaint():
    """As `| head` does; the answers are kept."""
    with subprocess.Popen(
        ASK, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"1\n")
        process.stdin.flush()
        while b"Answer 1." not in process.stdout.readline():
            pass
        process.stdout.close()
        process.stdin.write(b"3\n" * 50)
        process.stdin.flush()
        assert process.stderr.read() == b""
        assert process.wait() not in {70, -signal.SIGPIPE}
    assert b"You have an unfinished interview" in piped("").stdout


@unix
def test_an_interrupt_keeps_the_answers():
    """Ctrl-C gives exit code 130 and says so."""
    with subprocess.Popen(ASK, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"1\n")
        process.stdin.flush()
        while b"Type a number" not in process.stdout.readline():
            pass
        while b"Type a number" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        assert process.stdout.read().decode().strip() == (
            "Interrupted. Your answers are saved. Next time, type u to continue."
        )
        assert process.wait() == 130


@unix
def test_a_dumb_terminal_gets_lines_by_itself():
    """What is typed stands behind the prompt once, and nothing moves the cursor."""
    import pexpect

    environment = {**os.environ, "TERM": "dumb"}
    with pexpect.spawn(
        ASK[0], ASK[1:], cwd=str(ROOT), env=environment, encoding="utf-8", dimensions=(24, 60)
    ) as terminal:
        terminal.expect_exact("? for help.\r\nYou: ")
        first = terminal.before
        terminal.sendline("still open")
        terminal.expect_exact("? for help.\r\nYou: ")
        second = terminal.before
        terminal.sendeof()
        terminal.expect(pexpect.EOF)
        last = terminal.before
    assert "Question 1 of up to 4.\r\n" in first
    assert second.startswith(
        "still open\r\nAnswer 1. Investigation: Yes, and it was open on that day.\r\n"
    )
    assert "Your answers are saved." in last
    assert terminal.exitstatus == 0
    for line in (first + second + last).split("\r\n"):
        assert line.isprintable()
        assert len(line) <= 60


@unix
@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "iso8859-1"}, {"PYTHONIOENCODING": "cp1252"}]
)
def test_a_terminal_without_the_signs_gets_lines_and_a_sentence(environment):
    """As in an old console or code page: no code that draws is sent to it."""
    import pexpect

    environment = {**os.environ, "TERM": "xterm-256color", **environment}
    with pexpect.spawn(
        ASK[0], ASK[1:], cwd=str(ROOT), env=environment, encoding="latin-1"
    ) as terminal:
        terminal.expect_exact("You: ")
        said = terminal.before
        terminal.sendeof()
        terminal.expect(pexpect.EOF)
    assert environment["PYTHONIOENCODING"] in said
    assert "\x1b" not in said
    assert terminal.exitstatus == 0


@unix
def test_a_screen_that_nobody_would_see_is_not_drawn(tmp_path):
    """It is drawn on standard error; where that goes to a file, there are lines."""
    import pexpect

    errors = tmp_path / "errors"
    command = f"{sys.executable} -m assistant ask 2>{errors}"
    with pexpect.spawn("sh", ["-c", command], cwd=str(ROOT), encoding="utf-8") as terminal:
        terminal.expect_exact("You: ")
        terminal.sendeof()
        terminal.expect(pexpect.EOF)
    assert "standard error" in errors.read_text(encoding="utf-8")


@unix
def test_an_interrupt_on_a_terminal_starts_a_line_of_its_own():
    """After the prompt, and what the terminal shows for Ctrl-C."""
    import pexpect

    with pexpect.spawn(ASK[0], [*ASK[1:], "--plain"], cwd=str(ROOT), encoding="utf-8") as terminal:
        terminal.expect_exact("You: ")
        terminal.sendintr()
        terminal.expect(pexpect.EOF)
        last = terminal.before
    assert last.endswith("\r\nInterrupted. There was nothing to save.\r\n")
    assert terminal.exitstatus == 130


PROBE = """
import sys
from assistant.cli import main
code = main(["ask", "--plain"])
print(code, *sorted({"textual", "rich", "sqlalchemy"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("typed", "loaded"),
    [
        ("1\n3\n1\n?\ng\nw\nh\nc\nb\n3\n4\nq\n", "0"),
        ("1\n3\n1\n1\n0042\nchild 1\nhome study\nback\nq\n", "0"),
        (RECORD, "0 sqlalchemy"),
        ("r\nq\n", "0 sqlalchemy"),
    ],
)
def test_the_screen_is_never_loaded_and_the_store_only_when_needed(typed, loaded):
    """The form itself needs no store; writing and reading an entry do."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == loaded
