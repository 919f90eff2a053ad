"""Recording a choice: what the form asks for, refuses and keeps, and when it says that it is done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from textual import events

from assistant.cases.forms import KEPT_TYPED
from assistant.cases.view import NEXT_CHILD, NOT_YET_FOR_FIRST
from assistant.commands import Command
from assistant.engine.interview import UNSURE
from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsUnavailableError,
)
from assistant.records.entry import Entry, Withdrawal
from assistant.records.fields import FIELDS as FIELDS_BY_NAME
from assistant.records.fields import SEVERAL
from assistant.records.store import RecordStore
from assistant.screen.form import FormPane, FormRow, Pick
from assistant.screen.theme import SETTLED
from assistant.services import Services
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work

ADOPTION = {"investigation": "concluded", "goal": "adoption"}
KINSHIP = {"investigation": "concluded", "goal": "other"}
OPEN = {"investigation": "open", "goal": "adoption", "need": UNSURE}
NEW_INTERVIEW = 6
"""Its number, on every page below a result."""

FIELDS = {"case_number": "0042", "whom": "child 1", "service": "home study"}


class Stub(RecordStore):
    """A store that does with an entry what a test wants."""

    def __init__(self, add: Callable[[Entry | Withdrawal], int]) -> None:
        self.do = add

    def add(self, record: Entry | Withdrawal) -> int:
        return self.do(record)


async def record(
    worker: Worker, command: Command = Command.RECORD, value: str = "adoption"
) -> None:
    """Open the form from a result, fill it and save."""
    await worker.choose(command, value)
    await worker.fill(**FIELDS)
    await worker.press("ctrl+s")


async def test_accepting_writes_everything_an_entry_holds(services: Services) -> None:
    """The case, the recommendation, the answers in order, and the guide they were given under."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        (entry,) = worker.entries()
        assert {field: getattr(entry, field) for field in FIELDS} == FIELDS
        assert (entry.recommended, entry.chosen, entry.reason) == ("adoption", "adoption", "")
        assert (entry.outcome, entry.certainty) == ("adoption", "settled")
        assert list(entry.answers.items()) == list(ADOPTION.items())
        assert entry.when == services.now()
        assert entry.meaning_hash == services.loaded.meaning_hash
        assert "entry 1" in worker.words


async def test_the_form_says_what_it_is_for_and_what_must_stay_out(services: Services) -> None:
    """For own notes, and nothing that names a person."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert "This is for your own notes" in worker.words
        assert "Leave out names" in worker.words
        assert "Why this group" not in worker.text


async def test_choosing_another_group_takes_a_reason(services: Services) -> None:
    """Every group keeps its number; without a reason nothing is recorded, with one it is."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        offered = [choice.value for choice in worker.interview.choices.offered]
        assert offered == [*services.loaded.guide.groups, ""]
        await record(worker, Command.RECORD, "preventive")
        assert worker.entries() == []
        assert "Choose why you recorded" in worker.words
        assert worker.focused == "reason_code"
        await worker.press("2", "ctrl+s")
        (entry,) = worker.entries()
        assert (entry.recommended, entry.chosen) == ("adoption", "preventive")
        assert (entry.reason_code, entry.reason) == ("local_practice", "")
        assert SETTLED not in worker.text
        assert "Recorded: Preventive Services a different group" in worker.words


CHOSEN_BY = [
    (("right",), "supervisor"),
    (("right", "right"), "local_practice"),
    (("left",), "other"),
    (("l",), "local_practice"),
    (("t", "t"), "facts_changed"),
    (("3", "backspace"), ""),
    (("0", "9", "q", "n", "question_mark"), ""),
]


async def test_a_reason_is_chosen_by_number_arrow_letter_or_click(services: Services) -> None:
    """Every way is the same, none is a command of the interview, and the one chosen is marked."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        for keys, code in CHOSEN_BY:
            pick = worker.app.screen.query_one("#reason_code", Pick)
            pick.action_take_back()
            pick.focus()
            await worker.press(*keys)
            assert worker.form["reason_code"] == code
            assert worker.text.count("●") == (1 if code else 0)
        await worker.click("Local practice")
        assert worker.form["reason_code"] == "local_practice"
        assert "● 2 Local practice differs" in worker.words
        assert worker.view.mode == "recording"


MORE = {
    "status": "3",
    "begun": "2026-09-01",
    "ended": "2026-09-30",
    "linked": "1",
    "need_met": "4",
}


async def test_more_fields_are_asked_for_only_where_wanted(services: Services) -> None:
    """Three fields are enough; a key shows the rest, and what is put in is kept."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert set(worker.form) == set(FIELDS)
        await worker.press("ctrl+o")
        assert worker.focused == "status"
        assert set(worker.form) == {*FIELDS, *MORE}
        await worker.fill(**FIELDS, **MORE)
        await worker.press("ctrl+s")
        (entry,) = worker.entries()
        assert (entry.status, entry.linked, entry.need_met) == ("provided", True, "educational")
        assert (entry.begun, entry.ended) == (date(2026, 9, 1), date(2026, 9, 30))


async def test_the_form_stays_as_long_as_it_was_wanted(services: Services) -> None:
    """Who asked for more fields gets them in the next interview too, empty."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.click("Ctrl+O More fields")
        await worker.fill(**FIELDS, status="1")
        await worker.press("ctrl+s")
        await worker.choose(Command.START_AGAIN)
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert set(worker.form) == {*FIELDS, *MORE}
        assert set(worker.form.values()) == {""}
        await worker.press("ctrl+o")
        assert set(worker.form) == set(FIELDS)


async def test_what_is_to_be_mended_is_counted_in_sight_of_save(services: Services) -> None:
    """However long the form: how many things, the first of them in front, and the button."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        await worker.press("ctrl+o")
        assert "Ctrl+S Save" in worker.text
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s")
        assert "Fix 1 field first." in worker.words
        assert worker.focused == "reason_code"
        assert "Ctrl+S Save" in worker.text
        await worker.fill(case_number="x", whom="")
        assert "Fix 3 fields first." in worker.words
        await worker.fill(case_number="1", whom="child 1", reason_code="1")
        assert "to save." not in worker.words


async def test_the_key_for_more_fields_says_what_it_does_now(services: Services) -> None:
    """More of them, or fewer, as the button does."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert "Ctrl+O More fields" in worker.keys
        await worker.press("ctrl+o")
        assert "Ctrl+O Fewer fields" in worker.keys
        assert "More fields" not in worker.words


async def test_what_is_recorded_stands_in_the_box(services: Services) -> None:
    """With what was recommended below it, and the line that copies names it."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        await worker.fill(**FIELDS, reason_code="1")
        await worker.press("ctrl+s")
        assert "Recorded: Preventive Services" in worker.words
        assert "The assistant recommended Adoption Services" in worker.words
        await worker.choose(Command.COPY_NAME)
        assert worker.app.clipboard == "Preventive Services"
        assert "settle" not in worker.words


async def test_the_question_for_another_group_stands_above_the_groups(services: Services) -> None:
    """Below the result, with the key that leads back to it."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        assert (
            "Which group do you want to record? The assistant recommended Adoption Services."
            in worker.words
        )
        assert "Esc Back" in worker.keys
        await worker.press("escape")
        assert "Which group do you want to record?" not in worker.words
        assert "Esc" not in worker.keys


async def test_a_supervisors_decision_needs_no_reason_and_ends_the_interview(
    services: Services,
) -> None:
    """Nothing was recommended, so nothing is overridden, and nothing waits to be finished."""
    async with at_work(services) as worker:
        await worker.answer(OPEN)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "adoption")
        assert "reason_code" not in worker.form
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s")
        (entry,) = worker.entries()
        assert (entry.chosen, entry.followed, entry.reason_code) == ("adoption", None, "")
        assert "unfinished" not in worker.words
        assert "did not recommend a group" in worker.words
        assert services.drafts.waiting() == []


async def test_the_form_says_whose_place_an_entry_takes(services: Services) -> None:
    """In its heading, with what is recorded."""
    async with at_work(services) as worker:
        await worker.answer(OPEN)
        await record(worker, Command.RECORD, "")
        await worker.press("r", "enter", "7")
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "adoption")
        assert "Record, replacing entry 1: Adoption Services" in worker.words


async def test_a_form_left_says_how_long_what_was_typed_is_kept(services: Services) -> None:
    """Where anything was."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("escape")
        assert "What you typed" not in worker.words
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(whom="child 1")
        await worker.press("escape")
        assert "What you typed in the form is kept until you quit." in worker.words


async def test_a_problem_in_a_folded_field_opens_it(services: Services) -> None:
    """What was typed counts also where it is out of sight, so its fault is shown where it is."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("ctrl+o")
        await worker.fill(**FIELDS, begun="2026-09-30", ended="2026-09-01")
        await worker.press("ctrl+o", "ctrl+s")
        assert worker.entries() == []
        assert "is before the start" in worker.words
        assert worker.focused == "ended"


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_every_field_can_be_reached_and_the_verdict_stays(
    services: Services, size: tuple[int, int]
) -> None:
    """The longest form scrolls in its own place; going down comes to each field and each button."""
    async with at_work(services, size) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        await worker.press("ctrl+o")
        wanted = {*FIELDS, *MORE, "reason_code", "reason"}
        reached = set()
        for _ in range(len(wanted) + 5):
            await worker.press("down")
            reached.add(worker.focused)
            assert worker.app.focused
            assert worker.app.screen.region.contains_region(worker.app.focused.region)
            assert "Adoption Services" in worker.text
        assert wanted <= reached


async def test_the_group_a_supervisor_chose_is_recorded_with_why(services: Services) -> None:
    """All seven are offered where none is recommended."""
    async with at_work(services) as worker:
        await worker.stand(KINSHIP)
        await worker.choose(Command.RECORD_OTHER)
        assert len(worker.interview.choices.offered) == len(worker.view.guide.groups)
        await record(worker, Command.RECORD, "reunification")
        await worker.press("1", "ctrl+s")
        assert worker.entries()[0].chosen == "reunification"


async def test_every_line_pasted_into_a_field_is_kept(services: Services) -> None:
    """A field has one line; more of them are joined."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        worker.app.post_message(events.Paste("home study,\nfirst visit"))
        await worker.settle()
        assert worker.form["case_number"] == "home study, first visit"


async def test_arrows_move_between_the_fields(services: Services) -> None:
    """Down goes on and up goes back."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("down")
        assert worker.focused == "whom"
        await worker.press("up")
        assert worker.focused == "case_number"


async def test_an_unresolved_interview_is_recorded_and_can_be_finished(services: Services) -> None:
    """It stays as a draft, and what comes of it takes the place of the entry that was left open."""
    async with at_work(services) as worker:
        await worker.answer(OPEN)
        await record(worker, Command.RECORD, "")
        (entry,) = worker.entries()
        assert (entry.outcome, entry.certainty, entry.chosen) == (None, "depends", None)
        assert dict(entry.answers) == OPEN
        assert [dict(draft.answers) for draft in services.drafts.waiting()] == [OPEN]
    async with at_work(services) as worker:
        await worker.press("u")
        await worker.press("c", "3", "1")
        await worker.choose(Command.RECORD, "assessment_investigation")
        assert worker.form == {**FIELDS, "why": "The open question is answered."}
        await worker.press("ctrl+s")
        (finished,) = worker.entries()
        assert (finished.chosen, finished.corrects) == ("assessment_investigation", entry.id)
        assert [one.seq for one in worker.store.history(1)] == [1, 2]
        assert services.drafts.waiting() == []


REFUSED = [
    ("case_number", "12-34", "digits"),
    ("service", "mail ann@example.org", "ann@example.org"),
]


async def test_a_field_that_will_not_do_is_refused(services: Services) -> None:
    """The words at fault are shown, the keyboard is in their field, and nothing is recorded."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        for field, typed, shown in REFUSED:
            await worker.fill(**{field: typed})
            await worker.press("ctrl+s")
            assert shown in worker.words
            assert worker.focused == field
            assert worker.form == {**FIELDS, field: typed}
            assert worker.entries() == []
            await worker.fill(**{field: FIELDS[field]})


async def test_characters_a_terminal_obeys_are_refused(services: Services) -> None:
    """Pasted in, they are never shown as they are, and never kept."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        for character in ("\N{RIGHT-TO-LEFT OVERRIDE}", "\x07", "\x1b"):
            await worker.fill(service="")
            await worker.paste(f"a{character}b")
            await worker.press("ctrl+s")
            assert worker.form["service"] == f"a{character}b"
            assert f"U+{ord(character):04X}" in worker.words
            assert character not in worker.text
        assert worker.entries() == []


async def test_any_text_is_kept_word_for_word(services: Services) -> None:
    """Markup, signs and emoji are text like any other, where they are typed, kept, listed and read."""
    text = "[/nope] [@click=app.quit]y[/] $x {y} %s \\[ \N{FAMILY}\N{WAVING WHITE FLAG} café"
    async with at_work(services, WIDE) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**{**FIELDS, "service": text})
        await worker.press("ctrl+s")
        assert [entry.service for entry in worker.entries()] == [text]
        await worker.press("r")
        await worker.press("enter")
        assert text in worker.words


async def test_what_was_typed_outlives_leaving_the_form(services: Services) -> None:
    """Esc goes back to the result; opened again, also for another group, the form is as it was."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        await worker.press("escape")
        assert (worker.view.mode, worker.focused) == ("asking", "choices")
        await worker.choose(Command.RECORD, "adoption")
        assert worker.form == FIELDS
        await worker.press("escape")
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        assert worker.form == {**FIELDS, "reason_code": "", "reason": ""}


async def test_another_interview_starts_with_an_empty_form(services: Services) -> None:
    """One case's number never turns up in the form of the next."""
    async with at_work(services) as worker:
        for _ in range(2):
            await worker.stand(ADOPTION)
            await worker.choose(Command.RECORD, "adoption")
            assert set(worker.form.values()) == {""}
            await worker.fill(**FIELDS)
            await worker.press("ctrl+s")
            await worker.choose(Command.START_AGAIN)
        assert len(worker.entries()) == 2


ERRORS = [
    RecordsUnavailableError,
    RecordsDamagedError,
    RecordsBusyError,
    RecordsNewerError,
    RecordsError,
]


@pytest.mark.parametrize("when", ["opening", "adding"])
async def test_a_store_that_fails_costs_nothing_typed(services: Services, when: str) -> None:
    """The screen says that it is not recorded and why; the same form saves when the store mends."""
    broken = [kind(f"The shelf [/] fell {kind.__name__}.") for kind in ERRORS]
    failing = iter(broken)

    def fail(_record: Entry | Withdrawal) -> int:
        raise next(failing)

    def open_records() -> RecordStore:
        if when == "opening":
            raise next(failing)
        return Stub(fail)

    broken_services = replace(services, open_records=open_records)
    async with at_work(broken_services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        for error in broken:
            await worker.press("ctrl+s")
            assert "Not recorded" in worker.words
            assert error.what in worker.words
            assert worker.form == FIELDS
        object.__setattr__(broken_services, "open_records", services.open_records)
        assert worker.entries() == []
        await worker.press("ctrl+s")
        assert [entry.case_number for entry in worker.entries()] == ["0042"]


async def test_the_entry_is_kept_before_it_is_said_to_be(services: Services) -> None:
    """While the store still writes, the screen says nothing of the kind; the draft stays until then."""
    seen: list[tuple[bool, int]] = []
    async with at_work(services) as worker:

        def add(entry: Entry | Withdrawal) -> int:
            seen.append(("Saved as" in worker.text, len(services.drafts.waiting())))
            return services.open_records().add(entry)

        await worker.answer(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        form = worker.app.screen.query_one(FormPane)._form
        object.__setattr__(form, "_services", replace(services, open_records=lambda: Stub(add)))
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s")
        assert seen == [(False, 1)]
        assert "Saved as" in worker.words
        assert services.drafts.waiting() == []


async def test_a_choice_is_recorded_once(services: Services) -> None:
    """Saving twice in a hurry, or a key held down, makes one entry."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        worker.strike("ctrl+s")
        worker.strike("ctrl+s")
        await worker.press("enter", "enter")
        assert len(worker.entries()) == 1


async def test_a_recorded_interview_cannot_be_changed(services: Services) -> None:
    """What is recorded stays; back, change and record are no longer offered."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await worker.press("backspace", "c", "escape")
        assert (worker.view.mode, worker.answers) == ("recorded", ADOPTION)
        assert Command.RECORD not in [choice.command for choice in worker.interview.choices.offered]


async def test_what_is_copied_holds_no_case_number(services: Services) -> None:
    """The group's name or the memo goes to the clipboard, before and after it is recorded."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.COPY_NAME)
        assert worker.app.clipboard == "Adoption Services"
        await record(worker)
        await worker.memo(Command.COPY_MEMO)
        assert "Adoption Services" in worker.app.clipboard
        assert "0042" not in worker.app.clipboard


async def test_what_was_recorded_is_said_and_stands_in_the_memo(services: Services) -> None:
    """A group other than the one recommended is named on the screen and heads the memo."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        await worker.fill(**FIELDS, reason_code="1", reason="told to by the unit")
        await worker.press("ctrl+s")
        name = services.loaded.guide.groups["preventive"].name
        assert name in worker.view.done
        text = worker.interview.session.memo()
        assert text.index(name) < text.index("How sure:")
        assert "The supervisor decided. Note: told to by the unit" in text


async def test_the_records_open_from_the_last_line(services: Services) -> None:
    """Choosing to see the records shows them."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await worker.choose(Command.RECORDS)
        assert "0042" in worker.words


async def test_a_case_number_with_letters_is_told_at_the_field(services: Services) -> None:
    """As it is typed; of words it is told once their field is left, and of an empty one at no time."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.type("12a")
        assert "Use digits only." in worker.words
        await worker.press("backspace")
        assert "Use digits only." not in worker.words
        await worker.press("tab")
        await worker.type("born 1/31/2026")
        assert "looks like" not in worker.words
        await worker.press("tab", "tab")
        assert "looks like" in worker.words
        assert "Enter the service" not in worker.words


async def test_the_key_for_help_says_what_to_fill_in(services: Services) -> None:
    """In a field that is empty or chosen from; among words it is typed, and nothing is lost."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD, "preventive")
        await worker.press("question_mark")
        assert FIELDS_BY_NAME["case_number"].about in worker.words
        await worker.fill(service="class")
        await worker.press("tab", "shift+tab", "question_mark")
        assert worker.form["service"] == "class?"
        await worker.press("tab", "question_mark")
        assert FIELDS_BY_NAME["reason_code"].about in worker.words


async def test_an_error_goes_once_its_field_is_changed(services: Services) -> None:
    """What was said of a field as it was does not stay beside what it is now; the others wait."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("ctrl+s")
        assert "Enter the case number" in worker.words
        await worker.press("7")
        assert "Case number" in worker.words
        assert "Enter the case number" not in worker.words
        assert "Enter the service" in worker.words


async def test_no_name_is_copied_where_no_group_was_recorded(services: Services) -> None:
    """A choice left to the supervisor has no group's name to hand out."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD_OTHER)
        await worker.choose(Command.RECORD)
        assert not {"reason_code"} & worker.form.keys()
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s", "y")
        offered = [choice.command for choice in worker.interview.choices.offered]
        assert offered.index(Command.START_AGAIN) + 1 == NEW_INTERVIEW
        assert worker.view.mode == "recorded"
        assert worker.app.clipboard == ""


async def test_a_typo_in_the_entry_just_saved_takes_two_keys(services: Services) -> None:
    """One opens the form as it was saved, one saves it; the reason is there already."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s")
        assert "Saved as entry 1" in worker.view.done
        await worker.choose(Command.CORRECT_SAVED)
        assert worker.form["case_number"] == FIELDS["case_number"]
        await worker.type("7")
        await worker.press("ctrl+s")
        (entry,) = worker.entries()
        assert entry.case_number == FIELDS["case_number"] + "7"
        assert (entry.corrects is None, bool(entry.why)) == (False, True)
        await worker.choose(Command.CORRECT_SAVED)
        await worker.press("escape")
        assert worker.view.mode == "recorded"


async def test_the_next_child_has_a_form_of_its_own(services: Services) -> None:
    """With case and service filled in, the keyboard in the field between, and a word to check the answers."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(**FIELDS)
        await worker.press("ctrl+s")
        await worker.choose(Command.NEXT_CHILD)
        assert worker.form["case_number"] == FIELDS["case_number"]
        assert worker.form["whom"] == ""
        assert worker.focused == "whom"
        assert NEXT_CHILD.split(".")[0] in worker.words
        await worker.fill(whom="all siblings")
        assert SEVERAL.split(",")[0] in worker.words
        await worker.press("ctrl+s")
        assert [entry.whom for entry in worker.entries()] == ["all siblings", FIELDS["whom"]]


class Painted:
    """Notes at each repaint from now on what is shown, and which field has the keyboard."""

    def __init__(self, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
        self.focused: list[str] = []
        self.text: list[str] = []
        paint = worker.app._display

        def see(*given: Any) -> None:
            self.focused.append(worker.focused)
            self.text.append(worker.text)
            paint(*given)

        monkeypatch.setattr(worker.app, "_display", see)


async def laid_out(worker: Worker) -> None:
    """Wait until a form is laid out unseen."""
    await worker.until(lambda: worker.interview._form_ahead is not None)


async def test_the_form_has_the_keyboard_by_the_second_repaint(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is laid out while the result is read, so that its key has only to show it."""
    async with at_work(services) as worker:
        await worker.press("3", "3")
        await laid_out(worker)
        painted = Painted(worker, monkeypatch)
        await worker.press("1")
        assert "case_number" in painted.focused[:2]
        assert not any("More below (Tab)" in text for text in painted.text)  # none is


@pytest.mark.parametrize(
    ("command", "field"), [(Command.NEXT_CHILD, "whom"), (Command.CORRECT_SAVED, "case_number")]
)
async def test_the_form_after_one_that_was_saved_is_as_quick(
    services: Services, monkeypatch: pytest.MonkeyPatch, command: Command, field: str
) -> None:
    """Both that for the next child and that which fixes a typing mistake."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await laid_out(worker)
        painted = Painted(worker, monkeypatch)
        await worker.choose(command)
        assert field in painted.focused[:2]


async def test_an_entry_withdrawn_meanwhile_is_shown_as_withdrawn(services: Services) -> None:
    """No typo can be fixed in it any more; once it is restored, one can."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await worker.press("r", "enter", "x", *"twice", "ctrl+s", "1", "escape", "escape")
        assert worker.view.withdrawn
        assert "Entry 1 was withdrawn" in worker.words
        offered = [choice.command for choice in worker.interview.choices.offered]
        assert Command.CORRECT_SAVED not in offered
        await worker.press("r", "enter", "x", "escape", "escape")
        await worker.choose(Command.CORRECT_SAVED)
        await worker.press("backspace", "7", "ctrl+s")
        assert worker.entries()[0].case_number == "0047"


async def test_a_typo_is_fixed_in_what_an_entry_was_corrected_to(services: Services) -> None:
    """The last version is shown, and corrected."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await worker.press("r", "enter", "e", "backspace", "3")
        await worker.fill(why="typo")
        await worker.press("ctrl+s", "escape", "escape")
        assert "corrected as entry 2" in worker.words
        await worker.choose(Command.CORRECT_SAVED)
        assert worker.form["case_number"] == "0043"
        await worker.press("ctrl+s")
        assert "Fix 1 field" not in worker.words
        assert "Nothing has changed yet" in str(worker.app.screen.query_one(FormPane).said.content)
        await worker.press("backspace", "4", "ctrl+s")
        assert worker.entries()[0].case_number == "0044"


async def test_nothing_is_said_to_be_recorded_for_a_first_child_before_it_is(
    services: Services,
) -> None:
    """The form says so instead."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.NEXT_CHILD)
        assert worker.view.notice == NOT_YET_FOR_FIRST
        assert NOT_YET_FOR_FIRST.split(".")[0] in worker.words


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=str)
async def test_a_form_names_its_help_and_its_other_fields(
    services: Services, size: tuple[int, int]
) -> None:
    """However narrow the row of keys is."""
    async with at_work(services, size) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert all(key in worker.keys for key in ("?", "Ctrl+S", "Ctrl+O", "Esc"))


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=str)
async def test_nothing_moves_when_a_field_is_wrong(
    services: Services, size: tuple[int, int]
) -> None:
    """Its row says so in the place kept for that, right below what was typed, without its label."""
    async with at_work(services, size) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        places = {row.field.name: row.region for row in worker.app.screen.query(FormRow)}
        await worker.type("12a")
        wrong, typed = (worker.lines[worker.row_of(one)] for one in ("Use digits only.", "12a"))
        assert wrong.index("Use digits") == typed.index("12a")
        assert places == {row.field.name: row.region for row in worker.app.screen.query(FormRow)}


async def test_the_note_says_what_goes_into_a_field_and_that_more_are_below(
    services: Services,
) -> None:
    """In one row, until the last field is in sight."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert "Enter the case number in digits only." in worker.words
        assert "More below" not in worker.words
        await worker.press("ctrl+o")
        assert "▼ More below (Tab) · Choose the" in worker.words
        while worker.focused != "need_met":
            await worker.press("tab")
        assert "More below" not in worker.words
        assert worker.app.screen.query_one(FormPane).said.size.height == 1


async def test_values_to_pick_are_on_one_row_or_one_on_each(services: Services) -> None:
    """Never two on one row and one on the next."""
    async with at_work(services, SMALL) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("ctrl+o")
        for row in worker.app.screen.query(FormRow):
            if isinstance(row.input, Pick) and row.display:
                assert row.input.size.height in {1, len(row.field.choices)}


async def test_what_was_typed_to_fix_a_typo_is_kept_as_the_screen_says(services: Services) -> None:
    """And what was recorded stays in sight beside that."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await record(worker)
        await worker.choose(Command.CORRECT_SAVED)
        await worker.press("7", "escape")
        assert KEPT_TYPED in worker.words
        assert "Saved as entry 1" in worker.words
        await worker.choose(Command.CORRECT_SAVED)
        assert worker.form["case_number"] == FIELDS["case_number"] + "7"
        await worker.press("backspace", "escape")
        assert KEPT_TYPED not in worker.words
        assert "Saved as entry 1" in worker.words
        await worker.choose(Command.CORRECT_SAVED)
        assert worker.form["case_number"] == FIELDS["case_number"]


async def test_a_new_interview_is_begun_unasked_once_an_open_one_is_recorded(
    services: Services,
) -> None:
    """It waits among the unfinished ones."""
    async with at_work(services) as worker:
        await worker.answer(OPEN)
        await record(worker, Command.RECORD, "")
        await worker.choose(Command.START_AGAIN)
        assert (worker.view.mode, worker.answers) == ("asking", {})
        assert "u Unfinished" in worker.keys


def test_a_row_can_be_told_what_is_wrong_before_it_is_there() -> None:
    """A program that is left while its form is laid out unseen tells rows that never come."""
    row = FormRow(FIELDS_BY_NAME["whom"], "")
    row.say(["For: Enter it."])
    assert str(row._problem.content) == "Enter it."


@pytest.mark.parametrize("size", [USUAL, SMALL], ids=str)
async def test_a_form_names_keys_where_they_do_so(
    services: Services, size: tuple[int, int]
) -> None:
    """A question mark helps in an empty field and is text in any other; Enter in the last field saves."""
    async with at_work(services, size) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        assert "? Help" in worker.keys
        assert "Ctrl+S Save" in worker.keys
        await worker.press("7")
        assert "?" not in worker.keys
        assert "Tab Next" in worker.keys
        await worker.press("question_mark")
        assert worker.form["case_number"] == "7?"
        await worker.fill(**FIELDS)
        assert "Enter Save" in worker.keys
        await worker.press("enter")
        assert len(worker.entries()) == 1


async def test_ctrl_c_asks_before_what_is_typed_is_lost(services: Services) -> None:
    """In a form with nothing typed, it leaves at once; pressed twice, it leaves anyway."""
    async with at_work(services) as worker:
        await worker.stand(ADOPTION)
        await worker.choose(Command.RECORD, "adoption")
        await worker.fill(case_number="0042")
        await worker.press("ctrl+c")
        assert not worker.has_left
        await worker.press("2")
        assert worker.form["case_number"] == "0042"
        await worker.press("ctrl+c", "ctrl+c")
        assert worker.has_left
