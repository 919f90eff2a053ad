"""Which entries a list is to hold."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an entry must be to be listed; what is None or empty asks for nothing.

    `group` is a group's id, or "" for a choice left to the supervisor; `since` and `until` are the
    worker's own days, both included. Every word of `text` must stand in the entry, or begin one there.
    `overridden` asks for choices other than the recommended one, or for that one; where nothing was
    recommended, an entry is neither.
    """

    group: str | None = None
    certainty: str | None = None
    since: date | None = None
    until: date | None = None
    overridden: bool | None = None
    text: str = ""
    standing: Literal["standing", "withdrawn", "all"] = "all"


EVERYTHING = Wanted()
"""Asks for nothing: every entry is listed."""
