"""Recording, correcting, withdrawing, filtering: what a form asks for, refuses and saves."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.forms import (
    FINISHED,
    SUPERVISOR,
    Correction,
    NewEntry,
    PreviousEntry,
    WithdrawalForm,
)
from assistant.cases.summary import FilterForm, filter_words
from assistant.cases.view import View
from assistant.engine.statements import Glossary
from assistant.errors import (
    RecordsBusyError,
    RecordsError,
    RecordsPendingError,
    RecordsUnavailableError,
)
from assistant.records.entry import EVERYTHING, STATUSES, Entry, EntryFilter
from assistant.records.fields import ENTRY_FIELDS
from tests.builders import answers, shipped
from tests.conftest import NOW
from tests.entries import ADOPTION, DEPENDS, REFER, entry_of, overriding, withdrawing

GUIDE = shipped().guide
GROUPS = st.none() | st.sampled_from(list(GUIDE.groups))
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
WORDS = st.text("abc éß[]/", max_size=20).map(str.strip)
LATER = datetime(2026, 10, 4, tzinfo=UTC)


@st.composite
def entries(draw):
    """Any entry that a form of today's guide could have made."""
    begun, ended = sorted([draw(DAYS), draw(DAYS)], key=lambda day: day or date.min)
    chosen, recommended = draw(GROUPS), draw(GROUPS)
    overrides = recommended is not None and chosen != recommended
    return Entry(
        id="a" * 32,
        when=datetime(2026, 10, 3, tzinfo=UTC),
        case_number=draw(st.from_regex("[0-9]{1,12}", fullmatch=True)),
        whom=draw(WORDS.filter(bool)),
        service=draw(WORDS.filter(bool)),
        status=draw(st.sampled_from(["", *STATUSES])),
        begun=begun,
        ended=ended,
        linked=draw(st.sampled_from([True, False, None])),
        category=draw(WORDS),
        service_type=draw(WORDS),
        provider=draw(st.from_regex("[0-9]{0,12}", fullmatch=True)),
        outcome="adoption",
        recommended=recommended,
        certainty="settled",
        chosen=chosen,
        reason_code=draw(st.sampled_from(list(GUIDE.about.override_reasons))) if overrides else "",
        reason=draw(WORDS.filter(bool)) if overrides else "",
        answers={"goal": "adoption"},
        content_version="1",
        raw_hash="a" * 64,
        meaning_hash="b" * 64,
    )


@given(entries())
def test_a_form_left_as_it_was_filled_in_is_the_entry(entry):
    """Nothing is lost or changed on the way through the form, whatever the entry holds."""
    day = max(day for day in (LATER.date(), entry.begun, entry.ended) if day)
    now = datetime.combine(day, time(12), UTC)
    services = SimpleNamespace(loaded=shipped(), now=lambda: now, new_id=lambda: "c" * 32)
    correction = Correction(services, PreviousEntry(1, entry))
    typed = {**correction.first, "why": "because"}
    (problem,) = correction.problems(typed)
    assert problem.message.startswith("Nothing has changed yet.")
    made = correction.entry(typed)
    assert made == replace(entry, id="c" * 32, when=now, corrects=entry.id, why="because")
    unasked = {"never"} if entry.recommended else {"never", "overriding"}
    asked = [field.name for field in ENTRY_FIELDS if field.when not in unasked]
    assert [field.name for field in correction.fields] == asked


@given(
    st.builds(
        EntryFilter,
        group=st.none() | st.just("") | st.sampled_from(list(GUIDE.groups)),
        certainty=st.sampled_from([None, "settled", "judgement", "refer", "depends"]),
        since=DAYS,
        until=DAYS,
        overridden=st.sampled_from([True, False, None]),
        text=WORDS,
        standing=st.sampled_from(["standing", "withdrawn", "all"]),
    )
)
def test_a_filter_comes_back_from_its_form(wanted):
    """And whatever is asked for is said in words."""
    form = FilterForm(GUIDE, wanted)
    assert form.save(form.first) == wanted
    assert bool(filter_words(GUIDE, wanted)) == (wanted != EVERYTHING)


def test_a_choice_can_be_typed_by_number_name_or_beginning():
    """In any case; what fits several, or none, is left as typed for the form to refuse."""
    (group,) = (field for field in FilterForm(GUIDE).fields if field.name == "group")
    for typed in ("1", " adoption ", "ADOPTION services", "adop"):
        assert group.meant(typed) == "adoption"
    for typed in ("0", "9", "", "a", "in", "²", "x", "9" * 4_900):
        assert group.meant(typed) == typed


TYPED = {"case_number": "0042", "whom": "child 1", "service": "home study"}
MORE = {
    "status": "provided",
    "begun": "2026-09-01",
    "ended": "9/30/2026",
    "linked": "yes",
    "need_met": "educational",
}


def new_entry(services, said=ADOPTION, chosen="adoption", **changed):
    """The form that records a group after some answers."""
    view = View(GUIDE, "a" * 32, answers(said), glossary=Glossary(GUIDE), **changed)
    assert view.standing.asking is None
    return NewEntry(services, view.turned("recording", chosen=chosen))


def wrong(form, typed):
    return [problem.field for problem in form.problems(typed)]


def messages(form, typed):
    return " ".join(problem.message for problem in form.problems(typed))


def recorded(services, form, typed=TYPED):
    """The entry as it is in the store, once the form is saved."""
    assert wrong(form, typed) == []
    assert form.save(typed).entry.id == form.save(typed).entry.id
    store = services.open_records()
    return store.get(store.page(None, 1)[0].seq)


def correction(services, entry=None, **changed):
    """The form that corrects an entry, which is in the store."""
    entry = entry or entry_of(ADOPTION)
    seq = services.open_records().add(replace(entry, **changed))
    return Correction(services, PreviousEntry(seq, replace(entry, **changed)))


def test_what_is_recorded_is_everything_an_entry_holds(services):
    """The case, the recommendation, the answers in order, and the guide they were given under."""
    form = new_entry(services)
    saved = form.save(TYPED)
    assert saved.sentence.startswith("Saved as entry 1. ")
    entry = recorded(services, form)
    assert {name: getattr(entry, name) for name in TYPED} == TYPED
    assert (entry.recommended, entry.chosen, entry.reason) == ("adoption", "adoption", "")
    assert (entry.outcome, entry.certainty) == ("adoption", "settled")
    assert list(entry.answers.items()) == list(answers(ADOPTION).items())
    assert (entry.when, entry.meaning_hash) == (services.now(), services.loaded.meaning_hash)
    assert services.open_records().head().count == 1


def test_what_was_assumed_is_in_the_entry(services):
    """As the result says."""
    assert recorded(services, new_entry(services, assumed=frozenset({"fins"}))).assumed == ("fins",)


def test_what_may_be_left_out_is_read_too(services):
    entry = recorded(services, new_entry(services), TYPED | MORE)
    assert (entry.status, entry.linked, entry.need_met) == ("provided", True, "educational")
    assert (entry.begun, entry.ended) == (date(2026, 9, 1), date(2026, 9, 30))


def test_another_group_takes_a_reason(services):
    """One of the guide's; the last of them takes a note. Taken as recommended, none is asked for."""
    form = new_entry(services, chosen="preventive")
    assert wrong(form, TYPED) == wrong(form, TYPED | {"reason_code": "gone"}) == ["reason_code"]
    assert wrong(form, TYPED | {"reason_code": "other"}) == ["reason"]
    typed = TYPED | {"reason_code": "other", "reason": " the unit's own list "}
    entry = recorded(services, form, typed)
    assert (entry.recommended, entry.chosen) == ("adoption", "preventive")
    assert (entry.reason_code, entry.reason) == ("other", "the unit's own list")
    assert not {"reason_code", "reason"} & {field.name for field in new_entry(services).fields}
    assert (new_entry(services).entry(typed).reason_code) == ""


@pytest.mark.parametrize(
    ("said", "chosen", "reason", "certainty"),
    [
        (ADOPTION, "preventive", True, "settled"),
        (ADOPTION, None, False, "settled"),
        (REFER, None, False, "refer"),
        (REFER, "reunification", False, "refer"),
        (DEPENDS, None, False, "depends"),
        (DEPENDS, "adoption", False, "depends"),
    ],
)
def test_a_reason_is_asked_for_only_where_a_group_was_recommended(
    services, said, chosen, reason, certainty
):
    """To choose none yet is no other group; where nothing was recommended, nothing is overridden."""
    form = new_entry(services, said, chosen)
    assert wrong(form, TYPED) == (["reason_code"] if reason else [])
    typed = TYPED | {"reason_code": "supervisor"}
    entry = recorded(services, form, typed)
    assert (entry.chosen, entry.certainty, bool(entry.reason_code)) == (chosen, certainty, reason)
    assert ("with no group yet" in form.save(typed).sentence) == (chosen is None)


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"status": "5"}, "status", "Status: type 1 needed, 2 planned, or 3 provided."),
        ({"begun": "3.4.2026"}, "begun", "is not a date"),
        ({"begun": "2026-02-30"}, "begun", "is not a date"),
        ({"begun": "2062-09-01"}, "begun", "too far from today"),
        ({"begun": "2026-10-04"}, "begun", "in the future, so the service is not provided yet"),
        ({"ended": "2026-08-31"}, "ended", "is before the start, Sep 1, 2026"),
        ({"linked": "maybe"}, "linked", "In case plan: type 1 yes or 2 no."),
    ],
)
def test_what_will_not_do_is_named_by_its_field(services, changed, field, said):
    """Alone; what is only planned may begin in the future."""
    form = new_entry(services)
    typed = TYPED | MORE | changed
    assert field in wrong(form, typed)
    assert said in messages(form, typed)
    planned = TYPED | {"status": "planned", "begun": "2026-10-04"}
    assert wrong(form, planned) == []


def test_what_is_unresolved_is_finished_in_its_place(services):
    """It is an entry of its own; what comes of it takes its place, with its fields and with why."""
    first = recorded(services, new_entry(services, DEPENDS, None))
    form = new_entry(services, corrects=first.id)
    assert form.title == "Record, replacing entry 1: Adoption Services"
    assert {name: form.first[name] for name in TYPED} == TYPED
    assert (form.first["why"], form.first["reason_code"]) == (FINISHED, "")
    entry = recorded(services, form, form.first)
    assert (entry.id, entry.corrects, entry.why) == ("a" * 32, first.id, FINISHED)
    assert first.id != "a" * 32
    assert [one.seq for one in services.open_records().history(1)] == [1, 2]


def test_an_entry_done_anew_says_why(services):
    """In words of the worker's own, where nothing was left open."""
    first = recorded(services, new_entry(services))
    form = new_entry(services, corrects=first.id)
    assert wrong(form, form.first) == ["why"]


def test_an_entry_that_is_not_there_cannot_be_corrected(services):
    with pytest.raises(RecordsError, match="not in these records"):
        new_entry(services, corrects="b" * 32)


def test_a_correction_takes_the_place_of_an_entry(services):
    """What is changed is a new entry that says why, for the same answers."""
    form = correction(services, status="planned")
    assert form.title == "Correct entry 1"
    assert (form.first["status"], form.first["group"]) == ("planned", "adoption")
    entry = recorded(services, form, {**form.first, "case_number": "777", "why": "typed wrong"})
    assert (entry.case_number, entry.status, entry.why) == ("777", "planned", "typed wrong")
    assert entry.corrects == form.previous.entry.id
    assert entry.answers == form.previous.entry.answers


def test_a_correction_changes_something_and_says_why(services):
    form = correction(services)
    assert wrong(form, form.first) == ["why"]
    assert "Nothing has changed yet" in messages(form, {**form.first, "why": "no reason"})
    assert wrong(form, {**form.first, "case_number": "7", "why": "SSN 123-45-6789"}) == ["why"]


def test_the_group_can_be_corrected_with_a_reason(services):
    """A reason is asked for as soon as the group is not the recommended one, and no longer after."""
    form = correction(services)
    typed = {**form.first, "group": SUPERVISOR, "why": "decided later"}
    assert "reason_code" not in {field.name for field in form.asked(form.first, more=True)}
    assert "reason_code" not in {field.name for field in form.asked(typed, more=True)}
    assert wrong(form, typed | {"group": ""}) == ["group", "reason_code"]
    assert wrong(form, typed | {"group": "preventive"}) == ["reason_code"]
    entry = recorded(services, form, typed | {"reason": "asked at the staffing"})
    assert (entry.chosen, entry.recommended, entry.reason_code) == (None, "adoption", "")
    assert entry.reason == "asked at the staffing"
    again = Correction(services, PreviousEntry(2, entry))
    back = recorded(services, again, {**again.first, "group": "adoption", "why": "decided again"})
    assert (back.chosen, back.reason_code) == ("adoption", "")


@pytest.mark.parametrize("taken_up", [False, True])
def test_what_no_form_asks_for_stays(services, taken_up):
    """Category, type and provider of an older entry go over to the one in its place, unseen."""
    older = {"category": "in the home", "service_type": "skills", "provider": "5550123"}
    form = correction(services, **older)
    if taken_up:
        form = new_entry(services, corrects=form.previous.entry.id)
    assert not older.keys() & {field.name for field in form.fields}
    entry = recorded(services, form, {**form.first, "case_number": "777", "why": "typed wrong"})
    assert {name: getattr(entry, name) for name in older} == older


def test_a_withdrawal_says_why_and_is_one(services):
    """Tried again, it is the same record; the sentence says what else is to be done."""
    entry = entry_of(ADOPTION)
    store = services.open_records()
    form = WithdrawalForm(services, PreviousEntry(store.add(entry), entry))
    for typed in ("", " ", "SSN 123-45-6789"):
        assert wrong(form, {"why": typed}) == ["why"]
    assert form.save({"why": " twice "}) == form.save({"why": "twice"})
    assert form.save({"why": "twice"}).startswith("Entry 1 is withdrawn. ")
    withdrawal = store.history(1)[-1].record
    assert (withdrawal.withdraws, withdrawal.why, store.head().count) == (entry.id, "twice", 2)


def test_what_cannot_be_saved_can_be_saved_again(services):
    """The error is the store's; what waits to be sent is saved, and its sentence says where."""

    def failing(error):
        def add(_record):
            raise error

        return replace(services, open_records=lambda: SimpleNamespace(add=add))

    entry = entry_of(ADOPTION)
    for error in (RecordsBusyError("Another window."), RecordsUnavailableError("No disk.")):
        with pytest.raises(type(error)):
            new_entry(failing(error)).save(TYPED)
    waiting = failing(RecordsPendingError("Kept on this computer."))
    assert new_entry(waiting).save(TYPED).sentence == "Kept on this computer."
    withdrawal = WithdrawalForm(waiting, PreviousEntry(1, entry))
    assert withdrawal.save({"why": "x"}) == "Kept on this computer."


@pytest.mark.parametrize(
    ("typed", "numbers", "said"),
    [
        ({"group": "adoption"}, [2, 1], "Adoption Services"),
        ({"group": SUPERVISOR}, [4], "No group yet (supervisor will decide)"),
        ({"certainty": "refer"}, [4], "Ask your supervisor"),
        ({"overridden": "yes"}, [3], "Changed"),
        ({"overridden": "no"}, [2, 1], "Matches"),
        (
            {"since": "2026-08-01", "until": "2026-09-30"},
            [3, 2],
            "from Aug 1, 2026; to Sep 30, 2026",
        ),
        ({"text": " Home STUDY "}, [2], "with “Home STUDY”"),
        ({"text": "90003"}, [3], "with “90003”"),
        ({"standing": "withdrawn"}, [1], "Withdrawn"),
        ({"group": "adoption", "standing": "standing"}, [2], "Adoption Services; Current"),
        ({}, [4, 3, 2, 1], ""),
    ],
)
def test_only_what_a_filter_asks_for_is_listed(services, typed, numbers, said):
    """By group, how sure, what was chosen, day, words and standing, and said in words."""
    store = services.open_records()
    first = entry_of(ADOPTION, service="class", when=NOW.replace(month=7))
    store.add(first)
    store.add(entry_of(ADOPTION, when=NOW.replace(month=8)))
    other: dict[str, Any] = {"service": "class", "case_number": "90003"}
    store.add(overriding(ADOPTION, "preventive", when=NOW.replace(month=9), **other))
    store.add(entry_of(REFER, service="class", when=NOW))
    store.add(withdrawing(first))
    form = FilterForm(GUIDE)
    assert wrong(form, typed) == []
    wanted = form.save(typed)
    assert [entry.seq for entry in store.page(None, 9, wanted)] == numbers
    assert filter_words(GUIDE, wanted) == said


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"since": "13/2/2026"}, "since", "From: “13/2/2026” is not a date"),
        ({"until": "2026-02-30"}, "until", "To: “2026-02-30” is not a date"),
        ({"since": "2026-03-01", "until": "2026-02-01"}, "until", "is before Mar 1, 2026"),
    ],
)
def test_a_filter_asks_for_days(typed, field, said):
    assert wrong(FilterForm(GUIDE), typed) == [field]
    assert said in messages(FilterForm(GUIDE), typed)


def test_an_empty_filter_asks_for_everything():
    form = FilterForm(GUIDE)
    assert form.save({}) == form.save(form.first) == EVERYTHING


@pytest.mark.parametrize("said", ["for 1234567", "child 2 (123-4567)", "case 12 34 567, note"])
def test_no_other_field_holds_the_case_number(services, said):
    """Neither what is recorded nor why an entry is withdrawn; other numbers may be there."""
    form = new_entry(services)
    typed = {"case_number": "1234567", "whom": "child 1", "service": "home study"}
    assert not form.problems(typed)
    for name in ("whom", "service"):
        assert [one.field for one in form.problems(typed | {name: said})] == [name]
    assert not form.problems(typed | {"case_number": "1", "service": "2 of 1"})
    before = PreviousEntry(1, entry_of(ADOPTION, case_number="1234567"))
    withdrawal = WithdrawalForm(services, before)
    assert withdrawal.problems({"why": said})
    assert not withdrawal.problems({"why": "12345678 was meant"})


def test_a_reason_picked_for_leaving_it_open_stays_where_it_is_not_asked_for(services):
    """Entries that have one keep it, whatever else of them is corrected."""
    form = correction(services, overriding(ADOPTION, None, code="supervisor", reason="staffing"))
    entry = recorded(services, form, {**form.first, "case_number": "777", "why": "typed wrong"})
    assert (entry.reason_code, entry.reason) == ("supervisor", "staffing")


def test_what_a_form_says_first_fits_what_is_recorded(services):
    """No group is to be entered where there is none; a correction tells what it leaves behind."""
    none = new_entry(services, chosen=None).lead
    assert "enter the group" in new_entry(services).lead
    assert "enter the group" not in none
    assert "history" in correction(services).lead
    assert all("Leave out names" in one for one in (none, correction(services).lead))


def test_after_a_typo_the_next_step_may_be_done_already(services):
    """Unless the group or the service is another."""
    form = correction(services)
    for changed, is_next in (({"case_number": "777"}, False), ({"service": "respite"}, True)):
        saved = form.save({**form.first, **changed, "why": "typed wrong"})
        assert ("Next:" in saved.sentence) == is_next
        form = Correction(services, PreviousEntry(saved.number, saved.entry))
