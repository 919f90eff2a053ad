"""`service-group records export` and `import`: entries taken along to another computer."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.file_options import STANDARD_OUTPUT, output_to, writing
from assistant.cli.records.opening import services_with_records
from assistant.cli.records.options import filters, wanted
from assistant.content.model import Guide
from assistant.errors import UsageError
from assistant.interview.summarising.tables import CERTAINTIES
from assistant.records.size import lines_words
from assistant.records.store import RecordStore
from assistant.records.wanted import Wanted

_HOLDS_CASES = "It holds case numbers: keep it where only you can read it."
_SPREADSHEET = (
    " In a spreadsheet, import the column case_number as text, or it loses zeros at the front."
)


@click.command()
@content_option
@data_option
@filters
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "json", "markdown"]),
    required=True,
    help="csv for a spreadsheet, markdown for a page, json to import elsewhere.",
)
@output_to(needed=True)
def export(
    content_folder: Path | None,
    data_folder: Path | None,
    kind: str,
    output: Path,
    *,
    force: bool,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """Write entries to a file: all of them, or those that the options choose.

    CSV and Markdown hold entries as they now are, JSON their whole history and the rules they were
    made under. JSON is what import takes. In CSV, an apostrophe stands before what a spreadsheet
    could take for a formula. Case numbers stand in all three.

    \b
    Examples:
      service-group records export --format json --output records.json
      service-group records export --format csv --group adoption --output adoption.csv
    """
    services = services_with_records(content_folder, data_folder)
    guide, store = services.loaded.guide, services.open_records()
    asked = wanted(guide, chosen)
    with writing(output, data_folder, force=force) as file:
        if kind == "csv" and output != STANDARD_OUTPUT:
            file.write("\ufeff")  # spreadsheets know UTF-8 by it
        for line in _lines(kind, guide, store, asked):
            file.write(line)
    click.echo(f"{_HOLDS_CASES}{_SPREADSHEET if kind == 'csv' else ''}", err=True)
    return 0


@click.command("import")
@content_option
@data_option
@click.argument("file", type=click.Path(path_type=Path))
def import_(content_folder: Path | None, data_folder: Path | None, file: Path) -> int:
    """Take in what `export --format json` wrote elsewhere: all of it, or nothing.

    The file and each record in it are held to their hashes. What is here already is not added again.

    \b
    Example:
      service-group records import records.json
    """
    store = real_services(content_folder, data_folder).open_records()
    try:
        with click.open_file(str(file), "rb") as lines:
            done = store.take_in(lines)
    except (IsADirectoryError, FileNotFoundError, PermissionError) as error:
        raise UsageError(
            f"The file cannot be read: {error.strerror}.", mend="check its name."
        ) from None
    erased = f"; erased since and left out: {done.erased}" if done.erased else ""
    new, known = lines_words(done.new), done.known
    click.echo(f"Added to the chain: {new}; already here: {known}{erased}. Now {store.size()}.")
    return 0


def _lines(kind: str, guide: Guide, store: RecordStore, asked: Wanted) -> Iterable[str]:
    from assistant.records.moving.exporting_json import as_json  # noqa: PLC0415 - one of them is needed
    from assistant.records.moving.exporting_tables import Words, as_csv, as_markdown  # noqa: PLC0415

    if kind == "json":
        return as_json(store.records(asked), store.rules)
    names = {name: group.name for name, group in guide.groups.items()}
    words = Words(names, guide.about.override_reasons, CERTAINTIES)
    table = as_csv if kind == "csv" else as_markdown
    return table(store.entries(asked), words)
