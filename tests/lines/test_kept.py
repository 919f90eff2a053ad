"""Recorded entries in a session in lines: heard, corrected, withdrawn, gone on from."""

import pytest

from assistant.errors import RecordsBusyError
from assistant.records.entry import Withdrawal
from tests.entries import ADOPTION as SAID
from tests.entries import DEPENDS, HOME, correcting, entry_of, withdrawing
from tests.lines.talk import ADOPTION, FIELDS, Talk


@pytest.fixture
def store(services):
    """1: adoption; 2: what is left open."""
    opened = services.open_records()
    opened.add(entry_of(SAID, case_number="007700"))
    opened.add(entry_of(DEPENDS, case_number="008800"))
    return opened


def test_an_entry_is_withdrawn(services, store):
    """After a reason and a yes; then the interview goes on where it was."""
    talk = Talk(services, "1", "r 1", "withdraw")
    assert "home study for child 1: Adoption Services." in talk.said[0]
    assert "007700" not in talk.text
    talk.type("", "SSN 123-45-6789")
    assert "social security number" in talk.text
    assert talk.type("recorded twice").startswith("Your reason: recorded twice")
    assert "Nothing is withdrawn yet." in talk.type("maybe")
    said = talk.type("yes")
    assert said.startswith("Entry 1 is withdrawn.")
    assert talk.said[-1].startswith("Still question 2.")
    assert isinstance(store.record(3).record, Withdrawal)


def test_a_withdrawal_can_be_left(services, store):
    """At either step."""
    talk = Talk(services, "withdraw 1", "back")
    assert talk.said[0] == "Nothing was withdrawn."
    talk.type("withdraw 1", "recorded twice", "back")
    assert store.head().count == 2


def test_a_withdrawal_that_fails_can_be_tried_again(services, store, monkeypatch):
    """It is then withdrawn once."""
    talk = Talk(services, "withdraw 1", "recorded twice")

    def busy(*_):
        raise RecordsBusyError("Busy.")

    with monkeypatch.context() as patched:
        patched.setattr("assistant.records.store.RecordStore.add", busy)
        assert talk.type("yes").startswith("Not withdrawn. Busy.")
    assert talk.type("yes").startswith("Entry 1 is withdrawn.")
    assert store.head().count == 3


def test_an_entry_is_corrected(services, store):
    """Field by field, Enter keeping what was recorded; the new one says why."""
    talk = Talk(services, "r 1", "correct", "", "child 2", "", "")
    assert talk.said[0].startswith("Why the change")
    talk.type("wrong child")
    assert "For: child 2" in talk.said
    assert "007700" not in "\n".join(talk.everything[talk.everything.index("Entry: 1") + 3 :])
    assert "replaces entry 1" in talk.type("yes")
    entry = store.get(3)
    assert (entry.whom, entry.case_number, entry.why) == ("child 2", "007700", "wrong child")
    assert entry.corrects == store.get(1).id
    assert entry.answers == store.get(1).answers


def test_an_entry_that_was_replaced_names_the_one_that_counts(services, store):
    talk = Talk(services, "correct 1", "", "child 2", "", "", "wrong child", "yes", "r 1")
    assert "r 3 to hear entry 3." in talk.text


def test_a_correction_keeps_unseen_what_no_form_asks_for(services, store):
    """Category, type and provider of an older entry are in the new one too, typed by nobody."""
    older = entry_of(SAID, category="in the home", service_type="skills", provider="5550123")
    store.add(older)
    talk = Talk(services, "correct 3", "", "child 2", "", "", "wrong child")
    assert "For: child 2" in talk.said
    assert not any(value in talk.text for value in ("in the home", "skills", "5550123"))
    assert "replaces entry 3" in talk.type("yes")
    entry = store.get(4)
    assert (entry.category, entry.service_type) == (older.category, older.service_type)
    assert entry.provider == older.provider
    assert "Provider: 5550123" in Talk(services, "r 4").text


def test_another_group_needs_a_reason(services, store):
    """Which is asked for once the group is typed, and no more when it is the recommended one again."""
    talk = Talk(services, "correct 1", "", "", "", "preventive")
    assert talk.said[0].startswith("Why do you want")
    talk.type("supervisor", "", "at the staffing", "yes")
    entry = store.get(3)
    assert (entry.chosen, entry.reason_code) == ("preventive", "supervisor")
    talk.type("correct 3", "", "", "", "adoption", "as it was", "yes")
    assert (store.get(4).chosen, store.get(4).reason_code) == ("adoption", "")


def test_what_may_be_left_out_can_be_added(services, store):
    talk = Talk(services, "correct 1", "", "", "", "", "the status was missing", "more")
    assert talk.said[0].startswith("What is the status")
    talk.type("planned", "", "", "yes", "", "", "", "", "", "yes")
    assert (store.get(3).status, store.get(3).linked) == ("planned", True)


def test_a_correction_that_changes_nothing_is_refused(services, store):
    talk = Talk(services, "correct 1", "", "", "", "", "just so", "yes")
    assert "Nothing has changed yet" in talk.text
    talk.type("back")
    assert store.head().count == 2


def test_what_is_left_open_is_gone_on_from(services, store):
    """With its answers; what is recorded then takes its place."""
    talk = Talk(services, *ADOPTION[:1], "r 2", "go on")
    assert talk.said[0].startswith("Continuing from entry 2. ")
    assert "replaces entry 2" in talk.said[0]
    talk.choose("I looked it up")
    assert "Change answer 1." in talk.said, "only that one is not sure"
    talk.type("no", "1")
    assert "This replaces entry 2." in talk.said
    talk.type("", "", "")
    talk.type(*([""] if talk.said[0].startswith("Why the change") else []), "yes")
    entry = store.get(3)
    assert entry.corrects == store.get(2).id
    assert entry.chosen == "preventive"


def test_a_memo_of_an_entry(services, store):
    """Without its case number."""
    said = Talk(services, "memo 1").text
    assert said.startswith("Entry 1: ")
    assert "007700" not in said


@pytest.mark.parametrize("command", ["correct", "withdraw", "go on"])
def test_what_no_longer_stands_stays_as_it_is(services, store, command):
    """It is said which one took its place, or that it is withdrawn."""
    first = entry_of(HOME)
    for record in (first, correcting(first), withdrawing(store.get(1))):
        store.add(record)
    assert "entry 4 replaced it" in Talk(services, f"{command} 3").text
    assert "Entry 1 is already withdrawn." in Talk(services, f"{command} 1").text
    assert store.head().count == 5


@pytest.mark.parametrize("command", ["correct", "withdraw", "go on", "memo"])
def test_which_entry_is_asked_where_none_was_heard(services, command):
    """And one that is not there is said not to be."""
    talk = Talk(services, command)
    assert talk.said[0] == f"Which entry? Type {command} and its number, such as {command} 3."
    assert "The records have no entry 9. Type r" in talk.type(f"{command} 9")
    assert talk.said[-1].startswith("Still question ")


def test_a_typo_in_another_field_is_corrected_at_once(start):
    """Enter keeps the case number of the entry saved just now; that nothing changed is said at the end."""
    services = start()
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    talk.choose("Fix a typo")
    talk.type("", "", "home visit", "", "", "yes")
    assert "replaces entry" in talk.text
    newest = services.open_records().page(None, 1)[0]
    assert (newest.case_number, newest.service) == (FIELDS[0], "home visit")
    talk.choose("Fix a typo")
    assert "Nothing has changed yet" in talk.type("", "", "", "", "", "yes")


def test_an_entry_is_heard_with_its_history(services, store):
    """What became of it comes first."""
    store.add(correcting(store.get(1)))
    talk = Talk(services, "r 1")
    assert talk.said[0].startswith("Entry 3 replaced entry 1 ")
    assert talk.said[1] == "Entry: 1"
    assert talk.type("r 3").count("Recorded: ") == 1
    assert "This entry replaces entry 1." in talk.said
    assert "matches, corrected)" in talk.type("r")


def test_the_newest_number_is_the_last_heard_once_an_entry_is_restored_or_corrected(
    services, store
):
    """What is typed next is about what counts now."""
    store.add(withdrawing(store.get(1)))
    talk = Talk(services, "r 1", "restore")
    assert talk.type("memo").startswith("Entry 4: ")
    talk.type("correct", "", "child 2", "", "", "wrong child", "yes")
    assert talk.type("memo").startswith("Entry 5: ")


def test_of_what_no_longer_stands_only_its_memo_is_offered(services, store):
    """With the number of what took its place; a withdrawal's own number says what it withdrew."""
    first = store.get(1)
    for record in (correcting(first), withdrawing(store.get(2))):
        store.add(record)
    talk = Talk(services)
    assert "Type correct, withdraw, go on, or memo" in talk.type("r 3")
    for number, offered in (
        (1, "Type memo to hear its memo, or r 3"),
        (2, "Type restore to undo that"),
    ):
        heard = talk.type(f"r {number}")
        assert offered in heard
        assert "Type correct" not in heard
    assert talk.type("memo 1").startswith("Replaced by entry 3")
    assert talk.type("r 4").startswith("Number 4 withdraws entry 2, ")


def test_an_entry_gone_on_with_and_left_unchanged_is_not_said_to_wait(start):
    """Since nothing of it is in the list of unfinished interviews."""
    talk = Talk(start(), *ADOPTION, "1", *FIELDS, "yes", "7", "go on 1", "q")
    assert "stays as it is" in talk.text
    assert "type u" not in talk.text
