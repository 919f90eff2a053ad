"""The rules that entries were once made under, brought back as a guide without wording.

Only what decides is kept with the records: facts, rules, edges and ends. Names stand in for words, so
that the very engine which holds interviews can follow the old tree.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from assistant.content.model import (
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
