"""`service-group training progress`: how a trainee stands, at a glance."""

from collections.abc import Iterable
from pathlib import Path

import click

from assistant.bootstrap import Services, practice_room, real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.training.options import alias_known, alias_needed, alias_option
from assistant.errors import RecordsError
from assistant.plain.layout import laid_out, width_now
from assistant.plain.practice.progress import progress_bars, progress_lines


@click.command()
@content_option
@data_option
@alias_option
@click.option(
    "--plain/--no-plain",
    default=None,
    help="As sentences without bars, as for a screen reader, or not.  [default: as set]",
)
def progress(
    content_folder: Path | None, data_folder: Path | None, alias: str, *, plain: bool | None
) -> int:
    """Show a bar for each group and each question, your streak, and what to do next.

    \b
    Example:
      service-group training progress --alias blue-heron
    """
    services = real_services(content_folder, data_folder)
    room = practice_room(services, _alias(services, alias))
    found, width = room.progress(), width_now()
    in_sentences = services.settings.plain if plain is None else plain
    if in_sentences:
        lines: Iterable[str] = laid_out(progress_lines(found, room.waiting), width)
    else:
        lines = progress_bars(found, width, room.waiting)
    for line in lines:
        click.echo(line)
    if room.trouble:
        click.echo(room.trouble, err=True)
    return 0


def _alias(services: Services, typed: str) -> str:
    """Give the alias to use; one that cannot be looked up, since the store is away, as it is."""
    alias = alias_needed(services, typed)
    try:
        return alias_known(services, typed, services.open_records().practice)
    except RecordsError:
        return alias
