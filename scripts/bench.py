"""Measure how fast the assistant is, beside plain programs that do as much, and print a table.

A number never fails it: a busy machine measures slow, so figures are for reading. `--quick` tries
every part on a few runs, which shows that it works and measures nothing well.
"""

import argparse
import sys

from environment.checkout import this_checkout
from environment.doors import run_inside


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be, and give the exit code."""
    parser = argparse.ArgumentParser(description="Measure how fast the assistant is.")
    parser.add_argument("--quick", action="store_true", help="a few runs of everything")
    parser.add_argument(
        "--full", action="store_true", help="a million records, which takes minutes"
    )
    given = parser.parse_args(arguments)
    checkout = this_checkout()
    code = run_inside(checkout, "dev", __file__, arguments)
    if code is not None:
        return code
    from benchmarks.report import print_report  # noqa: PLC0415 - needs what is installed in .venv

    print_report(checkout, quick=given.quick, full=given.full)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
