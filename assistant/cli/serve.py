"""`serve`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import class_option, content_option, data_option
from assistant.folders import CONTENT_VARIABLE, DATA_VARIABLE
from assistant.folders import content_folder as paths_content_folder
from assistant.folders import data_folder as paths_data_folder
from assistant.guide.loading import load_guide

if TYPE_CHECKING:
    from assistant.web.visitors import Place


WARNING = (
    "Warning: others on the network can reach this address, and nothing on the way is encrypted."
    " Give the whole address, with its token, only to those who may work here."
)
"""Said where more than this computer reaches it."""

RECORDS_TOO = "They can also see what was recorded here; --training-only hides that."
"""Said in addition, unless the records are hidden."""

ONLY_HERE = (
    "On this computer, the name {name} means this computer alone: nobody else reaches this address."
    " For others, name its address on the network, such as --host 192.168.1.5."
)
"""Said where a name was given for the network, and this computer takes it for itself."""

_EPILOG = """\
\b
Exit codes:
  0    it was told to end
  1    the guide or the settings cannot be used
  2    the command, the host or the port cannot be used as typed
  130  interrupted with Ctrl-C
"""


@click.command(epilog=_EPILOG)
@content_option
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="This computer's name.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="0 takes any that is free.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 500),
    default=30,
    show_default=True,
    help="So many sessions at once.",
)
@click.option(
    "--idle",
    type=click.FloatRange(0, 24 * 60, min_open=True),
    default=30,
    show_default=True,
    help="End a session after so many minutes without a key; its draft is kept.",
)
@click.option("--training-only", is_flag=True, help="Hide the records, and record nothing.")
@class_option
def serve(  # noqa: PLR0913 - an argument an option
    content_folder: Path | None,
    data_folder: Path | None,
    *,
    host: str,
    port: int,
    most: int,
    idle: float,
    training_only: bool,
    class_file: Path | None,
) -> int:
    """Serve the assistant in a browser, until Ctrl-C.

    Open the address that it prints. Only this computer reaches it, unless --host names it for the
    network. Each browser has its own session, with drafts of its own. With --class, practice opens
    there at once, with that class as the first choice.

    \b
    Examples:
      service-group serve
      service-group serve --training-only --class spring.class.json
      service-group serve --training-only --host classroom-pc --most 12
    """
    folder, guide = paths_data_folder(data_folder), paths_content_folder(content_folder)
    load_guide(guide, kept_in=folder)  # a mistake in it is said here, and once
    environment = {**_environment(folder, guide), **_class_environment(class_file, content_folder)}
    from assistant.web.server import serve as serve_until_told  # noqa: PLC0415
    from assistant.web.visitors import Plan  # noqa: PLC0415 - the server is loaded only to be run

    plan = Plan(
        host=host,
        port=port,
        most=most,
        idle=idle * 60,
        training_only=training_only,
        environment=environment,
    )
    return serve_until_told(plan, folder.absolute(), partial(_announce, training_only))


def _environment(folder: Path, guide: Path) -> dict[str, str]:
    named = {DATA_VARIABLE: folder, CONTENT_VARIABLE: guide}
    return {name: str(path.absolute()) for name, path in named.items()}


def _class_environment(typed: Path | None, content: Path | None) -> dict[str, str]:
    """Name the class to each session; raises `UsageError` here, once, for one that will not do."""
    from assistant.services import CLASS_VARIABLE, class_path, real_services  # noqa: PLC0415 - if needed

    path = class_path(typed)
    if path is None:
        return {}
    from assistant.cli.training import class_given  # noqa: PLC0415 - loads stories

    class_given(real_services(content), path)
    return {CLASS_VARIABLE: str(path.absolute())}


def _announce(training_only: bool, address: str, place: "Place") -> None:
    """Say what to open, and who else could."""
    click.echo(address)
    click.echo("Open this address in a browser. Ctrl-C ends it for everybody.", err=True)
    if place.is_named_loopback:
        click.echo(ONLY_HERE.format(name=place.host), err=True)
    if not place.is_loopback:
        click.echo(WARNING if training_only else f"{WARNING} {RECORDS_TOO}", err=True)
