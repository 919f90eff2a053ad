"""Runs every part of the benchmark in turn and prints its table."""

import os
import platform

from environment.checkout import WINDOWS, Checkout
from environment.install import compile_modules

from benchmarks.commands import command_rows
from benchmarks.extracts import extract_rows
from benchmarks.figures import Row, table
from benchmarks.records import list_rows, save_rows


def print_report(checkout: Checkout, *, quick: bool, full: bool = False) -> None:
    """Print a table a part, each as soon as it is measured; `full` takes as long as it takes."""
    compile_modules(checkout)
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} cores. Times are medians ± half the span of the middle half of the runs."
    )
    if WINDOWS:
        print("Screens are not measured on Windows, which has no pseudo-terminal of this kind.")
    else:
        from benchmarks.screens import screen_rows  # noqa: PLC0415 - Windows lacks what it imports

        _print("On a pseudo-terminal of 80x24", screen_rows(checkout, quick=quick))
    _print("Commands, and the proof of the guide", command_rows(checkout, quick=quick))
    _print("A table of cases", extract_rows(checkout, quick=quick, full=full))
    _print("A save", save_rows(checkout, quick=quick))
    _print("The Records page", list_rows(checkout, quick=quick, full=full))


def _print(title: str, rows: list[Row]) -> None:
    print(f"\n== {title}\n{table(rows)}", flush=True)
