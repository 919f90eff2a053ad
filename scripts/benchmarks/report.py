"""Runs every part of the benchmark in turn and prints its table."""

import os
import platform
from collections.abc import Callable, Iterator
from functools import partial

from environment.checkout import WINDOWS, Checkout
from environment.install import compile_modules

from benchmarks.commands import command_rows
from benchmarks.engine import engine_rows
from benchmarks.figures import Row, table
from benchmarks.great import great_rows
from benchmarks.guide import guide_rows
from benchmarks.limits import limits
from benchmarks.made import OUTCOMES, QUESTIONS
from benchmarks.privacy import privacy_lines
from benchmarks.records import record_rows
from benchmarks.store_crowd import crowd_rows
from benchmarks.store_scale import scale_rows
from benchmarks.web import CLASS, can_measure_sessions, web_rows

Part = Callable[..., list[Row]]
"""Measures in a checkout, at length or `quick`, and gives rows."""


def print_report(checkout: Checkout, *, quick: bool, full: bool = False) -> None:
    """Print a table a part, each as soon as it is measured; `full` takes as long as it takes."""
    compile_modules(checkout)
    print(_machine(), flush=True)
    for title, part in _parts(full=full):
        print(f"\n== {title}", flush=True)
        print(table(part(checkout, quick=quick)), flush=True)
    print("\n== How large a guide may be", flush=True)
    for sentence in limits(quick=quick):
        print(sentence, flush=True)
    print("\n== What the privacy guard finds in labelled notes", flush=True)
    for line in privacy_lines():
        print(line, flush=True)


def _parts(*, full: bool) -> Iterator[tuple[str, Part]]:
    if WINDOWS:
        print("Screens are not measured on Windows, which has no pseudo-terminal of this kind.")
    else:
        from benchmarks.screens import screen_rows  # noqa: PLC0415 - Windows lacks what it imports

        yield "On a pseudo-terminal of 80x24", screen_rows
    if can_measure_sessions():
        yield f"In a browser, {CLASS} at once", web_rows
    yield "Commands and imports", command_rows
    yield "The guide", guide_rows
    yield "Records", record_rows
    yield "Records, by a crowd", partial(crowd_rows, full=full)
    yield "Records, by their number", partial(scale_rows, full=full)
    yield "The engine, on the shipped guide", engine_rows
    yield (
        f"A made guide of {QUESTIONS:,} questions and {OUTCOMES:,} outcomes (a tenth if quick)",
        great_rows,
    )


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} cores. Times are medians ± half the span of the middle half of the runs."
    )
