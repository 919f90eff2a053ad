"""Small makers of guides, folders and answers, so that a test reads like the case it tests."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

from assistant.guide.facts import Case
from assistant.guide.loading import LoadedGuide, load_guide
from assistant.guide.model import (
    About,
    Certainty,
    Cite,
    Clause,
    Group,
    GroupReason,
    Guide,
    HelpItem,
    Node,
    Note,
    Option,
    Outcome,
    Question,
    Slip,
    Tree,
)
from assistant.guide.proof import follow
from assistant.training.content import Practice, load_practice

CONTENT = Path(__file__).parents[1] / "content"
"""The shipped guide's folder."""

DOCUMENTS = CONTENT.parents[1] / "shared" / "documents"
"""The agency's documents, which are not part of the repository."""

CITE = Cite(document="page", section="Top", words="the words that decide")


@cache
def shipped() -> LoadedGuide:
    """Return the shipped guide, read once."""
    return load_guide(CONTENT)


@cache
def shipped_practice() -> Practice:
    """Return what the shipped guide is practised with, read once."""
    return load_practice(CONTENT, shipped().guide)


def answers(text: str) -> dict[str, str]:
    """Read `goal=none setting=out_of_home` into a mapping."""
    pairs = (word.partition("=") for word in text.split())
    return {fact: value for fact, _, value in pairs}


def content_copy(folder: Path) -> Path:
    """Return a copy of the shipped guide's folder, below `folder`, that may be broken at will."""
    return Path(shutil.copytree(CONTENT, folder / "content"))


def edit(folder: Path, file: str, old: str, new: str, *, which: int = 0) -> None:
    """Replace in a file the occurrence of `old` with that number, counted from 0."""
    before, *rest = (folder / file).read_text(encoding="utf-8").split(old)
    parts = [before, *rest]
    assert which + 1 < len(parts), f"{old!r} stands {len(rest)} times in {file}"
    text = old.join(parts[: which + 1]) + new + old.join(parts[which + 1 :])
    (folder / file).write_text(text, encoding="utf-8")


def agency_file(folder: Path, reading: str, choose: str) -> Path:
    """Return a file in which an agency decided about one reading; an empty choice is left out."""
    file = folder / "decisions.yaml"
    chosen = f"  choose: {choose}\n" if choose else ""
    head = f"{reading}:\n  decision: Memo 26-14\n  date: 11/1/2026\n"
    file.write_text(f"{head}  says: Do it like this.\n{chosen}", encoding="utf-8")
    return file


def tiny_guide(
    tree: str,
    *,
    never: Iterable[str] = (),
    fits: Mapping[str, str] | None = None,
    limit: int = 9,
    slips: Iterable[Slip] = (),
) -> Guide:
    """Build a guide from `a: x>end y>b | b: x>end y>other`, a node and a fact for each letter.

    Values of a fact are gathered from its edges; `b.2: x>...` is a second node for the fact `b`.
    Every outcome has a group of its own name, whose rule is `fits[name]` (`a=x b=y`).
    `never` lists facts that cannot stand together in the same way.
    """
    edges = {name: dict(pair.split(">") for pair in to.split()) for name, to in _nodes(tree)}
    values: dict[str, dict[str, None]] = {}
    for name, to in edges.items():
        values.setdefault(_fact(name), {}).update(dict.fromkeys(to))
    ends = {end for to in edges.values() for end in to.values()} - edges.keys()
    rules = {end: (fits or {}).get(end, "") for end in sorted(ends)}
    return Guide(
        about=About(
            version="1",
            longest_interview=limit,
            facts=tuple(values),
            never_together=tuple(_condition(words) for words in never),
            slips=tuple(slips),
            certainties={"settled": "sure"},
        ),
        documents={},
        groups={name: _group(rule) for name, rule in rules.items()},
        questions={fact: _question(fact, options) for fact, options in values.items()},
        tree=Tree(
            start=next(iter(edges)),
            nodes={name: Node(ask=_fact(name), to=to) for name, to in edges.items()},
        ),
        outcomes={name: outcome(name) for name in rules},
        glossary={},
        topics={},
        situations={},
    )


def outcome(
    group: str | None, certainty: Certainty = "settled", also_fits: Iterable[str] = ()
) -> Outcome:
    """Build an outcome in which only what decides matters."""
    return Outcome(
        group=group,
        certainty=certainty,
        reason="because",
        cites=(CITE,),
        also_fits=tuple(GroupReason(group=other, reason="too") for other in also_fits),
        next=(Note(say="go on"),),
    )


class EveryCase:
    """A guide's cases and where each ends, found by trying all of them."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.facts = tuple(guide.space.values)
        self.cases = tuple(guide.space.cases())
        self.passages = tuple(follow(guide, case) for case in self.cases)
        self._numbers = {
            (fact, value): frozenset(
                number for number, case in enumerate(self.cases) if case[fact] == value
            )
            for fact, values in guide.space.values.items()
            for value in values
        }

    def completing(self, known: Case) -> frozenset[int]:
        """Return the numbers of the cases that hold all of `known`."""
        numbers = frozenset(range(len(self.cases)))
        return numbers.intersection(*(self._numbers[item] for item in known.items()))

    def outcomes(self, known: Case) -> set[str]:
        """Return where the cases that hold all of `known` end."""
        return {str(self.passages[number].outcome) for number in self.completing(known)}

    def groups(self, known: Case) -> set[str | None]:
        """Return the groups of those ends."""
        return {self.guide.outcomes[name].group for name in self.outcomes(known)}

    def partials(self) -> Iterator[dict[str, str]]:
        """Yield every set of facts, complete or not, that can stand together."""
        choices = [(*values, None) for values in self.guide.space.values.values()]
        for combination in product(*choices):
            known = {f: v for f, v in zip(self.facts, combination, strict=True) if v is not None}
            if self.completing(known):
                yield known

    def matters(self, fact: str, known: Case) -> bool:
        """Tell whether two cases that hold `known` and differ in nothing but `fact` end apart."""
        ends: dict[tuple[str, ...], set[str | None]] = {}
        for number in self.completing(known):
            rest = tuple(v for f, v in self.cases[number].items() if f != fact)
            ends.setdefault(rest, set()).add(self.passages[number].outcome)
        return any(len(some) > 1 for some in ends.values())


def _nodes(tree: str) -> Iterator[tuple[str, str]]:
    for node in tree.split("|"):
        name, to = node.split(":")
        yield name.strip(), to


def _fact(node: str) -> str:
    return node.split(".", maxsplit=1)[0]


def _condition(words: str) -> dict[str, tuple[str, ...]]:
    return {fact: tuple(value.split("/")) for fact, value in answers(words).items()}


def _group(rule: str) -> Group:
    return Group(
        name="group",
        what="what",
        use_when=(Clause(facts=_condition(rule), cites=(CITE,)),),
        cites=(CITE,),
    )


def _question(fact: str, values: Iterable[str]) -> Question:
    return Question(
        name=fact.upper(),
        ask=f"{fact}?",
        hint="hint",
        why="why",
        where_to_look="there",
        options={
            value: Option(
                label=value, short=f"{fact} is {value}", says=value, would=value, words=(value,)
            )
            for value in values
        },
        help=(HelpItem(about="about", say="say"),),
    )
