"""Entries for people: a CSV table for a spreadsheet, a Markdown page of lists."""

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
    """What stands for ids: the names of groups, of reasons for choosing otherwise, and how sure."""

    groups: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    certainties: Mapping[str, str] = field(default_factory=dict)


def as_csv(listed: Iterable[Listed], words: Words) -> Iterator[str]:
    """Give entries as CSV, a line at a time, every value quoted and none of them a formula."""
    yield _csv_line(_COLUMNS)
    for summary, entry in listed:
        yield _csv_line(_neutral(value(summary, entry, words)) for value in _COLUMNS.values())


def as_markdown(listed: Iterable[Listed], words: Words) -> Iterator[str]:
    """Give entries as a Markdown page, a list of fields each; text in it is shown as typed."""
    yield "# Recorded entries\n\nFields with nothing in them are left out.\n"
    for summary, entry in listed:
        yield f"\n## Entry {summary.seq}\n\n"
        for name, heading in _HEADINGS.items():
            text = _shown(_COLUMNS[name](summary, entry, words))
            yield f"- {heading}: {text}\n" if text else ""


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
    "as_recommended": lambda _, entry, __: {True: "yes", False: "no", None: ""}[entry.followed],
    "certainty": _plain("certainty"),
    "certainty_name": lambda _, entry, words: words.certainties.get(
        entry.certainty, entry.certainty
    ),
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
    "recorded": "Recorded",
    "case_number": "Case number",
    "whom": "Whom for",
    "service": "Service",
    "status": "Status",
    "begun": "Begun on",
    "ended": "Ended on",
    "in_case_plan": "In case plan",
    "category": "Category",
    "service_type": "Type",
    "provider": "Provider",
    "chosen_name": "Group chosen",
    "chosen": "Group chosen, its id",
    "recommended_name": "Recommended",
    "recommended": "Recommended, its id",
    "as_recommended": "As recommended",
    "certainty_name": "How sure",
    "certainty": "How sure, its id",
    "reason_name": "Why this group",
    "reason_code": "Why this group, its id",
    "reason": "Note",
    "answers": "Answers",
    "corrects_earlier": "Corrects an earlier entry",
    "why": "Why changed",
    "withdrawn": "Withdrawn",
    "guide_version": "Version of the guide",
    "meaning_hash": "Hash of the guide's rules",
}
"""What each column is called on a Markdown page, where the number is a heading."""


def _csv_line(values: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def _shown(text: str) -> str:
    """Give text for one line: nothing in it is markup, and nothing ends the line."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in " ".join(text.split()))
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~&!" else c for c in plain)
