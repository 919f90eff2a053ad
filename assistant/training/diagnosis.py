"""Which question a trainee misreads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

from assistant.training.attempts import Attempt, in_order, judged_here
from assistant.training.judging import Answer, Groups, Misreading, Syllabus

RECENT = 40  # how many of a trainee's latest answers count; what was unlearned fades
ENOUGH = 2  # answers that one misreading must explain before it is named: one may be a slip

Shown = tuple[tuple[int, int], ...]  # of the latest answers that speak of it: number and weight
SURE, MAYBE, AGAINST = 2, 1, -2  # weigh an answer that a misreading leads to, may lead to, forbids


@dataclass(frozen=True)
class Suspect:
    """A fork that may be misread: what for, and how many answers that explains.

    `weight` is the higher the likelier; answers that it only may explain weigh less.
    """

    fact: str
    taken: str
    explains: int
    weight: int

    @property
    def misreading(self) -> Misreading:
        return Misreading(self.fact, self.taken)


@dataclass(frozen=True)
class Diagnosis:
    """What every misreading has for and against it, as a value that grows by one attempt at a time.

    `amiss` has the numbers of the latest answers that were not right.
    """

    shown: Mapping[Misreading, Shown] = field(default_factory=dict)
    answers: int = 0
    amiss: tuple[int, ...] = ()

    def after(self, syllabus: Syllabus, attempt: Attempt) -> "Diagnosis":
        """Return the diagnosis with one more attempt; learning, and other rules, say nothing."""
        if not attempt.picked or not judged_here(syllabus, attempt):
            return self
        right = syllabus.right(attempt.outcome)
        shown = dict(self.shown)
        for misreading, groups in syllabus.misreadings(attempt.facts).items():
            if weight := _weight(groups, right, attempt.chosen):
                shown[misreading] = (*shown.get(misreading, ()), (self.answers, weight))[-RECENT:]
        missed = () if attempt.chosen == right else (self.answers,)
        amiss = (*self.amiss, *missed)[-RECENT:]
        return Diagnosis(MappingProxyType(shown), self.answers + 1, amiss)

    def suspects(self) -> tuple[Suspect, ...]:
        """List the misreadings that explain anything and are not outweighed, the likeliest first."""
        found = []
        for misreading, shown in self.shown.items():
            latest = [weight for number, weight in shown if number >= self.answers - RECENT]
            found.append(Suspect(*misreading, sum(weight > 0 for weight in latest), sum(latest)))
        likely = [suspect for suspect in found if suspect.explains and suspect.weight > 0]
        return tuple(sorted(likely, key=lambda s: (-s.weight, -s.explains)))

    def forks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(suspect.fact for suspect in self.suspects()))

    def rivals(self, syllabus: Syllabus) -> tuple[Suspect, ...]:
        """List the likeliest, and those of other forks, if answers tell them from it, nearly as likely."""
        suspects = self.suspects()
        if not suspects:
            return ()
        first = suspects[0]
        same = {first.fact, *(misreading.fact for misreading in syllabus.alike[first.misreading])}
        near = (s for s in suspects if s.fact not in same and s.weight + SURE > first.weight)
        return (first, *near)

    def found(self, syllabus: Syllabus) -> Suspect | None:
        """Return the misreading to name: it explains enough, half of what went wrong, and has no rival."""
        rivals = self.rivals(syllabus)
        if len(rivals) != 1:
            return None
        amiss = sum(number >= self.answers - RECENT for number in self.amiss)
        first = rivals[0]
        return first if first.explains >= max(ENOUGH, amiss / 2) else None


def _weight(groups: Groups, right: Answer, chosen: Answer) -> int:
    """Weigh an answer to a story that a misreading would lead to one of `groups`; 0 says nothing."""
    if chosen != right and chosen in groups:
        return SURE if len(groups) == 1 else MAYBE
    return 0 if groups & {right, chosen} else AGAINST


MANY = 4  # answers that one question must have to stand out by count alone

HALF = Fraction(1, 2)  # the share of misread answers that a question must have to be named


@dataclass(frozen=True)
class MisreadQuestion:
    """A question that stands out: `times` of the `of` answers that were misread are put down to it.

    `taken` is the value that the story is taken for, None where it is now one and now another.
    """

    fact: str
    taken: str | None
    times: int
    of: int


def attributed(syllabus: Syllabus, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return everyone's attempts in order, with what each trainee is found to misread where it explains."""
    log = in_order(attempts)
    mine: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in log:
        mine[attempt.alias].append(attempt)
    found = {alias: diagnosed(syllabus, made).found(syllabus) for alias, made in mine.items()}
    return [attribute_to(syllabus, found[attempt.alias], attempt) for attempt in log]


def diagnosed(syllabus: Syllabus, attempts: Iterable[Attempt]) -> Diagnosis:
    """Fold one trainee's attempts, in the order made."""
    return reduce(lambda so_far, attempt: so_far.after(syllabus, attempt), attempts, Diagnosis())


def attribute_to(syllabus: Syllabus, found: Suspect | None, attempt: Attempt) -> Attempt:
    """Return an attempt with the misreading that was found, where that leads to the answer given."""
    if found is None or not attempt.picked or attempt.misread is None:
        return attempt
    if not judged_here(syllabus, attempt):
        return attempt
    if attempt.chosen not in syllabus.misreadings(attempt.facts).get(found.misreading, ()):
        return attempt
    return replace(attempt, misread=found.fact, taken=found.taken)


def misread_question(found: Suspect | None, attempts: Sequence[Attempt]) -> MisreadQuestion | None:
    """Name the question that stands out among one trainee's attempts; `found` is the misreading found."""
    counts = Counter(attempt.misread for attempt in attempts if attempt.misread)
    if found and counts[found.fact] >= counts.total() * HALF and counts[found.fact]:
        return MisreadQuestion(found.fact, found.taken, counts[found.fact], counts.total())
    fact, times = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if times < MANY or times <= counts.total() * HALF:
        return None
    taken = {attempt.taken for attempt in attempts if attempt.misread == fact}
    return MisreadQuestion(fact, taken.pop() if len(taken) == 1 else None, times, counts.total())
