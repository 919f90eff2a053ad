"""Recorded entries as rows of a list: what tells them apart first, where a window is narrow."""

from rich.text import Text

from assistant.content.model import Guide
from assistant.interview.entries import local_time
from assistant.interview.summarising.tables import FOLLOWED, OVERRIDDEN, chosen_words
from assistant.interview.wanting import HOW_WORDS_ARE_FOUND
from assistant.records.entry import EntrySummary
from assistant.tui.text import cell

COLUMNS = ("No.", "State", "Day", "Case", "Group", "Whom for", "Service")
"""The columns, each as wide as what stands in it."""

GROUP_MOST = 24
"""Longest name of a group, in characters; its beginning tells it from the others."""

MOST_COUNTED = 1_000
"""Entries beyond these are not counted: that there are more is enough."""

NO_GROUP_YET = "No group"

_FOLLOWED = {True: FOLLOWED.lower(), False: OVERRIDDEN.lower(), None: "–"}


def row(guide: Guide, entry: EntrySummary) -> list[Text]:
    """Give an entry's cells, one for each of the columns."""
    group = chosen_words(guide, entry.chosen) if entry.chosen else NO_GROUP_YET
    cells = (
        str(entry.seq),
        state(entry),
        local_time(entry.when).split()[0],
        entry.case_number,
        _short(group.removesuffix(" Services")),
        entry.whom,
        entry.service,
    )
    return [cell(text) for text in cells]


def state(entry: EntrySummary) -> str:
    """Say what became of the entry, and of the advice; a dash where nothing was recommended."""
    first = "unresolved" if entry.unresolved else _FOLLOWED[entry.followed]
    first = "withdrawn" if entry.withdrawn else first
    return f"{first}, corrected" if entry.corrects else first


def _short(name: str) -> str:
    return name if len(name) <= GROUP_MOST else f"{name[: GROUP_MOST - 1]}…"


def list_words(shown: int, count: int, narrowed: str) -> str:
    """Say how many of all entries a list shows, and which; `narrowed` is "" where it shows any."""
    if not count and narrowed:
        return (
            f"No entry is like this: {narrowed}. Press c to show all, f to change the filter."
            f" {HOW_WORDS_ARE_FOUND}"
        )
    if not count:
        return (
            "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
        )
    of = f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
    only = f" Only: {narrowed}." if narrowed else ""
    return f"{shown:,} of {of} shown, newest first.{only} A memo of advice, not the record."
