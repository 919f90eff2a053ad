"""Where practice in lines begins and returns to: what can be begun, and what a class asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.interview.choice import Choice
from assistant.interview.practice.cards import home_choices, left_words, would_lose
from assistant.interview.practice.given import GivenClass, all_done, class_line
from assistant.interview.practice.helping import HOW
from assistant.interview.practice.places import Session
from assistant.interview.practice.room import TEST_LENGTH, PracticeRoom
from assistant.interview.practice.starting import begun
from assistant.plain.asking import numbered
from assistant.plain.commands import number_typed
from assistant.settings import Settings
from assistant.training.attempts import Mode
from assistant.training.exam import PASS_MARK, Exam

STOP, PROGRESS = ("stop",), ("progress",)
"""What leaving practice does, and hearing how one stands."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What practice opens with.

    An empty `alias` is asked for. Without `mode` and `given`, what can be begun is listed.
    `length` or `pass_mark` begin a test anew where one was left; `leave` is what leaving is called.
    `offers_class` lists the class given first, and begins nothing.
    """

    alias: str = ""
    mode: Mode | None = None
    length: int | None = None
    pass_mark: int | None = None
    given: GivenClass | None = None
    offers_class: bool = False
    leave: str = "Quit"


class Home:
    """What one alias can begin, and goes on with."""

    def __init__(self, room: PracticeRoom, wanted: Wanted, settings: Settings) -> None:
        self.room = room
        self._wanted = wanted
        self._shared = bool(settings.records_url)
        self._length = wanted.length or TEST_LENGTH
        self._pass_mark = wanted.pass_mark or PASS_MARK

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be begun now, in the order in which it is numbered."""
        offered = home_choices(self.room, self._length, self._wanted.given)
        progress = Choice(PROGRESS, "Progress: how you stand, and what to do next")
        return (*offered, progress, Choice(STOP, self._wanted.leave))

    def lines(self) -> Iterator[str]:
        """List what can be begun."""
        yield "What do you want to do?"
        yield from numbered(list(self.choices))
        yield "Type a number, or h for the commands."

    def meant(self, typed: str) -> tuple[str, ...] | None:
        """Give what a number or a word such as `drill` stands for, None for anything else."""
        choices, number = self.choices, number_typed(typed)
        if number is not None:
            return choices[number - 1].does if 0 < number <= len(choices) else None
        words = typed.strip().casefold()
        found = [
            choice.does for choice in choices if words in {choice.does[0], choice.label.casefold()}
        ]
        return found[0] if found else None

    def no_such(self) -> str:
        """Say that what was typed is nothing that can be begun."""
        return f"That is none of these. Type a number from 1 to {len(self.choices)}."

    def begin(self, does: tuple[str, ...]) -> Session | None:
        """Begin what was chosen, or go on with what was left; None where there is nothing any more."""
        if does == ("test",):
            return self.room.test(self._length, self._pass_mark)
        return begun(self.room, does, self._wanted.given)

    def would_lose(self, does: tuple[str, ...]) -> bool:
        """Tell whether what was chosen would end a test that was left half-way."""
        return does == ("test",) and would_lose(self.room)

    @property
    def wanted(self) -> tuple[str, ...] | None:
        """What practice was opened for, None where what can be begun is to be listed."""
        wanted = self._wanted
        if wanted.given and not wanted.offers_class:
            return ("class",)
        if wanted.mode is None:
            return None
        anew = wanted.length is not None or wanted.pass_mark is not None
        for left in () if anew else self.room.lefts:
            if left.sitting.mode == wanted.mode and not left.sitting.class_id:
                return ("go_on", left.sitting.session)
        return (wanted.mode,)

    def greeting(self, begun: Session | None) -> Iterator[str]:
        """Say what begins, or goes on."""
        given = self._wanted.given
        if given and begun is None:
            yield all_done(given.found)
            yield from self._hand_in(given)
        elif given and begun and begun.sitting.class_id == given.found.id:
            yield class_line(given.found)
            done = self.room.done_of(given.found)
            if done:
                yield f"You have answered {done} of its {len(given.found.stories)} stories."
        elif begun and self._was_left(begun):
            yield f"Going on with {left_words(begun, self.room.class_name(begun))}."
        if begun and not (isinstance(begun, Exam) and begun.finished):
            yield HOW[begun.sitting.mode]

    def farewell(self, session: Session) -> Iterator[str]:
        """Say what follows at the end of a session."""
        given = self._wanted.given
        if given and session.sitting.class_id == given.found.id:
            yield f"That was the last story of the class “{given.found.name}”."
            yield from self._hand_in(given)

    def _was_left(self, session: Session) -> bool:
        return session.sitting.session in {left.sitting.session for left in self.room.lefts}

    def _hand_in(self, given: GivenClass) -> Iterator[str]:
        if self._shared:
            yield "Your answers are in the shared records, where your trainer finds them."
        else:
            yield "To hand it in, type this command, and give the file that it writes to your trainer:"
            yield given.handing_in(self.room.alias)
