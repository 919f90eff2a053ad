"""What must hold beside the tests: lint, format, types, the import laws, and the guide itself."""

import subprocess

from environment.checkout import Checkout


def run_checks(checkout: Checkout) -> int:
    """Run every check, whatever the ones before it said, name those that failed, and give an exit code."""
    failed = [
        name for name, command in commands(checkout).items() if not _passes(checkout, name, command)
    ]
    print(f"Failed: {', '.join(failed)}" if failed else "Every check passes.")
    return 1 if failed else 0


def commands(checkout: Checkout) -> dict[str, list[str]]:
    """Return the command of each check by its name."""
    python = str(checkout.python)
    return {
        "lint": [python, "-m", "ruff", "check"],
        "format": [python, "-m", "ruff", "format", "--check"],
        "types": [python, "-m", "mypy", "--strict"],
        "imports": [str(checkout.program("lint-imports"))],
        "house": [python, str(checkout.root / "scripts" / "figures.py")],
        "guide": [str(checkout.command), "content", "check", *_documents(checkout)],
    }


def _documents(checkout: Checkout) -> list[str]:
    """Have the guide's quotations compared with the agency's documents, where these lie beside it."""
    documents = checkout.root.parent / "shared" / "documents"
    return ["--documents", str(documents)] if documents.is_dir() else []


def _passes(checkout: Checkout, name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=checkout.root, check=False).returncode == 0
