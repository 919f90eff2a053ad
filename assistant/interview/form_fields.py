"""The fields of the form that records a choice: what each is called, and what may stand in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from assistant.content.model import Guide
from assistant.records.entry import STATUSES

_NUMBER = re.compile("[0-9]{1,3}")

SUPERVISOR = "-"
"""Stands in a form for the choice of no group; what is empty is not chosen yet."""

LEFT_TO_SUPERVISOR = "No group yet: left to the supervisor"
"""What the choice of no group is called."""


@dataclass(frozen=True)
class Field:
    """A field's label, what to put in, and the values there are to choose from, if any."""

    label: str
    hint: str
    choices: Mapping[str, str] = field(default_factory=dict)


_DAY = "year-month-day, as 2026-01-31"

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "case_number": Field("Case number", "digits only"),
        "whom": Field("Whom for", "a role, such as child 1 or all siblings"),
        "service": Field("Service", "a few words, such as parenting class"),
        "group": Field("Group", "the group the service is recorded under"),
        "reason_code": Field("Why this group", "needed, since it is not the one recommended"),
        "reason": Field("Note", "what else should be known about the reason"),
        "status": Field("Status", "how far the service is", {name: name for name in STATUSES}),
        "begun": Field("Begun on", _DAY),
        "ended": Field("Ended on", _DAY),
        "linked": Field(
            "In case plan",
            "whether the service is linked to the case plan",
            {"yes": "yes", "no": "no"},
        ),
        "category": Field("Category", "a few words, as the data system has it"),
        "service_type": Field("Type", "a few words, as the data system has it"),
        "provider": Field("Provider", "its number, digits only"),
        "why": Field("Why changed", "what was wrong, or what is new"),
    }
)
"""Every field there is, in the order they are asked for."""

MORE = ("status", "begun", "ended", "linked", "category", "service_type", "provider")
"""The fields that may be left out, and are asked for only where a worker wants them."""

REASON = ("reason_code", "reason")
"""The fields that say why another group than the recommended one was chosen."""


def fields_named(names: Iterable[str], guide: Guide) -> dict[str, Field]:
    """Give fields by name in the form's order, with the choices that the guide has for them."""
    wanted = set(names)
    found = {name: FIELDS[name] for name in FIELDS if name in wanted}
    choices = {"group": groups_to_choose(guide), "reason_code": guide.about.override_reasons}
    for name in found.keys() & choices.keys():
        found[name] = replace(found[name], choices=choices[name])
    if not guide.about.override_reasons:
        found.pop("reason_code", None)
    return found


def groups_to_choose(guide: Guide) -> dict[str, str]:
    """Give the names of the groups by id, and of no group at all."""
    return {id_: group.name for id_, group in guide.groups.items()} | {
        SUPERVISOR: LEFT_TO_SUPERVISOR
    }


def value_meant(choices: Mapping[str, str], typed: str) -> str:
    """Give the value that a typed number or word chooses; what chooses none is given as typed."""
    text = " ".join(typed.casefold().split())
    numbered = {str(number): value for number, value in enumerate(choices, start=1)}
    if text in numbered:
        return numbered[text]
    exact = [value for value, words in choices.items() if text in {value, words.casefold()}]
    begun = [v for v, words in choices.items() if text and words.casefold().startswith(text)]
    meant = exact or begun
    return meant[0] if len(meant) == 1 else typed
