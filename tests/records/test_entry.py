"""What an entry refuses to be, and what the form says about each field."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.forms import NewEntry
from assistant.cases.view import View
from assistant.engine.statements import Glossary
from assistant.records.entry import Entry
from assistant.records.fields import FieldProblem
from tests.builders import shipped

MakeEntry = Callable[..., Entry]
GOOD = {"case_number": "123", "whom": "child 1", "service": "Counseling"}
WHY = {"reason_code": "supervisor", "reason": ""}


def entry_problems(typed: dict[str, str], *, overriding: bool) -> list[FieldProblem]:
    """List what the form for a group says, where adoption is recommended."""
    answers = {"investigation": "concluded", "goal": "adoption"}
    view = View(shipped().guide, "a" * 32, answers, glossary=Glossary(shipped().guide))
    chosen = "preventive" if overriding else "adoption"
    services = SimpleNamespace(loaded=shipped(), now=lambda: datetime(2026, 10, 3, tzinfo=UTC))
    return NewEntry(services, view.turned("recording", chosen=chosen)).problems(typed)


def problems_of(**changed: str) -> list[FieldProblem]:
    return entry_problems({**GOOD, **WHY, **changed}, overriding=True)


def fields_of(**changed: str) -> list[str]:
    return [problem.field for problem in problems_of(**changed)]


def message_of(**changed: str) -> str:
    (problem,) = problems_of(**changed)
    return problem.message


def test_a_filled_form_has_no_problems() -> None:
    """Case number, whom and service are all that is needed where the advice is taken."""
    assert entry_problems(GOOD, overriding=False) == []


def test_an_empty_form_lists_every_needed_field() -> None:
    """All problems are said at once, in the form's order."""
    problems = entry_problems({}, overriding=True)
    fields = [problem.field for problem in problems]
    assert fields == ["case_number", "whom", "service", "reason_code"]


@pytest.mark.parametrize(
    "number", ["12 34", "12-34", " 1234", "1234\n", "12a", "١٢٣", "²", "-1", "1.0"]
)
def test_a_case_number_is_digits_only(number: str) -> None:
    """Nothing but 0 to 9 passes; spaces and dashes are named, not dropped."""
    assert "digits only" in message_of(case_number=number)


def test_a_case_number_of_forty_digits_is_the_longest() -> None:
    """The fortieth digit fits, the next one does not, and the count is said."""
    assert fields_of(case_number="1" * 40) == []
    assert "41 characters, and at most 40" in message_of(case_number="1" * 41)


@pytest.mark.parametrize("number", ["123456789", "3125551234", "5551234"])
def test_a_case_number_is_no_personal_detail(number: str) -> None:
    """Digits that could be a phone or social security number elsewhere are a case number here."""
    assert fields_of(case_number=number) == []


@pytest.mark.parametrize("field", ["whom", "service"])
@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_blank_text_is_missing_text(field: str, text: str) -> None:
    """White space alone does not say whom or what."""
    assert fields_of(**{field: text}) == [field]


@pytest.mark.parametrize(("field", "most"), [("whom", 200), ("service", 200), ("reason", 1000)])
def test_long_text_is_counted_and_refused(field: str, most: int) -> None:
    """Ten thousand letters are refused with both numbers; nothing is cut off."""
    assert fields_of(**{field: "é" * most}) == []
    assert f"10,000 characters, and at most {most:,} fit" in message_of(**{field: "x" * 10_000})


def test_a_reason_is_needed_only_to_override() -> None:
    """Choosing otherwise than recommended needs a reason that is more than white space."""
    assert fields_of(reason_code="other", reason=" \n ") == ["reason"]
    assert fields_of(reason_code="other", reason="supervisor decided") == []
    assert fields_of(reason_code="gone") == ["reason_code"]
    assert entry_problems({**GOOD, "reason_code": "gone"}, overriding=False) == []


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x85", "\ud800", "\u202e"]
)
@pytest.mark.parametrize("field", ["whom", "service", "reason"])
def test_control_characters_are_refused_by_place_and_code(field: str, character: str) -> None:
    """The message names the character's place and code, and does not hold the character."""
    message = message_of(**{field: f"ab{character}c"})
    assert f"character 3 cannot be shown (U+{ord(character):04X})" in message
    assert character not in message


def test_line_breaks_belong_to_the_reason_alone() -> None:
    """A reason may have lines and tabs; one-line fields may not."""
    assert fields_of(reason="one\ttwo\nthree") == []
    assert fields_of(whom="a\nb", service="a\tb") == ["whom", "service"]


@pytest.mark.parametrize("text", ["[/x]", "[bold]x", "👩‍👧 visit", "<b>", "=1+1", "%s {0}", "שלום"])
def test_markup_and_emoji_are_plain_text(text: str) -> None:
    """What would be markup or a formula elsewhere is only text here."""
    assert fields_of(whom=text, service=text, reason=text) == []


@pytest.mark.parametrize("field", ["whom", "service", "reason"])
def test_personal_details_are_refused_with_their_words(field: str) -> None:
    """The message quotes the words and says what they look like."""
    message = message_of(**{field: "ask at 312-555-1234"})
    assert "“312-555-1234” looks like a phone number" in message


def test_a_long_personal_detail_is_quoted_in_part() -> None:
    """A message stays readable whatever was typed."""
    assert len(message_of(reason="a" * 500 + "@example.com")) < 200


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "../../etc/passwd"},
        {"id": "A" * 32},
        {"when": datetime(2026, 1, 1)},  # noqa: DTZ001 - the naive time is the case
        {"case_number": "12 secret"},
        {"case_number": ""},
        {"chosen": "adoption"},
        {"chosen": "preventive", "reason": " "},
        {"service": "secret \x00"},
        {"reason": "secret \ud800"},
        {"answers": {"goal": "secret\udfff"}},
    ],
    ids=str,
)
def test_an_entry_that_could_not_be_kept_is_never_made(
    entry: MakeEntry, changed: dict[str, object]
) -> None:
    """An impossible entry is refused where it is made, without quoting it."""
    with pytest.raises(ValueError, match=r"\w") as caught:
        entry(**changed)
    assert "secret" not in str(caught.value)


def test_a_choice_that_is_left_open_needs_no_reason(entry: MakeEntry) -> None:
    """It is none of another group; it still counts as not what was recommended."""
    left = entry(chosen=None, reason="")
    assert (left.recommended is not None, left.followed, left.overrides) == (True, False, True)


def test_an_entry_is_not_changed_through_the_mapping_it_was_made_from(entry: MakeEntry) -> None:
    """The answers are the entry's own."""
    answers = {"goal": "none"}
    made = entry(answers=answers)
    answers["goal"] = "adoption"
    assert made.answers == {"goal": "none"}


def test_the_case_stays_out_of_an_entry_s_repr(entry: MakeEntry) -> None:
    """Crash reports show `repr`, so it holds neither case number nor free text."""
    made = entry(case_number="987", whom="WHOM", service="SERVICE", reason="REASON")
    assert not [word for word in ("987", "WHOM", "SERVICE", "REASON") if word in repr(made)]


FORMS = st.fixed_dictionaries(
    {
        "case_number": st.from_regex("[0-9]+ ?"),
        "whom": st.text(),
        "service": st.text(),
        "reason": st.text(),
    }
)


@given(form=FORMS, override=st.booleans())
def test_any_form_gets_an_answer(entry: MakeEntry, form: dict[str, str], override: bool) -> None:
    """Whatever is typed, the form is answered, and a form without problems makes an entry."""
    if not entry_problems(form | {"reason_code": "other"}, overriding=override):
        entry(**form, chosen="adoption" if override else "reunification")
