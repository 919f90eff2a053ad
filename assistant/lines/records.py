"""Records in lines: hear, correct, withdraw, go on, memo."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from assistant.cases.entries import (
    NOT_THE_RECORD,
    EntryLine,
    corrected_by,
    entry_answers,
    entry_fields,
    history_lines,
    in_short,
    line_of,
    local_time,
    marks,
    recorded_group,
    refusal,
    said_of_number,
    view_of,
    waiting_words,
)
from assistant.cases.forms import WARNING, Correction, PreviousEntry, WithdrawalForm
from assistant.cases.view import View
from assistant.commands import Command, Where, command_typed, typed_words
from assistant.errors import RecordsError
from assistant.guide.model import Guide
from assistant.lines.dialogue import RecordForm, asked_shortly, named
from assistant.lines.interview import Interview
from assistant.records.entry import Entry, EntrySummary
from assistant.services import Services

if TYPE_CHECKING:
    from assistant.records.entry import Recorded


NONE_YET = "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
"""Said instead of an empty list."""


def listed(
    guide: Guide, entries: Iterable[EntrySummary], corrected: Mapping[int, int] | None = None
) -> Iterator[str]:
    """Give one sentence an entry; `corrected` tells by number which entry one corrects."""
    for entry in entries:
        group = recorded_group(guide, entry.chosen)
        said = marks(entry, (corrected or {}).get(entry.seq, 0))
        marked = f" ({said})" if said else ""
        yield (
            f"Entry {entry.seq}, {local_time(entry.when)}, case {entry.case_number},"
            f" {entry.service} for {entry.whom}: {group}{marked}."
        )


def whole(guide: Guide, number: int, entry: Entry) -> Iterator[str]:
    """Give everything an entry holds."""
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: {value}"
    answers = entry_answers(guide, entry)
    for count, (asked, said) in enumerate(answers, start=1):
        yield f"Answer {count}. {asked} {said}."
    yield NOT_THE_RECORD


def with_history(guide: Guide, one: "Recorded", line: "list[Recorded]") -> Iterator[str]:
    """Give everything an entry holds, and before it what became of it, where anything did.

    Of what is no entry, it says what that is.
    """
    if not isinstance(one.record, Entry):
        yield said_of_number(guide, one.seq, line)
        return
    if len(line) > 1:
        yield from history_lines(line, guide)
    yield from whole(guide, one.seq, one.record)


FEW = 10
"""How many entries are given at a time."""


def records(services: Services, number: str = "") -> Iterator[str]:
    """Give the newest entries, or the whole of the one with a number; or why that cannot be."""
    try:
        yield from _one(services, int(number)) if number else _newest(services)
    except RecordsError as error:
        yield str(error)


def standing(services: Services, number: int) -> EntryLine:
    """Give the line of an entry that can be corrected; raises `RecordsError` for any other."""
    line = line_of(services.open_records(), number)
    refused = refusal(line, number)
    if refused:
        raise RecordsError(refused, mend=f"Type r {line.now.seq} to hear it as it now is.")
    return line


def memo_of(services: Services, number: int) -> Iterator[str]:
    """Give the memo of an entry, without its case number."""
    from assistant.cases.entries import entry_memo  # noqa: PLC0415 - when asked for

    store = services.open_records()
    line = line_of(store, number)
    text = entry_memo(services.loaded, number, store.get(number), line=line)
    return (line for line in text.splitlines() if line)


def memo(view: View) -> Iterator[str]:
    """Give a memo of the reasons, without a case number."""
    return (line for line in view.memo_text().splitlines() if line)


def save_memo(services: Services, view: View, case_number: str) -> Iterator[str]:
    """Save the memo, and say where; or why that cannot be."""
    try:
        path = services.memos.save(services.now(), view.memo_text(case_number))
    except RecordsError as error:
        yield str(error)
    else:
        yield f"Saved {path.name} in {path.parent}"


def _newest(services: Services) -> Iterator[str]:
    store = services.open_records()
    entries = store.page(None, FEW)
    yield from listed(services.loaded.guide, entries, corrected_by(store, entries))
    if entries:
        yield f"Newest first. Type r and a number, such as r {entries[0].seq}, for a whole entry."
    else:
        yield NONE_YET
    if waiting := waiting_words(store):
        yield waiting


def _one(services: Services, number: int) -> Iterator[str]:
    store = services.open_records()
    one = store.record(number)
    yield from with_history(services.loaded.guide, one, store.history(number))
    if isinstance(one.record, Entry):
        yield _what_can_be_done(line_of(store, number), number)


def _what_can_be_done(line: EntryLine, number: int) -> str:
    """Name the commands that an entry can still be given."""
    refused = refusal(line, number)
    if not refused:
        return f"Type correct, withdraw, go on or memo to do something with entry {number}."
    now = f", or r {line.now.seq} to hear that one" if line.now.seq != number else ""
    return f"{refused} Type memo for its memo{now}."


_LEAVE = "Type back to leave the entry as it is."


class WithdrawForm:
    """Asks why an entry is withdrawn, and for a yes; `state` turns to `left` or `recorded`."""

    hidden = False

    def __init__(self, services: Services, line: EntryLine) -> None:
        self._services = services
        self._line = line
        self._why = ""
        self._form = WithdrawalForm(services, line.now)
        self.state: Literal["open", "left", "recorded"] = "open"

    def opening(self) -> Iterator[str]:
        """Name the entry, and ask why."""
        yield in_short(self._services.loaded.guide, self._line)
        yield f"{self._form.fields[0].asking} {_LEAVE}"

    def hear(self, typed: str) -> Iterator[str]:
        """Take the reason, the last yes, or the word back."""
        if command_typed(typed)[0] == Command.BACK:
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
        wrong = [problem.message for problem in self._form.problems({"why": typed})]
        yield from wrong
        if wrong:
            yield f"{self._form.fields[0].asking} {_LEAVE}"
        else:
            self._why = typed.strip()
            yield f"To be withdrawn, since: {self._why}"
            yield self._last_question

    def _withdraw(self) -> Iterator[str]:
        try:
            yield self._form.save({"why": self._why})
            self.state = "recorded"
        except RecordsError as error:
            yield f"Not withdrawn. {error}"
            yield f"Type yes to try again. {_LEAVE}"


class CorrectForm(RecordForm):
    """Asks for every field of an entry as it was recorded, and why it changes."""

    def __init__(self, services: Services, before: PreviousEntry, view: View) -> None:
        recording = Correction(services, before)
        typed: dict[str, str] = {}
        super().__init__(services, view, typed, recording)
        self._seq = before.seq
        self._more = any(typed[name] for name in recording.more)
        self._fields = named(recording.asked(typed, more=self._more))

    def opening(self) -> Iterator[str]:
        """Say what is to be done, and ask for the first field."""
        yield f"Correct entry {self._seq}. Its answers stay; to change those, type go on {self._seq}."
        yield WARNING
        yield from self.asked()

    def asked(self) -> Iterator[str]:
        """Ask for what is missing; a reason only where the group typed needs one."""
        self._fields = named(self._recording.asked(self._typed, more=self._more))
        yield from super().asked()

    @property
    def _chosen(self) -> str:
        return recorded_group(self._services.loaded.guide, self._recording.chosen(self._typed))

    def _ask_for_more(self) -> Iterator[str]:
        self._more = True
        self._at = list(named(self._recording.asked(self._typed, more=True))).index("status")
        yield from self.asked()

    def _save(self) -> Iterator[str]:
        wrong = [problem.message for problem in self._recording.problems(self._typed)]
        if wrong:
            yield from wrong
            yield _LEAVE
        else:
            yield from super()._save()


class EntryDesk:
    """Remembers which entry was heard last; `form` is what is being asked about one, if anything."""

    def __init__(self, services: Services, interview: Interview) -> None:
        self._services = services
        self._interview = interview
        self._heard = 0
        self.form: WithdrawForm | CorrectForm | None = None

    def records(self, number: str = "") -> Iterator[str]:
        """Give the newest entries, or the whole of one."""
        self._heard = int(number or self._heard)
        return self._page(records(self._services, number))

    def hear(self, form: WithdrawForm | CorrectForm, typed: str) -> Iterator[str]:
        """Take a line for a form; once it is done with, say what is still open."""
        yield from form.hear(typed)
        if form.state != "open":
            self.form = None
            yield asked_shortly(self._interview.view)

    def do(self, command: Command, number: str) -> Iterable[str]:
        """Do a command for the entry with a number, or for the one heard last."""
        self._heard = int(number or self._heard)
        if not self._heard:
            (word,) = typed_words(Where.ENTRIES)[command].words
            return self._page([f"Which entry? Type {word} and its number, such as {word} 3."])
        try:
            return list(self._done(command, self._heard))
        except RecordsError as error:
            return self._page([str(error)])

    def _done(self, command: Command, number: int) -> Iterator[str]:
        match command:
            case Command.CORRECT:
                return self._correct(number)
            case Command.WITHDRAW:
                return self._withdraw(number)
            case Command.GO_ON:
                return self._go_on(number)
            case _:
                return self._page(memo_of(self._services, number))

    def _correct(self, number: int) -> Iterator[str]:
        line = standing(self._services, number)
        self.form = CorrectForm(self._services, line.now, self._view_of(line))
        return self.form.opening()

    def _withdraw(self, number: int) -> Iterator[str]:
        self.form = WithdrawForm(self._services, standing(self._services, number))
        return self.form.opening()

    def _go_on(self, number: int) -> Iterator[str]:
        return self._interview.take_up(self._view_of(standing(self._services, number)))

    def _view_of(self, line: EntryLine) -> View:
        glossary, id_ = self._interview.view.glossary, self._services.new_id()
        return view_of(self._services.loaded, line.now.entry, glossary, id_, line.now.seq)

    def _page(self, lines: Iterable[str]) -> Iterator[str]:
        yield from lines
        yield asked_shortly(self._interview.view)
