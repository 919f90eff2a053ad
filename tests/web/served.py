"""A server of the assistant as a process of its own, and what it has started."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

DEADLINE = 30
"""Seconds after which what was waited for is taken to be missing, on however busy a machine."""


class Served:
    """A running server: its address, its process, and the processes of its sessions."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process = process
        self.address = address
        self._ever: set[int] = set()

    @property
    def origin(self) -> str:
        """Return the address without its token."""
        return f"http://{urlsplit(self.address).netloc}"

    @property
    def children(self) -> list[int]:
        """Return the processes that the server has started and that still run."""
        pid = self.process.pid
        try:
            found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []
        self._ever |= set(map(int, found))
        return list(map(int, found))

    def rest(self) -> str:
        """Return what the server wrote to standard output after its address."""
        return self.process.stdout.read() if self.process.stdout else ""

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell the server to end, and give its exit code."""
        assert self.children is not None  # so that they are known afterwards
        self.process.send_signal(how)
        return self.process.wait(DEADLINE)

    def left_running(self) -> list[int]:
        """Return what runs still of all that was ever started, once some time to end was given."""
        end = monotonic() + DEADLINE
        while (left := [pid for pid in self._ever if _runs(pid)]) and monotonic() < end:
            os.sched_yield()
        return left


@contextmanager
def served(data: Path, *options: str, files: int = 0, **environment: str) -> Iterator[Served]:
    """Start `service-group serve` on a free port of this computer, and see that it ends.

    `files` is how many it may have open, as many as this process where it is 0.
    """
    limit = ["prlimit", f"--nofile={files}"] if files else []
    command = [*limit, sys.executable, "-m", "assistant", "serve", "--port", "0", *options]
    env = {**os.environ, "SERVICE_GROUP_DATA": str(data), **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert address.startswith("http://"), "the server did not start"
            yield Served(process, address)
        finally:
            process.terminate()
            process.wait(DEADLINE)


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2][1] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
