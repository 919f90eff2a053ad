"""Writes a file that holds records: only its owner can read it, and it is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from assistant.errors import AssistantError, RecordsUnavailableError, UsageError
from assistant.records.private import create_private

_ASSISTANTS_OWN = ("records.", "guide.kept", "drafts", "pending", "settings.toml")


@contextmanager
def private_file(
    path: Path, *, force: bool, data: Path | None = None, encoding: str = "utf-8"
) -> Iterator[TextIO]:
    """Give a text file to write; it takes its name once all is on the disk, or leaves nothing behind.

    An older file is replaced only with `force`, and never one of the assistant's own in its `data`
    folder. Raises `UsageError` for a name that will not do, `RecordsUnavailableError` where the disk
    will not.
    """
    _refuse(path, force=force, data=data)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "x", encoding=encoding, newline="", opener=create_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _named(part, path, force=force)
    except OSError as error:
        raise _unwritten(path, error) from None
    finally:
        part.unlink(missing_ok=True)


def _refuse(path: Path, *, force: bool, data: Path | None) -> None:
    if data and path.name.startswith(_ASSISTANTS_OWN) and _same(path.parent, data):
        raise UsageError(
            "That is where the assistant keeps its own files.",
            mend="choose another name or folder.",
        )
    if path.is_dir():
        raise UsageError("That is a folder.", mend="name a file to write, such as records.csv.")
    if not path.parent.is_dir():
        raise UsageError("The folder for that file is not there.", mend="make it first.")
    if os.path.lexists(path) and not force:
        raise _exists()


def _named(part: Path, path: Path, *, force: bool) -> None:
    """Give the finished file its name; one that somebody made meanwhile is not written over."""
    if force:
        part.replace(path)
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise _exists() from None
    except OSError:  # no hard links here
        if os.path.lexists(path):
            raise _exists() from None
        part.replace(path)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _exists() -> AssistantError:
    return UsageError(
        "There is a file of that name already.",
        mend="choose another name, or write over it with --force.",
    )


def _unwritten(path: Path, error: OSError) -> AssistantError:
    return RecordsUnavailableError(
        f"The file cannot be written: {error.strerror or 'the disk refused'}.",
        where=str(path.parent),
        mend="Choose a folder that you may write in and that has room. Nothing was left there.",
    )
