"""What a result says: its statements, their layouts, and the memo."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

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


class Quote(NamedTuple):
    """A few words of a document, and where they stand: document and section."""

    words: str
    where: str


@dataclass(frozen=True)
class Statement:
    """One thing that is said: under which heading, in which cases, and with which quotations.

    `only_if` begins with a capital, `If the goal is adoption`; empty where it is so in every case.
    """

    about: str
    says: str
    only_if: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def line(self) -> str:
        """The statement in one line, its heading first."""
        heading = "" if self.about == IT_DEPENDS else f"{self.about}: "
        return f"{self.only_if}: {heading}{self.says}" if self.only_if else heading + self.says


IT_DEPENDS = "It depends"
"""The heading of what each answer that is still open would lead to; in a line, `If` says it."""


def quotes(guide: Guide, cites: Iterable[Cite]) -> tuple[Quote, ...]:
    """Return the deciding words of each citation, and where they stand."""
    return tuple(Quote(cite.words, source(guide, cite)) for cite in cites)


@dataclass(frozen=True)
class Section:
    """A heading with lines below it."""

    title: str
    lines: tuple[str, ...]


def as_lines(some: Iterable[Statement]) -> Iterator[str]:
    """Lay statements out one after another, each quotation in a line of its own."""
    for one in some:
        yield one.line
        yield from (f"Source: “{quote.words}” ({quote.where})." for quote in one.quotes)


def as_sections(some: Iterable[Statement]) -> Iterator[Section]:
    """Lay statements out under their headings; those that follow one another share one."""
    for about, group in groupby(some, key=lambda one: one.about):
        lines: list[str] = []
        for one in group:
            lines.append(f"{one.only_if}: {one.says}" if one.only_if else one.says)
            lines += (f'"{quote.words}" ({quote.where})' for quote in one.quotes)
        yield Section(about, tuple(lines))


def as_json(some: Iterable[Statement]) -> list[dict[str, object]]:
    """Lay statements out as JSON objects; what is empty is left out."""
    return [
        {name: value for name, value in vars(one).items() if value}
        | ({"quotes": [quote._asdict() for quote in one.quotes]} if one.quotes else {})
        for one in some
    ]


TITLE = "Service group: memo of advice"
"""The memo's heading."""


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
