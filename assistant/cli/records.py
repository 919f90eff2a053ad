"""`records`: list, show, history, memo, withdraw, restore, verify, purge, send, upgrade."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from assistant.cases.entries import (
    NONE_YET,
    ROW_HEAD,
    EntryLine,
    entry_lines,
    entry_memo,
    entry_row,
    entry_rows,
    history_lines,
    line_of,
    local_time,
    waiting_words,
    whole_lines,
)
from assistant.cases.forms import PreviousEntry, WithdrawalForm, restore
from assistant.cases.summary import HOW_WORDS_ARE_FOUND
from assistant.cli import options
from assistant.cli.reports import filters, wanted
from assistant.errors import RecordsDamagedError, RecordsError, UsageError
from assistant.records.entry import EVERYTHING, EntrySummary
from assistant.records.sqlite import copies_in
from assistant.records.store import RecordStore, Waiting
from assistant.services import Services
from assistant.text import counted, day_read, day_shown, day_typed, say, say_lines, width_now

_number = click.argument("number", type=options.WholeNumber(1))


@options.command("list", opens=options.open_recorded)
@filters
@click.option(
    "--limit",
    type=options.WholeNumber(1, 10_000),
    default=20,
    show_default=True,
    help="Show at most this many entries.",
)
@click.option(
    "--before",
    type=options.WholeNumber(1),
    help="Only entries older than the one with this number.",
)
def list_(
    services: Services,
    limit: int,
    before: int | None,
    **chosen: Any,  # noqa: ANN401 - the filter options
) -> int:
    """List entries, newest first, one per line. The options choose among them.

    Some numbers may be missing. A corrected entry is listed under the number of its correction, and
    a withdrawal has its own number. `show` and `history` work with any number.

    \b
    Examples:
      service-group records list --limit 5
      service-group records list --group adoption --since 1/1/2026 --overridden
      service-group records list --text "parenting class"
    """
    asked = wanted(services.loaded.guide, chosen)
    store = services.open_records()
    entries = store.page(before, limit, asked)
    for line in _listed(services, entries):
        say(line.replace("\n", " "))
    filtered = asked != EVERYTHING
    if not entries:
        say(_none(before, filtered=filtered, words=bool(asked.text)), err=True)
    elif len(entries) == limit and store.page(entries[-1].seq, 1, asked):
        same = "the same command with" if filtered else "service-group records list"
        say(f"For older ones: {same} --before {entries[-1].seq}", err=True)
    if waiting := waiting_words(store):
        say(waiting, err=True)
    return 0


@options.command(opens=options.open_recorded)
@_number
def show(services: Services, number: int) -> Iterable[str]:
    """Show everything in one entry and what happened to it. Other numbers are explained.

    \b
    Example:
      service-group records show 3
    """
    store = services.open_records()
    return whole_lines(services.loaded, store.record(number), store.history(number))


@options.command(opens=options.open_recorded)
@_number
def history(services: Services, number: int) -> Iterable[str]:
    """Show what happened to an entry, oldest first: recorded, corrected, withdrawn, and why.

    \b
    Example:
      service-group records history 3
    """
    store = services.open_records()
    store.record(number)  # an erased one is said to be erased
    return history_lines(store.history(number), services.loaded.guide)


def _listed(services: Services, entries: Sequence[EntrySummary]) -> Iterator[str]:
    """Return entries in columns under their heads; to be heard, each in a sentence."""
    guide, now = services.loaded.guide, services.now()
    if services.settings.plain:
        yield from entry_lines(guide, entries)
    elif entries:
        rows = [entry_row(guide, one, now) for one in entries]
        yield from entry_rows([ROW_HEAD, *rows], width_now())


def _none(before: int | None, *, filtered: bool, words: bool) -> str:
    older = f"older than {before}" if before is not None else ""
    if filtered:
        found = f"No entry {older} matches.".replace("  ", " ")
        return f"{found} {HOW_WORDS_ARE_FOUND}" if words else found
    return f"No entry is {older}." if older else NONE_YET


@options.command(opens=options.open_recorded)
@click.option("--with-case-number", is_flag=True, help="Include the case number.")
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
    say(text, nl=False)
    return 0


@options.command(opens=options.open_recorded)
@_number
def withdraw(services: Services, number: int) -> int:
    """Withdraw an entry: it no longer counts, and a new record says why.

    The command asks for the reason and then for a yes. You can still see the entry in its history.

    \b
    Example:
      service-group records withdraw 3
    """
    line = _line_for(services, number, EntryLine.refusal)
    say_lines([line.in_short(services.loaded.guide)], err=True)
    form = WithdrawalForm(services, line.now)
    try:
        why = _why(form)
        yes = _typed(f"Type yes to withdraw entry {number}") in {"yes", "y"}
    except click.Abort:
        if options.input_is_terminal():
            raise
        raise UsageError(
            "The input ended too soon, so nothing was withdrawn. Give the reason on one line and yes"
            " on the next.",
            mend=f"printf 'recorded twice\\nyes\\n' | service-group records withdraw {number}",
        ) from None
    if yes:
        say_lines([form.save({"why": why})])
    else:
        say("Nothing was withdrawn.", err=True)
    return 0


@options.command("restore", opens=options.open_recorded)
@_number
def restore_(services: Services, number: int) -> int:
    """Restore a withdrawn entry: a new one with the same content replaces it.

    You can still see both in its history, and the new one can be corrected or withdrawn again.

    \b
    Example:
      service-group records restore 3
    """
    line = _line_for(services, number, EntryLine.not_withdrawn)
    say(restore(services, line.now)[0])
    return 0


def _line_for(
    services: Services, number: int, refusal: Callable[[EntryLine, int], str]
) -> EntryLine:
    """Return the line of an entry; raises `RecordsError` with what speaks against it, if anything."""
    line = line_of(services.open_records(), number)
    if refused := refusal(line, number):
        mend = f"See what happened to it: service-group records history {number}"
        raise RecordsError(refused, mend=mend)
    return line


def _why(form: WithdrawalForm) -> str:
    """Ask why, until it can be kept; without a terminal, what cannot be kept is an error."""
    while True:
        typed = click.prompt(
            form.fields[0].asking, err=True, default="", show_default=False, prompt_suffix=" "
        )
        wrong = [problem.message for problem in form.problems({"why": typed})]
        if not wrong:
            return str(typed).strip()
        if not options.input_is_terminal():
            raise UsageError("\n".join(wrong), mend="change the reason. Nothing was withdrawn.")
        say("\n".join(wrong), err=True)


_HASH_SHOWN = 16


@options.command(opens=options.open_recorded)
def verify(services: Services) -> int:
    """Check that no record was changed, moved, or lost.

    Each record has a check number that is made from it and from the number before, and this computer
    remembers the last one. If something is wrong, the command names the first record that was
    changed, is missing, or is out of place, and the exit code is 1. Write the last check number down
    elsewhere. With it, you can prove later that nothing before it was changed.

    \b
    Example:
      service-group records verify
    """
    store = services.open_records()
    faults = store.faults()
    first = next(faults, None)
    if first is None:
        say(
            f"{store.size()}, unchanged. Check number of the last record: {store.head().hash[:_HASH_SHOWN]}."
        )
        return 0
    more = sum(1 for _ in faults)
    others = f"\n{counted(more, 'more problem')} after that." if more else ""
    keep = "Leave the records as they are and tell the person who looks after this computer."
    raise RecordsDamagedError(
        f"{first}{others}", where=store.where, mend=f"{keep}{store.begin_anew}"
    )


@options.command(opens=options.open_recorded)
@click.option(
    "--before",
    "day",
    required=True,
    metavar="DATE",
    help="The first day to keep, such as 1/31/2020.",
)
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def purge(services: Services, day: str, yes: bool) -> int:
    """Permanently erase what was recorded before a date.

    An erased record keeps its number but none of its contents, so `verify` still works. The command
    says what it will erase and asks first. Copies made before an upgrade also contain case numbers.
    The command lists them and erases them after a second yes, which --yes does not give.

    \b
    Example:
      service-group records purge --before 1/31/2020
    """
    before = _past_day(day, services)
    store = services.open_records()
    if store.to_erase(before):
        say(_announced(store, before), err=True)
        if not yes and not sure("Type yes to erase them for good", "nothing was erased"):
            say("Nothing was erased.", err=True)
            return 1
        erased = store.erase(before, id_=services.new_id(), when=services.now())
        say(f"Erased {counted(erased, 'line')} from before {day_shown(before)}.")
    else:
        store.overwrite_erased()
        say(f"Nothing was recorded before {day_shown(before)}.")
    _purge_copies(store, services.folder, ask=not yes)
    return 0


def _purge_copies(store: RecordStore, folder: Path, *, ask: bool) -> None:
    """Name the copies that still hold what was erased, and erase those of upgrades after a yes."""
    copies = store.copies()
    if copies:
        say(
            "These copies from before an upgrade contain case numbers and erased entries:", err=True
        )
        say("\n".join(f"  {name}" for name in copies), err=True)
        if ask and sure("Type yes to erase these copies for good"):
            store.erase_copies()
            say("Erased the copies from before an upgrade.")
        else:
            say("The copies were kept.", err=True)
    others = [f"  {path}" for path in copies_in(folder) if str(path) not in copies]
    if others:
        say("These older copies still have their contents. Delete them too:", err=True)
        say("\n".join(others), err=True)


def _past_day(text: str, services: Services) -> date:
    day = day_typed(text)
    if day is None:
        raise UsageError(f"{text!r} is not a date.", mend="write it as 1/31/2020.")
    if day > services.now().astimezone().date():
        raise UsageError(
            f"{day_shown(day)} is in the future, so everything would be erased.",
            mend="Give the first date to keep. The latest is today.",
        )
    return day


def _announced(store: RecordStore, before: date) -> str:
    old = store.days_to_erase(before)
    first, last = day_read(old.first_day), day_read(old.last_day)
    days = f", from {day_shown(first)} to {day_shown(last)}" if first and last else ""
    return (
        f"This erases {counted(store.to_erase(before), 'line')}{days}.\n"
        f"Of these, the lists show {counted(old.listed, 'entry', 'entries')}. The others are corrected"
        " entries and withdrawals.\n"
        "You cannot undo this. Each line keeps its number but none of its contents."
    )


def sure(asked: str, undone: str = "") -> bool:
    """Ask for a yes; where the input ends, an error says what was left undone, if that is said."""
    try:
        return _typed(asked) == "yes"
    except click.Abort:
        if options.input_is_terminal():
            raise
        if not undone:
            return False
        raise UsageError(
            f"The input ended before you typed yes, so {undone}.",
            mend="Type yes, or add --yes in a script.",
        ) from None


def _typed(asked: str) -> str:
    """Return what is typed to a last question, in small letters; Enter alone is a no."""
    answer: str = click.prompt(asked, default="no", show_default=False, err=True)
    return answer.strip().casefold()


@options.command(opens=options.open_services)
def send(services: Services) -> int:
    """Send entries that were recorded while the shared records were out of reach.

    This also happens when you look at the records or add to them. If the shared records refuse an
    entry, the command says why, the entry stays on this computer, and the exit code is 1.

    \b
    Example:
      service-group records send
    """
    if not services.settings.records_url:
        say("Records are kept only on this computer, so there is nothing to send.")
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
        why = one.refused or "It is still waiting."
        say(f"Not sent, recorded {when}: {why} It is saved as {name}.", err=True)
    return code


@options.command(opens=options.open_services)
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def upgrade(services: Services, yes: bool) -> int:
    """Upgrade shared records from an older version, once for all computers.

    First install this version of the assistant on every computer, because an older one cannot read
    upgraded records or add to them. The command copies the tables before it changes them. Records
    that are only on this computer are upgraded when you next use them.

    \b
    Example:
      service-group records upgrade
    """
    if not services.settings.records_url:
        say("Records that are only on this computer are upgraded when you use them.")
        return 0
    store = services.open_records()
    if not store.is_older():
        say("The shared records already fit this version. There is nothing to do.")
        return 0
    say(
        "First, install release 2 or newer on every computer that uses these records.\n"
        "An older assistant cannot read the upgraded records or add to them.",
        err=True,
    )
    if not yes and not sure("Type yes when every computer has it", "nothing was changed"):
        say("Nothing was changed.", err=True)
        return 1
    store.upgrade()
    say("The shared records were upgraded. Copies of the old tables were kept.")
    if sent := store.send():
        say(f"Sent to the shared records: {counted(sent, 'record')}.")
    return _refused(store.waiting())
