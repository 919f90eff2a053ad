"""start.py, test.py and check.py, run as a person runs them, over stand-ins for what is installed."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in programs are shell scripts"
)


def run(python, script, *arguments, **variables):
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [str(python), str(script), *arguments],
        env=kept | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def ready(installed):
    for layer in ("run", "dev"):
        installed.mark_ready(layer)
    return installed


def old_pythons():
    """Find Pythons that are too old where pyenv keeps them."""
    found = Path.home().glob(".pyenv/versions/*/bin/python")
    return [path for path in found if tuple(map(int, path.parts[-3].split(".")[:2])) < (3, 11)]


def test_start_is_the_command(ready):
    """A ready checkout goes straight to the command: same arguments, same exit code, nothing said."""
    done = run(sys.executable, ready.root / "scripts" / "start.py", "explain", "--goal", "a b")
    assert (done.stdout, done.returncode, done.stderr) == (
        "service-group explain --goal a b\n",
        7,
        "",
    )


def test_what_to_type_is_said_after_setting_up(ready):
    """Once: how to open it next time, and a line that makes `service-group` a command."""
    ready.unmark("run")
    stand_in = (
        "import sys; from environment import install;"
        "install.set_up = lambda checkout, layer: checkout.mark_ready(layer);"
        "from environment.doors import start; sys.exit(start([]))"
    )
    done = run(sys.executable, "-c", stand_in, PYTHONPATH=str(ready.root / "scripts"))
    _, opens, _, path = done.stderr.splitlines()
    assert shlex.split(opens)[1] == str(ready.root / "scripts" / "start.py")
    assert f":{ready.command.parent}" in path
    assert done.returncode == 7


@pytest.mark.parametrize("has_development_set", [True, False])
def test_a_script_runs_where_what_it_needs_is(ready, has_development_set):
    """The Python in .venv may be there before the set for development is, which is then set up first."""
    if not has_development_set:
        ready.unmark("dev")
    stand_in = (
        "import sys; from environment import install; from environment.checkout import this_checkout;"
        "install.set_up = lambda checkout, layer: print('set up', layer, flush=True);"
        "from environment.doors import run_inside; sys.prefix = str(this_checkout().venv);"
        "sys.exit(run_inside(this_checkout(), 'dev', 'a.py', ['b']))"
    )
    done = run(sys.executable, "-c", stand_in, PYTHONPATH=str(ready.root / "scripts"))
    said = "" if has_development_set else "set up dev\npython a.py b\n"
    assert (done.stdout, done.returncode, done.stderr) == (
        said,
        0 if has_development_set else 7,
        "",
    )


def test_the_file_to_double_click(ready):
    """Windows reads it with its own line ends; it starts start.py beside it and keeps its window."""
    script = (ready.root / "scripts" / "start.cmd").read_bytes()
    assert script.count(b"\n") == script.count(b"\r\n") > 0
    text = script.decode("ascii")
    assert '"%~dp0start.py" %*' in text
    assert "pause" in text
    assert text.rstrip().endswith("exit /b %CODE%")


def test_tests_use_every_core(ready):
    """Without arguments the whole suite is meant, and it is shared out."""
    done = run(sys.executable, ready.root / "scripts" / "test.py")
    assert (done.stdout, done.returncode) == ("python -m pytest -n auto --dist worksteal\n", 7)


def test_arguments_go_to_pytest(ready):
    """With arguments, pytest gets these and no others."""
    done = run(sys.executable, ready.root / "scripts" / "test.py", "tests/engine", "-k", "walk")
    assert done.stdout == "python -m pytest tests/engine -k walk\n"


def test_every_failing_check_is_named(ready):
    """One failing check hides no other, and the exit code is 1."""
    ready.program("lint-imports").write_text("#!/bin/sh\n")
    done = run(sys.executable, ready.root / "scripts" / "check.py")
    assert (done.stdout.splitlines()[-1], done.returncode) == (
        "Failed: lint, format, types, types on Windows, types on macOS, house, guide, reading",
        1,
    )


def test_documents_beside_the_checkout(ready):
    """The guide's quotations are compared with the documents where these are."""
    documents = ready.root.parent / "shared" / "documents"
    documents.mkdir(parents=True)
    done = run(sys.executable, ready.root / "scripts" / "check.py")
    assert f"service-group content check --documents {documents}\n" in done.stdout


def test_modules_are_compiled_where_python_may_not(ready):
    """A shell that forbids writing compiled modules still gets quick starts after a module changed."""
    ready.python.unlink()
    ready.python.symlink_to(sys.executable)
    run(sys.executable, ready.root / "scripts" / "start.py", PYTHONDONTWRITEBYTECODE="1")
    assert ready.is_compiled()
    assert list(ready.package.rglob("*.pyc"))


def test_where_a_process_cannot_become_another(checkout):
    """On Windows the program is waited for, and its exit code passes through."""
    waiting = (
        "import sys; from environment.doors import _wait_for;"
        "sys.exit(_wait_for([sys.executable, '-c', 'raise SystemExit(7)']))"
    )
    done = run(sys.executable, "-c", waiting, PYTHONPATH=str(checkout.root / "scripts"))
    assert done.returncode == 7


@pytest.mark.parametrize("script", ["start.py", "test.py"])
def test_trouble_is_one_sentence(checkout, script):
    """Set-up that cannot go on ends with exit code 1 and a sentence, not a traceback."""
    checkout.venv.write_text("a file where the folder should be")
    done = run(sys.executable, checkout.root / "scripts" / script)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(checkout.venv) in done.stderr


@pytest.mark.parametrize("script", ["start.py", "test.py", "check.py"])
@pytest.mark.parametrize(
    "python", old_pythons() or [None], ids=lambda path: path and path.parts[-3]
)
def test_old_python(ready, python, script):
    """A Python that is too old is told so in one line."""
    if python is None:
        pytest.skip("no Python older than 3.11 is installed here")
    done = run(python, ready.root / "scripts" / script)
    assert (len(done.stderr.splitlines()), done.returncode) == (1, 1)
    assert "3.11 or newer" in done.stderr
