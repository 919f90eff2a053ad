"""A memo of a recorded entry, made from its answers under today's guide."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide
from assistant.content.model import Guide
from assistant.engine.memo import Chosen, Memo, Section, as_markdown, as_text, memo
from assistant.engine.walk import UNSURE, Standing, replay
from assistant.interview.entries import entry_fields, local_time, recorded_group
from assistant.interview.replaying.differences import advice_now, advice_then, advice_words
from assistant.records.entry import Entry

if TYPE_CHECKING:
    from assistant.interview.entry_line import EntryLine

_LEFT_OUT = frozenset(
    {
        "Entry",
        "Recorded",
        "Case number",
        "Group chosen",
        "Recommended",
        "Certainty",
        "Reason",
        "Guide",
    }
)
"""Fields of an entry that the memo has elsewhere, or in other words."""


def became(line: "EntryLine", number: int) -> str:
    """Say that the entry of a number was withdrawn, or which took its place; "" where it stands."""
    if line.withdrawal:
        why = " ".join(line.withdrawal.why.split())
        return f"Withdrawn {local_time(line.withdrawal.when)}: {why}"
    return f"Replaced by entry {line.now.seq}" if line.now.seq != number else ""


def entry_memo(
    loaded: LoadedGuide,
    number: int,
    entry: Entry,
    *,
    with_case: bool = False,
    line: "EntryLine | None" = None,
) -> Memo:
    """Give the memo of an entry; its case number stands in it only `with_case`.

    With the `line` that the entry belongs to, it first says where the entry no longer stands.
    Questions that today's guide asks beside the entry's answers count as answered "not sure".
    """
    guide = loaded.guide
    chosen = Chosen(entry.chosen, entry.reason, entry.reason_code)
    known = entry.chosen is None or entry.chosen in guide.groups
    found = memo(
        guide,
        _ended(guide, dict(entry.answers)),
        assumed=frozenset(entry.assumed),
        case_number=entry.case_number if with_case else "",
        chosen=chosen if known else None,
    )
    own = [Section("Entry", tuple(_entry_lines(guide, number, entry)))]
    if not known:
        own.append(Section("Recorded", (recorded_group(guide, entry.chosen),)))
    since = tuple(_since(loaded, entry))
    sections = (*own, *([Section("Since then", since)] if since else ()), *found.sections)
    return replace(found, sections=sections, became=became(line, number) if line else "")


def entry_memo_texts(
    loaded: LoadedGuide,
    number: int,
    entry: Entry,
    *,
    with_case: bool = False,
    line: "EntryLine | None" = None,
) -> dict[str, str]:
    """Give the memo of an entry by file ending: plain text and Markdown."""
    found = entry_memo(loaded, number, entry, with_case=with_case, line=line)
    return {"txt": as_text(found), "md": as_markdown(found)}


def _ended(guide: Guide, answers: dict[str, str]) -> Standing:
    """Replay answers to an end, with "not sure" for whatever the guide asks and they do not answer."""
    standing = replay(guide, answers)
    while standing.asking:
        answers[standing.asking] = UNSURE
        standing = replay(guide, answers)
    return standing


def _entry_lines(guide: Guide, number: int, entry: Entry) -> Iterator[str]:
    yield f"Entry {number}, recorded {local_time(entry.when)}"
    for label, value in entry_fields(guide, number, entry).items():
        if label not in _LEFT_OUT:
            yield f"{label}: {value}"


def _since(loaded: LoadedGuide, entry: Entry) -> Iterator[str]:
    if entry.meaning_hash == loaded.meaning_hash:
        return
    guide, then, now = loaded.guide, advice_then(entry), advice_now(loaded.guide, entry.answers)
    yield (
        "The guide's rules have changed since; the reasons here are today's"
        f" (then version {entry.content_version}, now {guide.about.version})."
    )
    if then == now:
        yield "The recommendation is still the same."
    else:
        yield f"Recommended then: {advice_words(guide, then)}"
        yield f"Recommended today: {advice_words(guide, now)}"
