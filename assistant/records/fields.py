"""Forms and the fields of an entry: what each is called, how it is read, and what it may hold."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Literal, TypeVar

from assistant.records.entry import NEEDS, PROVIDED, STATUSES, is_case_number
from assistant.shapes import Frozen
from assistant.text import day_shown, day_typed, is_control, listed, shortened

_SHOWN_MOST = 60  # longest quotation of what a worker typed, in characters

Kind = Literal["digits", "words", "note", "search", "day", "yes_no", "choice"]
"""How a field is checked and read. A note may have lines, and what is searched for is not kept."""

When = Literal["always", "correcting", "overriding", "more", "replacing", "never"]
"""When a field is asked for: in a correction of an entry's own fields, for a group other than the
recommended one, only where a worker wants it, or for an entry that replaces another."""


class Field(Frozen):
    """One field of a form; `need` is a sentence for where it is left empty, "" where it may be.

    In lines and on the command line `question` replaces label and hint, where there is one; an entry
    calls the field by its `name_shown`, where that is not the label.
    """

    name: str
    label: str
    hint: str = ""
    kind: Kind = "words"
    need: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    when: When = "always"
    question: str = ""
    name_shown: str = ""
    about: str = ""

    @property
    def explained(self) -> str:
        """What to fill in, where a worker asks for help with the field."""
        return self.about or (self.asking if self.question or self.hint else "")

    @property
    def more(self) -> bool:
        """Tell whether it is asked for only where a worker wants more fields."""
        return self.when == "more"

    @property
    def title(self) -> str:
        """What an entry calls the field."""
        return self.name_shown or self.label

    @property
    def asking(self) -> str:
        return self.question or f"{self.label}: {self.hint}."

    def shown(self, value: str) -> str:
        """Return what the field holds, in the words of its choices, and a day as Americans read it."""
        day = day_typed(value) if self.kind == "day" else None
        return day_shown(day) if day else self.choices.get(value, value)

    def problems(self, text: str) -> Iterator[str]:
        """Return what is wrong with a value, each in a sentence that makes sense alone."""
        for words in value_problems(text, self.kind, need=self.need, choices=self.choices):
            yield words if words == self.need else self.problem(words)

    def problem(self, words: str) -> str:
        """Return what is wrong with the field as a sentence that names it."""
        return f"{self.title}: {words}"

    def beside(self, problem: str) -> str:
        """Return the same as it is said beside the label."""
        words = problem.removeprefix(self.problem(""))
        return words[:1].upper() + words[1:]

    def read(self, text: str) -> Any:  # noqa: ANN401 - whatever the entry or filter holds
        """Return what a text without problems says, None or "" where it says nothing."""
        text = text.strip()
        if self.kind == "day":
            return day_typed(text)
        return {"yes": True, "no": False}.get(text) if self.kind == "yes_no" else text

    def written(self, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return f"{value.month}/{value.day}/{value.year}"
        return str(value or "")

    def meant(self, typed: str) -> str:
        """Return the value that a number or a word chooses; what chooses none, as typed."""
        text = " ".join(typed.casefold().split())
        numbered = {str(number): value for number, value in enumerate(self.choices, start=1)}
        if text in numbered:
            return numbered[text]
        words = {value: words.casefold() for value, words in self.choices.items()}
        exact = [value for value in words if text in {value, words[value]}]
        found = exact or [value for value in words if text and words[value].startswith(text)]
        return found[0] if len(found) == 1 else typed


class FieldProblem(Frozen):
    """What is wrong with a field of a form, or all of it (""), in a sentence that makes sense alone."""

    field: str
    message: str


DAY_HINT = "such as 1/31/2026, or today"
NOTE_NEEDED = "Give a reason. A few words are enough."
REASON_NEEDED = "Say why you chose a different group."
_STATUSES = {name: name for name in STATUSES}
_YES_NO = {"yes": "yes", "no": "no"}
_NEEDS = dict(
    zip(
        NEEDS,
        (
            *("physical health", "mental health", "behavioral health"),
            *("educational needs", "cultural needs"),
        ),
        strict=True,
    )
)
"""The headings of Ongoing Services Worker Information, by id."""

ENTRY_FIELDS = (
    Field(
        "case_number",
        "Case number",
        "digits only",
        "digits",
        "Enter the case number.",
        about="Enter the case number in digits only. Use the one that the data system shows.",
    ),
    Field(
        "whom",
        "Who is it for?",
        "such as child 1",
        need="Enter who the service is for.",
        question="Who is it for, such as child 1, or mother for child 1?",
        name_shown="For",
        about="Enter the person's role, such as mother for child 1. Do not type a name.",
    ),
    Field(
        "service",
        "Service",
        "such as parenting class",
        need="Enter the service.",
        about="Enter the service as the data system lists it. A few words will do.",
    ),
    Field(
        "group",
        "Group",
        "the number of a group",
        "choice",
        "Choose one of the groups.",
        when="correcting",
        question="Which group do you want to record?",
        about="Choose the group you or your supervisor decided on.",
    ),
    Field(
        "reason_code",
        "Why this group",
        "the number of a reason",
        "choice",
        "Choose why you recorded a different group.",
        when="overriding",
        question="Why do you want to record a different group?",
        about="Choose the reason that fits best. If none does, choose the last one and add a note.",
    ),
    Field(
        "reason",
        "Note",
        "anything else about the reason",
        "note",
        when="overriding",
        about="Add what your supervisor should know about the reason. Leave out names.",
    ),
    Field(
        "status",
        "Status",
        "the number of a status",
        "choice",
        choices=_STATUSES,
        when="more",
        question="What is the status of the service?",
        about="Choose the service's status in the data system. You can leave this empty.",
    ),
    Field(
        "begun",
        "Start date",
        DAY_HINT,
        "day",
        when="more",
        about="Enter the first day of the service. Type it like 1/31/2026, or leave it empty.",
    ),
    Field(
        "ended",
        "End date",
        DAY_HINT,
        "day",
        when="more",
        about="Enter the last day of the service. Type it like 1/31/2026, or leave it empty.",
    ),
    Field(
        "linked",
        "In case plan",
        "yes or no",
        "yes_no",
        choices=_YES_NO,
        when="more",
        question="Is the service linked to the case plan?",
        about="Say whether the data system links it to the case plan. You can leave this empty.",
    ),
    Field(
        "need_met",
        "Need it meets",
        "the number of a need",
        "choice",
        choices=_NEEDS,
        when="more",
        question="Which of the child's needs does this service meet?",
        about="Choose the need this service is meant to meet. You can leave this empty.",
    ),
    Field("category", "Category", when="never"),
    Field("service_type", "Type", when="never"),
    Field("provider", "Provider", when="never"),
    Field(
        "why",
        "Why the change",
        "such as a typing mistake",
        "note",
        NOTE_NEEDED,
        when="replacing",
        about="Say in a few words what changes and why. The entry's history shows it.",
    ),
)
"""Every field of an entry that a worker fills in, in the order asked; older ones are shown only.

Whoever adds one adds a line here and one in `Entry`.
"""

FIELDS: Mapping[str, Field] = {field.name: field for field in ENTRY_FIELDS}
"""The fields of an entry by name."""


CASE_NUMBER_MOST = 40  # longest case number, in digits; the documents fix no length
WORDS_MOST = 200  # longest text for whom a service is and what it is, in characters
NOTE_MOST = 1000  # longest reason, in characters

_YEARS_BACK, _YEARS_AHEAD = 30, 10  # how far from today a day of service may lie


def value_problems(
    text: str, kind: str, *, need: str = "", choices: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Return what is wrong with one value, each in words that follow a label.

    `kind` is that of a form's field, and `need` is said where nothing is given, unless that will do.
    Control characters are refused, never stripped, so that what is kept is what was typed; a note
    may hold line breaks and tabs. Markup and emoji are plain text.
    """
    if not text.strip():
        yield from [need] if need else []
        return
    match kind:
        case "digits":
            if not is_case_number(text):
                yield "use digits only."
            yield from _length_problems(text, CASE_NUMBER_MOST)
        case "words":
            yield from _text_problems(text, WORDS_MOST, allowed="")
        case "note":
            yield from _text_problems(text, NOTE_MOST, allowed="\n\t")
        case "day" if day_typed(text) is None:
            yield f"“{text[:20]}” is not a date. Enter month, day, and year, such as 1/31/2026."
        case "choice" | "yes_no" if text not in choices:
            yield need or _choose_among(list(choices.values()))


def service_problems(typed: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    """Return what is wrong with the days of a service, each with its field."""
    begun, ended = day_typed(typed.get("begun", "")), day_typed(typed.get("ended", ""))
    for name, day in (("begun", begun), ("ended", ended)):
        if day and not -_YEARS_BACK <= day.year - today.year <= _YEARS_AHEAD:
            yield name, f"{day_shown(day)} is too far from today. Check the year."
        elif name == "begun" and day and day > today and typed.get("status") == PROVIDED:
            words = f"{day_shown(day)} is in the future, so the service is not provided yet."
            yield name, f"{words} Check the date and the status."
    if begun and ended and ended < begun:
        yield (
            "ended",
            f"{day_shown(ended)} is before the start, {day_shown(begun)}. Check both dates.",
        )


_CASE_NUMBER_LEAST = 4  # digits from which on a number in a text can only be the case number


def case_number_problems(case_number: str, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the fields of words that hold a case number, however it is spaced, with what to do."""
    number = case_number.strip()
    if len(number) < _CASE_NUMBER_LEAST or not is_case_number(number):
        return
    for name, text in typed.items():
        joined = re.sub(r"(?<=[0-9])[\s./-]+(?=[0-9])", "", text)
        holds = any(re.search(rf"(?<![0-9]){number}(?![0-9])", one) for one in (text, joined))
        if FIELDS[name].kind in {"words", "note"} and holds:
            yield name, "this includes the case number. Take the number out."


_SEVERAL = re.compile(
    r"\b(?:siblings?|all|both|children|kids|everyone|everybody|family|brothers|sisters)\b",
    re.IGNORECASE,
)
SEVERAL = "If a child has a different goal or placement, record that child separately."
"""Said where an entry seems to be for several children."""


def is_for_several(whom: str) -> bool:
    """Tell whether words for whom a service is may mean several children."""
    return bool(_SEVERAL.search(whom))


_ROLE_WORDS = (
    "adult all and aunt baby boy both brother caregiver child children cousin dad daughter family",
    "father fins for foster girl grandfather grandma grandmother grandpa grandparent guardian kids",
    "kin kinship legal maternal mom mother or parent partner paternal person relative sibling",
    "siblings sister son stepfather stepmother teen the twin uncle whole young youth",
)
_ROLES = frozenset(word for line in _ROLE_WORDS for word in line.split())
NAMED = (
    "Leave out names. Use a role, such as child 1 or mother. If you correct it later, the old text"
    " stays in the history."
)
"""Said where an entry seems to name somebody."""


def seems_to_name(whom: str) -> bool:
    """Tell whether words for whom a service is may be somebody's name: a capital that no role begins with."""
    return any(word.casefold() not in _ROLES for word in re.findall(r"\b[A-Z][a-z]+\b", whom))


def _choose_among(names: list[str]) -> str:
    numbered = (f"{number} {name}" for number, name in enumerate(names, start=1))
    return f"type {listed(numbered, 'or')}."


def _text_problems(text: str, most: int, *, allowed: str) -> Iterator[str]:
    from assistant.records.privacy import personal_details  # noqa: PLC0415 - patterns take 15 ms

    yield from _length_problems(text, most)
    for place, character in enumerate(text, start=1):
        if character not in allowed and is_control(character):
            yield f"character {place} cannot be shown (U+{ord(character):04X}). Delete it."
            break
    for detail in personal_details(text):
        shown = shortened(detail.words, _SHOWN_MOST)
        yield f"“{shown}” looks like {detail.kind} ({detail.why}). Leave it out."


def _length_problems(text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield f"this has {len(text):,} characters, and at most {most:,} fit. Shorten it."


Typed = Mapping[str, str]
"""What a form's fields hold, by name; one that is missing is empty."""

Result = TypeVar("Result")


class Confirmation(Frozen):
    """A last question before something is done."""

    question: str
    yes: str
    no: str


class Form(ABC, Generic[Result]):
    """Something to fill in: `fields` are all that may have to be asked for, in order.

    `lead` is to be known before anything is typed. `first` is what the fields hold at first. Where it
    `enter_saves`, Enter does so from every field, and else from the last. One that `can_be_empty`
    can be saved at once as if nothing were typed.
    """

    title: str
    fields: tuple[Field, ...]
    first: Typed = MappingProxyType({})
    lead: str = ""
    verb: ClassVar[str] = "Save"
    done: ClassVar[str] = "recorded"
    deed: str = "record it"
    note: ClassVar[str] = ""
    leave: ClassVar[str] = "Type back to leave without recording."
    enter_saves: ClassVar[bool] = False
    can_be_empty: ClassVar[bool] = False
    confirmation: Confirmation | None = None

    def asked(self, typed: Typed, *, more: bool) -> tuple[Field, ...]:  # noqa: ARG002 - for others
        """Return the fields to ask for as the form is now."""
        return self.fields

    @property
    def more(self) -> tuple[str, ...]:
        """The names of the fields that are asked for only where a worker wants them."""
        return tuple(field.name for field in self.fields if field.more)

    def reminder(self, typed: Typed) -> str:  # noqa: ARG002 - for others
        """Return what a worker should think of before saving what is typed; "" where nothing."""
        return ""

    def problems(self, typed: Typed) -> list[FieldProblem]:
        """List all that keeps the form from being saved, in its own order."""
        fields = self.asked(typed, more=True)
        found = [
            FieldProblem(field.name, sentence)
            for field in fields
            for sentence in field.problems(typed.get(field.name, ""))
        ]
        names = [field.name for field in fields]
        return sorted((*found, *self._mismatches(typed)), key=lambda one: names.index(one.field))

    def wrong_in(self, name: str, typed: Typed) -> list[str]:
        """Return what is wrong with one field, whatever is said of the form as a whole."""
        return [one.message for one in Form.problems(self, typed) if one.field == name]

    def _mismatches(self, typed: Typed) -> Iterator[FieldProblem]:  # noqa: ARG002 - for others
        """Return what is wrong with fields that will do one by one."""
        yield from ()

    @abstractmethod
    def save(self, typed: Typed) -> Result:
        """Do what the form is for with what was typed, which has no problems.

        Raises a `RecordsError` where nothing is done; it may then be tried again.
        """
