"""Earlier guides: what they called things, what their answers mean today, and what changed since."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from itertools import product, zip_longest
from math import prod
from pathlib import Path
from typing import Any

from assistant.errors import GuideError
from assistant.guide.facts import Case, FactSpace
from assistant.guide.loading import EARLIER, LoadedGuide, new_problems, parsed, read_files
from assistant.guide.model import AtLeastOne, Guide, Id, Shape, Text
from assistant.guide.problems import GuideFault, GuideProblemsError, KeyPath
from assistant.shapes import Frozen

Values = Mapping[str, tuple[str, ...]]  # facts, and the values that each may have


class EarlierOption(Shape, kw_only=True):
    """An answer as it was worded; `means` has what today's facts may then be, where that differs."""

    label: Text
    short: Text
    means: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)


class EarlierQuestion(Shape, kw_only=True):
    """A question as it was asked."""

    name: Text
    ask: Text
    options: Mapping[Id, EarlierOption]


class EarlierGuide(Shape, kw_only=True):
    """The words of a guide that no longer decides, by the hash of its meaning.

    `outcomes` has what was so of every case that ended in one, `stories` the first words of those
    written by hand.
    """

    version: Text
    meaning_hash: Text
    questions: Mapping[Id, EarlierQuestion]
    outcomes: Mapping[Id, Text]
    stories: Mapping[Id, Text]

    def marked(self, words: str) -> str:
        return f"{words} (guide {self.version})"

    def in_short(self, answers: Mapping[str, str]) -> str:
        """Return answers in few words: `Case plan: developed; Goal: adoption`."""
        said = []
        for fact, value in answers.items():
            question, option = self.questions.get(fact), self.option(fact, value)
            name = question.name if question else fact
            said.append(f"{name}: {option.short if option else value.replace('_', ' ')}")
        return "; ".join(said)

    def option(self, fact: str, value: str) -> EarlierOption | None:
        """Return an answer as it was worded, None where there was none such."""
        question = self.questions.get(fact)
        return question.options.get(value) if question else None


def earlier_guides(loaded: LoadedGuide) -> Mapping[str, EarlierGuide]:
    """Return the earlier guides that came with a guide, read when first asked for; none if unusable."""
    return _earlier_in(loaded.folder)


def earlier_guide(loaded: LoadedGuide, meaning_hash: str) -> EarlierGuide | None:
    """Return the earlier guide that something was made under; None for today's and for one unknown."""
    if meaning_hash == loaded.meaning_hash:
        return None
    return earlier_guides(loaded).get(meaning_hash)


@cache
def _earlier_in(folder: Path) -> Mapping[str, EarlierGuide]:
    # What is old is then told by its ids, as where no earlier guide is known; the check names mistakes.
    with suppress(GuideError):
        return {one.meaning_hash: one for one in read_earlier(folder)}
    return {}


def read_earlier(folder: Path, guide: Guide | None = None) -> list[EarlierGuide]:
    """Return the earlier guides told of beside the guide in `folder`.

    Raises `GuideProblemsError` where a file has mistakes, among them a fact or value that today's
    `guide`, where it is given, does not have; `GuideError` where a file cannot be read.
    """
    # Pydantic and YAML are loaded only for what is old.
    from assistant.guide.reading import shaped  # noqa: PLC0415

    place = folder / EARLIER
    if not place.is_dir():
        return []
    sections = {path.stem: path.stem for path in sorted(place.glob("*.yaml"))}
    source = parsed(*read_files(place, sections), sections)
    found: list[EarlierGuide] = []
    faults: list[GuideFault] = []
    for root in sections:
        one, wrong = shaped(source.data.get(root, {}), EarlierGuide)
        found += [one] if one else []
        wrong = list(_unknown(one, guide)) if one and guide else wrong
        faults += [replace(fault, path=(root, *fault.path)) for fault in wrong]
    if problems := [*source.problems, *new_problems(source, faults)]:
        named = [replace(problem, file=f"{EARLIER}/{problem.file}") for problem in problems]
        raise GuideProblemsError(str(folder), named, what="What is kept of earlier guides")
    return found


def _unknown(earlier: EarlierGuide, guide: Guide) -> Iterator[GuideFault]:
    """Return a fault for each answer that today's guide lacks, itself or what it is said to mean."""
    from assistant.guide.checks import known  # noqa: PLC0415 - only for who keeps the guide

    for fact, question in earlier.questions.items():
        for value, option in question.options.items():
            path: KeyPath = ("questions", fact, "options", value)
            if not option.means and value not in guide.space.values.get(fact, ()):
                message = f"today's guide has no {fact}={value}, and 'means' is missing"
                yield GuideFault(path, message, "missing-key", of_key=True)
            for now, values in option.means.items():
                here = (*path, "means", now)
                yield from known(now, guide.questions, here, "fact", of_key=True)
                if now in guide.questions:
                    for index, name in enumerate(values):
                        options = guide.questions[now].options
                        yield from known(name, options, (*here, index), f"value of {now!r}")


def meant(earlier: EarlierGuide | None, fact: str, value: str) -> Values:
    """Return what one old answer means: the values that each of today's facts may have beside it."""
    option = earlier.option(fact, value) if earlier else None
    return option.means if option and option.means else {fact: (value,)}


def carried(guide: Guide, earlier: EarlierGuide | None, answers: Mapping[str, str]) -> Values:
    """Return the values that today's facts may have beside old answers, less those that any may.

    An answer that today's guide does not have, or that others rule out, narrows nothing; a fact that
    can have one value alone narrows those that it cannot be true together with.
    """
    left: dict[str, tuple[str, ...]] = {}
    for fact, value in answers.items():
        for now, values in meant(earlier, fact, value).items():
            known = guide.space.values.get(now, ())
            if not set(values).isdisjoint(known):
                left[now] = tuple(name for name in left.get(now, known) if name in values)
    found = {fact: values for fact, values in left.items() if values}
    sure = {fact: values[0] for fact, values in found.items() if len(values) == 1}
    return {
        fact: tuple(value for value in values if guide.space.stands({**sure, fact: value}))
        or values
        for fact, values in found.items()
    }


MOST_COMBINED = 5_000
"""Combinations of facts up to which the fewest lines are found; beyond, they are few."""

_MOST_STEPS = (
    20_000  # choices that the search for the fewest lines tries before it takes what it has
)

Point = tuple[str, ...]  # a case as its values, in the order of the facts
Box = tuple[frozenset[str], ...]  # for each fact the values that a line covers


@dataclass(frozen=True, order=True, slots=True)
class CaseResult:
    """Where a case ends: the group ("" for none), how sure, and the groups that fit too."""

    group: str
    certainty: str
    also_fits: tuple[str, ...]


class CaseRules:
    """What a guide decides, without its wording; `decision` is what is kept with the records."""

    def __init__(self, decision: str) -> None:
        data = json.loads(decision)
        values = {fact: tuple(values) for fact, values in data["facts"].items()}
        never = [{fact: tuple(v) for fact, v in rule.items()} for rule in data["never"]]
        self.space = FactSpace(values, never)
        self._start: str = data["start"]
        self._nodes: Mapping[str, tuple[str, Mapping[str, str]]] = data["nodes"]
        self._results = {
            name: CaseResult(group or "", certainty, tuple(sorted(also)))
            for name, (group, certainty, also) in data["outcomes"].items()
        }

    def result(self, case: Case) -> CaseResult:
        """Return where a complete case ends."""
        place = self._start
        while place in self._nodes:
            fact, to = self._nodes[place]
            place = to[case[fact]]
        return self._results[place]


class CaseChange(Frozen):
    """Cases that all ended alike and now all end otherwise.

    `facts` has for each fact that matters the values of these cases. `was` is empty for cases that
    could not be told before; `now` is empty for those that cannot be told any more, and holds
    several results where what is asked now is not known from what was asked then.
    """

    facts: Values
    was: tuple[CaseResult, ...]
    now: tuple[CaseResult, ...]
    cases: int


class WordingChange(Frozen):
    """A text that changed; `was` or `now` is empty where it is new or gone."""

    where: str
    was: str
    now: str


def case_changes(
    old: CaseRules, new: CaseRules, guide: Guide, earlier: EarlierGuide | None = None
) -> tuple[CaseChange, ...]:
    """Return the cases that change from `old` to `new`, most cases first.

    `guide` is the new one; `earlier` says what the old one's answers mean there, where they are not
    the same answers. The facts of a change are the old guide's, and the new one's for cases that
    the old one could not tell.
    """
    changed: dict[tuple[tuple[CaseResult, ...], tuple[CaseResult, ...]], set[Point]] = {}
    reached: set[Point] = set()
    for case in old.space.cases():
        was = (old.result(case),)
        follows = list(_following(new, carried(guide, earlier, case)))
        reached.update(tuple(one.values()) for one in follows)
        now = tuple(sorted({new.result(one) for one in follows}))
        if now != was:
            changed.setdefault((was, now), set()).add(tuple(case.values()))
    added: dict[tuple[CaseResult, ...], set[Point]] = {}
    for case in new.space.cases():
        if tuple(case.values()) not in reached:
            added.setdefault((new.result(case),), set()).add(tuple(case.values()))
    found = [
        *(
            c
            for (was, now), points in changed.items()
            for c in _folded(old.space, points, was, now)
        ),
        *(c for now, points in added.items() for c in _folded(new.space, points, (), now)),
    ]
    return tuple(sorted(found, key=lambda change: -change.cases))


def _following(new: CaseRules, left: Values) -> Iterator[dict[str, str]]:
    """Return every case of the new guide that what is `left` of an old one can be."""
    choices = [left.get(fact, values) for fact, values in new.space.values.items()]
    for values in product(*choices):
        case = dict(zip(new.space.values, values, strict=True))
        if new.space.broken_by(case) is None:
            yield case


def _folded(
    space: FactSpace,
    points: set[Point],
    was: tuple[CaseResult, ...],
    now: tuple[CaseResult, ...],
) -> Iterator[CaseChange]:
    for box in fewest_boxes(space, points):
        held = [point for point in points if _holds(box, point)]
        shown = {
            fact: tuple(v for v in values if any(point[at] == v for point in held))
            for at, (fact, values) in enumerate(space.values.items())
            if len(box[at]) < len(values)
        }
        yield CaseChange(shown, was, now, len(held))


def fewest_boxes(space: FactSpace, points: set[Point]) -> list[Box]:
    """Return the fewest boxes that cover all of `points` and no other case of the space.

    Combinations that cannot be true together may be covered or not. Beyond `MOST_COMBINED`
    combinations the boxes are few, not the fewest.
    """
    values = tuple(space.values.values())
    if prod(map(len, values)) <= MOST_COMBINED:
        others = {tuple(case.values()) for case in space.cases()} - points
        allowed = frozenset(product(*values)) - others
        largest = sorted(_largest(allowed), key=lambda box: list(map(sorted, box)))
        boxes = [box for box in largest if any(_holds(box, point) for point in points)]
    else:
        boxes = list({_widened(space, point, points): None for point in sorted(points)})
    covers = {box: frozenset(p for p in points if _holds(box, p)) for box in boxes}
    return _cover(covers, frozenset(points))


def _holds(box: Box, point: Point) -> bool:
    return all(value in values for value, values in zip(point, box, strict=True))


def _largest(allowed: frozenset[Point]) -> Iterator[Box]:
    """Return every box within `allowed` that no other such box holds whole."""
    if not next(iter(allowed), ()):
        yield from [()] if allowed else []
        return
    tails: dict[str, set[Point]] = {}
    for first, *rest in allowed:
        tails.setdefault(first, set()).add(tuple(rest))
    shared = _intersections([frozenset(tail) for tail in tails.values()])
    found = {
        (frozenset(v for v, tail in tails.items() if tail.issuperset(product(*rest))), *rest)
        for common in shared
        for rest in _largest(common)
    }
    yield from (
        box
        for box in found
        if not any(box != other and all(map(frozenset.issubset, box, other)) for other in found)
    )


def _intersections(sets: Iterable[frozenset[Point]]) -> set[frozenset[Point]]:
    """Return all that some of the sets have in common, but nothing empty."""
    found: set[frozenset[Point]] = set()
    for one in sets:
        found |= {one, *(one & other for other in found)}
    return found - {frozenset()}


def _widened(space: FactSpace, point: Point, points: set[Point]) -> Box:
    """Return a box around a point that no further value can be added to."""
    box = [{value} for value in point]
    for at, values in enumerate(space.values.values()):
        for value in values:
            wider = [{value} if place == at else held for place, held in enumerate(box)]
            cases = (dict(zip(space.values, some, strict=True)) for some in product(*wider))
            if all(tuple(c.values()) in points or space.broken_by(c) for c in cases):
                box[at].add(value)
    return tuple(map(frozenset, box))


def _cover(covers: Mapping[Box, frozenset[Point]], points: frozenset[Point]) -> list[Box]:
    """Return the fewest boxes that together cover all points, as far as `_MOST_STEPS` find them."""
    best = _greedy(covers, points)
    steps = 0

    def search(taken: list[Box], left: frozenset[Point]) -> None:
        nonlocal best, steps
        steps += 1
        if not left:
            best = taken
            return
        widest = max(len(covered & left) for covered in covers.values())
        if steps > _MOST_STEPS or len(taken) + -(-len(left) // widest) >= len(best):
            return
        hardest = min(left, key=lambda p: (sum(p in covered for covered in covers.values()), p))
        able = [box for box, covered in covers.items() if hardest in covered]
        for box in sorted(able, key=lambda box: -len(covers[box] & left)):
            search([*taken, box], left - covers[box])

    search([], points)
    return best


def _greedy(covers: Mapping[Box, frozenset[Point]], points: frozenset[Point]) -> list[Box]:
    taken, left = [], points
    while left:
        box = max(covers, key=lambda one: (len(covers[one] & left), sorted(map(sorted, one))))
        taken.append(box)
        left -= covers[box]
    return taken


_NOT_WORDING = frozenset(
    {"certainty", "decisions", "facts", "group", "never_together", "slips", "tree", "use_when"}
)
"""Parts of a guide that hold no words for people; what they decide is told case by case."""


def wording_changes(old: Guide, new: Guide) -> tuple[WordingChange, ...]:
    """Return the texts that changed, each where it is: `questions.goal.hint`."""
    return tuple(_reworded((), _plain(old), _plain(new)))


def _plain(value: Any) -> Any:  # noqa: ANN401 - follows whatever the shapes hold
    """Return a shape as mappings, lists and texts."""
    if is_dataclass(value):
        own = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(v) for name, v in own.items() if name not in _NOT_WORDING}
    if isinstance(value, Mapping):
        return {name: _plain(v) for name, v in value.items()}
    if isinstance(value, tuple):
        return list(map(_plain, value))
    return str(value or "")


def _reworded(path: tuple[str, ...], was: Any, now: Any) -> Iterator[WordingChange]:  # noqa: ANN401
    if isinstance(was, dict) and isinstance(now, dict):
        for name in {**was, **now}:
            yield from _reworded((*path, str(name)), was.get(name, ""), now.get(name, ""))
    elif isinstance(was, list) and isinstance(now, list):
        gone = [item for item in was if item not in now]
        new = [item for item in now if item not in was]
        for one, other in zip_longest(gone, new, fillvalue=""):
            yield from _reworded((*path, str(was.index(one) + 1)) if one else path, one, other)
    elif was != now:
        yield WordingChange(".".join(path), _first_text(was), _first_text(now))


def _first_text(value: Any) -> str:  # noqa: ANN401
    """Return a text, or the first of a part that is new or gone."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return next(filter(None, map(_first_text, inner)), "")
    return str(value)
