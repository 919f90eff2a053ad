"""Print the figures of the house beside those of the last release, and exit 1 where a law is broken."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's own folder is all that Python looks in

from house.figures import House  # noqa: E402 - found only from here on
from house.journeys import BOUNDS, journeys  # noqa: E402

LONGEST = 480
"""The most lines of a module."""

LAST_RELEASE = {
    "modules": 305,
    "lines": 27_873,
    "longest module": 257,
    "class names used twice": 16,
    "circles of imports": 4,
    "docstrings that begin “Give”": 540,
    "modules an answer enters": 24,
    "modules a save enters": 48,
    "modules a drill answer enters": 49,
    "modules a recommend enters": 27,
}
"""What release 1 had, counted in the same way."""


def main() -> int:
    """Count everything, print it, and return 0, or 1 where a law is broken."""
    house = House(ROOT)
    entered = journeys(ROOT)
    repeated, circles = house.repeated_classes(), house.circles()
    now = {
        "modules": house.modules,
        "lines": sum(house.lines.values()),
        "longest module": max(house.lines.values()),
        "class names used twice": len(repeated),
        "circles of imports": len(circles),
        "docstrings that begin “Give”": len(house.docstrings_with("Give")),
        **{
            f"modules a{'n' * (name[0] in 'ao')} {name} enters": len(m)
            for name, m in entered.items()
        },
    }
    print(f"{'':32}{'release 1':>10}{'now':>10}")
    for name, figure in now.items():
        print(f"{name:32}{LAST_RELEASE[name]:>10,}{figure:>10,}")
    broken = [
        *(f"longer than {LONGEST} lines: {module}" for module in house.longer_than(LONGEST)),
        *(f"a class name used twice: {name}" for name in repeated),
        *(f"a circle of imports: {circle}" for circle in circles),
        *(
            f"{name} enters {len(modules)} modules, more than {BOUNDS[name]}: {_named(modules)}"
            for name, modules in entered.items()
            if len(modules) > BOUNDS[name]
        ),
    ]
    print(*(f"Broken: {law}" for law in broken), sep="\n")
    return 1 if broken else 0


def _named(modules: set[str]) -> str:
    return " ".join(sorted(name.removeprefix("assistant.") for name in modules))


if __name__ == "__main__":
    sys.exit(main())
