"""Whether a group's "use when" holds, with facts that may still be open: yes, no, or not known."""

from dataclasses import dataclass

from assistant.content.facts import Case
from assistant.content.model import Clause, Guide


@dataclass(frozen=True)
class ClauseFit:
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
