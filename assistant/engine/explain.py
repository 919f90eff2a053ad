"""Why this group, why not the others, and what would change it: read off the rules and the tree."""

from dataclasses import dataclass

from assistant.content.model import WHERE_ANOTHER_FITS, Cite, GroupReason, Guide
from assistant.engine.fits import clause_fits, fits
from assistant.engine.walk import (
    UNSURE,
    Answers,
    Standing,
    outcomes_within_reach,
    replay,
    values_open,
    with_answer,
)


@dataclass(frozen=True)
class Reason:
    """One answer, said as a sentence, with the deciding words it matches in the documents."""

    fact: str
    answer: str
    says: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class GroupView:
    """One of the seven groups as the answers so far leave it.

    `also_fits` marks a group whose rule is met, and which is not the one recommended.
    `ruled_out_by` is the fact whose answer put the group out of reach (None while it is possible).
    `because` says that answer, or why another group goes first; `cites` holds the deciding words
    that are not met.
    """

    group: str
    possible: bool
    also_fits: bool = False
    ruled_out_by: str | None = None
    because: str = ""
    cites: tuple[Cite, ...] = ()


def reasons(guide: Guide, standing: Standing) -> tuple[Reason, ...]:
    """Give each answer that counts as a sentence, in the order asked."""
    return tuple(
        Reason(fact, answer, says(guide, fact, answer), _option_cites(guide, fact, answer))
        for fact, answer in (*standing.given.items(), *standing.trail)
    )


def says(guide: Guide, fact: str, answer: str) -> str:
    """Give one answer as a clause: `the goal is adoption`."""
    question = guide.questions[fact]
    if answer == UNSURE:
        return f"you are not sure about: {question.name}"
    return question.options[answer].says


def groups_now(guide: Guide, standing: Standing) -> tuple[GroupView, ...]:
    """Split the groups, in the guide's order, into those still possible and those ruled out."""
    reached = _groups_after_each_answer(guide, standing)
    return tuple(
        GroupView(group, possible=True)
        if group in reached[-1]
        else _ruled_out(guide, standing, group, reached)
        for group in guide.groups
    )


def _groups_after_each_answer(guide: Guide, standing: Standing) -> list[set[str | None]]:
    """Give the groups within reach before the first answer, after the first, and so on."""
    reached = []
    for count in range(len(standing.trail) + 1):
        then = replay(guide, dict(standing.trail[:count]), standing.given)
        reached.append({guide.outcomes[o].group for o in outcomes_within_reach(guide, then)})
    return reached


def _ruled_out(
    guide: Guide, standing: Standing, group: str, reached: list[set[str | None]]
) -> GroupView:
    first_without = next(i for i, groups in enumerate(reached) if group not in groups)
    by = standing.trail[first_without - 1][0] if first_without else None
    fit = fits(guide, group, standing.known)
    if fit is not False:
        beside = _said_beside(guide, standing, group)
        because = beside.reason if beside else "no answer from here leads to it"
        cites = beside.cites if beside else ()
        return GroupView(group, False, fit is True, by, because, cites)
    nearest = min(clause_fits(guide, group, standing.known), key=lambda fit: len(fit.against))
    decides = nearest.against[0] if nearest.against else by
    because = _what_is_known(guide, standing, decides) if decides else ""
    return GroupView(group, False, False, by, because, nearest.clause.cites)


def _said_beside(guide: Guide, standing: Standing, group: str) -> GroupReason | None:
    """Give what the first outcome within reach says of a group that also fits."""
    return next(
        (
            fit
            for outcome in outcomes_within_reach(guide, standing)
            for fit in guide.outcomes[outcome].also_fits
            if fit.group == group
        ),
        None,
    )


def _what_is_known(guide: Guide, standing: Standing, fact: str) -> str:
    left = guide.space.values_left(fact, standing.known)
    return " or ".join(says(guide, fact, value) for value in left)


def _option_cites(guide: Guide, fact: str, answer: str) -> tuple[Cite, ...]:
    return () if answer == UNSURE else guide.questions[fact].options[answer].cites


def what_each_answer_leaves(
    guide: Guide, answers: Answers, standing: Standing, fact: str
) -> dict[str, tuple[str, ...]]:
    """Give the groups still possible after each answer the question is open to, in order."""
    left = {}
    for value in values_open(guide, standing, fact):
        then = replay(guide, with_answer(answers, fact, value), standing.given)
        reached = {guide.outcomes[o].group for o in outcomes_within_reach(guide, then)}
        left[value] = tuple(group for group in guide.groups if group in reached)
    return left


def certainty_words(guide: Guide, outcome: str) -> str:
    """Say how sure the documents are of one outcome, and whether a second group fits."""
    found = guide.outcomes[outcome]
    words = guide.about.certainties
    special = WHERE_ANOTHER_FITS.get(found.certainty, "") if found.also_fits else ""
    return words.get(special, words[found.certainty])
