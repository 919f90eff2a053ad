"""How long the engine takes for one call on the shipped guide."""

from collections.abc import Callable, Iterator
from functools import partial

from environment.checkout import Checkout

from assistant.engine.explain import groups_now
from assistant.engine.interview import NOTHING, Answers, Standing, at_most, replay, with_answer
from assistant.engine.verdict import verdict
from assistant.guide.loading import load_guide
from assistant.guide.model import Guide
from assistant.guide.proof import follow
from benchmarks.figures import Row, exactly, in_turns, timed

EXPLANATION = 1_000.0
"""The µs that an explanation may take on the shipped guide."""


def engine_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Give the time of one call, averaged over every stage of a longest interview."""
    shipped = load_guide(checkout.root / "content")
    guide = shipped.guide
    longest = max((shipped.proof.witnesses[name] for name in guide.outcomes), key=len)
    walked = list(stages(guide, dict(longest)))
    ended = walked[-1][1]
    case = next(case for case in guide.space.cases() if dict(longest).items() <= case.items())
    calls: dict[str, Callable[[], object]] = {
        "replay": lambda: [replay(guide, answers) for answers, _ in walked],
        "groups_now": lambda: [groups_now(guide, standing) for _, standing in walked],
        "at_most": lambda: [at_most(guide, standing) for _, standing in walked],
        "verdict": lambda: [verdict(guide, ended) for _ in walked],
        "groups_now at the end": lambda: [groups_now(guide, ended) for _ in walked],
    }
    loops, times = (1, 2) if quick else (10, 25)
    unit = 1e6 / len(walked)
    walk, *found = in_turns(
        lambda: timed(lambda: follow(guide, case), loops=loops * 5, unit=1e6),
        *(partial(timed, call, loops=loops, unit=unit) for call in calls.values()),
        times=times,
    )
    rows = [
        Row(name, figures, "µs", "one case walked through the tree", walk)
        for name, figures in zip(calls, found, strict=True)
    ]
    return [*rows, Row(rows[-1].what, found[-1], "µs", "the aim", exactly(EXPLANATION), 1)]


def stages(guide: Guide, answers: Answers) -> Iterator[tuple[Answers, Standing]]:
    """Give the answers before each question of an interview, and at its end, with the standing."""
    given, standing = NOTHING, replay(guide, NOTHING)
    yield given, standing
    while standing.asking:
        given = with_answer(given, standing.asking, answers[standing.asking])
        standing = replay(guide, given)
        yield given, standing
