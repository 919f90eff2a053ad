"""What leaves as text: the memo of an interview; from a guide, its card, open questions, changes and tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

from assistant.engine.interview import Standing
from assistant.engine.statements import (
    TABLE,
    Heading,
    Statement,
    as_sections,
    in_short,
    quotes,
    quoting,
    statements,
)
from assistant.engine.verdict import (
    CERTAINTY_WORDS,
    Verdict,
    assumption,
    certainty_said,
    ends_in_words,
    fact_name,
    group_name,
    headline,
    in_brief,
    reason_given,
    recorded_group,
    sentence,
    use_when,
    verdict,
)
from assistant.guide import decisions
from assistant.guide.earlier import CaseChange, CaseResult, EarlierGuide, Values, WordingChange
from assistant.guide.model import CardPart, Guide, Question, Reading
from assistant.shapes import Frozen
from assistant.tables import Table
from assistant.text import counted, listed


class Chosen(Frozen):
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
    only_if = assumption(guide, standing, assumed)
    if in_full:
        title = ", ".join(filter(None, (_title(guide, result, chosen), only_if)))
        lines = _in_full(guide, title, said, chosen, before)
    else:
        facts = f"Facts: {in_brief(guide, {**standing.given, **dict(standing.trail)})}."
        if assumed:
            names = ", ".join(fact_name(guide, fact) for fact in sorted(assumed))
            facts = f"{facts} Assumed: {names}."
        before_them = (one.line for one in before)
        if short := in_short(guide, standing, result):
            said = (*short, *(one for one in said if one.about not in TABLE))
        lines = iter((*before_them, facts, *_in_short(guide, said, result, chosen, only_if)))
    return "\n".join(lines) + "\n"


def _in_full(
    guide: Guide,
    title: str,
    said: Iterable[Statement],
    chosen: Chosen | None,
    before: Iterable[Statement],
) -> Iterator[str]:
    recorded = _recorded(guide, chosen) if chosen else ()
    advice = "This memo is advice. The agency's data system is the official record."
    about = Statement("Guide", f"Version {guide.about.version}. {advice}")
    yield from ("Service group: memo of advice", "", title)
    for heading, lines in as_sections((*before, *recorded, *quoting(said, Heading.WHY), about)):
        yield from ("", f"{heading}:", *(f"- {line}" for line in lines))


def _in_short(
    guide: Guide, said: Sequence[Statement], result: Verdict, chosen: Chosen | None, only_if: str
) -> Iterator[str]:
    sure = "depends" if result.status == "depends" else result.certainty or "refer"
    yield f"Recommendation: {_advised(guide, result, chosen)}"
    yield f"How sure: {certainty_said(sure, only_if)}."
    yield f"Why: {_first(said, Heading.DEPENDS, len(said)) or _first(said, Heading.WHY)}"
    yield f"To decide: {_to_decide(guide, said, result, chosen)}"


def _first(said: Iterable[Statement], about: str, most: int = 1) -> str:
    """Return the first statements under a heading, one after another."""
    return " ".join([one.words for one in said if one.about == about][:most])


def _advised(guide: Guide, result: Verdict, chosen: Chosen | None) -> str:
    """Return what is recommended, and beside it what was recorded where that is something else."""
    advised = group_name(guide, result.group, none="none")
    if chosen is None or chosen.group == result.group:
        return f"{advised}."
    why = reason_given(guide, chosen.reason_code, chosen.reason)
    recorded = group_name(guide, chosen.group, none="no group yet; the supervisor will decide")
    return f"{advised}. Recorded: {recorded}.{f' Reason: {why}.' if why else ''}"


def _to_decide(
    guide: Guide, said: Iterable[Statement], result: Verdict, chosen: Chosen | None
) -> str:
    """Return what is left for a supervisor: a choice, a fact, what to check, or nothing."""
    named = [group for group in (chosen.group, result.group) if group] if chosen else []
    if chosen and chosen.group != result.group and named:
        return f"Whether {listed((group_name(guide, group) for group in named), 'or')} is right."
    facts = [
        one.says.partition(", ")[0].removeprefix("For ")
        for one in said
        if one.about == Heading.WHERE_TO_LOOK
    ]
    if facts:
        return f"First find out about {listed(facts)}."
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


QUESTIONS_TITLE = "Open questions for policy staff"

QUESTIONS_LEAD = (
    "The two documents leave these points open. The guide reads each one in one way and says so."
    " Your agency can answer any of them once: workers then see your answer."
)
"""What the list is for."""

_EXAMPLE = (
    "no_plan_while_open: {decision: Policy memo 26-14, date: 11/1/2026, choose: recommended,"
    " says: Use Assessment/Investigation Services until the investigation ends.}"
)

_WHERE = (
    "Name the file with --decisions, with SERVICE_GROUP_DECISIONS, or in the settings as decisions."
    " Without choose, workers see your wording, and the recommendation stays as it is."
    " service-group content check checks the file."
)

HOW_TO_ANSWER = (
    "To answer a question, write an entry like this one in a file such as decisions.yaml:",
    *("", _EXAMPLE, "", _WHERE),
)
"""How an answer reaches the assistant."""

_WORDS = {
    decisions.RECOMMENDED: "what the guide recommends",
    decisions.OTHER: "the other group that fits",
    decisions.SUPERVISOR: "workers ask their supervisor",
}

_LINE = "_" * 50  # room to write in by hand


def question_tables(guide: Guide, *, to_sign: bool) -> Iterator[Table]:
    """Return a table for each reading of the guide; to be signed off, with room for the answer."""
    ends = ends_in_words(guide)
    for number, (name, reading) in enumerate(guide.readings.items(), 1):
        said = [f"“{quote.words}” ({quote.where})" for quote in quotes(guide, reading.cites)]
        rows = [
            ("How the guide reads it", reading.ours),
            ("Another reading", reading.other),
            *_below("Words behind it", said),
            *_below("What it decides", _where_it_matters(guide, reading, ends)),
            ("You can choose", _to_choose(guide, reading)),
            ("Name in the file", name),
        ]
        if decision := guide.decisions.get(name):
            rows.append(("Your agency decided", decision.words))
        if to_sign:
            rows += [("Choice", _LINE)] if reading.outcomes else []
            rows += [("Name of the decision", _LINE)]
            rows += [("Wording", f"{_LINE} {_LINE} {_LINE}"), ("Date and signature", _LINE)]
        yield Table(f"{number}. {reading.title}", "", ("Point", "Text"), tuple(rows))


def as_lines(tables: Iterable[Table]) -> Iterator[str]:
    """Return the tables as lines to read, the heading of each after a blank line."""
    yield from (QUESTIONS_TITLE, "", QUESTIONS_LEAD)
    for table in tables:
        yield from ("", table.title)
        for name, text in table.rows:
            yield f"{name}: {text}" if name else f"- {text}"
    yield from ("", *HOW_TO_ANSWER)


def _below(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return a row for each text; only the first has the name."""
    for number, text in enumerate(texts):
        yield "" if number else name, text


def _where_it_matters(guide: Guide, reading: Reading, ends: Mapping[str, str]) -> Iterator[str]:
    for fact in reading.questions:
        yield f"How to answer “{guide.questions[fact].ask}”"
    for outcome in reading.outcomes:
        names = [group_name(guide, group) for group in decisions.at_choice(guide.outcomes[outcome])]
        yield f"{sentence(ends[outcome])[:-1]}: {listed(names or [group_name(guide, None)], 'or')}."


def _to_choose(guide: Guide, reading: Reading) -> str:
    """Say what `choose` can be, each with what it means."""
    told = (
        f"{one} ({_WORDS.get(one) or group_name(guide, one)})"
        for one in decisions.choices(guide, reading)
    )
    return "; ".join(told) or "nothing (workers see your wording in the help on this question)"


CARD_TITLE = "Service group desk card"  # heads the card, on paper and on the screen


def groups_table(guide: Guide) -> Table:
    """Return each group with its rule."""
    rows = ((group.name, sentence(use_when(guide, name))) for name, group in guide.groups.items())
    return Table("When to use each service group", "", ("Group", "Use when"), tuple(rows))


def card_tables(guide: Guide) -> tuple[Table, ...]:
    """Return the parts of the desk card in the order of the page: steps, groups, and the rest."""
    steps = (_card_part(guide, part) for part in guide.card.steps)
    return (*steps, groups_table(guide), *(_card_part(guide, part) for part in guide.card.more))


def card_lead(guide: Guide) -> str:
    """Return what is above the parts of the card, with the version of the guide."""
    return f"{guide.card.lead} Guide version {guide.about.version}.".lstrip()


def _card_part(guide: Guide, part: CardPart) -> Table:
    rows = ((row.when, group_name(guide, row.group, none=row.do)) for row in part.rows)
    return Table(part.title, part.note, part.head, tuple(rows))


MOST_TOLD = 40  # rows of changed wording that a terminal is shown


def changes_table(
    old: Guide | EarlierGuide | None, new: Guide, changes: Iterable[CaseChange]
) -> Table:
    """Return a row for each change: under which condition, what was, what is now, and of how many cases.

    `old` has the words of the guide before, None where only its rules are kept.
    """
    return Table(
        "Results that change",
        "A case is one set of facts.",
        ("If", "Was", "Now", "Cases"),
        tuple(
            (
                _condition(old, new, change.facts),
                _results(old, new, change.was) or "could not be answered",
                _results(old, new, change.now) or "cannot be answered",
                change.cases,
            )
            for change in changes
        ),
    )


def change_lines(table: Table) -> Iterator[str]:
    """Return each row of `changes_table` as a sentence."""
    for condition, was, now, cases in table.rows:
        yield f"- {condition}, then was {was}; now is {now}. {counted(int(str(cases)), 'case')}."


def _condition(old: Guide | EarlierGuide | None, new: Guide, facts: Values) -> str:
    parts = []
    for fact, values in facts.items():
        asked = [guide.questions[fact] for guide in (old, new) if guide and fact in guide.questions]
        name = asked[0].name if asked else fact
        options = {
            value: option for one in reversed(asked) for value, option in one.options.items()
        }
        said = (options[value].short if value in options else value for value in values)
        parts.append(f"{name} is {listed((f'“{words}”' for words in said), 'or')}")
    return f"If {' and '.join(parts)}" if parts else "In every case"


def _results(old: Guide | EarlierGuide | None, new: Guide, results: Iterable[CaseResult]) -> str:
    """Return where cases end, as `Adoption Services (settled)`, or several such; "" for nowhere."""

    def name(group: str) -> str:
        guide = old if isinstance(old, Guide) and group in old.groups else new
        return group_name(guide, group or None)

    told = []
    for result in results:
        notes = [CERTAINTY_WORDS[result.certainty].lower()] if result.group else []
        notes += [f"{name(group)} also fits" for group in result.also_fits]
        said = "; ".join(notes)
        told.append(f"{name(result.group)}{f' ({said})' * bool(said)}")
    return listed(told, "or") if told else ""


def wording_table(changes: Iterable[WordingChange], most: int | None = None) -> Table:
    """Return a row for each text that changed, at most `most`."""
    rows = ((one.where, one.was or "(new)", one.now or "(gone)") for one in islice(changes, most))
    return Table("Wording that changes", "", ("Where", "Was", "Now"), tuple(rows))


Edges = frozenset[tuple[str, str]]
"""Edges of the tree: the node they leave, and the answer they stand for."""

NO_EDGES: Edges = frozenset()  # no path is marked


class Item(Frozen):
    """A place in the drawing and what lies beyond it.

    `answer` leads here from the place before (empty at the start); `again` is a place whose own
    branches were drawn before, where subtrees are shared; `taken` marks the path of an interview.
    """

    name: str
    label: str
    kind: Literal["question", "outcome", "again"]
    answer: str = ""
    taken: bool = False
    branches: tuple["Item", ...] = ()


def outline(guide: Guide, path: Edges = NO_EDGES, *, shared: bool = True) -> Item:
    """Return the tree from its start; `shared` subtrees are drawn once and named after that."""
    numbers: dict[str, int] = {}

    def item(name: str, answer: str, *, taken: bool) -> Item:
        if name in guide.outcomes:
            return Item(name, _outcome_label(guide, name), "outcome", answer, taken)
        label = _asked(guide, name).name
        if shared and name in numbers:
            return Item(name, f"as at {numbers[name]}", "again", answer, taken)
        if shared:
            numbers[name] = len(numbers) + 1
            label = f"{numbers[name]} {label}"
        options = _asked(guide, name).options
        branches = (
            item(target, options[value].short, taken=taken and (name, value) in path)
            for value, target in guide.tree.nodes[name].to.items()
        )
        return Item(name, label, "question", answer, taken, tuple(branches))

    return item(guide.tree.start, "", taken=bool(path))


def tree_as_text(guide: Guide) -> str:
    """Return the tree as an indented outline, one answer a line."""
    return "\n".join(_tree_lines(outline(guide), 0)) + "\n"


def tree_as_mermaid(guide: Guide) -> str:
    """Return the tree as a Mermaid flow chart, outcomes gathered by group."""
    lines = ["flowchart LR"]
    lines += [f'  {name}["{_unquoted(_asked(guide, name).ask)}"]' for name in guide.tree.nodes]
    for number, (title, outcomes) in enumerate(_by_group(guide).items()):
        lines.append(f'  subgraph group{number}["{_unquoted(title)}"]')
        lines += [f'    {name}(["{_unquoted(_outcome_label(guide, name))}"])' for name in outcomes]
        lines.append("  end")
    for source, node in guide.tree.nodes.items():
        for value, target in node.to.items():
            answer = _unquoted(_asked(guide, source).options[value].short)
            lines.append(f'  {source} -->|"{answer}"| {target}')
    return "\n".join(lines) + "\n"


def _tree_lines(item: Item, depth: int) -> Iterator[str]:
    answer = f"{item.answer}: " if item.answer else ""
    end = "=> " if item.kind == "outcome" else ""
    ask = "?" if item.kind == "question" else ""
    yield f"  {'    ' * depth}{answer}{end}{item.label}{ask}"
    for branch in item.branches:
        yield from _tree_lines(branch, depth + 1)


def _by_group(guide: Guide) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {group.name: [] for group in guide.groups.values()}
    for name, outcome in guide.outcomes.items():
        title = guide.groups[outcome.group].name if outcome.group else "No group named"
        gathered.setdefault(title, []).append(name)
    return {title: names for title, names in gathered.items() if names}


def _asked(guide: Guide, node: str) -> Question:
    return guide.questions[guide.tree.nodes[node].ask]


def _outcome_label(guide: Guide, name: str) -> str:
    outcome = guide.outcomes[name]
    if outcome.group is None:
        return "No group named: ask your supervisor"
    return f"{guide.groups[outcome.group].name} ({CERTAINTY_WORDS[outcome.certainty].lower()})"


def _unquoted(text: str) -> str:
    """Keep a label from ending its own quotation in Mermaid."""
    return text.replace("\\", "/").replace('"', "'")
