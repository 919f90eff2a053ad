"""One set-up at a time: a lock on a file, which the system lets go of however its holder ends."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _takes(file: IO[str]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _takes(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks is no reason to refuse
        return True


PAUSE_SECONDS = 0.2
"""How long to wait before asking again."""


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process holds the file's lock, and hold it for the block."""
    with path.open("a", encoding="utf-8") as file:
        _wait_for(file)
        yield


def _wait_for(file: IO[str]) -> None:
    told = False
    while not _takes(file):
        if not told:
            print("Another copy is setting up the assistant here; waiting for it.", file=sys.stderr)
            told = True
        time.sleep(PAUSE_SECONDS)
