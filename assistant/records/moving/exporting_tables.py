"""Entries as tables for people: CSV for a spreadsheet, Markdown for a page."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO

from assistant.records.entry import Entry, EntrySummary

Listed = tuple[EntrySummary, Entry]
"""An entry as a list has it, and whole."""

_FORMULA = re.compile(
    r"""(?:(?<=^)|(?<=[;,|\t\r\n]))(?=[\s"'“”‘’«»\u200b-\u200f\u2060\ufeff]*+[=+@\uff1d\uff0b\uff20\ufe62\ufe66\ufe6b\-\u2212\uff0d\ufe63])"""
)
"""Where a spreadsheet could take what follows for a formula: at the start of a value, or where a line or
another program's separator starts one anew; spaces and quotation marks do not help."""

_OBEYED_FIRST = ("\t", "\r", "\n")


@dataclass(frozen=True)
class Words:
    """What stands for ids in a table: the names of groups and of reasons for choosing otherwise."""

    groups: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def as_csv(listed: Iterable[Listed], words: Words) -> Iterator[str]:
    """Give entries as CSV, a line at a time, every value quoted and none of them a formula."""
    yield _csv_line(_COLUMNS)
    for summary, entry in listed:
        yield _csv_line(_neutral(value(summary, entry, words)) for value in _COLUMNS.values())


def as_markdown(listed: Iterable[Listed], words: Words) -> Iterator[str]:
    """Give entries as a Markdown table, a line at a time; text in it is shown as typed."""
    yield _markdown_line(_HEADINGS.values())
    yield "|" + " --- |" * len(_HEADINGS) + "\n"
    for summary, entry in listed:
        yield _markdown_line(_shown(_COLUMNS[name](summary, entry, words)) for name in _HEADINGS)


def _neutral(text: str) -> str:
    """Give text that no spreadsheet takes for a formula: an apostrophe stands before what could be one."""
    found = _FORMULA.sub("'", text)
    return f"'{found}" if found.startswith(_OBEYED_FIRST) else found


def _answers(entry: Entry) -> str:
    return " ".join(
        f"{fact}={value}{' (assumed)' if fact in entry.assumed else ''}"
        for fact, value in entry.answers.items()
    )


_Value = Callable[[EntrySummary, Entry, Words], str]


def _plain(name: str) -> _Value:
    """Give the value of an entry's own field; a day as 2026-01-31, what is unsaid as nothing."""
    return lambda _, entry, __: str(getattr(entry, name) or "")


def _group(name: str) -> _Value:
    return lambda _, entry, words: words.groups.get(
        getattr(entry, name) or "", getattr(entry, name) or ""
    )


_COLUMNS: Mapping[str, _Value] = {
    "number": lambda summary, _, __: str(summary.seq),
    "recorded": lambda _, entry, __: entry.when.astimezone().isoformat(" ", "seconds"),
    **{
        name: _plain(name)
        for name in ("case_number", "whom", "service", "status", "begun", "ended")
    },
    "in_case_plan": lambda _, entry, __: {True: "yes", False: "no", None: ""}[entry.linked],
    **{name: _plain(name) for name in ("category", "service_type", "provider", "chosen")},
    "chosen_name": _group("chosen"),
    "recommended": _plain("recommended"),
    "recommended_name": _group("recommended"),
    "as_recommended": lambda _, entry, __: "no" if entry.overrides else "yes",
    "certainty": _plain("certainty"),
    "reason_code": _plain("reason_code"),
    "reason_name": lambda _, entry, words: words.reasons.get(entry.reason_code, entry.reason_code),
    "reason": _plain("reason"),
    "answers": lambda _, entry, __: _answers(entry),
    "corrects_earlier": lambda summary, _, __: "yes" if summary.corrects else "no",
    "why": _plain("why"),
    "withdrawn": lambda summary, _, __: "yes" if summary.withdrawn else "no",
    "guide_version": _plain("content_version"),
    "meaning_hash": _plain("meaning_hash"),
}
"""Every column, by the name that heads it in CSV."""

_HEADINGS: Mapping[str, str] = {
    "number": "Entry",
    "recorded": "Recorded",
    "case_number": "Case number",
    "whom": "Whom for",
    "service": "Service",
    "status": "Status",
    "chosen_name": "Group chosen",
    "recommended_name": "Recommended",
    "certainty": "Certainty",
    "reason_name": "Why this group",
    "reason": "Note",
    "corrects_earlier": "Correction",
    "withdrawn": "Withdrawn",
}
"""The columns of a Markdown table, as many as a page has room for."""


def _csv_line(values: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def _markdown_line(values: Iterable[str]) -> str:
    return f"| {' | '.join(values)} |\n"


def _shown(text: str) -> str:
    """Give text for one cell: nothing in it is markup, and nothing ends the line."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in " ".join(text.split()))
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~&!" else c for c in plain)
