"""An entry in words: in a line, whole, as a memo, with its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from assistant.cases.forms import PreviousEntry
from assistant.cases.replay import (
    advice_now,
    advice_then,
    advice_words,
    carried_over,
    narrowed,
)
from assistant.cases.summary import FOLLOWED, NOTHING, OVERRIDDEN
from assistant.cases.view import View
from assistant.engine.handouts import Chosen, memo
from assistant.engine.interview import NOT_ASKED, OPEN, UNSURE, Standing, replay
from assistant.engine.statements import Glossary, Statement
from assistant.engine.verdict import certainty_said, reason_given, recorded_group, short_name
from assistant.guide.earlier import carried, earlier_guide
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import (
    DEPENDS,
    Entry,
    EntrySummary,
    Erasure,
    Withdrawal,
    day_recorded,
)
from assistant.records.fields import ENTRY_FIELDS, FIELDS
from assistant.shapes import Frozen
from assistant.text import columns, counted, day_shown, short_day, shortened, time_shown

if TYPE_CHECKING:
    from assistant.records.entry import Recorded
    from assistant.records.store import RecordStore


NOT_THE_RECORD = "This is advice. The agency's data system is the official record."
"""Said with every entry."""

NONE_YET = "Nothing is recorded yet. Finish an interview and record the group to see it here."
"""Said instead of an empty list."""

_IF_ASSUMED = "if the assumed answers are true"

RULES_CHANGED = "The guide has changed since this entry was recorded. Check each answer."
"""Said where an entry's interview is taken up again under other rules."""


def local_time(when: datetime) -> str:
    """Return the day of a record, and its time on the reader's clock: `Jan 31, 2026, 4:10 PM`."""
    return f"{day_shown(day_recorded(when))}, {time_shown(when)}"


def entry_fields(loaded: LoadedGuide, number: int, entry: Entry) -> Iterator[Statement]:
    """Return what an entry holds, by label, less what is empty; the answers come apart."""
    guide = loaded.guide
    fields = [field for field in ENTRY_FIELDS if field.when in {"always", "more", "never"}]
    found = {
        "Entry": str(number),
        "Recorded": local_time(entry.when),
        **{one.title: one.shown(one.written(getattr(entry, one.name))) for one in fields},
        "Group recorded": recorded_group(guide, entry.chosen),
        "Recommended": _recommended(guide, entry),
        "How sure": certainty_said(entry.certainty, _IF_ASSUMED if entry.assumed else ""),
        "Why": _why_recommended(loaded, entry),
        "Your reason": reason_given(guide, entry.reason_code, entry.reason),
        FIELDS["why"].title: entry.why,
        "Guide": f"version {entry.content_version}",
    }
    return (Statement(label, value) for label, value in found.items() if value)


def _recommended(guide: Guide, entry: Entry) -> str:
    """Return the name of the group recommended, or why nothing was."""
    if entry.recommended:
        return recorded_group(guide, entry.recommended)
    if entry.certainty == DEPENDS:
        return "no group, because some facts were missing"
    return "no group, because the documents name none"


def _why_recommended(loaded: LoadedGuide, entry: Entry) -> str:
    """Return the reason of the result, where today's rules gave it."""
    outcome = loaded.guide.outcomes.get(entry.outcome or "")
    return outcome.reason if outcome and entry.meaning_hash == loaded.meaning_hash else ""


def entry_answers(loaded: LoadedGuide, entry: Entry) -> Iterator[Statement]:
    """Return what was answered to each question, in the order asked.

    Answers of an earlier guide are told in its words, with its version. What no guide here has goes
    by the name it was kept under.
    """
    earlier = earlier_guide(loaded, entry.meaning_hash)
    for fact, value in entry.answers.items():
        question = earlier.questions.get(fact) if earlier else loaded.guide.questions.get(fact)
        option = question.options.get(value) if question else None
        said = OPEN.get(value) or (option.label if option else value)
        as_if = " (assumed)" if fact in entry.assumed else ""
        said = earlier.marked(said) if earlier else said
        yield Statement(question.ask if question else fact, said + as_if)


def entry_lines(guide: Guide, entries: Iterable[EntrySummary]) -> Iterator[str]:
    """Return each of some listed entries in one sentence."""
    for one in entries:
        group = short_name(guide, one.chosen)
        yield (
            f"Entry {one.seq}, {local_time(one.when)}, case {one.case_number},"
            f" {one.service} for {one.whom}: {group} ({entry_state(one)})."
        )


_FOLLOWED = {True: FOLLOWED.lower(), False: OVERRIDDEN.lower(), None: NOTHING.lower()}


def entry_state(entry: EntrySummary) -> str:
    """Say whether an entry matches the advice, and that it was corrected, restored or withdrawn."""
    if entry.withdrawn:
        return "withdrawn"
    first = "not decided" if entry.unresolved else _FOLLOWED[entry.followed]
    became = {"corrected": entry.corrects, "restored": entry.restored}
    return ", ".join([first, *(word for word, so in became.items() if so)])


_STATES = {
    FOLLOWED: "you recorded the group that the assistant recommended",
    OVERRIDDEN: "you recorded a different group, or none yet",
    NOTHING: "the assistant did not recommend a group",
    "Not decided": "some facts were missing, and no group is recorded yet",
    "Corrected": "this entry replaces an earlier one",
    "Restored": "the entry was withdrawn and then restored",
    "Withdrawn": "the entry no longer counts",
}
"""What the words for the state of an entry mean."""


def list_help() -> Iterator[Statement]:
    """Return what a list of entries shows: its columns, numbers and states."""
    yield Statement(
        "Each line",
        "The number of the entry, the day, the case number, the group, who the service is for, the"
        " service, and the state of the entry.",
    )
    yield Statement(
        "Numbers", "Corrections and withdrawals get numbers too, so this list skips some numbers."
    )
    for state, meaning in _STATES.items():
        yield Statement("State", f"“{state.lower()}”: {meaning}.")


class EntryRow(NamedTuple):
    """What a list says of an entry; a cell that is empty in every row takes no room."""

    number: str
    day: str
    case: str
    group: str
    text: str
    state: str


ROW_HEAD = EntryRow("No.", "Date", "Case", "Group", "For whom: service", "State")


def entry_row(guide: Guide, entry: EntrySummary, now: datetime) -> EntryRow:
    """Return an entry as a row; a day of another year says which year."""
    return EntryRow(
        number=str(entry.seq),
        day=short_day(day_recorded(entry.when), now),
        case=_end_of(entry.case_number),
        group=short_name(guide, entry.chosen),
        text=" ".join(f"{entry.whom}: {entry.service}".split()),
        state=entry_state(entry),
    )


_APART = "  "  # what is between two cells
_CASE_MOST = 12  # columns of a case number; a longer one is shown by its end, which tells it apart
_GROUP_LEAST, _TEXT_LEAST = 14, 8  # columns to which these may be cut
_AFTER_GROUP = 50  # most columns that a long group leaves for text and state


def entry_rows(rows: Sequence[EntryRow], width: int) -> Iterator[str]:
    """Return rows that fit a width: columns first, then as much of the text as the state leaves room for."""
    if not rows:
        return
    *front, group = (max(columns(one[place]) for one in rows) for place in range(4))
    room = width - sum(wide + len(_APART) for wide in front if wide)
    after = max(columns(f"{one.text}{one.state}") for one in rows) + 2 * len(_APART)
    most = room - max(columns(one.state) for one in rows) - len(_APART)
    wide = min(most, max(_GROUP_LEAST, room - min(after, _AFTER_GROUP)))
    widths = (*front, min(group, max(_TEXT_LEAST, wide)))
    for *cells, text, state in rows:
        start = _APART.join(
            _padded(cell, wide) for cell, wide in zip(cells, widths, strict=True) if wide
        )
        between = width - columns(start) - columns(state)
        left = between - 2 * len(_APART)
        said = f"{_APART}{_padded(text, left)}{_APART}" if left >= _TEXT_LEAST else ""
        yield shortened(f"{start}{said or _APART.ljust(between)}{state}", width)


def _padded(text: str, wide: int) -> str:
    shown = shortened(text, wide)
    return shown + " " * (wide - columns(shown))


def _end_of(case: str) -> str:
    return case if len(case) <= _CASE_MOST else f"…{case[1 - _CASE_MOST :]}"


def whole_lines(
    loaded: LoadedGuide, one: "Recorded", history: "Sequence[Recorded]"
) -> Iterator[str]:
    """Return everything an entry holds, and before it what became of it, where anything did.

    Of what is no entry, it says what that is. `history` is the store's of it.
    """
    if not isinstance(one.record, Entry):
        yield _said_of_number(loaded.guide, one, history)
        return
    if len(history) > 1:
        yield from history_lines(history, loaded.guide, shown=one.seq)
    yield from (field.line for field in entry_fields(loaded, one.seq, one.record))
    for count, answer in enumerate(entry_answers(loaded, one.record), start=1):
        yield f"Answer {count}. {answer.about} {answer.says}."
    yield NOT_THE_RECORD


def history_lines(history: "Iterable[Recorded]", guide: Guide, *, shown: int = 0) -> list[str]:
    """Say what became of an entry, oldest first; `history` is the store's of it.

    Of the entry `shown` beside it, it only says which one that replaced or restored.
    """
    numbers: dict[str, int] = {}
    found = []
    for one in history:
        line = _history_line(guide, one, numbers)
        found.append(_own_line(one.record, numbers) if one.seq == shown else line)
        numbers[one.record.id] = one.seq
    return [line for line in found if line]


def _history_line(guide: Guide, one: "Recorded", numbers: Mapping[str, int]) -> str:
    record, when = one.record, local_time(one.record.when)
    match record:
        case Withdrawal():
            which = f"Entry {numbers[record.withdraws]}" if record.withdraws in numbers else "It"
            return f"{which} was withdrawn on {when}. Why: {record.why}"
        case Erasure():
            first = day_shown(record.before)
            return f"Number {one.seq}, {when}: everything from before {first} was erased."
    group = recorded_group(guide, record.chosen)
    before = record.corrects or record.restores
    if not before:
        return f"Entry {one.seq} was recorded on {when}. Group: {group}."
    which = f"entry {numbers[before]}" if before in numbers else "an entry that was erased later"
    if record.restores:
        return f"Entry {one.seq} restored {which} on {when}. Group: {group}."
    return f"Entry {one.seq} replaced {which} on {when}. Group: {group}. Why: {record.why}"


def _own_line(record: "Entry | Withdrawal | Erasure", numbers: Mapping[str, int]) -> str:
    """Say which entry another replaced or restored, where the rest is said of it anyway; else ""."""
    if not isinstance(record, Entry) or not (record.corrects or record.restores):
        return ""
    before = record.corrects or record.restores or ""
    which = f"entry {numbers[before]}" if before in numbers else "an entry that was erased later"
    return f"This entry {'restores' if record.restores else 'replaces'} {which}."


def _said_of_number(guide: Guide, one: "Recorded", history: "Iterable[Recorded]") -> str:
    """Say what a number stands for that is no entry: a withdrawal, or an erasure."""
    numbers = {recorded.record.id: recorded.seq for recorded in history}
    if not isinstance(one.record, Withdrawal):
        return _history_line(guide, one, numbers)
    number = numbers.get(one.record.withdraws)
    which = f"entry {number}" if number else "an entry"
    when = local_time(one.record.when)
    return f"Number {one.seq} withdraws {which}, {when}: {one.record.why}"


def view_of(loaded: LoadedGuide, entry: Entry, glossary: Glossary, id_: str) -> View:
    """Return the interview of an entry with its answers filled in, to continue from or to do anew.

    Recording it makes a correction of the entry. `id_` is the new interview's, 32 hexadecimal
    digits. Answers that do not carry over to today's guide are left out, and the notice says so.
    """
    guide = loaded.guide
    carried = carried_over(loaded, entry.meaning_hash, entry.answers)
    answers = carried.answers
    # Facts that were filled in before the interview are not asked in it, and count all the same.
    aside = () if carried.lost else replay(guide, answers).set_aside
    given = {fact: answers.pop(fact) for fact in aside if answers[fact] not in OPEN}
    sure = {fact: said for fact, said in answers.items() if said not in OPEN}
    given = given if guide.space.stands(sure | given) else {}
    assumed = frozenset(entry.assumed) & answers.keys()
    changed = "" if entry.meaning_hash == loaded.meaning_hash else RULES_CHANGED
    notice = f"{changed} {carried.notice}".strip()
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


class EntryLine(Frozen):
    """The last version of an entry, its history oldest first, and what withdrew it, if anything."""

    now: PreviousEntry
    history: "tuple[Recorded, ...]"
    withdrawal: Withdrawal | None = None

    @property
    def stands(self) -> bool:
        """Tell whether the entry can be corrected or withdrawn."""
        return self.withdrawal is None

    def became(self, number: int) -> str:
        """Say that the entry of a number was withdrawn or replaced, and by which; "" where it is active."""
        if self.withdrawal:
            why = " ".join(self.withdrawal.why.split())
            return f"Withdrawn {local_time(self.withdrawal.when)}: {why}"
        return f"Replaced by entry {self.now.seq}" if self.now.seq != number else ""

    def refusal(self, number: int) -> str:
        """Say why the entry of a number cannot be corrected or withdrawn; "" where it can."""
        if not self.stands:
            return f"Entry {self.now.seq} is already withdrawn."
        if self.now.seq != number:
            return f"Entry {number} no longer counts: entry {self.now.seq} replaced it."
        return ""

    def not_withdrawn(self, number: int) -> str:
        """Say why the entry of a number cannot be restored; "" where it can."""
        if not self.withdrawal and self.now.seq != number:
            return f"Entry {number} was replaced by entry {self.now.seq}, which is not withdrawn."
        if not self.withdrawal:
            return f"Entry {number} is not withdrawn."
        return "" if self.now.seq == number else self.refusal(number)

    def in_short(self, guide: Guide) -> str:
        """Name the entry in one sentence, without its case number."""
        entry, when = self.now.entry, local_time(self.now.entry.when)
        group = recorded_group(guide, entry.chosen)
        return f"Entry {self.now.seq}, {when}, {entry.service} for {entry.whom}: {group}."


def line_of(store: "RecordStore", seq: int) -> EntryLine:
    """Return the line that a number belongs to; raises `RecordsError` where it holds no entry."""
    history = tuple(store.history(seq))
    versions = [
        PreviousEntry(one.seq, one.record) for one in history if isinstance(one.record, Entry)
    ]
    if not versions:  # erased, or no entry: the store says which
        return EntryLine(PreviousEntry(seq, store.get(seq)), history)
    newest = history[-1].record
    return EntryLine(versions[-1], history, newest if isinstance(newest, Withdrawal) else None)


def entry_memo(
    loaded: LoadedGuide,
    version: PreviousEntry,
    *,
    with_case: bool = False,
    line: EntryLine | None = None,
    in_full: bool = False,
) -> str:
    """Return the memo of an entry as plain text, short or `in_full`; its case number only `with_case`.

    With the `line` that the entry belongs to, it first says where the entry no longer counts.
    Questions that today's guide asks beside the entry's answers count as answered "not sure".
    """
    number, entry = version.seq, version.entry
    first = line.became(number) if line else ""
    text = memo(
        loaded.guide,
        _ended(loaded, entry),
        assumed=frozenset(entry.assumed),
        chosen=Chosen(entry.chosen, entry.reason, entry.reason_code),
        before=memo_head(loaded, number, entry, with_case=with_case, in_full=in_full),
        in_full=in_full,
    )
    return f"{first}\n\n{text}" if first else text


def memo_head(
    loaded: LoadedGuide, number: int, entry: Entry, *, with_case: bool, in_full: bool
) -> Iterator[Statement]:
    """Return what the memo of an entry says first; `number` is 0 where it waits to be sent."""
    name, recorded = f"Entry {number}" if number else "Entry", f"recorded {local_time(entry.when)}"
    if in_full:
        yield Statement("Entry", f"{name}, {recorded}")
        labels = {field.title for field in ENTRY_FIELDS} - {FIELDS["case_number"].title}
        for one in entry_fields(loaded, number, entry):
            if one.about in labels:
                yield Statement("Entry", one.line)
    else:
        yield Statement(name, f"{entry.service} for {entry.whom}, {recorded}.")
    yield from _since(loaded, entry)
    if with_case:
        yield Statement("Case number", entry.case_number)


def _ended(loaded: LoadedGuide, entry: Entry) -> Standing:
    """Replay an entry to an end, with "not sure" for whatever the guide asks and it does not answer."""
    guide, earlier = loaded.guide, earlier_guide(loaded, entry.meaning_hash)
    answers = carried_over(loaded, entry.meaning_hash, entry.answers).answers
    standing = replay(guide, answers)
    while standing.asking:
        skipped = entry.answers.get(standing.asking) == NOT_ASKED
        answers[standing.asking] = NOT_ASKED if skipped else UNSURE
        standing = replay(guide, answers)
    return narrowed(standing, carried(guide, earlier, entry.answers))


def _since(loaded: LoadedGuide, entry: Entry) -> Iterator[Statement]:
    if entry.meaning_hash == loaded.meaning_hash:
        return
    guide, earlier = loaded.guide, earlier_guide(loaded, entry.meaning_hash)
    then, now = advice_then(entry), advice_now(guide, entry.answers, earlier)
    versions = f"(then version {entry.content_version}, now {guide.about.version})"
    about = "Since then"
    yield Statement(
        about, f"The guide has changed. The reasons here come from today's guide {versions}."
    )
    if earlier:
        yield Statement(about, f"Answered then: {earlier.marked(earlier.in_short(entry.answers))}.")
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
    why = f" {refused} refused: `service-group records send` says why." if refused else ""
    return (
        f"{counted(len(waiting), 'record')} on this computer, not yet in the shared records.{why}"
    )
