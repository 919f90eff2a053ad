"""Write scripts/locks anew from pyproject.toml: `python3 scripts/lock.py [--upgrade]`.

Pins already there are kept unless `--upgrade` is given. Each lock holds for every system and every
Python from the oldest allowed one on, with the hashes of every file of each release and no word of
where they are fetched from.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from environment.checkout import WINDOWS, Checkout, this_checkout

LOCKS = {
    "run": ["--group", "build"],
    "dev": [
        *("--group", "build", "--group", "dev", "--extra", "tables"),
        *("--constraint", "scripts/locks/run.txt"),
    ],
}
"""What each lock takes beside the assistant's own dependencies; dev keeps run's pins and only adds."""

OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=python3 scripts/lock.py",
    "--quiet",
]


def make_uv(folder: Path) -> Path:
    """Install uv, which only this script needs, in its own folder."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if WINDOWS else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return programs / "uv"


def write_locks(uv: Path, checkout: Checkout, wishes: list[str]) -> None:
    """Resolve each layer, the one that the other builds on first."""
    for layer, takes in LOCKS.items():
        target = checkout.lock(layer).relative_to(checkout.root).as_posix()
        compiling = [str(uv), "pip", "compile", "pyproject.toml", "--output-file", target]
        subprocess.run([*compiling, *takes, *OPTIONS, *wishes], cwd=checkout.root, check=True)


def main() -> int:
    """Write both locks."""
    with tempfile.TemporaryDirectory() as folder:
        write_locks(make_uv(Path(folder)), this_checkout(), sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
