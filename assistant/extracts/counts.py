"""What the check of a table found: tables of counts and JSON, with small counts hidden where asked."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from assistant.cases.summary import LEAST, NOT_SHOWN, Name, hidden, under
from assistant.engine.verdict import short_name
from assistant.extracts.check import TableCounts
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.privacy import personal_details
from assistant.tables import Cell, Table
from assistant.text import shortened

STATUS_WORDS: Mapping[str, str] = {
    "recommended": "One group is recommended",
    "depends": "It depends on facts that are not known",
    "refer": "No group is named: ask a supervisor",
    "impossible": "The facts cannot be true together",
    "unreadable": "A value cannot be read",
}

_COMMONEST = 10  # disagreements that are told
_LONGEST = 40  # characters of a value that are shown
_CASE_DIGITS = 4  # so many digits in a value may be a case number
_NOT_FOR_SHOW = "(not shown: it may name a person or a case)"

Pair = tuple[str, str]  # a recorded group, and the one that is recommended


class Counts:
    """Counts to show: each is a number or, where small ones are hidden, the words that stand for it.

    `rows` counts all rows, `pairs` rows by recorded and recommended group, `reasons` those that
    disagree by why as well, the commonest first, and `unread` values that cannot be read by column.
    """

    def __init__(self, found: TableCounts, *, hides: bool) -> None:
        self.hides = hides
        self.rows, self.statuses = self._statuses(found)
        numbers: dict[Pair, Counter[tuple[str, str]]] = {}
        for (recorded, recommended, agrees, why), count in found.pairs.items():
            numbers.setdefault((recorded, recommended), Counter())[agrees, why] += count
        self.pairs = self._pairs(found, {pair: some.total() for pair, some in numbers.items()})
        disagree = Counter(
            {
                (*pair, why): count
                for pair, some in numbers.items()
                for (agrees, why), count in some.items()
                if agrees == "no"
            }
        )
        cells = {pair: self._within(self.pairs[pair], some) for pair, some in numbers.items()}
        self.reasons = {
            (recorded, recommended, why): cells[recorded, recommended]["no", why]
            for (recorded, recommended, why), _ in disagree.most_common(_COMMONEST)
        }
        self.unread = self._within(self.statuses["unreadable"], found.unread)

    def _statuses(self, found: TableCounts) -> tuple[Cell, Mapping[str, Cell]]:
        safe = hidden(found.statuses) if self.hides else dict(found.statuses)
        if safe is not None:
            return found.rows, safe
        words = under(LEAST) if found.rows < LEAST else NOT_SHOWN
        return words, dict.fromkeys(found.statuses, words)

    def _pairs(self, found: TableCounts, pairs: Mapping[Pair, int]) -> dict[Pair, Cell]:
        """Return the counts of pairs; what is left of the rows with a recommendation counts as one too."""
        rest = found.statuses["recommended"] - sum(pairs.values())
        cells = self._within(self.statuses["recommended"], {**pairs, ("", ""): rest})
        return {pair: cells[pair] for pair in pairs}

    def _within(self, whole: Cell, parts: Mapping[Name, int]) -> dict[Name, Cell]:
        """Return the parts of a count; if it is hidden they are too, since their sum would tell it."""
        if not self.hides:
            return dict(parts)
        safe = hidden(parts) if isinstance(whole, int) else None
        return safe or dict.fromkeys(parts, NOT_SHOWN)


def count_tables(guide: Guide, counts: Counts, found: TableCounts) -> Iterator[Table]:
    """Return what a terminal shows: rows by result, the grid, the commonest disagreements, and values."""
    rows = tuple((STATUS_WORDS[status], cell) for status, cell in counts.statuses.items())
    yield Table("Rows by result", "", ("Result", "Rows"), rows, bar="Rows")
    if counts.pairs:
        names = {group: short_name(guide, group) for group in guide.groups}
        yield _against_recommended(counts, names)
        yield Table(
            "The commonest disagreements",
            "",
            ("Recorded", "Recommended", "Rows", "Why"),
            tuple(
                (names[recorded], names[recommended], cell, why)
                for (recorded, recommended, why), cell in counts.reasons.items()
            ),
        )
    if found.commonest:
        values = tuple(
            (column, text, rows)
            for column, some in found.commonest.items()
            for text, rows in fit_to_show(guide, some).items()
        )
        yield Table("Values that cannot be read", "", ("Column", "Value", "Rows"), values)
    elif counts.unread:
        lines = tuple(counts.unread.items())
        yield Table("Columns with values that cannot be read", "", ("Column", "Rows"), lines)


def _against_recommended(counts: Counts, names: Mapping[str, str]) -> Table:
    """Return the grid of recorded against recommended groups; a list where some counts are hidden."""
    title, cells = "Recorded against recommended", counts.pairs
    if all(isinstance(cell, int) for cell in cells.values()):
        note = "A line is what was recorded, a column is what is recommended."
        grid = ((names[one], *(cells.get((one, other), 0) for other in names)) for one in names)
        return Table(title, note, ("Recorded", *names.values()), tuple(grid))
    rows = ((names[one], names[other], cell) for (one, other), cell in cells.items())
    return Table(title, "", ("Recorded", "Recommended", "Rows"), tuple(rows))


def fit_to_show(guide: Guide, values: Mapping[str, int]) -> dict[str, int]:
    """Return values with their counts; those that may name a person or a case are counted as one.

    No rule knows every name, so a value of few rows is shown only if it is a number of at most three
    digits, or the guide's answers and groups have each of its words.
    """
    shown: Counter[str] = Counter()
    known = _words(_names(guide))
    for text, count in values.items():
        is_private = len(re.findall(r"\d", text)) >= _CASE_DIGITS or personal_details(text)
        is_plain = count >= LEAST or text.strip().isdecimal() or _words([text]) <= known
        is_shown = is_plain and not is_private
        shown[shortened(text, _LONGEST) if is_shown else _NOT_FOR_SHOW] += count
    return dict(shown.most_common())


def _names(guide: Guide) -> Iterator[str]:
    """Return what answers and groups are called."""
    for question in guide.questions.values():
        for value, option in question.options.items():
            yield from (value, option.label, option.short, option.brief, *option.words)
    for group, found in guide.groups.items():
        yield from (group, found.name, found.short)


def _words(texts: Iterable[str]) -> set[str]:
    """Return the words of texts; signs between words are parts of none."""
    return {word for text in texts for word in re.findall(r"[^\W_]+", text.casefold())}


def as_json(loaded: LoadedGuide, counts: Counts) -> str:
    """Return the counts as one JSON object; a hidden count is text, and no value of the table is told."""
    data = {
        "rows": counts.rows,
        "statuses": counts.statuses,
        "pairs": [
            {"recorded": recorded, "recommended": recommended, "rows": cell}
            for (recorded, recommended), cell in counts.pairs.items()
        ],
        "disagreements": [
            {"recorded": recorded, "recommended": recommended, "why": why, "rows": cell}
            for (recorded, recommended, why), cell in counts.reasons.items()
        ],
        "unreadable": [{"column": column, "rows": cell} for column, cell in counts.unread.items()],
        "content": {"version": loaded.guide.about.version, "meaning_hash": loaded.meaning_hash},
    }
    return json.dumps(data, indent=2)
