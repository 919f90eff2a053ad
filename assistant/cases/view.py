"""What a front shows of one interview: an immutable view, its choices and sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from assistant.commands import Choice, Command
from assistant.engine import interview
from assistant.engine.explain import GroupView, cases_to_assume, groups_now, what_follows
from assistant.engine.statements import Glossary, Statement, statements
from assistant.engine.verdict import (
    LEFT_TO_SUPERVISOR,
    Row,
    Verdict,
    assumption,
    condition,
    fact_said,
    group_name,
    short_name,
    verdict,
)
from assistant.guide.model import Guide
from assistant.shapes import Frozen
from assistant.text import counted, listed

if TYPE_CHECKING:
    from assistant.records.entry import Entry

Mode = Literal[
    "asking", "picking", "changing", "assuming", "choosing_group", "recording", "recorded"
]
"""What the card below the conversation is for; `asking` also stands for a result."""


class View(Frozen):
    """An interview on the screen.

    `given` holds facts filled in beforehand, from the lookup; they are not asked until one is to
    change. `assumed` holds the facts whose answers are only assumed, `fact` is the question
    being changed, `among` narrows the options to those that typed words fit, `chosen` is the group
    being recorded, for the `reason` given, and `notice` is said back to the worker. `corrects` is the
    id of the recorded entry that this interview's entry replaces; `done` says what was recorded and
    what to do next, and `withdrawn` tells that it does not count any more.
    """

    guide: Guide
    id: str
    answers: interview.Answers = field(default_factory=lambda: interview.NOTHING)
    assumed: frozenset[str] = frozenset()
    mode: Mode = "asking"
    fact: str | None = None
    among: tuple[str, ...] = ()
    chosen: str | None = None
    notice: str = ""
    reason: str = ""
    reason_code: str = ""
    corrects: str = ""
    done: str = ""
    withdrawn: bool = False

    glossary: Glossary = field(kw_only=True)
    given: interview.Answers = field(default_factory=lambda: interview.NOTHING, kw_only=True)

    @cached_property
    def standing(self) -> interview.Standing:
        return interview.replay(self.guide, self.answers, self.given)

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the interview says, once nothing is left to ask."""
        return verdict(self.guide, self.standing) if self.standing.asking is None else None

    @cached_property
    def groups(self) -> tuple[GroupView, ...]:
        """The groups, in the guide's order: still possible, or ruled out and why."""
        return groups_now(self.guide, self.standing)

    @property
    def to_assume(self) -> tuple[Row, ...]:
        """What can be assumed of a result that depends."""
        return cases_to_assume(self.guide, self.standing, self.verdict) if self.verdict else ()

    @property
    def only_if(self) -> str:
        """Under which assumed answers the result holds: `if the goal is adoption`; "" if none is."""
        return assumption(self.guide, self.standing, self.assumed)

    @property
    def recommended(self) -> str | None:
        return self.verdict.group if self.verdict else None

    @cached_property
    def group_certain(self) -> str | None:
        """The one group that every open answer leads to, if there is one, also before the end."""
        names = interview.outcomes_within_reach(self.guide, self.standing)
        groups = {self.guide.outcomes[name].group for name in names}
        return groups.pop() if len(groups) == 1 else None

    @property
    def so_far(self) -> str | None:
        """The group that is certain while a question is still open, which can only change how sure it is."""
        return self.group_certain if self.mode == "asking" and self.standing.asking else None

    @property
    def group_to_copy(self) -> str | None:
        """The group recorded, or until then the one that is certain; None where there is none."""
        return self.chosen if self.mode == "recorded" else self.group_certain

    @property
    def unresolved(self) -> bool:
        """Tell whether the interview has ended without settling on one answer."""
        return self.verdict is not None and self.verdict.status == "depends"

    @property
    def is_open(self) -> bool:
        """Tell whether it ended without settling on one answer, and no group is recorded all the same."""
        return self.unresolved and not (self.mode == "recorded" and self.chosen)

    @property
    def everything_said(self) -> dict[str, str]:
        """All that counts now, by fact: the answers in the order asked, then what was filled in."""
        return {**dict(self.standing.trail), **self.given}

    @property
    def question(self) -> str | None:
        """The fact whose options are to choose from now, if any."""
        if self.mode == "changing":
            return self.fact
        return self.standing.asking if self.mode == "asking" else None

    def answered(self, fact: str, answer: str) -> "View":
        """Return the view after an answer, which is then neither assumed nor filled in."""
        then = replace(
            self.turned("asking"),
            answers=interview.with_answer(interview.without_skipped(self.answers), fact, answer),
            assumed=self.assumed - {fact},
            given={given: value for given, value in self.given.items() if given != fact},
        )
        again = [f for f in then.everything_said if f not in {fact, *self.everything_said}]
        names = ", ".join(self.guide.questions[f].name for f in again)
        return then.saying(f"Your earlier answers are used again: {names}.") if again else then

    def taken_now(self) -> "View":
        """Return the view with the group that is certain as its result, and the rest not asked."""
        answers = interview.with_rest_skipped(self.guide, self.answers, self.given)
        return replace(self.turned("asking"), answers=answers)

    def as_if(self, row: Row) -> "View":
        """Return the view with what a row assumes answered, as the last answers, and marked as assumed."""
        answers = interview.without(self.answers, *row.assumed)
        for fact, values in row.assumed.items():
            answers = interview.with_answer(answers, fact, values[0])
        assumed = self.assumed | set(row.assumed)
        return replace(self.turned("asking"), answers=answers, assumed=assumed)

    def stepped_back(self) -> "View":
        """Return the view one step back: out of a side mode, or with the last answer taken back.

        Where the last was assumed, that leads back to the list of what may be assumed.
        """
        back = self.turned("asking")
        if self.mode != "asking" or self.among:
            return back
        counting = [fact for fact in self.answers if fact in self.everything_said]
        if counting and counting[-1] in self.assumed:
            unsure = dict.fromkeys(self.assumed, interview.UNSURE)
            back = replace(back, answers={**self.answers, **unsure}, assumed=frozenset())
            return back.turned("assuming") if back.unresolved else back
        return replace(back, answers=interview.without_last(self.answers, self.standing))

    def turned(self, mode: Mode, *, fact: str | None = None, chosen: str | None = None) -> "View":
        """Return the view in another mode; a recorded group stays; nothing else is left over."""
        kept = self.chosen if mode == "recorded" else chosen
        return _with_same_answers(self, mode=mode, fact=fact, among=(), chosen=kept, notice="")

    def recorded(self, entry: "Entry", done: str) -> "View":
        """Return the view once its entry is recorded; what is left open is finished in its place."""
        kept = {name: getattr(entry, name) for name in ("chosen", "reason", "reason_code")}
        then = _with_same_answers(self.turned("recorded"), done=done, **kept)
        if then.is_open:
            return _with_same_answers(then, corrects=entry.id, done=f"{done} {STAYS}")
        return then

    def saying(self, notice: str, among: tuple[str, ...] = ()) -> "View":
        """Return the same view with something said back, and perhaps fewer options."""
        return _with_same_answers(self, notice=notice, among=among)

    def name_to_copy(self) -> str:
        """Return the name of the group to copy, or that there is none."""
        return group_name(self.guide, self.group_to_copy)

    @cached_property
    def said(self) -> tuple[Statement, ...]:
        """Everything the result says; nothing before there is one."""
        if self.verdict is None:
            return ()
        return statements(self.guide, self.standing, assumed=self.assumed)

    def memo_text(self, before: Iterable[Statement] = (), *, in_full: bool = False) -> str:
        """Return the memo as plain text, five lines or `in_full`; `before` is said first."""
        from assistant.engine.handouts import Chosen, memo  # noqa: PLC0415 - not for a question

        recorded = self.mode == "recorded"
        chosen = Chosen(self.chosen, self.reason, self.reason_code) if recorded else None
        return memo(
            self.guide,
            self.standing,
            assumed=self.assumed,
            chosen=chosen,
            before=before,
            in_full=in_full,
        )


def _with_same_answers(view: View, **changed: Any) -> View:  # noqa: ANN401 - as `replace` takes them
    """Return a view with something else changed; what was worked out from the answers is kept."""
    then = replace(view, **changed)
    names = {"standing", "verdict", "groups", "group_certain", "said"} & vars(view).keys()
    vars(then).update({name: vars(view)[name] for name in names})
    return then


def choices(view: View) -> list[Choice]:
    """Return the choices for a view, in the order they are numbered."""
    return [] if view.mode == "recording" else list(_CARDS[view.mode](view))


def _asking(view: View) -> Iterator[Choice]:
    if view.question:
        yield from _options(view, view.question)
    elif view.verdict:
        yield from _after_result(view, view.verdict)


def _options(view: View, fact: str) -> Iterator[Choice]:
    options = view.guide.questions[fact].options
    for value in (*interview.values_open(view.guide, view.standing, fact), interview.UNSURE):
        if view.among and value not in view.among:
            continue
        label = "Not sure" if value == interview.UNSURE else options[value].label
        yield _leading_on(view, fact, Choice(Command.ANSWER, label, value=value))
    if view.among:
        yield Choice(Command.ALL_ANSWERS, "None of these: show every answer")


def _leading_on(view: View, fact: str, answer: Choice) -> Choice:
    """Return another answer with what it gives, and how many it drops or brings back."""
    if view.mode != "changing":
        return answer
    if view.answers.get(fact) == answer.value:
        return replace(answer, note="your current answer")
    change = what_follows(view.guide, view.answers, view.standing, fact, answer.value)
    counts = {"drops": change.sets_aside, "brings back": change.brings_back}
    said = (f"{verb} {counted(count, 'answer')}" for verb, count in counts.items() if count)
    note = ", ".join(said)
    if change.after is None:
        gives = "more questions"
    else:
        depends = change.after.status == "depends"
        gives = "it depends" if depends else _in_brief(view, change.after.group)
    return replace(answer, gives=gives, note=note)


def _in_brief(view: View, group: str | None) -> str:
    return short_name(view.guide, group) if group else "ask your supervisor"


def _after_result(view: View, result: Verdict) -> Iterator[Choice]:
    """Return six lines: the memo is always the fourth, and a new interview the sixth."""
    if result.status == "recommended":
        yield Choice(Command.RECORD, "Record this group", value=result.group or "")
        yield Choice(Command.RECORD_OTHER, "Record a different group")
        yield _copy_name()
    elif result.status == "refer":
        yield Choice(Command.RECORD, "Record: supervisor will decide")
        yield Choice(Command.RECORD_OTHER, "Record your supervisor's choice")
        yield Choice(Command.CHANGE, "Change an answer")
    else:
        unsure = [fact for fact in result.open_facts if fact in view.everything_said]
        one = unsure[0] if len(unsure) == 1 else ""
        yield Choice(Command.CHANGE, "I looked it up: change my answer", value=one)
        yield Choice(Command.ASSUME, "Choose one of these and continue")
        yield Choice(Command.RECORD, "Record as unresolved for now")
        yield from _memos()
        yield Choice(Command.RECORD_OTHER, "Record your supervisor's choice")
        yield Choice(Command.START_AGAIN, "New interview")
        return
    yield from _memos()
    yield from _another()


def _memos() -> Iterator[Choice]:
    yield Choice(Command.PRINT_MEMO, "Read the memo")
    yield Choice(Command.COPY_MEMO, "Copy the memo")
    yield Choice(Command.SAVE_MEMO, "Save the memo as a file")


def _another() -> Iterator[Choice]:
    yield Choice(Command.NEXT_CHILD, "Same answers, next child")
    yield Choice(Command.START_AGAIN, "New interview")
    yield Choice(Command.SAVE_LONG_MEMO, "Save the long memo, with every reason")


def with_one_memo(some: Iterable[Choice]) -> list[Choice]:
    """Return choices with one for the memo in place of each thing that can be done with it."""
    found = list(some)
    memos = [one for one in found if one.command in MEMO_COMMANDS]
    one_memo = Choice(Command.MEMO, "Memo for your supervisor")
    return [one_memo if one in memos[:1] else one for one in found if one not in memos[1:]]


MEMO_COMMANDS = (
    *(Command.PRINT_MEMO, Command.COPY_MEMO, Command.SAVE_MEMO),
    *(Command.SAVE_LONG_MEMO, Command.SAVE_MEMO_WITH_CASE),
)
"""What can be done with a memo."""


def _copy_name() -> Choice:
    return Choice(Command.COPY_NAME, "Copy the name")


def _assuming(view: View) -> Iterator[Choice]:
    for number, row in enumerate(view.to_assume):
        ends = dict.fromkeys(view.guide.outcomes[outcome].group for outcome in row.outcomes)
        names = [_in_brief(view, group) for group in sorted(ends, key=lambda group: not group)]
        assumed = condition(view.guide, row, "Assume that")
        yield Choice(Command.ASSUME, assumed, value=str(number), gives=listed(names, "or"))


def _picking(view: View) -> Iterator[Choice]:
    for fact in view.everything_said:
        question = view.guide.questions[fact]
        yield Choice(Command.CHANGE, f"{question.name}: {in_short(view, fact)}", value=fact)


def _choosing_group(view: View) -> Iterator[Choice]:
    """Return every group, the recommended one too, so that each always has its own number."""
    for standing in view.groups:
        note = "also fits" if standing.also_fits else ""
        if standing.group == view.recommended:
            note = "recommended"
        yield Choice(Command.RECORD, group_name(view.guide, standing.group), note, standing.group)
    if view.recommended:
        yield Choice(Command.RECORD, LEFT_TO_SUPERVISOR)


def _recorded(view: View) -> Iterator[Choice]:
    """Return what can be done next; what is offered before recording too keeps its number."""
    yield Choice(Command.RECORDS, "See the records")
    if view.withdrawn:
        yield Choice(Command.RECORDS, "Restore it in the records")
    else:
        yield Choice(Command.CORRECT_SAVED, "Fix a typo in this entry")
    yield _copy_name() if view.chosen else READ_MORE
    yield from _memos()
    yield from _another()
    yield Choice(Command.SAVE_MEMO_WITH_CASE, "Save the memo with the case number in it")


READ_MORE = Choice(Command.MORE, "Read more of the result")
"""Offered where there is no group's name to copy."""


_CARDS = {
    "asking": _asking,
    "picking": _picking,
    "changing": _asking,
    "assuming": _assuming,
    "choosing_group": _choosing_group,
    "recorded": _recorded,
}


ASIDE = {
    "picking": "Which answer do you want to change? Nothing changes until you choose a new one.",
    "assuming": "Which of these should we assume? The record will say that it was assumed.",
}
"""What the choices of a side mode are for, where they replace what was shown."""

SIDE_MODES = frozenset({"picking", "changing", "assuming", "choosing_group"})
"""Modes that are left without anything changed."""

BEGIN_ANEW = "Start a new interview? What should happen to your answers so far?"
"""The question before answers are left behind."""


STAYS = "You can finish it later: it is in the list of unfinished interviews."
"""Said of an interview that is recorded and open still."""


def begin_choices(*, can_be_kept: bool) -> list[Choice]:
    """Return what can become of the answers: 2 always discards them, and 1 never does."""
    discard = Choice(Command.DISCARD, "Discard these answers")
    stay = Choice(Command.NO, "Continue this interview")
    if not can_be_kept:
        return [stay, discard]
    return [Choice(Command.KEEP, "Save these answers for later"), discard, stay]


def card_heading(view: View) -> str:
    """Say what the choices are for, where they are below a result and answer another question."""
    if view.mode != "choosing_group":
        return ""
    instead = f" The assistant recommended {group_name(view.guide, view.recommended)}."
    return f"Which group do you want to record?{instead if view.recommended else ''}"


def to_record(view: View) -> str:
    """Return what is being recorded, or is recorded: the group's name, or why there is none."""
    if view.chosen:
        return group_name(view.guide, view.chosen)
    return "unresolved, to finish later" if view.unresolved else LEFT_TO_SUPERVISOR


def recommended_instead(view: View, result: Verdict) -> str:
    """Say what was recommended where something else is recorded."""
    if result.status == "depends":
        return "The assistant did not recommend a group because some facts were missing."
    if result.group is None:
        return "The assistant did not recommend a group because the documents name none."
    return f"The assistant recommended {group_name(view.guide, result.group)}."


def progress(view: View) -> str:
    """Return where the interview is, in words."""
    if view.standing.asking is None:
        return f"Finished after {counted(len(view.standing.trail), 'question')}"
    number = len(view.standing.trail) + 1
    return f"Question {number} of up to {interview.at_most(view.guide, view.standing)}"


def so_far_sentences(view: View) -> tuple[str, str]:
    """Return the group that is certain before the end, and what the questions left are for."""
    asking, left = view.standing.asking or "", interview.at_most(view.guide, view.standing)
    left -= len(view.standing.trail)
    name = fact_said(view.guide, asking)
    last = f"One more question: is this a {name} case?"
    last = last if name.isupper() else f"One more question asks about {name}."
    rest = last if left == 1 else f"Up to {left} more questions show how sure we can be."
    return f"{group_name(view.guide, view.so_far)} so far.", rest


def in_short(view: View, fact: str) -> str:
    """Return an answer in a word or two."""
    answer = view.everything_said[fact]
    if answer in interview.OPEN:
        return interview.OPEN[answer].casefold()
    return f"{view.guide.questions[fact].options[answer].short}{_how_known(view, fact)}"


def _how_known(view: View, fact: str) -> str:
    if fact in view.given:
        return " (filled in)"
    return " (assumed)" if fact in view.assumed else ""


def answer_label(view: View, fact: str) -> str:
    """Return an answer as its option is worded, and whether it was filled in or only assumed."""
    answer = view.everything_said[fact]
    said = interview.OPEN.get(answer) or view.guide.questions[fact].options[answer].label
    return f"{said}{_how_known(view, fact)}"


GUIDE_CHANGED = (
    "The guide has changed since you saved these answers. Check each answer before you record."
)
"""Said where an unfinished interview is taken up again under a guide that decides otherwise."""

NEXT_CHILD = "These are the same answers as before. Check that each is true for this child too."
NOT_YET_FOR_FIRST = (
    "You have not recorded the first child yet. This form uses that child's answers. Check that"
    " each is true for the child you record."
)
"""Said where the answers of one child are recorded for another, after recording or before it."""
