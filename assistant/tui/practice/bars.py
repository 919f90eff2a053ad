"""Draws how a trainee stands: what to do next, and a bar for each group and each fork."""

from collections.abc import Iterable, Iterator

from assistant.training.progress import Bar, Progress
from assistant.training.reporting.text import bar
from assistant.training.reporting.words import SUPERVISOR
from assistant.tui.text import Part, joined, plain
from assistant.tui.widgets.conversation import Block

_WIDTH = 10
"""Blocks in a full bar."""

_NAME, _NUMBERS = 36, 8
"""Columns for the longest name of a group, and for `10 of 10`."""

_NOTE = "Of the latest stories of each kind, how many you got right."


def progress_blocks(alias: str, found: Progress) -> Iterator[Block]:
    """Give what to do next, and how it went lately."""
    yield Block("story", joined([(found.what_next, "bold")]))
    yield Block("story", plain(f"You practise as {alias}. {_NOTE}"))
    yield Block("story", joined(_bars("Groups", found.groups)))
    yield Block("story", joined(_bars("Questions read out of the story", found.forks)))


def _bars(title: str, bars: Iterable[Bar]) -> Iterator[Part]:
    yield title, "bold"
    for one in bars:
        name = one.name.removesuffix(" Services") if one.id else SUPERVISOR
        numbers = f"{one.well} of {one.of}" if one.of else "not yet"
        yield f"\n{name:{_NAME}} {numbers:{_NUMBERS}} ", ""
        yield bar(one.well, one.of, _WIDTH), "bold"
