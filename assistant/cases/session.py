"""The interview that every front holds: its answers, the drafts beside it, and the record."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.cases.drafts import Draft, draft_of, draft_rows
from assistant.cases.view import GUIDE_CHANGED, NEXT_CHILD, NOT_YET_FOR_FIRST, Mode, View, choices
from assistant.commands import Choice, Command
from assistant.engine.interview import Answers, answers_meant
from assistant.engine.statements import Glossary
from assistant.errors import RecordsError

if TYPE_CHECKING:
    from assistant.cases import forms
    from assistant.cases.replay import CarriedOver

RECORDED = "This interview is already recorded, so you cannot change it."
NO_ANSWER = "There is no answer to take back."
NOTHING_TO_CHANGE = "There is no answer to change yet."
NO_QUESTION = "“Not sure” answers a question, and no question is open now."
NOT_CERTAIN = "More than one group is still possible, so there is no answer to take yet."
ALREADY = "This is already the answer."
NO_SUCH_WORDS = "No answer has those words."
GONE = "That interview is no longer there. It was finished or discarded in another window."
WOULD_BE_LOST = (
    "The answers given here could not be saved, so opening a different interview would lose them."
    " Record this one or start again first."
)
"""Why a step is refused."""

UNKEPT = "These answers cannot be saved for later. Leave anyway?"
"""Asked before answers are lost that could not be kept as a draft."""

_NONE_OF_THESE = {"none", "none of these", "neither"}
"""What is typed where none of the answers is meant that words may mean."""

WHICH_ANSWER = "Your words could mean more than one answer. Which one do you mean?"
IS_IT_THIS = "Is this what you mean?"
NEW_NUMBERS = "The choices below have new numbers."
"""Asked above the answers that typed words may mean, and said where those had other numbers before."""

NOT_RECORDED = "Your last result was not recorded. Go back to see it again."
NOT_RECORDED_HEARD = "Your last result was not recorded. Type b to hear it again."
RETURNED = "This is the result you left. It is not recorded."
"""Said where a result is left that was only looked up, and where it is returned to."""

ANSWERS_STAY = "Your earlier answers are kept."
BEGUN_ANEW = "This is a new interview. Your interview so far is saved: {do} u to continue it."
"""Said after what was looked up is filled in: what became of the answers given before."""

_KEEPING = {Command.RECORD, Command.RECORD_OTHER, Command.NEXT_CHILD}
_KEEPING |= {Command.SAVE_MEMO, Command.SAVE_LONG_MEMO}  # in training nothing is kept


class InterviewSession:
    """Holds the interview in front; each answer is kept as a draft, and never stopped by that.

    Every step leaves the new `view`; one that may be refused returns why, and "" where it is done.
    `unkept` says why the answers are not kept, `typed` is what was typed into the form for recording
    them, and `waiting` holds the unfinished interviews beside this one, the one left last first. Where
    it is `heard`, in lines, sentences say what to type.
    """

    def __init__(self, services: "forms.SessionServices", *, heard: bool = False) -> None:
        self._services, self._heard = services, heard
        self._loaded = services.loaded
        self._glossary = Glossary(services.loaded.guide)
        self._begin()
        self.waiting: tuple[Draft, ...] = ()

    def _begin(self, view: View | None = None, *, left: View | None = None) -> None:
        """Change to another interview, or a new one; nothing of the one before is mixed with it.

        `left` is the result to return to for as long as the new one has no answer.
        """
        new_id, guide = self._services.new_id, self._loaded.guide
        self.view = view or View(guide, new_id(), glossary=self._glossary)
        self.unkept = ""
        self._left = left
        self.typed: dict[str, str] = {}
        self._begun = False
        self._saved: forms.SavedEntry | None = None
        self._correcting = False

    # Answers

    def answer(self, value: str) -> str:
        """Answer the question that is asked, or the one that is to change."""
        if self.view.question is None:
            return NO_QUESTION
        self._keep(self.view.answered(self.view.question, value))
        return ""

    def take_words(self, words: str) -> str:
        """Answer with what typed words mean; where they fit several answers, offer only those."""
        fact = self.view.question
        if fact is None:
            return NO_QUESTION
        offered = [one.value for one in choices(self.view) if one.command == Command.ANSWER]
        question = self.view.guide.questions[fact]
        meant = answers_meant(question, offered, words)
        if self.view.among and not meant.certain:
            if " ".join(words.casefold().split()) in _NONE_OF_THESE:
                self.say("")
                return ""
            every = [one.value for one in choices(self.view.saying(""))]
            meant = answers_meant(question, every, words)
        if not meant.values:
            return NO_SUCH_WORDS
        if not meant.certain:
            notice = WHICH_ANSWER if len(meant.values) > 1 else IS_IT_THIS
            moved = {*meant.values} != {*offered[: len(meant.values)]}
            self.view = self.view.saying(f"{notice}{f' {NEW_NUMBERS}' * moved}", meant.values)
            return ""
        return self.answer(*meant.values)

    def assume(self, number: str) -> None:
        """Go on as if one of the cases that can be assumed were so."""
        if self.view.unresolved:
            self._keep(self.view.as_if(self.view.to_assume[int(number)]))

    def take(self) -> str:
        """Take the group that is certain as the answer now; the questions left are not asked."""
        if not self.view.so_far:
            return ALREADY if self.view.verdict and not self.view.unresolved else NOT_CERTAIN
        self._keep(self.view.taken_now())
        return ""

    @property
    def offered(self) -> list[Choice]:
        """The choices now; in training those that keep nothing."""
        kept = _KEEPING if self._services.training_only else ()
        return [choice for choice in choices(self.view) if choice.command not in kept]

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is an answer to take back, or a result to return to."""
        return bool(self.view.standing.trail or self._left)

    def back(self) -> str:
        """Leave a list, take the last answer back, or return to the result that was left for this."""
        if self.view.mode == "recorded":
            return RECORDED
        if self.view.mode == "recording":
            self.leave_form(kept=self._begun)
            return ""
        if self.view.mode == "asking" and not self.view.among and not self.view.standing.trail:
            return self._return_to_result()
        self._keep(self.view.stepped_back())
        return ""

    def _return_to_result(self) -> str:
        """Drop what was begun, without an answer so far, and show the result before it again."""
        if self._left is None:
            return NO_ANSWER
        self.discard(self.view.id)
        self._begin(self._left.saying(RETURNED))
        return ""

    def change(self, fact: str = "") -> str:
        """List the answers to change one of them, or offer other answers about a fact."""
        if self.view.mode == "recorded":
            return RECORDED
        if not self.view.everything_said:
            return NOTHING_TO_CHANGE
        self.turn("changing" if fact else "picking", fact=fact or None)
        return ""

    def turn(self, mode: Mode, *, fact: str | None = None, notice: str = "") -> None:
        """Change to another list about the same answers."""
        self.view = self.view.turned(mode, fact=fact).saying(notice)

    def say(self, notice: str) -> None:
        """Put something else below the answers, and offer all of those again."""
        self.view = self.view.saying(notice)

    # Other interviews

    @property
    def would_be_lost(self) -> bool:
        """Tell whether leaving this interview loses its answers, since they could not be kept."""
        return bool(self.unkept and self.view.answers) and self.view.mode != "recorded"

    @property
    def waiting_words(self) -> str:
        """Say that unfinished interviews wait, how far the last is and when it was left."""
        if not self.waiting:
            return ""
        last = self.waiting_rows[0]
        if len(self.waiting) > 1:
            return f"You have {len(self.waiting)} unfinished interviews. The last: {last}."
        return f"You have an unfinished interview: {last}."

    @property
    def waiting_rows(self) -> list[str]:
        """Tell the waiting ones apart: the answers, where they lead, and when they were left."""
        views = [self._view_of(draft) for draft in self.waiting]
        rows = draft_rows(self._loaded, self.waiting, views, self._services.now())
        return [row.replace(" → ", "; ") if self._heard else row for row in rows]  # as is heard

    @property
    def is_done(self) -> bool:
        """Tell whether nothing of this interview is left to finish: no question, no form begun."""
        return (self.view.mode == "recorded" and not self.view.is_open) or self._is_done(self.view)

    def _is_done(self, view: View) -> bool:
        """Tell whether a view is a result that was only looked up."""
        return view.verdict is not None and not (self._begun or view.unresolved or view.corrects)

    @property
    def left_last(self) -> Draft | None:
        """The interview that was left last, at a question or a result."""
        return next(iter(self._read()), None)

    @property
    def is_kept(self) -> bool:
        """Tell whether this interview waits to be finished."""
        return any(draft.id == self.view.id for draft in self._read())

    @property
    def is_safe(self) -> bool:
        """Tell whether another interview can be begun unasked, since nothing of this one is lost by it."""
        return self.view.mode == "recorded" or self.is_done

    def look(self) -> None:
        """Find the unfinished interviews beside this one; a result that was only looked up is none."""
        beside = [draft for draft in self._read() if draft.id != self.view.id]
        done = [draft for draft in beside if self._was_done(draft)]
        self.waiting = tuple(draft for draft in beside if draft not in done)
        for draft in done:
            self.discard(draft.id)

    def _was_done(self, draft: Draft) -> bool:
        """Tell whether a draft of today's guide holds a result that was only looked up."""
        if draft.recording or draft.corrects or draft.meaning_hash != self._loaded.meaning_hash:
            return False
        view = self._view_of(draft)
        return view.verdict is not None and not view.unresolved

    def resume(self, draft: Draft, words: str = "") -> str:
        """Go on with an interview that waits, with some words of it; the one left waits instead."""
        if self.would_be_lost:
            return WOULD_BE_LOST
        left, fresh = self.view, next((one for one in self._read() if one.id == draft.id), None)
        if fresh:
            carried = self._carried(fresh)
            waits = (left.answers or left.given) and not self.is_done
            left_words = "The interview you left is saved for later." if waits else ""
            guide_words = GUIDE_CHANGED * (fresh.meaning_hash != self._loaded.meaning_hash)
            said = filter(None, (words, guide_words, carried.notice, left_words))
            self._begin(self._view_of(fresh).saying(" ".join(said)))
            self._begun = fresh.recording
        self.look()
        return "" if fresh else GONE

    def take_up(self, previous: "forms.PreviousEntry") -> str:
        """Go on from the answers of an entry, or with what was begun so; the one left is kept."""
        if self.would_be_lost:
            return WOULD_BE_LOST
        self.look()
        number = previous.seq
        words = f"Continuing from entry {number}. What you record now replaces entry {number}."
        begun = (draft for draft in self.waiting if draft.corrects == previous.entry.id)
        if self.view.corrects == previous.entry.id:
            self.typed = {} if self.view.mode == "recorded" else self.typed  # that was a correction
            self.turn("asking", notice=words)
        elif draft := next(begun, None):
            return self.resume(draft, words)
        else:
            id_ = self._services.new_id()
            from assistant.cases.entries import view_of  # noqa: PLC0415 - only for what is recorded

            view = view_of(self._loaded, previous.entry, self._glossary, id_)
            self._begin(view.saying(f"{words} {view.notice}".strip()))
            self.look()
        return ""

    def begin_with(self, facts: Answers, notice: str) -> str:
        """Fill in facts in the open interview, or begin another where it answers one of them otherwise.

        The one left is kept, and the notice says what became of the answers.
        """
        said, view = self.view.everything_said, self.view
        if self.has_room_for(facts):
            given = {fact: value for fact, value in facts.items() if fact not in said}
            filled = replace(view.turned("asking"), given={**view.given, **given})
            self._keep(filled.saying(f"{notice} {ANSWERS_STAY}"))
            return ""
        if self.would_be_lost:
            return WOULD_BE_LOST
        waits = bool(said) and not self.is_done
        self._begin(left=self._unrecorded)
        self.look()
        anew = BEGUN_ANEW.format(do="type" if self._heard else "press") * waits
        anew = self._can_return if self._left else anew
        self._keep(replace(self.view, given=facts).saying(f"{notice} {anew}".rstrip()))
        return ""

    def has_room_for(self, facts: Answers) -> bool:
        """Tell whether facts can be filled in beside the answers of an interview under way."""
        said = self.view.everything_said
        same = all(said.get(fact, value) == value for fact, value in facts.items())
        return bool(said and self.view.standing.asking and same)

    @property
    def _can_return(self) -> str:
        return NOT_RECORDED_HEARD if self._heard else NOT_RECORDED

    @property
    def _unrecorded(self) -> View | None:
        """The result in front, if it was only looked up."""
        is_one = self.view.mode != "recorded" and self._is_done(self.view)
        return self.view.turned("asking") if is_one else None

    def next_child(self) -> str:
        """Begin to record the same answers for another child; the interview before is left as it is.

        The same group is recorded, and what was saved just now gives case number and service.
        """
        if self.would_be_lost:
            return WOULD_BE_LOST
        before, saved = self.view, self._saved
        self.start_again(keep=True)
        if saved:
            self.typed = {name: getattr(saved.entry, name) for name in ("case_number", "service")}
        same = {name: getattr(before, name) for name in ("answers", "assumed", "given")}
        self.view = replace(self.view, **same)
        self.record(before.chosen or before.recommended or "")
        self.say(
            f"{NEXT_CHILD if saved or before.corrects else NOT_YET_FOR_FIRST} {self.view.notice}".strip()
        )
        return ""

    def start_again(self, *, keep: bool = False) -> None:
        """Begin another; this one is thrown away, unless it is recorded or is to be kept."""
        if self.view.mode != "recorded" and not keep:
            self.discard(self.view.id)
        self._begin(left=self._unrecorded)
        self.look()
        if self._left:
            self.say(self._can_return)

    def discard(self, draft_id: str) -> None:
        """Drop a draft that is done with; one that cannot be dropped is merely offered again."""
        self.waiting = tuple(draft for draft in self.waiting if draft.id != draft_id)
        with suppress(RecordsError):
            self._services.drafts.discard(draft_id)

    # The record

    def record(self, group: str) -> None:
        """Change to recording a group, or none; from now on the interview is unfinished until it is saved."""
        self._begun = True
        self._keep(self.view.turned("recording", chosen=group or None))

    def correct_saved(self) -> None:
        """Change to correcting the entry that was saved just now."""
        self._correcting = True
        self.view = self.view.turned("recording", chosen=self.view.chosen)

    def look_up_saved(self) -> str:
        """Go on with the last version of the entry saved just now, and say what became of it since."""
        if self.view.mode != "recorded" or self._saved is None:
            return ""
        from assistant.cases.entries import line_of  # noqa: PLC0415 - not at the start

        saved = self._saved
        try:
            store = self._services.open_records()
            number = store.number_of(saved.entry.id) or 0
            line = line_of(store, number)
        except RecordsError:  # it waits to be sent, or is erased
            return ""
        withdrawn = not line.stands
        if (line.now.seq, withdrawn) == (number, self.view.withdrawn):
            return ""
        how = "restored" if line.now.entry.restores else "corrected"
        became = "withdrawn" if withdrawn else f"{how} as entry {line.now.seq}"
        words = f"Entry {line.now.seq if withdrawn else number} was {became}."
        self.recorded(replace(saved, entry=line.now.entry, sentence=words, number=line.now.seq))
        self.view = replace(self.view, withdrawn=withdrawn)
        if withdrawn and self.view.is_open:  # what is recorded of it later replaces nothing
            self._keep(replace(self.view, corrects=""))
        return words

    def entry_form(self) -> "forms.EntryForm":
        """Return the form for recording, or for correcting what was recorded just now.

        Raises `RecordsError` where the entry to correct is not there.
        """
        from assistant.cases import forms  # noqa: PLC0415 - not for the first question

        if self._correcting and self._saved:
            previous = forms.previous_entry(self._services, self._saved.entry.id)
            return forms.Correction(self._services, previous, forms.TYPING_MISTAKE)
        return forms.NewEntry(self._services, self.view)

    def form_ahead(self) -> "forms.EntryForm | None":
        """Return a form with every field that recording or correcting may need next, if any is known."""
        from assistant.cases import forms  # noqa: PLC0415 - as above

        return forms.form_ahead(self._services, self.view, self._saved)

    def leave_form(self, notice: str = "", *, kept: bool = False) -> None:
        """Leave the form; where something typed is `kept`, the interview is unfinished."""
        if self._correcting:
            self._correcting = False
            self.turn("recorded", notice=notice)
        else:
            self._begun = kept
            self._keep(self.view.turned("asking").saying(notice))

    def recorded(self, saved: "forms.SavedEntry") -> None:
        """Change to what comes after recording; an interview that is open still stays a draft."""
        then = self.view.recorded(saved.entry, saved.sentence)
        self.typed = {}
        self._saved, self._begun, self._correcting = saved, False, False
        if then.is_open:
            self._keep(then)
        else:
            self.view, self.unkept = then, ""
            self.discard(then.id)

    def memo(self, *, with_case: bool = False, in_full: bool = False) -> str:
        """Return the memo as text; of what is recorded, it first says which entry that is."""
        from assistant.cases.entries import memo_head  # noqa: PLC0415 - not at the start

        more = {"with_case": with_case, "in_full": in_full}
        saved = self._saved if self.view.mode == "recorded" else None
        before = memo_head(self._loaded, saved.number, saved.entry, **more) if saved else ()
        text = self.view.memo_text(before, in_full=in_full)
        return f"{self.view.done}\n\n{text}" if self.view.withdrawn else text

    def save_memo(self, *, with_case: bool = False, in_full: bool = False) -> str:
        """Save the memo as a file, and return where; or why that cannot be."""
        text = self.memo(with_case=with_case, in_full=in_full)
        number = self._saved.number if self._saved else 0
        return self._services.memos.save(self._services.now(), text, number=number)

    def _keep(self, view: View) -> None:
        """Change to a view once its answers are safe in the draft, or say why they are not."""
        try:
            # A page in a browser that is loaded again comes back to a result too.
            if (view.given or view.answers) and (self._services.resumes or not self._is_done(view)):
                self._services.drafts.save(
                    draft_of(view, self._loaded, self._services.now(), recording=self._begun)
                )
            else:
                self._services.drafts.discard(view.id)
        except RecordsError as error:
            self.unkept = f"Your answers are not being saved for later. {error.what}"
            self.view = view.saying(self.unkept, view.among)
        else:
            self.unkept = ""
            self.view = view

    def _read(self) -> list[Draft]:
        try:
            return self._services.drafts.waiting()
        except RecordsError:
            return []

    def _carried(self, draft: Draft) -> "CarriedOver":
        from assistant.cases.replay import carried_over  # noqa: PLC0415 - only where a draft waits

        return carried_over(self._loaded, draft.meaning_hash, draft.answers)

    def _view_of(self, draft: Draft) -> View:
        answers = self._carried(draft).answers
        return View(
            self._loaded.guide,
            draft.id,
            answers,
            frozenset(draft.assumed) & answers.keys(),
            corrects=draft.corrects,
            glossary=self._glossary,
        )
