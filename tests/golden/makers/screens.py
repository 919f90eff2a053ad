"""Screens as text: each walk through the app is a window, the keys pressed, and where to look."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, at_work

Start = Callable[[], Services]
"""Makes what the app works with; each call is another start of it."""

Keys = tuple[str, ...]


class Text(str):
    """What is typed at one go, faster than the screen can follow."""

    __slots__ = ()


class Look(str):
    """The name under which the screen is kept as it is at this step."""

    __slots__ = ()


ADOPTION: Keys = ("1", "3", "1")
"""No investigation, the goal is adoption, not FINS: the documents settle it."""

HOME: Keys = ("1", "1", "1", "4")
"""No investigation, the goal is the return home, not FINS, out of home."""

DEPENDS: Keys = ("4", "8", "1")
"""The investigation ended, no goal, not sure whether there is a plan, in-home."""

REFER: Keys = ("1", "6", "1")
"""Another goal: no group is named."""

FILLED: Keys = (Text("0042"), "enter", Text("child 1"), "enter", Text("home study"), "ctrl+s")
"""A record form from its first field to its end."""

RECORDED: Keys = (*ADOPTION, "1", *FILLED)
ELSEWHERE: Keys = (*ADOPTION, "2", "6", *FILLED[:-1], "tab", "1", "ctrl+s")
"""Another group than the recommended one, since the supervisor decided."""

ENTRIES: Keys = (*RECORDED, "1", *ELSEWHERE, "q")
ALIAS: Keys = ("d", Text("blue-heron"), "enter")
ANSWERS: Keys = tuple("1627384152")
"""One to each story of a test; no key twice in a row, which would be taken for one held down."""


@dataclass(frozen=True)
class Walk:
    """A window, keys with the looks among them, and the keys of the starts before this one."""

    size: tuple[int, int]
    steps: Keys
    earlier: tuple[Keys, ...] = ()

    @property
    def looks(self) -> list[str]:
        """The names of the screens that it shows."""
        return [step for step in self.steps if isinstance(step, Look)]


WALKS = {
    "changing": Walk(
        USUAL,
        (
            *(*HOME, "c", Look("change"), "2", Look("change_one"), "3", Look("changed")),
            *("n", Look("new_interview")),
        ),
    ),
    "depends": Walk(WIDE, (*DEPENDS, Look("depends"), "3", Look("record_unresolved"))),
    "depends_small": Walk(SMALL, (*DEPENDS, Look("depends_small"))),
    "drafts": Walk(USUAL, (Look("drafts_waiting"), "u", Look("drafts")), (("1", "q"), ("2", "q"))),
    "drill": Walk(
        USUAL,
        (
            *("d", Look("alias"), Text("Ann Smith"), "enter", Look("alias_refused"), "escape"),
            *(*ALIAS, Look("practice"), "5", Look("report_nobody"), "escape"),
            *("2", Look("drill_story"), "question_mark", Look("drill_help"), "escape"),
            *("1", Look("drill_answer"), "n", "2", "n", "escape", Look("practice_left")),
        ),
    ),
    "drill_small": Walk(SMALL, (*ALIAS, "2", Look("drill_story_small"), "8", Look("drill_wrong"))),
    "entries": Walk(
        USUAL,
        (
            *("r", Look("records"), "f", Look("records_filter"), "escape"),
            *("s", Look("records_summary"), "escape", "enter", Look("entry")),
            *("h", Look("entry_history"), "escape", "e", Look("entry_correct"), "escape"),
            *("x", Look("entry_withdraw")),
        ),
        (ENTRIES,),
    ),
    "interview": Walk(
        USUAL,
        (
            *(Look("first_question"), "question_mark", Look("help"), "escape"),
            *("w", Look("glossary"), "escape", "p", Look("palette"), "escape"),
            *("r", Look("records_empty"), "escape", "1", "1", Look("later_question")),
            *("v", Look("tree"), "escape", "1", "4", Look("result_reunification")),
        ),
    ),
    "interview_small": Walk(
        SMALL,
        (
            *(Look("first_question_small"), "1", "o", Look("groups_small"), "escape"),
            *("3", "1", Look("result_settled_small"), "1", Look("record_form_small")),
        ),
    ),
    "interview_wide": Walk(
        WIDE,
        (
            *(Look("first_question_wide"), "1", "2", "2", Look("later_question_wide")),
            *("question_mark", Look("help_wide"), "escape", "1", "1", Look("result_judgement")),
        ),
    ),
    "learning": Walk(USUAL, (*ALIAS, "1", Look("learn"), "1", Look("learn_answer"))),
    "looking_up": Walk(
        USUAL,
        (
            *("l", Look("lookup"), Text("trial home visit"), Look("lookup_found")),
            *("enter", Look("lookup_taken")),
        ),
    ),
    "looking_up_wide": Walk(WIDE, ("l", Text("guardianship"), Look("lookup_wide"))),
    "recording": Walk(
        USUAL,
        (
            *(*ADOPTION, Look("result_settled"), "1", Look("record_form")),
            *(Text("12a"), "ctrl+s", Look("record_error"), *["backspace"] * 3),
            *(*FILLED, Look("recorded")),
        ),
    ),
    "recording_otherwise": Walk(
        WIDE,
        (
            *(*ADOPTION, "2", Look("record_other_group"), "6", Look("record_form_other")),
            *("ctrl+o", Look("record_form_more")),
        ),
    ),
    "referring": Walk(USUAL, (*REFER, Look("refer"))),
    "reporting": Walk(
        WIDE, (*ALIAS, "2", "1", Look("drill_answer_wide"), "n", "2", "escape", "5", Look("report"))
    ),
    "testing": Walk(
        USUAL,
        (
            *(*ALIAS, "3", Look("test_start"), "enter", Look("test_story")),
            *(*ANSWERS[:3], Look("test_answer"), *ANSWERS[3:], Look("test_review")),
            *("h", Look("test_hand_in"), "1", Look("test_end")),
        ),
    ),
    "typing": Walk(
        USUAL, ("1", "slash", Text("home"), Look("typed"), "enter", Look("typed_unclear"))
    ),
}
"""Every walk by a name of its own; the screens have the names of their looks."""


async def screen_texts(walk: Walk, start: Start) -> dict[str, str]:
    """Return what stands on each screen looked at, under the window and the keys that lead there."""
    for minute, keys in enumerate(walk.earlier):
        await _walked(start(), walk.size, keys, minute)
    return await _walked(start(), walk.size, walk.steps, len(walk.earlier))


async def _walked(
    services: Services, size: tuple[int, int], steps: Keys, minute: int
) -> dict[str, str]:
    """Press keys, so many minutes later, and return the screens looked at by name."""
    now = services.now() + timedelta(minutes=minute)
    columns, rows = size
    pressed: list[str] = []
    seen: dict[str, str] = {}
    async with at_work(replace(services, now=lambda: now), size) as worker:
        for step in steps:
            if isinstance(step, Look):
                keys = " ".join(pressed) or "at the start"
                seen[step] = f"{columns} x {rows}: {keys}\n{'=' * columns}\n{worker.text}\n"
            elif isinstance(step, Text):
                await worker.type(step)
                pressed.append(f"“{step}”")
            else:
                await worker.press(step)
                pressed.append(step)
    return seen
