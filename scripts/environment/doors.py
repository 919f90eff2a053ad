"""What start.py, test.py and check.py do: make .venv ready, then hand over to a program in it.

On the way to a ready .venv only its stamp is read; what setting up needs is imported when needed.
"""

import os
import sys
from pathlib import Path

from environment.checkout import WINDOWS, Checkout, this_checkout

INTERRUPTED = 130
"""The exit code that shells give a program ended by Ctrl-C."""


def start(arguments: list[str]) -> int:
    """Hand over to the installed command; after setting up, say first what to type from now on."""
    checkout = this_checkout()
    is_new = not checkout.is_ready("run")
    failed = prepare(checkout, "run")
    if failed:
        return failed
    if is_new:
        from environment.progress import closing_words  # noqa: PLC0415 - once

        print(closing_words(checkout), file=sys.stderr, flush=True)
    return _become(checkout.command, arguments)


def test(arguments: list[str]) -> int:
    """Hand over to pytest; with no argument, on every core, which pays only for the whole suite."""
    checkout = this_checkout()
    failed = prepare(checkout, "dev")
    if failed:
        return failed
    os.chdir(checkout.root)
    whole = ["-n", "auto", "--dist", "worksteal"]
    return _become(checkout.python, ["-m", "pytest", *(arguments or whole)])


def check() -> int:
    """Run every check that is not a test."""
    from environment.checks import run_checks  # noqa: PLC0415 - not on the way to a ready .venv

    checkout = this_checkout()
    return prepare(checkout, "dev") or run_checks(checkout)


def prepare(checkout: Checkout, layer: str) -> int:
    """Make the layer ready and return 0, or say on stderr why it cannot be and return an exit code."""
    ready = checkout.is_ready(layer)
    if ready and not (sys.dont_write_bytecode and not checkout.is_compiled()):
        return 0
    from environment.install import (  # noqa: PLC0415 - not on the way to a ready .venv
        SetUpError,
        compile_modules,
        set_up,
    )

    try:
        compile_modules(checkout) if ready else set_up(checkout, layer)
    except SetUpError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Setup was interrupted. Run the same command to start it again.", file=sys.stderr)
        return INTERRUPTED
    return 0


def run_inside(checkout: Checkout, layer: str, script: str, arguments: list[str]) -> int | None:
    """Return None where this Python has the layer of .venv; else set it up, run there, return the code."""
    at_home = Path(sys.prefix).resolve() == checkout.venv.resolve()
    if at_home and checkout.is_ready(layer):
        return None
    import subprocess  # noqa: PLC0415 - not on the way elsewhere

    command = [str(checkout.python), script, *arguments]
    return prepare(checkout, layer) or subprocess.run(command, check=False).returncode


def _become(program: Path, arguments: list[str]) -> int:
    """Turn this process into the program, so that signals and the terminal are its own."""
    command = [str(program), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return _wait_for(command)


def _wait_for(command: list[str]) -> int:
    """Return the program's exit code, where a process cannot become another; Ctrl-C is its alone."""
    import signal  # noqa: PLC0415 - not on the way elsewhere
    import subprocess  # noqa: PLC0415 - not on the way elsewhere

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.run(command, check=False).returncode
