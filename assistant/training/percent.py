"""Shares in whole per cent, as every score and report shows them."""

ALL = 100


def percent(part: int, whole: int, pass_mark: int = ALL) -> int:
    """Give a share rounded to the nearest per cent, but never up to a pass mark that it misses.

    All is a mark of its own: 100 is given only where nothing is missing. 0 where there is no whole.
    """
    if not whole:
        return 0
    near = (2 * ALL * part + whole) // (2 * whole)
    missed = [mark for mark in (pass_mark, ALL) if ALL * part < mark * whole]
    return min([near, *(mark - 1 for mark in missed)])


def reaches(part: int, whole: int, pass_mark: int) -> bool:
    """Tell whether a share is at least the pass mark, before any rounding."""
    return whole > 0 and ALL * part >= pass_mark * whole
