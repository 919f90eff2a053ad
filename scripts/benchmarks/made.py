"""Guides made up in memory, as large as wanted, and valid in every rule that needs no cases.

Every question has a fact of its own and as many answers as it takes for all the outcomes to be
told apart: 11 where 1,000 questions lead to 10,000. Two of the answers lead on to further questions
and the others end, so that an interview asks at most 10 of the 1,000. `ladder` is the other
shape guides have: few outcomes, and subtrees that many answers share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields

import yaml

from assistant.guide.checks import check
from assistant.guide.model import Guide
from assistant.guide.reading import Source, shaped

QUESTIONS, OUTCOMES = 1_000, 10_000
"""How large a guide is asked to be usable."""

GROUPS = 7
_ONWARD = 2
_CITE = {"document": "made", "section": "Made", "words": "made up"}


class _Unshared(yaml.CSafeDumper):
    """Writes everything out in full, since the assistant refuses aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - YAML calls it so
        return True


Data = dict[str, dict[str, object]]
Edges = Mapping[str, Mapping[str, str]]


def made_data(questions: int = QUESTIONS, outcomes: int = OUTCOMES) -> Data:
    """Give the plain data of a guide with that many questions and outcomes, none of them shared."""
    places = iter([f"q{number}" for number in range(1, questions)])
    ends = iter([f"o{number}" for number in range(outcomes)])
    edges = {}
    for index in range(questions):
        share = outcomes // questions + (index < outcomes % questions)
        onward = [place for _, place in zip(range(_ONWARD), places, strict=False)]
        ending = [end for _, end in zip(range(share), ends, strict=False)]
        edges[f"q{index}"] = _answers([*onward, *ending])
    return _data(edges)


def ladder(questions: int) -> Data:
    """Give a guide in which both answers of each question lead to the next two: all is shared."""
    names = [f"q{number}" for number in range(questions)]
    following = [*names[1:], "o0", "o1"]
    return _data({name: _answers(following[i : i + 2]) for i, name in enumerate(names)})


def in_order(facts: int, values: int) -> Data:
    """Give a guide that asks its facts in order, each with as many values, until one ends it."""
    names = [f"q{number}" for number in range(facts)]
    edges = {}
    for index, name in enumerate(names):
        ends = [f"o{index}x{value}" for value in range(values - 1)]
        edges[name] = _answers([*names[index + 1 : index + 2], *ends, f"o{index}last"][:values])
    return _data(edges)


def as_text(data: Data) -> dict[str, str]:
    """Give data as the YAML that its files would hold, by part."""
    return {
        part: yaml.dump(content, Dumper=_Unshared, sort_keys=False)
        for part, content in data.items()
    }


def loaded(texts: Mapping[str, str]) -> Guide:
    """Read, validate and check YAML as a load does, without the proof; raises `ValueError`."""
    source = Source()
    for part, text in texts.items():
        source.read(text, f"{part}.yaml", part)
    guide, faults = shaped(source.data, Guide)
    if guide is None or source.problems or (faults := check(guide)):
        raise ValueError([*source.problems, *faults][:3])
    return guide


def _answers(targets: Iterable[str]) -> dict[str, str]:
    return {f"a{number}": target for number, target in enumerate(targets)}


def _data(edges: Edges) -> Data:
    ends = [name for to in edges.values() for name in to.values() if name not in edges]
    groups = [f"g{number}" for number in range(GROUPS)]
    outcomes: dict[str, object] = {
        name: _outcome(groups[i % GROUPS]) for i, name in enumerate(dict.fromkeys(ends))
    }
    about: dict[str, object] = {
        "version": "1",
        "longest_interview": str(len(edges)),
        "facts": list(edges),
        "never_together": [],
        "certainties": {"settled": "Sure."},
    }
    return {
        **{part.name: {} for part in fields(Guide)},
        "about": about,
        "documents": {"made": {"title": "Made", "file": "made.html", "sections": ["Made"]}},
        "groups": {name: _group(name, groups[i - 1], edges) for i, name in enumerate(groups)},
        "questions": {fact: _question(fact, to) for fact, to in edges.items()},
        "tree": {
            "start": next(iter(edges)),
            "nodes": {name: {"ask": name, "to": dict(to)} for name, to in edges.items()},
        },
        "outcomes": outcomes,
    }


def _group(name: str, other: str, edges: Edges) -> dict[str, object]:
    """Give a group whose rule names the first two facts, with any of their values."""
    facts = {fact: list(to) for fact, to in list(edges.items())[:2]}
    return {
        "name": name,
        "what": "Made up.",
        "use_when": [{"facts": facts, "cites": [_CITE]}],
        "cites": [_CITE],
        "mixed_up_with": [{"group": other, "difference": "A number."}],
    }


def _question(fact: str, to: Mapping[str, str]) -> dict[str, object]:
    options = {
        value: {"label": value, "short": value, "says": value, "would": value, "words": [value]}
        for value in to
    }
    plain = {key: f"{key} {fact}" for key in ("name", "ask", "hint", "why", "where_to_look")}
    return {**plain, "options": options, "help": [{"about": "made", "say": "Made up."}]}


def _outcome(group: str) -> dict[str, object]:
    said = {"certainty": "settled", "reason": "Made up.", "cites": [_CITE]}
    return {"group": group, **said, "next": [{"say": "Go on."}]}
