"""What is kept of an interview as plain text: five lines for a supervisor, or all the reasoning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.engine.interview import Standing
from assistant.engine.statements import Heading, Statement, as_sections, quoting, statements
from assistant.engine.verdict import (
    Verdict,
    fact_name,
    group_name,
    headline,
    in_brief,
    reason_given,
    recorded_group,
    verdict,
)
from assistant.guide.model import Guide


@dataclass(frozen=True)
class Chosen:
    """The group a worker recorded, None where it was left to the supervisor.

    `reason_code` is the guide's reason for choosing otherwise than recommended, where there is one,
    and `reason` is what the worker added to it.
    """

    group: str | None
    reason: str
    reason_code: str = ""


def memo(  # noqa: PLR0913 - what was said beside the answers
    guide: Guide,
    standing: Standing,
    *,
    assumed: frozenset[str] = frozenset(),
    chosen: Chosen | None = None,
    before: Iterable[Statement] = (),
    in_full: bool = False,
) -> str:
    """Return what a supervisor needs of an ended interview in five lines, or `in_full` all of it.

    `chosen` is what was recorded, once it is; `before` is said first, such as the case number.
    """
    result, said = verdict(guide, standing), statements(guide, standing, assumed=assumed)
    if in_full:
        lines = _in_full(guide, said, result, chosen, before)
    else:
        facts = f"Facts: {in_brief(guide, {**standing.given, **dict(standing.trail)})}."
        if assumed:
            names = ", ".join(fact_name(guide, fact) for fact in sorted(assumed))
            facts = f"{facts} Assumed: {names}."
        before_them = (one.line for one in before)
        lines = iter((*before_them, facts, *_in_short(guide, said, result, chosen)))
    return "\n".join(lines) + "\n"


def _in_full(
    guide: Guide,
    said: Iterable[Statement],
    result: Verdict,
    chosen: Chosen | None,
    before: Iterable[Statement],
) -> Iterator[str]:
    recorded = _recorded(guide, chosen) if chosen else ()
    advice = "This memo is advice. The agency's data system is the official record."
    about = Statement("Guide", f"Version {guide.about.version}. {advice}")
    yield from ("Service group: memo of advice", "", _title(guide, result, chosen))
    for title, lines in as_sections((*before, *recorded, *quoting(said, Heading.WHY), about)):
        yield from ("", f"{title}:", *(f"- {line}" for line in lines))


def _in_short(
    guide: Guide, said: Iterable[Statement], result: Verdict, chosen: Chosen | None
) -> Iterator[str]:
    sure = "depends" if result.status == "depends" else result.certainty or "refer"
    yield f"Recommendation: {_advised(guide, result, chosen)}"
    yield f"How sure: {CERTAINTY_WORDS[sure]}."
    yield f"Why: {_first(said, Heading.DEPENDS, 9) or _first(said, Heading.WHY)}"
    yield f"To decide: {_to_decide(guide, said, result, chosen)}"


CERTAINTY_WORDS = {
    "settled": "Settled",
    "judgement": "Judgment call",
    "refer": "Ask your supervisor",
    "depends": "Unresolved",
}
"""How sure the documents are, in a word or two, surest first."""


def _first(said: Iterable[Statement], about: str, most: int = 1) -> str:
    """Return the first statements under a heading, one after another."""
    return " ".join([one.words for one in said if one.about == about][:most])


def _advised(guide: Guide, result: Verdict, chosen: Chosen | None) -> str:
    """Return what is recommended, and beside it what was recorded where that is something else."""
    advised = group_name(guide, result.group, none="none")
    if chosen is None or chosen.group == result.group:
        return f"{advised}."
    why = reason_given(guide, chosen.reason_code, chosen.reason)
    recorded = recorded_group(guide, chosen.group)
    return f"{advised}. Recorded: {recorded}{f' ({why})' if why else ''}."


def _to_decide(
    guide: Guide, said: Iterable[Statement], result: Verdict, chosen: Chosen | None
) -> str:
    """Return what is left for a supervisor: a choice, a fact, what to check, or nothing."""
    if chosen and chosen.group and chosen.group != result.group:
        instead = f" or {group_name(guide, result.group)}" if result.group else ""
        return f"Whether {group_name(guide, chosen.group)}{instead} is right."
    facts = ", ".join(
        one.says.partition(".")[0].casefold() for one in said if one.about == Heading.WHERE_TO_LOOK
    )
    if facts:
        return f"Find out about: {facts}."
    return _first(said, Heading.CHECK_FIRST, 2) or (
        "Nothing." if result.certainty == "settled" else _first(said, Heading.NEXT)
    )


def _title(guide: Guide, result: Verdict, chosen: Chosen | None) -> str:
    """Return the line that heads the long memo: the recommendation, or why there is none."""
    found = headline(guide, result)
    if chosen is None or chosen.group == result.group:
        return found
    if result.group:
        return f"Recommended, but not recorded: {found}"
    why = "it depends" if result.status == "depends" else "no group is named"
    return f"No recommendation ({why}). Recorded: {recorded_group(guide, chosen.group)}."


def _recorded(guide: Guide, chosen: Chosen) -> Iterator[Statement]:
    yield Statement("Recorded", recorded_group(guide, chosen.group))
    reason = reason_given(guide, chosen.reason_code, chosen.reason)
    if reason:
        yield Statement("Recorded", f"Reason: {reason}")
