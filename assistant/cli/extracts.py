"""`check` and `content sql`: a whole table of cases, here or in the agency's database."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import click

from assistant import settings
from assistant.cases.summary import WHY_HIDDEN
from assistant.cli.options import (
    FILE,
    command,
    open_guide,
    output_to,
)
from assistant.errors import UsageError
from assistant.extracts.check import RECORDED, Asked, TableFile
from assistant.extracts.check import check as check_table
from assistant.extracts.codes import Column, code_list, fact_column, group_column
from assistant.extracts.counts import Counts, as_json, count_tables
from assistant.extracts.sql import DIALECTS, select
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.tables import as_text
from assistant.text import bar, did_you_mean, is_terminal, listed, say, say_lines, width_now, write

DISAGREE = 3  # exit code where groups disagree and --strict was asked for

map_option = click.option(
    "--map",
    "mapped",
    metavar="FACT=COLUMN",
    multiple=True,
    help="Column with a fact, if it has a different name. Repeat it for more facts.",
)
prefix_option = click.option(
    "--prefix", default="", help="Text before the names of the new columns, such as checked_."
)


@command(opens=open_guide)
@click.argument("file", type=FILE)
@map_option
@click.option(
    "--codes",
    metavar="FACT=CODES",
    multiple=True,
    help="Codes in a fact's column: afcars1993, afcars2020, or a file with code and value.",
)
@click.option("--recorded", metavar="COLUMN", help="Column with the group on record.")
@output_to(needed=False)
@prefix_option
@click.option("--why/--no-why", default=True, help="Give the reason in each row.  [default: why]")
@click.option("--json", "in_json", is_flag=True, help="Print the counts as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 3 if a recorded group disagrees.")
@click.option(
    "--unsuppressed",
    is_flag=True,
    help="Show every count. Counts under 15 can identify a person if they leave the office.",
)
def check(
    loaded: LoadedGuide,
    file: Path,
    output: Path | None,
    *,
    force: bool,
    **chosen: Any,  # noqa: ANN401 - the other options
) -> int:
    """Check a table of cases, in CSV or Parquet: which group fits each row, and does the record agree?

    A column with the name of a fact holds that fact: its values, their labels, or codes. A blank means
    not known. --output writes the table with new columns. It needs the packages duckdb and sqlglot.

    A terminal shows every count, and the values that cannot be read. In a file, a pipe, or --json,
    counts under 15 are hidden, with any count that would reveal them, unless you add --unsuppressed.

    \b
    Examples:
      service-group check services.csv --recorded SERVICE_GROUP
      service-group check afcars.csv --map goal=E43 --codes goal=afcars1993
      service-group check services.parquet --output checked.parquet
    """
    _refuse_output(file, output)
    if chosen["strict"] and not chosen["recorded"]:
        raise UsageError(
            "--strict needs the groups on record.",
            mend="add --recorded and the name of their column.",
        )
    progress = WorkShown()
    table = TableFile(file, output, progress)
    on_terminal = is_terminal(sys.stdout) and not chosen["in_json"]
    asked = Asked(
        columns=_columns(loaded.guide, table, chosen),
        output=output,
        force=force,
        prefix=chosen["prefix"],
        why=chosen["why"],
        values=on_terminal,
    )
    try:
        found = check_table(loaded.guide, table, asked, settings.data_folder())
    finally:
        progress.end()
    counts = Counts(found, hides=not (on_terminal or chosen["unsuppressed"]))
    if chosen["in_json"]:
        say(as_json(loaded, counts))
    else:
        say_lines(_first_lines(loaded.guide, asked, counts))
        tables = count_tables(loaded.guide, counts, found)
        for line in as_text(tables, width_now(), heard=settings.load_settings().plain):
            say(line)
    return DISAGREE if chosen["strict"] and found.disagreements else 0


@command(opens=open_guide)
@click.option(
    "--dialect", type=click.Choice(DIALECTS), required=True, help="Database that is to run it."
)
@click.option("--table", required=True, help="Name of the table of cases, as the database has it.")
@map_option
@prefix_option
def sql(loaded: LoadedGuide, dialect: str, table: str, mapped: tuple[str, ...], prefix: str) -> int:
    """Print the rules as one SELECT, so that your agency's database can check its own cases.

    It keeps every column and adds status, recommended, certainty, and also_fits. A column holds the
    guide's values, such as return_home. A blank or NULL is not known, and anything else is unreadable.
    It needs the packages duckdb and sqlglot.

    \b
    Examples:
      service-group content sql --dialect postgres --table cases.services
      service-group content sql --dialect spark --table services --map goal=PERM_GOAL
    """
    say(select(loaded, dialect, table, pairs(loaded.guide, mapped, "--map"), prefix))
    return 0


def _first_lines(guide: Guide, asked: Asked, counts: Counts) -> Iterator[str]:
    beside = {
        fact
        for column in asked.columns.values()
        for meaning in column.texts.values()
        for fact, _ in meaning.beside
    }
    missing = [fact for fact in guide.space.values if fact not in {*asked.columns, *beside}]
    if missing:
        so = "it counts" if len(missing) == 1 else "they count"
        yield f"No column is named {listed(missing, 'or')}, so {so} as not known."
    if counts.hides:
        yield WHY_HIDDEN
    yield f"Rows: {counts.rows}"
    if asked.output:
        yield "The file that was written can hold case numbers. Keep it where only you can read it."


def _refuse_output(file: Path, output: Path | None) -> None:
    if output is None:
        return
    if output.suffix.casefold() not in {".csv", ".parquet"}:
        raise UsageError(
            "The name of the output says neither CSV nor Parquet.",
            mend="end it in .csv or .parquet.",
        )
    if output.exists() and file.exists() and output.samefile(file):
        raise UsageError("The output would replace the table itself.", mend="choose another name.")


def pairs(guide: Guide, words: Iterable[str], what: str) -> dict[str, str]:
    """Read `FACT=WORD` words; raises `UsageError` for a fact that is unknown or named twice."""
    found: dict[str, str] = {}
    for word in words:
        fact, _, value = word.partition("=")
        if fact not in guide.space.values or not value:
            hint = did_you_mean(fact, guide.space.values) or "."
            facts = ", ".join(guide.space.values)
            raise UsageError(
                f"{what} {word!r} does not name a fact{hint} The facts are {facts}.",
                mend=f"write, for example, {what} {next(iter(guide.space.values))}=NAME",
            )
        if fact in found:
            raise UsageError(f"{what} names {fact} twice.", mend="name it once.")
        found[fact] = value
    return found


def _columns(guide: Guide, table: TableFile, chosen: Mapping[str, Any]) -> dict[str, Column]:
    """Return the column of each fact that the table has, and of the recorded group."""
    wanted = {
        fact: column
        for fact in guide.space.values
        for column in table.columns
        if column.casefold() == fact.casefold()
    }
    mapped = pairs(guide, chosen["mapped"], "--map")
    wanted |= {fact: table.column(name) for fact, name in mapped.items()}
    named = pairs(guide, chosen["codes"], "--codes")
    lost = [fact for fact in (named or guide.space.values) if fact not in wanted]
    if lost and (named or not wanted):
        raise UsageError(
            f"No column of the file is named {lost[0]}.",
            mend=f"say which one has it, as in --map {lost[0]}=COLUMN",
        )
    coded = {fact: code_list(guide, fact, name) for fact, name in named.items()}
    columns = {
        fact: fact_column(guide, fact, wanted[fact], coded.get(fact))
        for fact in guide.space.values
        if fact in wanted
    }
    if chosen["recorded"]:
        columns[RECORDED] = group_column(guide, table.column(chosen["recorded"]))
    return columns


class WorkShown:
    """A bar on a terminal's standard error, for work that takes longer than a moment."""

    _AFTER, _WIDTH = 1.0, 30  # seconds, and columns

    def __init__(self) -> None:
        self._began, self._shown = monotonic(), ""
        self._wanted = is_terminal(sys.stderr)

    def __call__(self, step: str, percent: float) -> None:
        if not (self._wanted and step and percent >= 0 and monotonic() - self._began > self._AFTER):
            return
        drawn = bar(int(percent), 100, self._WIDTH).ljust(self._WIDTH)
        line = f"\r{step:8}{drawn} {percent:3.0f}%"
        if line != self._shown:
            write(sys.stderr, line)
            self._shown = line

    def end(self) -> None:
        """Clear the line of the bar."""
        if self._shown:
            write(sys.stderr, f"\r{' ' * len(self._shown)}\r")
