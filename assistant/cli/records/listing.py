"""`service-group records list`, `show` and `history`: entries in lines."""

from pathlib import Path
from typing import Any

import click

from assistant.cli.options import WholeNumber, content_option, data_option
from assistant.cli.records.opening import services_with_records
from assistant.cli.records.options import filters, wanted
from assistant.interview.entries import corrected_by, history_lines
from assistant.interview.visible import visible
from assistant.interview.waiting import waiting_words
from assistant.interview.wanting import HOW_WORDS_ARE_FOUND
from assistant.plain.entries import NONE_YET, listed, with_history
from assistant.plain.layout import laid_out, width_now
from assistant.records.wanted import EVERYTHING

_number = click.argument("number", type=WholeNumber(1))


@click.command("list")
@content_option
@data_option
@filters
@click.option(
    "--limit",
    type=WholeNumber(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many.",
)
@click.option("--before", type=WholeNumber(1), help="Only entries older than the one so numbered.")
def list_(
    content_folder: Path | None,
    data_folder: Path | None,
    limit: int,
    before: int | None,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """List entries as they now are, newest first, one a line; options find some of them.

    Numbers may be missing in between: a corrected entry is listed as its correction, under the number
    of that, and a withdrawal has a number of its own. `show` and `history` tell of any number.

    \b
    Examples:
      service-group records list --limit 5
      service-group records list --group adoption --since 2026-01-01 --overridden
      service-group records list --text "parenting class"
    """
    services = services_with_records(content_folder, data_folder)
    asked = wanted(services.loaded.guide, chosen)
    store = services.open_records()
    entries = store.page(before, limit, asked)
    for line in listed(services.loaded.guide, entries, corrected_by(store, entries)):
        click.echo(visible(line).replace("\n", " "))
    filtered = asked != EVERYTHING
    if not entries:
        click.echo(_none(before, filtered=filtered, words=bool(asked.text)), err=True)
    elif len(entries) == limit and store.page(entries[-1].seq, 1, asked):
        click.echo(_older(entries[-1].seq, filtered=filtered), err=True)
    if waiting := waiting_words(store):
        click.echo(waiting, err=True)
    return 0


@click.command()
@content_option
@data_option
@_number
def show(content_folder: Path | None, data_folder: Path | None, number: int) -> int:
    """Show the whole of one entry, and what became of it; of any other number, what it stands for.

    \b
    Example:
      service-group records show 3
    """
    services = services_with_records(content_folder, data_folder)
    store = services.open_records()
    whole = with_history(services.loaded.guide, store.record(number), store.history(number))
    for line in laid_out(whole, width_now()):
        click.echo(line)
    return 0


@click.command()
@content_option
@data_option
@_number
def history(content_folder: Path | None, data_folder: Path | None, number: int) -> int:
    """Say what became of an entry, oldest first: recorded, corrected, withdrawn, and why.

    \b
    Example:
      service-group records history 3
    """
    services = services_with_records(content_folder, data_folder)
    store = services.open_records()
    store.record(number)  # an erased one is said to be erased
    lines = history_lines(store.history(number), services.loaded.guide)
    for line in laid_out(lines, width_now()):
        click.echo(line)
    return 0


def _none(before: int | None, *, filtered: bool, words: bool) -> str:
    older = f"older than {before}" if before is not None else ""
    if filtered:
        found = f"No entry {older} is like that.".replace("  ", " ")
        return f"{found} {HOW_WORDS_ARE_FOUND}" if words else found
    return f"No entry is {older}." if older else NONE_YET


def _older(number: int, *, filtered: bool) -> str:
    if filtered:
        return f"For older ones: the same command with --before {number}"
    return f"For older ones: service-group records list --before {number}"
