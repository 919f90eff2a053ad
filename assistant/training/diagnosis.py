"""Which misunderstanding a trainee's answers show: a rule gone by, or a fact misread."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product

from assistant.engine.interview import outcomes_within_reach, replay
from assistant.guide.earlier import carried, earlier_guide
from assistant.shapes import Frozen
from assistant.text import counted
from assistant.training.attempts import Attempt, judged_here
from assistant.training.judging import (
    RULE,
    Answer,
    Misreading,
    Misreadings,
    acceptable_answers,
)
from assistant.training.syllabus import Syllabus

RECENT = 40  # how many of a trainee's latest answers count; what was unlearned fades
ENOUGH = (
    2  # wrong answers that a misunderstanding must explain before it is named: one may be a slip
)
SURE, MAYBE, AGAINST = 2, 1, -2  # weigh an answer that it leads to, may lead to, forbids


class Answered(Frozen):
    """One picked group beside where each misunderstanding would have led; acceptable is right."""

    right: Answer
    chosen: Answer
    expected: Misreadings

    @property
    def wrong(self) -> bool:
        return self.chosen != self.right

    def weight(self, misreading: Misreading) -> int:
        """Weigh what the answer says of a misunderstanding; 0 says nothing."""
        groups = self.expected.get(misreading, frozenset({self.right}))
        if self.wrong and self.chosen in groups:
            return SURE if len(groups) == 1 else MAYBE
        return 0 if groups & {self.right, self.chosen} else AGAINST


class Suspect(Frozen):
    """A misunderstanding that may be there: how many answers it explains, and how likely it is."""

    misreading: Misreading
    explains: int
    weight: int


class Belief(Frozen):
    """A misunderstanding that is named: `fits` of the `of` wrong answers fit it."""

    misreading: Misreading
    name: str
    fits: int
    of: int

    def __str__(self) -> str:
        return f"{self.name} ({self.fits} of {counted(self.of, 'wrong answer')} fit)"


class Diagnosis(Frozen):
    """A trainee's latest answers, and every misunderstanding that had a story to show in."""

    answers: tuple[Answered, ...] = ()
    shown: frozenset[Misreading] = frozenset()

    def after(self, syllabus: Syllabus, attempt: Attempt) -> "Diagnosis":
        """Return the diagnosis with one more attempt; learning, and other rules, say nothing."""
        if not attempt.picked or not judged_here(syllabus, attempt):
            return self
        answered = answered_in(syllabus, attempt)
        bearing = {r for r, groups in answered.expected.items() if answered.right not in groups}
        return Diagnosis((*self.answers, answered)[-RECENT:], self.shown | bearing)

    def suspects(
        self, explained: Sequence[Misreading] = (), least: int = MAYBE
    ) -> tuple[Suspect, ...]:
        """List what explains anything and weighs enough, the likeliest first.

        Wrong answers that are `explained` already count for nothing else.
        """
        open_ones = [a for a in self.answers if not any(a.weight(r) > 0 for r in explained)]
        bearing = dict.fromkeys(r for answer in open_ones for r in answer.expected)
        weights = {r: [answer.weight(r) for answer in open_ones] for r in bearing}
        found = (Suspect(r, sum(w > 0 for w in each), sum(each)) for r, each in weights.items())
        likely = [one for one in found if one.explains and one.weight >= least]
        return tuple(sorted(likely, key=lambda one: (-one.weight, -one.explains)))

    def forks(self) -> tuple[str, ...]:
        """List the facts that may be misread, the likeliest first."""
        facts = (one.misreading.fact for one in self.suspects())
        return tuple(dict.fromkeys(fact for fact in facts if fact != RULE))

    def found(self, syllabus: Syllabus) -> tuple[Belief, ...]:
        """Return the misunderstandings to name, that which explains most first.

        Each explains enough, and half of the wrong answers that those before it leave, and has no rival.
        """
        named: list[Belief] = []
        wrong = [answer for answer in self.answers if answer.wrong]
        while True:
            explained = [one.misreading for one in named]
            left = [a for a in wrong if not any(a.weight(r) > 0 for r in explained)]
            first, *others = rivals(syllabus, self.suspects(explained)) or (None,)
            if first is None or others or first.explains < max(ENOUGH, len(left) / 2):
                return tuple(named)
            fits = sum(answer.weight(first.misreading) > 0 for answer in wrong)
            name = syllabus.name_of(first.misreading)
            named.append(Belief(first.misreading, name, fits, len(wrong)))


def answered_in(syllabus: Syllabus, attempt: Attempt) -> Answered:
    """Return what an attempt says, an acceptable answer as the right one."""
    right = syllabus.right(attempt.outcome)
    chosen = attempt.chosen if attempt.grade == "wrong" else right
    return Answered(right, chosen, syllabus.expected(attempt.story, attempt.facts))


def rivals(syllabus: Syllabus, suspects: Sequence[Suspect]) -> tuple[Suspect, ...]:
    """List the likeliest suspect, and those that a story tells from it and that are nearly as likely."""
    if not suspects:
        return ()
    first = suspects[0]
    same = syllabus.alike.get(first.misreading, (first.misreading,))
    near = (s for s in suspects if s.misreading not in same and s.weight + SURE > first.weight)
    return (first, *near)


def diagnosed(syllabus: Syllabus, attempts: Iterable[Attempt]) -> Diagnosis:
    """Fold one trainee's attempts, in the order made."""
    return reduce(lambda so_far, attempt: so_far.after(syllabus, attempt), attempts, Diagnosis())


def counted_now(syllabus: Syllabus, attempt: Attempt) -> Attempt:
    """Return an attempt with the grade that it gets today: what is acceptable now was so before.

    One of an earlier guide is acceptable where it is right or acceptable however its facts are read.
    """
    if attempt.grade != "wrong" or not attempt.picked:
        return attempt
    guide = syllabus.guide
    if judged_here(syllabus, attempt):
        outcomes: Iterable[str] = {attempt.outcome} & guide.outcomes.keys()
        beside = syllabus.accepts(attempt.story, attempt.facts)
    else:
        earlier, beside = earlier_guide(syllabus.loaded, attempt.meaning_hash), frozenset()
        values = carried(guide, earlier, attempt.facts) if earlier else {}
        ways = (dict(zip(values, way, strict=True)) for way in product(*values.values()))
        standing = [replay(guide, way) for way in ways if values and guide.space.stands(way)]
        outcomes = {end for one in standing for end in outcomes_within_reach(guide, one)}
    fine = [
        acceptable_answers(guide, end, beside) | {guide.outcomes[end].group} for end in outcomes
    ]
    if fine and all(attempt.chosen in answers for answers in fine):
        return replace(attempt, grade="acceptable", misread=None, taken=None)
    return attempt


def by_belief(
    syllabus: Syllabus, wrong: Iterable[Attempt], beliefs: Mapping[str, Sequence[Belief]]
) -> dict[str, list[Attempt]]:
    """Return the wrong answers by the name of a belief that they fit: their trainee's own first."""
    everyone = Counter(one for held in beliefs.values() for one in held)
    often = sorted(
        {one.misreading: one for one in everyone}.values(),
        key=lambda one: -sum(o.misreading == one.misreading for o in everyone),
    )
    found: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in wrong:
        if not judged_here(syllabus, attempt):
            continue
        answered = answered_in(syllabus, attempt)
        for one in (*beliefs[attempt.alias], *often):
            if answered.weight(one.misreading) > 0:
                found[one.name].append(attempt)
                break
    return found


def rule_behind(syllabus: Syllabus, wrong: Iterable[Attempt]) -> str:
    """Return the rule that all these wrong answers fit, if there is one alone, as a guess to look into."""
    told = [answered_in(syllabus, one) for one in wrong if judged_here(syllabus, one)]
    rules = {r for one in told for r in one.expected if r.fact == RULE}
    names = {syllabus.name_of(r) for r in rules if all(one.weight(r) > 0 for one in told)}
    return names.pop() if len(names) == 1 else ""


def attribute_to(syllabus: Syllabus, found: Sequence[Belief], attempt: Attempt) -> Attempt:
    """Return an attempt with the first finding that explains it; an acceptable one misreads nothing."""
    if attempt.grade == "acceptable":
        return replace(attempt, misread=None, taken=None)
    if attempt.grade != "wrong" or not attempt.picked or not judged_here(syllabus, attempt):
        return attempt
    answered = answered_in(syllabus, attempt)
    for finding in found:
        if answered.weight(finding.misreading) > 0:
            return replace(attempt, misread=finding.misreading.fact, taken=finding.misreading.value)
    return attempt
