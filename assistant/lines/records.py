"""Records in lines: hear, correct, withdraw, go on, memo."""

from collections.abc import Iterator, Mapping

from assistant.cases import forms
from assistant.cases.entries import (
    NONE_YET,
    EntryLine,
    entry_lines,
    entry_memo,
    line_of,
    waiting_words,
    whole_lines,
)
from assistant.cases.view import View
from assistant.engine.verdict import headline
from assistant.errors import RecordsError
from assistant.lines.dialogue import Back, Dialogue, answer_lines, fill
from assistant.records.entry import Entry
from assistant.services import Services
from assistant.text import counted

FEW = 10  # how many entries are shown at a time


def records(services: Services, number: str = "") -> Iterator[str]:
    """Return the newest entries, or the whole of the one with a number."""
    return _one(services, int(number)) if number else _newest(services)


def standing(services: Services, number: int) -> EntryLine:
    """Return the line of an entry that can be corrected; raises `RecordsError` for any other."""
    line = line_of(services.open_records(), number)
    refused = line.refusal(number)
    if refused:
        raise RecordsError(refused, mend=f"Type r {line.now.seq} to hear the newest version.")
    return line


def memo_of(services: Services, number: int) -> Iterator[str]:
    """Return the memo of an entry, without its case number."""
    store = services.open_records()
    line = line_of(store, number)
    text = entry_memo(services.loaded, forms.PreviousEntry(number, store.get(number)), line=line)
    return (line for line in text.splitlines() if line)


def _newest(services: Services) -> Iterator[str]:
    store = services.open_records()
    entries = store.page(None, FEW)
    yield from entry_lines(services.loaded.guide, entries)
    if entries:
        yield f"Newest first. To hear one entry, type r and its number, such as r {entries[0].seq}."
    else:
        yield NONE_YET
    if waiting := waiting_words(store):
        yield waiting


def _one(services: Services, number: int) -> Iterator[str]:
    store = services.open_records()
    one = store.record(number)
    yield from whole_lines(services.loaded, one, store.history(number))
    if isinstance(one.record, Entry):
        yield _what_can_be_done(line_of(store, number), number)


def _what_can_be_done(line: EntryLine, number: int) -> str:
    """Name the commands that an entry can still be given."""
    refused = line.refusal(number)
    if not refused:
        return f"Type correct, withdraw, go on, or memo to work with entry {number}."
    if line.withdrawal:
        return f"{refused} Type restore to undo that, or memo for its memo."
    newest = line.now.seq
    now = f", or r {newest} to hear entry {newest}" if newest != number else ""
    return f"{refused} Type memo to hear its memo{now}."


def record(form: forms.EntryForm, view: View, typed: dict[str, str]) -> Dialogue[forms.SavedEntry]:
    """Review the answers, ask for each field, and record the choice.

    `typed` is the caller's: what was typed stays there when the form is left, which raises `Back`.
    """
    for name, before in form.first.items():
        typed.setdefault(name, before)
    lead = [view.notice] if view.notice else []
    if not isinstance(form, forms.Correction):  # a typo changes no answer
        lead += ["Before you record, check your answers.", *answer_lines(view)]
        if view.verdict:
            result = "Recommended: " if view.recommended else "The result: "
            lead.append(f"{result}{headline(view.guide, view.verdict)}.")
    lead.append(f"You are recording: {form.chosen_words(typed)}.")
    if form.previous:
        lead.append(f"This replaces entry {form.previous.seq}.")
    lead.append(form.lead)
    said = view.notice
    return (yield from fill(form, typed, lead=lead, review=lambda: _review(form, typed, said)))


def correct(services: Services, previous: forms.PreviousEntry) -> Dialogue[tuple[str, int]]:
    """Ask for every field of an entry as it was recorded, and why it changes.

    Return what is said, and the number of the new entry; 0 where there is none.
    """
    form = forms.Correction(services, previous)
    typed = dict(form.first)
    go_on = f"To change the answers, type go on {previous.seq}."
    stay = f"{form.title}. This keeps the answers. {go_on}"
    more = any(typed[name] for name in form.more)
    try:
        saved = yield from fill(
            form, typed, lead=[stay, form.lead], review=lambda: _review(form, typed), more=more
        )
    except Back:
        return "Nothing was recorded.", 0
    return saved.sentence, saved.number


def withdraw(services: Services, line: EntryLine) -> Dialogue[str]:
    """Ask why an entry is withdrawn, and for a yes; return what is said."""
    form = forms.WithdrawalForm(services, line.now)
    typed: dict[str, str] = {}
    try:
        return (
            yield from fill(
                form,
                typed,
                lead=[line.in_short(services.loaded.guide)],
                review=lambda: [f"Your reason: {typed['why']}"],
            )
        )
    except Back:
        return "Nothing was withdrawn."


_SAID_OF_CASE = 3  # how many digits of a case number are said, so that it can be told from another


def _review(form: forms.EntryForm, typed: Mapping[str, str], said: str = "") -> Iterator[str]:
    """Return what is to be recorded, and what to think of first, unless that was `said` already."""
    number = typed["case_number"].strip()
    case = (
        f"the case number that ends in {number[-_SAID_OF_CASE:]} ({counted(len(number), 'digit')})"
    )
    case = f"case number {number}" if len(number) <= _SAID_OF_CASE else case
    yield f"You are recording, under {case}: {form.chosen_words(typed)}."
    for field in form.fields:
        if field.name != "case_number" and typed.get(field.name):
            yield f"{field.title}: {field.shown(typed[field.name])}"
    reminder = form.reminder(typed)
    if reminder != said:
        yield reminder
