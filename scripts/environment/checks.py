"""What must hold beside the tests: lint, format, types, the import laws, and the guide itself."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from environment.checkout import Checkout

OTHER_SYSTEMS = {"Windows": "win32", "macOS": "darwin"}
"""Systems that the types must hold on too, whatever this one is, as mypy calls them."""

EVERYWHERE = ("assistant", "scripts/environment", "scripts/start.py")
"""What people run; the tests and the other scripts need what only some systems have."""


def run_checks(checkout: Checkout) -> int:
    """Run every check, some at once, show what each says, and return 1 if any failed.

    The types of each system have their own cache: only the first time do they take long.
    """
    failed = []
    wanted = commands(checkout)
    with ThreadPoolExecutor(max_workers=3) as pool:
        for name, done in zip(
            wanted, pool.map(partial(_run, checkout), wanted.values()), strict=True
        ):
            print(f"== {name}\n{done.stdout}", end="", flush=True)
            if done.returncode:
                failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "Every check passes.")
    return 1 if failed else 0


def commands(checkout: Checkout) -> dict[str, list[str]]:
    """Return the command of each check by its name."""
    python = str(checkout.python)
    types = [python, "-m", "mypy", "--strict"]
    return {
        "lint": [python, "-m", "ruff", "check"],
        "format": [python, "-m", "ruff", "format", "--check"],
        "types": types,
        **{
            f"types on {name}": [*types, *_cache(checkout, system), *EVERYWHERE]
            for name, system in OTHER_SYSTEMS.items()
        },
        "imports": [str(checkout.program("lint-imports"))],
        "house": [python, str(checkout.root / "scripts" / "figures.py")],
        "guide": [str(checkout.command), "content", "check", *_documents(checkout)],
        "reading": [python, str(checkout.root / "scripts" / "reading.py")],  # a report, no law
    }


def _documents(checkout: Checkout) -> list[str]:
    """Have the guide's quotations compared with the agency's documents, where these lie beside it."""
    documents = checkout.root.parent / "shared" / "documents"
    return ["--documents", str(documents)] if documents.is_dir() else []


def _cache(checkout: Checkout, system: str) -> list[str]:
    return ["--platform", system, "--cache-dir", str(checkout.root / ".mypy_cache" / system)]


def _run(checkout: Checkout, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=checkout.root,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
