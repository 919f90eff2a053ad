"""Making .venv and filling it: the slow road, taken on the first run and after the locks change.

The project itself is installed by pip too, editable, rather than by a path file and a hand-written
command: only an installer makes a command that Windows can start, and tests then run the one that
people run. That needs the build backend, so it is in the lock, and the build fetches nothing.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import IO, Self

from environment.checkout import LAYERS, WINDOWS, Checkout
from environment.progress import Progress, Step

PIP_SETTINGS = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""What a person's own pip settings must not change here."""


class SetUpError(Exception):
    """Setting up cannot continue; says why, and what to do, in a sentence or two."""


def set_up(checkout: Checkout, layer: str) -> None:
    """Make every layer up to this one ready; one that already is stays as it is."""
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetUpError(
            f"{sys.executable} lacks {' and '.join(missing)}, which setup needs. On Debian or Ubuntu,"
            f" run `sudo apt install python{version}-venv`. Elsewhere, install a complete Python,"
            " such as the one from python.org."
        )
    try:
        with one_at_a_time(checkout.root / ".venv.lock"):
            missing = [
                each for each in LAYERS[: LAYERS.index(layer) + 1] if not checkout.is_ready(each)
            ]
            progress = Progress([step for each in missing for step in _steps(checkout, each)])
            if missing:
                _tell(_lead(checkout))
            try:
                for each in missing:
                    _add(checkout, each, progress)
            finally:
                progress.end_line()
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
            _tell("Another copy is setting up the assistant here. Waiting for it to finish.")
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


def _lead(checkout: Checkout) -> str:
    """Return what is said before the first step."""
    if checkout.is_at_home():
        return "Updating what the assistant needs."
    return "Setting up the assistant. This happens once, and takes one to two minutes."


def _steps(checkout: Checkout, layer: str) -> list[Step]:
    """Return the steps of making a layer ready; their shares are those of a first run, measured."""
    first = layer == LAYERS[0]
    count = len(_packages(checkout, layer))
    return [
        *([Step("Making the folder .venv", 20)] if first and not checkout.is_at_home() else []),
        Step(f"Getting {count} packages", 45, count),
        Step("Installing them", 28, count),
        *([Step("Adding the assistant", 7)] if first else []),
    ]


def _packages(checkout: Checkout, layer: str) -> list[str]:
    """Return the packages that a layer's lock names."""
    return re.findall(r"^[\w.-]+(?===)", checkout.lock(layer).read_text("utf-8"), re.MULTILINE)


def _add(checkout: Checkout, layer: str, progress: Progress) -> None:
    if not checkout.is_at_home():
        progress.begin()
        checkout.unmark(*LAYERS)
        # Not .venv's own Python, which --clear is about to remove.
        base = getattr(sys, "_base_executable", sys.executable)
        done = _run([base, "-I", "-m", "venv", "--clear", checkout.venv])
        if done.returncode:
            raise SetUpError(f"{base} could not make {checkout.venv}: {_last_error(done.stdout)}")
    else:
        checkout.unmark(layer)
    with Listener(checkout, progress) as listener:
        lock = checkout.lock(layer)
        _pip(checkout, "--require-hashes", "--requirement", lock, heard=listener.hear)
    if layer == LAYERS[0]:
        progress.begin()
        _pip(checkout, "--no-deps", "--no-build-isolation", "--editable", checkout.root)
    checkout.mark_ready(layer)


class Listener:
    """Makes a dot for each package that pip gets, and then one for each that it has installed.

    While it installs pip says nothing, so the folders that it makes are counted.
    """

    def __init__(self, checkout: Checkout, progress: Progress) -> None:
        self._checkout = checkout
        self._progress = progress
        self._before = self._count()
        self._counting = Thread(target=self._count_until_told, daemon=True)
        self._ended = Event()

    def __enter__(self) -> Self:
        self._progress.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._counting.ident:
            self._counting.join()
        else:
            self._progress.begin()  # everything was there

    def hear(self, line: str) -> None:
        """Take a line of pip's."""
        if line.startswith(("Collecting ", "Processing ", "Requirement already ")):
            self._progress.dot()
        elif line.startswith("Installing collected packages"):
            self._progress.begin()
            self._counting.start()

    def _count_until_told(self) -> None:
        while not self._ended.wait(0.2):
            self._progress.reach(self._count() - self._before)

    def _count(self) -> int:
        places = ("lib/python*/site-packages", "Lib/site-packages")
        return sum(1 for place in places for _ in self._checkout.venv.glob(f"{place}/*.dist-info"))


def _pip(
    checkout: Checkout, *arguments: str | Path, heard: Callable[[str], None] = lambda _: None
) -> None:
    done = _run([checkout.python, "-I", "-m", "pip", "install", "--compile", *arguments], heard)
    if done.returncode:
        trouble = "The packages that the assistant needs could not be installed."
        if "Retrying" in done.stdout or "Connection" in done.stdout:
            trouble = (
                "No package index can be reached, and the first run needs one."
                " Connect to the internet, then run this again. If your agency blocks it, ask IT:"
                " content/handbook/it.md says what is needed."
            )
        raise SetUpError(f"{trouble}\npip says: {_last_error(done.stdout)}")


def _last_error(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["nothing"])[-1]


def _run(
    command: Sequence[str | Path], heard: Callable[[str], None] = lambda _: None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end with its words kept back, complaints among them; `heard` gets each line."""
    said = []
    with subprocess.Popen(
        command,
        env=os.environ | PIP_SETTINGS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as program:
        try:
            for line in program.stdout or ():
                said.append(line)
                heard(line)
        except BaseException:
            program.kill()
            raise
    return subprocess.CompletedProcess(command, program.returncode, "".join(said))


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
        if WINDOWS:
            raise
        return True  # a file system without locks is no reason to refuse
    else:
        return True
