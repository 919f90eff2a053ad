"""How much a store holds, counted in one way everywhere."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from assistant.records.schema import CHAIN, ENTRIES, SHELVES


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries stand, and how many lines the chain has: corrections and the like are lines too."""

    stand: int
    lines: int

    def __str__(self) -> str:
        """Give both in words: `3 entries stand (5 lines in the chain)`."""
        entries = "1 entry stands" if self.stand == 1 else f"{self.stand:,} entries stand"
        return f"{entries} ({lines_words(self.lines)} in the chain)"


def lines_words(number: int) -> str:
    """Give a number of lines in words."""
    return "1 line" if number == 1 else f"{number:,} lines"


def size_of(connection: Connection) -> Size:
    """Count the entries that are neither corrected nor withdrawn, and all lines of the chain."""
    standing = select(SHELVES.c.shelf).where(SHELVES.c.withdrawn == 0)
    stand = connection.scalar(select(func.count()).where(ENTRIES.c.shelf.in_(standing)))
    return Size(stand or 0, connection.scalar(select(CHAIN.c.count)) or 0)
