"""Run the tests of engine, guide, lines and records on every newer Python that can be had here.

`pythons.py [3.14 …]` takes a Python that is installed, or on Debian unpacks the one of its next
release into a folder of its own. Where there is none, it says so and goes on: that is no failure.
Packages come as .venv has them; only those compiled for one Python are fetched again, by the locks.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from environment.checkout import LAYERS, Checkout, this_checkout
from environment.doors import run_inside

VERSIONS = ("3.12", "3.13", "3.14")

TESTED = ("tests/engine", "tests/guide", "tests/lines", "tests/records")

_WAIT = 300  # seconds after which fetching a Python is given up


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be; 1 if a test fails on some Python."""
    checkout = this_checkout()
    code = run_inside(checkout, "dev", __file__, arguments)
    if code is not None:
        return code
    failed = 0
    for version in arguments or VERSIONS:
        begun = monotonic()
        with TemporaryDirectory(prefix=f"python-{version}-") as name:
            folder = Path(name)
            python = installed(version, folder / "own") or unpacked(version, folder)
            packages = folder / "packages"
            if python is None or not fetched(checkout, version, packages):
                print(f"Python {version}: skipped, since it cannot be had here.", flush=True)
                continue
            found = (packages, _site(checkout), checkout.root)
            (python.site / "tested.pth").write_text(
                "".join(f"{path}\n" for path in found), encoding="utf-8"
            )
            failed |= tried(checkout, python.command)
        print(f"Python {version}: {monotonic() - begun:.0f} s", flush=True)
    return failed


class Python(NamedTuple):
    """A Python of our own: what starts it, and the folder where it finds what it may import."""

    command: Path
    site: Path


def installed(version: str, own: Path) -> Python | None:
    """Return a Python like one that is on the path or that pyenv keeps, None where none of these runs."""
    kept = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python{version}")
    for found in (shutil.which(f"python{version}"), *sorted(kept, reverse=True)):
        if not found or _run([found, "-c", "import sqlite3, ssl"], wait=30):
            continue
        if not _run([found, "-m", "venv", "--without-pip", str(own)]):
            return Python(
                own / "bin" / "python", own / "lib" / f"python{version}" / "site-packages"
            )
    return None


def unpacked(version: str, folder: Path) -> Python | None:
    """Return the Python of Debian's next release, unpacked into a folder; None where there is none.

    It runs with its own C library from there, so that nothing of this system is replaced.
    """
    sources = Path("/etc/apt/sources.list.d/debian.sources")
    if not (sources.is_file() and shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    found = re.search(r"^URIs: (\S+)$", sources.read_text(encoding="utf-8"), re.MULTILINE)
    for inner in ("state/lists/partial", "cache/archives/partial", "root"):
        (folder / inner).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "list").write_text(
        f"deb {found[1] if found else ''} testing main\n", encoding="utf-8"
    )
    settings = {
        "Dir::Etc::SourceList": folder / "list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State": folder / "state",
        "Dir::State::Status": folder / "status",
        "Dir::Cache": folder / "cache",
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
    }
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in settings.items())]
    wanted = ["install", "--yes", "--no-install-recommends", "--download-only", f"python{version}"]
    if _run([*apt, "update"]) or _run([*apt, *wanted]):
        return None
    root = folder / "root"
    for package in (folder / "cache" / "archives").glob("*.deb"):
        _run(["dpkg-deb", "--extract", str(package), str(root)])
    return _started(root, version)


def _started(root: Path, version: str) -> Python | None:
    """Return the Python below a root, started with the libraries beside it."""
    loaders = [
        *root.glob("lib*/ld-linux*"),
        *root.glob("usr/lib*/ld-linux*"),
        *root.glob("usr/lib/*/ld-*"),
    ]
    if not loaders:
        return None
    libraries = ":".join(str(path) for path in root.glob("usr/lib/*-linux-*"))
    command = root / f"python{version}"
    command.write_text(
        f'#!/bin/sh\nPYTHONHOME={root}/usr exec {loaders[0]} --library-path {libraries} --argv0 "$0"'
        f' {root}/usr/bin/python{version} "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    site = root / "usr" / "lib" / "python3" / "dist-packages"
    site.mkdir(parents=True, exist_ok=True)
    works = not _run([str(command), "-c", "import sqlite3, ssl"], wait=30)
    return Python(command, site) if works else None


def fetched(checkout: Checkout, version: str, folder: Path) -> bool:
    """Fetch the packages that .venv has compiled for its own Python, each in the locked version."""
    wanted = set(_compiled(checkout))
    blocks = "".join(
        block
        for layer in LAYERS
        for block in re.findall(
            r"^\S[^\n]*(?:\n +\S[^\n]*)*\n?", checkout.lock(layer).read_text("utf-8"), re.MULTILINE
        )
        if re.split(r"[=;\s]", block, maxsplit=1)[0].casefold() in wanted
    )
    folder.mkdir()
    (folder / "wanted.txt").write_text(blocks, encoding="utf-8")
    pip = [str(checkout.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    kind = ["--python-version", version, "--only-binary=:all:", "--no-deps", "--require-hashes"]
    return not _run([*pip, *kind, "--target", str(folder), "-r", str(folder / "wanted.txt")])


def _compiled(checkout: Checkout) -> Iterator[str]:
    """Yield the packages in .venv that run on its own Python only, by what their wheels say."""
    for wheel in _site(checkout).glob("*.dist-info/WHEEL"):
        said = HeaderParser().parsestr(wheel.read_text(encoding="utf-8"))
        if not any(tag.endswith("-none-any") or "abi3" in tag for tag in said.get_all("Tag", [])):
            yield wheel.parent.name.partition("-")[0].replace("_", "-").casefold()


def _site(checkout: Checkout) -> Path:
    return next(checkout.venv.glob("lib/python*/site-packages"))


def tried(checkout: Checkout, python: Path) -> int:
    """Run the tests on a Python, less those that try a share of many cases; 1 if one fails."""
    asked = [
        "-q",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "-p",
        "no:cacheprovider",
        "-m",
        "not sampled",
    ]
    done = subprocess.run(
        [str(python), "-m", "pytest", *asked, "--no-header", "-r", "fE", *TESTED],
        cwd=checkout.root,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    return int(done.returncode != 0)


def _run(command: list[str | Path], wait: float = _WAIT) -> int:
    """Run a command and return its exit code, which is not 0 where it cannot be run or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=wait, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
