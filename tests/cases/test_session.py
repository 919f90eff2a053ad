"""An interview without a front: every step, what it keeps, and why one is refused."""

from dataclasses import replace

import pytest

from assistant.cases.drafts import Draft, DraftBox
from assistant.cases.forms import PreviousEntry, SavedEntry
from assistant.cases.session import (
    BEGUN_ANEW,
    GONE,
    IS_IT_THIS,
    NEW_NUMBERS,
    NO_ANSWER,
    NO_QUESTION,
    NO_SUCH_WORDS,
    NOTHING_TO_CHANGE,
    RECORDED,
    WHICH_ANSWER,
    WOULD_BE_LOST,
    InterviewSession,
)
from assistant.cases.view import GUIDE_CHANGED
from assistant.engine.interview import UNSURE
from assistant.errors import RecordsUnavailableError
from tests.entries import ADOPTION as AN_ADOPTION
from tests.entries import DEPENDS as AN_OPEN_ONE
from tests.entries import entry_of

ADOPTION = ("none", "adoption", "no")
"""No investigation, the goal is adoption, not FINS: adoption, which the documents settle."""

NUMBER = 4
"""The number under which an entry is saved."""

KEPT = "The interview you left is saved for later."


class NoRoom(DraftBox):
    """Drafts that can be read and not written."""

    def save(self, _draft: Draft) -> None:
        raise RecordsUnavailableError("Your answers cannot be saved for later: no room.")


@pytest.fixture
def session(services) -> InterviewSession:
    return InterviewSession(services)


@pytest.fixture
def full(services, data_folder) -> InterviewSession:
    """A session whose answers cannot be kept."""
    return InterviewSession(replace(services, drafts=NoRoom(data_folder)))


def answer(session, *values):
    for value in values:
        assert session.answer(value) == ""
    return session


def saved_entry(entry):
    """The entry as the form gives it once it is saved."""
    return SavedEntry(entry, f"Saved as entry {NUMBER}.", NUMBER)


def kept(services):
    """Return the answers of the drafts, the one left last first."""
    return [dict(draft.answers) for draft in services.drafts.waiting()]


def said(session):
    return dict(session.view.standing.trail)


def test_every_step_is_kept_as_it_is_taken(session, services):
    """Answers, a change, a step back; with no answer left there is no draft."""
    answer(session, "none", "return_home")
    assert kept(services) == [{"investigation": "none", "goal": "return_home"}]
    assert session.change("goal") == ""
    answer(session, "adoption")
    assert kept(services) == [{"investigation": "none", "goal": "adoption"}]
    session.back()
    assert kept(services) == [{"investigation": "none"}]
    session.back()
    assert kept(services) == []


@pytest.mark.parametrize("given", [{}, {"goal": "return_home"}])
def test_a_result_left_unrecorded_is_returned_to(session, services, given):
    """Whether a new interview or one from the look-up came after, as long as that has no answer."""
    answer(session, *ADOPTION)
    if given:
        session.begin_with(given, "")
    else:
        session.start_again()
    answer(session, "none")
    session.back()
    assert said(session) == {}
    assert session.back() == ""
    assert (session.view.recommended, dict(session.view.given)) == ("adoption", {})
    assert kept(services) == []
    session.back()
    assert list(said(session)) == ["investigation", "goal"]


def test_what_was_recorded_or_discarded_is_not_returned_to(session):
    """Only a result that was looked up is left without a question."""
    answer(session, "none", "adoption")
    session.start_again()
    assert session.back() == NO_ANSWER
    answer(session, *ADOPTION)
    session.record("adoption")
    session.recorded(saved_entry(entry_of(AN_ADOPTION)))
    session.start_again()
    assert not session.can_go_back
    assert session.back() == NO_ANSWER


def test_a_side_list_is_left_with_nothing_changed(session):
    """The answers, an answer's options, the groups: back leads to where one was."""
    answer(session, *ADOPTION)
    for turn in (
        session.change,
        lambda: session.change("goal"),
        lambda: session.turn("choosing_group"),
        lambda: session.record("adoption"),
    ):
        turn()
        assert session.view.mode != "asking"
        assert session.back() == ""
        assert (session.view.mode, session.view.recommended) == ("asking", "adoption")


def test_what_cannot_be_done_says_why_and_changes_nothing(session):
    before = session.view
    assert session.back() == NO_ANSWER
    assert session.change() == NOTHING_TO_CHANGE
    assert session.view is before
    answer(session, *ADOPTION)
    before = session.view
    assert session.answer("adoption") == NO_QUESTION
    assert session.answer(UNSURE) == NO_QUESTION
    assert session.take_words("adoption") == NO_QUESTION
    assert session.view is before


def test_typed_words_answer_are_asked_back_or_mean_nothing(session):
    """Only the answers that fit are then offered; another word or a step back offers all again."""
    answer(session, "none")
    assert session.take_words("guardian") == ""
    assert session.view.notice == f"{WHICH_ANSWER} {NEW_NUMBERS}"
    assert len(session.view.among) > 1
    assert session.back() == ""
    assert (session.view.among, said(session)) == ((), {"investigation": "none"})
    assert session.take_words("kinship") == ""
    assert session.view.notice == f"{IS_IT_THIS} {NEW_NUMBERS}"
    assert session.view.among == ("other",)
    assert session.back() == ""
    assert session.take_words("at home") == ""
    assert session.view.notice == WHICH_ANSWER, "the first two keep their numbers"
    assert session.back() == ""
    assert session.take_words("zebra") == NO_SUCH_WORDS
    assert session.take_words("adoption") == ""
    assert said(session)["goal"] == "adoption"


def test_what_is_assumed_is_marked(session):
    answer(session, "concluded")
    while session.view.question:
        session.answer(UNSURE)
    assert session.view.unresolved
    session.turn("assuming")
    session.assume("0")
    assert session.view.assumed


def test_what_was_assumed_is_taken_back_to_the_list_it_was_chosen_from(session):
    """Answers given since go first; then the answers are those before, and so are the choices."""
    answer(session, "none", UNSURE, "no", UNSURE)
    before, rows = said(session), session.view.verdict.rows
    adoption = next(n for n, row in enumerate(rows) if row.assumed.get("goal") == ("adoption",))
    session.turn("assuming")
    session.assume(str(adoption))
    assert session.view.recommended == "adoption"
    session.change("fins")
    answer(session, "other_fins")
    session.back()
    assert (session.view.mode, session.view.assumed) == ("assuming", frozenset())
    assert said(session) == {**before, "fins": "other_fins"}
    session.back()
    session.back()
    assert said(session) == {"investigation": "none", "goal": UNSURE, "fins": "other_fins"}


def test_an_earlier_answer_is_used_again_in_a_change_and_not_after_a_step_back(session):
    """What does not count any more is out of sight, so that it is asked anew."""
    answer(session, "none", "return_home", "no", "out_of_home")
    for goal in ("adoption", "return_home"):
        session.change("goal")
        answer(session, goal)
    assert (said(session)["setting"], bool(session.view.notice)) == ("out_of_home", True)
    session.change("goal")
    answer(session, "adoption")
    session.back()
    session.back()
    answer(session, "return_home", "no")
    assert (session.view.question, session.view.notice) == ("setting", "")


@pytest.mark.parametrize("group", ["adoption", None])
def test_a_result_under_an_assumption_says_so(session, group):
    """How sure it is, is never said without what is assumed."""
    answer(session, "none", UNSURE, "no", UNSURE)
    ends = [session.view.guide.outcomes[row.outcomes[0]].group for row in session.view.verdict.rows]
    session.assume(str(ends.index(group)))
    assert session.view.only_if.startswith("if the goal is ")
    if group:
        assert f"Settled {session.view.only_if}." in session.view.memo_text()
    assert session.view.only_if in session.view.memo_text(in_full=True).splitlines()[2]


def test_a_recorded_interview_stays_as_it_is(session, services):
    """Its draft is gone, what was typed is forgotten, and only another can be begun."""
    answer(session, *ADOPTION)
    session.record("adoption")
    session.typed["whom"] = "child 1"
    session.recorded(saved_entry(entry_of(AN_ADOPTION)))
    assert (session.view.mode, session.typed, kept(services)) == ("recorded", {}, [])
    assert session.back() == RECORDED
    assert session.change() == RECORDED
    session.start_again()
    assert (session.view.mode, session.view.answers) == ("asking", {})


def test_an_open_interview_waits_on_once_it_is_recorded(session, services):
    """What is recorded next takes its place."""
    answer(session, "concluded")
    while session.view.question:
        session.answer(UNSURE)
    entry = entry_of(AN_OPEN_ONE)
    session.record("")
    session.recorded(saved_entry(entry))
    assert session.view.is_open
    (draft,) = services.drafts.waiting()
    assert draft.corrects == entry.id


@pytest.mark.parametrize("with_case", [False, True])
def test_a_memo_holds_the_case_number_only_where_that_is_chosen(session, data_folder, with_case):
    answer(session, *ADOPTION)
    entry = entry_of(AN_ADOPTION)
    session.recorded(saved_entry(entry))
    assert session.save_memo(with_case=with_case).startswith("Saved memo-")
    (file,) = data_folder.glob("memos/*")
    assert (entry.case_number in file.read_text(encoding="utf-8")) == with_case


def test_a_case_number_stays_with_its_interview(session, data_folder):
    """The memo of another interview never holds it, nor does its form."""
    answer(session, *ADOPTION)
    session.typed["case_number"] = "90001"
    session.recorded(saved_entry(entry_of(AN_ADOPTION)))
    session.start_again()
    answer(session, *ADOPTION)
    session.save_memo(with_case=True)
    (file,) = data_folder.glob("memos/*")
    assert entry_of(AN_ADOPTION).case_number not in file.read_text(encoding="utf-8")
    assert session.typed == {}


def test_an_unfinished_interview_waits_and_is_gone_on_with(session, services):
    """At the next start it is told how far it was; the one left for it waits instead."""
    answer(session, "none", "return_home")
    later = InterviewSession(services)
    later.look()
    assert "Reunification" in later.waiting_words
    assert "goal return home" in later.waiting_rows[0]
    answer(later, "concluded")
    later.typed["whom"] = "child 2"
    assert later.resume(later.waiting[0]) == ""
    assert said(later) == {"investigation": "none", "goal": "return_home"}
    assert later.view.notice == KEPT
    assert later.typed == {}
    assert [dict(draft.answers) for draft in later.waiting] == [{"investigation": "concluded"}]


def test_one_that_is_gone_is_not_brought_back(session, services):
    """It was finished or discarded in another window."""
    answer(session, "none")
    later = InterviewSession(services)
    later.look()
    (draft,) = later.waiting
    services.drafts.discard(draft.id)
    before = later.view
    assert later.resume(draft) == GONE
    assert (later.view, later.waiting) == (before, ())


def test_a_draft_under_other_rules_says_so(session, services):
    """Answers that the guide does not have are left out, and stay in the file."""
    old = {"investigation": "concluded", "moon": "full", "goal": "no_such_goal"}
    services.drafts.save(
        Draft(
            id="f" * 32,
            saved_at=services.now(),
            answers=old,
            meaning_hash="0" * 64,
            content_version="0.9",
        )
    )
    session.look()
    assert session.resume(session.waiting[0]) == ""
    assert (session.view.notice, said(session)) == (GUIDE_CHANGED, {"investigation": "concluded"})
    assert kept(services) == [old]


@pytest.mark.parametrize(("keep", "left"), [(False, []), (True, [{"investigation": "none"}])])
def test_the_answers_are_thrown_away_or_kept_when_another_is_begun(session, services, keep, left):
    answer(session, "none")
    session.start_again(keep=keep)
    assert session.view.answers == {}
    assert kept(services) == left
    assert len(session.waiting) == len(left)


def test_facts_are_filled_in_beforehand(session, services):
    """They count, are not asked, and are kept as answers are; an interview left for them waits."""
    answer(session, "none")
    assert session.begin_with({"goal": "adoption"}, "Filled in.") == ""
    assert session.view.everything_said == {"investigation": "none", "goal": "adoption"}
    assert kept(services) == [session.view.everything_said]
    assert session.begin_with({"investigation": "open"}, "Filled in.") == ""
    assert session.view.notice == f"Filled in. {BEGUN_ANEW.format(do='press')}"
    assert session.view.everything_said == {"investigation": "open"}
    assert kept(services)[0] == {"investigation": "open"}
    assert len(session.waiting) == 1


def test_an_entry_is_taken_up_and_its_place_taken(session, services):
    """The interview left waits; asked for once more, it is the one in front, or the one begun."""
    answer(session, "none")
    previous = PreviousEntry(3, entry_of(AN_ADOPTION))
    assert session.take_up(previous) == ""
    assert session.view.everything_said == dict(previous.entry.answers)
    assert session.view.corrects == previous.entry.id
    assert "replaces entry 3" in session.view.notice
    assert len(session.waiting) == 1
    taken = session.view.id
    session.turn("choosing_group")
    session.take_up(previous)
    assert (session.view.id, session.view.mode) == (taken, "asking")
    session.change("goal")
    answer(session, "return_home")
    session.start_again(keep=True)
    session.take_up(previous)
    assert session.view.id == taken
    assert "replaces entry 3" in session.view.notice


def test_answers_that_cannot_be_kept_are_said_to_be_lost(full):
    """The interview goes on; once they are there, no other takes its place unasked."""
    assert not full.would_be_lost
    answer(full, "none")
    assert "no room" in full.unkept
    assert full.unkept == full.view.notice
    assert full.would_be_lost
    before = full.view
    waiting = Draft(
        id="a" * 32, saved_at=full._services.now(), answers={}, meaning_hash="", content_version=""
    )
    assert full.resume(waiting) == WOULD_BE_LOST
    assert full.take_up(PreviousEntry(1, entry_of(AN_ADOPTION))) == WOULD_BE_LOST
    assert full.begin_with({"investigation": "open"}, "") == WOULD_BE_LOST
    assert full.view is before


def test_nothing_is_lost_once_it_is_recorded_or_begun_again(full):
    answer(full, *ADOPTION)
    full.recorded(saved_entry(entry_of(AN_ADOPTION)))
    assert not full.would_be_lost
    full.start_again()
    answer(full, "none")
    full.start_again()
    assert not full.would_be_lost


def test_drafts_that_cannot_be_read_are_none(services, monkeypatch):
    def unreadable():
        raise RecordsUnavailableError("Your answers cannot be saved for later: no folder.")

    monkeypatch.setattr(services.drafts, "waiting", unreadable)
    session = InterviewSession(services)
    session.look()
    assert (session.waiting, session.waiting_words) == ((), "")


def test_what_was_recorded_stays_said(session):
    """Whatever else is said of it, and whatever form is opened and left."""
    answer(session, *ADOPTION)
    session.recorded(saved_entry(entry_of(AN_ADOPTION)))
    done = session.view.done
    assert f"entry {NUMBER}" in done
    session.say(session.save_memo())
    session.correct_saved()
    session.leave_form("Kept.")
    assert (session.view.mode, session.view.done, session.view.notice) == (
        "recorded",
        done,
        "Kept.",
    )


@pytest.mark.parametrize("in_full", [False, True])
def test_the_memo_of_what_was_recorded_says_which_entry_it_is_about(session, in_full):
    """As the one from the records does, and without the case number."""
    answer(session, *ADOPTION)
    entry = entry_of(AN_ADOPTION)
    assert entry.service not in session.memo(in_full=in_full)
    session.recorded(saved_entry(entry))
    text = session.memo(in_full=in_full)
    assert all(words in text for words in (f"Entry {NUMBER}", entry.service, entry.whom))
    assert entry.case_number not in text
    assert f"memo-entry-{NUMBER}-" in session.save_memo(in_full=in_full)


def test_an_open_interview_that_is_recorded_is_left_unasked(session, services):
    """Nothing is lost by that: it waits on."""
    answer(session, "concluded")
    assert not session.is_safe
    while session.view.question:
        session.answer(UNSURE)
    assert not session.is_safe
    session.recorded(saved_entry(entry_of(AN_OPEN_ONE)))
    assert session.is_safe
    session.start_again(keep=True)
    assert len(session.waiting) == len(kept(services)) == 1
