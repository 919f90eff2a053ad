"""Begins what was chosen at the home of practice, the same in every front end."""

from collections.abc import Callable, Mapping

from assistant.interview.practice.given import GivenClass
from assistant.interview.practice.places import Session
from assistant.interview.practice.room import PracticeRoom


def begun(
    room: PracticeRoom, does: tuple[str, ...], given: GivenClass | None = None
) -> Session | None:
    """Give the session that a choice of `home_choices` stands for, None where there is none now."""
    verb, *rest = does
    begins: Mapping[str, Callable[[], Session | None]] = {
        "class": lambda: room.taking_part(given.found) if given else None,
        "learn": room.learn,
        "drill": room.drill,
        "test": room.test,
        "last_test": lambda: room.last_test,
    }
    return begins.get(verb, lambda: _left(room, rest))()


def _left(room: PracticeRoom, sessions: list[str]) -> Session | None:
    """Give the session left that is named, or the latest."""
    lefts = room.lefts
    named = (left for left in lefts if left.sitting.session in sessions)
    return next(named, next(iter(lefts), None))
