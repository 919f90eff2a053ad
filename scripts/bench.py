"""Measure how fast the assistant is, beside plain programs that do as much, and print a table.

A number never fails it: a busy machine measures slow, so figures are for reading. `--quick` tries
every part on a few runs, which shows that it works and measures nothing well.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from environment.checkout import this_checkout
from environment.doors import prepare


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be, and give the exit code."""
    parser = argparse.ArgumentParser(description="Measure how fast the assistant is.")
    parser.add_argument("--quick", action="store_true", help="a few runs of everything")
    parser.add_argument(
        "--full", action="store_true", help="a million records, which takes minutes"
    )
    given = parser.parse_args(arguments)
    checkout = this_checkout()
    if Path(sys.prefix).resolve() != checkout.venv.resolve():
        command = [str(checkout.python), __file__, *arguments]
        return prepare(checkout, "dev") or subprocess.run(command, check=False).returncode
    from benchmarks.report import print_report  # noqa: PLC0415 - needs what is installed in .venv

    print_report(checkout, quick=given.quick, full=given.full)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
