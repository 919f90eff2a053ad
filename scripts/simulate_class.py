"""Show that the drill teaches: let simulated trainees practice until what they go by is named.

Each goes by one misunderstanding, a rule of the content or one fact taken for one value, and slips
now and then. Printed is how many stories it takes to name it, by the drill's order and by random
order; with --json the same as data.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from environment.checkout import this_checkout
from environment.doors import run_inside

if TYPE_CHECKING:
    from simulation import SimulationRow

    from assistant.training.syllabus import Syllabus

_ABOUT = """\
Each simulated trainee goes by one misunderstanding, always in the same way.
The drill picks the stories that show which one it is; random order is there to compare.\
"""
"""Said first."""

WANTED, WANTED_WITH_SLIPS = 0.9, 0.8  # of those who go by a rule, the share named in time


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be; 1 if too few were named in time."""
    parser = argparse.ArgumentParser(
        description="Measure how soon the drill finds what is misunderstood."
    )
    parser.add_argument("--seeds", type=int, default=20, help="trainees of each kind")
    parser.add_argument("--slips", type=int, default=10, help="answers by lot, in percent")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    checkout = this_checkout()
    code = run_inside(checkout, "dev", __file__, arguments)
    if code is not None:
        return code
    return simulate(checkout.root, options.seeds, options.slips, as_json=options.json)


def simulate(root: Path, seeds: int, slips: int, *, as_json: bool) -> int:
    """Print the figures; 0 where enough of those who go by a rule were named in time."""
    sys.path.insert(0, str(root))  # a script's own folder is all that Python looks in
    from simulation import BOUND, random_case, rows, searches  # noqa: PLC0415 - needs what .venv has

    from assistant.training.scheduling import next_case  # noqa: PLC0415

    syllabus = _syllabus(root / "content")
    found = {}
    for share in dict.fromkeys((0, slips)):
        runs = [searches(syllabus, o, range(seeds), share / 100) for o in (next_case, random_case)]
        found[share] = list(rows(syllabus, *runs))
    named = {share: _rules(each).named_in_time for share, each in found.items()}
    kept = all(named[share] >= (WANTED_WITH_SLIPS if share else WANTED) for share in named)
    if as_json:
        kinds = {f"slips_{share}": [asdict(row) for row in each] for share, each in found.items()}
        print(json.dumps({"stories": BOUND, "kept": kept, **kinds}, indent=2, ensure_ascii=False))
    else:
        print(_ABOUT)
        for share, each in found.items():
            print(f"\n{_slipping(share)} Named within {BOUND} stories, and stories until then:")
            print("\n".join(_table(each)))
        print(f"\nAre enough of those who go by a rule named in time? {'yes' if kept else 'no'}.")
    return 0 if kept else 1


def _rules(found: "list[SimulationRow]") -> "SimulationRow":
    return next(row for row in found if row.name == "all rules")


def _syllabus(content: Path) -> "Syllabus":
    from assistant.guide.loading import load_guide  # noqa: PLC0415
    from assistant.training.content import load_practice  # noqa: PLC0415
    from assistant.training.syllabus import Syllabus  # noqa: PLC0415

    loaded = load_guide(content)
    return Syllabus(loaded, load_practice(content, loaded.guide))


def _table(found: "list[SimulationRow]") -> Iterator[str]:
    heads = f"{'drill: named':>13}{'median':>8}{'most':>6}{'random: named':>15}{'median':>8}"
    yield f"{heads}  trainees who go by"
    for row in found:
        drill = f"{row.named_in_time:>13.0%}{row.median:>8g}{row.most:>6}"
        yield f"{drill}{row.random_in_time:>15.0%}{row.random_median:>8g}  {row.name}"


def _slipping(share: int) -> str:
    if not share:
        return "Trainees who never slip otherwise."
    return f"Trainees who also answer {share}% of the stories by chance."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
