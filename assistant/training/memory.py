"""All that the next case depends on, folded from a trainee's log once and then one attempt at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.training.attempts import Attempt, in_order
from assistant.training.diagnosis import Diagnosis
from assistant.training.ground import Ground
from assistant.training.readings import Key, key_of
from assistant.training.schedule import Plan


@dataclass(frozen=True)
class Memory:
    """What is known of one trainee.

    `stories` are those answered so far; `gone` has, for each way through the tree, how often it was
    practised; `last` is the way of the latest story; `amiss` counts the latest answers that were not
    right, in a row.
    """

    plan: Plan = field(default_factory=Plan)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    stories: frozenset[str] = frozenset()
    gone: Mapping[Key, int] = field(default_factory=dict)
    last: Key = ()
    amiss: int = 0

    def after(self, ground: Ground, attempt: Attempt) -> "Memory":
        """Give the memory with one more attempt, made after all the others."""
        key = key_of(attempt.facts)
        return Memory(
            plan=self.plan.after(ground, attempt),
            diagnosis=self.diagnosis.after(ground, attempt),
            stories=self.stories | {attempt.story},
            gone=MappingProxyType({**self.gone, key: self.gone.get(key, 0) + 1}),
            last=key,
            amiss=0 if attempt.grade == "right" else self.amiss + 1,
        )


def remember(ground: Ground, attempts: Iterable[Attempt]) -> Memory:
    """Fold one trainee's whole log."""
    memory = Memory()
    for attempt in in_order(attempts):
        memory = memory.after(ground, attempt)
    return memory
