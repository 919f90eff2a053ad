"""How long reading and proving the shipped guide takes, fresh and kept between runs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from environment.checkout import Checkout

from assistant.guide.loading import FILE, LoadedGuide, load_guide
from assistant.guide.proof import follow, prove
from benchmarks.bare_app import read_plainly
from benchmarks.figures import Row, exactly, in_turns, timed

PATIENCE = 2_000.0
"""How long, in ms, a load with its proof may take at most."""


def guide_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Give what a load costs beside reading the same files plainly, and what the proof costs."""
    content = checkout.root / "content"
    with TemporaryDirectory(prefix="bench-") as folder:
        kept = Path(folder)
        guide = load_guide(content, kept_in=kept).guide
        fresh, from_kept, plainly, proof, walks = in_turns(
            lambda: load_guide(content).load_ms,
            lambda: _with(kept, load_guide(content, kept_in=kept)).load_ms,
            lambda: timed(lambda: read_plainly(content)),
            lambda: timed(lambda: prove(guide)),
            lambda: timed(lambda: [follow(guide, case) for case in guide.space.cases()]),
            times=3 if quick else 25,
        )
    return [
        Row("load, fresh, with proof", fresh, "ms", "plain YAML + pydantic", plainly),
        Row("load, kept, with proof", from_kept, "ms", "plain YAML + pydantic", plainly),
        Row("proof alone", proof, "ms", "every case walked once", walks),
        Row("proof alone", proof, "ms", "the aim for a load", exactly(PATIENCE), 1),
    ]


def _with(folder: Path, loaded: LoadedGuide) -> LoadedGuide:
    """Give back what was loaded, having made sure that there was something kept to load."""
    if not (folder / FILE).is_file():
        raise FileNotFoundError(folder / FILE)
    return loaded
