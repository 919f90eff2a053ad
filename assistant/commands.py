"""What a person can choose or type, once for every front."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One numbered line: what choosing it does, its words, and what it would bring about."""

    does: tuple[str, ...]
    label: str
    note: str = ""
