"""Recording in lines: a review, one field after another, a last yes."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from assistant.cases.view import NEXT_CHILD
from assistant.errors import RecordsBusyError
from tests.lines.talk import ADOPTION, ASKED, DEPENDS, FIELDS, Talk

OTHER = (*ADOPTION, "2", "2")
"""Recording another group than the one recommended: assessment/investigation."""


def entries(services):
    store = services.open_records()
    return [store.get(summary.seq) for summary in store.page(None, 50)]


def test_the_answers_are_reviewed_before_anything_is_typed(services):
    """With what is recommended, what is to be recorded, and what a memo of advice is."""
    said = Talk(services, *ADOPTION, "1").said
    assert f"Answer 1. {ASKED['investigation']} No, it has not opened one." in said
    assert "Recommended: Adoption Services." in said
    assert "You are recording: Adoption Services." in said
    assert any(line.startswith("This is for your own notes.") for line in said)
    assert said[-1] == "Case number: digits only. Type back to leave without recording."


def test_a_choice_is_recorded(services):
    """After a last yes; the entry holds what the screen's would."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS)
    assert entries(services) == []
    said = talk.type("yes")
    assert said.startswith("Saved as entry 1. ")
    (entry,) = entries(services)
    assert (entry.case_number, entry.whom, entry.service) == FIELDS
    assert entry.chosen == entry.recommended == "adoption"
    assert dict(entry.answers) == {"investigation": "none", "goal": "adoption", "fins": "no"}
    assert services.drafts.waiting() == []
    assert talk.type("q") == "Your entry is saved."


def test_the_end_of_a_case_number_is_said_before_the_last_yes(services):
    """So that it can be told from another, though it is not shown."""
    talk = Talk(services, *ADOPTION, "1", "7654321", *FIELDS[1:])
    assert talk.said[0].startswith(
        "You are recording, under the case number that ends in 321 (7 digits): Adoption Services."
    )


def test_a_supervisors_decision_finishes_what_was_unresolved(services, start):
    """A group is recorded, without a reason since none was recommended; nothing waits any more."""
    talk = Talk(services, *DEPENDS)
    talk.choose("Record your supervisor's choice")
    talk.choose("Adoption")
    talk.type(*FIELDS)
    assert "Why this group" not in talk.text
    assert "unfinished" not in talk.type("yes")
    (entry,) = entries(services)
    assert (entry.recommended, entry.chosen, entry.overrides) == (None, "adoption", False)
    assert start().drafts.waiting() == []
    assert talk.type("q") == "Your entry is saved."


def test_the_case_number_is_not_said_again(services):
    """Neither while recording, nor when it was wrong, nor when the form is opened again."""
    talk = Talk(services, *ADOPTION, "1")
    hidden = []
    for typed in ("12-34567", "7654321", "child 1"):
        hidden.append(talk.session.hidden)
        talk.type(typed)
    assert hidden == [True, True, False]
    talk.type("back", "1", "", "", "home study", "yes", "?", "h")
    everything = "\n".join(talk.everything)
    assert "12-34567" not in everything
    assert "7654321" not in everything
    assert entries(services)[0].case_number == "7654321"


@pytest.mark.parametrize(
    ("before", "typed", "said"),
    [
        ((), "", "Enter the case number."),
        ((), "12a", "Case number: use digits only"),
        (FIELDS[:1], "SSN 123-45-6789", "looks like a social security number"),
        (FIELDS[:1], "a\udcffb", "cannot be shown (U+DCFF)"),
    ],
)
def test_a_field_that_will_not_do_is_asked_for_again(services, before, typed, said):
    """Only its own problems are said, and what was wrong goes no further."""
    talk = Talk(services, *ADOPTION, "1", *before, typed)
    assert said in talk.said[0]
    assert talk.said[-1].startswith("Type it again (")
    assert len(talk.said) == 2
    talk.type(*FIELDS[len(before) :], "yes")
    assert [(e.case_number, e.whom, e.service) for e in entries(services)] == [FIELDS]


@pytest.mark.parametrize("typed", ["1", "supervisor", "The supervisor decided", "the sup"])
def test_another_group_needs_a_reason(services, typed):
    """Chosen by number or words; the entry says what was recommended, too."""
    talk = Talk(services, *OTHER, *FIELDS)
    assert talk.said[0].startswith("Why do you want to record a different group?")
    assert talk.said[1:] == [
        f"{number}. {words}."
        for number, words in enumerate(
            services.loaded.guide.about.override_reasons.values(), start=1
        )
    ]
    assert "Choose why you recorded" in talk.type("")
    assert "Choose why you recorded" in talk.type("because")
    talk.type(typed)
    assert talk.said[-1].endswith("Press Enter to skip it.")
    talk.type("at the staffing")
    assert "Why this group: The supervisor decided" in talk.said
    talk.type("yes")
    (entry,) = entries(services)
    assert (entry.recommended, entry.chosen) == ("adoption", "assessment_investigation")
    assert (entry.reason_code, entry.reason) == ("supervisor", "at the staffing")
    assert "Reason: The supervisor decided. Note: at the staffing." in talk.choose("Read the memo")


def test_a_reason_of_ones_own_takes_a_note(services):
    """Enter alone will not do there; after any other reason it does."""
    talk = Talk(services, *OTHER, *FIELDS, "5", "")
    assert "Say why you chose a different group" in talk.said[0]
    talk.type("the unit's own list", "yes")
    (entry,) = entries(services)
    assert (entry.reason_code, entry.reason) == ("other", "the unit's own list")


MORE = ("provided", "9/1/2026", "2026-09-30", "y", "educational needs")


def test_more_is_asked_for_only_where_wanted(services):
    """One word asks for the rest, a line each; what is put in is said back and kept."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS)
    assert "Type more to add status, dates, case plan, or need." in talk.said[-1]
    said = talk.type("more")
    assert "What is the status of the service? Press Enter to skip it." in said
    talk.type(*MORE)
    assert "Status: provided" in talk.said
    assert "Type more" not in talk.text
    talk.type("yes")
    (entry,) = entries(services)
    assert (entry.status, entry.linked, entry.need_met) == ("provided", True, "educational")
    assert (entry.begun, entry.ended) == (date(2026, 9, 1), date(2026, 9, 30))
    assert not any(label in talk.text for label in ("Category", "Type:", "Provider"))


def test_what_may_be_left_out_can_be_taken_back(services):
    """Enter leaves a field out or keeps it; a dash empties it."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "more", "2", *[""] * 4, "back", "1", *[""] * 3)
    assert "Status: planned" in talk.said
    said = talk.type("more")
    assert "Now: planned. Press Enter to keep it, or type another, or - for none." in said
    talk.type("-", *[""] * 4, "yes")
    assert entries(services)[0].status == ""


@pytest.mark.parametrize(
    ("at", "typed", "said"),
    [
        (0, "5", "Status: type 1 needed, 2 planned, or 3 provided."),
        (2, "2026-08-31", "is before the start, Sep 1, 2026"),
    ],
)
def test_a_field_of_the_rest_that_will_not_do_is_asked_for_again(services, at, typed, said):
    """Only its own problem is said; typed anew, it is recorded."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "more", *MORE[:at], typed)
    assert said in talk.said[0]
    assert len(talk.said) == 2
    talk.type(*MORE[at:], "yes")
    assert len(entries(services)) == 1


def test_what_is_unresolved_is_recorded_and_finished_in_one_line(services, start):
    """It stays unfinished; what comes of it takes the place of the entry, with its fields."""
    talk = Talk(services, *DEPENDS)
    talk.choose("Record as unresolved")
    assert "You are recording: unresolved, to finish later." in talk.said
    assert "You can finish it later: it is in the list of unfinished interviews." in talk.type(
        *FIELDS, "yes"
    )
    assert talk.type("q") == "Your answers are saved. Next time, type u to continue."
    later = Talk(start(), "u", "c 1", "closed", "1")
    assert "This replaces entry 1." in later.said
    later.type("", "", "")
    assert "Now: The open question is answered. Press Enter to keep it" in later.said[-1]
    later.type("", "yes")
    assert "Saved as entry 2, which replaces entry 1" in later.text
    assert [entry.certainty for entry in entries(services)] == ["settled"]
    assert [one.seq for one in services.open_records().history(2)] == [1, 2]
    assert later.type("q") == "Your entry is saved."


def test_finishing_an_entry_finished_elsewhere_says_so(services, start):
    """The store's sentence is said, and what was typed stays."""
    talk = Talk(services, *DEPENDS)
    talk.choose("Record as unresolved")
    talk.type(*FIELDS, "yes", "q")
    later = Talk(start(), "u", "c 1", "closed", "1", "", "", "", "")
    store = services.open_records()
    store.add(replace(store.get(1), id="e" * 32, corrects=store.get(1).id, why="elsewhere"))
    said = later.type("yes")
    assert "Not recorded. Entry 1 was already corrected or withdrawn (see number 2)" in said
    assert "What you typed is kept." in said
    assert len(entries(services)) == 1


def test_an_entry_that_cannot_be_read_is_not_corrected_blindly(services, start):
    """The form does not open, and says why; the interview goes on."""
    talk = Talk(services, *DEPENDS)
    talk.choose("Record as unresolved")
    talk.type(*FIELDS, "yes", "q")

    def open_records():
        raise RecordsBusyError("Another window is writing.")

    later = Talk(replace(start(), open_records=open_records), "u", "c 1", "closed", "1")
    assert later.said[0] == "Another window is writing."
    assert "1. Record this group." in later.said


@pytest.mark.parametrize("at", range(4))
def test_the_word_back_leaves_at_every_field(services, at):
    """Nothing is recorded, and the result is as it was."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS[:at], "back")
    assert talk.said[0].startswith("Nothing was recorded.")
    assert "1. Record this group." in talk.said
    assert entries(services) == []


def test_what_was_typed_is_kept_when_the_form_is_left(services):
    """Enter keeps it, field by field."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "back", "1")
    assert "Press Enter to keep it" in talk.said[-1]
    assert "Now: child 1. Press Enter to keep it" in talk.type("")
    talk.type("child 2", "", "yes")
    (entry,) = entries(services)
    assert (entry.case_number, entry.whom, entry.service) == ("0042", "child 2", "home study")


def test_another_interview_starts_with_an_empty_form(services):
    """One case's number never turns up in the form of the next."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "back", "start again", "1", *ADOPTION, "1")
    assert talk.said[-1] == "Case number: digits only. Type back to leave without recording."


def test_the_form_of_an_interview_gone_on_with_is_empty(services, start):
    """Also where all answers of another were taken back before."""
    Talk(services, *ADOPTION[:2], "q")
    talk = Talk(start(), *ADOPTION, "1", *FIELDS, "back", "b", "b", "b", "u", ADOPTION[2], "1")
    assert "Case number: digits only. Type back" in talk.said[-1]


@pytest.mark.parametrize("typed", ["", "y", "0", "Yes, please", "record", "no", "?", "h", "c", "s"])
def test_only_yes_records(services, typed):
    """Anything else says how."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, typed)
    assert entries(services) == []
    assert "Type yes to record it" in talk.said[-1]
    talk.type(" YES ")
    assert len(entries(services)) == 1


@pytest.mark.parametrize("named", ["service", "Serv", "3"])
def test_a_field_named_before_the_yes_is_asked_for_again(services, named):
    """That one alone, by its first word or its number; the others stay as they are."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, named)
    assert talk.said[-1].startswith("Service: ")
    talk.type("parenting class")
    assert "Service: parenting class" in talk.said
    talk.type("yes")
    (entry,) = entries(services)
    assert (entry.service, entry.whom) == ("parenting class", FIELDS[1])


def test_quitting_the_form_keeps_the_answers(services, start):
    """And nothing of the form, which is said."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "q")
    words = "Your answers are saved. What you typed in the form is not saved."
    assert talk.said == [f"{words} Next time, type u to continue."]
    assert entries(services) == []
    assert len(start().drafts.waiting()) == 1


def test_a_store_that_fails_costs_nothing_typed(services):
    """It is said that nothing was recorded and why; the next yes saves."""
    failing = [True, True]

    def open_records():
        if failing:
            failing.pop()
            raise RecordsBusyError("Another window is writing.", mend="Wait a little.")
        return services.open_records()

    talk = Talk(replace(services, open_records=open_records), *ADOPTION, "1", *FIELDS)
    for _ in range(2):
        said = talk.type("yes")
        assert said.startswith(
            "Not recorded. Another window is writing.\nWhat to do: Wait a little."
        )
        assert "What you typed is kept. Type yes to try again" in said
    assert "Saved as entry 1" in talk.type("yes")
    assert len(entries(services)) == 1


def test_a_doubtful_save_tried_again_is_one_entry(services):
    """A store that wrote and then failed to say so is asked again about the same entry."""
    store = services.open_records()
    failing = [True]

    def add(entry):
        number = store.add(entry)
        if failing.pop() if failing else False:
            raise RecordsBusyError("Who knows.")
        return number

    stub = SimpleNamespace(add=add)
    talk = Talk(replace(services, open_records=lambda: stub), *DEPENDS)
    talk.choose("Record as unresolved")
    talk.type(*FIELDS, "yes", "yes")
    assert len(entries(services)) == 1


def test_the_records_can_be_heard(services):
    """The newest first, each one whole by its number."""
    talk = Talk(services, "r")
    assert "Nothing is recorded yet." in talk.said[0]
    talk.type(*ADOPTION, "1", *FIELDS, "yes")
    talk.choose("See the records")
    assert "case 0042, home study for child 1: Adoption (matches)." in talk.said[0]
    assert "For: child 1" in talk.type("r 1")
    assert "The records have no entry 9." in talk.type("r 9")


def test_a_typo_in_the_entry_just_saved_is_fixed(services):
    """Everything is filled in, the reason too; what was saved before is replaced."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    talk.choose("Fix a typo")
    talk.type("0043", *[""] * 4, "yes")
    assert "replaces entry 1" in talk.text
    entry = services.open_records().get(2)
    assert (entry.case_number, entry.service) == ("0043", "home study")
    assert entry.why
    assert talk.interview.view.mode == "recorded"
    assert services.drafts.waiting() == []
    talk.choose("Fix a typo")
    talk.type("back")
    assert talk.interview.view.mode == "recorded"


def test_the_same_answers_are_recorded_for_the_next_child(services):
    """Case and service are filled in, for whom is asked, and both entries stand."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    talk.choose("Same answers, next child")
    assert NEXT_CHILD in talk.said
    talk.type("", "child 2", "", "yes")
    second, first = entries(services)
    assert (first.whom, second.whom) == ("child 1", "child 2")
    assert (second.case_number, second.service) == (first.case_number, first.service)
    assert (second.answers, second.chosen) == (first.answers, first.chosen)
    assert second.id != first.id
    assert services.drafts.waiting() == []


def test_no_typo_is_fixed_in_an_entry_withdrawn_meanwhile(services):
    """It is said, and the menu offers that no more."""
    talk = Talk(services, *ADOPTION)
    talk.choose("Record this group")
    talk.type(*FIELDS, "yes", "withdraw 1", "twice", "yes", "")
    talk.choose("Fix a typo")
    assert "Entry 1 was withdrawn." in talk.said
    assert not any("Fix a typo" in line for line in talk.said)


def test_the_next_child_of_an_entry_on_record_is_not_called_the_first(services):
    """What to check is said before any field, and once."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes", "start again", "go on 1")
    talk.choose("Same answers, next child")
    assert "Nothing is recorded yet" not in talk.text
    assert NEXT_CHILD in talk.said
    talk.type(*FIELDS)
    assert NEXT_CHILD not in talk.text


def test_back_while_a_field_is_fixed_leaves_only_that_field(services):
    """At the last step again, with the field as it was."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS)
    talk.type("service", "back")
    assert FIELDS[2] in talk.text
    talk.type("yes")
    assert [entry.service for entry in entries(services)] == [FIELDS[2]]


@pytest.mark.parametrize(
    ("typed", "word"), [("?", "change a field"), ("end", "more"), ("status", "more")]
)
def test_the_last_step_says_which_words_it_knows(services, typed, word):
    """In place of only asking for the yes again."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS)
    assert word in talk.type(typed)
    assert entries(services) == []


def test_a_field_typed_with_what_it_should_hold_is_asked_for(services):
    """What follows its first word is asked for, so that it can be checked."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS)
    assert FIELDS[2] in talk.type("service dance class")
    assert "yes" in talk.type("dance class")


def test_a_name_of_two_words_is_told_from_another_that_begins_alike(services):
    """Case number and case plan."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "more", "", "", "", "", "")
    assert "One is already there" in talk.type("case number")
