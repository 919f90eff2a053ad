"""A checkout to try the scripts on: their own folder copied, and stand-ins for what set-up would install."""

import shutil
from pathlib import Path

import pytest
from environment.checkout import Checkout

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a checkout that nothing was set up in."""
    root = tmp_path / "a copy"
    shutil.copytree(
        ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "assistant").mkdir()
    (root / "assistant" / "__init__.py").write_text('"""Stand-in."""\n')
    return Checkout(root)


@pytest.fixture
def installed(checkout: Checkout) -> Checkout:
    """Return a checkout with stand-ins that say how they were called and exit with 7, but no stamp."""
    for program in (checkout.python, checkout.command, checkout.program("lint-imports")):
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text('#!/bin/sh\necho "${0##*/}" "$@"\nexit 7\n')
        program.chmod(0o755)
    return checkout
