"""What every front end shows of a recorded entry, as labels and words, and how one is gone on from."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide
from assistant.content.model import Guide
from assistant.engine.explain import certainty_words
from assistant.engine.terms import Glossary
from assistant.engine.walk import UNSURE, replay
from assistant.engine.wording import reason_given
from assistant.interview.form_fields import FIELDS, LEFT_TO_SUPERVISOR
from assistant.interview.view import View
from assistant.records.entry import DEPENDS, Entry, EntrySummary, Record, Withdrawal

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
    """Give the name of the group chosen, as kept where this guide does not have it, or that none is."""
    if group is None:
        return LEFT_TO_SUPERVISOR
    return guide.groups[group].name if group in guide.groups else group


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
        "Case number": entry.case_number,
        "Whom for": entry.whom,
        "Service": entry.service,
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


def view_of(loaded: LoadedGuide, entry: Entry, glossary: Glossary, id_: str, seq: int = 0) -> View:
    """Give the interview of an entry with its answers filled in, to go on from or to do anew.

    Recording it makes a correction of the entry. `id_` is the new interview's, 32 hexadecimal
    digits, and `seq` the entry's number. Answers that today's guide does not have are left out, and
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
        corrects_seq=seq,
        glossary=glossary,
        given=given,
    )


def _service_fields(entry: Entry) -> dict[str, str]:
    linked = {True: "yes", False: "no", None: ""}[entry.linked]
    values = {
        "status": entry.status,
        "begun": entry.begun.isoformat() if entry.begun else "",
        "ended": entry.ended.isoformat() if entry.ended else "",
        "linked": linked,
        "category": entry.category,
        "service_type": entry.service_type,
        "provider": entry.provider,
    }
    return {FIELDS[name].label: value for name, value in values.items()}


def _certainty(guide: Guide, entry: Entry) -> str:
    """Give how sure the documents were, in the words of the result; today's guide may lack them."""
    if entry.outcome and entry.outcome in guide.outcomes:
        return certainty_words(guide, entry.outcome)
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
