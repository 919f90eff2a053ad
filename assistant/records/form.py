"""What the record form must hold before it becomes an entry: every problem at once, field by field.

Apart from the entry, since the privacy guard's patterns take 15 ms to load and only a form needs them.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.records.entry import is_case_number
from assistant.records.privacy import personal_details

CASE_NUMBER_MOST = 40
"""Longest case number, in digits; the documents fix no length."""

SHORT_MOST = 200
"""Longest text for whom a service is and what it is, in characters."""

REASON_MOST = 1000
"""Longest reason, in characters."""

_SHOWN_MOST = 60
"""Longest quotation of what a worker typed, in characters."""

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in another order than it is stored in."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a form, in a sentence that stands on its own."""

    field: str
    message: str


def entry_problems(form: Mapping[str, str], *, overriding: bool) -> list[FieldProblem]:
    """List everything that keeps a form from being recorded, in the form's own order.

    Reads the fields `case_number`, `whom`, `service` and `reason`; one that is missing is empty.
    Control characters are refused, never stripped, so that what is kept is what was typed; a
    reason may hold line breaks and tabs. Markup and emoji are plain text.
    """
    reason = form.get("reason", "")
    return [
        *_case_number_problems(form.get("case_number", "")),
        *_text_problems("whom", "Whom it is for", form.get("whom", "")),
        *_text_problems("service", "Service", form.get("service", "")),
        *_reason_problems(reason, overriding=overriding),
    ]


def _case_number_problems(text: str) -> Iterator[FieldProblem]:
    if not text.strip():
        yield FieldProblem("case_number", "Case number: this is needed.")
    elif not is_case_number(text):
        words = "Case number: digits only; leave out spaces, dashes and letters."
        yield FieldProblem("case_number", words)
    yield from _length_problems("case_number", "Case number", text, CASE_NUMBER_MOST)


def _text_problems(field: str, label: str, text: str) -> Iterator[FieldProblem]:
    if not text.strip():
        yield FieldProblem(field, f"{label}: this is needed.")
    yield from _length_problems(field, label, text, SHORT_MOST)
    yield from _character_problems(field, label, text, allowed="")
    yield from _privacy_problems(field, label, text)


def _reason_problems(text: str, *, overriding: bool) -> Iterator[FieldProblem]:
    if overriding and not text.strip():
        words = "Reason: say why the choice differs from the recommendation."
        yield FieldProblem("reason", words)
    yield from _length_problems("reason", "Reason", text, REASON_MOST)
    yield from _character_problems("reason", "Reason", text, allowed="\n\t")
    yield from _privacy_problems("reason", "Reason", text)


def _length_problems(field: str, label: str, text: str, most: int) -> Iterator[FieldProblem]:
    if len(text) > most:
        words = f"{label}: {len(text):,} characters; at most {most:,} fit. Shorten it."
        yield FieldProblem(field, words)


def _character_problems(
    field: str, label: str, text: str, *, allowed: str
) -> Iterator[FieldProblem]:
    for place, character in enumerate(text, start=1):
        if character not in allowed and _is_control(character):
            code = f"U+{ord(character):04X}"
            words = f"{label}: character {place} is a control character ({code}); take it out."
            yield FieldProblem(field, words)
            return


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _REORDERING


def _privacy_problems(field: str, label: str, text: str) -> Iterator[FieldProblem]:
    for detail in personal_details(text):
        long = len(detail.words) > _SHOWN_MOST
        shown = f"{detail.words[: _SHOWN_MOST - 1]}…" if long else detail.words
        words = f"{label}: “{shown}” looks like {detail.kind} ({detail.why}). Leave it out."
        yield FieldProblem(field, words)
