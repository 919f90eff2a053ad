"""What a command costs before it does anything, and what proving the guide costs."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from environment.checkout import Checkout

from assistant.guide.loading import load_guide
from assistant.guide.proof import follow, prove
from benchmarks.figures import Figures, Row, beside_aim, in_turns, timed
from benchmarks.terminal import environment

HELP, RECOMMEND, PROOF = 60.0, 100.0, 2_000.0
"""Aims: how many ms each command may take more than bare Python, and the proof in all."""

FACTS = ("investigation=none", "goal=adoption", "fins=no")
"""Facts that settle a recommendation."""


def command_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure whole processes beside a Python that does nothing, and the proof beside a walk."""
    with TemporaryDirectory(prefix="bench-") as folder:
        data = Path(folder)
        python, helped, recommended = in_turns(
            _run([checkout.python, "-c", "pass"], data),
            _run([checkout.command, "--help"], data),
            _run([checkout.command, "recommend", *FACTS], data),
            times=2 if quick else 10,
        )
    guide = load_guide(checkout.root / "content").guide
    proof, walks = in_turns(
        lambda: timed(lambda: prove(guide)),
        lambda: timed(lambda: [follow(guide, case) for case in guide.space.cases()]),
        times=2 if quick else 25,
    )
    return [
        beside_aim("--help, beyond bare Python", _beyond(helped, python), HELP),
        beside_aim(
            "recommend, guide kept, beyond bare Python", _beyond(recommended, python), RECOMMEND
        ),
        Row("proof of the guide", proof, "ms", "every case walked once", walks),
        beside_aim("proof of the guide", proof, PROOF),
    ]


def _beyond(ours: Figures, base: Figures) -> Figures:
    return Figures(tuple(one - other for one, other in zip(ours.values, base.values, strict=True)))


def _run(command: list[str | Path], data: Path) -> Callable[[], float]:
    env = environment(data)
    return lambda: timed(
        lambda: subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    )
