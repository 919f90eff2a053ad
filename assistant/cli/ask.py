"""`service-group ask`: the interview on the screen."""

import sys
from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.errors import UsageError


@click.command()
@content_option
@data_option
def ask(content_folder: Path | None, data_folder: Path | None) -> int:
    """Open the interview.

    \b
    Example:
      service-group ask
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The interview needs a terminal to draw on, and this is not one.",
            mend="run the command in a terminal window, without a pipe.",
        )
    services = real_services(content_folder, data_folder)
    from assistant.tui.app import run  # noqa: PLC0415 - Textual is loaded only for the screen

    return run(services)
