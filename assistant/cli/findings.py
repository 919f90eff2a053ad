"""What a look at one thing found, and how it is said: lines that make sense heard alone, or JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """How one thing is: a few words, the place it is kept, and what to do if it is not well."""

    name: str
    says: str
    where: str = ""
    what_to_do: str = ""

    @property
    def healthy(self) -> bool:
        return not self.what_to_do


def as_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Give a line each, and another where there is something to do."""
    for finding in findings:
        place = f", in {finding.where}" if finding.where else ""
        yield f"{finding.name}: {finding.says.rstrip('.')}{place}"
        if finding.what_to_do:
            yield f"{finding.name}, what to do: {finding.what_to_do}"


def as_object(finding: Finding) -> dict[str, object]:
    """Give what JSON shows of a finding."""
    return {
        "name": finding.name,
        "healthy": finding.healthy,
        "says": finding.says,
        "where": finding.where or None,
        "what_to_do": finding.what_to_do or None,
    }
