"""What is printed from a guide, as tables: the desk card, open questions, and what a change changes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from assistant.engine.memo import CERTAINTY_WORDS
from assistant.engine.statements import quotes, use_when
from assistant.engine.verdict import ends_in_words, group_name, sentence
from assistant.guide.decisions import (
    OTHER,
    RECOMMENDED,
    SUPERVISOR,
    at_choice,
    choices,
)
from assistant.guide.difference import CaseChange, CaseResult, WordingChange
from assistant.guide.earlier import EarlierGuide, Values
from assistant.guide.model import CardPart, Guide, Reading
from assistant.tables import Table
from assistant.text import counted, listed

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
    RECOMMENDED: "what the guide recommends",
    OTHER: "the other group that fits",
    SUPERVISOR: "workers ask their supervisor",
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
        names = [group_name(guide, group) for group in at_choice(guide.outcomes[outcome])]
        yield f"{sentence(ends[outcome])[:-1]}: {listed(names or [group_name(guide, None)], 'or')}."


def _to_choose(guide: Guide, reading: Reading) -> str:
    """Say what `choose` can be, each with what it means."""
    told = (
        f"{one} ({_WORDS.get(one) or group_name(guide, one)})" for one in choices(guide, reading)
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
    """Return where cases end, as `Adoption Services (settled)`; several where what is asked differs."""

    def name(group: str) -> str:
        guide = old if isinstance(old, Guide) and group in old.groups else new
        return group_name(guide, group or None)

    told = []
    for result in results:
        notes = [CERTAINTY_WORDS[result.certainty].lower()] if result.group else []
        notes += [f"{name(group)} also fits" for group in result.also_fits]
        said = "; ".join(notes)
        told.append(f"{name(result.group)}{f' ({said})' * bool(said)}")
    return listed(told, "or")


def wording_table(changes: Iterable[WordingChange], most: int | None = None) -> Table:
    """Return a row for each text that changed, at most `most`."""
    rows = ((one.where, one.was or "(new)", one.now or "(gone)") for one in islice(changes, most))
    return Table("Wording that changes", "", ("Where", "Was", "Now"), tuple(rows))
