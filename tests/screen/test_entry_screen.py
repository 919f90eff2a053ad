"""One entry opened: its history, its correction, its withdrawal, its interview and its memo."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from assistant.cases.forms import Correction, WithdrawalForm
from assistant.commands import Command
from assistant.engine.interview import UNSURE
from assistant.errors import RecordsBusyError, RecordsError, RecordsPendingError
from assistant.records.entry import Entry, Withdrawal
from assistant.records.fields import Form
from assistant.records.store import RecordStore
from assistant.screen.records import EntryScreen, FormScreen, RecordsScreen
from assistant.services import Services
from tests.conftest import NOW
from tests.screen.test_records_screen import an_entry, listed
from tests.screen.worker import USUAL, WIDE, Worker, at_work

OPEN = {"investigation": "open", "goal": "adoption", "need": UNSURE}
TALL = (80, 60)


class Failing:
    """A store that reads as it should and adds nothing until it is mended."""

    def __init__(self, services: Services, error: RecordsError) -> None:
        self._services = services
        self.error: RecordsError | None = error

    def __call__(self) -> RecordStore:
        store = self._services.open_records()
        if self.error:
            error = self.error

            def add(_record: object) -> int:
                raise error

            object.__setattr__(store, "add", add)
        return store


def an_open_entry() -> Entry:
    return an_entry(
        1, outcome=None, recommended=None, certainty="depends", chosen=None, answers=OPEN
    )


def is_open(worker: Worker, kind: type[Form[Any]]) -> bool:
    """Tell whether a form of a kind is in front."""
    screen = worker.app.screen
    return isinstance(screen, FormScreen) and isinstance(screen.form, kind)


async def open_entry(worker: Worker, *keys: str) -> None:
    """Open the newest entry, and press keys there."""
    await worker.press("r", "enter", *keys)


async def test_the_keys_of_an_entry_are_in_sight(services: Services) -> None:
    """Each can be pressed, and is a click too."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker)
        for words in ("h History", "e Correct", "x Withdraw"):
            assert words in worker.keys
        await worker.click("Correct")
        assert is_open(worker, Correction)


async def test_a_correction_takes_the_place_of_an_entry(services: Services) -> None:
    """The form is filled in as it was recorded; what is changed is a new entry that says why."""
    services.open_records().add(an_entry(1, status="planned"))
    async with at_work(services) as worker:
        await open_entry(worker, "e")
        assert worker.form["case_number"] == "90001"
        assert (worker.form["status"], worker.form["group"]) == ("planned", "adoption")
        await worker.fill(case_number="777", status="3", why="typed wrong")
        await worker.press("enter")
        assert "Saved as entry 2, which replaces entry 1" in worker.words
        assert "Case number 777" in worker.words
        (entry,) = worker.entries()
        assert (entry.case_number, entry.status) == ("777", "provided")
        assert (entry.corrects, entry.why) == (an_entry(1).id, "typed wrong")
        assert entry.answers == an_entry(1).answers
        await worker.press("escape")
        assert listed(worker) == ["2"]


async def test_history_is_one_key_away_oldest_first(services: Services) -> None:
    """Every version stands there whole, and why it was made."""
    store = services.open_records()
    store.add(an_entry(1))
    store.add(an_entry(2, corrects=an_entry(1).id, why="wrong child", whom="child 2"))
    store.add(an_entry(3, corrects=an_entry(2).id, why="wrong after all"))
    async with at_work(services, TALL) as worker:
        await open_entry(worker, "h")
        places = [
            worker.words.index(words)
            for words in ("Entry 1 was recorded", "wrong child", "child 2", "wrong after all")
        ]
        assert places == sorted(places)
        await worker.press("escape")
        assert isinstance(worker.app.screen, EntryScreen)


async def test_a_correction_says_why(services: Services) -> None:
    """And it changes something: the same entry once more is none."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "e", "ctrl+s")
        assert worker.focused == "why"
        await worker.type("no reason")
        await worker.press("enter")
        assert "Nothing has changed yet" in worker.words
        assert len(worker.store.history(1)) == 1


async def test_the_group_can_be_corrected_with_a_reason(services: Services) -> None:
    """A reason is asked for as soon as the group is not the recommended one, and no longer after."""
    services.open_records().add(an_entry(1))
    async with at_work(services, WIDE) as worker:
        await open_entry(worker, "e")
        assert "reason_code" not in worker.form
        await worker.fill(group="8")
        assert "reason_code" not in worker.form, "nothing is chosen otherwise yet"
        await worker.fill(group="2")
        assert worker.form["reason_code"] == ""
        await worker.fill(why="the supervisor decided later")
        await worker.press("enter")
        assert worker.focused == "reason_code"
        await worker.press("1", "ctrl+s")
        (entry,) = worker.entries()
        assert (entry.chosen, entry.recommended) == ("assessment_investigation", "adoption")
        assert entry.reason_code == "supervisor"
        await worker.press("e")
        await worker.fill(group="1", why="decided again")
        assert "reason_code" not in worker.form


async def test_a_correction_left_stays_typed(services: Services) -> None:
    """Esc leads back to the entry, and the form opened again is as it was."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "e")
        await worker.fill(case_number="777")
        await worker.press("escape")
        assert isinstance(worker.app.screen, EntryScreen)
        await worker.press("e")
        assert worker.form["case_number"] == "777"
        assert "This is what you typed before. It is not saved yet." in worker.words
        await worker.fill(case_number="778")
        assert "This is what you typed before" not in worker.words


async def test_a_correction_that_cannot_be_saved_costs_nothing_typed(services: Services) -> None:
    """It is said why; the same form saves when the store mends."""
    services.open_records().add(an_entry(1))
    failing = Failing(services, RecordsBusyError("The shelf [/] fell."))
    async with at_work(replace(services, open_records=failing)) as worker:
        await open_entry(worker, "e")
        await worker.fill(case_number="777", why="typed wrong")
        await worker.press("enter")
        assert "Not recorded. The shelf [/] fell." in worker.words
        assert (worker.form["case_number"], worker.form["why"]) == ("777", "typed wrong")
        failing.error = None
        await worker.press("ctrl+s")
        assert [entry.case_number for entry in worker.entries()] == ["777"]


async def test_what_was_corrected_elsewhere_is_not_corrected_again(services: Services) -> None:
    """The store says which entry took its place, and what was typed stays."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "e")
        services.open_records().add(an_entry(99, corrects=an_entry(1).id, why="elsewhere"))
        await worker.fill(case_number="777", why="here")
        await worker.press("enter")
        assert "Entry 1 was already corrected or withdrawn (see number 2)" in worker.words
        assert worker.form["case_number"] == "777"
        assert [entry.why for entry in worker.entries()] == ["elsewhere"]


async def test_an_entry_corrected_since_the_list_was_read_opens_as_it_now_is(
    services: Services,
) -> None:
    """What is opened is never an old version without saying so."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await worker.press("r")
        services.open_records().add(an_entry(2, corrects=an_entry(1).id, why="elsewhere"))
        await worker.press("enter")
        assert "Entry 2" in worker.text
        assert "This replaces an earlier entry" in worker.words


async def test_a_withdrawal_says_why_and_makes_sure(services: Services) -> None:
    """Nothing is withdrawn without a reason or before a last yes."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "x", "enter")
        assert "Give a reason" in worker.words
        await worker.type("recorded twice")
        await worker.press("enter")
        assert "Withdraw entry 1?" in worker.words
        await worker.press("escape")
        assert is_open(worker, WithdrawalForm)
        assert len(worker.store.history(1)) == 1
        await worker.press("enter", "1")
        assert isinstance(worker.app.screen, EntryScreen)
        assert "Entry 1 is withdrawn" in worker.words
        assert "recorded twice" in worker.words
        withdrawal = worker.store.history(1)[-1].record
        assert isinstance(withdrawal, Withdrawal)
        assert withdrawal.why == "recorded twice"


async def test_a_withdrawn_entry_is_only_read_or_restored(services: Services) -> None:
    """It can be neither corrected nor withdrawn nor taken up; its memo and history are there."""
    services.open_records().add(an_entry(1))
    withdrawal = Withdrawal(id="f" * 32, when=NOW, withdraws=an_entry(1).id, why="twice")
    services.open_records().add(withdrawal)
    async with at_work(services) as worker:
        await open_entry(worker)
        assert "Withdrawn" in worker.words
        for words in ("Correct", "Withdraw it", "Continue"):
            assert words not in worker.words
        await worker.press("e", "6", "7")
        assert isinstance(worker.app.screen, EntryScreen)
        await worker.press("h")
        await worker.press("pagedown")
        assert "was withdrawn" in worker.words


async def test_a_withdrawal_that_cannot_be_saved_costs_nothing_typed(services: Services) -> None:
    """It is said why; it can be tried again."""
    services.open_records().add(an_entry(1))
    failing = Failing(services, RecordsBusyError("The shelf fell."))
    async with at_work(replace(services, open_records=failing)) as worker:
        await open_entry(worker, "x")
        await worker.type("twice")
        await worker.press("enter", "1")
        assert "Not withdrawn. The shelf fell." in worker.words
        assert worker.form == {"why": "twice"}
        failing.error = None
        await worker.press("enter", "1")
        assert "Entry 1 is withdrawn" in worker.words


KEPT = "Kept on this computer, and sent when the server can be reached."


@pytest.mark.parametrize("key", ["e", "x"])
async def test_what_is_kept_to_be_sent_later_is_done(services: Services, key: str) -> None:
    """Where the shared records cannot be reached, the sentence says where it is; nothing is lost."""
    services.open_records().add(an_entry(1))
    failing = Failing(services, RecordsPendingError(KEPT))
    async with at_work(replace(services, open_records=failing)) as worker:
        await open_entry(worker, key)
        await worker.fill(**({"case_number": "777"} if key == "e" else {}), why="a reason")
        await worker.press("enter", *(["1"] if key == "x" else []))
        assert isinstance(worker.app.screen, EntryScreen)
        assert KEPT in worker.words


async def test_an_unresolved_entry_is_finished_in_its_place(services: Services) -> None:
    """Its answers come back, its fields are filled in, and both entries are one line of history."""
    services.open_records().add(an_open_entry())
    async with at_work(services) as worker:
        await open_entry(worker, "7")
        assert not isinstance(worker.app.screen, RecordsScreen)
        assert worker.answers == OPEN
        assert "Continuing from entry 1." in worker.words
        await worker.press("c", "3", "1")
        await worker.choose(Command.RECORD, "assessment_investigation")
        assert worker.form["case_number"] == "90001"
        assert worker.form["why"] == "The open question is answered."
        await worker.press("ctrl+s")
        assert "replaces entry 1" in worker.words
        assert [one.seq for one in worker.store.history(1)] == [1, 2]
        await worker.press("r")
        assert listed(worker) == ["2"]


async def test_an_interview_done_again_asks_why(services: Services) -> None:
    """Other answers than were recorded make a correction, for a reason of the worker's own."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "7")
        await worker.choose(Command.RECORD, "adoption")
        await worker.press("ctrl+s")
        assert worker.focused == "why"
        await worker.type("looked at again")
        await worker.press("enter")
        (entry,) = worker.entries()
        assert (entry.corrects, entry.why) == (an_entry(1).id, "looked at again")


async def test_an_interview_taken_up_can_be_left_and_gone_on_with(services: Services) -> None:
    """Its draft remembers which entry it belongs to, from the next start as from the records."""
    services.open_records().add(an_open_entry())
    async with at_work(services) as worker:
        await open_entry(worker, "7", "c", "1", "3")
        left = worker.answers
    for keys in (["u"], ["r", "enter", "7"]):
        async with at_work(services) as worker:
            await worker.press(*keys)
            assert worker.answers == left
            assert worker.view.corrects == an_open_entry().id
            assert len(services.drafts.waiting()) == 1


async def test_the_interview_left_for_an_entry_is_kept(services: Services) -> None:
    """Taking up an entry does not cost the interview in front."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await worker.press("1")
        said = dict(worker.view.answers)
        await open_entry(worker, "7")
        assert [dict(draft.answers) for draft in services.drafts.waiting()] == [said]


async def test_the_memo_is_kept_without_the_case_number(
    services: Services, data_folder: Path
) -> None:
    """Copied or saved, it holds the entry and its reasons."""
    services.open_records().add(an_entry(1, chosen="preventive", reason_code="supervisor"))
    async with at_work(services) as worker:
        await open_entry(worker, "y")
        assert "The supervisor decided" in worker.app.clipboard
        assert "90001" not in worker.app.clipboard
        await worker.press("3", "4")
        assert "Saved memo-" in worker.words
        short, long = sorted(
            (data_folder / "memos").iterdir(), key=lambda path: path.stat().st_size
        )
        assert len(short.read_text().splitlines()) < 10 < len(long.read_text().splitlines())
        assert "90001" not in short.read_text() + long.read_text()


async def test_a_store_that_fails_after_a_correction_says_both(services: Services) -> None:
    """What was recorded is said, and that it cannot be read back just now."""
    services.open_records().add(an_entry(1))
    async with at_work(services, USUAL) as worker:
        await open_entry(worker, "e")
        await worker.fill(case_number="777", why="typed wrong")

        def broken() -> RecordStore:
            raise RecordsBusyError("The shelf fell.")

        screen = worker.app.screen_stack[-2]
        object.__setattr__(screen, "_services", replace(services, open_records=broken))
        await worker.press("enter")
        assert "Saved as entry 2" in worker.words
        assert "The shelf fell." in worker.words


@pytest.mark.parametrize("key", ["x", "5"])
async def test_a_withdrawn_entry_is_restored_by_one_key(services: Services, key: str) -> None:
    """The menu's numbers stay where they are, and it can be withdrawn again."""
    services.open_records().add(an_entry(1))
    withdrawal = Withdrawal(id="f" * 32, when=NOW, withdraws=an_entry(1).id, why="twice")
    services.open_records().add(withdrawal)
    ids = (f"{number:032x}" for number in count(500))
    async with at_work(replace(services, new_id=lambda: next(ids))) as worker:
        await open_entry(worker, key)
        assert "now entry 3" in worker.words
        assert "Withdraw it" in worker.words
        assert worker.store.get(3).restores == an_entry(1).id
        await worker.press("escape")
        assert listed(worker) == ["3"]
        await worker.press("enter", "5")
        assert is_open(worker, WithdrawalForm)


async def test_page_down_goes_from_the_choices_to_the_answers(services: Services) -> None:
    """They begin at the top; that there is more is said only while there is."""
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker)
        assert "More below: answers (PgDn)" in worker.words
        await worker.press("pagedown")
        assert "Answers" in " ".join(worker.lines[1:3])
        assert "More below" not in worker.words
        await worker.press("pageup")
        assert "1 History" in worker.words
        assert "More below" in worker.words


async def test_what_was_done_stays_said_until_the_page_is_read_on(services: Services) -> None:
    services.open_records().add(an_entry(1))
    async with at_work(services) as worker:
        await open_entry(worker, "y")
        assert "The memo was copied" in worker.words
        await worker.press("pagedown")
        assert "The memo was copied" not in worker.words
