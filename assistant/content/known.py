"""Whether a name that points at something else leads there, and what was perhaps meant."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from assistant.content.facts import Case
from assistant.content.model import Guide
from assistant.content.problems import Fault, KeyPath, Rule
from assistant.problems import did_you_mean

_UNKNOWN: Mapping[str, Rule] = MappingProxyType(
    {
        "certainty": "unknown-certainty",
        "document": "unknown-document",
        "fact": "unknown-fact",
        "group": "unknown-group",
        "node": "unknown-node",
        "outcome": "unknown-outcome",
        "question": "unknown-question",
        "section": "unknown-section",
        "value": "unknown-value",
    }
)


def known(
    name: str, names: Collection[str], path: KeyPath, kind: str, *, of_key: bool = False
) -> Iterator[Fault]:
    """Give a fault at `path` unless `name` is among `names`; the first word of `kind` says the rule."""
    if name not in names:
        message = f"unknown {kind} {name!r}{did_you_mean(name, names)}"
        rule = _UNKNOWN[kind.split(maxsplit=1)[0]]
        yield Fault(path, message, rule, of_key=of_key)


def known_facts(guide: Guide, facts: Case, path: KeyPath) -> Iterator[Fault]:
    """Give a fault for every fact or value below `path` that is none of the guide's."""
    for fact, value in facts.items():
        here = (*path, fact)
        unknown = list(known(fact, guide.questions, here, "fact", of_key=True))
        yield from unknown
        if not unknown:
            yield from known(value, guide.questions[fact].options, here, f"value of {fact!r}")
