"""What a command costs before it does anything: `--help`, and the import of each layer."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from environment.checkout import Checkout

from benchmarks.figures import Figures, Row, exactly, in_turns, timed
from benchmarks.terminal import environment

HELP_BEYOND_PYTHON = 60.0
"""How many ms `--help` may take more than bare Python."""

RECOMMEND_BEYOND_PYTHON = 150.0
"""How many ms `recommend` may take more than bare Python, once the guide is kept."""

FACTS = ("investigation=none", "goal=adoption", "fins=no")
"""Facts that settle a recommendation."""

LAYERS = {
    "the guide's model": "import assistant.guide.model",
    "loading a guide": "import assistant.guide.loading",
    "the engine": "import assistant.engine.statements",
    "bootstrap": "import assistant.services",
    "the record store": "import assistant.records.store",
    "the command line": "import assistant.cli",
    "Textual alone": "import textual.app, textual.widgets",
    "the screen": "import assistant.screen.app",
}
"""What is imported, by a name for it."""


def command_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Give the time of whole processes beside that of a Python that does nothing."""
    with TemporaryDirectory(prefix="bench-") as data:
        runs = [
            _runs([checkout.python, "-c", "pass"], Path(data)),
            _runs([checkout.command, "--help"], Path(data)),
            _runs([checkout.command, "recommend", *FACTS], Path(data)),
            *(_runs([checkout.python, "-c", code], Path(data)) for code in LAYERS.values()),
        ]
        python, helped, recommended, *imported = in_turns(*runs, times=2 if quick else 10)
    return [
        *_beyond("--help", helped, python, HELP_BEYOND_PYTHON),
        *_beyond("recommend, guide kept", recommended, python, RECOMMEND_BEYOND_PYTHON),
        *(
            Row(f"import {name}", figures, "ms", "bare Python", python)
            for name, figures in zip(LAYERS, imported, strict=True)
        ),
    ]


def _beyond(name: str, ours: Figures, python: Figures, most: float) -> list[Row]:
    """Give a command beside bare Python, and what it takes beyond that beside the aim, in ms."""
    more = tuple(one - other for one, other in zip(ours.values, python.values, strict=True))
    return [
        Row(name, ours, "ms", "bare Python", python),
        Row(f"{name}, beyond bare Python", Figures(more), "ms", "the aim", exactly(most), 1),
    ]


def _runs(command: list[str | Path], data: Path) -> Callable[[], float]:
    env = environment(data)

    def run() -> float:
        return timed(
            lambda: subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        )

    return run
