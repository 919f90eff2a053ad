import subprocess

import pytest
from environment import install
from environment.install import SetUpError, set_up


class Programs:
    """Stand in for venv, pip and compileall: remember every call, and fail the one named."""

    def __init__(self):
        self.calls = []
        self.stamped = []
        self.failing = ""
        self.output = ""

    def __call__(self, command):
        call = self.name(" ".join(str(part) for part in command))
        self.calls.append(call)
        return subprocess.CompletedProcess(command, int(call == self.failing), self.output)

    @staticmethod
    def name(call):
        names = {
            "-m venv": "venv",
            "--require-hashes": "packages",
            "--editable": "project",
            "compileall": "compile",
        }
        return next(name for part, name in names.items() if part in call)


@pytest.fixture
def programs(monkeypatch):
    stand_in = Programs()
    monkeypatch.setattr(install, "_run", stand_in)
    return stand_in


def test_first_run(installed, programs):
    """Nothing there: an environment, the locked packages, the project, and its modules compiled."""
    set_up(installed, "run")
    assert programs.calls == ["venv", "packages", "project", "compile"]
    assert installed.is_ready("run")


def test_first_test_run(installed, programs):
    """The tests' packages come on top of those of the assistant."""
    set_up(installed, "dev")
    assert programs.calls == ["venv", "packages", "project", "packages", "compile"]


def test_tests_after_the_assistant(installed, programs):
    """A ready assistant is left as it is when the tests' packages are added."""
    installed.mark_ready("run")
    set_up(installed, "dev")
    assert programs.calls == ["packages", "compile"]


def test_changed_lock_updates(installed, programs):
    """A changed lock is installed into the environment that is there."""
    installed.mark_ready("run")
    installed.lock("run").write_text("other==1 --hash=sha256:0\n")
    set_up(installed, "run")
    assert programs.calls == ["packages", "project", "compile"]


@pytest.mark.parametrize("step", ["venv", "packages", "project"])
def test_failure_leaves_no_stamp(installed, programs, step):
    """Whatever fails, what was begun does not look finished."""
    programs.failing = step
    with pytest.raises(SetUpError):
        set_up(installed, "run")
    assert not installed.is_ready("run")


def test_interruption_leaves_no_stamp(installed, programs, monkeypatch):
    """Ctrl-C while a changed lock is installed leaves an environment that will be made anew."""
    installed.mark_ready("run")
    installed.lock("run").write_text("other==1 --hash=sha256:0\n")

    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "_pip", interrupted)
    with pytest.raises(KeyboardInterrupt):
        set_up(installed, "run")
    assert not installed.is_at_home()


def test_no_index(installed, programs):
    """Without a package index: one sentence about that, and what pip said last."""
    programs.failing = "packages"
    programs.output = (
        "WARNING: Retrying (Retry(total=0))\nERROR: first\nERROR: No matching distribution\n\nmore"
    )
    with pytest.raises(SetUpError) as raised:
        set_up(installed, "run")
    assert str(raised.value) == (
        "No package index can be reached, and the first run needs one: connect, then run this again.\n"
        "pip says: ERROR: No matching distribution"
    )


def test_other_trouble_with_packages(installed, programs):
    """Any other failure of pip is not called a missing index."""
    programs.failing = "packages"
    programs.output = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"
    with pytest.raises(SetUpError) as raised:
        set_up(installed, "run")
    assert "index" not in str(raised.value)


def test_incomplete_python(installed, programs, monkeypatch):
    """A Python without ensurepip gets one line, which names the package that Debian keeps it in."""
    monkeypatch.setattr(install, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(SetUpError) as raised:
        set_up(installed, "run")
    sentence = str(raised.value)
    assert "lacks ensurepip" in sentence
    assert "-venv`" in sentence
    assert "\n" not in sentence
    assert programs.calls == []


def test_folder_that_cannot_be_written(installed, programs, monkeypatch):
    """A read-only or full disk is told in a sentence."""

    def refused(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(install, "one_at_a_time", refused)
    with pytest.raises(SetUpError, match="Permission denied"):
        set_up(installed, "run")


def test_failed_compiling_is_no_failure(installed, programs):
    """Modules that are not compiled only cost time."""
    programs.failing = "compile"
    set_up(installed, "run")
    assert installed.is_ready("run")
