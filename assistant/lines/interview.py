"""The interview in lines."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from assistant.cases.drafts import Drafting
from assistant.cases.view import (
    STAYS,
    View,
    answer_label,
    line_explained,
    result_explained,
)
from assistant.engine.explain import groups_now, what_each_answer_leaves
from assistant.engine.glossary import Glossary
from assistant.engine.interview import UNSURE
from assistant.engine.statements import as_lines, quotes, ruled_out
from assistant.engine.verdict import NO_GROUP, Verdict, group_name, result_sentence
from assistant.guide.model import Cite, Guide
from assistant.lines.dialogue import answer_lines, asked, asked_shortly, number_of, offered
from assistant.records.entry import Entry
from assistant.services import Services


def result_lines(view: View, result: Verdict) -> Iterator[str]:
    """Return a whole result, most needed first."""
    yield result_sentence(view.guide, result)
    yield from as_lines(view.said)


def sources(guide: Guide, cites: Iterable[Cite]) -> Iterator[str]:
    """Return the deciding words of each citation, and where they stand."""
    for quote in quotes(guide, cites):
        yield f"Source: “{quote.words}” ({quote.where})."


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
            yield result_sentence(self.view.guide, self.view.verdict)

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
        """List the answers to change one, or open the one with a number, or about a fact."""
        facts = list(self.view.everything_said)
        if self.view.mode == "recorded":
            yield from self._no(_RECORDED)
        elif not facts:
            yield from self._no("There is no answer to change yet.")
        elif not number:
            yield from self.show(self.view.turned("picking"))
        elif number in facts:
            yield from self.show(self.view.turned("changing", fact=number))
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


def why_lines(view: View) -> Iterator[str]:
    """Return help for the question being asked, or for what comes after the last one."""
    if view.question is None:
        yield from _after_result(view)
        return
    question = view.guide.questions[view.question]
    yield f"Why this is asked: {question.why}"
    yield f"Where to look: {question.where_to_look}"
    yield "Not sure? Say so with s. Every possibility is then followed, which may add a question."
    yield from _leaves(view, view.question)
    for item in question.help:
        yield f"What people get wrong. {item.about}: {item.say}"
        yield from sources(view.guide, item.cites)


def group_lines(view: View) -> Iterator[str]:
    """Return the groups still possible, then each one ruled out, and why."""
    views = groups_now(view.guide, view.standing)
    possible = [group for group in views if group.possible]
    yield f"Still possible: {len(possible)} of {len(views)} groups."
    for group in possible:
        yield f"Still possible: {group_name(view.guide, group.group)}."
    if not possible:
        yield f"{NO_GROUP}."
    for group in views:
        if not group.possible:
            yield from as_lines([ruled_out(view.guide, view.standing, group)])


def words_lines(view: View, shown: Iterable[str]) -> Iterator[str]:
    """Return what the terms used in some text mean."""
    terms = list(dict.fromkeys(term for text in shown for term in view.glossary.terms_in(text)))
    if not terms:
        yield "None of the words used here are explained."
    for term in terms:
        yield from _term(view.guide, term)
    yield "Type w and a word, such as w safety plan, to hear what it means."


def word_lines(guide: Guide, typed: str) -> Iterator[str]:
    """Return what one word means, under whatever name it was typed; else the words nearest to it."""
    names = {
        name.casefold(): key
        for key, term in guide.glossary.items()
        for name in (term.name, *term.also)
    }
    wanted = typed.casefold()
    if wanted in names:
        yield from _term(guide, names[wanted])
        return
    near = [name for name in names if wanted in name] or get_close_matches(wanted, names, n=3)
    meant = dict.fromkeys(guide.glossary[names[name]].name for name in near)
    yield "That word is not explained here."
    if meant:
        yield f"Did you mean {' or '.join(list(meant)[:3])}? Type w and the word you mean."
    else:
        yield f"These are: {', '.join(sorted(term.name for term in guide.glossary.values()))}."


def _term(guide: Guide, key: str) -> Iterator[str]:
    term = guide.glossary[key]
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    yield f"{term.name}{also}: {term.means}"
    yield from sources(guide, term.cites)


def _leaves(view: View, fact: str) -> Iterator[str]:
    options = view.guide.questions[fact].options
    left = what_each_answer_leaves(view.guide, view.answers, view.standing, fact)
    for value, possible in left.items():
        names = [group_name(view.guide, group).removesuffix(" Services") for group in possible]
        yield f"The answer “{options[value].label}” leaves: {', '.join(names) or 'no group named'}."


def _after_result(view: View) -> Iterator[str]:
    yield from result_explained(view)
    for choice in offered(view):
        does = line_explained(view, choice)
        yield from [f"The line “{choice.label}” {does}."] if does else ()
    for words in view.guide.about.certainties.values():
        yield f"How sure a result can be: {words}"
    if view.mode == "asking":
        yield "Type c to change an answer; each option says what would follow."
