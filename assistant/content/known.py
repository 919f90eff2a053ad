"""Whether a name that points at something else leads there, and what was perhaps meant."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from assistant.content.problems import Fault, KeyPath, Rule
from assistant.problems import did_you_mean

_UNKNOWN: Mapping[str, Rule] = MappingProxyType(
    {
        "certainty": "unknown-certainty",
        "document": "unknown-document",
        "fact": "unknown-fact",
        "group": "unknown-group",
        "node": "unknown-node",
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
