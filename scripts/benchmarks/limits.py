"""Where what tries everything stops being feasible, found by growing guides until it takes too long."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.guide.model import Guide
from assistant.guide.proof import MOST_CASES, prove
from benchmarks.figures import timed
from benchmarks.great import FRAME, step
from benchmarks.made import Data, as_text, in_order, ladder, loaded

_VALUES = 3
_MOST_QUESTIONS = 150
"""An interview far longer than anybody's: growing one beyond that shows nothing more."""


@dataclass(frozen=True)
class Limit:
    """How large a guide could grow: questions, and the ms that the last and too slow one took."""

    questions: int
    took: float
    reached: bool


def limits(*, quick: bool) -> Iterator[str]:
    """Say in a sentence each how large guides may be for the proof, and for a step of the engine."""
    part = 0.01 if quick else 1
    facts = 1
    while _VALUES ** (facts + 1) <= MOST_CASES * part:
        facts += 1
    cases = _VALUES**facts
    took = _proof_ms(loaded(as_text(in_order(facts, _VALUES))))
    yield (
        f"The proof tries every case of a guide with at most {MOST_CASES:,}. On {facts} facts of"
        f" {_VALUES} values, which are {cases:,} cases, it takes {took:,.0f} ms"
        f" ({took * 1000 / cases:.0f} µs a case). The made guide's cases are a number of more than"
        " 1,000 digits: it is checked for names and structure, and said not to be proven."
    )
    shared = grow(
        ladder,
        lambda guide: step(guide, {}),
        until=FRAME * part,
        start=4,
        larger=lambda n: min(n * 3 // 2, _MOST_QUESTIONS),
    )
    how = "passes" if shared.reached else "stays within"
    yield (
        "Where both answers of each question lead on to the next two, so that all is shared, a step"
        f" {how} {FRAME * part:g} ms at {shared.questions} questions ({shared.took:.1f} ms)."
    )


def grow(
    shape: Callable[[int], Data],
    measure: Callable[[Guide], float],
    *,
    until: float,
    start: int,
    larger: Callable[[int], int],
) -> Limit:
    """Measure larger and larger guides until one takes more ms than `until`."""
    questions = start
    while True:
        took = measure(loaded(as_text(shape(questions))))
        if took > until or questions >= _MOST_QUESTIONS:
            return Limit(questions, took, took > until)
        questions = larger(questions)


def _proof_ms(guide: Guide) -> float:
    return timed(lambda: prove(guide))
