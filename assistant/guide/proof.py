"""The proof that tree and rules agree over every set of facts that can be true together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.guide.facts import Case
from assistant.guide.model import Answered, Guide, Outcome, Proof
from assistant.guide.problems import GuideFault, KeyPath, Rule
from assistant.shapes import Frozen

MOST_CASES = 100_000
"""Cases up to which all are tried; at some 20 µs each, more would hold every start up for seconds."""


class Passage(Frozen):
    """How one case goes through the tree, and where it ends: None where the last node has no edge for it."""

    case: Case
    asked: Answered
    edges: tuple[tuple[str, str], ...]
    asked_at: tuple[str, ...]
    outcome: str | None


def prove(guide: Guide) -> Proof:
    """Follow every case through the tree and hold the ends against the groups' rules."""
    cases = guide.space.count()
    exhaustive = cases <= MOST_CASES
    passages = [follow(guide, case) for case in guide.space.cases()] if exhaustive else []
    paths = {passage.asked for passage in passages}
    return Proof(
        exhaustive=exhaustive,
        faults=tuple(_faults(guide, passages)) if exhaustive else (),
        facts=len(guide.space.values),
        cases=cases,
        paths=len(paths),
        outcomes=len(guide.outcomes),
        longest=max(map(len, paths), default=0),
        shortest=min(map(len, paths), default=0),
        witnesses=_witnesses(passages),
    )


def _faults(guide: Guide, passages: list[Passage]) -> list[GuideFault]:
    return list(_dead_ends(guide, passages)) or [
        *_disagreements(guide, passages),
        *_unreached(guide, passages),
        *_pointless(guide, passages),
        *_too_long(guide, passages),
    ]


def follow(guide: Guide, case: Case) -> Passage:
    """Take one complete case through the tree, asking nothing that an earlier answer settles."""
    known: dict[str, str] = {}
    edges: list[tuple[str, str]] = []
    asked_at: list[str] = []
    name = guide.tree.start
    while name in guide.tree.nodes:
        node = guide.tree.nodes[name]
        value = case[node.ask]
        if node.ask not in known and len(guide.space.values_left(node.ask, known)) > 1:
            known[node.ask] = value
            asked_at.append(name)
        edges.append((name, value))
        if value not in node.to:
            return Passage(case, tuple(known.items()), tuple(edges), tuple(asked_at), None)
        name = node.to[value]
    return Passage(case, tuple(known.items()), tuple(edges), tuple(asked_at), name)


def groups_that_fit(guide: Guide, case: Case) -> set[str]:
    """Return the groups whose "use when" holds in a complete case."""
    return {name for name, group in guide.groups.items() if group.fits(case)}


def in_words(guide: Guide, answers: Iterable[tuple[str, str]]) -> str:
    """Return answers as the interview's panel shows them: `Investigation: open; FINS: no`."""
    return "; ".join(
        f"{guide.questions[fact].name}: {guide.questions[fact].options[value].short}"
        for fact, value in answers
    )


def _dead_ends(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    seen = set()
    for passage in passages:
        node, value = passage.edges[-1] if passage.edges else ("", "")
        if passage.outcome is None and (node, value) not in seen:
            seen.add((node, value))
            message = f"the answer {value!r} leads nowhere; a case: {_example(guide, passage)}"
            yield GuideFault(("tree", "nodes", node, "to"), message, "dead-end", of_key=True)


def _disagreements(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    """Return one fault an outcome and kind of mistake, with the shortest case that shows it."""
    first: dict[tuple[KeyPath, str, Rule], Passage] = {}
    for passage in sorted(passages, key=lambda passage: len(passage.asked)):
        if passage.outcome is None:
            continue
        fitting = groups_that_fit(guide, passage.case)
        outcome = guide.outcomes[passage.outcome]
        for where, message, rule in _wrong_in(outcome, fitting):
            first.setdefault((("outcomes", passage.outcome, *where), message, rule), passage)
    for (path, message, rule), passage in first.items():
        example = f"{message}; a case: {_example(guide, passage)}"
        yield GuideFault(path, example, rule, of_key=path[-1] == "also_fits")


def _wrong_in(outcome: Outcome, fitting: set[str]) -> Iterator[tuple[KeyPath, str, Rule]]:
    if outcome.group is not None and outcome.group not in fitting:
        yield ("group",), f"{outcome.group!r} does not fit every case here", "group-does-not-fit"
    listed = {fit.group for fit in outcome.also_fits}
    others = fitting - {outcome.group}
    for name in sorted(others - listed):
        yield ("also_fits",), f"{name!r} fits too and is not listed", "also-fits-missing"
    for name in sorted(listed - others):
        yield ("also_fits",), f"{name!r} is listed and does not fit", "also-fits-wrong"


def _unreached(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    edges = {edge for passage in passages for edge in passage.edges}
    ends = {passage.outcome for passage in passages}
    for name, node in guide.tree.nodes.items():
        for value in node.to:
            if (name, value) not in edges:
                message = f"no case takes the answer {value!r} here"
                path = ("tree", "nodes", name, "to", value)
                yield GuideFault(path, message, "unreached", of_key=True)
    for name in guide.outcomes:
        if name not in ends:
            message = f"no case ends in the outcome {name!r}"
            yield GuideFault(("outcomes", name), message, "unreached", of_key=True)
    yield from _unreached_options(guide, passages)


def _unreached_options(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    given = {answer for passage in passages for answer in passage.asked}
    for fact, question in guide.questions.items():
        for value in question.options:
            if (fact, value) not in given:
                message = f"no interview can be answered {fact}={value}"
                path = ("questions", fact, "options", value)
                yield GuideFault(path, message, "unreached", of_key=True)


def _pointless(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    at_node: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        for name in passage.asked_at:
            at_node[name].append(passage)
    for name, node in guide.tree.nodes.items():
        if not _can_change_an_outcome(node.ask, at_node[name]):
            message = f"asking {node.ask!r} here changes no outcome"
            yield GuideFault(("tree", "nodes", name, "ask"), message, "pointless-question")


def _can_change_an_outcome(fact: str, passages: list[Passage]) -> bool:
    """Tell whether cases alike but for `fact` end apart, or, where none are alike, its values do."""
    alike: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
    by_value: dict[str, set[str | None]] = defaultdict(set)
    for passage in passages:
        rest = tuple(value for other, value in passage.case.items() if other != fact)
        alike[rest].add(passage.outcome)
        by_value[passage.case[fact]].add(passage.outcome)
    if any(len(outcomes) > 1 for outcomes in alike.values()):
        return True
    pairs_exist = len(alike) < len(passages)
    return not pairs_exist and len({frozenset(outcomes) for outcomes in by_value.values()}) > 1


def _too_long(guide: Guide, passages: list[Passage]) -> Iterator[GuideFault]:
    longest = max(passages, key=lambda passage: len(passage.asked), default=None)
    limit = guide.about.longest_interview
    if longest and len(longest.asked) > limit:
        message = (
            f"an interview asks {len(longest.asked)} questions; a case: {_example(guide, longest)}"
        )
        yield GuideFault(("about", "longest_interview"), message, "too-long")


def _witnesses(passages: list[Passage]) -> dict[str, Answered]:
    reached = [item for passage in passages for item in _reached_by(passage)]
    witnesses: dict[str, Answered] = {}
    for name, answers in sorted(reached, key=lambda item: len(item[1])):
        witnesses.setdefault(name, answers)
    return witnesses


def _reached_by(passage: Passage) -> Iterator[tuple[str, Answered]]:
    """Return each node, option and outcome that a case meets, with the answers that lead there."""
    for index, (fact, value) in enumerate(passage.asked):
        yield passage.asked_at[index], passage.asked[:index]
        yield f"{fact}={value}", passage.asked[: index + 1]
    if passage.outcome is not None:
        yield passage.outcome, passage.asked


def _example(guide: Guide, passage: Passage) -> str:
    """Return a case in the interview's words: what is asked first, then the facts not asked."""
    asked = dict(passage.asked)
    others = [item for item in passage.case.items() if item[0] not in asked]
    rest = f" (also {in_words(guide, others)})" if others else ""
    return in_words(guide, passage.asked) + rest
