"""Whether .venv is ready, told from a stamp for each layer that is written last and costs no import to read.

A stamp says what its layer was made for. The first lines are the home: another system, Python or
folder makes .venv useless as a whole. The last is the wish: a changed lock or pyproject.toml only
asks for an update.
"""

import hashlib
import sys
from pathlib import Path

from environment.checkout import LAYERS, Checkout


def is_ready(checkout: Checkout, layer: str) -> bool:
    """Tell whether the layer was set up to its end, for this Python, this folder and these locks."""
    return _has_programs(checkout) and _read(_stamp(checkout, layer)) == _text(checkout, layer)


def is_at_home(checkout: Checkout) -> bool:
    """Tell whether .venv was set up to its end for this Python and folder, whatever the locks said then."""
    return _has_programs(checkout) and _read(_stamp(checkout, LAYERS[0])).startswith(
        _home(checkout)
    )


def mark_ready(checkout: Checkout, layer: str) -> None:
    """Write the layer's stamp: the last thing that setting it up does."""
    _stamp(checkout, layer).write_text(_text(checkout, layer), encoding="utf-8")


def unmark(checkout: Checkout, layer: str) -> None:
    """Remove the layer's stamp: the first thing that setting it up does."""
    _stamp(checkout, layer).unlink(missing_ok=True)


def newest_source(checkout: Checkout) -> int:
    """Give the time, in nanoseconds, at which a module of the project last changed."""
    return max((path.stat().st_mtime_ns for path in checkout.package.rglob("*.py")), default=0)


def is_compiled(checkout: Checkout) -> bool:
    """Tell whether no module of the project has changed since all were compiled."""
    return _read(_compiled(checkout)) == str(newest_source(checkout))


def mark_compiled(checkout: Checkout, newest: int) -> None:
    """Remember the time of the newest module that was there before compiling began."""
    _compiled(checkout).write_text(str(newest), encoding="utf-8")


def _text(checkout: Checkout, layer: str) -> str:
    return _home(checkout) + _wish(checkout, layer)


def _home(checkout: Checkout) -> str:
    facts = (sys.platform, sys.implementation.cache_tag, sys.base_prefix, checkout.root)
    return "".join(f"{fact}\n" for fact in facts)


def _wish(checkout: Checkout, layer: str) -> str:
    wanted = [checkout.root / "pyproject.toml", checkout.lock(layer)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()


def _has_programs(checkout: Checkout) -> bool:
    """Follow the links: after an upgrade of the system's Python they can point nowhere."""
    return checkout.python.exists() and checkout.command.exists()


def _stamp(checkout: Checkout, layer: str) -> Path:
    return checkout.venv / f"ready-{layer}"


def _compiled(checkout: Checkout) -> Path:
    return checkout.venv / "compiled"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
