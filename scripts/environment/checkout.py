"""One copy of the project on disk, and where the parts of its .venv are."""

import os
from pathlib import Path

LAYERS = ("run", "dev")
"""What is set up, each on top of the one before: what the assistant needs, then what testing it needs."""

WINDOWS = os.name == "nt"


class Checkout:
    """A folder with the project in it and the .venv that belongs to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.turn = root / ".venv.lock"
        self.package = root / "assistant"

    @property
    def python(self) -> Path:
        return self.program("python")

    @property
    def command(self) -> Path:
        return self.program("service-group")

    def program(self, name: str) -> Path:
        """Give the path of a program installed in .venv; it need not exist."""
        return self.venv / "Scripts" / f"{name}.exe" if WINDOWS else self.venv / "bin" / name

    def lock(self, layer: str) -> Path:
        """Give the file that pins every package of a layer, with hashes."""
        return self.root / "scripts" / "locks" / f"{layer}.txt"


def this_checkout() -> Checkout:
    """Give the checkout that these scripts are part of."""
    return Checkout(Path(__file__).resolve().parents[2])
