"""How a trainee stands: as sentences for a session in lines, and with bars to be seen at a glance."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.interview.practice.cards import standing_at_all
from assistant.plain.layout import columns, laid_out
from assistant.training.progress import LATELY, Bar, Progress
from assistant.training.reporting.words import SUPERVISOR

BAR_WIDTH = 15
"""Signs in a bar."""

_FULL, _EMPTY = "█", "░"


def progress_lines(found: Progress, waiting: int = 0) -> Iterator[str]:
    """Give every part of how a trainee stands as a sentence of its own.

    `waiting` answers count once the test that they were given in is over.
    """
    yield f"{standing_at_all(found, waiting)}."
    for part in found.groups:
        yield f"{_group(part)}: {_share(part, 'right')}."
    for part in found.forks:
        yield f"Question {part.name}: {_share(part, 'read well')}."
    yield f"What to do next. {found.what_next}"


def progress_bars(found: Progress, width: int, waiting: int = 0) -> Iterator[str]:
    """Give the same as a bar for each group and question, in lines of at most `width` columns."""
    yield from laid_out([f"{standing_at_all(found, waiting)}."], width)
    yield ""
    yield f"Groups: how many of the latest {LATELY} stories of each were answered right"
    yield from _bars([replace(part, name=_group(part)) for part in found.groups], width)
    yield ""
    yield f"Questions: in how many of the latest {LATELY} stories each was read well"
    yield from _bars(found.forks, width)
    yield ""
    yield from laid_out([f"What to do next. {found.what_next}"], width)


def _group(part: Bar) -> str:
    return part.name if part.id else SUPERVISOR


def _bars(parts: Iterable[Bar], width: int) -> Iterator[str]:
    """Give names and bars in columns; names are cut where the window is narrow."""
    some = tuple(parts)
    room = width - BAR_WIDTH - len("    10 of 10")
    longest = min(max(columns(part.name) for part in some), room)
    for part in some:
        name = part.name if columns(part.name) <= longest else f"{part.name[: longest - 1]}…"
        yield f"{name.ljust(longest)}  {_bar(part)}  {_numbers(part)}"


def _bar(part: Bar) -> str:
    full = round((part.share or 0) * BAR_WIDTH)
    return (_FULL * full).ljust(BAR_WIDTH, _EMPTY)


def _numbers(part: Bar) -> str:
    return f"{part.well} of {part.of}" if part.of else "none yet"


def _share(part: Bar, how: str) -> str:
    if not part.of:
        return "none yet"
    return (
        f"{part.well} of the latest {part.of} {how}" if part.of > 1 else f"{part.well} of 1 {how}"
    )
