"""What every front end shows of a recorded entry, as labels and words."""

from collections.abc import Iterator
from datetime import datetime

from assistant.content.model import Guide
from assistant.engine.explain import certainty_words
from assistant.engine.walk import UNSURE
from assistant.engine.wording import group_name
from assistant.records.entry import Entry

NOT_THE_RECORD = "A memo of advice. The agency's data system stays the record."
"""Said with every entry."""


def local_time(when: datetime) -> str:
    """Give an aware time as the worker's clock has it: `2026-01-31 16:10`."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def recorded_group(guide: Guide, group: str | None) -> str:
    """Give a recorded group's name; one that this guide does not have is given as it was kept."""
    return group_name(guide, group) if group is None or group in guide.groups else group


def entry_fields(guide: Guide, number: int, entry: Entry) -> dict[str, str]:
    """Give what an entry holds by label, less what is empty; the answers come apart."""
    fields = {
        "Entry": str(number),
        "Recorded": local_time(entry.when),
        "Case number": entry.case_number,
        "Whom for": entry.whom,
        "Service": entry.service,
        "Group chosen": recorded_group(guide, entry.chosen),
        "Recommended": recorded_group(guide, entry.recommended),
        "Certainty": _certainty(guide, entry),
        "Reason": entry.reason,
        "Guide": f"version {entry.content_version}, meaning {entry.meaning_hash[:12]}",
    }
    return {label: value for label, value in fields.items() if value}


def _certainty(guide: Guide, entry: Entry) -> str:
    """Give how sure the documents were, in the words of the result; today's guide may lack them."""
    if entry.outcome and entry.outcome in guide.outcomes:
        return certainty_words(guide, entry.outcome)
    return guide.about.certainties.get(entry.certainty, entry.certainty)


def entry_answers(guide: Guide, entry: Entry) -> Iterator[tuple[str, str]]:
    """Give each question and what was answered, in the order asked.

    What this guide no longer has is given by the names it was kept under.
    """
    for fact, value in entry.answers.items():
        question = guide.questions.get(fact)
        option = question.options.get(value) if question else None
        said = "Not sure" if value == UNSURE else option.label if option else value
        as_if = " (taken as if it were so)" if fact in entry.assumed else ""
        yield question.ask if question else fact, said + as_if
