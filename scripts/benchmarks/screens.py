"""Start-up, key to repaint, the record form and memory, on a pseudo-terminal beside a bare Textual app."""

import py_compile
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from environment.checkout import Checkout

from assistant.cases.drafts import Draft, DraftBox
from assistant.engine.interview import NOTHING, replay, values_open, with_answer
from assistant.engine.verdict import headline, verdict
from assistant.guide.loading import load_guide
from benchmarks.bare_app import asked
from benchmarks.figures import Figures, Row, in_turns, timed
from benchmarks.terminal import Terminal, environment

BACK = "\x7f"
"""The key that takes back an answer."""

OPEN_FORM = ("1", "Case number")
"""The key that opens the record form on a result, and what shows then."""

FORM = (
    ("12345", "12345"),
    ("\r", "such as child 1"),
    ("child 1", "child 1"),
    ("\r", "such as parenting"),
    ("parenting class", "parenting class"),
    ("\r", "Saved as entry"),
)
"""Keys that fill the form, and what shows after each: the caret in the next field, too."""

_READING = 1.5
"""Seconds for which a result is read, at the least, before it is recorded."""

_ENOUGH = 24
_OUR_WIDGETS = re.compile(
    r"\b(?!Static|Input|Label|Button|OptionList|DataTable)[A-Z]\w+(?=[^;{}]*\{)"
)
_OUR_COLORS = re.compile(r"\$(?:mark|quiet|settled|judgment|rule)\b")
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """What the screen shows, enough of it to tell; and the key that leads on, none at the end."""

    shows: str
    key: str


def screen_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure everything that needs a screen."""
    steps = longest_interview(checkout.root / "content")
    with TemporaryDirectory(prefix="bench-") as folder:
        kept, fresh = environment(Path(folder) / "kept"), count()
        app = _compiled_bare_app(checkout, Path(folder) / "bare")
        ours = partial(Terminal, [checkout.command], kept)
        bare = partial(Terminal, [checkout.python, app], kept)

        def first_run() -> Terminal:
            return Terminal([checkout.command], environment(Path(folder) / f"new-{next(fresh)}"))

        starts = (_until(ours, steps[0].shows), _until(first_run, steps[0].shows))
        bare_start = _until(bare, asked(0)[:13])
        starts[0](), bare_start()
        second, first, base = in_turns(*starts, bare_start, times=2 if quick else 10)
        key, *rest = _interview_rows(ours, bare, steps, rounds=1 if quick else 5)
        return [
            Row("first question, guide kept", second, "ms", "bare Textual app", base, 1.25),
            Row("first question, first run", first, "ms", "bare Textual app", base),
            key,
            Row("of which the draft, on disk", _synced(Path(folder)), "ms", key.beside, key.base),
            *rest,
        ]


def _synced(folder: Path) -> Figures:
    """Measure what every answer waits for that no bare app does: its draft, written and synced."""
    draft = Draft(
        id="a" * 32,
        saved_at=datetime.now(UTC),
        answers={"investigation": "none"},
        meaning_hash="",
        content_version="1",
    )
    box = DraftBox(folder / "drafts")
    return Figures(tuple(timed(lambda: box.save(draft)) for _ in range(20)))


def _until(start: Callable[[], Terminal], words: str) -> Callable[[], float]:
    """Return what starts a program and measures the time until it shows some words."""

    def run() -> float:
        with start() as terminal:
            return terminal.shown(words)

    return run


def _interview_rows(
    start: Callable[[], Terminal],
    start_bare: Callable[[], Terminal],
    steps: list[Step],
    rounds: int,
) -> list[Row]:
    """Go through whole interviews, key by key beside the bare app, and then record one."""
    with start() as ours, start_bare() as bare:
        ours.shown(steps[0].shows)
        bare.shown(asked(0)[:13])
        ours.settle()
        bare.settle()
        pressed, updated = _presses(ours, bare, steps, rounds)
        memory = [Figures((terminal.peak_memory(),)) for terminal in (ours, bare)]
        sleep(_READING)
        opened = Figures((ours.pressed(*OPEN_FORM),))
        saved = Figures(tuple(ours.pressed(*typed) for typed in FORM)[-1:])
        recorded = Figures((ours.peak_memory(),))
    return [
        Row("key to next question", pressed, "ms", "bare app, all updated", updated, 1.5),
        Row("key to open record form", opened, "ms", "bare app, all updated", updated),
        Row("last field to “Recorded”", saved, "ms", "bare app, all updated", updated),
        Row("peak memory, interview", memory[0], "MB", "bare app, same keys", memory[1], 1.4),
        Row("peak memory, and recorded", recorded, "MB", "bare app, same keys", memory[1]),
    ]


def _presses(ours: Terminal, bare: Terminal, steps: list[Step], rounds: int) -> list[Figures]:
    """Answer to the end and go back, `rounds` over, ending at the end; time only the answers."""
    number = count(1)
    times: list[list[float]] = [[], []]
    for turn in range(rounds):
        for step, after in pairwise(steps):
            measured = in_turns(
                partial(ours.pressed, step.key, after.shows),
                lambda: bare.pressed("1", asked(next(number))[:13]),
                times=1,
            )
            for values, figures in zip(times, measured, strict=True):
                values.extend(figures.values)
        for step in reversed(steps[:-1]) if turn + 1 < rounds else ():
            ours.pressed(BACK, step.shows)
    return [Figures(tuple(values)) for values in times]


def longest_interview(content: Path) -> list[Step]:
    """Return the steps of a longest interview that ends in a group, with the result as the last one."""
    loaded = load_guide(content)
    guide, witnesses = loaded.guide, loaded.proof.witnesses
    ends = [name for name, outcome in guide.outcomes.items() if outcome.group]
    given = max((witnesses[name] for name in ends), key=len)
    answers, steps = NOTHING, []
    for fact, value in given:
        key = str(values_open(guide, replay(guide, answers), fact).index(value) + 1)
        steps.append(Step(_beginning(guide.questions[fact].ask), key))
        answers = with_answer(answers, fact, value)
    result = verdict(guide, replay(guide, answers))
    return [*steps, Step(_beginning(headline(guide, result)), "")]


def _beginning(text: str) -> str:
    """Return the first words: enough to know it by, and too few to be broken over two lines."""
    return text[: text.find(" ", _ENOUGH)] if " " in text[_ENOUGH:] else text


def _compiled_bare_app(checkout: Checkout, folder: Path) -> Path:
    """Lay the bare app out with the assistant's style sheets, compiled as the assistant is."""
    folder.mkdir()
    source = Path(shutil.copy(Path(__file__).with_name("bare_app.py"), folder))
    for sheet in (checkout.package / "screen" / "styles").glob("*.tcss"):
        text = plain_styles(sheet.read_text(encoding="utf-8"))
        (folder / sheet.name).write_text(text, encoding="utf-8")
    compiled = folder / "bare_app.pyc"
    py_compile.compile(str(source), str(compiled), doraise=True)
    return compiled


def plain_styles(sheet: str) -> str:
    """Return a style sheet with the assistant's own widgets turned into classes of the same names.

    Its own colors become one that every theme has.
    """
    return _OUR_COLORS.sub("$primary", _OUR_WIDGETS.sub(r".\g<0>", _COMMENTS.sub("", sheet)))
