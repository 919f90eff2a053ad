"""One numbered line that can be chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One numbered line: what choosing it does, its words, and what it would bring about."""

    does: tuple[str, ...]
    label: str
    note: str = ""
