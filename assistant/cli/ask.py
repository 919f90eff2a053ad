"""`ask` and `serve`."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from assistant.cli.options import class_option, content_option, data_option, plain_option
from assistant.lines.loop import Session as Lines
from assistant.lines.loop import SessionSession as Session
from assistant.lines.loop import is_for_lines, run_session
from assistant.services import Services, class_path, real_services

NO_INLINE = "Windows has no place under the prompt for it, so the interview takes the whole window."
"""Said where Textual has no inline mode; it then opens as usual."""

NO_TERMINAL = "This is no terminal to draw on, so the interview is held in plain lines."
"""Said where `--inline` was asked for in a pipe or a dumb terminal."""


@click.command()
@content_option
@data_option
@click.option("--browser", is_flag=True, hidden=True, help="Draw through pipes, for `serve`.")
@click.option("--inline", is_flag=True, help="Open it under the prompt, beside other work.")
@plain_option
@class_option
def ask(  # noqa: PLR0913 - an argument an option
    content_folder: Path | None,
    data_folder: Path | None,
    *,
    class_file: Path | None,
    browser: bool,
    inline: bool,
    plain: bool | None,
) -> int:
    """Open the interview.

    It is held in plain lines, too, where the terminal is dumb or there is a pipe instead of one.
    With --class it opens at a trainer's class, and goes on where that was left.

    \b
    Examples:
      service-group ask
      service-group ask --inline
      service-group ask --class spring.class.json
      printf '1\\n3\\n1\\nq\\n' | service-group ask --plain
    """
    services = _with_class(real_services(content_folder, data_folder), class_path(class_file))
    if browser:
        return _screen(replace(services, resumes=True))
    wanted = services.settings.plain and not inline if plain is None else plain
    if wanted or is_for_lines():
        if inline and not wanted:
            click.echo(NO_TERMINAL, err=True)
        return run_session(_lines(services))
    if inline and sys.platform == "win32":
        click.echo(NO_INLINE, err=True)
    return _screen(services, inline=inline)


def _with_class(services: Services, path: Path | None) -> Services:
    """Give the services with the class of a file; raises `UsageError` for one that will not do."""
    if path is None:
        return services
    from assistant.cli.training import class_given  # noqa: PLC0415 - loads stories

    return replace(services, given=class_given(services, path))


def _lines(services: Services) -> Lines:
    if services.given is None:
        return Session(services)
    from assistant.lines.practice import PracticeInLines, Wanted  # noqa: PLC0415 - loads stories

    return PracticeInLines(services, Wanted(alias=services.settings.alias, given=services.given))


def _screen(services: Services, *, inline: bool = False) -> int:
    from assistant.screen.app import run  # noqa: PLC0415 - Textual is loaded only for the screen

    return run(services, inline=inline)
