"""Standard streams: what they can hold, and what is said where one is closed, full or ends early."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from assistant.errors import OutputError
from assistant.text import in_encoding, laid_out, visible, width_now


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Write text to standard output or error; what a terminal would obey is shown in its place.

    Raises `OutputError` where output cannot be written, as on a full disk or where it is closed. What
    cannot be said on standard error is lost, since nothing is left to say it on.
    """
    ended = visible(f"{text}\n" if nl else text)
    if not err:
        write(sys.stdout, ended)
        return
    with suppress(OutputError, BrokenPipeError):
        write(sys.stderr, ended)


def say_lines(lines: Iterable[str]) -> None:
    """Say lines to standard output, folded to the width of the terminal."""
    for line in laid_out(lines, width_now()):
        say(line)


def write(stream: TextIO | None, text: str) -> None:
    """Write text as it is, as far as the encoding can hold it, and at once; raises `OutputError`."""
    if stream is None:  # closed before the command began
        raise OutputError(
            "There is nowhere to write the output.",
            mend="run the command in a terminal, or send its output to a pipe or a file.",
        )
    try:
        stream.write(in_encoding(text, getattr(stream, "encoding", None) or "utf-8"))
        stream.flush()
    except BrokenPipeError:
        _drop_rest(stream)
        raise  # whoever closed it, as `head` does, has seen enough
    except OSError as error:
        _drop_rest(stream)
        raise OutputError(
            f"The output cannot be written: {error.strerror or 'the system reported an error'}.",
            mend="free up space or choose a different place for the output. Then run the command again.",
        ) from None


def _drop_rest(stream: TextIO) -> None:
    """Lead a stream nowhere, or Python would fail once more with what is left when it ends."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_terminal(*streams: TextIO | None) -> bool:
    """Tell whether each of some streams is there and leads to a terminal."""
    return all(stream is not None and stream.isatty() for stream in streams)
