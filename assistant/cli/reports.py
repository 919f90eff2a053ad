"""`records`: summary, overrides, replay, export, import; the options that choose among entries."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal

import click

from assistant.cases.entries import local_time
from assistant.cases.replay import advice_words, differences
from assistant.cases.summary import (
    WHY_HIDDEN,
    overrides_table,
    summary_json,
    summary_table,
    summary_tables,
    suppressed,
)
from assistant.cli import options
from assistant.cli.lookup import group_meant
from assistant.engine.verdict import CERTAINTY_WORDS, recorded_group
from assistant.errors import UsageError
from assistant.guide.model import Guide
from assistant.private import foreign_lines, open_foreign
from assistant.records import transfer
from assistant.records.entry import EntryFilter
from assistant.services import Services
from assistant.tables import as_csv, as_sentences, as_text
from assistant.text import counted, day_typed, say, say_lines, width_now

_LIKE_A_CASE_NUMBER = re.compile(r"\d(?:[\s./-]?\d){4,}")
_STANDING: dict[bool | None, Literal["standing", "withdrawn", "all"]] = {
    None: "all",
    False: "standing",
    True: "withdrawn",
}


def _day(_ctx: click.Context, _param: click.Parameter, typed: str | None) -> date | None:
    day = day_typed(typed) if typed else None
    if typed and day is None:
        raise click.BadParameter(f"{typed!r} is not a date; write it as 1/31/2026, or today.")
    return day


_DAYS = (
    click.option(
        "--since",
        callback=_day,
        metavar="DATE",
        help="Only entries from this date on, such as 1/31/2026, or today.",
    ),
    click.option(
        "--until",
        callback=_day,
        metavar="DATE",
        help="Only entries up to and including this date.",
    ),
)
"""Options for a span of days."""

_JUDGMENT = "judgment"  # as people write the id

_FILTERS = (
    click.option(
        "--group",
        help="Only this group: its id, its name, or the start of either. Or: supervisor.",
    ),
    click.option(
        "--certainty",
        type=click.Choice([*CERTAINTY_WORDS, _JUDGMENT]),
        callback=lambda _ctx, _param, typed: "judgement" if typed == _JUDGMENT else typed,
        help="Only entries with this certainty. Both spellings of judgment work.",
    ),
    *_DAYS,
    click.option(
        "--overridden/--followed",
        default=None,
        help="Only entries where the worker chose a different group than recommended, or only those"
        " that match. Entries with no recommendation are in neither.",
    ),
    click.option(
        "--text",
        help="Only entries with all these words, or words that start this way. A start that fits more"
        " than 30 words counts as a full word. With -, it asks for the words or reads them from a"
        " pipe. For a case number, use -.",
    ),
    click.option(
        "--withdrawn/--standing",
        default=None,
        help="Only entries that were withdrawn, or only active ones.",
    ),
)


def filters(function: options.Decorated) -> options.Decorated:
    """Add all options that choose among entries; it takes them as `**chosen`."""
    return reduce(lambda made, option: option(made), reversed(_FILTERS), function)


def between(function: options.Decorated) -> options.Decorated:
    """Add the options for a span of days."""
    return reduce(lambda made, option: option(made), reversed(_DAYS), function)


def wanted(guide: Guide, chosen: dict[str, Any]) -> EntryFilter:
    """Return what the filter options ask for; raises `UsageError` for what cannot be used."""
    since, until = chosen["since"], chosen["until"]
    if since and until and until < since:
        raise UsageError("--until is before --since.", mend="switch the two dates.")
    group = chosen.get("group")
    if group is not None:
        group = "" if group.casefold() == "supervisor" else group_meant(guide, group)
    return EntryFilter(
        group=group,
        certainty=chosen.get("certainty"),
        since=since,
        until=until,
        overridden=chosen.get("overridden"),
        text=_text(chosen.get("text") or ""),
        standing=_STANDING[chosen.get("withdrawn")],
    )


def _text(typed: str) -> str:
    if typed == "-":  # typed unseen, or the first line of a pipe
        if options.input_is_terminal():
            return str(click.prompt("Words to find", hide_input=True, err=True))
        return sys.stdin.readline().strip() if sys.stdin else ""
    if _LIKE_A_CASE_NUMBER.search(typed):
        raise UsageError(
            "The words after --text could be a case number. Do not type one in a command, because the"
            " shell saves commands and other people can see them.",
            mend="write --text - and type the number when you are asked.",
        )
    return typed


@options.command(opens=options.open_recorded)
@between
@click.option(
    "--unsuppressed",
    is_flag=True,
    help="Show every count. Counts under 15 can identify a person if they leave the office.",
)
@options.format_option("kind", ("csv", "json"), "Data in place of lines with bars.")
@options.output_to(needed=False)
def summary(
    services: Services,
    kind: str | None,
    output: Path | None,
    *,
    unsuppressed: bool,
    force: bool,
    **chosen: Any,  # noqa: ANN401 - the days
) -> int:
    """Count active entries by group, certainty, match with the recommendation, and month.

    A terminal shows every count. In a file, a pipe, or --format, counts under 15 are hidden, with any
    count that would reveal them, unless you add --unsuppressed. Do not compare two summaries of almost
    the same days, because the difference can reveal what each one hides.

    \b
    Examples:
      service-group records summary
      service-group records summary --format csv --output summary.csv
    """
    guide = services.loaded.guide
    found = services.open_records().summary(wanted(guide, chosen))
    hides = not unsuppressed and bool(kind or output or not _on_terminal())
    shown = suppressed(found) if hides else found
    if kind or output:
        as_json = kind == "json"
        text = summary_json(guide, shown) if as_json else as_csv(summary_table(guide, shown))
        with options.writing(output, services.folder, force=force) as file:
            file.write(text)
        return 0
    if hides:
        say_lines([WHY_HIDDEN])
    say_lines([f"Active entries: {shown.total}"])
    tables = summary_tables(guide, shown)
    for line in as_text(tables, width_now(), heard=services.settings.plain):
        say(line)
    return 0


@options.command(opens=options.open_recorded)
@filters
@click.option(
    "--unsuppressed",
    is_flag=True,
    help="Show the counts outside a terminal too. Counts under 15 can identify a person.",
)
def overrides(
    services: Services,
    *,
    unsuppressed: bool,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """Count for each result how often workers chose a different group, which one, and why.

    A rule that workers often set aside may need review. Where no group was recommended, it counts what
    was decided. The counts are small, so they leave the terminal only with --unsuppressed.

    \b
    Example:
      service-group records overrides --since 1/1/2026
    """
    if not (unsuppressed or _on_terminal()):
        raise UsageError(
            "The output does not go to a terminal, and counts under 15 can identify a person.",
            mend="add --unsuppressed if the counts may leave the terminal.",
        )
    found = services.open_records().overrides(wanted(services.loaded.guide, chosen))
    if found:
        say_lines(as_sentences(overrides_table(services.loaded, found)))
    else:
        say("There are no entries to count.", err=True)
    return 0


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


@options.command(opens=options.open_recorded)
@filters
def replay(services: Services, **chosen: Any) -> Iterator[str]:  # noqa: ANN401 - the filter options
    """Run old answers through today's guide, and list the entries where its advice would differ.

    Each entry is shown with both recommendations, and with a note if the questions have changed. A
    change in wording is not listed, and neither is an entry that was corrected or withdrawn.

    \b
    Example:
      service-group records replay --since 1/1/2026
    """
    guide = services.loaded.guide
    found = 0
    asked = wanted(guide, chosen)
    for one in differences(services.loaded, services.open_records(), asked):
        found += 1
        then, now = advice_words(guide, one.then), advice_words(guide, one.now)
        when = local_time(one.entry.when)
        yield f"Entry {one.seq}, {when}: recommended then: {then}; today: {now}."
        if one.asked_under:
            yield f"Entry {one.seq} answered different questions, from guide {one.asked_under}."
        yield f"Recorded in entry {one.seq}: {recorded_group(guide, one.entry.chosen)}."
    if found:
        say(f"Today's advice would differ for {counted(found, 'entry', 'entries')}.", err=True)
    else:
        say("Today's guide gives the same recommendation for every entry.", err=True)


@options.command(opens=options.open_recorded)
@filters
@options.format_option(
    "kind",
    ("csv", "json"),
    "csv for a spreadsheet, json to import on a different computer.",
    needed=True,
)
@options.output_to(needed=True)
def export(
    services: Services,
    kind: str,
    output: Path,
    *,
    force: bool,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """Write entries to a file: all of them, or those that the options choose.

    CSV has the entries as they are now. JSON has their full history and the rules they were made
    under, and you can import it. In CSV, an apostrophe comes before text that a spreadsheet could
    read as a formula. Both contain case numbers.

    \b
    Examples:
      service-group records export --format json --output records.json
      service-group records export --format csv --group adoption --output adoption.csv
    """
    guide, store = services.loaded.guide, services.open_records()
    asked = wanted(guide, chosen)
    with options.writing(output, services.folder, force=force) as file:
        if kind == "csv" and output != options.STANDARD_OUTPUT:
            file.write("\ufeff")  # spreadsheets know UTF-8 by it
        if kind == "json":
            file.writelines(transfer.as_json(store.records(asked), store.rules))
        else:
            names = {name: group.name for name, group in guide.groups.items()}
            words = transfer.Words(names, guide.about.override_reasons, CERTAINTY_WORDS)
            file.writelines(transfer.as_csv(store.entries(asked), words))
    zeros = " In a spreadsheet, import the column case_number as text to keep zeros at the front."
    warning = "The file contains case numbers. Keep it where only you can read it."
    say(f"{warning}{zeros if kind == 'csv' else ''}", err=True)
    return 0


@options.command("import", opens=options.open_services)
@click.argument("file", type=options.FILE)
def import_(services: Services, file: Path) -> int:
    """Add what `export --format json` wrote on a different computer: all of it, or nothing.

    The command checks that the file and its records were not changed. It does not add a record twice.

    \b
    Example:
      service-group records import records.json
    """
    store = services.open_records()
    with _opened(file) as opened:
        done = store.take_in(foreign_lines(opened, transfer.LINE_MOST))
    erased = f"; skipped because erased here: {done.erased}" if done.erased else ""
    new, known = counted(done.new, "line"), done.known
    say(f"Added: {new}; already here: {known}{erased}. Now {store.size()}.")
    return 0


def _opened(file: Path) -> BinaryIO:
    """Open a file that was handed over, or standard input for -; raises `UsageError`."""
    if file == options.STANDARD_INPUT:
        return sys.stdin.buffer if sys.stdin else BytesIO()
    try:
        return open_foreign(file)
    except OSError as error:
        raise UsageError(
            f"The file cannot be read: {error.strerror}.",
            where=str(file),
            mend="check its name and folder, or write - to read standard input.",
        ) from None
