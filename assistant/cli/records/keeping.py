"""`service-group records verify` and `purge`: records stay as they were, and no longer than needed."""

import sys
from datetime import date
from pathlib import Path

import click

from assistant.bootstrap import Services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.opening import services_with_records
from assistant.errors import RecordsDamagedError, UsageError
from assistant.paths import data_folder as folder_of
from assistant.records.databases.setting_aside import copies_in
from assistant.records.size import lines_words
from assistant.records.store import RecordStore

_HASH_SHOWN = 16
_DAMAGED = (
    "Keep the records as they are and tell whoever looks after this computer."
    " To begin anew and keep these beside the new ones: `service-group records set-aside`."
)


@click.command()
@content_option
@data_option
def verify(content_folder: Path | None, data_folder: Path | None) -> int:
    """Follow the chain of records, and say whether it is unbroken.

    Each record carries the hash of the one before, and this computer remembers the last one. The
    first that was changed, moved, put in or taken out is named; exit code 1 then. Write the last
    hash down somewhere else to be sure of the records up to here.

    \b
    Example:
      service-group records verify
    """
    store = services_with_records(content_folder, data_folder).open_records()
    faults = store.faults()
    first = next(faults, None)
    if first is None:
        click.echo(f"{store.size()}, unbroken; last hash {store.head().hash[:_HASH_SHOWN]}.")
        return 0
    more = sum(1 for _ in faults)
    others = f"\nThere is more after that: {more:,}." if more else ""
    what = f"Number {first.seq:,}: {first.why}" if first.seq else first.why.capitalize()
    raise RecordsDamagedError(f"{what}{others}", where=store.where, mend=_DAMAGED)


@click.command()
@content_option
@data_option
@click.option(
    "--before", "day", required=True, metavar="DATE", help="The first day to keep, as 2020-01-31."
)
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def purge(content_folder: Path | None, data_folder: Path | None, day: str, yes: bool) -> int:
    """Erase for good what was recorded before a day.

    What is erased keeps its number in the chain and loses all that it said, so that `verify` still
    holds. It says what goes and asks first.

    \b
    Example:
      service-group records purge --before 2020-01-31
    """
    services = services_with_records(content_folder, data_folder)
    before = _past_day(day, services)
    store = services.open_records()
    if not store.to_erase(before):
        store.forget()
        click.echo(f"Nothing was recorded before {before}.")
        return 0
    click.echo(_announced(store, before), err=True)
    if not yes and not _sure():
        click.echo("Nothing was erased.", err=True)
        return 1
    erased = store.erase(before, id_=services.new_id(), when=services.now())
    click.echo(f"Erased {lines_words(erased)} of the chain from before {before}.")
    _warn_of_copies(folder_of(data_folder, services.settings))
    return 0


def _past_day(text: str, services: Services) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a day.", mend="Write the year, month and day, as 2020-01-31."
        ) from None
    if day > services.now().astimezone().date():
        raise UsageError(
            f"{day} is still to come, so everything would be erased.",
            mend="Give the first day to keep, today at the latest.",
        )
    return day


def _announced(store: RecordStore, before: date) -> str:
    old = store.days_to_erase(before)
    days = f", of {old.first_day} to {old.last_day}" if old.first_day else ""
    return (
        f"This erases {lines_words(store.to_erase(before))} of the chain{days}.\n"
        f"Entries in the lists among them: {old.listed:,}. The others were corrected, or withdraw one.\n"
        "It cannot be undone. Each keeps its number and loses all that it said."
    )


def _sure() -> bool:
    try:
        answer: str = click.prompt(
            "Type yes to erase them for good", default="no", show_default=False, err=True
        )
    except click.Abort:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        raise UsageError(
            "The input ended before a yes, so nothing was erased.",
            mend="Type yes, or add --yes in a script.",
        ) from None
    return answer.strip().casefold() == "yes"


def _warn_of_copies(folder: Path) -> None:
    copies = copies_in(folder)
    if copies:
        names = "\n".join(f"  {path}" for path in copies)
        click.echo(
            f"These older copies still hold what they held; delete them as well:\n{names}", err=True
        )
