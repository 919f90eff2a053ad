import subprocess
import sys
import time

import pytest
from environment import install
from environment.install import Listener, SetUpError, set_up
from environment.progress import Progress, Step, time_left


class Programs:
    """Stand in for venv, pip and compileall: remember every call, and fail the one named."""

    def __init__(self):
        self.calls = []
        self.stamped = []
        self.failing = ""
        self.output = ""

    def __call__(self, command, heard=lambda _line: None):
        call = self.name(" ".join(str(part) for part in command))
        self.calls.append(call)
        for line in self.output.splitlines():
            heard(line)
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

    def interrupted(*_arguments, **_named):
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
    trouble, said = str(raised.value).split("\n")
    assert "No package index can be reached" in trouble
    assert said == "pip says: ERROR: No matching distribution"


def test_other_trouble_with_packages(installed, programs):
    """Any other failure of pip is not called a missing index."""
    programs.failing = "packages"
    programs.output = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"
    with pytest.raises(SetUpError) as raised:
        set_up(installed, "run")
    assert "index" not in str(raised.value)


def test_a_line_a_step_and_a_dot_a_package(installed, programs, capsys):
    """Every package that pip names is a dot; each step but the first says how long it may take."""
    programs.output = "Looking in indexes\nCollecting one==1\nRequirement already satisfied: two\n"
    set_up(installed, "run")
    lines = capsys.readouterr().err.splitlines()[1:]
    steps = [line for line in lines if not line.startswith(" ")]
    assert [line[:6] for line in steps] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert [line.strip() for line in lines if line.startswith(" ")] == [".."]
    assert all("left" in line for line in steps[1:])


def test_installed_packages_are_counted(installed, programs):
    """While pip installs it says nothing: the folders that appear are the dots."""
    progress = Progress([Step("Getting", 1, 2), Step("Installing", 1, 2)])
    with Listener(installed, progress) as listener:
        listener.hear("Installing collected packages: one, two")
        packages = installed.venv / "lib" / "python3" / "site-packages"
        (packages / "one-1.dist-info").mkdir(parents=True)
        for _ in range(50):
            if progress.dots:
                break
            time.sleep(0.1)
    assert progress.dots == 1


def test_nothing_is_said_where_all_is_ready(installed, programs, capsys):
    installed.mark_ready("run")
    set_up(installed, "run")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (0, "a few seconds left"),
        (9.9, "a few seconds left"),
        (10, "about 20 seconds left"),
        (59, "about 60 seconds left"),
        (91, "about 2 minutes left"),
        (150, "about 3 minutes left"),
    ],
)
def test_time_left_is_rather_said_too_long(seconds, says):
    assert time_left(seconds) == says


def test_time_left_follows_the_time_taken(capsys):
    """A quarter of the work in 30 seconds: three times as long for the rest."""
    now = [0]
    progress = Progress([Step("One", 25), Step("Two", 75)], clock=lambda: now[0])
    progress.begin()
    now[0] = 29
    progress.begin()
    assert "Two, about 90 seconds left" in capsys.readouterr().err


def test_a_dot_a_package_fits_below_its_step(capsys):
    """However often the time left is said."""
    now = [0]
    progress = Progress([Step("Getting", 50, 60)], clock=lambda: now[0])
    progress.begin()
    for _ in range(60):
        now[0] += 1
        progress.dot()
    said = capsys.readouterr().err
    assert said.count(".") == 60
    assert said.count("left") == 6
    assert max(map(len, said.splitlines())) < 80


def test_programs_are_heard_line_by_line_and_ended_with_us(tmp_path):
    """Whoever interrupts setting up leaves no pip behind."""
    went_on = tmp_path / "went-on"
    code = f"print('one', flush=True); import time; time.sleep(1); open({str(went_on)!r}, 'w')"

    def interrupted(line):
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt, match="one"):
        install._run([sys.executable, "-c", code], interrupted)
    time.sleep(1.2)
    assert not went_on.exists()


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
