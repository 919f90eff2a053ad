"""Old entries under today's rules."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from assistant.cases.summary import chosen_words
from assistant.engine.interview import UNSURE, Branch, replay
from assistant.engine.verdict import NO_GROUP, Status, verdict
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import (
    About,
    Cite,
    Clause,
    Group,
    GroupReason,
    Guide,
    Node,
    Note,
    Option,
    Outcome,
    Question,
    Tree,
)
from assistant.records.entry import EVERYTHING, Entry, Wanted

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


Answers = Mapping[str, str]

NOT_KEPT = "The rules it was made under are not kept here, so what changed cannot be told."
"""Said of an entry from before rules were kept, or from a store whose rules cannot be read."""

NOT_TOGETHER = "These answers can no longer all be so in one case."
"""Said where today's guide refuses the answers as a whole."""

_UNTOLD = (
    "Its own rules do not lead to what it says was recommended, so what changed cannot be told."
)


def known_to(guide: Guide, answers: Answers) -> dict[str, str]:
    """Give the definite answers that a guide has."""
    values = guide.space.values
    return {fact: value for fact, value in answers.items() if value in values.get(fact, ())}


def rule_that_changed(old: Guide | None, guide: Guide, answers: Answers) -> str:
    """Say which rule makes two guides recommend otherwise for the same answers."""
    if old is None:
        return NOT_KEPT
    if not guide.space.stands(known_to(guide, answers)):
        return NOT_TOGETHER
    for case, groups in _cases_that_part(old, guide, answers):
        return " ".join([_first_fork(old, guide, case), *_rules_too(old, guide, groups)])
    return _UNTOLD


def _cases_that_part(
    old: Guide, new: Guide, answers: Answers
) -> Iterator[tuple[dict[str, str], tuple[str | None, str | None]]]:
    """Give the ways the case may be in which the two recommend otherwise, and both groups."""
    for before in _branches(old, answers):
        so_far = {**known_to(old, answers), **before.assumed}
        for now in _branches(new, {**answers, **so_far}):
            groups = (old.outcomes[before.place].group, new.outcomes[now.place].group)
            if groups[0] != groups[1]:
                yield {**answers, **now.assumed, **so_far}, groups


def _branches(guide: Guide, answers: Answers) -> tuple[Branch, ...]:
    known = known_to(guide, answers)
    if not guide.space.stands(known):
        return ()
    return replay(guide, dict.fromkeys(guide.space.values, UNSURE), known).branches


def _first_fork(old: Guide, new: Guide, case: Answers) -> str:
    """Follow a case through both trees, and say where they part."""
    before, now, lead = old.tree.start, new.tree.start, "The interview"
    while (fact := _asked(old, before)) and fact == _asked(new, now):
        value = _value(old, fact, case)
        name, said = _name(new, fact), _label(new, fact, value)
        if value not in new.tree.nodes[now].to:
            return f"At “{name}”, the guide no longer has the answer “{said}”."
        before, now = old.tree.nodes[before].to[value], new.tree.nodes[now].to[value]
        lead = f"At “{name}”, the answer “{said}”"
    one, other = _place(old, new, before), _place(new, new, now)
    if lead == "The interview":
        return f"{lead} began with {one}, and now begins with {other}."
    if before == now and before in old.outcomes:
        return f"{lead} leads to the same end as before, which was {one}, and is now {other}."
    return f"{lead} led to {one}, and now leads to {other}."


def _asked(guide: Guide, place: str) -> str | None:
    node = guide.tree.nodes.get(place)
    return node.ask if node else None


def _value(old: Guide, fact: str, case: Answers) -> str:
    """Give what a case says of a fact the old guide asks; where it says nothing, nothing hangs on it."""
    known = known_to(old, case)
    return known.get(fact) or old.space.values_left(fact, known)[0]


def _place(guide: Guide, words: Guide, place: str) -> str:
    """Name a question, or the group at an end, as far as today's guide has words for it."""
    if fact := _asked(guide, place):
        return f"the question “{_name(words, fact)}”"
    group = guide.outcomes[place].group
    return (
        f"“{words.groups[group].name if group in words.groups else group}”" if group else "no group"
    )


def _name(guide: Guide, fact: str) -> str:
    return guide.questions[fact].name if fact in guide.questions else fact


def _label(guide: Guide, fact: str, value: str) -> str:
    options = guide.questions[fact].options if fact in guide.questions else {}
    return options[value].label if value in options else value


def _rules_too(old: Guide, new: Guide, groups: tuple[str | None, ...]) -> Iterator[str]:
    for group in groups:
        if group and _rule(old.groups.get(group)) != _rule(new.groups.get(group)):
            gone = (
                "is no longer in the guide" if group not in new.groups else "has another rule now"
            )
            name = new.groups[group].name if group in new.groups else group
            yield f"“{name}” {gone if group in old.groups else 'is new in the guide'}."


def _rule(group: Group | None) -> list[dict[str, tuple[str, ...]]]:
    return [dict(clause.facts) for clause in group.use_when] if group else []


_CITE = (Cite(document="", section="", words=""),)


def guide_of_rules(meaning_hash: str, decision: str | None) -> Guide | None:
    """Give the guide that a decision, as JSON, describes; None where it is not the one of that hash."""
    if decision is None or sha256(decision.encode()).hexdigest() != meaning_hash:
        return None
    try:
        return _guide(json.loads(decision))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _guide(rules: Mapping[str, Any]) -> Guide:
    guide = Guide(
        about=About(
            version="",
            longest_interview=1,
            facts=tuple(rules["facts"]),
            never_together=tuple(_facts(rule) for rule in rules["never"]),
            certainties={},
        ),
        documents={},
        groups={name: _group(name, clauses) for name, clauses in rules["use_when"].items()},
        questions={fact: _question(fact, values) for fact, values in rules["facts"].items()},
        tree=Tree(
            start=rules["start"],
            nodes={name: Node(ask=ask, to=dict(to)) for name, (ask, to) in rules["nodes"].items()},
        ),
        outcomes={name: _outcome(*parts) for name, parts in rules["outcomes"].items()},
        glossary={},
        topics={},
        situations={},
    )
    guide.remainders.at(guide.tree.start, {})  # raises for a tree that does not hold together
    return guide


def _facts(condition: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {fact: tuple(values) for fact, values in condition.items()}


def _group(name: str, clauses: Sequence[Mapping[str, Sequence[str]]]) -> Group:
    rule = tuple(Clause(facts=_facts(clause), cites=_CITE) for clause in clauses)
    return Group(name=name, what="", use_when=rule, cites=_CITE, mixed_up_with=())


def _question(fact: str, values: Sequence[str]) -> Question:
    options = {v: Option(label=v, short=v, says=v, would=v, words=(v,)) for v in values}
    return Question(
        name=fact, ask=fact, hint="", why="", where_to_look="", options=options, help=()
    )


def _outcome(group: str | None, certainty: Any, also: Sequence[str]) -> Outcome:  # noqa: ANN401 - as kept
    fits = tuple(GroupReason(group=other, reason="") for other in also)
    return Outcome(
        group=group,
        certainty=certainty,
        reason="",
        cites=_CITE,
        also_fits=fits,
        next=(Note(say=""),),
    )


DEPENDS = "It depends on what is not known"
"""Stands for advice that names several groups, each under a condition."""

_REMEMBERED = 4_096
"""Entries with the same answers are compared once; an office has far fewer different ones."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What an interview recommends: a group, no group, or several that depend on open facts."""

    status: Status
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry whose recommendation would be another today; `rule` says in words what changed."""

    seq: int
    entry: Entry
    then: Advice
    now: Advice
    rule: str


_Items = tuple[tuple[str, str], ...]


def differences(
    loaded: LoadedGuide, store: "RecordStore", wanted: Wanted = EVERYTHING
) -> Iterator[Difference]:
    """Give the entries that stand and whose recommendation would be another today, oldest first."""
    old_guide = lru_cache(maxsize=16)(lambda hash_: guide_of_rules(hash_, store.rules(hash_)))
    today = lru_cache(_REMEMBERED)(lambda items: advice_now(loaded.guide, dict(items)))

    @lru_cache(_REMEMBERED)
    def rule(meaning_hash: str, items: _Items) -> str:
        return rule_that_changed(old_guide(meaning_hash), loaded.guide, dict(items))

    for summary, entry in store.entries(wanted):
        if summary.withdrawn or entry.meaning_hash == loaded.meaning_hash:
            continue
        items = tuple(entry.answers.items())
        then, now = advice_then(entry), today(items)
        if then != now:
            yield Difference(summary.seq, entry, then, now, rule(entry.meaning_hash, items))


def advice_then(entry: Entry) -> Advice:
    """Give what an entry says was recommended."""
    if entry.certainty == "depends":
        return Advice("depends")
    return Advice("recommended" if entry.recommended else "refer", entry.recommended)


def advice_now(guide: Guide, answers: Mapping[str, str]) -> Advice:
    """Give what a guide recommends for old answers; what it asks beside them counts as not known.

    Answers that the guide does not have, or that cannot stand together any more, settle nothing.
    """
    known = known_to(guide, answers)
    if not guide.space.stands(known):
        return Advice("depends")
    said = verdict(guide, replay(guide, dict.fromkeys(guide.space.values, UNSURE), known))
    return Advice(said.status, said.group)


def advice_words(guide: Guide, advice: Advice) -> str:
    """Give advice as a group's name, or the words that stand for none."""
    if advice.status == "depends":
        return DEPENDS
    return chosen_words(guide, advice.group) if advice.group else NO_GROUP
