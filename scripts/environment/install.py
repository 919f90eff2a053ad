"""Making .venv and filling it: the slow road, taken on the first run and after the locks change.

The project itself is installed by pip too, editable, rather than by a path file and a hand-written
command: only an installer makes a command that Windows can start, and tests then run the one that
people run. That needs the build backend, so it is in the lock, and the build fetches nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from environment.checkout import LAYERS, Checkout

PIP_SETTINGS = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""What a person's own pip settings must not change here."""


class SetUpError(Exception):
    """Setting up cannot go on; says why, and what to do, in a sentence or two."""


def set_up(checkout: Checkout, layer: str) -> None:
    """Make every layer up to this one ready; one that already is stays as it is."""
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetUpError(
            f"{sys.executable} lacks {' and '.join(missing)}, which setting up needs: "
            f"on Debian or Ubuntu run `sudo apt install python{version}-venv`, "
            "elsewhere install a complete Python, such as the one from python.org."
        )
    try:
        with one_at_a_time(checkout.root / ".venv.lock"):
            for each in LAYERS[: LAYERS.index(layer) + 1]:
                if not checkout.is_ready(each):
                    _add(checkout, each)
            compile_modules(checkout)
    except OSError as error:
        raise SetUpError(f"{checkout.venv} cannot be set up: {error}.") from error


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process holds the file's lock, and hold it for the block.

    The system lets go of the lock however its holder ends.
    """
    with path.open("a", encoding="utf-8") as file:
        if not _locked(file):
            _tell("Another copy is setting up the assistant here; waiting for it.")
            while not _locked(file):
                time.sleep(0.2)
        yield


def compile_modules(checkout: Checkout) -> None:
    """Compile the project's own modules, since a start without compiled ones takes four times as long.

    Python does so as it imports, but not where PYTHONDONTWRITEBYTECODE is set. Failing only costs time.
    """
    newest = checkout.newest_source()
    with suppress(OSError):
        _run([checkout.python, "-I", "-m", "compileall", "-q", checkout.package])
        checkout.mark_compiled(newest)


def _add(checkout: Checkout, layer: str) -> None:
    if not checkout.is_at_home():
        _tell("Setting up the assistant in .venv. This happens once and takes about a minute.")
        checkout.unmark(*LAYERS)
        # Not .venv's own Python, which --clear is about to remove.
        base = getattr(sys, "_base_executable", sys.executable)
        done = _run([base, "-I", "-m", "venv", "--clear", checkout.venv])
        if done.returncode:
            raise SetUpError(f"{base} could not make {checkout.venv}: {_last_error(done.stdout)}")
    else:
        _tell(f"Installing what scripts/locks/{layer}.txt names in .venv.")
        checkout.unmark(layer)
    _pip(checkout, "--require-hashes", "--requirement", checkout.lock(layer))
    if layer == LAYERS[0]:
        _pip(checkout, "--no-deps", "--no-build-isolation", "--editable", checkout.root)
    checkout.mark_ready(layer)


def _pip(checkout: Checkout, *arguments: str | Path) -> None:
    done = _run([checkout.python, "-I", "-m", "pip", "install", "--compile", *arguments])
    if done.returncode:
        trouble = "The packages that the assistant needs could not be installed."
        if "Retrying" in done.stdout or "Connection" in done.stdout:
            trouble = (
                "No package index can be reached, and the first run needs one: "
                "connect, then run this again."
            )
        raise SetUpError(f"{trouble}\npip says: {_last_error(done.stdout)}")


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


def _locked(file: IO[str]) -> bool:
    """Take the file's lock, or tell that another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - only elsewhere

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        if sys.platform == "win32":
            raise
        return True  # a file system without locks is no reason to refuse
    else:
        return True
