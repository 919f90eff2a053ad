"""Practice in lines: fed what was typed, it gives what is said, and touches no terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from assistant.bootstrap import Services, practice_room
from assistant.interview.choice import Choice
from assistant.interview.practice.alias import ASK, alias_refusal
from assistant.interview.practice.cards import KEEP_TEST, LOST, NEW_TEST
from assistant.interview.practice.places import Session
from assistant.plain.asking import numbered
from assistant.plain.commands import command_typed, number_typed
from assistant.plain.practice.commands import COMMANDS, practice_commands
from assistant.plain.practice.home import PROGRESS, STOP, Home, Wanted
from assistant.plain.practice.progress import progress_lines
from assistant.plain.practice.sitting import Sitting
from assistant.plain.practice.words import word_meanings

MOST_TYPED = 500
"""Longest line that is looked at, in characters."""


class PracticeSession:
    """Hears one line at a time; `ended` tells that nothing more is heard, `quits` that all is to end."""

    def __init__(self, services: Services, wanted: Wanted) -> None:
        self._services = services
        self._wanted = wanted
        self._home: Home | None = None
        self._sitting: Sitting | None = None
        self._making_sure: tuple[str, ...] = ()
        self._trouble = ""
        self.ended = self.quits = False

    @property
    def hidden(self) -> bool:
        """Tell that nothing typed here has to be kept unsaid."""
        return False

    @property
    def session(self) -> Session | None:
        """The session that is open; None before there is one, and at the list of what there is."""
        return self._sitting.session if self._sitting else None

    def opening(self) -> list[str]:
        """Give what is said before anything is typed; raises `AssistantError` for an unusable class."""
        self.ended = self.quits = False
        return list(self._opening())

    def hear(self, typed: str) -> list[str]:
        """Take one line, and give what is said to it, in paragraphs."""
        return [*self._heard(typed), *self._trouble_now()]

    def leaving(self, lead: str = "") -> list[str]:
        """End practice, and say what becomes of the answers."""
        self.ended = self.quits = True
        return [f"{lead}{self._leaving_words()}"]

    @property
    def _commands(self) -> Mapping[str, Callable[[Home], Iterable[str]]]:
        return {
            "why": self._why,
            "again": self._again,
            "unsure": self._unsure,
            "words": self._words,
            "progress": self._progress,
            "back": self._back,
            "help": self._help,
        }

    def _opening(self) -> Iterator[str]:
        yield "Practice, in plain lines. Type h to hear what can be typed."
        alias = self._home.room.alias if self._home else self._wanted.alias
        yield from self._enter(alias) if alias else ASK.split("\n")

    def _heard(self, typed: str) -> Iterator[str]:
        command = command_typed(typed, COMMANDS)
        if len(typed) > MOST_TYPED:
            yield f"That line is too long: at most {MOST_TYPED} characters. Type it again."
        elif command == ("quit", ""):
            yield from self.leaving()
        elif self._home is None:
            yield from self._alias_heard(typed, back=command == ("back", ""))
        elif self._making_sure:
            yield from self._sure_heard(self._home, typed, back=command == ("back", ""))
        elif command:
            yield from self._commands[command[0]](self._home)
        elif self._sitting:
            yield from self._sitting.take(typed) if typed.strip() else self._sitting.enter()
            yield from self._home_if_over(self._home)
        else:
            yield from self._choose(self._home, typed)

    def _alias_heard(self, typed: str, *, back: bool) -> Iterator[str]:
        refused = "" if back else alias_refusal(typed.strip())
        if back:
            yield from self._leave()
        elif refused:
            yield f"{refused} Type another, or q to leave."
        else:
            yield from self._enter(typed.strip())

    def _enter(self, alias: str) -> Iterator[str]:
        """Go in under an alias, to the session that was asked for or to the list of what there is."""
        home = self._home = self._home or Home(
            practice_room(self._services, alias), self._wanted, self._services.settings
        )
        new = "" if home.room.attempts or home.room.trouble else " This alias is new here."
        yield f"You practise as {home.room.alias}.{new}"
        yield from self._trouble_now()
        if home.wanted:
            yield from self._begin(home, home.wanted, greets=True)
        else:
            yield from home.lines()

    def _begin(
        self, home: Home, does: tuple[str, ...], *, greets: bool = False, sure: bool = False
    ) -> Iterator[str]:
        """Begin what was chosen; where that would end a test that was left, ask first."""
        if home.would_lose(does) and not sure:
            self._making_sure = does
            yield from _sure_lines()
            return
        begun = home.begin(does)
        if greets or does[0] == "class":
            yield from home.greeting(begun)
        if begun:
            yield from self._sit(home, begun)
        else:
            yield from self._go_home(home)

    def _sure_heard(self, home: Home, typed: str, *, back: bool) -> Iterator[str]:
        number, does = number_typed(typed), self._making_sure
        if number not in {1, 2} and not back:
            yield from _sure_lines()
            return
        self._making_sure = ()
        if number == 1:
            yield from self._begin(home, does, sure=True)
        else:
            yield from self._go_home(home)

    def _sit(self, home: Home, session: Session) -> Iterator[str]:
        self._sitting = Sitting(home.room, session)
        yield ""
        yield from self._sitting.now()
        yield from self._home_if_over(home)

    def _home_if_over(self, home: Home) -> Iterator[str]:
        if self._sitting and self._sitting.over:
            yield from home.farewell(self._sitting.session)
            yield from self._go_home(home)

    def _go_home(self, home: Home) -> Iterator[str]:
        self._sitting = None
        yield ""
        yield from home.lines()

    def _choose(self, home: Home, typed: str) -> Iterator[str]:
        if not typed.strip():
            yield from home.lines()
            return
        chosen = home.meant(typed)
        if chosen is None:
            yield home.no_such()
        elif chosen == STOP:
            yield from self._leave()
        elif chosen == PROGRESS:
            yield from self._progress(home)
        else:
            yield from self._begin(home, chosen)

    def _back(self, home: Home) -> Iterator[str]:
        if self._sitting:
            session = self._sitting.session
            yield "Left; it is kept."
            home.room.leave(session)
            if home.room.is_over(session):
                yield from home.farewell(session)
            yield from self._go_home(home)
        else:
            yield from self._leave()

    def _leave(self) -> Iterator[str]:
        self.ended = True
        yield self._leaving_words()

    def _why(self, home: Home) -> Iterator[str]:
        said = list(self._sitting.help()) if self._sitting else []
        yield from self._beside(said) if said else self._help(home)

    def _unsure(self, home: Home) -> Iterator[str]:
        if self._sitting:
            yield from self._sitting.unsure()
            yield from self._home_if_over(home)
        else:
            yield home.no_such()

    def _words(self, home: Home) -> Iterator[str]:
        yield from (
            self._beside(word_meanings(self._sitting.session))
            if self._sitting
            else self._help(home)
        )

    def _again(self, home: Home) -> Iterator[str]:
        yield from self._sitting.now() if self._sitting else home.lines()

    def _help(self, _: Home) -> Iterator[str]:
        yield from self._beside(practice_commands(self.session))

    def _progress(self, home: Home) -> Iterator[str]:
        yield from self._beside(progress_lines(home.room.progress(), home.room.waiting))

    def _beside(self, lines: Iterable[str]) -> Iterator[str]:
        """Say something beside what is open, and then what that is."""
        yield from lines
        yield self._sitting.shortly() if self._sitting else "Press Enter to hear what there is."

    def _trouble_now(self) -> Iterator[str]:
        """Say why answers are not kept, once each time that it begins or changes."""
        now = self._home.room.trouble if self._home else ""
        before, self._trouble = self._trouble, now
        if now and now != before:
            yield now

    def _leaving_words(self) -> str:
        if self._home is None:
            return "Nothing was practised."
        if self._home.room.trouble:
            return self._home.room.trouble
        return "What you answered is kept. Practice can go on where you left it."


def _sure_lines() -> Iterator[str]:
    yield LOST
    yield from numbered([Choice(("new",), NEW_TEST), Choice(("keep",), KEEP_TEST)])
    yield "Type 1 or 2."
