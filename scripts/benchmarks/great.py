"""How the checks and the engine bear a guide far larger than the shipped one."""

import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

from environment.checkout import Checkout

from assistant.engine.explain import groups_now
from assistant.engine.interview import Answers, replay
from assistant.guide.checks import check
from assistant.guide.loading import load_guide
from assistant.guide.model import Guide
from assistant.guide.reading import Source, shaped
from benchmarks.engine import stages
from benchmarks.figures import Figures, Row, exactly, timed
from benchmarks.made import OUTCOMES, QUESTIONS, as_text, loaded, made_data

FRAME = 16.0
"""The ms a step may take, which is a frame of 60 a second."""

LOAD = 2_000.0
"""The ms that a load with its proof of structure may take."""

_MB = 1024 * 1024


def great_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Give the times and memory of a made guide of that size, a tenth where `quick`."""
    part = 10 if quick else 1
    texts = as_text(made_data(QUESTIONS // part, OUTCOMES // part))
    return [
        *_load_rows(texts, times=1 if quick else 5),
        *_step_rows(loaded(texts), rounds=1 if quick else 3),
        _memory_row(texts, checkout.root / "content"),
    ]


def always_first(guide: Guide) -> Answers:
    """Answer every question with its first option, which in a made guide asks the most."""
    return {fact: next(iter(question.options)) for fact, question in guide.questions.items()}


def step(guide: Guide, answers: Answers) -> float:
    """Give the ms between an answer and everything that the screen says of it."""
    return timed(lambda: groups_now(guide, replay(guide, answers)))


def _load_rows(texts: Mapping[str, str], *, times: int) -> list[Row]:
    parts: dict[str, list[float]] = {}
    for _ in range(times):
        source = Source()
        _add(parts, "YAML read", lambda s=source: [s.read(t, p, p) for p, t in texts.items()])  # type: ignore[misc]
        _add(parts, "validated", lambda s=source: shaped(s.data, Guide))  # type: ignore[misc]
        guide, _ = shaped(source.data, Guide)
        if guide:
            _add(parts, "names and structure checked", lambda g=guide: check(g))  # type: ignore[misc]
            _add(parts, "tree worked out", lambda g=guide: g.remainders.at(g.tree.start, {}))  # type: ignore[misc]
    whole = Figures(tuple(map(sum, zip(*parts.values(), strict=True))))
    return [
        Row("made guide: load", whole, "ms", "the aim", exactly(LOAD), 1),
        *(
            Row(f"  {name}", Figures(tuple(values)), "ms", "the whole load", whole)
            for name, values in parts.items()
        ),
    ]


def _add(parts: dict[str, list[float]], name: str, action: Callable[[], object]) -> None:
    parts.setdefault(name, []).append(timed(action))


def _step_rows(guide: Guide, *, rounds: int) -> list[Row]:
    guide.remainders.at(guide.tree.start, {})  # as a load does
    very_first = step(guide, {})
    given = [answers for answers, _ in stages(guide, always_first(guide))]
    runs = [[step(guide, answers) for answers in given] for _ in range(rounds)]
    steps = [Figures(times) for times in zip(*runs, strict=True)]
    shown = {
        "the very first": Figures((very_first,)),
        "at the first question": steps[0],
        "half-way": steps[len(steps) // 2],
        "at the result": steps[-1],
    }
    frame = exactly(FRAME)
    return [
        Row(f"made guide: step {when}", figures, "ms", "a frame", frame, 1)
        for when, figures in shown.items()
    ]


def _memory_row(texts: Mapping[str, str], content: Path) -> Row:
    made = _memory(lambda: loaded(texts))
    shipped = _memory(lambda: load_guide(content))
    return Row("made guide: memory", made, "MB", "the shipped guide's", shipped)


def _memory(load: Callable[[], object]) -> Figures:
    """Give what a loaded guide, with one step on it, keeps in memory."""
    tracemalloc.start()
    try:
        kept = load()
        if isinstance(kept, Guide):
            step(kept, {})
        return Figures((tracemalloc.get_traced_memory()[0] / _MB,))
    finally:
        tracemalloc.stop()
