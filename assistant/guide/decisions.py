"""What an agency decided about the readings of a guide: checked, and put in their place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from assistant.guide.model import Decision, GroupReason, Guide, HelpItem, Outcome, Reading
from assistant.guide.problems import GuideFault, Rule
from assistant.text import day_read, did_you_mean

RECOMMENDED: Literal["recommended"] = "recommended"  # what the guide recommends in each outcome
OTHER: Literal["other"] = "other"  # the one other group that fits in each outcome
SUPERVISOR: Literal["supervisor"] = "supervisor"  # chooses that a worker asks the supervisor


def at_choice(outcome: Outcome) -> tuple[str, ...]:
    """Return the groups that an agency may choose in an outcome, the recommended one first."""
    own = () if outcome.group is None else (outcome.group,)
    return (*own, *(fit.group for fit in outcome.also_fits))


def choices(guide: Guide, reading: Reading) -> tuple[str, ...]:
    """Return all that `choose` may say of a reading; nothing where it touches no outcome."""
    groups = [at_choice(guide.outcomes[name]) for name in reading.outcomes]
    if not groups:
        return ()
    words = [RECOMMENDED] * all(groups) + [OTHER] * all(len(some) == _TWO for some in groups)
    common = [group for group in groups[0] if all(group in some for some in groups)]
    return (*words, *common, SUPERVISOR)


_TWO = 2  # groups among which there is one other


def decisions_hold(guide: Guide) -> Iterator[GuideFault]:
    """Check each decision's date and choice, and that no outcome is decided twice."""
    decided_by: dict[str, str] = {}
    for name, decision in guide.decisions.items():
        path = ("decisions", name)
        if day_read(decision.date) is None:
            message = f"{decision.date!r} is no date; write it as 2026-11-01 or 11/1/2026"
            yield GuideFault((*path, "date"), message, "date")
        if not decision.choose:
            continue
        wrong = _wrong_choice(guide, guide.readings[name], decision.choose)
        if wrong:
            yield GuideFault((*path, "choose"), *wrong)
        for outcome in guide.readings[name].outcomes:
            other = decided_by.setdefault(outcome, name)
            if other != name:
                message = f"{other!r} already decides about {outcome!r}; one of them may choose"
                yield GuideFault((*path, "choose"), message, "same-name")


def _wrong_choice(guide: Guide, reading: Reading, chosen: str) -> tuple[str, Rule] | None:
    """Return what is wrong with a choice, and which rule it breaks; None where nothing is."""
    allowed = choices(guide, reading)
    if chosen in allowed:
        return None
    if not allowed:
        message = "this reading leaves no group to choose; take `choose` out, the wording says it"
        return message, "group-does-not-fit"
    can_be = f"it can be {', '.join(allowed)}"
    if chosen in {*guide.groups, RECOMMENDED, OTHER}:
        without = [
            name
            for name in reading.outcomes
            if chosen not in choices(guide, replace(reading, outcomes=(name,)))
        ]
        where = f"is no choice in {', '.join(without)}"
        return f"{chosen!r} {where}; {can_be}", "group-does-not-fit"
    return f"unknown group {chosen!r}; {can_be}{did_you_mean(chosen, allowed)}", "unknown-group"


def decided(guide: Guide) -> Guide:
    """Return the guide with what the agency decided in its outcomes, and in the help on questions."""
    outcomes, questions = dict(guide.outcomes), dict(guide.questions)
    for name, decision in guide.decisions.items():
        reading = guide.readings[name]
        for outcome in reading.outcomes:
            outcomes[outcome] = _decided(outcomes[outcome], decision)
        for fact in reading.questions:
            item = HelpItem(about="Your agency decided", say=decision.words)
            questions[fact] = replace(questions[fact], help=(item, *questions[fact].help))
    return replace(guide, outcomes=outcomes, questions=questions)


def _decided(outcome: Outcome, decision: Decision) -> Outcome:
    """Return an outcome as a decision makes it: settled by it, or left to the supervisor."""
    told = replace(outcome, decided=(*outcome.decided, decision))
    if decision.choose == SUPERVISOR:
        return _left_to_supervisor(told)
    if not decision.choose:
        return told
    told = replace(told, next=tuple(note for note in outcome.next if not note.unless))
    chosen = outcome.also_fits[0].group if decision.choose == OTHER else decision.choose
    if chosen in {RECOMMENDED, outcome.group}:
        return replace(told, certainty="settled")
    taken = next(fit for fit in outcome.also_fits if fit.group == chosen)
    others = tuple(fit for fit in outcome.also_fits if fit is not taken)
    return replace(
        told,
        group=chosen,
        certainty="settled",
        reason="More than one group fits here, and your agency decided on this one.",
        cites=taken.cites or outcome.cites,
        also_fits=(*_as_fit(outcome), *others),
    )


def _left_to_supervisor(outcome: Outcome) -> Outcome:
    if outcome.group is None:
        return outcome
    return replace(
        outcome,
        group=None,
        certainty="refer",
        reason="Your agency decided that you ask your supervisor here.",
        also_fits=(*_as_fit(outcome), *outcome.also_fits),
    )


def _as_fit(outcome: Outcome) -> tuple[GroupReason, ...]:
    """Return the group that the guide recommends, as one beside what the agency decided."""
    if outcome.group is None:
        return ()
    reason = f"The guide suggests it where an agency has not decided: {outcome.reason}"
    return (GroupReason(group=outcome.group, reason=reason, cites=outcome.cites),)
