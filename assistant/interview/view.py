"""What the interview's screen is showing: one immutable value, from which all of it is drawn."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from assistant.content.model import Guide
from assistant.engine.explain import GroupView, groups_now
from assistant.engine.memo import as_markdown, as_text, memo
from assistant.engine.terms import Glossary
from assistant.engine.verdict import Row, Verdict, verdict
from assistant.engine.walk import NOTHING, Answers, Standing, replay, with_answer, without_last
from assistant.engine.wording import group_name

Mode = Literal[
    "asking", "picking", "changing", "assuming", "choosing_group", "recording", "recorded"
]
"""What the card below the conversation is for; `asking` also stands for a result."""


@dataclass(frozen=True)
class View:
    """An interview on the screen.

    `assumed` holds the facts whose answers are taken as if they were so, `fact` is the question
    being changed, `among` narrows the options to those that typed words fit, `chosen` is the group
    being recorded, and `notice` is said back to the worker below the choices.
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

    glossary: Glossary = field(kw_only=True)

    @cached_property
    def standing(self) -> Standing:
        """Where the interview stands."""
        return replay(self.guide, self.answers)

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

    @property
    def unresolved(self) -> bool:
        """Tell whether the interview has ended without settling on one answer."""
        return self.verdict is not None and self.verdict.status == "depends"

    @property
    def question(self) -> str | None:
        """The fact whose options are to choose from now, if any."""
        if self.mode == "changing":
            return self.fact
        return self.standing.asking if self.mode == "asking" else None

    def answered(self, fact: str, answer: str) -> "View":
        """Give the view after an answer, which is no longer taken as if."""
        assumed = self.assumed - {fact}
        return self.turned(
            "asking", answers=with_answer(self.answers, fact, answer), assumed=assumed
        )

    def as_if(self, row: Row) -> "View":
        """Give the view with what a row assumes answered, and marked as assumed."""
        answers = self.answers
        for fact, values in row.assumed.items():
            answers = with_answer(answers, fact, values[0])
        return self.turned("asking", answers=answers, assumed=self.assumed | set(row.assumed))

    def stepped_back(self) -> "View":
        """Give the view one step back: out of a side mode, or with the last answer taken back."""
        if self.mode == "asking" and not self.among:
            return self.turned("asking", answers=without_last(self.answers, self.standing))
        return self.turned("asking")

    def turned(
        self,
        mode: Mode,
        *,
        answers: Answers | None = None,
        assumed: frozenset[str] | None = None,
        fact: str | None = None,
        chosen: str | None = None,
    ) -> "View":
        """Give the view in another mode; a group once chosen stays so, nothing else is left over."""
        return View(
            self.guide,
            self.id,
            self.answers if answers is None else answers,
            self.assumed if assumed is None else assumed,
            mode,
            fact,
            chosen=self.chosen if mode == "recorded" else chosen,
            glossary=self.glossary,
        )

    def saying(self, notice: str, among: tuple[str, ...] = ()) -> "View":
        """Give the same view with something said back, and perhaps fewer options."""
        return replace(self, notice=notice, among=among)

    def name_to_copy(self) -> str:
        """Give the name of the group recorded, or else of the one recommended."""
        group = self.chosen if self.mode == "recorded" else self.recommended
        return group_name(self.guide, group)

    def memo_text(self) -> str:
        """Give the memo as plain text, without a case number."""
        return self.memo_texts("")["txt"]

    def memo_texts(self, case_number: str) -> dict[str, str]:
        """Give the memo by file ending; a case number stands in it only where one is given."""
        found = memo(self.guide, self.standing, assumed=self.assumed, case_number=case_number)
        return {"txt": as_text(found), "md": as_markdown(found)}
