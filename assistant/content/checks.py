"""One small function a rule over a guide of the right shape: does every name lead somewhere?

These rules need no cases; `proof` holds those that do.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from assistant.content.citing import cites_in
from assistant.content.known import known
from assistant.content.model import OTHER_REASON, WHERE_ANOTHER_FITS, Certainty, Guide
from assistant.content.naming import NAMING_CHECKS
from assistant.content.problems import Fault, KeyPath
from assistant.content.situating import (
    situations_are_known,
    situations_can_be_so,
    situations_have_words_of_their_own,
    topics_and_terms_have_names_of_their_own,
)
from assistant.content.structure import STRUCTURE_CHECKS

Check = Callable[[Guide], Iterator[Fault]]
"""A rule: gives a fault for everything in the guide that breaks it."""

Condition = Mapping[str, tuple[str, ...]]
"""Facts, each with the values of which it has one."""


def check(guide: Guide) -> list[Fault]:
    """Give everything that breaks a rule; rules about the tree run once all names are known."""
    faults = [fault for rule in _NAME_CHECKS for fault in rule(guide)]
    return faults or [fault for rule in _LATER_CHECKS for fault in rule(guide)]


def _facts_have_questions(guide: Guide) -> Iterator[Fault]:
    for index, fact in enumerate(guide.about.facts):
        here = ("about", "facts", index)
        yield from known(fact, guide.questions, here, "question")
        if fact in guide.about.facts[:index]:
            yield Fault(here, f"{fact!r} is listed twice", "same-name")
    for fact in guide.questions:
        if fact not in guide.about.facts:
            message = f"{fact!r} is not among the facts of guide.yaml"
            yield Fault(("questions", fact), message, "unknown-fact", of_key=True)


def _facts_and_values_are_known(guide: Guide) -> Iterator[Fault]:
    conditions: list[tuple[KeyPath, Condition]] = [
        (("about", "never_together", index), rule)
        for index, rule in enumerate(guide.about.never_together)
    ]
    conditions += [
        (("groups", name, "use_when", index, "facts"), clause.facts)
        for name, group in guide.groups.items()
        for index, clause in enumerate(group.use_when)
    ]
    for path, condition in conditions:
        yield from _condition_is_known(guide, path, condition)


def _condition_is_known(guide: Guide, path: KeyPath, condition: Condition) -> Iterator[Fault]:
    if not condition:
        yield Fault(path, "no fact is named", "empty")
    for fact, values in condition.items():
        unknown = list(known(fact, guide.questions, (*path, fact), "fact"))
        yield from unknown
        if unknown:
            continue
        for index, value in enumerate(values):
            options = guide.questions[fact].options
            here = (*path, fact, index)
            yield from known(value, options, here, f"value of {fact!r}")


def _edges_lead_somewhere(guide: Guide) -> Iterator[Fault]:
    places = {**guide.tree.nodes, **guide.outcomes}
    start: KeyPath = ("tree", "start")
    yield from known(guide.tree.start, places, start, "node or outcome")
    for name, node in guide.tree.nodes.items():
        path = ("tree", "nodes", name)
        unknown = list(known(node.ask, guide.questions, (*path, "ask"), "question"))
        yield from unknown
        for value, target in node.to.items():
            edge = (*path, "to", value)
            if not unknown:
                options = guide.questions[node.ask].options
                kind = f"value of {node.ask!r}"
                yield from known(value, options, edge, kind, of_key=True)
            yield from known(target, places, edge, "node or outcome")


def _groups_are_known(guide: Guide) -> Iterator[Fault]:
    for name, group in guide.groups.items():
        path: KeyPath = ("groups", name, "mixed_up_with")
        yield from _others(guide, path, name, [mixed.group for mixed in group.mixed_up_with])
    for name, outcome in guide.outcomes.items():
        path = ("outcomes", name)
        if outcome.group is not None:
            yield from known(outcome.group, guide.groups, (*path, "group"), "group")
        also = [fit.group for fit in outcome.also_fits]
        yield from _others(guide, (*path, "also_fits"), outcome.group, also)
        nearest = [near.group for near in outcome.nearest]
        yield from _others(guide, (*path, "nearest"), outcome.group, nearest)


def _others(guide: Guide, path: KeyPath, own: str | None, names: list[str]) -> Iterator[Fault]:
    """Check that a list beside a group names known groups, other than itself, once each."""
    for index, name in enumerate(names):
        here = (*path, index, "group")
        yield from known(name, guide.groups, here, "group")
        if name == own:
            yield Fault(here, f"{name!r} is listed beside itself", "same-name")
        if name in names[:index]:
            yield Fault(here, f"{name!r} is listed twice", "same-name")


def _certainty_agrees_with_group(guide: Guide) -> Iterator[Fault]:
    for name, outcome in guide.outcomes.items():
        path = ("outcomes", name)
        if (outcome.certainty == "refer") != (outcome.group is None):
            message = "'refer' goes with no group, and only with none"
            yield Fault((*path, "certainty"), message, "certainty")
        if outcome.group is None and not outcome.nearest:
            message = "an outcome that names no group shows the nearest ones"
            yield Fault(path, message, "missing-key", of_key=True)


def _citations_are_known(guide: Guide) -> Iterator[Fault]:
    for path, cite in cites_in(guide):
        unknown = list(known(cite.document, guide.documents, (*path, "document"), "document"))
        yield from unknown
        if not unknown:
            sections = guide.documents[cite.document].sections
            yield from known(cite.section, sections, (*path, "section"), "section")


def _certainties_have_words(guide: Guide) -> Iterator[Fault]:
    path = ("about", "certainties")
    for certainty in {outcome.certainty for outcome in guide.outcomes.values()}:
        if certainty not in guide.about.certainties:
            yield Fault(path, f"{certainty!r} is missing", "missing-key", of_key=True)
    for name in guide.about.certainties:
        allowed = (*get_args(Certainty), *WHERE_ANOTHER_FITS.values())
        yield from known(name, allowed, (*path, name), "certainty", of_key=True)


def _a_reason_of_ones_own_can_be_given(guide: Guide) -> Iterator[Fault]:
    """Check that nobody has to choose a reason that is not the real one."""
    reasons = guide.about.override_reasons
    if reasons and OTHER_REASON not in reasons:
        path = ("about", "override_reasons")
        yield Fault(path, f"{OTHER_REASON!r} is missing", "missing-key", of_key=True)


_NAME_CHECKS: tuple[Check, ...] = (
    _facts_have_questions,
    _facts_and_values_are_known,
    _edges_lead_somewhere,
    _groups_are_known,
    _certainty_agrees_with_group,
    _citations_are_known,
    _certainties_have_words,
    _a_reason_of_ones_own_can_be_given,
    situations_are_known,
    situations_have_words_of_their_own,
    topics_and_terms_have_names_of_their_own,
    *NAMING_CHECKS,
)

_LATER_CHECKS: tuple[Check, ...] = (*STRUCTURE_CHECKS, situations_can_be_so)
