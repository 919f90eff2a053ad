"""Why a group is recommended, why the others are not, and what would change it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from assistant.engine.interview import (
    NOT_ASKED,
    OPEN,
    UNSURE,
    Answers,
    Standing,
    outcomes_after,
    outcomes_within_reach,
    replay,
    values_open,
    with_answer,
)
from assistant.engine.verdict import (
    ClauseFit,
    Row,
    Verdict,
    as_if,
    clause_fits,
    fits,
    qualified,
    sentence,
    verdict,
    with_condition,
)
from assistant.guide.facts import Case, FactSpace, Remainder, ends
from assistant.guide.model import (
    WHERE_ANOTHER_FITS,
    WHERE_DECIDED,
    Cite,
    Comparison,
    GroupReason,
    Guide,
    Outcome,
    Slip,
)
from assistant.shapes import Frozen
from assistant.text import listed


class Reason(Frozen):
    """One answer, said as a sentence, with the deciding words it matches in the documents."""

    fact: str
    answer: str
    says: str
    cites: tuple[Cite, ...]


class GroupView(Frozen):
    """One of the seven groups as the answers so far leave it.

    `also_fits` marks a group whose rule is met, and which is not the one recommended. `because`
    says which answer put a group out of reach, or why another goes first; `ruled_out_by` is the fact
    that it is about, and `cites` holds the deciding words that are not met.
    """

    group: str
    possible: bool
    also_fits: bool = False
    because: str = ""
    cites: tuple[Cite, ...] = ()
    ruled_out_by: str = ""


def reasons(guide: Guide, standing: Standing) -> tuple[Reason, ...]:
    """Return each answer that counts as a sentence, in the order asked."""
    return tuple(
        Reason(
            fact,
            answer,
            says(guide, fact, answer),
            () if answer in OPEN else guide.questions[fact].options[answer].cites,
        )
        for fact, answer in (*standing.given.items(), *standing.trail)
    )


def says(guide: Guide, fact: str, answer: str) -> str:
    """Return one answer as a clause: `the goal is adoption`."""
    question = guide.questions[fact]
    if answer == NOT_ASKED:
        return f"not asked: {question.name}"
    if answer == UNSURE:
        return f"you are not sure about “{question.name}”"
    return question.options[answer].says


def groups_now(guide: Guide, standing: Standing) -> tuple[GroupView, ...]:
    """Split the groups, in the guide's order, into those still possible and those ruled out."""
    reached = _groups_of(guide, outcomes_within_reach(guide, standing))
    return tuple(
        GroupView(group, possible=True)
        if group in reached
        else _out_of_reach(guide, standing, group)
        for group in guide.groups
    )


def _groups_of(guide: Guide, outcomes: Iterable[str]) -> set[str | None]:
    """Return the groups that outcomes name; None is among them where one names no group."""
    return {guide.outcomes[outcome].group for outcome in outcomes}


def _out_of_reach(guide: Guide, standing: Standing, group: str) -> GroupView:
    fit = fits(guide, group, standing.known)
    if fit is not False:
        beside = _said_beside(guide, standing, group)
        if beside:
            return GroupView(group, False, fit is True, beside.reason, beside.cites)
        known: dict[str, str] = {}
        ruled_out = GroupView(group, False, fit is True, "no result of this guide names this group")
        for first in reasons(guide, standing):
            known |= {first.fact: first.answer} if first.answer not in OPEN else {}
            ruled_out = replace(ruled_out, because=first.says, ruled_out_by=first.fact)
            then = replay(guide, {}, known)
            if group not in _groups_of(guide, outcomes_within_reach(guide, then)):
                break
        return ruled_out
    clauses = clause_fits(guide, group, standing.known)
    closest = min(clauses, key=lambda fit: (len(fit.against), _slip(guide, standing.known, fit)))
    decides = closest.against[0]
    left = guide.space.values_left(decides, standing.known)
    because = " or ".join(says(guide, decides, value) for value in left)
    return GroupView(group, False, False, because, closest.clause.cites, decides)


def _slip(guide: Guide, known: Case, fit: ClauseFit) -> int:
    """Return how unlikely it is, by the guide's slips, that the first fact against a clause is mistaken."""
    fact = fit.against[0]
    return min(_rank(guide, fact, known.get(fact), value) for value in fit.clause.facts[fact])


def _said_beside(guide: Guide, standing: Standing, group: str) -> GroupReason | None:
    """Return what every outcome within reach says of a group that also fits; None where they differ."""
    every = (guide.outcomes[outcome] for outcome in outcomes_within_reach(guide, standing))
    found = [next((fit for fit in end.also_fits if fit.group == group), None) for end in every]
    return found[0] if all(fit == found[0] for fit in found) else None


def what_each_answer_leaves(
    guide: Guide, answers: Answers, standing: Standing, fact: str
) -> dict[str, tuple[str, ...]]:
    """Return the groups still possible after each answer the question is open to, in order."""
    left = {}
    for value, outcomes in outcomes_after(guide, answers, standing, fact).items():
        reached = _groups_of(guide, outcomes)
        left[value] = tuple(group for group in guide.groups if group in reached)
    return left


def certainty_words(guide: Guide, found: Outcome) -> str:
    """Return how sure the documents are of one outcome, whether a second group fits, who decided."""
    words = guide.about.certainties
    if any(decision.choose for decision in found.decided):
        special = WHERE_DECIDED.get(found.certainty, "")
    else:
        special = WHERE_ANOTHER_FITS.get(found.certainty, "") if found.also_fits else ""
    return words.get(special, words[found.certainty])


def smallest_change(guide: Guide, standing: Standing, group: str | None) -> dict[str, str] | None:
    """Return what the nearest case in which `group` (None: no group) is recommended would need.

    Facts that would be otherwise come first, then those that are not known and would have to be so.
    None where there is no such case. Nearest is the case in which the fewest known facts are
    otherwise, whether or not the interview asks for them there; among several, the one that takes
    the likeliest slips of the guide, and then the one that adds the fewest facts. What is not named
    stays as it is, or may be anything where it is not known.
    """
    known = standing.known
    found = [
        ({fact: value for fact, value in case.items() if known.get(fact, value) != value}, case)
        for way in _ways(guide, group, guide.remainders.at(guide.tree.start, {}), {})
        for case in _beside_known(guide.space, way, known)
    ]
    if not found:
        return None
    nearest = min((changed for changed, _ in found), key=lambda one: _size(guide, known, one))
    then = {**known, **nearest}
    added = (_added(guide, group, then, case) for changed, case in found if changed == nearest)
    fewest = min(added, key=lambda one: _size(guide, known, one))
    order = list(guide.space.values).index
    return {fact: some[fact] for some in (nearest, fewest) for fact in sorted(some, key=order)}


def in_words(guide: Guide, need: Case) -> str:
    """Say what would have to be so: `the goal were adoption and no investigation were open`."""
    return listed(guide.questions[fact].options[value].would for fact, value in need.items())


def _ways(guide: Guide, group: str | None, remaining: Remainder, path: Case) -> Iterator[Case]:
    """Return the facts on each way through the tree, as far as it takes to be sure of the group."""
    groups = _groups_of(guide, ends(remaining))
    if groups == {group}:
        yield path
    elif group in groups and not isinstance(remaining, str):
        for value, follows in remaining.to:
            yield from _ways(guide, group, follows, {**path, remaining.fact: value})


def _beside_known(space: FactSpace, way: Case, known: Case) -> Iterator[Case]:
    """Return a way with what else must change to be true beside it, as few known facts as will do."""
    if space.stands({**known, **way}):
        yield way
        return
    tied = [fact for fact in known if fact not in way and set(space.tied_to(fact)) & set(way)]
    for count in range(1, len(tied) + 1):
        found = [
            {**way, **others}
            for some in combinations(tied, count)
            for values in product(*(space.values[fact] for fact in some))
            if space.stands({**known, **way, **(others := dict(zip(some, values, strict=True)))})
        ]
        if found:
            yield from found
            return


def _added(guide: Guide, group: str | None, known: Case, case: Case) -> dict[str, str]:
    """Return what a case adds to what is known, without facts that the group does not depend on."""

    def is_enough(added: Case) -> bool:
        remaining = guide.remainders.at(guide.tree.start, {**known, **added})
        return _groups_of(guide, ends(remaining)) == {group}

    return _fewest({fact: value for fact, value in case.items() if fact not in known}, is_enough)


def _fewest(facts: Case, is_enough: Callable[[Case], bool]) -> dict[str, str]:
    """Return facts less each, from the first on, that the others are enough without."""
    left = dict(facts)
    for fact in facts:
        fewer = {other: value for other, value in left.items() if other != fact}
        if is_enough(fewer):
            left = fewer
    return left


def _size(guide: Guide, known: Case, facts: Case) -> tuple[int, list[tuple[int, int, int]]]:
    """Return how much it is for facts to be so: how many, and how unlikely a slip each one is."""
    order, values = list(guide.space.values), guide.space.values
    return len(facts), sorted(
        (_rank(guide, fact, known.get(fact), value), order.index(fact), values[fact].index(value))
        for fact, value in facts.items()
    )


def _rank(guide: Guide, fact: str, said: str | None, meant: str) -> int:
    """Return the place of the first slip of the guide that says one value and means another."""
    slips = guide.about.slips
    return next((i for i, one in enumerate(slips) if _covers(one, fact, said, meant)), len(slips))


def _covers(slip: Slip, fact: str, said: str | None, meant: str) -> bool:
    """Tell whether it is this slip to say one value of a fact and mean another."""
    known = not slip.said or said in slip.said
    return fact == slip.fact and known and (not slip.meant or meant in slip.meant)


def comparison(guide: Guide, one: str, other: str) -> Comparison | None:
    """Return what tells two groups apart; None where they are not easily mixed up."""
    found = (c for c in guide.comparisons.values() if {*c.groups} == {one, other})
    return next(found, None)


class RuledOut(Frozen):
    """A group that is not recommended, whatever the open facts are.

    `would_need` has the facts of `smallest_change`; it is empty where nothing would do.
    """

    group: str
    because: str
    would_need: Mapping[str, str]


def also_fits(guide: Guide, said: Verdict) -> tuple[GroupReason, ...]:
    """Return the groups that outcomes name beside their own; one may be there for two reasons."""
    return _beside(guide, said, lambda end: end.also_fits)


def ruled_out(guide: Guide, standing: Standing, said: Verdict, view: GroupView) -> RuledOut:
    """Say of a group that is no longer possible why not, and what would make it the one."""
    too = [fit.reason for fit in also_fits(guide, said) if fit.group == view.group]
    near = [fit.reason for fit in nearest(guide, said) if fit.group == view.group]
    if too:
        because = ["It also fits." if view.also_fits else "It may also fit.", *too]
    else:
        because = [sentence(view.because), *(["It is one of the closest.", *near] if near else [])]
    need = smallest_change(guide, standing, view.group)
    return RuledOut(view.group, " ".join(because), need or {})


def nearest(guide: Guide, said: Verdict) -> tuple[GroupReason, ...]:
    """Return what speaks for and against the groups near a case for which no group is named."""
    return _beside(guide, said, lambda end: end.nearest) if said.status == "refer" else ()


def _beside(
    guide: Guide, said: Verdict, things: Callable[[Outcome], Iterable[GroupReason]]
) -> tuple[GroupReason, ...]:
    return tuple(
        replace(fit, reason=with_condition(fit.reason, only_if))
        for fit, only_if in qualified(guide, said, things).items()
    )


def facts_used(guide: Guide, given: Case) -> tuple[str, ...]:
    """Return the facts of `given` that the interview meets, in the order it meets them.

    It meets a fact where it would ask for it, and where the fact settles or narrows another one
    that it would ask for: `fins=without_report` says that there is no investigation. Every way the facts not
    given may be is followed. Without the facts it never meets, the answer is the same.
    """
    return tuple(dict.fromkeys(_met(guide, guide.tree.start, given, {})))


def _met(guide: Guide, place: str, given: Case, path: Case) -> Iterator[str]:
    """Follow every way the case may be; `path` has what was met or supposed on this one."""
    if place in guide.outcomes:
        return
    node = guide.tree.nodes[place]
    if len(guide.space.values_left(node.ask, path)) > 1:
        yield from _settling(guide, node.ask, given, path)
    for value in guide.space.values_left(node.ask, {**given, **path}):
        yield from _met(guide, node.to[value], given, {**path, node.ask: value})


def _settling(guide: Guide, fact: str, given: Case, path: Case) -> Iterator[str]:
    """Return the fact itself if it is given, or else as few as leave it the values it has left."""
    if fact in given:
        yield fact
        return
    left = guide.space.values_left(fact, {**given, **path})
    last_first = dict(reversed([*given.items()]))
    yield from reversed(
        _fewest(last_first, lambda some: guide.space.values_left(fact, {**some, **path}) == left)
    )


NONE_FOR_SOME = "In some cases, the documents name no group: ask your supervisor."
"""A warning of our own, since lists of possible groups cannot say that there may be none."""


class OpenFact(Frozen):
    """A fact not given that makes a difference; `then` has the groups possible after each value."""

    fact: str
    question: str
    where_to_look: str
    then: Mapping[str, tuple[str, ...]]


FEW_CASES = 9  # as many as are told apart by a digit


def cases_to_assume(guide: Guide, standing: Standing, result: Verdict) -> tuple[Row, ...]:
    """Return what can be assumed, one value a fact, with the outcomes that are then within reach.

    Together the rows have every case that is open. Where these are many, each is a value of the fact
    that tells most.
    """
    cases = result.cases
    if len(cases) > FEW_CASES:
        fact = open_first(guide, standing, result).fact
        cases = [{fact: value} for value in values_open(guide, standing, fact)]
    return tuple(as_if(guide, standing, case) for case in cases)


class Answer(Frozen):
    """What follows from the facts given.

    Each group is in `possible` or in `ruled_out`; those in `also_fits` are ruled out. `reasons` are
    the facts given that the interview meets, in its order, `set_aside` those it never asks for.
    Words that hold in only some of the cases still possible begin by saying in which.
    """

    standing: Standing
    verdict: Verdict
    also_fits: tuple[GroupReason, ...]
    warnings: tuple[str, ...]
    reasons: tuple[Reason, ...]
    ruled_out: tuple[RuledOut, ...]
    possible: tuple[str, ...]
    open: tuple[OpenFact, ...]
    set_aside: tuple[str, ...]


def answer(guide: Guide, given: Answers) -> Answer:
    """Return what the interview says if `given` is so and whatever it asks is answered "not sure".

    Facts given as `UNSURE` count as not given; the others must be able to be true together.
    """
    known = {fact: given[fact] for fact in guide.space.values if given.get(fact, UNSURE) != UNSURE}
    standing = replay(guide, dict.fromkeys(guide.space.values, UNSURE), known)
    said = verdict(guide, standing)
    views = groups_now(guide, standing)
    possible = tuple(view.group for view in views if view.possible)
    used = facts_used(guide, known)
    reason_of = {reason.fact: reason for reason in reasons(guide, standing)}
    return Answer(
        standing=standing,
        verdict=said,
        also_fits=tuple(fit for fit in also_fits(guide, said) if fit.group not in possible),
        warnings=_warnings(guide, said),
        reasons=tuple(reason_of[fact] for fact in used),
        ruled_out=tuple(ruled_out(guide, standing, said, v) for v in views if not v.possible),
        possible=possible,
        open=tuple(_open(guide, standing, fact) for fact in said.open_facts),
        set_aside=tuple(fact for fact in known if fact not in used),
    )


def open_first(guide: Guide, standing: Standing, result: Verdict) -> OpenFact:
    """Return the open fact that leaves the fewest groups possible, taken over its values."""
    some = (_open(guide, standing, fact) for fact in result.open_facts)
    return min(some, key=lambda fact: sum(map(len, fact.then.values())) / len(fact.then))


def _open(guide: Guide, standing: Standing, fact: str) -> OpenFact:
    question = guide.questions[fact]
    then = what_each_answer_leaves(guide, dict(standing.trail), standing, fact)
    return OpenFact(fact, question.ask, question.where_to_look, then)


def _warnings(guide: Guide, said: Verdict) -> tuple[str, ...]:
    named = _groups_of(guide, said.outcomes)
    of_our_own = (NONE_FOR_SOME,) if None in named and len(named) > 1 else ()
    found = qualified(guide, said, lambda end: end.warnings)
    return (*of_our_own, *(f"{when}: {words}" if when else words for words, when in found.items()))


def contradictions(guide: Guide, known: Case) -> Iterator[str]:
    """Say of each set of facts that cannot be true together which they are, and why not."""
    rest = dict(known)
    while not guide.space.stands(rest):
        clash = _fewest(rest, lambda some: not guide.space.stands(some))
        yield _contradiction(guide, clash)
        rest = {fact: value for fact, value in rest.items() if fact not in clash}


def _contradiction(guide: Guide, clash: Case) -> str:
    words = " and ".join(f"{fact}={value}" for fact, value in clash.items())
    both = ", and ".join(says(guide, fact, value) for fact, value in clash.items())
    fact = next(iter(clash))
    others = {other: value for other, value in clash.items() if other != fact}
    condition = " and ".join(says(guide, other, value) for other, value in others.items())
    left = guide.space.values_left(fact, others)
    then = " or ".join(says(guide, fact, value) for value in left)
    return f"{words} cannot both be true: {both}. If {condition}, then {then}."


class Change(Frozen):
    """The effect of one new answer: how many others it sets aside and brings back, and the verdict.

    There is no verdict where questions are still open then.
    """

    sets_aside: int
    brings_back: int
    after: Verdict | None


def what_follows(guide: Guide, answers: Answers, standing: Standing, fact: str, new: str) -> Change:
    """Return what answering `fact` with `new` instead would do."""
    then = replay(guide, with_answer(answers, fact, new), standing.given)
    before, after = (dict(side.trail).keys() - {fact} for side in (standing, then))
    result = None if then.asking else verdict(guide, then)
    return Change(len(before - after), len(after - before), result)
