"""A recorded entry taken up again, told in lines, and as a memo."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.cases.entries import (
    RULES_CHANGED,
    entry_fields,
    entry_lines,
    entry_memo,
    entry_row,
    entry_rows,
    entry_state,
    history_lines,
    view_of,
)
from assistant.cases.forms import PreviousEntry
from assistant.engine.statements import Glossary
from assistant.records.entry import Recorded
from assistant.text import columns
from tests.builders import shipped
from tests.entries import (
    ADOPTION,
    DEPENDS,
    HOME,
    REFER,
    correcting,
    entry_of,
    overriding,
    withdrawing,
)

LOADED = shipped()
GUIDE = LOADED.guide


def said_by_label(*given):
    return {field.about: field.says for field in entry_fields(*given)}


def view(entry):
    return view_of(LOADED, entry, Glossary(GUIDE), "d" * 32)


@pytest.mark.parametrize("said", [ADOPTION, HOME, REFER, DEPENDS])
def test_an_interview_is_taken_up_where_it_was(said):
    """With the same answers and the same result; recorded, it takes the entry's place."""
    entry = entry_of(said)
    found = view(entry)
    assert found.everything_said == dict(entry.answers)
    assert (found.recommended, found.unresolved) == (entry.recommended, said == DEPENDS)
    assert (found.corrects, found.notice) == (entry.id, "")


def test_what_was_assumed_is_still_assumed():
    found = view(entry_of(ADOPTION, assumed=("fins",)))
    assert found.assumed == {"fins"}


def test_facts_filled_in_beforehand_count_again():
    """What was asked later than it is now was known beforehand, and is not asked again."""
    answers = {"fins": "without_report", "goal": "adoption"}
    found = view(entry_of(HOME, answers=answers))
    assert found.given == {"fins": "without_report", "goal": "adoption"}
    assert found.recommended == "adoption"


def test_answers_of_other_rules_are_checked_again():
    """Those that the guide does not have are left out, and the worker is told."""
    old = entry_of(ADOPTION, meaning_hash="0" * 64)
    found = view(replace(old, answers={**old.answers, "goal": "gone", "weather": "fair"}))
    assert found.notice == RULES_CHANGED
    assert found.standing.asking == "goal"
    assert "weather" not in found.everything_said


def test_an_entry_shows_what_was_recorded():
    """Every field by its label, and none that is empty."""
    fields = said_by_label(
        LOADED,
        3,
        overriding(
            ADOPTION,
            "preventive",
            reason="at the staffing",
            status="planned",
            begun=date(2026, 1, 31),
            linked=False,
            category="in the home",
            service_type="skills",
            provider="0042",
        ),
    )
    assert fields["Your reason"] == "The supervisor decided. Note: at the staffing"
    assert (fields["Status"], fields["Start date"]) == ("planned", "Jan 31, 2026")
    assert fields["In case plan"] == "no"
    kept = ("in the home", "skills", "0042")
    assert (fields["Category"], fields["Type"], fields["Provider"]) == kept
    assert "End date" not in fields
    assert "Status" not in said_by_label(LOADED, 3, entry_of(ADOPTION))


def test_history_is_told_oldest_first():
    """Each line says by number what it did to which."""
    first = entry_of(HOME)
    second = correcting(first, chosen=None, reason_code="other", reason="x", why="wrong child")
    last = withdrawing(second, "wrong case")
    line = [Recorded(2, first), Recorded(5, second), Recorded(9, last)]
    said = history_lines(line, GUIDE)
    assert said[0].startswith("Entry 2 was recorded on Oct ")
    assert said[1].startswith("Entry 5 replaced entry 2 ")
    assert said[1].endswith("Why: wrong child")
    assert said[2].startswith("Entry 5 was withdrawn on ")
    assert said[2].endswith("Why: wrong case")


def test_a_line_whose_beginning_was_erased():
    """Says so, and invents no number."""
    second = correcting(entry_of(HOME))
    (said,) = history_lines([Recorded(5, second)], GUIDE)
    assert "Entry 5 replaced an entry that was erased later " in said


def test_the_state_of_an_entry(store_summary):
    assert entry_state(store_summary) == "matches"
    changed = replace(store_summary, chosen=None, corrects=True)
    assert entry_state(changed) == "changed, corrected"
    assert entry_state(replace(changed, withdrawn=True)) == "withdrawn"


@pytest.mark.parametrize("width", [60, 75, 80])
def test_rows_of_a_list_fit(store_summary, width):
    """The service is cut first; a long case number is known by its end, an older day by its year."""
    entries = [
        replace(store_summary, chosen="assessment_investigation", whom="mother for child 1"),
        replace(store_summary, case_number="123456789012345", service="x" * 90),
    ]
    now = store_summary.when.replace(year=store_summary.when.year + 1)
    rows = [entry_row(GUIDE, one, now) for one in entries]
    first, second = entry_rows(rows, width)
    assert max(map(columns, (first, second))) <= width
    assert first.endswith("changed")
    assert second.endswith("matches")
    assert "56789012345" in second
    assert str(store_summary.when.year) in second
    if width == 80:
        assert "mother for child 1" in next(entry_lines(GUIDE, entries))


def test_where_nothing_was_recommended_no_list_says_that_it_was_not_followed(store_summary):
    """Whatever was decided on."""
    for chosen in ("adoption", None):
        one = replace(store_summary, recommended=None, chosen=chosen)
        assert entry_state(one) == "no recommendation"


@pytest.mark.parametrize(
    ("said", "recommended", "sure"),
    [
        (DEPENDS, "no group, because some facts were missing", "Unresolved"),
        (REFER, "no group, because the documents name none", "Ask your supervisor"),
        (ADOPTION, "Adoption Services", "Settled"),
    ],
)
def test_what_was_recommended_is_said_in_words(said, recommended, sure):
    """Where nothing was, with the reason; and never by a word of the program's."""
    fields = said_by_label(LOADED, 3, entry_of(said))
    assert fields["Recommended"] == recommended
    assert fields["How sure"] == sure
    assert ("Why" in fields) == (said != DEPENDS)
    assert "meaning" not in fields["Guide"]


def version(entry):
    return PreviousEntry(3, entry)


@pytest.mark.parametrize("said", [ADOPTION, HOME, REFER, DEPENDS])
@pytest.mark.parametrize("chosen", ["", "preventive"])
def test_a_memo_is_five_lines_for_a_supervisor(said, chosen):
    """After the entry: facts, recommendation, how sure, why and what to decide, none of them empty."""
    entry = overriding(said, chosen) if chosen else entry_of(said)
    lines = entry_memo(LOADED, version(entry)).splitlines()
    heads = [line.partition(": ")[0] for line in lines]
    assert heads == [
        "Entry 3",
        *("Facts", "Recommendation", "How sure", "Why", "To decide"),
    ]
    assert all(line.partition(": ")[2].strip(" .") for line in lines)
    assert ("Recorded: Preventive Services" in lines[2]) == bool(chosen)


@pytest.mark.parametrize(("said", "why"), [(DEPENDS, "it depends"), (REFER, "no group is named")])
def test_a_memo_says_that_nothing_was_recommended(said, why):
    """And not that something else was, where the supervisor decided on a group."""
    text = entry_memo(LOADED, version(entry_of(said, chosen="adoption")), in_full=True)
    headline = text.splitlines()[2]
    assert headline == f"No recommendation ({why}). Recorded: Adoption Services."


@pytest.fixture
def store_summary(services):
    store = services.open_records()
    store.add(entry_of(ADOPTION))
    return store.page(None, 1)[0]


def test_a_memo_holds_the_reasons_and_no_case_number():
    """Unless it is asked for."""
    entry = overriding(ADOPTION, "preventive", case_number="00777", reason="at the staffing")
    text = entry_memo(LOADED, version(entry), in_full=True)
    assert "Entry 3, recorded Oct " in text
    assert "Recommended, but not recorded: Adoption Services" in text
    assert "The supervisor decided. Note: at the staffing" in text
    assert "00777" not in text
    assert "Since then" not in text
    assert "00777" in entry_memo(LOADED, version(entry), with_case=True)


def test_a_memo_says_that_the_rules_have_changed():
    """And what they recommended then, where that is another."""
    old = entry_of(ADOPTION, meaning_hash="0" * 64, content_version="0.9")
    same = entry_memo(LOADED, version(old))
    assert "(then version 0.9, now " in same
    assert "The recommendation is still the same." in same
    other = replace(old, recommended="preventive", chosen="preventive")
    text = entry_memo(LOADED, version(other))
    assert "Recommended then: Preventive Services" in text
    assert "Recommended today: Adoption Services" in text


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"goal": "gone"},
        {"investigation": "concluded", "fins": "without_report"},
        {"goal": "adoption", "case_plan": "none"},
        {"weather": "fair"},
    ],
)
def test_a_memo_can_be_made_of_any_answers(answers):
    """Whatever they were, and whatever group was recorded: what is not known is not known."""
    entry = entry_of(ADOPTION, answers=answers, chosen="gone", reason="x", meaning_hash="0" * 64)
    text = entry_memo(LOADED, version(entry), in_full=True)
    assert "Recorded:\n- gone\n" in text
    assert "Recorded: gone" in entry_memo(LOADED, version(entry))
