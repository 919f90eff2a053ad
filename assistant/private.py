"""Files and folders that only their owner may read."""

import os
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
"""Mode of a folder that holds records."""

FILE_MODE = 0o600
"""Mode of every file in it."""

_CLOSED = ("records.", "drafts", "memos", "pending", "crashes", "guide.kept", "web")
"""How the names begin of what the assistant itself keeps in its data folder, closed to others."""

_OURS = (*_CLOSED, "settings.toml")
"""With what a person keeps there for the assistant, where a system has one folder for both."""


def private_folder(folder: Path, *, wholly_ours: bool = False) -> Path:
    """Make a folder, and any missing above it, with mode 0700; give it back.

    An existing folder is tightened only where it is known to be wholly the assistant's, or holds
    nothing but the assistant's own files. One
    that a person also keeps other things in is left as it is, so as not to shut out whoever uses
    those; the files inside are 0600 either way, and their names say nothing. Raises `OSError`.
    """
    if folder.is_dir():
        if wholly_ours or all(path.name.startswith(_OURS) for path in folder.iterdir()):
            tighten(folder, FOLDER_MODE)
    else:
        _make(folder)
    return folder


def file_among(path: Path) -> Path | None:
    """Give the file that stands where a folder above a path belongs, None where none does."""
    try:
        return next((above for above in path.parents if above.is_file()), None)
    except OSError:
        return None


def why_refused(error: OSError, folder: Path) -> str:
    """Say in a few words why the file system refused something in a folder."""
    blocking = file_among(folder / "any")
    if blocking:
        return f"{blocking} is a file, not a folder"
    return error.strerror or "the disk refused"


def tighten(path: Path, mode: int) -> None:
    """Take away what others may do with a file or folder, where the file system can.

    Some network drives show fixed modes and refuse to change them. The drive's own permissions
    rule there, so that is no reason to turn a worker away.
    """
    if os.name == "nt" or not path.stat().st_mode & 0o077:
        return
    try:
        path.chmod(mode)
    except OSError:
        return


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
    """Put a file in the place of its earlier self, so that a kill at any moment leaves one of the two.

    Raises `OSError`, and then leaves the earlier one and no part of this one.
    """
    part = path.with_name(f"{path.stem}.{os.urandom(4).hex()}.part")
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


def _make(folder: Path) -> None:
    """Make a folder and its missing parents; `Path.mkdir` gives the parents the umask's mode."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make(folder.parent)
    folder.mkdir(FOLDER_MODE, exist_ok=True)
