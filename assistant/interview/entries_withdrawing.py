"""What a worker is asked, and told, before an entry is withdrawn."""

from typing import TYPE_CHECKING

from assistant.content.model import Guide
from assistant.interview.entries import local_time, recorded_group

if TYPE_CHECKING:
    from assistant.interview.entry_line import EntryLine

WHY = "Why is it withdrawn? No names, birth dates, addresses or allegations."
"""The question."""


def refusal(line: "EntryLine", number: int) -> str:
    """Say why the entry of a number cannot be corrected or withdrawn; "" where it can."""
    if not line.stands:
        return f"Entry {line.now.seq} is withdrawn already."
    if line.now.seq != number:
        return f"Entry {number} no longer stands: entry {line.now.seq} took its place."
    return ""


def why_wrong(text: str) -> list[str]:
    """Give what keeps words from being kept as the reason for a withdrawal, a sentence each."""
    from assistant.records.guard.form import why_problems  # noqa: PLC0415 - the guard's patterns take 15 ms

    return [problem.message for problem in why_problems(text)]


def in_short(guide: Guide, line: "EntryLine") -> str:
    """Name an entry in one sentence, without its case number."""
    entry = line.now.entry
    group = recorded_group(guide, entry.chosen)
    when = local_time(entry.when)
    return f"Entry {line.now.seq}, {when}, {entry.service} for {entry.whom}: {group}."
