"""What a result says, in order: the memo and its parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.engine.explain import certainty_words, groups_now, in_words, reasons, smallest_change
from assistant.engine.interview import Standing
from assistant.engine.verdict import (
    Row,
    Verdict,
    condition,
    group_name,
    headline,
    reason_given,
    row_end,
    sentence,
    source,
    verdict,
)
from assistant.guide.model import Cite, Guide, Outcome

TITLE = "Service group: memo of advice"
"""The memo's heading."""


@dataclass(frozen=True)
class Section:
    """A heading with lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Memo:
    """A memo before it is laid out; sections without lines are left out.

    `became` says first of all that what it is about no longer stands, where that is so.
    """

    headline: str
    sections: tuple[Section, ...]
    became: str = ""


@dataclass(frozen=True)
class Chosen:
    """The group a worker recorded, None where it was left to the supervisor.

    `reason_code` is the guide's reason for choosing otherwise than recommended, where there is one,
    and `reason` is what the worker added to it.
    """

    group: str | None
    reason: str
    reason_code: str = ""


def memo(
    guide: Guide,
    standing: Standing,
    *,
    assumed: frozenset[str] = frozenset(),
    case_number: str = "",
    chosen: Chosen | None = None,
) -> Memo:
    """Give the reasoning of an ended interview.

    `assumed` holds the facts whose answers were taken as if they were so; `chosen` is what was
    recorded, once it is.
    """
    result = verdict(guide, standing)
    sections = [Section("Case number", (case_number,))] if case_number else []
    if chosen:
        sections.append(Section("Recorded", tuple(_recorded(guide, chosen))))
    sections += _table(guide, result)
    for row in result.details if result.status != "depends" else ():
        sections += _outcome(guide, row)
    sections.append(Section("Answers", tuple(_answers(guide, standing, assumed))))
    sections.append(Section("The other groups", tuple(_others(guide, standing))))
    about = f"Version {guide.about.version}. This memo is advice; the agency's data system is the record."
    sections.append(Section("Guide", (about,)))
    title = _title(guide, result, chosen)
    return Memo(title, tuple(section for section in sections if section.lines))


def as_text(memo: Memo) -> str:
    """Lay a memo out as plain text."""
    lines = [*([memo.became, ""] if memo.became else []), TITLE, "", memo.headline]
    for section in memo.sections:
        lines += ["", f"{section.title}:", *(f"- {line}" for line in section.lines)]
    return "\n".join(lines) + "\n"


def _title(guide: Guide, result: Verdict, chosen: Chosen | None) -> str:
    """Give what is recommended, and beside it what was recorded where that is something else."""
    found = headline(guide, result)
    if chosen is None or chosen.group == result.group:
        return found
    if result.group:
        return f"Recommended, and not what was recorded: {found}"
    why = "it depends" if result.status == "depends" else "no group is named"
    return f"Nothing was recommended ({why}). Recorded: {group_name(guide, chosen.group)}."


def _recorded(guide: Guide, chosen: Chosen) -> Iterator[str]:
    yield (
        group_name(guide, chosen.group) if chosen.group else "No group yet: left to the supervisor"
    )
    reason = reason_given(guide, chosen.reason_code, chosen.reason)
    if reason:
        yield f"Reason: {reason}"


def _table(guide: Guide, result: Verdict) -> list[Section]:
    if result.status != "depends":
        return []
    lines = [f"If {condition(guide, row)}: {row_end(guide, row)}" for row in result.rows]
    where = [
        f"{guide.questions[fact].name}: {guide.questions[fact].where_to_look}"
        for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed)
    ]
    return [Section("It depends", tuple(lines)), Section("Where to look", tuple(where))]


def _outcome(guide: Guide, row: Row) -> Iterator[Section]:
    name = row.outcomes[0]
    outcome = guide.outcomes[name]
    lead = f", if {condition(guide, row)}" if row.assumed else ""
    yield Section(f"How sure{lead}", (certainty_words(guide, name),))
    yield Section(f"Why{lead}", (outcome.reason, *_phrases(guide, outcome.cites)))
    yield Section(f"Check first{lead}", outcome.warnings)
    yield Section(f"Also fits{lead}", _beside(guide, outcome, also=True))
    yield Section(f"Nearest groups{lead}", _beside(guide, outcome, also=False))
    yield Section(f"What to do next{lead}", tuple(note.say for note in outcome.next))


def _beside(guide: Guide, outcome: Outcome, *, also: bool) -> tuple[str, ...]:
    groups = outcome.also_fits if also else outcome.nearest
    return tuple(f"{group_name(guide, group.group)}. {group.reason}" for group in groups)


def _phrases(guide: Guide, cites: tuple[Cite, ...]) -> Iterator[str]:
    for cite in cites:
        yield f'"{cite.words}" ({source(guide, cite)})'


def _answers(guide: Guide, standing: Standing, assumed: frozenset[str]) -> Iterator[str]:
    for reason in reasons(guide, standing):
        as_if = " (taken as if it were so)" if reason.fact in assumed else ""
        yield f"{guide.questions[reason.fact].ask} {sentence(reason.says)}{as_if}"


def _others(guide: Guide, standing: Standing) -> Iterator[str]:
    for view in groups_now(guide, standing):
        if not view.possible:
            how = "also fits" if view.also_fits else "ruled out"
            yield f"{group_name(guide, view.group)}, {how}: {sentence(view.because)}"
            need = smallest_change(guide, standing, view.group)
            if need and need.facts:
                yield f"It would be {group_name(guide, view.group)} if {in_words(guide, need)}."
