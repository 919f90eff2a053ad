"""How the command starts, refuses and fails: exit codes, one sentence, and nothing of the case."""

import subprocess
import sys
from pathlib import Path

import pytest

import assistant.services
from assistant.cli import main

CASE = "60606060606060"
ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-m", "assistant"]


class InjectedError(Exception):
    pass


def raising(error: BaseException):
    """Return what can stand in for the services, and fails with a case number at hand."""

    def fail(*_arguments: object) -> None:
        case_number = CASE
        assert case_number
        raise error

    return fail


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_the_commands(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help is data: it goes to standard output, and the exit code is 0."""
    assert main([option]) == 0
    said = capsys.readouterr()
    assert "ask" in said.out
    assert "content" in said.out
    assert said.err == ""


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """One line with the version's number."""
    assert main(["--version"]) == 0
    assert any(character.isdigit() for character in capsys.readouterr().out)


@pytest.mark.parametrize(
    "words", [["asj"], ["--colour"], ["ask", "--nope"], ["content", "draw", "--format", "png"]]
)
def test_what_cannot_be_understood_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The word at fault is named on standard error, and the exit code is 2."""
    assert main(words) == 2
    said = capsys.readouterr()
    assert words[-1] in said.err
    assert said.out == ""


def test_a_missing_guide_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is named, and the exit code is 1."""
    missing = tmp_path / "nowhere"
    assert main(["ask", "--content", str(missing)]) == 1
    assert str(missing) in capsys.readouterr().err


def test_a_fault_ends_in_a_sentence_and_a_report(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither holds the error's message or any value; the report says where in the code it was."""
    cause = InjectedError(f"while reading {CASE}")
    error = InjectedError(f"case {CASE}")
    error.__cause__ = cause
    monkeypatch.setattr(assistant.services, "real_services", raising(error))
    assert main(["ask"]) == 70
    said = capsys.readouterr()
    (report,) = (data_folder / "crashes").iterdir()
    text = report.read_text(encoding="utf-8")
    assert str(report) in said.err
    assert "Traceback" not in said.err
    for kept in (said.out, said.err, text, report.name):
        assert CASE not in kept
    assert text.count("InjectedError") == 2
    assert "in fail" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_a_report_is_for_its_owner_alone(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder has mode 0700, also where it is the first thing there, and the report 0600."""
    monkeypatch.setattr(assistant.services, "real_services", raising(InjectedError()))
    main(["ask"])
    folder = data_folder / "crashes"
    modes = [path.stat().st_mode & 0o777 for path in (data_folder, folder, *folder.iterdir())]
    assert modes == [0o700, 0o700, 0o600]


def test_a_fault_is_told_where_no_report_can_be_kept(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the place of the folder changes nothing but that no report is named."""
    data_folder.write_text("a file")
    monkeypatch.setattr(assistant.services, "real_services", raising(InjectedError()))
    assert main(["ask"]) == 70
    assert "error in the program" in capsys.readouterr().err


def test_an_interrupt_is_told_in_a_word(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C while the command starts gives exit code 130, and is no fault to report."""
    monkeypatch.setattr(assistant.services, "real_services", raising(KeyboardInterrupt()))
    assert main(["ask"]) == 130
    assert "Interrupted" in capsys.readouterr().err
    assert not (data_folder / "crashes").exists()


def test_without_a_terminal_it_ends_in_words(data_folder: Path) -> None:
    """With nothing to read from and nowhere to draw, there is no traceback and no waiting."""
    done = subprocess.run(
        RUN, stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode in {0, 2}
    assert done.stdout + done.stderr
    assert b"Traceback" not in done.stderr
    assert not (data_folder / "crashes").exists()


def test_a_broken_pipe_is_quiet() -> None:
    """Who closes the pipe, as `| head` does, has seen enough, and gets no complaint."""
    with subprocess.Popen(
        [*RUN, "content", "draw"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() != 70


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("words", ["content draw", "--help", "records --help", "help workers"])
def test_a_full_disk_is_told_in_a_sentence(words: str) -> None:
    """Nothing is lost but the output, so it is no fault to report."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*RUN, *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The output cannot be written: No space left on device.\n")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_what_a_terminal_cannot_show_becomes_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An old code page is no reason to say nothing."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = subprocess.run(
        [*RUN, "content", "draw"], capture_output=True, cwd=ROOT, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout


@pytest.mark.parametrize(("typed", "near"), [("recomend", "recommend"), ("records lst", "list")])
def test_a_command_that_is_not_there_offers_the_nearest(typed, near, capsys):
    assert main(typed.split()) == 2
    assert repr(near) in capsys.readouterr().err
