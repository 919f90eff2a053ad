"""Files and folders: one's own, which only their owner may read, and others', read without trust."""

import errno
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from time import time
from typing import Any, BinaryIO, Generic, Literal, TypeVar, get_origin

from assistant.errors import RecordsUnavailableError, UsageError
from assistant.shapes import Frozen

FOLDER_MODE = 0o700  # mode of a folder that holds records
FILE_MODE = 0o600  # mode of every file in it

_KEPT = "records. aliases drafts memos pending exports results crashes guide.kept web"

_CLOSED = tuple(_KEPT.split())
"""How the names begin of what the assistant itself keeps in its data folder, closed to others."""

_OURS = (*_CLOSED, "settings.toml", "practice.")
"""With what a person keeps there for the assistant, where a system has one folder for both."""

_PART = ".part"  # how the name ends of a file that is being written; a kill leaves it behind

_PART_SECONDS = 3_600  # where a drive keeps no locks, a part is left behind when so old

_BOM = b"\xef\xbb\xbf"  # the byte order mark that some programs put before UTF-8 text

_OTHER_ENCODINGS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""What a file begins with whose text is not in UTF-8."""

_NEVER_WAITS = sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


def open_foreign(path: Path) -> BinaryIO:
    """Open a file that anybody may have put there; never waits.

    Raises `OSError`, also for what is no regular file: reading a device or a pipe may have no end.
    """
    number = os.open(path, os.O_RDONLY | _NEVER_WAITS)
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode) or (stat.S_ISCHR(mode) and str(path) == os.devnull):
        return os.fdopen(number, "rb")
    os.close(number)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    raise OSError(errno.EINVAL, "it is not a regular file", str(path))


def read_foreign(path: Path, most_bytes: int) -> bytes:
    """Return what such a file holds; raises `OSError` also where it is longer than any of its kind."""
    with open_foreign(path) as file:
        held = file.read(most_bytes + 1)
    if len(held) > most_bytes:
        raise OSError(errno.EFBIG, "it is too long", str(path))
    return held


def foreign_text(path: Path, most_bytes: int) -> str:
    """Return the text of such a file, line ends made alike; raises `UnicodeDecodeError` as `decoded`."""
    text = decoded(read_foreign(path, most_bytes))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def foreign_lines(file: BinaryIO, most_bytes: int) -> Iterator[bytes]:
    """Yield the lines of UTF-8 text with their ends, none longer than `most_bytes` and one.

    Raises `UsageError` where the beginning shows that it is in another encoding.
    """
    first = file.readline(most_bytes + 1)
    if named := _other_encoding(first):
        mend = "save it as UTF-8. In PowerShell, use --output and not > to write a file."
        raise UsageError(f"This is {named} text, not UTF-8.", mend=mend)
    yield first.removeprefix(_BOM)
    while line := file.readline(most_bytes + 1):
        yield line


def decoded(held: bytes) -> str:
    """Return the text that bytes are in UTF-8, without a byte order mark.

    Raises `UnicodeDecodeError`, whose `reason` says what text the file is, as far as that can be told.
    """
    if named := _other_encoding(held):
        raise UnicodeDecodeError("utf-8", held, 0, 1, f"{named} text, not UTF-8")
    try:
        return held.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        error.reason = "not UTF-8 text"
        raise


def _other_encoding(held: bytes) -> str:
    marked = (name for mark, name in _OTHER_ENCODINGS.items() if held.startswith(mark))
    return next(marked, "UTF-16" if held[:2].count(0) == 1 else "")  # a zero beside each letter


_OFTEN = (OSError, ValueError, TypeError, KeyError)
_STRANGE = (*_OFTEN, AttributeError, OverflowError, RecursionError)
"""What a file raises that does not hold what it should."""

Item = TypeVar("Item")


class Box(Frozen, Generic[Item]):
    """A folder of small JSON files of one kind, open to their owner only.

    A file is replaced whole, and read without trust: one that is too large, is no plain file of
    one's own, or does not hold what its name says, is as good as none and is left alone. `name` is
    the file name of an item. `from_plain` may raise whatever strange data makes it raise. A folder
    that is not `wholly_ours` also holds other files. What is `lasting` outlives a power cut, name
    included. Every method but `get` may raise `RecordsUnavailableError`, which says `what` cannot be
    done, and how to `mend` that.
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
            refuse_planted(path)
            item = self.from_plain(json.loads(read_foreign(path, self.most_bytes)))
        except _STRANGE:
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
        for path in self._parts(stem):
            is_abandoned(path, remove=True)

    def _parts(self, stem: str) -> list[Path]:
        return list(self.folder.glob(f"{stem}.*{_PART}"))


def shaped_as(kind: type[Item], plain: dict[str, Any]) -> Item:
    """Return parsed JSON as a dataclass of text, numbers, yes or no, lists of text, and plain data.

    Raises `KeyError` or `TypeError` where a field is missing, unknown, or of another kind.
    """
    kinds: dict[str, Any] = {one.name: one.type for one in fields(kind)}  # type: ignore[arg-type]
    in_json = {tuple: list, Mapping: dict, Literal: str}
    for name, value in plain.items():
        if type(value) is not in_json.get(get_origin(kinds[name]), kinds[name]):
            raise TypeError("a field is of another kind")
        if isinstance(value, list) and not all(isinstance(word, str) for word in value):
            raise TypeError("a list holds something else than text")
    lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
    return kind(**{**plain, **lists})


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
    their names say nothing. Raises `OSError`, also for a folder of another ordinary account.
    """
    if folder.is_dir():
        owner = folder.stat().st_uid
        if not (_is_mine(owner) or _is_mine(0) or owner in {0, _owner_here(folder)}):
            raise PermissionError(errno.EPERM, "the folder belongs to another account", str(folder))
        if wholly_ours or all(path.name.startswith(_OURS) for path in folder.iterdir()):
            tighten(folder, FOLDER_MODE)
        return folder
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    for path in reversed(missing):  # `Path.mkdir` would give the parents the umask's mode
        path.mkdir(FOLDER_MODE, exist_ok=True)
    return folder


def file_among(path: Path) -> Path | None:
    """Return the file that is where a folder above a path belongs, None where none does."""
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
    """List what is kept in a data folder and not closed to others; empty where modes say nothing.

    The folder itself is among them where others could put something there.
    """
    if os.name == "nt" or not folder.is_dir():
        return []
    kept = [path for path in sorted(folder.iterdir()) if path.name.startswith(_CLOSED)]
    planted = [folder] if folder.stat().st_mode & 0o022 else []
    return [*planted, *(path for path in kept if path.lstat().st_mode & 0o077)]


_TRIED_BYTES = 65_536  # more than a save needs, so that a disk with no room for it is found out


def try_writing(folder: Path) -> None:
    """Write a file and remove it, in a folder or the nearest one above that is there; raises `OSError`."""
    above = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    part = above / f"records.{os.urandom(4).hex()}{_PART}"
    try:
        with open(part, "xb", opener=create_private) as file:
            file.write(bytes(_TRIED_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        _unlink(part)


def folders_kept(data: Path) -> list[Path]:
    """Return the data folder, and the folders in it that the assistant writes in and that are there."""
    return [data, *(path for name in _CLOSED if (path := data / name).is_dir())]


def create_private(path: str, flags: int) -> int:
    """Open a file so that it is born with mode 0600; an `opener` for `open`."""
    return os.open(path, flags, FILE_MODE)


@contextmanager
def new_private(part: Path, finish: Callable[[], object], **how: Any) -> Iterator[Any]:  # noqa: ANN401 - for `open`, and as it gives
    """Open a new file of one's own; once all is on the disk, `finish` names it, and a fault leaves none.

    It is locked meanwhile, so that no sweep takes it for a leftover.
    """
    renames_open = os.name != "nt"
    try:
        with _open_locked(part, **how) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if renames_open:
                finish()
        if not renames_open:
            finish()
    finally:
        _unlink(part)


def _open_locked(part: Path, **how: Any) -> Any:  # noqa: ANN401 - for `open`, and as it gives
    """Open a new file and lock it; again where a sweep took it before it was locked."""
    while True:
        file = open(part, opener=create_private, **how)  # noqa: SIM115 - closed by who asked for it
        _lock(file.fileno(), "LOCK_EX")
        if part.exists():
            return file
        file.close()


def replace_private(path: Path, written: bytes) -> None:
    """Replace a file as a whole: a kill, or an `OSError`, leaves one of the two whole."""
    part = path.with_name(f"{path.stem}.{os.urandom(4).hex()}{_PART}")
    with new_private(part, lambda: part.replace(path), mode="xb") as file:
        file.write(written)


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _lock(number: int, how: str) -> None:
    """Lock an open file until its program ends, however it ends; raises `BlockingIOError` for a reader.

    Windows removes no open file, and some drives keep no locks: there nothing is locked.
    """
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not on Windows

        if how == "LOCK_SH":
            fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return
        with suppress(OSError):
            fcntl.flock(number, fcntl.LOCK_EX)  # a sweep that looks at it is soon done


def _is_part(path: Path) -> bool:
    return bool(re.fullmatch(rf".+[.-][0-9a-f]{{8}}{re.escape(_PART)}", path.name))


def is_abandoned(part: Path, *, remove: bool = False) -> bool:
    """Tell whether whoever was writing a part is gone, and remove it then if asked.

    It is removed while locked here, so that whoever has only just made it notices.
    """
    try:
        with open_foreign(part) as file:
            try:
                _lock(file.fileno(), "LOCK_SH")
            except BlockingIOError:
                return False
            except OSError:
                if os.fstat(file.fileno()).st_mtime > time() - _PART_SECONDS:
                    return False
            if remove:
                _unlink(part)
    except OSError:
        return False
    if remove and os.name == "nt":
        _unlink(part)  # which cannot be done to an open file there
    return True


def export_part(target: Path, data: Path | None) -> Path:
    """Return how a file for a target is named while it is written, noted where a data folder is.

    So is found again what a kill leaves beside the target, wherever that is.
    """
    part = target.with_name(f".service-group-{os.urandom(4).hex()}{_PART}")
    if data and data.is_dir():
        with suppress(RecordsUnavailableError):
            _begun(data).put(part.absolute())
    return part


def forget_part(part: Path, data: Path | None) -> None:
    """Take back the note of a part that is no more."""
    if data and data.is_dir():
        with suppress(RecordsUnavailableError):
            _begun(data).remove(_note_of(part.absolute()))


def leftovers(data: Path) -> list[Path]:
    """Return what a kill left half-written: in a data folder, and where an export was to go."""
    top = (path for path in sorted(data.glob(f"*{_PART}")) if path.name.startswith(_OURS))
    below = (path for name in _CLOSED for path in sorted((data / name).rglob(f"*{_PART}")))
    return [*filter(is_abandoned, (*filter(_is_part, (*top, *below)), *_begun(data).all()))]


def sweep(data: Path) -> None:
    """Remove what a kill left half-written; a drive that is away is looked at another time."""
    with suppress(OSError, RecordsUnavailableError):
        swept = [path for path in leftovers(data) if is_abandoned(path, remove=True)]
        for part in _begun(data).all():
            noted = (data / "exports" / _note_of(part)).stat().st_mtime
            is_begun = part.exists() or noted > time() - _PART_SECONDS  # or is about to be
            if part in swept or (part.parent.is_dir() and not is_begun):
                forget_part(part, data)


def _begun(data: Path) -> Box[Path]:
    return Box(data / "exports", _note_of, lambda part: {"part": str(part)}, _noted)


def _note_of(part: Path) -> str:
    return f"{part.stem.rpartition('-')[2]}.json"


def _noted(plain: dict[str, str]) -> Path:
    part = Path(plain["part"])
    if not (part.is_absolute() and part.name.startswith(".service-group-") and _is_part(part)):
        raise ValueError("no part of an export")
    return part


def refuse_planted(path: Path) -> None:
    """Raise `OSError` for what is not one's own file alone: somebody else may have put it there.

    What is not there at all is in order.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        kind = "a link" if stat.S_ISLNK(found.st_mode) else "not a regular file"
        raise OSError(errno.EINVAL, f"it is {kind}", str(path))
    if found.st_nlink > 1:
        raise OSError(errno.EMLINK, "a second name leads to it", str(path))
    if not _is_mine(found.st_uid) and found.st_uid != _owner_here(path.parent):
        raise OSError(errno.EPERM, "it belongs to another account", str(path))


def _is_mine(owner: int) -> bool:
    """Tell whether an owner is the account that runs this; Windows keeps owners in another way."""
    return sys.platform == "win32" or owner == os.geteuid()


def _owner_here(folder: Path) -> int:
    """Return whose a new file is in a folder: some network drives show every file as one account's."""
    part = folder / f"records.{os.urandom(4).hex()}{_PART}"
    try:
        with open(part, "xb", opener=create_private) as file:
            return os.fstat(file.fileno()).st_uid
    except OSError:
        return -1
    finally:
        _unlink(part)
