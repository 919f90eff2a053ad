"""Start-up, key presses and memory, on a pseudo-terminal beside a bare Textual app."""

from functools import partial
from itertools import count, pairwise

from environment.checkout import Checkout

from benchmarks.bare_app import asked
from benchmarks.figures import Figures, Row, in_turns
from benchmarks.interview import FORM, Step, longest_interview
from benchmarks.programs import Programs
from benchmarks.terminal import Terminal

BACK = "\x7f"
"""The key that takes back an answer."""

UPDATE, GROW = "1", "2"
"""Keys of the bare app: draw what is there anew, and put two lines more before it."""


def screen_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure everything that needs a screen."""
    steps = longest_interview(checkout.root / "content")
    with Programs(checkout) as programs:
        return [
            *start_rows(programs, steps[0].shows, times=2 if quick else 10),
            *interview_rows(programs, steps, rounds=1 if quick else 5),
        ]


def start_rows(programs: Programs, question: str, *, times: int) -> list[Row]:
    """Give the time from the start of a process to its first question."""

    def until(terminal: Terminal, words: str) -> float:
        with terminal:
            return terminal.shown(words)

    until(programs.assistant(programs.kept), question)
    until(programs.bare(), asked(0)[:13])
    second, first, bare, stand_in, lines, select = in_turns(
        lambda: until(programs.assistant(programs.kept), question),
        lambda: until(programs.assistant(), question),
        lambda: until(programs.bare(), asked(0)[:13]),
        lambda: until(programs.stand_in(), asked(0)[:13]),
        lambda: until(programs.plain(), question),
        lambda: until(programs.questionary(), "Which?"),
        times=times,
    )
    return [
        Row("first question, guide kept", second, "ms", "bare Textual app", bare, 1.25),
        Row("first question, first run", first, "ms", "bare Textual app", bare),
        Row("first question, guide kept", second, "ms", "bare app, YAML + pydantic", stand_in),
        Row("first question, first run", first, "ms", "bare app, YAML + pydantic", stand_in),
        Row("first question, plain lines", lines, "ms", "questionary's select", select),
    ]


def interview_rows(programs: Programs, steps: list[Step], *, rounds: int) -> list[Row]:
    """Go through whole interviews, press by press beside the bare app, and then record one."""
    with programs.assistant(programs.kept) as ours, programs.bare() as bare:
        ours.shown(steps[0].shows)
        bare.shown(asked(0)[:13])
        ours.settle()
        bare.settle()
        pressed, updated, grown = _presses(ours, bare, steps, rounds)
        memory = [Figures((terminal.peak_memory(),)) for terminal in (ours, bare)]
        saved = [ours.pressed(keys, shows) for keys, shows in FORM]
        after_record = Figures((ours.peak_memory(),))
    return [
        Row("key press to next question", pressed, "ms", "bare app, all updated", updated, 1.5),
        Row("key press to next question", pressed, "ms", "bare app, two lines more", grown),
        Row("last field to “Recorded”", Figures((saved[-1],)), "ms", "bare app, a key", updated),
        Row("peak memory, interview", memory[0], "MB", "bare app, same keys", memory[1], 1.4),
        Row("peak memory, and recorded", after_record, "MB", "bare app, same keys", memory[1]),
    ]


def _presses(ours: Terminal, bare: Terminal, steps: list[Step], rounds: int) -> tuple[Figures, ...]:
    """Answer to the end and go back, `rounds` over, ending at the end; time only the answers."""
    number = count(1)

    def bare_pressed(key: str) -> float:
        return bare.pressed(key, asked(next(number))[:13])

    times: list[list[Figures]] = []
    for turn in range(rounds):
        for step, after in pairwise(steps):
            press = partial(ours.pressed, step.key, after.shows)
            bare_presses = (partial(bare_pressed, key) for key in (UPDATE, GROW))
            times.append(in_turns(press, *bare_presses, times=1))
        for step in reversed(steps[:-1]) if turn + 1 < rounds else ():
            ours.pressed(BACK, step.shows)
    return tuple(Figures(tuple(f.middle for f in side)) for side in zip(*times, strict=True))
