"""What is said and kept when the assistant itself fails: where in the code, and nothing of the case."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import SettingsError
from assistant.folders import data_folder

EXIT_CODE = 70
"""Exit code after a fault in the assistant itself."""


def crash_sentence(error: BaseException) -> str:
    """Keep a report of the fault and say in two sentences what happened and what to do."""
    path = _kept(error)
    kept = f" A report without any case details is in {path}." if path else ""
    return (
        "The assistant stopped because of a fault of its own. Everything recorded is safe, and the"
        f" answers given so far are kept as a draft.{kept} Start again; if it happens again, show"
        " the report to whoever looks after the assistant."
    )


def crash_report(error: BaseException) -> str:
    """Give the kinds of error and the places in the code, without messages or values."""
    python = sys.version.split(maxsplit=1)[0]
    return "\n".join([f"Python {python} on {sys.platform}", *_places(error)]) + "\n"


def _places(error: BaseException) -> Iterator[str]:
    seen: BaseException | None = error
    while seen is not None:
        yield type(seen).__qualname__
        for frame in traceback.extract_tb(seen.__traceback__):
            yield f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        seen = seen.__cause__ or seen.__context__


def _kept(error: BaseException) -> Path | None:
    with suppress(OSError, SettingsError):
        folder = data_folder() / "crashes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        path.touch(mode=0o600)
        path.write_text(crash_report(error), encoding="utf-8")
        return path
    return None
