"""The interview behind the lines: one view, moved a step at a time, each step kept as a draft."""

from collections.abc import Iterator

from assistant.bootstrap import Services
from assistant.engine.terms import Glossary
from assistant.engine.walk import UNSURE
from assistant.interview.drafting import Drafting
from assistant.interview.saying import STAYS, answer_label
from assistant.interview.view import View
from assistant.plain.asking import answer_lines, asked, asked_shortly, number_of
from assistant.plain.result import headline_of, result_lines
from assistant.records.entry import Entry

WELCOME = (
    "Service Group Assistant, in plain lines.",
    "Answer for one child and one service. Type h to hear what can be typed.",
)
"""Said first."""

_RECORDED = "This interview is recorded, and stays as it is."


class Interview:
    """Holds the view and its draft; every step gives what is said about it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._drafting = Drafting(services.drafts, services.loaded, services.now)
        self._glossary = Glossary(services.loaded.guide)
        self._unkept = ""
        self.view = self._new_view()

    def opening(self) -> Iterator[str]:
        """Say what this is, whether an unfinished interview waits, and the first question."""
        yield from WELCOME
        self._drafting.look()
        if self._drafting.waiting:
            go_on = "hear them" if len(self._drafting.waiting) > 1 else "go on with it"
            yield f"{self._drafting.waiting_words} Type u to {go_on}."
        yield from self.now()

    def now(self, *, in_full: bool = False) -> Iterator[str]:
        """Say what is asked, or what the result is, all of it or its headline; then the choices."""
        yield ""
        if self.view.mode == "asking" and self.view.verdict:
            yield from self.result(in_full=in_full)
            yield ""
        yield from asked(self.view)

    def result(self, *, in_full: bool) -> Iterator[str]:
        """Say the result, if there is one yet."""
        if self.view.verdict and in_full:
            yield from result_lines(self.view, self.view.verdict)
        elif self.view.verdict:
            yield headline_of(self.view, self.view.verdict)

    def show(self, view: View) -> Iterator[str]:
        """Turn to a view of the same answers."""
        self.view = view
        return self.now()

    def answer(self, fact: str, value: str) -> Iterator[str]:
        """Take an answer, say it back, and go on."""
        yield from self._keep(self.view.answered(fact, value))
        name, said = self.view.guide.questions[fact].name, answer_label(self.view, fact)
        yield f"Answer {number_of(self.view, fact)}. {name}: {said}."
        yield from self.now(in_full=True)

    def unsure(self) -> Iterator[str]:
        """Answer the question that is asked with "not sure"."""
        if self.view.question:
            yield from self.answer(self.view.question, UNSURE)
        else:
            yield "Not sure is an answer to a question, and none is asked now."
            yield asked_shortly(self.view)

    def as_if(self, number: str) -> Iterator[str]:
        """Go on as if one line of an "if ... then ..." table were so."""
        if self.view.verdict:
            yield from self._keep(self.view.as_if(self.view.verdict.rows[int(number)]))
            yield "Going on as if it were so. The record will say that it was assumed."
            yield from self.now(in_full=True)

    def back(self) -> Iterator[str]:
        """Leave a list, or take the last answer back."""
        view = self.view
        if view.mode == "recorded":
            yield from self._no(_RECORDED)
        elif view.mode != "asking" or view.among:
            yield "Nothing was changed."
            yield from self.show(view.stepped_back())
        elif not view.standing.trail:
            yield from self._no("There is no answer to take back.")
        else:
            yield f"Answer {len(view.standing.trail)} is taken back."
            yield from self._keep(view.stepped_back())
            yield from self.now()

    def change(self, number: str = "") -> Iterator[str]:
        """List the answers to change one, or open the one with a number."""
        facts = list(self.view.everything_said)
        if self.view.mode == "recorded":
            yield from self._no(_RECORDED)
        elif not facts:
            yield from self._no("There is no answer to change yet.")
        elif not number:
            yield from self.show(self.view.turned("picking"))
        elif 0 < int(number) <= len(facts):
            yield from self.show(self.view.turned("changing", fact=facts[int(number) - 1]))
        else:
            yield from self._no(f"There is no such answer: they go from 1 to {len(facts)}.")

    def resume(self, number: str = "") -> Iterator[str]:
        """Go on with the unfinished interview; of several, list them or take the one with a number."""
        drafting = self._drafting
        if not number:
            drafting.look(self.view.id)
        refused, count = drafting.refusal(self.view), len(drafting.waiting)
        if refused or not count:
            yield from self._no(refused or "There is no unfinished interview.")
        elif not number and count > 1:
            yield from (f"{place}. {row}." for place, row in enumerate(drafting.rows, start=1))
            yield from self._no("Type u and its number to go on with one, such as u 2.")
        elif not 0 < int(number or 1) <= count:
            yield from self._no(
                f"There is no such unfinished interview: they go from 1 to {count}."
            )
        else:
            yield from self._resumed(
                drafting.resumed(drafting.waiting[int(number or 1) - 1], self.view)
            )

    def take_up(self, view: View) -> Iterator[str]:
        """Go on from a recorded entry, in place of the interview that is left."""
        refused = self._drafting.refusal(self.view)
        if refused:
            yield from self._no(refused)
            return
        self.view = view.saying("")
        instead = f"What you record from here takes the place of entry {view.corrects_seq}."
        yield f"Going on from entry {view.corrects_seq}. {instead} {view.notice}".strip()
        yield from answer_lines(self.view)
        yield from self.now(in_full=True)

    def _resumed(self, view: View) -> Iterator[str]:
        if view.id == self.view.id:
            yield from self._no(view.notice)
            return
        self.view = view.saying("")
        yield f"Going on with the unfinished interview. {view.notice}".strip()
        yield from answer_lines(self.view)
        yield from self.now(in_full=True)

    def start_again(self, *, keep: bool = False) -> Iterator[str]:
        """Begin another; drop this one, unless it is recorded, or to be kept among the unfinished."""
        if self.view.mode != "recorded" and not keep:
            self._drafting.discard(self.view.id)
        yield (
            "A new interview. The one before is kept: type u to go on with it."
            if keep
            else "A new interview."
        )
        yield from self.show(self._new_view())

    def recorded(self, entry: Entry) -> Iterator[str]:
        """Turn to what comes after recording; an interview that is open still stays a draft."""
        then = self.view.recorded(entry)
        if then.is_open:
            yield STAYS
            yield from self._keep(then)
        else:
            self._drafting.discard(self.view.id)
        yield from self.show(then)

    @property
    def would_be_lost(self) -> bool:
        """Tell whether leaving now loses answers, since they cannot be kept as a draft."""
        return bool(self._drafting.refusal(self.view))

    def leaving_words(self, *, typed: bool = False) -> str:
        """Say what becomes of the answers, and of what was `typed` for recording them."""
        if self.view.mode == "recorded" and not self.view.is_open:
            return "What was recorded is kept."
        if self._unkept:
            return self._unkept
        if self.view.answers:
            kept = "The answers are kept; what you typed for recording is not."
            return f"{kept if typed else 'The answers are kept.'} Next time, type u to go on with them."
        count = len(self._drafting.waiting)
        which = "interview still waits" if count == 1 else "interviews still wait"
        return f"Nothing was answered.{f' The unfinished {which}.' if count else ''}"

    def _keep(self, view: View) -> Iterator[str]:
        saved = self._drafting.saved(view)
        before, self._unkept = self._unkept, "" if saved is view else saved.notice
        self.view = view
        if self._unkept and not before:
            yield self._unkept

    def _no(self, why: str) -> Iterator[str]:
        yield why
        yield asked_shortly(self.view)

    def _new_view(self) -> View:
        return View(self._services.loaded.guide, self._services.new_id(), glossary=self._glossary)
