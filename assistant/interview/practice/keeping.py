"""Keeps what one trainee answers, as long as there is a store to keep it in."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from assistant.errors import RecordsError
from assistant.interview.practice.alias import spelled
from assistant.interview.practice.lines import attempts_in, line_of
from assistant.records.practice_log import PracticeLog
from assistant.training.attempts import Attempt

SLOW = timedelta(seconds=1)
"""How long a store may take to fail before it is left alone for a while."""

PAUSE = timedelta(seconds=30)
"""How long a store that was slow to fail is left alone, so that practice does not stand still."""


class Keeping:
    """Everything answered under an alias; nothing here raises a `RecordsError`.

    `trouble` says why answers are not kept; they are tried again with the next, all of them.
    `alias` is spelled as it was when it was first used: capitals make nobody else of a trainee.
    """

    def __init__(
        self, open_log: Callable[[], PracticeLog], now: Callable[[], datetime], alias: str
    ) -> None:
        self.trouble = ""
        self._open_log = open_log
        self._now = now
        self.alias = alias
        self._unkept: dict[str, Attempt] = {}
        self._all: dict[str, Attempt] = {}
        self._paused_until: datetime | None = None
        self._is_read = False
        self._try("What you practised before cannot be read.", self._read)

    @property
    def attempts(self) -> list[Attempt]:
        """Everything answered, also what could not be kept yet."""
        return list(self._all.values())

    def keep(self, attempts: Iterable[Attempt]) -> None:
        """Keep the attempts that are new, with all that could not be kept before."""
        new = {attempt.id: attempt for attempt in attempts if attempt.id not in self._all}
        self._all |= new
        self._unkept |= new
        if self._paused_until is None or self._now() >= self._paused_until:
            self.keep_rest()

    def keep_rest(self) -> None:
        """Try once more to keep what could not be kept."""
        if self._unkept:
            self._try("Your answers are not being kept.", self._write)

    def _write(self) -> None:
        self._open_log().add(map(line_of, self._unkept.values()))
        self._unkept = {}
        if not self._is_read:
            self._read()

    def _read(self) -> None:
        log = self._open_log()
        if not self._all:
            self.alias = spelled(self.alias, log.aliases())
        texts = log.texts(alias=self.alias)
        before = {attempt.id: attempt for attempt in attempts_in(texts)}
        self._all = before | self._all
        self._is_read = True

    def _try(self, trouble: str, do: Callable[[], None]) -> None:
        """Do something with the store, or say why it could not be done."""
        begun = self._now()
        try:
            do()
        except RecordsError as error:
            self.trouble = f"{trouble} {error}"
            slow = self._now() - begun > SLOW
            self._paused_until = self._now() + PAUSE if slow else None
        else:
            self.trouble, self._paused_until = "", None
