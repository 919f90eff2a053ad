"""What every front end asks for, and says, when a choice is recorded."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from assistant.content.load import LoadedGuide
from assistant.engine.wording import group_name
from assistant.interview.view import View
from assistant.records.entry import Entry

FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "case_number": ("Case number", "digits only"),
        "whom": ("Whom for", "a role, such as child 1 or all siblings"),
        "service": ("Service", "a few words, such as parenting class"),
        "reason": ("Why this group", "needed, since it is not the one recommended"),
    }
)
"""The form's fields: label and what to put in."""

WARNING = (
    "A memo of advice, not the agency's record: enter the group in the data system too."
    " No names, birth dates, addresses or allegations: an entry cannot be changed later."
)
"""What a worker must know before typing anything."""


def overrides(view: View) -> bool:
    """Tell whether the group being recorded is another than the one recommended."""
    return view.chosen != view.recommended


def fields_of(view: View) -> tuple[str, ...]:
    """Give the fields to ask for, in order; a reason is asked for only where it is needed."""
    return tuple(field for field in FIELDS if field != "reason" or overrides(view))


def entry_for(view: View, form: Mapping[str, str], loaded: LoadedGuide, *, when: datetime) -> Entry:
    """Give the entry of a form that has no problems; tried again, it has the same id."""
    result = view.verdict
    return Entry(
        id=_entry_id(view),
        when=when,
        case_number=form["case_number"],
        whom=form["whom"].strip(),
        service=form["service"].strip(),
        outcome=result.outcomes[0] if result and len(result.outcomes) == 1 else None,
        recommended=view.recommended,
        certainty=(result.certainty if result else None) or "depends",
        chosen=view.chosen,
        reason=form.get("reason", "").strip(),
        answers=view.everything_said,
        assumed=tuple(fact for fact, _ in view.standing.trail if fact in view.assumed),
        content_version=loaded.guide.about.version,
        raw_hash=loaded.raw_hash,
        meaning_hash=loaded.meaning_hash,
    )


def _entry_id(view: View) -> str:
    """Give the id of a view's entry: an unresolved one is an entry of its own, for these answers.

    Once finished, the interview is recorded again, under the interview's own id.
    """
    if not view.unresolved:
        return view.id
    return sha256(f"{view.id} {sorted(view.everything_said.items())}".encode()).hexdigest()[:32]


def recorded_words(view: View, number: int) -> str:
    """Say what is recorded, and what is still to do."""
    if not view.chosen:
        return (
            f"Recorded as entry {number} on this computer, with no group for now."
            " Ask your supervisor, and enter the group in the agency's data system once it is decided."
        )
    return (
        f"Recorded as entry {number} on this computer: {group_name(view.guide, view.chosen)}."
        " Now enter the group in the agency's data system, which stays the record."
    )
