"""What the answers so far lead to: a group, no group, or a table of conditions; and how it is worded."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Literal, TypeVar

from assistant.engine.interview import (
    OPEN,
    UNSURE,
    Answers,
    Branch,
    Standing,
    outcomes_within_reach,
    replay,
)
from assistant.guide.facts import Case
from assistant.guide.model import Certainty, Cite, Clause, Guide, Outcome
from assistant.shapes import Frozen
from assistant.text import listed

Status = Literal["recommended", "refer", "depends"]
"""`recommended`: one group; `refer`: the documents name none; `depends`: on facts still open."""

_LEAST_SURE_FIRST: tuple[Certainty, ...] = ("refer", "judgement", "settled")

CERTAINTY_WORDS = {
    "settled": "Settled",
    "judgement": "Judgment call",
    "refer": "Ask your supervisor",
    "depends": "Unresolved",
}
"""How sure the documents are, in a word or two, surest first."""


class Row(Frozen):
    """One line of an "if ... then ..." table.

    `assumed` gives for each fact that matters here the values it may have; `outcomes` are those
    the line may end in, all of them with the same result.
    """

    assumed: Mapping[str, tuple[str, ...]]
    outcomes: tuple[str, ...]


class Verdict(Frozen):
    """The end of an interview.

    `group` is set when status is `recommended`. `certainty` is that of the least sure outcome, or
    None when status is `depends`. `rows` tell groups apart; `details` tell outcomes apart. Both
    have a single row, which assumes nothing, when no open fact matters to them.
    """

    status: Status
    group: str | None
    certainty: Certainty | None
    rows: tuple[Row, ...]
    details: tuple[Row, ...]

    @property
    def open_facts(self) -> tuple[str, ...]:
        """The facts the worker is not sure of that still make a difference, in the order asked."""
        return tuple(dict.fromkeys(fact for row in self.details for fact in row.assumed))

    @property
    def cases(self) -> list[dict[str, str]]:
        """The cases of the rows one by one, with one value a fact."""
        return [
            dict(zip(row.assumed, values, strict=True))
            for row in self.rows
            for values in product(*row.assumed.values())
        ]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes the interview may end in, each once."""
        return tuple(dict.fromkeys(outcome for row in self.details for outcome in row.outcomes))


def verdict(guide: Guide, standing: Standing) -> Verdict:
    """Return what the interview says; `standing.asking` must be None."""
    branches = standing.branches
    details = _table(branches, 0, lambda outcome: outcome)
    rows = _table(branches, 0, lambda outcome: guide.outcomes[outcome].group)
    ends = [guide.outcomes[branch.place] for branch in branches]
    groups = {end.group for end in ends}
    if len(groups) > 1:
        return Verdict("depends", None, None, rows, details)
    (group,) = groups
    status: Status = "refer" if group is None else "recommended"
    certainty = least_sure(end.certainty for end in ends)
    return Verdict(status, group, certainty, rows, details)


def least_sure(certainties: Iterable[Certainty]) -> Certainty:
    """Return the certainty that promises least."""
    return min(certainties, key=_LEAST_SURE_FIRST.index)


def _table(
    branches: Sequence[Branch], depth: int, result: Callable[[str], str | None]
) -> tuple[Row, ...]:
    """Fold branches that split on the same facts into as few rows as tell the results apart."""
    first = branches[0]
    if len(first.assumed) == depth:
        return (Row({}, (first.place,)),)
    fact = list(first.assumed)[depth]
    by_value: dict[str, list[Branch]] = {}
    for branch in branches:
        by_value.setdefault(branch.assumed[fact], []).append(branch)
    tables = {value: _table(some, depth + 1, result) for value, some in by_value.items()}
    merged: list[tuple[list[str], tuple[Row, ...]]] = []
    for value, table in tables.items():
        same = next((i for i, (_, old) in enumerate(merged) if _alike(old, table, result)), None)
        if same is None:
            merged.append(([value], table))
        else:
            values, old = merged[same]
            merged[same] = ([*values, value], _joined(old, table))
    if len(merged) == 1:
        return merged[0][1]
    return tuple(
        Row({fact: tuple(values), **row.assumed}, row.outcomes)
        for values, table in merged
        for row in table
    )


def _alike(one: Sequence[Row], other: Sequence[Row], result: Callable[[str], str | None]) -> bool:
    """Tell whether two tables say the same; the outcomes of one row all have one result."""
    return [(row.assumed, result(row.outcomes[0])) for row in one] == [
        (row.assumed, result(row.outcomes[0])) for row in other
    ]


def _joined(one: Sequence[Row], other: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(
        Row(a.assumed, tuple(dict.fromkeys((*a.outcomes, *b.outcomes))))
        for a, b in zip(one, other, strict=True)
    )


def as_if(guide: Guide, standing: Standing, case: Case) -> Row:
    """Return a row that assumes a case, with the outcomes that are within reach if it is so."""
    answers = {**standing.set_aside, **dict(standing.trail), **case}
    then = replay(guide, answers, standing.given)
    assumed = {fact: (value,) for fact, value in case.items()}
    return Row(assumed, outcomes_within_reach(guide, then))


NO_GROUP = "No group is named: ask your supervisor"
"""What is shown where a recommended group's name would, when the documents name none."""

LEFT_TO_SUPERVISOR = "No group yet (supervisor will decide)"
"""What is shown where a recorded group's name would, when none was recorded."""


def group_name(guide: Guide, group: str | None, *, none: str = NO_GROUP) -> str:
    """Return a group's name as the data system shows it, or `none` where there is none.

    A group that only an older guide has goes by the name it was kept under.
    """
    if group is None:
        return none
    return guide.groups[group].name if group in guide.groups else group


def short_name(guide: Guide, group: str | None) -> str:
    """Return a group's name as a list has it, or that there is none."""
    found = guide.groups.get(group or "")
    name = group_name(guide, group, none="No group yet").removesuffix(" Services")
    return found.short or name if found else name


def in_brief(guide: Guide, answers: Answers) -> str:
    """Return answers in few words: `Open investigation, goal adoption`."""
    said = ", ".join(_in_brief(guide, fact, answer) for fact, answer in answers.items())
    return f"{said[:1].upper()}{said[1:]}"


def _in_brief(guide: Guide, fact: str, answer: str) -> str:
    question = guide.questions.get(fact)
    option = question.options.get(answer) if question else None
    if option and option.brief:
        return option.brief
    name = question.name if question else fact.replace("_", " ")
    said = "not known" if answer == UNSURE else option.short if option else answer.replace("_", " ")
    return f"{name if name.isupper() else name.casefold()} {said}"


def recorded_group(guide: Guide, group: str | None) -> str:
    """Return the name of the group that was recorded, or that none was."""
    return group_name(guide, group, none=LEFT_TO_SUPERVISOR)


def fact_name(guide: Guide, fact: str) -> str:
    """Return the name of a fact, which goes by its id where only an older guide has it."""
    return guide.questions[fact].name if fact in guide.questions else fact


def fact_said(guide: Guide, fact: str) -> str:
    """Return a fact's name within a sentence: `the goal`, `FINS`."""
    name = fact_name(guide, fact)
    return name if name.isupper() else f"the {name.casefold()}"


def headline(guide: Guide, result: Verdict) -> str:
    """Return the one line that answers the interview."""
    if result.status == "depends":
        return "It depends on what you are not sure about"
    return group_name(guide, result.group)


def result_sentence(guide: Guide, result: Verdict, only_if: str = "") -> str:
    """Return the sentence that answers the interview: `Recommended: Adoption Services`.

    `only_if` says what is assumed: `Recommended if the goal is adoption: Adoption Services`.
    """
    said = headline(guide, result)
    if result.group:
        return f"{f'Recommended {only_if}'.rstrip()}: {said}."
    return f"{sentence(only_if).removesuffix('.')}: {said}." if only_if else f"{said}."


def condition(guide: Guide, row: Row, lead: str) -> str:
    """Return what a row assumes: `If the goal is adoption, unless the child was in out-of-home care`.

    `lead` is the word for it, such as "If"; where only an exception is told, "unless" is alone.
    """
    so: list[str] = []
    unless: list[str] = []
    for fact, values in row.assumed.items():
        named = _named(guide, fact, values)
        words = ", or ".join(guide.questions[fact].options[value].says for value in named)
        (so if set(named) <= set(values) else unless).append(words)
    parts = [f"{lead} {', and '.join(so)}"] if so else []
    parts += [f"unless {', or '.join(unless)}"] if unless else []
    words = ", ".join(parts)
    return f"{words[0].upper()}{words[1:]}" if lead.istitle() else words


def assumption(guide: Guide, standing: Standing, assumed: Collection[str]) -> str:
    """Return under which assumed answers a result holds: `if the goal is adoption`; "" if none is."""
    facts = {fact: (said,) for fact, said in standing.trail if fact in assumed and said not in OPEN}
    return condition(guide, Row(facts, ()), "if")


def certainty_said(certainty: str, only_if: str = "") -> str:
    """Return how sure the documents are, under what is assumed: `Settled if the goal is adoption`."""
    return f"{CERTAINTY_WORDS.get(certainty, certainty)} {only_if}".rstrip()


def with_condition(says: str, only_if: str) -> str:
    """Return a sentence after the condition it is said under, so that none is read as if it were so."""
    return f"{only_if}: {says}" if only_if else says


def _named(guide: Guide, fact: str, values: Collection[str]) -> tuple[str, ...]:
    """Return the values to name: those given, or the only one left out of several.

    One that says no itself is not the one to name, since "unless no ..." is hard to follow.
    """
    left_out = tuple(value for value in guide.space.values[fact] if value not in values)
    if len(left_out) != 1 or len(values) == 1:
        return tuple(values)
    says_no = guide.questions[fact].options[left_out[0]].says.startswith("no ")
    return tuple(values) if says_no else left_out


def row_end(guide: Guide, row: Row) -> str:
    """Return what a row leads to, and whether that is a judgment call."""
    name = group_name(guide, guide.outcomes[row.outcomes[0]].group)
    certainties = {guide.outcomes[outcome].certainty for outcome in row.outcomes}
    if "judgement" not in certainties:
        return name
    return f"{name} ({'in some cases ' if len(certainties) > 1 else ''}a judgment call)"


def source(guide: Guide, cite: Cite) -> str:
    """Return where a citation is: document and section."""
    title = guide.documents[cite.document].title
    return title if cite.section == title else f"{title}, {cite.section}"


def reason_given(guide: Guide, code: str, note: str) -> str:
    """Return why a worker chose otherwise: the guide's words for a code, then the worker's own."""
    words = guide.about.override_reasons.get(code, code)
    return f"{words.removesuffix('.')}. Note: {note}" if words and note else words or note


def clause_words(guide: Guide, clause: Clause) -> str:
    """Return one clause of a rule in words: `the goal is adoption`."""
    return " and ".join(
        listed((guide.questions[fact].options[value].says for value in values), "or")
        for fact, values in clause.facts.items()
    )


def use_when(guide: Guide, group: str) -> str:
    """Return a group's rule in words, its clauses joined by `or`."""
    return ", or ".join(clause_words(guide, clause) for clause in guide.groups[group].use_when)


def sentence(clause: str) -> str:
    """Make a sentence of a clause: a capital first, a full stop last."""
    return f"{clause[0].upper()}{clause[1:].removesuffix('.')}."


class ClauseFit(Frozen):
    """One clause beside what is known: the facts that speak against it, and those still open."""

    clause: Clause
    against: tuple[str, ...]
    open_facts: tuple[str, ...]

    @property
    def holds(self) -> bool | None:
        """True or false, or None while an open fact decides."""
        if self.against:
            return False
        return None if self.open_facts else True


def clause_fits(guide: Guide, group: str, known: Case) -> tuple[ClauseFit, ...]:
    """Hold each clause of a group's "use when" against what is known and what follows from it."""
    return tuple(_clause_fit(guide, clause, known) for clause in guide.groups[group].use_when)


def fits(guide: Guide, group: str, known: Case) -> bool | None:
    """Tell whether a group's "use when" holds: true, false, or None while that is open."""
    holds = [fit.holds for fit in clause_fits(guide, group, known)]
    if True in holds:
        return True
    return None if None in holds else False


def _clause_fit(guide: Guide, clause: Clause, known: Case) -> ClauseFit:
    against = []
    open_facts = []
    for fact, wanted in clause.facts.items():
        left = guide.space.values_left(fact, known)
        if not set(left) & set(wanted):
            against.append(fact)
        elif not set(left) <= set(wanted):
            open_facts.append(fact)
    return ClauseFit(clause, tuple(against), tuple(open_facts))


Said = TypeVar("Said")

_FEW = 2  # as many conditions as a sentence can carry

IN_SOME_CASES = "In some cases"
"""Stands for the conditions of what holds in some cases, where more would have to be named."""


def qualified(
    guide: Guide, result: Verdict, things: Callable[[Outcome], Iterable[Said]]
) -> dict[Said, str]:
    """Return the `things` of every possible outcome, each with the words for when it holds.

    There are no words for what holds of every possible outcome. The surest outcomes come first, since
    what is rarer is more often left to judgment.
    """
    rows: dict[Said, list[Row]] = {}
    for row in sorted(result.details, key=lambda row: _surest_first(guide, row)):
        for thing in things(guide.outcomes[row.outcomes[0]]):
            rows.setdefault(thing, []).append(row)
    everywhere = result.details
    return {
        thing: "" if len(some) == len(everywhere) else _when(guide, some, everywhere)
        for thing, some in rows.items()
    }


def _surest_first(guide: Guide, row: Row) -> int:
    return -_LEAST_SURE_FIRST.index(guide.outcomes[row.outcomes[0]].certainty)


def _when(guide: Guide, some: list[Row], everywhere: Sequence[Row]) -> str:
    told = telling(guide, some, everywhere)
    return condition(guide, Row(told, ()), "If") if told else IN_SOME_CASES


def telling(
    guide: Guide, some: Sequence[Row], everywhere: Sequence[Row]
) -> Mapping[str, tuple[str, ...]]:
    """Return what tells some rows from the others, in the fewest conditions; nothing if they are many."""
    shared = [fact for fact in some[0].assumed if all(fact in row.assumed for row in some)]
    others = [row for row in everywhere if row not in some]
    boxes = []
    for count in range(1, _FEW + 1):
        for facts in combinations(shared, count):
            box = _common(guide, [{fact: row.assumed[fact] for fact in facts} for row in some])
            if all(_apart(box, other.assumed) for other in others):
                boxes.append(box)
    few = [box for box in boxes if _conditions(guide, box) <= _FEW]
    return min(few, key=lambda box: _conditions(guide, box), default={})


def _apart(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> bool:
    return any(not set(values) & set(other.get(fact, values)) for fact, values in one.items())


def _conditions(guide: Guide, assumed: Mapping[str, tuple[str, ...]]) -> int:
    return sum(len(_named(guide, fact, values)) for fact, values in assumed.items())


def ends_in_words(guide: Guide) -> dict[str, str]:
    """Return for each outcome what is so of every case that ends there: `where the goal is ...`."""
    nothing_known = replay(guide, dict.fromkeys(guide.space.values, UNSURE))
    rows: dict[str, list[Row]] = {}
    for row in verdict(guide, nothing_known).details:
        for outcome in row.outcomes:
            rows.setdefault(outcome, []).append(row)
    return {
        outcome: condition(guide, Row(_common(guide, [row.assumed for row in some]), ()), "where")
        for outcome, some in rows.items()
    }


def _common(
    guide: Guide, assumed: Iterable[Mapping[str, tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """Return the facts common to every way to an outcome, each with all values it has on one of them."""
    first, *others = assumed
    found = {}
    for fact in first:
        if all(fact in other for other in others):
            taken = {value for way in (first, *others) for value in way[fact]}
            found[fact] = tuple(value for value in guide.space.values[fact] if value in taken)
    return found
