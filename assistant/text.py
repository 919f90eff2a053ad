"""Text that every front shares: counts, bars, aliases, safe characters, folded lines, standard streams."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

from assistant.errors import OutputError

if TYPE_CHECKING:
    from datetime import date, datetime


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with what it counts: "1 mistake", "2 mistakes", "1,200 entries"."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list is read: "a", "a and b", "a, b, and c"."""
    *before, end = words
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} {last} {end}" if before else end


def shortened(text: str, most: int) -> str:
    """Return text of at most so many characters; a sign stands for what is cut off."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


BLOCK = "█"  # what bars are made of


def bar(part: int, whole: int, width: int) -> str:
    """Return a bar as long as a part of the whole; it is full only for all, and never empty for some."""
    return BLOCK * max(1, part * width // whole) if part > 0 and whole > 0 else ""


def hash_of(text: str) -> str:
    """Return the SHA-256 of text, as 64 hexadecimal digits."""
    from hashlib import sha256  # noqa: PLC0415 - few starts need it

    return sha256(text.encode()).hexdigest()


def position_after(text: str) -> tuple[int, int]:
    """Return the line and column, from 1, of what follows `text` in its file."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def day_read(typed: str) -> "date | None":
    """Return the day that 2026-01-31, 1/31/2026 or 1/31/26 is, or None where it is no day."""
    from datetime import date  # noqa: PLC0415 - 5 ms, which few starts need

    form = re.fullmatch(_ISO_DAY, typed.strip()) or re.fullmatch(_AMERICAN_DAY, typed.strip())
    numbers = {name: int(number) for name, number in form.groupdict().items()} if form else {}
    if form and len(form["year"]) == len("26"):
        numbers["year"] += 2000
    try:
        return date(**numbers) if numbers else None
    except ValueError:
        return None


def day_typed(typed: str) -> "date | None":
    """Return the day that a person typed, perhaps `today`, `yesterday` or `tomorrow`; None for no day."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - as above

    ahead = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(typed.strip().casefold())
    if ahead is None:
        return day_read(typed)
    return datetime.now(UTC).astimezone().date() + timedelta(days=ahead)


_YEARS = range(1970, 2201)


def is_plausible(day: "date") -> bool:
    """Tell whether a day or time can be one of this work: what comes from outside may hold any."""
    return day.year in _YEARS


# Patterns are compiled where they are first used: compiling all would take 3 ms of every start.
_ISO_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_AMERICAN_DAY = r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4}|[0-9]{2})"


def day_shown(day: "date") -> str:
    """Return a day as Americans read it, such as `Jan 31, 2026`."""
    return f"{day:%b} {day.day}, {day.year}"


def short_day(day: "date", now: "datetime") -> str:
    """Return a day as a list shows it: `Jan 31`, and `Jan 31, 2025` of another year."""
    return f"{day:%b} {day.day}" if day.year == now.astimezone().year else day_shown(day)


def time_shown(when: "datetime", *, seconds: bool = False) -> str:
    """Return an aware time of day as the worker's clock shows it, such as `2:05 PM`."""
    try:
        local = when.astimezone()
    except OverflowError:  # of the first or the last year there is
        local = when
    exact = f":{local:%S}" if seconds else ""
    return f"{int(local.strftime('%I'))}:{local:%M}{exact} {local:%p}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a clause that offers the nearest known words, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    near = get_close_matches(word, list(known), n=2)
    return f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""


ALIAS_MOST = 30  # longest alias, in characters


def alias_mistake(typed: str) -> str:
    """Return what keeps text from being chosen as an alias, or nothing; two words could be a name."""
    if "@" in typed:
        return "an alias cannot be an email address, so choose a word that does not name you"
    if len(typed) > ALIAS_MOST:
        return f"an alias can have at most {ALIAS_MOST} characters"
    if typed and not re.fullmatch(r"[^\W_](?:-?[^\W_])*", typed):
        return "an alias can have only letters and digits, with single dashes between them"
    return ""


def is_stored_alias(text: str) -> bool:
    """Tell whether answers can be kept under an alias: any that may be chosen, or once might be."""
    return bool(re.fullmatch(rf"\w[\w .-]{{0,{ALIAS_MOST - 1}}}", text)) and text == text.strip()


_SPACES = " \x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_QUOTES, _SIGNS = "\"'“”‘’«»", "=+@\uff1d\uff0b\uff20\ufe62\ufe66\ufe6b\u2212\uff0d\ufe63\\-"

FORMULA = rf"(^|[;,|\t\r\n])([{_SPACES}{_QUOTES}]*[{_SIGNS}])"
"""Where a spreadsheet could take what follows for a formula: at the start of a value, or where a line or
another program's separator starts one anew; spaces and quotation marks do not help. It means the same to
Python as to DuckDB."""

BREAKS = r"^[\t\r\n]"  # starts a value that a spreadsheet could also take apart


def csv_cell(value: object) -> object:
    """Return what no spreadsheet takes for a formula: an apostrophe is put before what could be one."""
    if not isinstance(value, str):
        return value
    found = re.sub(FORMULA, r"\1'\2", value)
    return f"'{found}" if re.match(BREAKS, found) else found


_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in an order other than it is stored in."""

_TAGS = range(0xE0000, 0xE0080)  # letters that nobody sees, and a program reads all the same

_HIDDEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Categories of what is obeyed, or takes no room, or has no form of its own."""

_JOINER = "\u200d"  # makes one sign of two emoji


def visible(text: str) -> str:
    """Replace what a terminal would obey, or nobody could see, so that it is seen.

    The one door for text from outside on its way to a person; line breaks and joined emoji stay.
    """
    text = text.replace("\t", " ")
    if text.isprintable():
        return text
    return "".join(
        character if _shows(text, place) else "\N{REPLACEMENT CHARACTER}"
        for place, character in enumerate(text)
    )


def is_control(character: str) -> bool:
    """Tell whether a terminal would obey a character, or read what follows in another order."""
    category = unicodedata.category(character)
    return (
        category in {"Cc", "Cs", "Zl", "Zp"} or character in _REORDERING or ord(character) in _TAGS
    )


def _shows(text: str, place: int) -> bool:
    character = text[place]
    if character == _JOINER:
        after = text[place + 1 : place + 2]
        return bool(after) and place > 0 and unicodedata.category(after) == "So"
    return character == "\n" or unicodedata.category(character) not in _HIDDEN


def in_encoding(text: str, encoding: str) -> str:
    """Return text as an encoding can hold it: plain marks for typographic ones, `?` for other signs."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN_MARKS).encode(encoding, "replace").decode(encoding)
    return text


_PLAIN_MARKS = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "→": "->",
        "•": "-",
        "│": "|",
        "█": "#",
    }
)


WIDEST = 80  # most columns of a line
NARROWEST = 40  # fewest columns that lines are broken to, however narrow the terminal is
_INDENT = "  "  # before every line that continues the one above

_WIDE = frozenset("WF")
_NO_COLUMN = frozenset(("Mn", "Me", "Cf"))


def width_now() -> int:
    """Return how many columns a line may take; where no terminal tells, the most."""
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)


def laid_out(paragraphs: Iterable[str], width: int) -> Iterator[str]:
    """Return paragraphs as lines of at most `width` columns; an empty one stays an empty line."""
    for paragraph in paragraphs:
        for part in visible(paragraph).split("\n"):
            yield from _broken(part, width)


_BETWEEN = " │ "  # what is between two columns of text


def side_by_side(left: str, right: str, width: int) -> Iterator[str]:
    """Return two texts beside each other as lines of at most `width` columns."""
    each = (width - len(_BETWEEN)) // 2
    beside = (wrap(visible(text), each) or [""] for text in (left, right))
    for one, other in zip_longest(*beside, fillvalue=""):
        yield f"{one}{' ' * (each - columns(one))}{_BETWEEN}{other}"


def columns(text: str) -> int:
    """Return how many columns text takes on a terminal."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in _pieces(text, width - len(_INDENT)):
        longer = f"{line} {word}" if line.strip() else f"{line}{word}"
        if columns(longer) <= width:
            line = longer
        else:
            yield line
            line = f"{_INDENT}{word}"
    yield line


def _pieces(text: str, room: int) -> Iterator[str]:
    """Return the words of a text; one longer than a line is cut, unless it is a path or an address."""
    for word in text.split():
        if re.search(r"[/\\].*[/\\]", word):  # to be copied whole
            yield word
            continue
        piece, taken = "", 0
        for character in word:
            if taken + _columns(character) > room:
                yield piece
                piece, taken = "", 0
            piece, taken = piece + character, taken + _columns(character)
        yield piece


ALL = 100


def percent(part: int, whole: int, pass_mark: int = ALL) -> int:
    """Return a share rounded to the nearest percent, but never up to a pass mark that it misses.

    100 means all: it is said only where nothing is missing. 0 where there is no whole.
    """
    if not whole:
        return 0
    near = (2 * ALL * part + whole) // (2 * whole)
    missed = [mark for mark in (pass_mark, ALL) if ALL * part < mark * whole]
    return min([near, *(mark - 1 for mark in missed)])


def reaches(part: int, whole: int, pass_mark: int) -> bool:
    """Tell whether a share is at least the pass mark, before any rounding."""
    return whole > 0 and ALL * part >= pass_mark * whole


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Write text to standard output or error; what a terminal would obey is shown in its place.

    Raises `OutputError` where output cannot be written, as on a full disk or where it is closed. What
    cannot be said on standard error is lost, since nothing is left to say it on.
    """
    ended = visible(f"{text}\n" if nl else text)
    if not err:
        write(sys.stdout, ended)
        return
    with suppress(OutputError, BrokenPipeError):
        write(sys.stderr, ended)


def say_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Say lines to standard output or error, folded to the width of the terminal."""
    for line in laid_out(lines, width_now()):
        say(line, err=err)


def write(stream: TextIO | None, text: str) -> None:
    """Write text as it is, as far as the encoding can hold it, and at once; raises `OutputError`."""
    if stream is None:  # closed before the command began
        raise OutputError(
            "There is nowhere to write the output.",
            mend="run the command in a terminal, or send its output to a pipe or a file.",
        )
    try:
        stream.write(in_encoding(text, getattr(stream, "encoding", None) or "utf-8"))
        stream.flush()
    except BrokenPipeError:
        _drop_rest(stream)
        raise  # whoever closed it, as `head` does, has seen enough
    except OSError as error:
        _drop_rest(stream)
        raise OutputError(
            f"The output cannot be written: {error.strerror or 'the system reported an error'}.",
            mend="free up space or choose a different place for the output. Then run the command again.",
        ) from None


def _drop_rest(stream: TextIO) -> None:
    """Lead a stream nowhere, or Python would fail once more with what is left when it ends."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_terminal(*streams: TextIO | None) -> bool:
    """Tell whether each of some streams is there and leads to a terminal."""
    return all(stream is not None and stream.isatty() for stream in streams)
