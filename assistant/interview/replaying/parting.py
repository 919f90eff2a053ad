"""Finds where two guides part for the same answers, and names the rule in the guide's own words."""

from collections.abc import Iterator, Mapping

from assistant.content.model import Group, Guide
from assistant.engine.walk import UNSURE, Branch, replay

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
