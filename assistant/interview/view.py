"""What the interview's screen is showing: one immutable value, from which all of it is drawn."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from assistant.content.model import Guide
from assistant.engine.explain import GroupView, groups_now
from assistant.engine.memo import Chosen, as_markdown, as_text, memo
from assistant.engine.terms import Glossary
from assistant.engine.verdict import Row, Verdict, verdict
from assistant.engine.walk import (
    NOTHING,
    Answers,
    Standing,
    outcomes_within_reach,
    replay,
    with_answer,
    without_last,
)
from assistant.engine.wording import group_name
from assistant.records.entry import Entry

Mode = Literal[
    "asking", "picking", "changing", "assuming", "choosing_group", "recording", "recorded"
]
"""What the card below the conversation is for; `asking` also stands for a result."""


@dataclass(frozen=True)
class View:
    """An interview on the screen.

    `given` holds facts filled in beforehand, from the look-up; they are not asked until one is to
    change. `assumed` holds the facts whose answers are taken as if they were so, `fact` is the question
    being changed, `among` narrows the options to those that typed words fit, `chosen` is the group
    being recorded, for the `reason` given, and `notice` is said back to the worker. `corrects` is the
    id of the recorded entry whose place this interview's takes, and `corrects_seq` its number.
    """

    guide: Guide
    id: str
    answers: Answers = field(default_factory=lambda: NOTHING)
    assumed: frozenset[str] = frozenset()
    mode: Mode = "asking"
    fact: str | None = None
    among: tuple[str, ...] = ()
    chosen: str | None = None
    notice: str = ""
    reason: str = ""
    reason_code: str = ""
    corrects: str = ""
    corrects_seq: int = 0

    glossary: Glossary = field(kw_only=True)
    given: Answers = field(default_factory=lambda: NOTHING, kw_only=True)

    @cached_property
    def standing(self) -> Standing:
        """Where the interview stands."""
        return replay(self.guide, self.answers, self.given)

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the interview says, once nothing is left to ask."""
        return verdict(self.guide, self.standing) if self.standing.asking is None else None

    @cached_property
    def groups(self) -> tuple[GroupView, ...]:
        """The groups, in the guide's order: still possible, or ruled out and why."""
        return groups_now(self.guide, self.standing)

    @property
    def recommended(self) -> str | None:
        """The group the interview recommends, if it does."""
        return self.verdict.group if self.verdict else None

    @cached_property
    def group_certain(self) -> str | None:
        """The one group that every open answer leads to, if there is one, also before the end."""
        names = outcomes_within_reach(self.guide, self.standing)
        groups = {self.guide.outcomes[name].group for name in names}
        return groups.pop() if len(groups) == 1 else None

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
        """All that counts now, by fact: what was filled in, then the answers in the order asked."""
        return {**self.given, **dict(self.standing.trail)}

    @property
    def question(self) -> str | None:
        """The fact whose options are to choose from now, if any."""
        if self.mode == "changing":
            return self.fact
        return self.standing.asking if self.mode == "asking" else None

    def filled_in(self, facts: Answers) -> "View":
        """Give the view with facts filled in beforehand."""
        return replace(self, given=facts)

    def answered(self, fact: str, answer: str) -> "View":
        """Give the view after an answer, which is then neither assumed nor filled in."""
        then = replace(
            self.turned("asking"),
            answers=with_answer(self.answers, fact, answer),
            assumed=self.assumed - {fact},
            given={given: value for given, value in self.given.items() if given != fact},
        )
        again = [f for f in then.everything_said if f not in {fact, *self.everything_said}]
        names = ", ".join(self.guide.questions[f].name for f in again)
        return then.saying(f"Used again, as you answered before: {names}.") if again else then

    def as_if(self, row: Row) -> "View":
        """Give the view with what a row assumes answered, and marked as assumed."""
        answers = self.answers
        for fact, values in row.assumed.items():
            answers = with_answer(answers, fact, values[0])
        assumed = self.assumed | set(row.assumed)
        return replace(self.turned("asking"), answers=answers, assumed=assumed)

    def stepped_back(self) -> "View":
        """Give the view one step back: out of a side mode, or with the last answer taken back."""
        back = self.turned("asking")
        if self.mode == "asking" and not self.among:
            return replace(back, answers=without_last(self.answers, self.standing))
        return back

    def turned(self, mode: Mode, *, fact: str | None = None, chosen: str | None = None) -> "View":
        """Give the view in another mode; a group once recorded stays so, no more is left over."""
        kept = self.chosen if mode == "recorded" else chosen
        return replace(self, mode=mode, fact=fact, among=(), chosen=kept, notice="")

    def recorded(self, entry: Entry) -> "View":
        """Give the view once its entry is recorded; what is left open is finished in its place."""
        then = replace(
            self.turned("recorded"),
            chosen=entry.chosen,
            reason=entry.reason,
            reason_code=entry.reason_code,
        )
        return replace(then, corrects=entry.id, corrects_seq=0) if then.is_open else then

    def saying(self, notice: str, among: tuple[str, ...] = ()) -> "View":
        """Give the same view with something said back, and perhaps fewer options."""
        return replace(self, notice=notice, among=among)

    def name_to_copy(self) -> str:
        """Give the name of the group to copy, or that there is none."""
        return group_name(self.guide, self.group_to_copy)

    def memo_text(self) -> str:
        """Give the memo as plain text, without a case number."""
        return self.memo_texts("")["txt"]

    def memo_texts(self, case_number: str) -> dict[str, str]:
        """Give the memo by file ending; a case number stands in it only where one is given."""
        recorded = self.mode == "recorded"
        chosen = Chosen(self.chosen, self.reason, self.reason_code) if recorded else None
        found = memo(
            self.guide,
            self.standing,
            assumed=self.assumed,
            case_number=case_number,
            chosen=chosen,
        )
        return {"txt": as_text(found), "md": as_markdown(found)}
