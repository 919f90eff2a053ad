"""What an answer turns on: the facts that make one group right, and those that another one lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.content.model import Clause, Guide
from assistant.engine.fits import ClauseFit, clause_fits
from assistant.engine.walk import Answers
from assistant.training.readings import Groups, Reading

Readings = Mapping[Reading, Groups]
"""Every misreading of a case, with the groups it may lead to."""


@dataclass(frozen=True)
class Deciding:
    """The facts that make a case's group the right one, all of them asked, in the order asked.

    `rule` are those that the group's rule names; `beside` are others that, with that rule still met,
    part it from a group whose rule is met as well or from none. Where no group is named, `rule` is
    the fact with most ways to one.
    """

    rule: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.rule, *self.beside)


def deciding(guide: Guide, facts: Answers, readings: Readings, right: str | None) -> Deciding:
    """Give what makes `right` the group of a case whose asked facts are `facts`."""
    clause = clause_met(guide, facts, right)
    rule = [fact for fact in facts if clause and fact in clause.facts]
    away = [reading.fact for reading, groups in readings.items() if right not in groups]
    rule = rule or sorted(facts, key=lambda fact: -away.count(fact))[:1]
    met = {group for group in guide.groups if group != right and clause_met(guide, facts, group)}
    parting = {
        reading.fact
        for reading, groups in readings.items()
        if groups <= {*met, None} - {right}
        and guide.space.stands({**facts, reading.fact: reading.value})
    }
    return Deciding(tuple(rule), tuple(f for f in facts if f in parting and f not in rule))


def clause_met(guide: Guide, facts: Answers, group: str | None) -> Clause | None:
    """Give the clause of a group's rule that holds, that with most facts asked; None where none does."""
    met = [fit.clause for fit in _fits(guide, facts, group) if fit.holds]
    return max(met, key=lambda clause: len(clause.facts.keys() & facts.keys()), default=None)


def turning(
    guide: Guide, facts: Answers, readings: Readings, groups: tuple[str | None, str | None]
) -> tuple[str, ...]:
    """Give the facts that part the right group from the chosen one.

    These are what the chosen group's rule lacks, where mending that is sure to lead to it, or is
    asked for before anything that the right group turns on; else what the right group turns on.
    """
    right, chosen = groups
    found = deciding(guide, facts, readings, right)
    order = list(facts)
    first = min(order.index(fact) for fact in found.rule)
    leads = {r.fact: right not in ends for r, ends in readings.items() if chosen in ends}
    without = [fact for fact in lacking(guide, facts, chosen) if fact in leads]
    telling = tuple(fact for fact in without if leads[fact] or order.index(fact) < first)
    return telling or found.facts


def lacking(guide: Guide, facts: Answers, group: str | None) -> tuple[str, ...]:
    """Give the facts that keep a group's rule from being met, by the clause nearest to it."""
    fits = _fits(guide, facts, group)
    if not fits or any(fit.holds for fit in fits):
        return ()
    return min(fits, key=lambda fit: (len(fit.against), -_met(fit))).against


def wanted(guide: Guide, group: str | None, reading: Reading) -> bool:
    """Tell whether a fact with this value is what a clause of the group's rule asks for."""
    clauses: Iterable[Clause] = guide.groups[group].use_when if group else ()
    return any(reading.value in clause.facts.get(reading.fact, ()) for clause in clauses)


def _fits(guide: Guide, facts: Answers, group: str | None) -> tuple[ClauseFit, ...]:
    return clause_fits(guide, group, facts) if group else ()


def _met(fit: ClauseFit) -> int:
    return len(fit.clause.facts) - len(fit.against) - len(fit.open_facts)
