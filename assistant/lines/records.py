"""Records in lines: hear, correct, withdraw, go on, memo."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

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
    waiting_words,
)
from assistant.cases.forms import (
    KEPT_TYPED,
    Correction,
    EntryForm,
    NewEntry,
    PreviousEntry,
    SavedEntry,
    WithdrawalForm,
)
from assistant.cases.view import View
from assistant.engine.verdict import headline
from assistant.errors import RecordsError
from assistant.guide.model import Guide
from assistant.lines.dialogue import Back, Dialogue, answer_lines, fill
from assistant.records.entry import Entry, EntrySummary
from assistant.services import Services

if TYPE_CHECKING:
    from assistant.records.entry import Recorded


NONE_YET = "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
"""Said instead of an empty list."""


def listed(
    guide: Guide, entries: Iterable[EntrySummary], corrected: Mapping[int, int] | None = None
) -> Iterator[str]:
    """Return one sentence an entry; `corrected` tells by number which entry one corrects."""
    for entry in entries:
        group = recorded_group(guide, entry.chosen)
        said = marks(entry, (corrected or {}).get(entry.seq, 0))
        marked = f" ({said})" if said else ""
        yield (
            f"Entry {entry.seq}, {local_time(entry.when)}, case {entry.case_number},"
            f" {entry.service} for {entry.whom}: {group}{marked}."
        )


def whole(guide: Guide, number: int, entry: Entry) -> Iterator[str]:
    """Return everything an entry holds."""
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: {value}"
    answers = entry_answers(guide, entry)
    for count, (asked, said) in enumerate(answers, start=1):
        yield f"Answer {count}. {asked} {said}."
    yield NOT_THE_RECORD


def with_history(guide: Guide, one: "Recorded", line: "list[Recorded]") -> Iterator[str]:
    """Return everything an entry holds, and before it what became of it, where anything did.

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
    """Return the newest entries, or the whole of the one with a number; or why that cannot be."""
    try:
        yield from _one(services, int(number)) if number else _newest(services)
    except RecordsError as error:
        yield str(error)


def standing(services: Services, number: int) -> EntryLine:
    """Return the line of an entry that can be corrected; raises `RecordsError` for any other."""
    line = line_of(services.open_records(), number)
    refused = refusal(line, number)
    if refused:
        raise RecordsError(refused, mend=f"Type r {line.now.seq} to hear it as it now is.")
    return line


def memo_of(services: Services, number: int) -> Iterator[str]:
    """Return the memo of an entry, without its case number."""
    from assistant.cases.entries import entry_memo  # noqa: PLC0415 - when asked for

    store = services.open_records()
    line = line_of(store, number)
    text = entry_memo(services.loaded, number, store.get(number), line=line)
    return (line for line in text.splitlines() if line)


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


def record(form: NewEntry, view: View, typed: dict[str, str]) -> Dialogue[SavedEntry]:
    """Review the answers, ask for each field, and record the choice.

    `typed` is the caller's: what was typed stays there when the form is left, which raises `Back`.
    """
    for name, before in form.first.items():
        typed.setdefault(name, before)
    lead = ["Before recording, here is all that you answered.", *answer_lines(view)]
    if view.verdict:
        result = "Recommended: " if view.recommended else "The result: "
        lead.append(f"{result}{headline(view.guide, view.verdict)}.")
    lead.append(f"To be recorded: {form.chosen_words(typed)}.")
    if form.previous:
        lead.append(f"This takes the place of entry {form.previous.seq}.")
    lead.append(form.lead)
    return (yield from fill(form, typed, lead=lead, review=lambda: _review(form, typed)))


def correct(services: Services, previous: PreviousEntry) -> Dialogue[str]:
    """Ask for every field of an entry as it was recorded, and why it changes; return what is said."""
    form = Correction(services, previous)
    typed = dict(form.first)
    stay = f"{form.title}. Its answers stay; to change those, type go on {previous.seq}."
    more = any(typed[name] for name in form.more)
    try:
        saved = yield from fill(
            form,
            typed,
            lead=[stay, form.lead],
            review=lambda: _review(form, typed),
            more=more,
        )
    except Back:
        return f"Not recorded. {KEPT_TYPED}"
    return saved.sentence


def withdraw(services: Services, line: EntryLine) -> Dialogue[str]:
    """Ask why an entry is withdrawn, and for a yes; return what is said."""
    form = WithdrawalForm(services, line.now)
    typed: dict[str, str] = {}
    try:
        return (
            yield from fill(
                form,
                typed,
                lead=[in_short(services.loaded.guide, line)],
                review=lambda: [f"To be withdrawn, since: {typed['why']}"],
            )
        )
    except Back:
        return "Nothing was withdrawn."


_SAID_OF_CASE = 3
"""How many digits of a case number are said, so that it can be told from another."""


def _review(form: EntryForm, typed: Mapping[str, str]) -> Iterator[str]:
    number = typed["case_number"].strip()
    case = f"that ends in {number[-_SAID_OF_CASE:]} ({len(number)} digits)"
    yield f"To be recorded, under the case number {case}: {form.chosen_words(typed)}."
    for field in form.fields:
        if field.name != "case_number" and typed.get(field.name):
            yield f"{field.label}: {field.shown(typed[field.name])}"
