"""Where an export is written: a file of the owner's, or standard output."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from assistant.paths import data_folder as folder_of_records
from assistant.records.moving.exporting_file import private_file

Command = TypeVar("Command", bound=Callable[..., Any])

STANDARD_OUTPUT = Path("-")
"""Stands for standard output where a file is named."""


def output_to(*, needed: bool) -> Callable[[Command], Command]:
    """Give a command `--output FILE` and `--force`."""
    path = click.option(
        "--output",
        type=click.Path(path_type=Path),
        required=needed,
        help="File to write, which only you can read; - for standard output.",
    )
    force = click.option("--force", is_flag=True, help="Write over a file of that name.")
    return lambda command: path(force(command))


@contextmanager
def writing(output: Path | None, data: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Give what `--output` names, to be written: a private file, or standard output."""
    if output is None or output == STANDARD_OUTPUT:
        yield sys.stdout
        return
    with private_file(output, force=force, data=folder_of_records(data)) as file:
        yield file
