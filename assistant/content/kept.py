"""Keeps a guide that was found valid between runs, as plain data under the hash of its files.

What is kept is never trusted blindly: it counts only for files with the very same hash, must match
its own digest, is rebuilt into the same shapes and is proven again. Anything amiss means that the
files are read afresh; nothing depends on it being there.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from assistant.content.model import Guide

FILE = "guide.kept.json"
"""Name of the file a valid guide is kept in."""


def put_away(folder: Path, raw_hash: str, data: Mapping[str, object]) -> None:
    """Keep the plain data of a valid guide; a folder that cannot be written is no error."""
    payload = json.dumps(data, ensure_ascii=False)
    text = json.dumps({"files": raw_hash, "digest": _digest(payload, raw_hash)}) + "\n" + payload
    import tempfile  # noqa: PLC0415 - only where something new is kept

    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=FILE, suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(folder / FILE)
        finally:
            Path(name).unlink(missing_ok=True)  # there only if it could not be put in place


def take_out(folder: Path, raw_hash: str) -> Guide | None:
    """Give the guide kept for files with this hash, or None when there is none that can be used."""
    try:
        head, payload = (folder / FILE).read_text(encoding="utf-8").split("\n", maxsplit=1)
        if json.loads(head) != {"files": raw_hash, "digest": _digest(payload, raw_hash)}:
            return None
        rebuilt = _rebuilt(Guide, json.loads(payload))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return rebuilt if isinstance(rebuilt, Guide) else None


def _digest(payload: str, raw_hash: str) -> str:
    return hashlib.sha256(f"{raw_hash}\n{_SHAPE}\n{payload}".encode()).hexdigest()


def _rebuilt(kind: Any, data: Any) -> Any:  # noqa: ANN401 - follows whatever the shapes hold
    """Build `kind` from plain data that was valid for it."""
    how, inner = _recipe(kind)
    if how == "shape":
        return kind(**{name: _rebuilt(inner[name], value) for name, value in data.items()})
    if how == "list":
        return tuple([_rebuilt(inner, item) for item in data])
    if how == "mapping":
        return {key: _rebuilt(inner, item) for key, item in data.items()}
    return inner(data)


@cache
def _recipe(kind: Any) -> tuple[str, Any]:  # noqa: ANN401
    if get_origin(kind) is Annotated:
        return _recipe(get_args(kind)[0])
    if is_dataclass(kind):
        return "shape", {field.name: field.type for field in fields(kind)}
    if get_origin(kind) is tuple:
        return "list", get_args(kind)[0]
    if get_origin(kind) is Mapping:
        return "mapping", get_args(kind)[1]
    return "plain", int if kind is int else str


_SHAPE = hashlib.sha256(
    Path(__file__).with_name("model.py").read_bytes() + Path(__file__).read_bytes()
).hexdigest()
"""Changes with the shapes themselves, so that what an older assistant kept is not used."""
