"""What holds in only some of the cases still possible, with words that say in which."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from assistant.content.model import Guide
from assistant.engine.verdict import Row, Verdict
from assistant.engine.wording import condition

Said = TypeVar("Said")

_FEW = 2
"""As many conditions as a sentence can carry."""


def said_in(
    guide: Guide, said: Verdict, things: Callable[[str], Iterable[Said]]
) -> dict[Said, str]:
    """Give each of the `things` of every possible outcome, with the words to put before it.

    `things` takes an outcome's id. What holds of every possible outcome needs no words; those for
    the rest end in a colon and a space.
    """
    rows: dict[Said, list[Row]] = {}
    for row in said.details:
        for thing in things(row.outcomes[0]):
            rows.setdefault(thing, []).append(row)
    everywhere = len(said.details)
    return {
        thing: "" if len(some) == everywhere else _lead(guide, some) for thing, some in rows.items()
    }


def _lead(guide: Guide, rows: list[Row]) -> str:
    if len(rows) > _FEW:
        return "In some of the cases still possible: "
    return f"If {', or if '.join(condition(guide, row) for row in rows)}: "
