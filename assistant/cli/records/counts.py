"""`service-group records summary` and `overrides`: entries counted."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from assistant.bootstrap import Services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.file_options import output_to
from assistant.cli.records.opening import services_with_records
from assistant.cli.records.options import between, filters, wanted
from assistant.content.model import Guide
from assistant.interview.summarising.files import FORMATS
from assistant.interview.summarising.overrides import all_of, few_hidden, override_lines
from assistant.interview.summarising.tables import Shown, bars, in_full, suppressed, tables
from assistant.plain.layout import laid_out, width_now

WHY_HIDDEN = (
    "This is no terminal, so counts under 15 are hidden, with whatever would give them away;"
    " --unsuppressed shows them."
)
"""Said beside counts of which some may be hidden."""

_unsuppressed = click.option(
    "--unsuppressed",
    is_flag=True,
    help="Every count as it is. What leaves the office with counts under 15 can point at a person.",
)


@click.command()
@content_option
@data_option
@between
@_unsuppressed
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(FORMATS)),
    help="As data, and not as lines with bars.",
)
@output_to(needed=False)
def summary(  # noqa: PLR0913 - one parameter an option
    content_folder: Path | None,
    data_folder: Path | None,
    kind: str | None,
    output: Path | None,
    *,
    unsuppressed: bool,
    force: bool,
    **chosen: Any,  # noqa: ANN401 - the days
) -> int:
    """Count the entries that stand: by group, certainty, override and month.

    On a terminal, every count is shown. In whatever leaves it (a file, a pipe, --format), a count
    under 15 is hidden, as is whatever would give it away, unless --unsuppressed. Compare no two
    summaries of almost the same days: their difference can tell what each hides.

    \b
    Examples:
      service-group records summary
      service-group records summary --format csv --output summary.csv
    """
    services = services_with_records(content_folder, data_folder)
    every = {"group": None, "certainty": None, "overridden": None, "text": None, "withdrawn": None}
    asked = wanted(services.loaded.guide, {**every, **chosen})
    found = services.open_records().summary(asked)
    hides = not unsuppressed and bool(kind or output or not _on_terminal())
    shown = suppressed(found) if hides else in_full(found)
    if kind or output:
        _written(services, shown, kind or "csv", output, data_folder, force=force)
        return 0
    lines = [*([WHY_HIDDEN] if hides else []), *_lines(services.loaded.guide, shown)]
    for line in laid_out(lines, width_now()):
        click.echo(line)
    return 0


@click.command()
@content_option
@data_option
@filters
@_unsuppressed
def overrides(
    content_folder: Path | None,
    data_folder: Path | None,
    *,
    unsuppressed: bool,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """Count for each end of the interview how often workers chose otherwise, what, and why.

    A rule that is often passed over may be a doubtful one. Where nothing was recommended, it counts
    what was decided on. In whatever leaves the terminal, counts
    under 15 are hidden, unless --unsuppressed.

    \b
    Example:
      service-group records overrides --since 2026-01-01
    """
    services = services_with_records(content_folder, data_folder)
    guide = services.loaded.guide
    counts = services.open_records().overrides(wanted(guide, chosen))
    hides = bool(counts) and not unsuppressed and not _on_terminal()
    shown = few_hidden(counts) if hides else all_of(counts)
    lines = [*([WHY_HIDDEN] if hides else []), *override_lines(guide, shown)]
    for line in laid_out(lines, width_now()):
        click.echo(line)
    if not counts:
        click.echo("No entry is there to be counted.", err=True)
    return 0


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _lines(guide: Guide, shown: Shown) -> Iterator[str]:
    yield f"Entries that stand: {shown.total}"
    for table in tables(guide, shown):
        if table.lines:
            yield ""
            yield f"{table.title}:"
        for line, bar in bars(table):
            yield f"{line.words}: {line.count} {bar}".rstrip()


def _written(  # noqa: PLR0913 - what to write, as what and where
    services: Services,
    shown: Shown,
    kind: str,
    output: Path | None,
    data: Path | None,
    *,
    force: bool,
) -> None:
    from assistant.cli.records.file_options import writing  # noqa: PLC0415 - files only here

    with writing(output, data, force=force) as file:
        file.write(FORMATS[kind](services.loaded.guide, shown))
