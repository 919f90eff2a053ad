"""The options that choose among entries, and the filter that they ask for."""

import re
import sys
from datetime import date
from functools import reduce
from typing import Any, Literal

import click

from assistant.cases.summary import CERTAINTIES
from assistant.cli.lookup import group_meant
from assistant.cli.options import Decorated, input_is_terminal
from assistant.errors import UsageError
from assistant.guide.model import Guide
from assistant.records.entry import EntryFilter
from assistant.text import day_typed

_LIKE_A_CASE_NUMBER = re.compile(r"\d(?:[\s./-]?\d){4,}")
_STANDING: dict[bool | None, Literal["standing", "withdrawn", "all"]] = {
    None: "all",
    False: "standing",
    True: "withdrawn",
}


def _day(_ctx: click.Context, _param: click.Parameter, typed: str | None) -> date | None:
    """Return a day that was typed."""
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

_FILTERS = (
    click.option(
        "--group",
        help="Only this group: its id, its name, or the start of either. Or: supervisor.",
    ),
    click.option(
        "--certainty",
        type=click.Choice(list(CERTAINTIES)),
        help="Only entries with this certainty.",
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


def filters(function: Decorated) -> Decorated:
    """Add all options that choose among entries; it takes them as `**chosen`."""
    return reduce(lambda made, option: option(made), reversed(_FILTERS), function)


def between(function: Decorated) -> Decorated:
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
        if input_is_terminal():
            return str(click.prompt("Words to find", hide_input=True, err=True))
        return sys.stdin.readline().strip() if sys.stdin else ""
    if _LIKE_A_CASE_NUMBER.search(typed):
        raise UsageError(
            "The words after --text could be a case number. Do not type one in a command, because the"
            " shell saves commands and other people can see them.",
            mend="write --text - and type the number when you are asked.",
        )
    return typed
