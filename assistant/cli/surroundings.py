"""What the assistant stands on and is shown in: versions, the terminal, its clipboard."""

import os
import platform
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version

from assistant.cli.findings import Finding

LEAST_WIDTH, LEAST_HEIGHT = 50, 16
"""The smallest window the screen works in, in columns and rows."""

_PACKAGES = {
    "assistant": "service-group-assistant",
    "textual": "textual",
    "pydantic": "pydantic",
    "sqlalchemy": "SQLAlchemy",
    "click": "click",
}


def versions() -> dict[str, str]:
    """Give each part's version, read from what was installed; empty where it is not installed."""
    return {
        **{name: _version(package) for name, package in _PACKAGES.items()},
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
    }


def parts(found: dict[str, str]) -> Finding:
    """Tell which parts are missing; the assistant itself may be run from its folder, uninstalled."""
    missing = [name for name, number in found.items() if not number and name != "assistant"]
    if missing:
        mend = "run python3 scripts/start.py, which installs what is missing, or install it again."
        return Finding("Parts", f"not installed: {', '.join(missing)}", "", mend)
    return Finding("Parts", "healthy, all that is needed is installed")


def terminal() -> Finding:
    """Tell whether the screen can be drawn here, and if not, what happens instead."""
    encoding = (sys.stdout.encoding or "").lower()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Finding(
            "Terminal", "healthy, but this output goes to none, so nothing is drawn here"
        )
    columns, rows = shutil.get_terminal_size()
    says = f"{_kind()}, {columns} wide and {rows} high, {_colour()}, {encoding}"
    if encoding.replace("-", "") != "utf8":
        mend = "set the environment variable PYTHONUTF8 to 1, and the terminal to UTF-8."
        return Finding("Terminal", f"cannot show every character: {says}", "", mend)
    if columns < LEAST_WIDTH or rows < LEAST_HEIGHT:
        mend = f"make the window at least {LEAST_WIDTH} wide and {LEAST_HEIGHT} high."
        return Finding("Terminal", f"too small: {says}", "", mend)
    return Finding("Terminal", f"healthy: {says}")


def clipboard() -> Finding:
    """Say how copying works: a terminal does not tell whether it took the text."""
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        says = "this terminal takes no text from programs; select it with the mouse instead"
    elif os.environ.get("TMUX"):
        says = "goes through tmux, where it needs: set -g set-clipboard on"
    else:
        says = "goes through the terminal, which does not tell; if nothing pastes, use the mouse"
    return Finding("Clipboard", says)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _kind() -> str:
    kind = os.environ.get("TERM", "")
    if kind == "dumb":
        return "dumb, so the interview is held in plain lines"
    return kind or "a console without a name"


def _colour() -> str:
    if os.environ.get("NO_COLOR"):
        return "no colour, as NO_COLOR asks"
    if os.environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "all colours"
    return "256 colours" if "256color" in os.environ.get("TERM", "") else "few colours"
