"""`records`: list, show, history, memo, withdraw, restore, verify, purge, send, upgrade."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from assistant.cases.entries import (
    NONE_YET,
    entry_lines,
    entry_memo,
    history_lines,
    line_of,
    local_time,
    waiting_words,
    whole_lines,
)
from assistant.cases.forms import PreviousEntry, WithdrawalForm, restore
from assistant.cases.summary import HOW_WORDS_ARE_FOUND
from assistant.cli.filters import filters, wanted
from assistant.cli.options import (
    WholeNumber,
    command,
    input_is_terminal,
    open_recorded,
    open_services,
    say,
)
from assistant.errors import RecordsDamagedError, RecordsError, UsageError
from assistant.records.entry import EVERYTHING
from assistant.records.sqlite import copies_in
from assistant.records.store import RecordStore, Waiting
from assistant.services import Services
from assistant.text import counted, day_read, day_shown, visible

_number = click.argument("number", type=WholeNumber(1))


@command("list", opens=open_recorded)
@filters
@click.option(
    "--limit", type=WholeNumber(1, 10_000), default=20, show_default=True, help="At most so many."
)
@click.option("--before", type=WholeNumber(1), help="Only entries older than the one so numbered.")
def list_(
    services: Services,
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
    asked = wanted(services.loaded.guide, chosen)
    store = services.open_records()
    entries = store.page(before, limit, asked)
    for line in entry_lines(services.loaded.guide, store, entries):
        say(visible(line).replace("\n", " "))
    filtered = asked != EVERYTHING
    if not entries:
        say(_none(before, filtered=filtered, words=bool(asked.text)), err=True)
    elif len(entries) == limit and store.page(entries[-1].seq, 1, asked):
        same = "the same command with" if filtered else "service-group records list"
        say(f"For older ones: {same} --before {entries[-1].seq}", err=True)
    if waiting := waiting_words(store):
        say(waiting, err=True)
    return 0


@command(opens=open_recorded)
@_number
def show(services: Services, number: int) -> Iterable[str]:
    """Show the whole of one entry, and what became of it; of any other number, what it stands for.

    \b
    Example:
      service-group records show 3
    """
    store = services.open_records()
    return whole_lines(services.loaded, store.record(number), store.history(number))


@command(opens=open_recorded)
@_number
def history(services: Services, number: int) -> Iterable[str]:
    """Say what became of an entry, oldest first: recorded, corrected, withdrawn, and why.

    \b
    Example:
      service-group records history 3
    """
    store = services.open_records()
    store.record(number)  # an erased one is said to be erased
    return history_lines(store.history(number), services.loaded.guide)


def _none(before: int | None, *, filtered: bool, words: bool) -> str:
    older = f"older than {before}" if before is not None else ""
    if filtered:
        found = f"No entry {older} is like that.".replace("  ", " ")
        return f"{found} {HOW_WORDS_ARE_FOUND}" if words else found
    return f"No entry is {older}." if older else NONE_YET


@command(opens=open_recorded)
@click.option("--with-case-number", is_flag=True, help="With the case number in it.")
@click.option("--long", "in_full", is_flag=True, help="With every reason, source and next step.")
@_number
def memo(services: Services, number: int, *, with_case_number: bool, in_full: bool) -> int:
    """Print a memo of an entry in five lines: facts, recommendation, how sure, why, what to decide.

    The reasons are today's guide's. It says first where the entry was withdrawn or replaced, and
    where the guide's rules have changed since. The case number is left out, unless you ask.

    \b
    Example:
      service-group records memo 3
    """
    store = services.open_records()
    version, line = PreviousEntry(number, store.get(number)), line_of(store, number)
    text = entry_memo(
        services.loaded, version, with_case=with_case_number, line=line, in_full=in_full
    )
    say(visible(text), nl=False)
    return 0


@command(opens=open_recorded)
@_number
def withdraw(services: Services, number: int) -> int:
    """Withdraw an entry: a new record says that it no longer stands, and why.

    It asks why, and then for a yes. The entry stays to be seen in its history.

    \b
    Example:
      service-group records withdraw 3
    """
    line = line_of(services.open_records(), number)
    refused = line.refusal(number)
    if refused:
        raise RecordsError(
            refused, mend=f"See what became of it: service-group records history {number}"
        )
    say(visible(line.in_short(services.loaded.guide)), err=True)
    form = WithdrawalForm(services, line.now)
    try:
        why = _why(form)
        sure = click.confirm(f"Withdraw entry {number}?", err=True)
    except click.Abort:
        if input_is_terminal():
            raise
        raise UsageError(
            "The input ended too soon, so nothing was withdrawn. It takes the reason, and y on a"
            " line of its own.",
            mend=f"printf 'recorded twice\\ny\\n' | service-group records withdraw {number}",
        ) from None
    if sure:
        say(form.save({"why": why}))
    else:
        say("Nothing was withdrawn.", err=True)
    return 0


@command("restore", opens=open_recorded)
@_number
def restore_(services: Services, number: int) -> int:
    """Restore a withdrawn entry: a new one with the same content stands in its place.

    Both stay to be seen in its history, and the new one can be corrected or withdrawn again.

    \b
    Example:
      service-group records restore 3
    """
    line = line_of(services.open_records(), number)
    refused = line.not_withdrawn(number)
    if refused:
        raise RecordsError(
            refused, mend=f"See what became of it: service-group records history {number}"
        )
    say(restore(services, line.now))
    return 0


def _why(form: WithdrawalForm) -> str:
    """Ask why, until it can be kept; without a terminal, what cannot be kept is an error."""
    while True:
        typed = click.prompt(form.fields[0].asking, err=True, default="", show_default=False)
        wrong = [problem.message for problem in form.problems({"why": typed})]
        if not wrong:
            return str(typed).strip()
        if not input_is_terminal():
            raise UsageError("\n".join(wrong), mend="say it in other words. Nothing was withdrawn.")
        say("\n".join(wrong), err=True)


_HASH_SHOWN = 16


@command(opens=open_recorded)
def verify(services: Services) -> int:
    """Follow the chain of records, and say whether it is unbroken.

    Each record carries the hash of the one before, and this computer remembers the last one. The
    first number that was changed, is missing, is out of place or cut off is named; exit code 1 then.
    Write the last hash down somewhere else to be sure of the records up to here.

    \b
    Example:
      service-group records verify
    """
    store = services.open_records()
    faults = store.faults()
    first = next(faults, None)
    if first is None:
        say(f"{store.size()}, unbroken; last hash {store.head().hash[:_HASH_SHOWN]}.")
        return 0
    more = sum(1 for _ in faults)
    others = f"\nThere is more after that: {more:,}." if more else ""
    keep = "Keep the records as they are and tell whoever looks after this computer."
    raise RecordsDamagedError(
        f"{first}{others}", where=store.where, mend=f"{keep}{store.begin_anew}"
    )


@command(opens=open_recorded)
@click.option(
    "--before",
    "day",
    required=True,
    metavar="DATE",
    help="The first day to keep, such as 1/31/2020.",
)
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def purge(services: Services, day: str, yes: bool) -> int:
    """Erase for good what was recorded before a day.

    What is erased keeps its number in the chain and loses all that it said, so that `verify` still
    holds. It says what goes and asks first. Copies made before an upgrade hold it too, and case
    numbers: they are named, and erased after a second yes, which --yes does not stand for.

    \b
    Example:
      service-group records purge --before 2020-01-31
    """
    before = _past_day(day, services)
    store = services.open_records()
    if store.to_erase(before):
        say(_announced(store, before), err=True)
        if not yes and not _sure("Type yes to erase them for good", "nothing was erased"):
            say("Nothing was erased.", err=True)
            return 1
        erased = store.erase(before, id_=services.new_id(), when=services.now())
        say(f"Erased {counted(erased, 'line')} of the chain from before {day_shown(before)}.")
    else:
        store.overwrite_erased()
        say(f"Nothing was recorded before {day_shown(before)}.")
    _purge_copies(store, services.folder, ask=not yes)
    return 0


def _purge_copies(store: RecordStore, folder: Path, *, ask: bool) -> None:
    """Name the copies that still hold what was erased, and erase those of upgrades after a yes."""
    copies = store.copies()
    if copies:
        say("These copies from before an upgrade hold case numbers, and what was erased:", err=True)
        say("\n".join(f"  {name}" for name in copies), err=True)
        if ask and _sure("Type yes to erase these copies for good"):
            store.erase_copies()
            say("Erased the copies from before an upgrade.")
        else:
            say("The copies were kept.", err=True)
    others = [f"  {path}" for path in copies_in(folder) if str(path) not in copies]
    if others:
        say("These older copies still hold what they held; delete them as well:", err=True)
        say("\n".join(others), err=True)


def _past_day(text: str, services: Services) -> date:
    day = day_read(text)
    if day is None:
        raise UsageError(f"{text!r} is not a date.", mend="write it as 1/31/2020 or 2020-01-31.")
    if day > services.now().astimezone().date():
        raise UsageError(
            f"{day_shown(day)} is still to come, so everything would be erased.",
            mend="Give the first day to keep, today at the latest.",
        )
    return day


def _announced(store: RecordStore, before: date) -> str:
    old = store.days_to_erase(before)
    first, last = day_read(old.first_day), day_read(old.last_day)
    days = f", of {day_shown(first)} to {day_shown(last)}" if first and last else ""
    return (
        f"This erases {counted(store.to_erase(before), 'line')} of the chain{days}.\n"
        f"Entries in the lists among them: {old.listed:,}. The others were corrected, or withdraw one.\n"
        "It cannot be undone. Each keeps its number and loses all that it said."
    )


def _sure(asked: str, undone: str = "") -> bool:
    """Ask for a yes; where the input ends, an error says what was left undone, if that is said."""
    try:
        answer: str = click.prompt(asked, default="no", show_default=False, err=True)
    except click.Abort:
        if input_is_terminal():
            raise
        if not undone:
            return False
        raise UsageError(
            f"The input ended before a yes, so {undone}.",
            mend="Type yes, or add --yes in a script.",
        ) from None
    return answer.strip().casefold() == "yes"


@command(opens=open_services)
def send(services: Services) -> int:
    """Send what was recorded while the shared records were out of reach.

    Looking at the records, or adding to them, does the same. What the shared records refuse is
    listed with the reason, and stays on this computer; exit code 1 then.

    \b
    Example:
      service-group records send
    """
    if not services.settings.records_url:
        say("Records are kept on this computer alone: nothing has to be sent.")
        return 0
    store = services.open_records()
    say(f"Sent to the shared records: {counted(store.send(), 'record')}.")
    return _refused(store.waiting())


def _refused(waiting: Iterable[Waiting]) -> int:
    code = 0
    for one in waiting:
        code = 1
        when = local_time(one.record.when)
        name = f"pending/{one.record.id}.json"
        why = one.refused or "It waits still."
        say(visible(f"Not taken, of {when}: {why} It is kept as {name}."), err=True)
    return code


@command(opens=open_services)
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def upgrade(services: Services, yes: bool) -> int:
    """Change shared records of an older version to what this version needs, once for all computers.

    Every computer needs this version of the assistant first: an older one can then neither read the
    records nor add to them. The tables are copied beside themselves before they are changed. Records
    of this computer alone are upgraded when they are next used.

    \b
    Example:
      service-group records upgrade
    """
    if not services.settings.records_url:
        say("Records of this computer alone are upgraded whenever they are used.")
        return 0
    store = services.open_records()
    if not store.is_older():
        say("The shared records are what this version needs: nothing has to be done.")
        return 0
    say(
        "Every computer that uses these records needs release 2 of the assistant, or a newer one,"
        " first.\nAn older assistant can neither read the upgraded records nor add to them.",
        err=True,
    )
    if not yes and not _sure("Type yes when every computer has it", "nothing was changed"):
        say("Nothing was changed.", err=True)
        return 1
    store.upgrade()
    say("The shared records were upgraded; copies of their tables were kept beside them.")
    if sent := store.send():
        say(f"Sent to the shared records: {counted(sent, 'record')}.")
    return _refused(store.waiting())
