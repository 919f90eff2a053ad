"""The handbook: help for workers, trainers, IT and keepers of the guide, as Markdown beside the guide."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import Literal

from assistant.commands import ALSO_KEYS, Where, keys, typed_words
from assistant.errors import GuideError
from assistant.private import read_foreign
from assistant.settings import bundled_guide
from assistant.shapes import Frozen
from assistant.text import laid_out, visible

FOLDER = "handbook"  # below the guide's folder; its pages are no part of the guide

KEYS_TOPIC = "keys"  # made of the table of commands, so that it is never out of date

_MOST_BYTES = 1_000_000  # no page comes near this
_ORDER = ("workers", "reviewers", "trainers", "it", "guide-keepers")  # an agency's own pages follow

_PLACES: Mapping[Where, str] = {
    Where.INTERVIEW: "In the interview",
    Where.APP: "Everywhere",
    Where.RECORDS: "In the list of records",
    Where.ENTRY: "In an entry",
    Where.PRACTICE: "In practice",
}


class HandbookPage(Frozen):
    """One page of the handbook: its topic, its title, and the whole of it as Markdown."""

    topic: str
    title: str
    text: str


class PagePart(Frozen):
    """A part of a page in plain words; `name` is the first cell of a table's row, or an item's sign.

    What follows a command within an item has no sign. `joins` tells that no space belongs between it
    and the part before it, of the same list or table.
    """

    kind: Literal["heading", "text", "item", "code", "row"]
    text: str
    name: str = ""
    joins: bool = False


def handbook(guide: Path | None = None) -> dict[str, HandbookPage]:
    """Return every page by its topic; where the guide's folder has pages, these come before ours.

    Raises `GuideError` for a page that cannot be read.
    """
    folders = (bundled_guide(), guide or bundled_guide())
    paths = (path for folder in folders for path in sorted((folder / FOLDER).glob("*.md")))
    files = {path.stem: path for path in paths if path.is_file()}
    order = dict.fromkeys((*(topic for topic in _ORDER if topic in files), *files))
    found = {topic: _page(topic, _read(files[topic])) for topic in order}
    return {**found, KEYS_TOPIC: _page(KEYS_TOPIC, _keys_as_markdown())}


def _read(path: Path) -> str:
    try:
        held = read_foreign(path, _MOST_BYTES)
        return held.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise GuideError(
            f"A page of the handbook cannot be read: {error.strerror}.", where=str(path)
        ) from None


def _page(topic: str, text: str) -> HandbookPage:
    return HandbookPage(topic, text.partition("\n")[0].removeprefix("# ").strip(), text)


def _keys_as_markdown() -> str:
    """Return the page of every key on the screen and every word typed in lines."""
    lines, also = ["# Every key, and every word to type in lines", ""], {**ALSO_KEYS}
    for where, place in _PLACES.items():
        on_screen = [(key.shown, key.about) for key in keys(where).values()]
        in_lines = [(typed.words[0], _sentence(typed.to)) for typed in typed_words(where).values()]
        heading = f"{place}, on the screen"
        lines += _keys_of(heading, [*on_screen, *also.pop(heading, {}).items()])
        lines += _keys_of(f"{place}, typed in lines", in_lines)
    for place, others in also.items():
        lines += _keys_of(place, [*others.items()])
    return "\n".join(lines)


def _keys_of(place: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Return a table of keys, or of words to type, under its heading; nothing where there are none."""
    if rows:
        yield from (f"## {place}", "", "| key | what it does |", "| --- | --- |")
        yield from (*(f"| `{key}` | {about} |" for key, about in rows), "")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def parts(page: HandbookPage) -> Iterator[PagePart]:
    """Return the parts of a page in order, its title first."""
    for text in re.split(r"\n{2,}", page.text.strip("\n")):
        for number, part in enumerate(_parts_of(text)):
            yield replace(part, joins=number > 0)


def _parts_of(text: str) -> Iterator[PagePart]:
    lines = text.split("\n")
    if text.startswith("#"):
        yield PagePart("heading", _plain(text.lstrip("#").strip()))
    elif text.startswith("|"):
        yield from _rows(lines)
    elif text.startswith("    "):
        yield from (PagePart("code", line.removeprefix("    ")) for line in lines)
    elif _ITEM.match(text):
        yield from _items(lines)
    else:
        yield PagePart("text", _plain(" ".join(lines)))


_ITEM = re.compile(r"(-|\d+\.) (.*)")
_COMMAND = re.compile(r" *`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_MARKS = re.compile(r"`|\*\*|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|\\(?=\|)")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def _items(lines: Iterable[str]) -> Iterator[PagePart]:
    """Return the items of a list, each with its dash or number; a command in a line of its own stays so."""
    found: list[PagePart] = []
    for line in lines:
        if begun := _ITEM.match(line):
            found.append(PagePart("item", begun[2], begun[1]))
        elif command := _COMMAND.fullmatch(line):
            found.append(PagePart("code", command[1]))
        elif found[-1].kind == "code":
            found.append(PagePart("item", line.strip()))
        else:
            last = found.pop()
            found.append(replace(last, text=f"{last.text} {line.strip()}"))
    yield from (one if one.kind == "code" else replace(one, text=_plain(one.text)) for one in found)


def _rows(lines: list[str]) -> Iterator[PagePart]:
    """Return the rows below a table's head; what follows the first cell is one text."""
    for line in lines[2:]:
        name, *cells = (_plain(cell.strip()) for cell in _BETWEEN_CELLS.split(line)[1:-1])
        yield PagePart("row", "; ".join(filter(None, cells)), name)


def _plain(text: str) -> str:
    """Return Markdown as plain words; another page that is linked to is named as a command."""
    linked = _LINK.sub(lambda found: f"{found[1]} ({_where(found[2])})", text)
    return _MARKS.sub("", linked)


def _where(target: str) -> str:
    topic = re.fullmatch(r"([\w-]+)\.md(?:#.*)?", target)
    return f"service-group help {topic[1]}" if topic else target


def page_lines(page: HandbookPage, width: int, *, heard: bool = False) -> Iterator[str]:
    """Return a page as lines of at most `width` columns; to be heard, each row is a sentence."""
    for number, one in enumerate(parts(page)):
        if number and not one.joins:
            yield ""
        if one.kind == "code":
            yield f"    {visible(one.text)}"
        elif one.kind == "item" and not one.name:
            yield from (f"  {line}" for line in _filled(one.text, width - 2))
        elif one.kind == "item":
            yield from laid_out([f"{one.name} {one.text}"], width)
        elif one.kind == "row" and not heard:
            yield from _beside(one, width)
        else:
            yield from _filled(f"{one.name}: {one.text}" if one.name else one.text, width)


def _filled(text: str, width: int) -> list[str]:
    return wrap(visible(text), width, break_on_hyphens=False, break_long_words=False) or [""]


_NAMES = 22  # columns for the first cell of a row; a longer one has its own line


def _beside(row: PagePart, width: int) -> Iterator[str]:
    name = f"  {visible(row.name)}"
    first, *rest = _filled(row.text, max(width - _NAMES, _NAMES))
    if len(name) > _NAMES - 2:
        yield from (f"  {line}" for line in laid_out([row.name], width - 2))
        name = ""
    yield f"{name:{_NAMES}}{first}".rstrip()
    yield from (f"{'':{_NAMES}}{line}" for line in rest)
