"""An entry in words: in a line, whole, as a memo, with its history."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cases.forms import PreviousEntry
from assistant.cases.replay import advice_now, advice_then, advice_words
from assistant.cases.view import View
from assistant.engine.explain import certainty_words
from assistant.engine.glossary import Glossary
from assistant.engine.interview import UNSURE, Standing, replay
from assistant.engine.statements import Chosen, Statement, memo
from assistant.engine.verdict import LEFT_TO_SUPERVISOR, group_name, reason_given
from assistant.errors import RecordsUnavailableError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.private import create_private, private_folder, why_refused
from assistant.records.entry import DEPENDS, Entry, EntrySummary, Record, Withdrawal
from assistant.records.fields import ENTRY_FIELDS, FIELDS
from assistant.text import counted

if TYPE_CHECKING:
    from assistant.records.entry import Recorded
    from assistant.records.store import RecordStore


NOT_THE_RECORD = "A memo of advice. The agency's data system stays the record."
"""Said with every entry."""

UNRESOLVED = "It was not resolved: some answers were not known."
"""How sure the documents were where the result depended on what was not known."""

RULES_CHANGED = "The guide's rules have changed since this entry was recorded. Check each answer."
"""Said where an entry's interview is taken up again under other rules."""


def local_time(when: datetime) -> str:
    """Give an aware time as the worker's clock has it: `2026-01-31 16:10`."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def recorded_group(guide: Guide, group: str | None) -> str:
    """Return the name of the group chosen, or that none is."""
    return group_name(guide, group, none=LEFT_TO_SUPERVISOR)


def recommended_words(guide: Guide, entry: Entry) -> str:
    """Give the name of the group recommended, or why nothing was."""
    if entry.recommended:
        return recorded_group(guide, entry.recommended)
    if entry.certainty == DEPENDS:
        return "nothing, it depends on what was not known"
    return "nothing, the documents name no group"


def entry_fields(guide: Guide, number: int, entry: Entry) -> dict[str, str]:
    """Give what an entry holds by label, less what is empty; the answers come apart."""
    fields = {
        "Entry": str(number),
        "Recorded": local_time(entry.when),
        **_service_fields(entry),
        "Group chosen": recorded_group(guide, entry.chosen),
        "Recommended": recommended_words(guide, entry),
        "Certainty": _certainty(guide, entry),
        "Reason": reason_given(guide, entry.reason_code, entry.reason),
        FIELDS["why"].label: entry.why,
        "Guide": f"version {entry.content_version}",
    }
    return {label: value for label, value in fields.items() if value}


def entry_answers(guide: Guide, entry: Entry) -> Iterator[tuple[str, str]]:
    """Give each question and what was answered, in the order asked.

    What this guide no longer has is given by the names it was kept under.
    """
    for fact, value in entry.answers.items():
        question = guide.questions.get(fact)
        option = question.options.get(value) if question else None
        said = "Not sure" if value == UNSURE else option.label if option else value
        as_if = " (taken as if it were so)" if fact in entry.assumed else ""
        yield question.ask if question else fact, said + as_if


def marks(entry: EntrySummary, before: int = 0) -> str:
    """Say in a few words what a list must not hide: another choice, a correction, a withdrawal.

    `before` is the number of the entry that this one corrects, where it is known.
    """
    found = {
        "not as recommended": entry.followed is False,
        "nothing was recommended": entry.followed is None,
        f"corrects {f'entry {before}' if before else 'an earlier entry'}": entry.corrects,
        "withdrawn": entry.withdrawn,
    }
    return ", ".join(words for words, so in found.items() if so)


def corrected_by(store: "RecordStore", entries: Iterable[EntrySummary]) -> dict[int, int]:
    """Give for each correction among listed entries the number of the entry it corrects."""
    found = {}
    for entry in entries:
        numbers = [recorded.seq for recorded in store.history(entry.seq)] if entry.corrects else []
        if entry.seq in numbers[1:]:
            found[entry.seq] = numbers[numbers.index(entry.seq) - 1]
    return found


def history_lines(line: "Iterable[Recorded]", guide: Guide) -> list[str]:
    """Say what became of an entry, oldest first; `line` is the store's `history` of it."""
    numbers: dict[str, int] = {}
    found = []
    for recorded in line:
        found.append(_history_line(guide, recorded.seq, recorded.record, numbers))
        numbers[recorded.record.id] = recorded.seq
    return found


def said_of_number(guide: Guide, seq: int, line: "Iterable[Recorded]") -> str:
    """Say what a number stands for that is no entry: a withdrawal, or an erasure.

    `line` is the store's `history` of it.
    """
    numbers = {recorded.record.id: recorded.seq for recorded in line}
    record = next(recorded.record for recorded in line if recorded.seq == seq)
    if isinstance(record, Withdrawal):
        which = f"entry {numbers[record.withdraws]}" if record.withdraws in numbers else "an entry"
        return f"Number {seq} withdraws {which}, {local_time(record.when)}: {record.why}"
    return _history_line(guide, seq, record, numbers)


def view_of(loaded: LoadedGuide, entry: Entry, glossary: Glossary, id_: str) -> View:
    """Give the interview of an entry with its answers filled in, to go on from or to do anew.

    Recording it makes a correction of the entry. `id_` is the new interview's, 32 hexadecimal
    digits. Answers that today's guide does not have are left out, and
    the notice says so.
    """
    guide = loaded.guide
    answers = {fact: said for fact, said in entry.answers.items() if _is_known(guide, fact, said)}
    # Facts that were filled in before the interview are not asked in it, and count all the same.
    aside = replay(guide, answers).set_aside
    given = {fact: answers.pop(fact) for fact in aside if answers[fact] != UNSURE}
    given = given if guide.space.stands({**_definite(answers), **given}) else {}
    assumed = frozenset(entry.assumed) & answers.keys()
    notice = "" if entry.meaning_hash == loaded.meaning_hash else RULES_CHANGED
    return View(
        guide,
        id_,
        answers,
        assumed,
        notice=notice,
        corrects=entry.id,
        glossary=glossary,
        given=given,
    )


def _service_fields(entry: Entry) -> dict[str, str]:
    """Return what an entry says of its service, by label, and what only older ones say."""
    shown = [field for field in ENTRY_FIELDS if field.when in {"always", "more", "never"}]
    return {field.label: field.written(getattr(entry, field.name)) for field in shown}


def _certainty(guide: Guide, entry: Entry) -> str:
    """Give how sure the documents were, in the words of the result; today's guide may lack them."""
    if entry.outcome and entry.outcome in guide.outcomes:
        return certainty_words(guide, guide.outcomes[entry.outcome])
    words = {DEPENDS: UNRESOLVED, **guide.about.certainties}
    return words.get(entry.certainty, entry.certainty)


def _history_line(guide: Guide, seq: int, record: Record, numbers: dict[str, int]) -> str:
    when = local_time(record.when)
    match record:
        case Withdrawal():
            which = f"Entry {numbers[record.withdraws]}" if record.withdraws in numbers else "It"
            return f"{which} was withdrawn {when}. Why: {record.why}"
        case Entry(corrects=str(before)):
            which = f"entry {numbers[before]}" if before in numbers else "an entry erased since"
            group = recorded_group(guide, record.chosen)
            return (
                f"Entry {seq} took the place of {which} {when}. Group: {group}. Why: {record.why}"
            )
        case Entry():
            return (
                f"Entry {seq} was recorded {when}. Group: {recorded_group(guide, record.chosen)}."
            )
    return f"Number {seq}, {when}: everything from before {record.before} was erased."


def _is_known(guide: Guide, fact: str, said: str) -> bool:
    question = guide.questions.get(fact)
    return question is not None and (said == UNSURE or said in question.options)


def _definite(answers: dict[str, str]) -> dict[str, str]:
    return {fact: said for fact, said in answers.items() if said != UNSURE}


@dataclass(frozen=True)
class EntryLine:
    """The last version of an entry, its history oldest first, and what withdrew it, if anything."""

    now: PreviousEntry
    history: "tuple[Recorded, ...]"
    withdrawal: Withdrawal | None = None

    @property
    def stands(self) -> bool:
        """Tell whether the entry can be corrected or withdrawn."""
        return self.withdrawal is None

    @property
    def words(self) -> str:
        """Say what became of the entry, and whether it has a history; nothing where there is none."""
        if self.withdrawal:
            return f"Withdrawn {local_time(self.withdrawal.when)}: {self.withdrawal.why}"
        if self.now.entry.corrects:
            return "This takes the place of an earlier entry; see its history."
        return ""


def line_of(store: "RecordStore", seq: int) -> EntryLine:
    """Give the line that a number belongs to; raises `RecordsError` where it holds no entry."""
    history = tuple(store.history(seq))
    versions = [
        PreviousEntry(one.seq, one.record) for one in history if isinstance(one.record, Entry)
    ]
    if not versions:  # erased, or no entry: the store says which
        return EntryLine(PreviousEntry(seq, store.get(seq)), history)
    newest = history[-1].record
    return EntryLine(versions[-1], history, newest if isinstance(newest, Withdrawal) else None)


_LEFT_OUT = frozenset(
    {
        "Entry",
        "Recorded",
        "Case number",
        "Group chosen",
        "Recommended",
        "Certainty",
        "Reason",
        "Guide",
    }
)
"""Fields of an entry that the memo has elsewhere, or in other words."""


def became(line: "EntryLine", number: int) -> str:
    """Say that the entry of a number was withdrawn, or which took its place; "" where it stands."""
    if line.withdrawal:
        why = " ".join(line.withdrawal.why.split())
        return f"Withdrawn {local_time(line.withdrawal.when)}: {why}"
    return f"Replaced by entry {line.now.seq}" if line.now.seq != number else ""


def entry_memo(
    loaded: LoadedGuide,
    number: int,
    entry: Entry,
    *,
    with_case: bool = False,
    line: "EntryLine | None" = None,
) -> str:
    """Return the memo of an entry as plain text; its case number stands in it only `with_case`.

    With the `line` that the entry belongs to, it first says where the entry no longer stands.
    Questions that today's guide asks beside the entry's answers count as answered "not sure".
    """
    guide = loaded.guide
    own = [*_entry_statements(guide, number, entry), *_since(loaded, entry)]
    if with_case and entry.case_number:
        own.append(Statement("Case number", entry.case_number))
    first = became(line, number) if line else ""
    text = memo(
        guide,
        _ended(guide, entry.answers),
        assumed=frozenset(entry.assumed),
        chosen=Chosen(entry.chosen, entry.reason, entry.reason_code),
        before=own,
    )
    return f"{first}\n\n{text}" if first else text


def _ended(guide: Guide, answers: Mapping[str, str]) -> Standing:
    """Replay answers to an end, with "not sure" for whatever the guide asks and they do not answer."""
    answers = {fact: said for fact, said in answers.items() if _is_known(guide, fact, said)}
    standing = replay(guide, answers)
    while standing.asking:
        answers[standing.asking] = UNSURE
        standing = replay(guide, answers)
    return standing


def _entry_statements(guide: Guide, number: int, entry: Entry) -> Iterator[Statement]:
    yield Statement("Entry", f"Entry {number}, recorded {local_time(entry.when)}")
    for label, value in entry_fields(guide, number, entry).items():
        if label not in _LEFT_OUT:
            yield Statement("Entry", f"{label}: {value}")


def _since(loaded: LoadedGuide, entry: Entry) -> Iterator[Statement]:
    if entry.meaning_hash == loaded.meaning_hash:
        return
    guide, then, now = loaded.guide, advice_then(entry), advice_now(loaded.guide, entry.answers)
    versions = f"(then version {entry.content_version}, now {guide.about.version})"
    about = "Since then"
    yield Statement(
        about, f"The guide's rules have changed since; the reasons here are today's {versions}."
    )
    if then == now:
        yield Statement(about, "The recommendation is still the same.")
    else:
        yield Statement(about, f"Recommended then: {advice_words(guide, then)}")
        yield Statement(about, f"Recommended today: {advice_words(guide, now)}")


def waiting_words(store: "RecordStore") -> str:
    """Say how many records are not in the store yet, and that some are refused; "" where none wait."""
    waiting = store.waiting()
    if not waiting:
        return ""
    refused = sum(bool(one.refused) for one in waiting)
    why = f"; {refused} refused: `service-group records send` says why" if refused else ""
    return (
        f"{counted(len(waiting), 'record')} on this computer, not in the shared records yet{why}."
    )


FOLDER_NAME = "memos"
"""Name of the memos' folder in the data folder."""


class MemoFolder:
    """The memos in a data folder; a file's name is its entry and its time, and never a case number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER_NAME

    def save(self, when: datetime, text: str, *, number: int = 0) -> Path:
        """Write one memo, and return its file.

        `number` is that of the entry it is about, if there is one. An earlier memo is never
        written over. Raises `RecordsUnavailableError`.
        """
        entry = f"entry-{number}-" if number else ""
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder, wholly_ours=True)
            path = self._unused(f"memo-{entry}{when.astimezone():%Y%m%d-%H%M%S}")
            with open(path, "x", encoding="utf-8", opener=create_private) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise RecordsUnavailableError(
                f"The memo cannot be saved: {why_refused(error, self._folder)}.",
                where=str(self._folder),
                mend="Copy the memo instead, or choose a folder that you may write in.",
            ) from None
        return path

    def _unused(self, stem: str) -> Path:
        stems = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
        paths = [self._folder / f"{name}.txt" for name in stems]
        return next((path for path in paths if not path.exists()), paths[0])


def refusal(line: "EntryLine", number: int) -> str:
    """Say why the entry of a number cannot be corrected or withdrawn; "" where it can."""
    if not line.stands:
        return f"Entry {line.now.seq} is withdrawn already."
    if line.now.seq != number:
        return f"Entry {number} no longer stands: entry {line.now.seq} took its place."
    return ""


def in_short(guide: Guide, line: "EntryLine") -> str:
    """Name an entry in one sentence, without its case number."""
    entry = line.now.entry
    group = recorded_group(guide, entry.chosen)
    when = local_time(entry.when)
    return f"Entry {line.now.seq}, {when}, {entry.service} for {entry.whom}: {group}."
