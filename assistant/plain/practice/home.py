"""Where practice in lines begins and returns to: what can be begun, and what a class asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.interview.cards import Choice
from assistant.interview.practice.cards import home_choices, left_words
from assistant.interview.practice.places import Session
from assistant.interview.practice.room import TEST_LENGTH, PracticeRoom
from assistant.plain.asking import numbered
from assistant.plain.commands import number_typed
from assistant.plain.practice.lines import HOW
from assistant.settings import Settings
from assistant.training.attempts import Mode
from assistant.training.classes import ClassFile
from assistant.training.exam import PASS_MARK, Exam

STOP, PROGRESS = ("stop",), ("progress",)
"""What leaving practice does, and hearing how one stands."""

_REPORT = ("report",)
"""The trainer's report is a command of its own, and no part of a trainee's lines."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What practice opens with.

    An empty `alias` is asked for. Without `mode` and `class_file`, what can be begun is listed.
    `length` or `pass_mark` begin a test anew where one was left; `leave` is what leaving is called.
    """

    alias: str = ""
    mode: Mode | None = None
    length: int | None = None
    pass_mark: int | None = None
    class_file: ClassFile | None = None
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
        offered = home_choices(self.room.left, self._length)
        begun = [choice for choice in offered if choice.does != _REPORT]
        progress = Choice(PROGRESS, "Progress: how you stand, and what to do next")
        return (*begun, progress, Choice(STOP, self._wanted.leave))

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
            choice.does for choice in choices if words in (*choice.does, choice.label.casefold())
        ]
        return found[0] if found else None

    def no_such(self) -> str:
        """Say that what was typed is nothing that can be begun."""
        return f"That is none of these. Type a number from 1 to {len(self.choices)}."

    def begin(self, what: str) -> Session:
        """Begin in a mode, or go on with what was left."""
        left = self.room.left if what == "go_on" else None
        if left:
            return left
        if what == "drill":
            return self.room.drill()
        if what == "test":
            return self.room.test(self._length, self._pass_mark)
        return self.room.learn()

    def wanted_session(self) -> Session | None:
        """Give the session that practice opens with: the one that was left, where it is of that kind.

        None where a list is to be shown, or a class is all done. Raises `UsageError` for a class
        that is not the same here as for everyone else.
        """
        wanted = self._wanted
        if wanted.class_file:
            return self.room.in_class(wanted.class_file)
        if wanted.mode is None:
            return None
        left = self.room.left
        anew = wanted.length is not None or wanted.pass_mark is not None
        same = left and left.sitting.mode == wanted.mode and not left.sitting.class_id
        return left if same and not anew else self.begin(wanted.mode)

    def greeting(self, begun: Session | None) -> Iterator[str]:
        """Say what begins, or goes on."""
        found = self._wanted.class_file
        if found:
            yield class_line(found)
            done = self._done(found)
            if done:
                yield f"You have answered {done} of its {len(found.stories)} stories."
            if begun is None:
                yield from self._hand_in()
        elif begun and self._was_left(begun):
            yield f"Going on with {left_words(begun)}."
        if begun and not (isinstance(begun, Exam) and begun.finished):
            yield HOW[begun.sitting.mode]

    def farewell(self, session: Session) -> Iterator[str]:
        """Say what follows at the end of a session."""
        found = self._wanted.class_file
        if found and session.sitting.class_id == found.id:
            yield f"That was the last story of the class “{found.name}”."
            yield from self._hand_in()

    def _was_left(self, session: Session) -> bool:
        left = self.room.left
        return left is not None and left.sitting.session == session.sitting.session

    def _done(self, found: ClassFile) -> int:
        mine = {made.story for made in self.room.attempts if made.class_id == found.id}
        return len(mine & set(found.stories))

    def _hand_in(self) -> Iterator[str]:
        if self._shared:
            yield "Your answers are in the shared records, where your trainer finds them."
        else:
            yield (
                "To hand it in, write your results to a file and give that to your trainer:"
                " service-group training results --class CLASS-FILE --output RESULTS-FILE"
            )


def class_line(found: ClassFile) -> str:
    """Say in a sentence what a class is."""
    count = len(found.stories)
    stories = "one story" if count == 1 else f"{count} stories"
    if found.mode == "test":
        return f"Class “{found.name}”: a test of {stories}; the pass mark is {found.pass_mark}%."
    return f"Class “{found.name}”: {found.mode}, with {stories}."
