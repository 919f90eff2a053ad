"""Show that the drill teaches: let simulated trainees, each misreading one fork, practice until it is named.

Each takes one fact for one value whatever the story says, and slips now and then. Printed is how
many stories it takes to name the fork, by the drill's order and by random order.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from environment.checkout import this_checkout
from environment.doors import prepare

if TYPE_CHECKING:
    from simulation import SimulationRow, SimulationRun

    from assistant.training.judging import Syllabus

_ABOUT = """\
Each simulated trainee misreads one question of the interview, always in the same way.
The drill picks the stories that show which one it is; random order is there to compare.\
"""
"""Said first."""


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be; 1 if a fork was not named in time."""
    parser = argparse.ArgumentParser(description="Measure how soon the drill finds a misread fork.")
    parser.add_argument("--seeds", type=int, default=20, help="trainees for each misreading")
    parser.add_argument("--slips", type=int, default=5, help="answers by lot, in percent")
    options = parser.parse_args(arguments)
    checkout = this_checkout()
    if Path(sys.prefix).resolve() != checkout.venv.resolve():
        command = [str(checkout.python), __file__, *arguments]
        return prepare(checkout, "dev") or subprocess.run(command, check=False).returncode
    return simulate(checkout.root, options.seeds, options.slips)


def simulate(root: Path, seeds: int, slips: int) -> int:
    """Print the figures; 0 where the drill kept to the stated number of stories without slips."""
    sys.path.insert(0, str(root))  # a script's own folder is all that Python looks in
    from simulation import BOUND, random_case, searches  # noqa: PLC0415 - needs what .venv has

    from assistant.training.scheduling import next_case  # noqa: PLC0415

    syllabus = _syllabus(root / "content")
    late = 0
    print(_ABOUT)
    for share in dict.fromkeys((0, slips)):
        drill = searches(syllabus, next_case, range(seeds), share / 100)
        by_lot = searches(syllabus, random_case, range(seeds), share / 100)
        print(f"\n{_slipping(share)} Stories until the misread question is named:")
        print("\n".join(_table(syllabus, drill, by_lot)))
        if share == 0:
            late = sum(found.cost > BOUND for found in drill)
    kept = f"no: {late} took longer" if late else "yes"
    print(f"\nIs every question named within {BOUND} stories where nobody slips? {kept}.")
    return 1 if late else 0


def _syllabus(content: Path) -> "Syllabus":
    from assistant.guide.loading import load_guide  # noqa: PLC0415
    from assistant.training.content import load_practice  # noqa: PLC0415
    from assistant.training.judging import Syllabus  # noqa: PLC0415

    loaded = load_guide(content)
    return Syllabus(loaded, load_practice(content, loaded.guide))


def _table(
    syllabus: "Syllabus", drill: "list[SimulationRun]", by_lot: "list[SimulationRun]"
) -> Iterator[str]:
    from simulation import MOST, lines  # noqa: PLC0415

    orders = f"{'drill: median':>15}{'slowest':>9}{'random: median':>16}{'slowest':>9}"
    yield f"{'misread':<16}{'trainees':>9}{orders}"
    for line in lines(drill, by_lot):
        name = syllabus.guide.questions[line.fact].name if line.fact else "all"
        yield _row(name, line)
    for order, found in (("drill", drill), ("random order", by_lot)):
        stories = sum(search.cost for search in found)
        missing = sum(search.stories is None for search in found)
        wrongly = sum(search.wrongly > 0 for search in found)
        yield (
            f"{order}: {stories} stories in all; {missing} trainees gave up after {MOST}; "
            f"{wrongly} heard of a wrong question first"
        )


def _slipping(share: int) -> str:
    if not share:
        return "Trainees who never slip otherwise."
    return f"Trainees who also answer {share}% of the stories by chance."


def _row(name: str, line: "SimulationRow") -> str:
    drill = f"{line.drill:>15g}{line.drill_most:>9}"
    return f"{name:<16}{line.trainees:>9}{drill}{line.random:>16g}{line.random_most:>9}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
