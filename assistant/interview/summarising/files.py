"""A summary as data for other programs."""

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO
from types import MappingProxyType

from assistant.content.model import Guide
from assistant.interview.summarising.tables import Shown, tables


def as_csv(guide: Guide, shown: Shown) -> str:
    """Give one line a count: by what, its id, its words, how many; the total comes first."""
    text = StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(("by", "id", "words", "entries"))
    rows.writerow(("total", "", "All entries that stand", shown.total))
    for table in tables(guide, shown):
        rows.writerows((table.name, line.name, line.words, line.count) for line in table.lines)
    return text.getvalue()


def as_json(guide: Guide, shown: Shown) -> str:
    """Give an object with the total and a list a table; a hidden count is text."""
    plain = {
        table.title.lower().replace(" ", "_"): [
            {"id": line.name, "words": line.words, "entries": line.count} for line in table.lines
        ]
        for table in tables(guide, shown)
    }
    return json.dumps({"total": shown.total, **plain}, indent=2) + "\n"


def as_markdown(guide: Guide, shown: Shown) -> str:
    """Give a page with a table for each way to count."""
    lines = ["# Entries that stand", "", f"In all: {shown.total}"]
    for table in tables(guide, shown):
        lines += ["", f"## {table.title}", "", "| | Entries |", "| --- | ---: |"]
        lines += [f"| {_shown(line.words)} | {line.count} |" for line in table.lines]
    return "\n".join(lines) + "\n"


FORMATS: Mapping[str, Callable[[Guide, Shown], str]] = MappingProxyType(
    {"csv": as_csv, "json": as_json, "markdown": as_markdown}
)
"""Ways to write a summary, by the name a person types."""


def _shown(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in text)
