"""Withdraws or corrects a recorded entry by asking; nothing is kept before a last yes."""

from collections.abc import Iterator
from typing import Literal

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.correcting import Correcting
from assistant.interview.entries import recorded_group
from assistant.interview.entries_withdrawing import WHY, in_short, why_wrong
from assistant.interview.entry_line import EntryLine
from assistant.interview.form_fields import MORE
from assistant.interview.recording import WARNING, Before
from assistant.interview.view import View
from assistant.interview.withdrawing import withdraw
from assistant.plain.commands import command_typed
from assistant.plain.form import RecordForm

_LEAVE = "Type back to leave the entry as it is."


class WithdrawForm:
    """Asks why an entry is withdrawn, and for a yes; `state` turns to `left` or `recorded`."""

    hidden = False

    def __init__(self, services: Services, line: EntryLine) -> None:
        self._services = services
        self._line = line
        self._why = ""
        self._id = services.new_id()
        self.state: Literal["open", "left", "recorded"] = "open"

    def opening(self) -> Iterator[str]:
        """Name the entry, and ask why."""
        yield in_short(self._services.loaded.guide, self._line)
        yield f"{WHY} {_LEAVE}"

    def hear(self, typed: str) -> Iterator[str]:
        """Take the reason, the last yes, or the word back."""
        if command_typed(typed) == ("back", ""):
            self.state = "left"
            yield "Nothing was withdrawn."
        elif not self._why:
            yield from self._take(typed)
        elif typed.strip().casefold() == "yes":
            yield from self._withdraw()
        else:
            yield f"Nothing is withdrawn yet. {self._last_question}"

    @property
    def _last_question(self) -> str:
        return f"Type yes to withdraw entry {self._line.now.seq}. {_LEAVE}"

    def _take(self, typed: str) -> Iterator[str]:
        wrong = why_wrong(typed)
        yield from wrong
        if wrong:
            yield f"{WHY} {_LEAVE}"
        else:
            self._why = typed.strip()
            yield f"To be withdrawn, since: {self._why}"
            yield self._last_question

    def _withdraw(self) -> Iterator[str]:
        services, now = self._services, self._services.now()
        try:
            yield withdraw(
                self._line.now,
                self._why,
                id_=self._id,
                when=now,
                open_records=services.open_records,
            )
            self.state = "recorded"
        except RecordsError as error:
            yield f"Not withdrawn. {error}"
            yield f"Type yes to try again. {_LEAVE}"


class CorrectForm(RecordForm):
    """Asks for every field of an entry as it was recorded, and why it changes."""

    def __init__(self, services: Services, before: Before, view: View) -> None:
        recording = Correcting(services.loaded.guide, before, services.new_id())
        typed: dict[str, str] = {}
        super().__init__(services, view, typed, recording)
        self._seq = before.seq
        self._more = any(typed[name] for name in MORE)
        self._fields = recording.fields(typed, more=self._more)

    def opening(self) -> Iterator[str]:
        """Say what is to be done, and ask for the first field."""
        yield f"Correct entry {self._seq}. Its answers stay; to change those, type go on {self._seq}."
        yield WARNING
        yield from self.asked()

    def asked(self) -> Iterator[str]:
        """Ask for what is missing; a reason only where the group typed needs one."""
        self._fields = self._recording.fields(self._typed, more=self._more)
        yield from super().asked()

    @property
    def _chosen(self) -> str:
        return recorded_group(self._services.loaded.guide, self._recording.chosen(self._typed))

    def _ask_for_more(self) -> Iterator[str]:
        self._more = True
        self._at = list(self._recording.fields(self._typed, more=True)).index(MORE[0])
        yield from self.asked()

    def _save(self) -> Iterator[str]:
        today = self._services.now().astimezone().date()
        wrong = [problem.message for problem in self._recording.problems(self._typed, today)]
        if wrong:
            yield from wrong
            yield _LEAVE
        else:
            yield from super()._save()
