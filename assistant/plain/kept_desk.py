"""What a session can do with recorded entries: hear one, correct it, withdraw it, go on from it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.entries import view_of
from assistant.interview.entry_line import EntryLine
from assistant.interview.view import View
from assistant.plain import kept
from assistant.plain.asking import asked_shortly
from assistant.plain.interview import Interview
from assistant.plain.kept_forms import CorrectForm, WithdrawForm


class EntryDesk:
    """Remembers which entry was heard last; `form` is what is being asked about one, if anything."""

    def __init__(self, services: Services, interview: Interview) -> None:
        self._services = services
        self._interview = interview
        self._heard = 0
        self.form: WithdrawForm | CorrectForm | None = None

    @property
    def commands(self) -> Mapping[str, Callable[[str], Iterable[str]]]:
        """What can be typed: each takes an entry's number, or nothing for the one heard last."""
        deeds = {action: partial(self._do, action) for action in self._deeds}
        return {"records": self.records, **deeds}

    def records(self, number: str = "") -> Iterator[str]:
        """Give the newest entries, or the whole of one."""
        self._heard = int(number or self._heard)
        return self._page(kept.records(self._services, number))

    def hear(self, form: WithdrawForm | CorrectForm, typed: str) -> Iterator[str]:
        """Take a line for a form; once it is done with, say what is still open."""
        yield from form.hear(typed)
        if form.state != "open":
            self.form = None
            yield asked_shortly(self._interview.view)

    @property
    def _deeds(self) -> Mapping[str, Callable[[int], Iterable[str]]]:
        return {
            "correct": self._correct,
            "withdraw": self._withdraw,
            "go on": self._go_on,
            "memo": lambda number: self._page(kept.memo_of(self._services, number)),
        }

    def _do(self, action: str, number: str) -> Iterable[str]:
        self._heard = int(number or self._heard)
        if not self._heard:
            return self._page([f"Which entry? Type {action} and its number, such as {action} 3."])
        try:
            return list(self._deeds[action](self._heard))
        except RecordsError as error:
            return self._page([str(error)])

    def _correct(self, number: int) -> Iterator[str]:
        line = kept.standing(self._services, number)
        self.form = CorrectForm(self._services, line.now, self._view_of(line))
        return self.form.opening()

    def _withdraw(self, number: int) -> Iterator[str]:
        self.form = WithdrawForm(self._services, kept.standing(self._services, number))
        return self.form.opening()

    def _go_on(self, number: int) -> Iterator[str]:
        return self._interview.take_up(self._view_of(kept.standing(self._services, number)))

    def _view_of(self, line: EntryLine) -> View:
        glossary, id_ = self._interview.view.glossary, self._services.new_id()
        return view_of(self._services.loaded, line.now.entry, glossary, id_, line.now.seq)

    def _page(self, lines: Iterable[str]) -> Iterator[str]:
        yield from lines
        yield asked_shortly(self._interview.view)
