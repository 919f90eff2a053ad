"""What start.py, test.py and check.py do: make .venv ready, then hand over to a program in it.

On the way to a ready .venv only its stamp is read; what setting up needs is imported when needed.
"""

import os
import sys
from pathlib import Path

from environment.checkout import WINDOWS, Checkout, this_checkout
from environment.stamp import is_compiled, is_ready

INTERRUPTED = 130
"""The exit code that shells give a program ended by Ctrl-C."""


def start(arguments: list[str]) -> int:
    """Hand over to the installed command."""
    checkout = this_checkout()
    return prepare(checkout, "run") or _become(checkout.command, arguments)


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
    """Make the layer ready and give 0, or say on stderr why it cannot be and give an exit code."""
    if not is_ready(checkout, layer):
        return _set_up(checkout, layer)
    if sys.dont_write_bytecode and not is_compiled(checkout):
        from environment.install import compile_modules  # noqa: PLC0415 - not on the way to a ready .venv

        compile_modules(checkout)
    return 0


def _set_up(checkout: Checkout, layer: str) -> int:
    from environment.install import SetUpError, set_up  # noqa: PLC0415 - not on the way to a ready .venv

    try:
        set_up(checkout, layer)
    except SetUpError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Setting up was interrupted; the same command starts it afresh.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _become(program: Path, arguments: list[str]) -> int:
    """Turn this process into the program, so that signals and the terminal are its own."""
    command = [str(program), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return _wait_for(command)


def _wait_for(command: list[str]) -> int:
    """Give the program's exit code, where a process cannot turn into another; Ctrl-C is its alone."""
    import signal  # noqa: PLC0415 - not on the way elsewhere
    import subprocess  # noqa: PLC0415 - not on the way elsewhere

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.run(command, check=False).returncode
