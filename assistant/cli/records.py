"""`service-group records`: what was recorded on this computer, in lines."""

from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.interview.visible import visible
from assistant.plain.entries import NONE_YET, listed, whole
from assistant.plain.layout import laid_out, width_now


@click.group()
def records() -> None:
    """List or show what was recorded on this computer."""


@records.command("list")
@content_option
@data_option
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many.",
)
@click.option(
    "--before", type=click.IntRange(1), help="Only entries older than the one so numbered."
)
def list_(
    content_folder: Path | None, data_folder: Path | None, limit: int, before: int | None
) -> int:
    """List entries, newest first, one a line.

    \b
    Example:
      service-group records list --limit 5
    """
    services = real_services(content_folder, data_folder)
    entries = services.open_records().page(before, limit)
    for line in listed(services.loaded.guide, entries):
        click.echo(visible(line).replace("\n", " "))
    if not entries:
        click.echo(NONE_YET if before is None else f"No entry is older than {before}.", err=True)
    elif len(entries) == limit and entries[-1].seq > 1:
        older = f"service-group records list --before {entries[-1].seq}"
        click.echo(f"For older ones: {older}", err=True)
    return 0


@records.command()
@content_option
@data_option
@click.argument("number", type=click.IntRange(1))
def show(content_folder: Path | None, data_folder: Path | None, number: int) -> int:
    """Show the whole of one entry.

    \b
    Example:
      service-group records show 3
    """
    services = real_services(content_folder, data_folder)
    entry = services.open_records().get(number)
    for line in laid_out(whole(services.loaded.guide, number, entry), width_now()):
        click.echo(line)
    return 0
