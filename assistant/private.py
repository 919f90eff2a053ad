"""Files and folders that only their owner may read."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any, Generic, TypeVar

from assistant.errors import RecordsUnavailableError

FOLDER_MODE = 0o700  # mode of a folder that holds records
FILE_MODE = 0o600  # mode of every file in it

_CLOSED = ("records.", "drafts", "memos", "pending", "crashes", "guide.kept", "web")
"""How the names begin of what the assistant itself keeps in its data folder, closed to others."""

_OURS = (*_CLOSED, "settings.toml")
"""With what a person keeps there for the assistant, where a system has one folder for both."""


_PART = ".part"  # how the name ends of a file that is being written; a kill leaves it behind

_PART_SECONDS = 86_400  # a part is swept when a day old: another program may be at a younger one

Item = TypeVar("Item")


@dataclass(frozen=True)
class Box(Generic[Item]):
    """A folder of small JSON files of one kind, open to their owner only.

    A file is replaced whole, and read without trust: one that is too large, is no plain file, or
    does not hold what its name says, is as good as none and is left alone. `name` is the file name
    of an item. `from_plain` may raise whatever strange data makes it raise. A folder that is not
    `wholly_ours` also holds other files. What is `lasting` outlives a power cut, name included.
    Every method but `get` may raise `RecordsUnavailableError`, which says `what` cannot be done, and
    how to `mend` that.
    """

    folder: Path
    name: Callable[[Item], str]
    to_plain: Callable[[Item], object]
    from_plain: Callable[[Any], Item]
    most_bytes: int = 65_536
    wholly_ours: bool = True
    lasting: bool = False
    what: str = "This cannot be kept"
    mend: str = "Free up space, or choose a folder that you are allowed to write to."

    def put(self, item: Item) -> None:
        """Write an item over its earlier self, which stays where that fails."""
        with self._refusals_said():
            if self.wholly_ours:
                private_folder(self.folder.parent)
            private_folder(self.folder, wholly_ours=self.wholly_ours)
            path = self.folder / self.name(item)
            replace_private(path, json.dumps(self.to_plain(item)).encode())
            if self.lasting:
                _sync(self.folder)
                _sync(self.folder.parent)
        self._sweep("*" if self.wholly_ours else path.stem)

    def get(self, name: str) -> Item | None:
        """Return the item in a file, None where there is none; never waits, never fails."""
        path = self.folder / name
        try:
            if not path.is_file() or path.stat().st_size > self.most_bytes:
                return None
            item = self.from_plain(json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return item if self.name(item) == name else None

    def all(self) -> list[Item]:
        """Return what the JSON files hold, less those that cannot be read."""
        return [item for item in self._each() if item is not None]

    def unreadable(self) -> int:
        """Count the JSON files that cannot be read as what they should hold."""
        return self._each().count(None)

    def _each(self) -> list[Item | None]:
        with self._refusals_said():
            if not self.folder.is_dir():
                return []
            return [self.get(path.name) for path in sorted(self.folder.glob("*.json"))]

    def remove(self, name: str) -> None:
        """Remove a file and what a kill left of it; one that is gone is no matter."""
        with self._refusals_said():
            for path in (self.folder / name, *self._parts(Path(name).stem)):
                path.unlink(missing_ok=True)

    def _refusals_said(self) -> AbstractContextManager[None]:
        return refusals_said(self.folder, self.what, self.mend)

    def _sweep(self, stem: str) -> None:
        with suppress(OSError):
            for path in self._parts(stem):
                if path.stat().st_mtime < time() - _PART_SECONDS:
                    path.unlink(missing_ok=True)

    def _parts(self, stem: str) -> list[Path]:
        return list(self.folder.glob(f"{stem}.*{_PART}"))


def _sync(folder: Path) -> None:
    """See that a name in a folder outlasts a power cut; Windows sees to that itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def private_folder(folder: Path, *, wholly_ours: bool = False) -> Path:
    """Make a folder, and any missing above it, with mode 0700, and return it.

    An existing folder is tightened only where it is known to be wholly the assistant's, or holds
    nothing but the assistant's own files. One that a person also keeps other things in is left as
    it is, so as not to shut out whoever uses those; the files inside are 0600 either way, and
    their names say nothing. Raises `OSError`.
    """
    if folder.is_dir():
        if wholly_ours or all(path.name.startswith(_OURS) for path in folder.iterdir()):
            tighten(folder, FOLDER_MODE)
        return folder
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    for path in reversed(missing):  # `Path.mkdir` would give the parents the umask's mode
        path.mkdir(FOLDER_MODE, exist_ok=True)
    return folder


def file_among(path: Path) -> Path | None:
    """Return the file that stands where a folder above a path belongs, None where none does."""
    try:
        return next((above for above in path.parents if above.is_file()), None)
    except OSError:
        return None


@contextmanager
def refusals_said(folder: Path, what: str, mend: str) -> Iterator[None]:
    """Say of what the file system refuses in a folder `what` cannot be done, why, and what to do."""
    try:
        yield
    except OSError as error:
        blocking = file_among(folder / "any")
        refused = error.strerror or "the disk reported an error"
        why = f"{blocking} is a file, not a folder" if blocking else refused
        raise RecordsUnavailableError(f"{what}: {why}.", where=str(folder), mend=mend) from None


def tighten(path: Path, mode: int) -> None:
    """Take away what others may do with a file or folder, where the file system can.

    Some network drives show fixed modes and refuse to change them. The drive's own permissions
    rule there, so that is no reason to turn a worker away.
    """
    if os.name == "nt" or not path.stat().st_mode & 0o077:
        return
    with suppress(OSError):
        path.chmod(mode)


def open_to_others(folder: Path) -> list[Path]:
    """List what is kept in a data folder and not closed to others; empty where modes say nothing."""
    if os.name == "nt" or not folder.is_dir():
        return []
    kept = (path for path in sorted(folder.iterdir()) if path.name.startswith(_CLOSED))
    return [path for path in kept if path.stat().st_mode & 0o077]


def create_private(path: str, flags: int) -> int:
    """Open a file so that it is born with mode 0600; an `opener` for `open`."""
    return os.open(path, flags, FILE_MODE)


def replace_private(path: Path, written: bytes) -> None:
    """Put a file in the place of its earlier self: a kill, or an `OSError`, leaves one of the two whole."""
    part = path.with_name(f"{path.stem}.{os.urandom(4).hex()}{_PART}")
    try:
        with open(part, "xb", opener=create_private) as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
