"""What the texts in a table's columns stand for, and what follows from a row of them."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from itertools import product
from pathlib import Path

from assistant.engine.explain import contradictions
from assistant.engine.interview import UNSURE, Branch, Standing, replay
from assistant.engine.statements import Heading, advice
from assistant.engine.verdict import verdict
from assistant.errors import UsageError
from assistant.guide.facts import Case
from assistant.guide.model import CodeList, Guide
from assistant.private import foreign_text
from assistant.shapes import Frozen
from assistant.text import did_you_mean, listed

STATUSES = ("recommended", "depends", "refer", "impossible", "unreadable")
"""What may become of a row: the three of a verdict; facts that cannot stand together; no reading."""

_PAIR = 2  # columns of a file of codes


class MeaningOfCode(Frozen):
    """What a text stands for: one value, several that are all followed, or none where it is not known.

    `beside` has values of other facts that are so where their own columns are blank.
    """

    values: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


NOT_KNOWN = MeaningOfCode()

Meanings = Mapping[str, MeaningOfCode | None]
"""Facts and what their columns say; None where that cannot be read."""


class Column(Frozen):
    """A column of a table, and the texts that can be read in it, in the form they are compared in."""

    name: str
    texts: Mapping[str, MeaningOfCode]

    def read(self, text: str | None) -> MeaningOfCode | None:
        """Return what a text stands for, None where it cannot be read; a blank one is not known."""
        if text is None or not text.strip():
            return NOT_KNOWN
        plain = _plain(text)
        number = re.fullmatch(
            r"0*(\d+)(?:\.0+)?", plain
        )  # 1, as another program writes it: 01, 1.0
        return self.texts.get(plain) or (self.texts.get(number[1]) if number else None)


def _plain(text: str) -> str:
    """Return a text as it is compared: `Return-Home.` and `return_home` are `return home`."""
    return " ".join(re.sub(r"[_-]", " ", text.casefold()).split()).removesuffix(".")


def fact_column(guide: Guide, fact: str, name: str, codes: CodeList | None = None) -> Column:
    """Return a column of a fact's values, what the guide calls them, and codes, which go before those.

    A word that the guide has for several values stands for none; an id or a label is always its own.
    """
    options = guide.questions[fact].options
    named: dict[str, set[str]] = {}
    for value, option in options.items():
        for word in (option.short, option.brief, *option.words):
            named.setdefault(_plain(word), set()).add(value)
    texts = {
        word: MeaningOfCode(tuple(some)) for word, some in named.items() if word and len(some) == 1
    }
    for value, option in options.items():
        texts |= dict.fromkeys((_plain(value), _plain(option.label)), MeaningOfCode((value,)))
    texts |= {_plain(UNSURE): NOT_KNOWN, "not sure": NOT_KNOWN}
    if codes:
        beside = tuple(codes.beside.items())
        texts |= {
            _plain(code): MeaningOfCode(values, beside) for code, values in codes.codes.items()
        }
    return Column(name, texts)


def group_column(guide: Guide, name: str) -> Column:
    """Return a column of the groups that were recorded: ids, names, or short names."""
    texts: dict[str, MeaningOfCode] = {}
    for group, found in guide.groups.items():
        names = (group, found.name, found.short or group)
        texts |= dict.fromkeys(map(_plain, names), MeaningOfCode((group,)))
    return Column(name, texts)


_MOST_BYTES = 16_000_000  # no list of codes comes near this


def code_list(guide: Guide, fact: str, wanted: str) -> CodeList:
    """Return the guide's codes of that name for a fact, or those in a file; raises `UsageError`."""
    found = guide.codes.get(wanted)
    if found and found.fact == fact:
        return found
    path = Path(wanted)
    if not path.is_file():
        names = [name for name, codes in guide.codes.items() if codes.fact == fact]
        built_in = f" {listed(names, 'or')}, or" if names else ""
        raise UsageError(
            f"There are no codes named {wanted!r} for {fact}{did_you_mean(wanted, names) or '.'}",
            mend=f"use{built_in} the name of a file with two columns, code and value.",
        )
    try:
        lines = StringIO(foreign_text(path, _MOST_BYTES))
        codes = _codes_in(fact_column(guide, fact, fact), csv.reader(lines))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UsageError(
            "The file of codes cannot be read.", where=wanted, mend="save it as CSV in UTF-8."
        ) from None
    return CodeList(title=wanted, fact=fact, codes=codes)


def _codes_in(column: Column, rows: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    """Return the values that each code in a file stands for: one line for each; a blank is not known."""
    codes: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and list(map(str.casefold, cells)) == ["code", "value"]):
            continue
        meaning = column.read(cells[1]) if len(cells) == _PAIR else None
        if meaning is None or not cells[0]:
            raise UsageError(
                f"Line {number} of the file of codes does not name a code and a value of {column.name}.",
                mend="write a code, a comma, and a value or its label on each line.",
            )
        codes[cells[0]] = tuple(dict.fromkeys((*codes.get(cells[0], ()), *meaning.values)))
    return codes


class RowAnswer(Frozen):
    """What follows from a row: its status, and what its columns say; `why` is a sentence or more."""

    status: str
    recommended: str | None = None
    certainty: str | None = None
    also_fits: tuple[str, ...] = ()
    why: str = ""

    def agrees(self, recorded: MeaningOfCode | None) -> str | None:
        """Return whether a recorded group is the recommended one; None where there are not both."""
        if not self.recommended or not recorded or not recorded.values:
            return None
        (group,) = recorded.values
        if group == self.recommended:
            return "yes"
        return "also_fits" if group in self.also_fits else "no"


def answered(guide: Guide, said: Meanings, *, in_words: bool = True) -> RowAnswer:
    """Return what the engine says of a row; without `in_words` it does not say why."""
    unread = [guide.questions[fact].name for fact, meaning in said.items() if meaning is None]
    if unread:
        return RowAnswer("unreadable", why=f"Cannot be read: {', '.join(unread)}.")
    left = _left(guide, {fact: meaning for fact, meaning in said.items() if meaning})
    standing = _standing(guide, left)
    if standing is None:
        known = {fact: values[0] for fact, values in left.items()}
        why = " ".join(contradictions(guide, known)) if in_words else ""
        return RowAnswer("impossible", why=why)
    result = verdict(guide, standing)
    ends = [guide.outcomes[outcome] for outcome in result.outcomes]
    beside = {fit.group for end in ends for fit in end.also_fits} - {end.group for end in ends}
    return RowAnswer(
        result.status,
        result.group,
        result.certainty,
        tuple(group for group in guide.groups if group in beside),
        _why(guide, standing) if in_words else "",
    )


def _left(guide: Guide, said: Mapping[str, MeaningOfCode]) -> dict[str, tuple[str, ...]]:
    """Return the values that each fact may have, for those that are known at least in part."""
    beside = {fact: value for one in said.values() for fact, value in one.beside}
    left: dict[str, tuple[str, ...]] = {fact: (value,) for fact, value in beside.items()}
    left |= {fact: meaning.values for fact, meaning in said.items() if meaning.values}
    return {fact: left[fact] for fact in guide.space.values if fact in left}


def _standing(guide: Guide, left: Mapping[str, tuple[str, ...]]) -> Standing | None:
    """Return where an interview ends that follows every value left; None where none stands beside others."""
    known = {fact: values[0] for fact, values in left.items() if len(values) == 1}
    several = {fact: values for fact, values in left.items() if len(values) > 1}
    ways = [dict(zip(several, way, strict=True)) for way in product(*several.values())]
    ends = [(way, _asked(guide, {**known, **way})) for way in ways]
    found = [(way, end) for way, end in ends if end]
    if not found:
        return None
    branches = tuple(
        Branch({**way, **branch.assumed}, branch.place)
        for way, end in found
        for branch in end.branches
    )
    first = found[0][1]
    trail = (*((fact, UNSURE) for fact in several), *first.trail)
    return replace(first, branches=branches, trail=trail, given=known)


def _asked(guide: Guide, known: Case) -> Standing | None:
    if not guide.space.stands(known):
        return None
    return replay(guide, dict.fromkeys(guide.space.values, UNSURE), known)


def _why(guide: Guide, standing: Standing) -> str:
    """Return the reasons of a result, or what it depends on."""
    result = verdict(guide, standing)
    if result.status == "depends":
        facts = dict.fromkeys(fact for row in result.rows for fact in row.assumed)
        return f"It depends on {listed(guide.questions[fact].name for fact in facts)}."
    return " ".join(one.words for one in advice(guide, standing) if one.about == Heading.WHY)


def combinations(guide: Guide) -> Iterator[tuple[str | None, ...]]:
    """Return every combination of facts that are known or not, each with its value or None."""
    return product(*((None, *values) for values in guide.space.values.values()))
