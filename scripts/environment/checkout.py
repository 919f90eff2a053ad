"""One copy of the project on disk, the parts of its .venv, and whether that is ready.

It is ready by a stamp for each layer, which is written last and costs no import to read. The first
lines are the home: another system, Python or folder makes .venv useless as a whole. The last is the
wish: a changed lock or pyproject.toml only asks for an update.
"""

import hashlib
import os
import sys
from pathlib import Path

LAYERS = ("run", "dev")
"""What is set up, each on top of the one before: what the assistant needs, then what testing it needs."""

WINDOWS = os.name == "nt"


class Checkout:
    """A folder with the project in it and the .venv that belongs to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.package = root / "assistant"

    @property
    def python(self) -> Path:
        return self.program("python")

    @property
    def command(self) -> Path:
        return self.program("service-group")

    def program(self, name: str) -> Path:
        """Return the path of a program installed in .venv; it need not exist."""
        return self.venv / "Scripts" / f"{name}.exe" if WINDOWS else self.venv / "bin" / name

    def lock(self, layer: str) -> Path:
        """Return the file that pins every package of a layer, with hashes."""
        return self.root / "scripts" / "locks" / f"{layer}.txt"

    def is_ready(self, layer: str) -> bool:
        """Tell whether the layer was set up to its end, for this Python, this folder and these locks."""
        return self._has_programs() and _read(self._stamp(layer)) == self._wanted(layer)

    def is_at_home(self) -> bool:
        """Tell whether .venv was set up to its end for this Python and folder, whatever the locks were."""
        return self._has_programs() and _read(self._stamp(LAYERS[0])).startswith(self._home())

    def mark_ready(self, layer: str) -> None:
        """Write the layer's stamp: the last thing that setting it up does."""
        self._stamp(layer).write_text(self._wanted(layer), encoding="utf-8")

    def unmark(self, *layers: str) -> None:
        """Remove the layers' stamps: the first thing that setting them up does."""
        for layer in layers:
            self._stamp(layer).unlink(missing_ok=True)

    def newest_source(self) -> str:
        """Return when a module of the project last changed, in nanoseconds."""
        times = (path.stat().st_mtime_ns for path in self.package.rglob("*.py"))
        return str(max(times, default=0))

    def is_compiled(self) -> bool:
        """Tell whether no module of the project has changed since all were compiled."""
        return _read(self.venv / "compiled") == self.newest_source()

    def mark_compiled(self, newest: str) -> None:
        """Remember the newest module that was there before compiling began."""
        (self.venv / "compiled").write_text(newest, encoding="utf-8")

    def _stamp(self, layer: str) -> Path:
        return self.venv / f"ready-{layer}"

    def _wanted(self, layer: str) -> str:
        wishes = (self.root / "pyproject.toml", self.lock(layer))
        return self._home() + hashlib.sha256(b"".join(map(Path.read_bytes, wishes))).hexdigest()

    def _home(self) -> str:
        facts = (sys.platform, sys.implementation.cache_tag, sys.base_prefix, self.root)
        return "".join(f"{fact}\n" for fact in facts)

    def _has_programs(self) -> bool:
        """Follow the links: after an upgrade of the system's Python they can point nowhere."""
        return self.python.exists() and self.command.exists()


def this_checkout() -> Checkout:
    """Return the checkout that these scripts are part of."""
    return Checkout(Path(__file__).resolve().parents[2])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
