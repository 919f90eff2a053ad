"""What the interview's screen is showing: one immutable value, from which all of it is drawn."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from assistant.content.model import Guide
from assistant.engine.memo import group_name, memo
from assistant.engine.verdict import Verdict, verdict
from assistant.engine.walk import NOTHING, Answers, Standing, replay, with_answer, without_last

Mode = Literal["asking", "picking", "changing", "choosing_group", "recording", "recorded"]
"""What the card below the conversation is for; `asking` also stands for a result."""


@dataclass(frozen=True)
class View:
    """An interview on the screen.

    `fact` is the question being changed; `among` narrows the options to those that typed words
    fit; `chosen` is the group being recorded; `notice` is said back to the worker below the
    choices.
    """

    guide: Guide
    id: str
    answers: Answers = field(default_factory=lambda: NOTHING)
    mode: Mode = "asking"
    fact: str | None = None
    among: tuple[str, ...] = ()
    chosen: str | None = None
    notice: str = ""

    @cached_property
    def standing(self) -> Standing:
        """Where the interview stands."""
        return replay(self.guide, self.answers)

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the interview says, once nothing is left to ask."""
        return verdict(self.guide, self.standing) if self.standing.asking is None else None

    @property
    def question(self) -> str | None:
        """The fact whose options are to choose from now, if any."""
        if self.mode == "changing":
            return self.fact
        return self.standing.asking if self.mode == "asking" else None

    def copied(self, what: str) -> str:
        """Give the text to copy: the `memo`, or the name of the group chosen or recommended."""
        if what == "memo":
            return memo(self.guide, self.standing)
        recommended = self.verdict.group if self.verdict else None
        return group_name(self.guide, self.chosen if what == "chosen" else recommended)

    def answered(self, fact: str, answer: str) -> "View":
        """Give the view after an answer."""
        return self.turned("asking", answers=with_answer(self.answers, fact, answer))

    def stepped_back(self) -> "View":
        """Give the view one step back: out of a side mode, or with the last answer taken back."""
        if self.mode == "recorded" or (self.mode == "asking" and not self.among):
            return self.turned("asking", answers=without_last(self.answers, self.standing))
        return self.turned("asking")

    def turned(
        self,
        mode: Mode,
        *,
        answers: Answers | None = None,
        fact: str | None = None,
        chosen: str | None = None,
    ) -> "View":
        """Give the view in another mode; a group once chosen stays so, nothing else is left over."""
        return View(
            self.guide,
            self.id,
            self.answers if answers is None else answers,
            mode,
            fact,
            chosen=self.chosen if mode == "recorded" else chosen,
        )

    def saying(self, notice: str, among: tuple[str, ...] = ()) -> "View":
        """Give the same view with something said back, and perhaps fewer options."""
        return replace(self, notice=notice, among=among)
