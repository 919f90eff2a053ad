"""`ask` and `serve`."""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant import settings
from assistant.cli.options import (
    class_option,
    command,
    content_option,
    data_option,
    open_services,
    plain_option,
)
from assistant.errors import RecordsError
from assistant.lines.dialogue import DialogueDriver, cannot_draw, is_for_lines, run_session
from assistant.services import Services, real_services, trainees_known
from assistant.text import say

if TYPE_CHECKING:
    from assistant.web.pages import Address

NO_INLINE = "On Windows, the interview cannot open under the prompt, so it fills the window."
"""Said where Textual has no inline mode; it then opens as usual."""

NO_TERMINAL = "This is not a terminal that can show the screen, so the interview is in plain lines."
"""Said where `--inline` was asked for in a pipe or a dumb terminal."""


IN_LINES_NOW = "The interview is held in plain lines instead. To try the screen: --no-plain."
"""Said where a terminal is there that cannot show the screen, after the reason."""


@command(opens=open_services)
@click.option("--browser", is_flag=True, hidden=True, help="Draw through pipes, for `serve`.")
@click.option("--inline", is_flag=True, help="Open it under the prompt, not in the full window.")
@plain_option
@class_option
def ask(
    services: Services, *, class_file: Path | None, browser: bool, inline: bool, plain: bool | None
) -> int:
    """Open the interview.

    On a simple terminal or in a pipe, it uses plain lines. With --class, it opens at a trainer's
    class and continues where you stopped.

    \b
    Examples:
      service-group ask
      service-group ask --inline
      service-group ask --class spring.class.json
      printf '1\\n3\\n1\\nq\\n' | service-group ask --plain
    """
    services = _with_class(services, class_file)
    if browser:
        return _screen(replace(services, resumes=True))
    wanted = services.settings.plain and not inline if plain is None else plain
    if wanted or is_for_lines():
        if inline and not wanted:
            say(NO_TERMINAL, err=True)
        return run_session(_lines(services))
    if plain is None and (reason := cannot_draw()):
        say(f"{reason} {IN_LINES_NOW}", err=True)
        return run_session(_lines(services))
    if inline and sys.platform == "win32":
        say(NO_INLINE, err=True)
    return _screen(services, inline=inline)


def _with_class(services: Services, path: Path | None) -> Services:
    """Return the services with the class of a file; raises `UsageError` for one that will not do."""
    if path is None:
        return services
    from assistant.cli.training import class_given  # noqa: PLC0415 - loads stories

    return replace(services, assigned=class_given(services, path))


def _lines(services: Services) -> DialogueDriver:
    from assistant.lines.interview import InterviewInLines  # noqa: PLC0415 - not for the screen

    if services.assigned is None:
        return DialogueDriver(InterviewInLines(services).dialogue())
    from assistant.lines.practice import (  # noqa: PLC0415 - for whoever practices
        MOST_TYPED,
        PracticeInLines,
        PracticeOptions,
    )

    options = PracticeOptions(alias=services.settings.alias, begins_class=True)
    return DialogueDriver(PracticeInLines(services, options).held(), most_typed=MOST_TYPED)


def _screen(services: Services, *, inline: bool = False) -> int:
    from assistant.screen.app import run  # noqa: PLC0415 - Textual is loaded only for the screen

    return run(services, inline=inline)


WARNING = (
    "Warning: other people on the network can reach this address, and the connection is not encrypted."
    " Give the full address, with its token, only to people who are allowed to use it."
)
"""Said where more than this computer reaches it."""

RECORDS_TOO = "They can also see what was recorded here. To hide that, use --training-only."
"""Said in addition, unless the records are hidden."""

_EPILOG = """\
\b
Exit codes:
  0    the system ended it, as with the command kill
  1    the guide or the settings cannot be used
  2    the command, the host or the port cannot be used as typed
  130  you ended it with Ctrl-C
"""


@command(epilog=_EPILOG)
@content_option
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="This computer's address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port to use; 0 takes any free one.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 500),
    default=30,
    show_default=True,
    help="Most sessions at the same time.",
)
@click.option(
    "--idle",
    type=click.FloatRange(0, 24 * 60, min_open=True),
    default=30,
    show_default=True,
    help="Minutes without a key after which a session ends; its draft is saved.",
)
@click.option("--training-only", is_flag=True, help="Offer practice without the records.")
@class_option
def serve(  # noqa: PLR0913 - an argument an option
    *,
    content_folder: Path | None,
    decisions_file: Path | None,
    data_folder: Path | None,
    host: str,
    port: int,
    most: int,
    idle: float,
    training_only: bool,
    class_file: Path | None,
) -> int:
    """Serve the assistant in a browser, until Ctrl-C.

    Open the address that it prints. Only this computer can reach it, unless you give its network
    address with --host. Each browser has its own session and its own drafts. With --class, practice
    opens at once, with that class as the first choice.

    \b
    Examples:
      service-group serve
      service-group serve --training-only --class spring.class.json
      service-group serve --training-only --host classroom-pc --most 12
    """
    folder, guide = settings.data_folder(data_folder), settings.content_folder(content_folder)
    agency = settings.decisions_file(decisions_file)
    services = real_services(
        content_folder, data_folder, agency
    )  # a mistake is said here, and once
    named = {settings.DATA_VARIABLE: folder, settings.CONTENT_VARIABLE: guide}
    if agency:
        named[settings.DECISIONS_VARIABLE] = agency
    if class_file:
        services = _with_class(services, class_file)  # as is one in the class
        named[settings.CLASS_VARIABLE] = class_file
    from assistant.web.server import serve as serve_until_told  # noqa: PLC0415
    from assistant.web.sessions import ServePlan  # noqa: PLC0415 - the server is loaded only to be run

    plan = ServePlan(
        host=host,
        port=port,
        most=most,
        idle=idle * 60,
        training_only=training_only,
        known=partial(trainees_known, services),
        watch=partial(_watch_page, services) if class_file else None,
        environment={name: str(path.absolute()) for name, path in named.items()},
    )
    return serve_until_told(plan, folder.absolute(), partial(_announce, training_only))


def _watch_page(services: Services) -> str:
    """Return the trainer's page of the class that is served, as it is now."""
    from assistant.cli.trainers import watched  # noqa: PLC0415 - loads stories
    from assistant.tables import as_page  # noqa: PLC0415 - not for the interview

    found = services.assigned
    try:
        log = services.open_records().practice
        table = watched(services, found, log) if found else None
    except RecordsError as error:
        return as_page("Class", str(error), ())
    tables = [replace(table, title="Trainees")] if table else []
    return as_page(table.title if table else "Class", "This page updates every 5 seconds.", tables)


def _announce(training_only: bool, opened: str, watching: str, address: "Address") -> None:
    say(opened)
    say("Open this address in a browser. Press Ctrl-C here to end it for everyone.", err=True)
    if watching:
        say(f"To watch the class, open this address, and keep it to yourself: {watching}", err=True)
    if address.is_named_loopback:
        say(
            f"Nobody else can reach this address, because on this computer {address.host} means only"
            " this computer. To let others in, give its address on the network, such as --host"
            " 192.168.1.5.",
            err=True,
        )
    if not address.is_loopback:
        say(WARNING if training_only else f"{WARNING} {RECORDS_TOO}", err=True)
