"""Making .venv and filling it: the slow road, taken on the first run and after the locks change.

The project itself is installed by pip too, editable, rather than by a path file and a hand-written
command: only an installer makes a command that Windows can start, and tests then run the one that
people run. That needs the build backend, so it is in the lock, and the build fetches nothing.
"""

import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from environment.checkout import LAYERS, Checkout
from environment.stamp import is_at_home, is_ready, mark_compiled, mark_ready, newest_source, unmark
from environment.turns import one_at_a_time

PIP_SETTINGS = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""What a person's own pip settings must not change here."""


class SetUpError(Exception):
    """Setting up cannot go on; says why, and what to do, in a sentence or two."""


def set_up(checkout: Checkout, layer: str) -> None:
    """Make every layer up to this one ready; one that already is stays as it is."""
    require_parts()
    try:
        with one_at_a_time(checkout.turn):
            for each in LAYERS[: LAYERS.index(layer) + 1]:
                if not is_ready(checkout, each):
                    _add(checkout, each)
            compile_modules(checkout)
    except OSError as error:
        raise SetUpError(f"{checkout.venv} cannot be set up: {error}.") from error


def require_parts() -> None:
    """Refuse a Python from which the parts that make an environment were left out."""
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetUpError(
            f"{sys.executable} lacks {' and '.join(missing)}, which setting up needs: "
            f"on Debian or Ubuntu run `sudo apt install python{version}-venv`, "
            "elsewhere install a complete Python, such as the one from python.org."
        )


def compile_modules(checkout: Checkout) -> None:
    """Compile the project's own modules, since a start without compiled ones takes four times as long.

    Python does so as it imports, but not where PYTHONDONTWRITEBYTECODE is set. Failing only costs time.
    """
    newest = newest_source(checkout)
    with suppress(OSError):
        _run([checkout.python, "-I", "-m", "compileall", "-q", checkout.package])
        mark_compiled(checkout, newest)


def _add(checkout: Checkout, layer: str) -> None:
    if not is_at_home(checkout):
        _tell("Setting up the assistant in .venv. This happens once and takes about a minute.")
        _make_environment(checkout)
    else:
        _tell(f"Installing what scripts/locks/{layer}.txt names in .venv.")
    unmark(checkout, layer)
    _pip(checkout, "--require-hashes", "--requirement", checkout.lock(layer))
    if layer == LAYERS[0]:
        _pip(checkout, "--no-deps", "--no-build-isolation", "--editable", checkout.root)
    mark_ready(checkout, layer)


def _make_environment(checkout: Checkout) -> None:
    """Start from nothing, and from the Python that .venv's own may be a link to."""
    for layer in LAYERS:
        unmark(checkout, layer)
    base = getattr(sys, "_base_executable", sys.executable)
    done = _run([base, "-I", "-m", "venv", "--clear", checkout.venv])
    if done.returncode:
        raise SetUpError(f"{base} could not make {checkout.venv}: {_last_error(done.stdout)}")


def _pip(checkout: Checkout, *arguments: str | Path) -> None:
    done = _run([checkout.python, "-I", "-m", "pip", "install", "--compile", *arguments])
    if done.returncode:
        raise SetUpError(f"{_pip_trouble(done.stdout)}\npip says: {_last_error(done.stdout)}")


def _pip_trouble(output: str) -> str:
    if "Retrying" in output or "Connection" in output:
        return "No package index can be reached, and the first run needs one: connect, then run this again."
    return "The packages that the assistant needs could not be installed."


def _last_error(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["nothing"])[-1]


def _run(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end with its words kept back, complaints among them."""
    return subprocess.run(
        command,
        check=False,
        env=os.environ | PIP_SETTINGS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
