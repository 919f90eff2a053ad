"""The answer in one go: what follows from the facts given, whatever the others may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.content.model import Certainty, Guide
from assistant.engine.explain import Reason, groups_now, reasons, what_each_answer_leaves
from assistant.engine.others import AlsoFits, RuledOut, also_fits, ruled_out
from assistant.engine.partly import said_in
from assistant.engine.used import facts_used
from assistant.engine.verdict import Status, Verdict, verdict
from assistant.engine.walk import UNSURE, Answers, Standing, replay

NONE_FOR_SOME = (
    "In some of the cases still possible the documents name no group: ask your supervisor."
)
"""A warning of our own, since lists of possible groups cannot say that there may be none."""


@dataclass(frozen=True)
class OpenFact:
    """A fact not given that makes a difference; `then` has the groups possible after each value."""

    fact: str
    question: str
    where_to_look: str
    then: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Answer:
    """What follows from the facts given.

    Each group is in `possible` or in `ruled_out`; those in `also_fits` are ruled out. `reasons` are
    the facts given that the interview meets, in its order, `set_aside` those it never asks for.
    Words that hold in only some of the cases still possible begin by saying in which.
    """

    verdict: Verdict
    also_fits: tuple[AlsoFits, ...]
    warnings: tuple[str, ...]
    reasons: tuple[Reason, ...]
    ruled_out: tuple[RuledOut, ...]
    possible: tuple[str, ...]
    open: tuple[OpenFact, ...]
    set_aside: tuple[str, ...]

    @property
    def status(self) -> Status:
        return self.verdict.status

    @property
    def group(self) -> str | None:
        return self.verdict.group

    @property
    def certainty(self) -> Certainty | None:
        return self.verdict.certainty


def answer(guide: Guide, given: Answers) -> Answer:
    """Give what the interview says if `given` is so and whatever it asks is answered "not sure".

    Facts given as `UNSURE` count as not given; the others must be able to stand together.
    """
    known = {fact: given[fact] for fact in guide.space.values if given.get(fact, UNSURE) != UNSURE}
    standing = replay(guide, dict.fromkeys(guide.space.values, UNSURE), known)
    said = verdict(guide, standing)
    views = groups_now(guide, standing)
    possible = tuple(view.group for view in views if view.possible)
    used = facts_used(guide, known)
    reason_of = {reason.fact: reason for reason in reasons(guide, standing)}
    return Answer(
        verdict=said,
        also_fits=tuple(fit for fit in also_fits(guide, said) if fit.group not in possible),
        warnings=_warnings(guide, said),
        reasons=tuple(reason_of[fact] for fact in used),
        ruled_out=tuple(ruled_out(guide, standing, said, v) for v in views if not v.possible),
        possible=possible,
        open=tuple(_open(guide, standing, fact) for fact in said.open_facts),
        set_aside=tuple(fact for fact in known if fact not in used),
    )


def _open(guide: Guide, standing: Standing, fact: str) -> OpenFact:
    question = guide.questions[fact]
    then = what_each_answer_leaves(guide, dict(standing.trail), standing, fact)
    return OpenFact(fact, question.ask, question.where_to_look, then)


def _warnings(guide: Guide, said: Verdict) -> tuple[str, ...]:
    named = {guide.outcomes[name].group for name in said.outcomes}
    of_our_own = (NONE_FOR_SOME,) if None in named and len(named) > 1 else ()
    found = said_in(guide, said, lambda outcome: guide.outcomes[outcome].warnings)
    return (*of_our_own, *(lead + warning for warning, lead in found.items()))
