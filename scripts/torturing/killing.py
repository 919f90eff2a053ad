"""Keeps some writers writing, and kills one after another in the middle of whatever it is doing.

Writers are copies of this warm process, so that each costs a few milliseconds and many can die.
"""

import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from assistant.private import sweep

TICKET = 32
"""Bytes of what a writer hands over for each thing that is safe: few enough to arrive whole."""

_LONGEST = 0.05
"""Seconds that a writer is left alone at most; the shortest is none."""

Acknowledge = Callable[[str], None]
Write = Callable[[int, Acknowledge], None]
"""Writes for as long as it lives, as the writer of a number, and acknowledges each thing once it is safe."""


@dataclass(frozen=True)
class Killing:
    """How many writers are to die, how many write at once, and what the moments are drawn from."""

    kills: int
    writers: int = 4
    seed: int = 1


@dataclass
class KillsLeft:
    """What was found after the writers of one kind fell; all after `acknowledged` should be nought."""

    what: str
    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    breaks: int = 0
    ahead: int = 0
    leftovers: int = 0
    failed: int = 0

    @property
    def clean(self) -> bool:
        faults = (self.lost, self.half, self.breaks, self.ahead, self.leftovers, self.failed)
        return not any(faults)

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.kills:,} writers killed, {self.acknowledged:,} acknowledged; lost"
            f" {self.lost:,}, half {self.half:,}, chain breaks {self.breaks:,}, this computer ahead"
            f" of the store {self.ahead:,}, leftovers {self.leftovers:,}, writers that failed"
            f" {self.failed:,}"
        )

    def look_for_parts(self, folder: Path, data: Path) -> None:
        """Sweep the data folder as the next start does, and count the parts still below `folder`."""
        for part in folder.rglob("*.part"):
            os.utime(
                part, (0, 0)
            )  # an empty one could be somebody's who has only begun, for a minute
        sweep(data)
        self.leftovers = sum(1 for _ in folder.rglob("*.part"))


@dataclass
class Fallen:
    """A writer that was killed, with what it had acknowledged; `failed` says that it ended by itself."""

    number: int
    acknowledged: list[str]
    failed: bool


@dataclass
class _Writer:
    number: int
    pid: int
    pipe: int
    held: bytearray = field(default_factory=bytearray)


def killed(killing: Killing, write: Write) -> Iterator[Fallen]:
    """Yield each writer as it falls, until as many have as were asked for; the last ones fall as well."""
    random = Random(killing.seed)  # noqa: S311 - moments, not secrets
    living = [_start(number, write) for number in range(killing.writers)]
    for number in range(killing.writers, killing.writers + killing.kills):
        _listen(living, random.random() * _LONGEST)
        victim = living.pop(random.randrange(len(living)))
        yield _kill(victim)
        if number < killing.kills:
            living.append(_start(number, write))
        if not living:
            return


def _start(number: int, write: Write) -> _Writer:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return _Writer(number, pid, reading)
    try:
        os.close(reading)
        write(number, lambda ticket: _hand_over(writing, ticket))
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        os._exit(3)


def _hand_over(pipe: int, ticket: str) -> None:
    os.write(pipe, ticket.encode().ljust(TICKET))


def _listen(living: list[_Writer], seconds: float) -> None:
    """Take what is acknowledged, so that no writer waits for its pipe to empty."""
    end = monotonic() + seconds
    by_pipe = {writer.pipe: writer for writer in living}
    while by_pipe and (left := end - monotonic()) > 0:
        for pipe in select.select(list(by_pipe), [], [], left)[0]:
            some = os.read(pipe, 65_536)
            by_pipe[pipe].held += some
            if not some:
                del by_pipe[pipe]


def _kill(writer: _Writer) -> Fallen:
    os.kill(writer.pid, signal.SIGKILL)
    _, status = os.waitpid(writer.pid, 0)
    while some := os.read(writer.pipe, 65_536):
        writer.held += some
    os.close(writer.pipe)
    tickets = [writer.held[at : at + TICKET] for at in range(0, len(writer.held), TICKET)]
    failed = not os.WIFSIGNALED(status)
    return Fallen(writer.number, [ticket.decode().strip() for ticket in tickets], failed)
