"""An answer held against the guide: right, acceptable or wrong, and which fact was misread."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Literal, NamedTuple

from assistant.engine.explain import smallest_change
from assistant.engine.interview import NOTHING, Answers, outcomes_within_reach, replay
from assistant.engine.verdict import ClauseFit, clause_fits, group_name
from assistant.guide.model import Clause, Guide
from assistant.shapes import Frozen
from assistant.training.stories import Story

Groups = frozenset[str | None]  # groups that may be chosen; None is "ask the supervisor"


Key = tuple[tuple[str, str], ...]  # facts as something to look up by


RULE = "rule"  # stands for a fact where a trainee goes by a rule of the content


class Misreading(NamedTuple):
    """One fact taken for one of its values, whatever the story says; or `RULE` and the rule's id."""

    fact: str
    value: str


def key_of(facts: Answers) -> Key:
    """Return facts as something to look up by."""
    return tuple(facts.items())


def asked(guide: Guide, facts: Answers) -> Answers:
    """Return those of a case's facts that the interview asks for, in the order asked."""
    return MappingProxyType(dict(replay(guide, facts).trail))


def misreadings_of(guide: Guide, facts: Answers) -> Mapping[Misreading, Groups]:
    """Return every misreading of one fact that is asked, with the groups it may lead to.

    These are more than one where it opens a question whose answer `facts` does not hold.
    """
    found = {}
    for fact, said in asked(guide, facts).items():
        for value in (value for value in guide.questions[fact].options if value != said):
            reached = outcomes_within_reach(guide, replay(guide, {**facts, fact: value}))
            groups = frozenset(guide.outcomes[outcome].group for outcome in reached)
            found[Misreading(fact, value)] = groups
    return MappingProxyType(found)


Misreadings = Mapping[Misreading, Groups]  # of a case, with the groups each may lead to


def deciding(
    guide: Guide, facts: Answers, misreadings: Misreadings, right: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the facts that make `right` the group of a case, of the `facts` asked, in their order.

    First those that the group's rule names, or the one with most ways to a group where none is
    named; then others that, with that rule still met, part it from a group whose rule is met as
    well or from none.
    """
    clause = clause_met(guide, facts, right)
    rule = [fact for fact in facts if clause and fact in clause.facts]
    away = [misreading.fact for misreading, groups in misreadings.items() if right not in groups]
    rule = rule or sorted(facts, key=lambda fact: -away.count(fact))[:1]
    met = {group for group in guide.groups if group != right and clause_met(guide, facts, group)}
    parting = {
        misreading.fact
        for misreading, groups in misreadings.items()
        if groups <= {*met, None} - {right}
        and guide.space.stands({**facts, misreading.fact: misreading.value})
    }
    return tuple(rule), tuple(f for f in facts if f in parting and f not in rule)


def clause_met(guide: Guide, facts: Answers, group: str | None) -> Clause | None:
    """Return the clause of a group's rule that holds, that with most facts asked; None where none does."""
    met = [fit.clause for fit in _fits(guide, facts, group) if fit.holds]
    return max(met, key=lambda clause: len(clause.facts.keys() & facts.keys()), default=None)


def deciding_facts_between(
    guide: Guide, facts: Answers, misreadings: Misreadings, groups: tuple[str | None, str | None]
) -> tuple[str, ...]:
    """Return the facts that part the right group from the chosen one.

    These are what the chosen group's rule lacks, where mending that is sure to lead to it, or is
    asked for before anything that decides the right group; else what decides the right group.
    """
    right, chosen = groups
    rule, beside = deciding(guide, facts, misreadings, right)
    order = list(facts)
    first = min(order.index(fact) for fact in rule)
    leads = {r.fact: right not in ends for r, ends in misreadings.items() if chosen in ends}
    without = [fact for fact in lacking(guide, facts, chosen) if fact in leads]
    telling = tuple(fact for fact in without if leads[fact] or order.index(fact) < first)
    return telling or (*rule, *beside)


def lacking(guide: Guide, facts: Answers, group: str | None) -> tuple[str, ...]:
    """Return the facts that keep a group's rule from being met, by the clause nearest to it."""
    fits = _fits(guide, facts, group)
    if not fits or any(fit.holds for fit in fits):
        return ()

    def distance(fit: ClauseFit) -> tuple[int, int]:
        met = len(fit.clause.facts) - len(fit.against) - len(fit.open_facts)
        return len(fit.against), -met

    return min(fits, key=distance).against


def _fits(guide: Guide, facts: Answers, group: str | None) -> tuple[ClauseFit, ...]:
    return clause_fits(guide, group, facts) if group else ()


Answer = str | None  # a group's id, or None for "ask the supervisor"

SUPERVISOR = "Ask the supervisor"  # stands for a group's name where a story has none

Grade = Literal["right", "acceptable", "wrong"]
"""`acceptable`: the documents support that group too, and the guide prefers another."""


def answer_name(guide: Guide, answer: Answer) -> str:
    """Return the name of a group picked, or that the supervisor decides."""
    return group_name(guide, answer, none=SUPERVISOR)


class Misread(Frozen):
    """A fork taken the other way: what the story says of a fact, and what it was taken for."""

    fact: str
    said: str
    taken: str


class Judgement(Frozen):
    """What is to be said of one answer.

    `facts` are those the interview asks for, in order. `misread` is set for any answer but the right
    one, where the guide has a case for which it would be right; `would` then holds what such a case
    needs, the misread fact first. `pair` has the right group and the chosen one, where both are groups.
    `note` is the story's own, and `trap` says what is wrong with the rule that leads to a wrong answer.
    """

    grade: Grade
    right: Answer
    chosen: Answer
    outcome: str
    facts: Answers
    misread: Misread | None = None
    would: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    trap: str = ""

    @property
    def pair(self) -> tuple[str, str] | None:
        if self.right is None or self.chosen is None or self.right == self.chosen:
            return None
        return self.right, self.chosen


def judge(guide: Guide, story: Story, chosen: Answer, rather: Sequence[str] = ()) -> Judgement:
    """Judge the group chosen for a story.

    The fork blamed is one of those that part the right group from the chosen one. Among several,
    those that are sure to lead to the answer go first, then facts in the order of `rather` (what
    this trainee misreads elsewhere), then the question nearest to the end. Where none explains the
    answer alone, it is that one of the fewest that do together.
    """
    facts = asked(guide, story.facts)
    grade = grade_of(guide, story.outcome, chosen, story.acceptable)
    right = guide.outcomes[story.outcome].group
    if grade == "right":
        return Judgement(grade, right, chosen, story.outcome, facts, note=story.note)
    would = _would(guide, facts, (right, chosen), rather)
    misread = next((Misread(fact, facts[fact], value) for fact, value in would.items()), None)
    trap = story.traps.get(chosen, "") if grade == "wrong" else ""
    return Judgement(grade, right, chosen, story.outcome, facts, misread, would, story.note, trap)


def grade_of(guide: Guide, outcome: str, chosen: Answer, beside: Groups = frozenset()) -> Grade:
    """Grade an answer to a case with this outcome; `beside` are answers that the story itself accepts."""
    if chosen == guide.outcomes[outcome].group:
        return "right"
    return "acceptable" if chosen in acceptable_answers(guide, outcome, beside) else "wrong"


def acceptable_answers(guide: Guide, outcome: str, beside: Groups = frozenset()) -> Groups:
    """Return the answers that count beside the right one.

    A judgment accepts each group that also fits; a judgment or a warning accepts asking the
    supervisor; `beside` are those that the story itself accepts.
    """
    found = guide.outcomes[outcome]
    judged = found.certainty == "judgement"
    also = {fit.group for fit in found.also_fits} if judged else set()
    asking = {None} if judged or found.warnings else set()
    return frozenset({*also, *asking, *beside} - {found.group})


def explanations(
    misreadings: Misreadings, chosen: Answer, rather: Sequence[str] = ()
) -> list[Misreading]:
    """List the misreadings of one fact that may lead to an answer, the likeliest first."""
    facts = list(dict.fromkeys(misreading.fact for misreading in misreadings))
    found = [misreading for misreading, groups in misreadings.items() if chosen in groups]

    def place(misreading: Misreading) -> tuple[bool, int, int]:
        before = rather.index(misreading.fact) if misreading.fact in rather else len(rather)
        return len(misreadings[misreading]) > 1, before, -facts.index(misreading.fact)

    return sorted(found, key=place)


def _would(
    guide: Guide, facts: Answers, groups: tuple[Answer, Answer], rather: Sequence[str]
) -> Mapping[str, str]:
    """Return what would have to be so for the chosen group to be right, the misread fact first."""
    misreadings = misreadings_of(guide, facts)
    turns = deciding_facts_between(guide, facts, misreadings, groups)
    telling = {r: ends for r, ends in misreadings.items() if r.fact in turns}
    for some in (telling, misreadings):
        alone = _alone(guide, facts, some, groups[1], rather)
        if found := alone or _together(guide, facts, some, groups[1]):
            return found
    return {}


def _alone(
    guide: Guide, facts: Answers, misreadings: Misreadings, chosen: Answer, rather: Sequence[str]
) -> Mapping[str, str]:
    """Return what the likeliest misreading of one fact makes of a case, with all that it leaves open.

    Of several values of that fact, it is the one that the chosen group's own rule asks for.
    """
    found = explanations(misreadings, chosen, rather)
    if not found:
        return {}
    first, clauses = found[0], guide.groups[chosen].use_when if chosen else ()
    same = [r for r in found if (r.fact, misreadings[r]) == (first.fact, misreadings[first])]
    asked_for = (r for r in same if any(r.value in c.facts.get(r.fact, ()) for c in clauses))
    return _needed(guide, facts, chosen, next(asked_for, first))


def _together(
    guide: Guide, facts: Answers, misreadings: Misreadings, chosen: Answer
) -> Mapping[str, str]:
    """Return the fewest changes, one of them in `misreadings`, that lead to the chosen group."""
    order = list(facts)
    needed = [_needed(guide, facts, chosen, misreading) for misreading in misreadings]
    return min(
        filter(None, needed),
        key=lambda need: (len(need), -order.index(next(iter(need)))),
        default={},
    )


def _needed(guide: Guide, facts: Answers, chosen: Answer, taken: Misreading) -> Mapping[str, str]:
    """Return a misreading with what else would have to be so; empty where nothing beside it would do."""
    known = {taken.fact: taken.value}
    for fact, value in facts.items():
        if guide.space.stands({fact: value, **known}):
            known = {fact: value, **known}
    standing = replay(guide, NOTHING, known)
    need = smallest_change(guide, standing, chosen)
    if need is None or taken.fact in need:
        return {}
    return {taken.fact: taken.value, **need}
