"""What each field of an entry may hold."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.records.entry import PROVIDED, STATUSES, is_case_number
from assistant.records.privacy import personal_details
from assistant.text import is_control

_SHOWN_MOST = 60
"""Longest quotation of what a worker typed, in characters."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a form, in a sentence that stands on its own."""

    field: str
    message: str


def text_problems(
    field: str, label: str, text: str, *, most: int, lines: bool = False
) -> Iterator[FieldProblem]:
    """Give what is wrong with free text of at most `most` characters, and perhaps of several lines."""
    yield from length_problems(field, label, text, most)
    yield from _character_problems(field, label, text, allowed="\n\t" if lines else "")
    yield from _privacy_problems(field, label, text)


def length_problems(field: str, label: str, text: str, most: int) -> Iterator[FieldProblem]:
    """Say by how much a text is too long."""
    if len(text) > most:
        words = f"{label}: {len(text):,} characters; at most {most:,} fit. Shorten it."
        yield FieldProblem(field, words)


def _character_problems(
    field: str, label: str, text: str, *, allowed: str
) -> Iterator[FieldProblem]:
    for place, character in enumerate(text, start=1):
        if character not in allowed and is_control(character):
            code = f"U+{ord(character):04X}"
            words = f"{label}: character {place} is a control character ({code}); take it out."
            yield FieldProblem(field, words)
            return


def _privacy_problems(field: str, label: str, text: str) -> Iterator[FieldProblem]:
    for detail in personal_details(text):
        long = len(detail.words) > _SHOWN_MOST
        shown = f"{detail.words[: _SHOWN_MOST - 1]}…" if long else detail.words
        words = f"{label}: “{shown}” looks like {detail.kind} ({detail.why}). Leave it out."
        yield FieldProblem(field, words)


CASE_NUMBER_MOST = 40
"""Longest case number, in digits; the documents fix no length."""

SHORT_MOST = 200
"""Longest text for whom a service is and what it is, in characters."""

REASON_MOST = 1000
"""Longest reason, in characters."""

OTHER = "other"
"""The reason that says nothing without a note."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS_BACK, _YEARS_AHEAD = 30, 10
"""How far from today a service's days may lie; what lies further is a slip of the keys."""


def entry_problems(
    form: Mapping[str, str],
    *,
    overriding: bool,
    reasons: Collection[str] = (),
    correcting: bool = False,
    today: date | None = None,
) -> list[FieldProblem]:
    """List everything that keeps a form from being recorded, in the form's own order.

    Reads the fields of an entry by name; one that is missing is empty. A choice other than the
    recommended one needs a code among `reasons`, with a note where that is `other`, or where there
    are no codes; an entry that corrects another says why. Control characters are refused, never
    stripped, so that what is kept is what was typed; a reason may hold line breaks and tabs. Markup
    and emoji are plain text.
    """
    return [
        *_case_number_problems(form.get("case_number", "")),
        *_text_problems("whom", "Whom for", form),
        *_text_problems("service", "Service", form),
        *_reason_problems(form, reasons, overriding=overriding),
        *_service_problems(form, today or date.today()),  # noqa: DTZ011 - the worker's own day
        *(why_problems(form.get("why", ""), "Why changed") if correcting else ()),
    ]


def why_problems(text: str, label: str = "Why") -> Iterator[FieldProblem]:
    """Give what is wrong with why an entry is corrected or withdrawn, as its form calls it."""
    if not text.strip():
        yield FieldProblem("why", f"{label}: this is needed. A few words will do.")
    yield from text_problems("why", label, text, most=REASON_MOST, lines=True)


def day_typed(text: str) -> date | None:
    """Give the day that a text is, such as 2026-01-31; None where it is no day."""
    day = text.strip()
    try:
        return date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        return None


def day_problems(field: str, label: str, text: str) -> Iterator[FieldProblem]:
    """Give what is wrong with a day; an empty one is none."""
    if text.strip() and day_typed(text) is None:
        words = f"{label}: “{text[:20]}” is no day. Type year-month-day, such as 2026-01-31."
        yield FieldProblem(field, words)


def _case_number_problems(text: str) -> Iterator[FieldProblem]:
    field, label = "case_number", "Case number"
    if not text.strip():
        yield FieldProblem(field, f"{label}: this is needed.")
    elif not is_case_number(text):
        words = f"{label}: digits only; leave out spaces, dashes and letters."
        yield FieldProblem(field, words)
    yield from length_problems(field, label, text, CASE_NUMBER_MOST)


def _text_problems(field: str, label: str, form: Mapping[str, str]) -> Iterator[FieldProblem]:
    text = form.get(field, "")
    if not text.strip():
        yield FieldProblem(field, f"{label}: this is needed.")
    yield from text_problems(field, label, text, most=SHORT_MOST)


def _reason_problems(
    form: Mapping[str, str], reasons: Collection[str], *, overriding: bool
) -> Iterator[FieldProblem]:
    text, code = form.get("reason", ""), form.get("reason_code", "")
    label = "Note" if reasons else "Reason"
    if overriding and reasons and code not in reasons:
        words = "Why this group: choose why it differs from the recommendation."
        yield FieldProblem("reason_code", words)
    if overriding and not text.strip() and (code == OTHER or not reasons):
        words = f"{label}: say why the choice differs from the recommendation."
        yield FieldProblem("reason", words)
    yield from text_problems("reason", label, text, most=REASON_MOST, lines=True)


def _service_problems(form: Mapping[str, str], today: date) -> Iterator[FieldProblem]:
    if form.get("status", "") not in {"", *STATUSES}:
        yield FieldProblem("status", "Status: type 1 needed, 2 planned or 3 provided.")
    yield from _days_problems(form, today)
    if form.get("linked", "") not in {"", "yes", "no"}:
        yield FieldProblem("linked", "In case plan: type 1 yes or 2 no.")


def _days_problems(form: Mapping[str, str], today: date) -> Iterator[FieldProblem]:
    labels = {"begun": "Begun on", "ended": "Ended on"}
    days = {field: day_typed(form.get(field, "")) for field in labels}
    for field, label in labels.items():
        yield from day_problems(field, label, form.get(field, ""))
        day = days[field]
        if day and not -_YEARS_BACK <= day.year - today.year <= _YEARS_AHEAD:
            yield FieldProblem(field, f"{label}: {day} is too far from today. Check the year.")
        elif field == "begun" and day and day > today and form.get("status", "") == PROVIDED:
            words = f"{label}: {day} is still to come, so the service is not provided yet."
            yield FieldProblem(field, f"{words} Check the day and the status.")
    begun, ended = days.values()
    if begun and ended and ended < begun:
        words = f"Ended on: {ended} is before the day it began, {begun}. Check both."
        yield FieldProblem("ended", words)
