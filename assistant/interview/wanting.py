"""Which recorded entries a worker wants to see: asked for in a form, and said back in words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from assistant.content.model import Guide
from assistant.interview.form_fields import SUPERVISOR, Field, groups_to_choose
from assistant.interview.summarising.tables import CERTAINTIES, FOLLOWED, OVERRIDDEN, chosen_words
from assistant.records.wanted import EVERYTHING, Wanted

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem

HOW_WORDS_ARE_FOUND = (
    "A word is found by its beginning; one that begins too many words only as a whole."
)
"""Said where words are searched for, and where nothing holds them."""

_DAY = "year-month-day, as 2026-01-31"
_NOT_FOLLOWED = {"no": FOLLOWED, "yes": OVERRIDDEN}
_STANDING: Mapping[str, str] = {"standing": "Standing", "withdrawn": "Withdrawn"}


def filter_fields(guide: Guide) -> dict[str, Field]:
    """Give the fields of the form that narrows a list; any may be left empty."""
    return {
        "text": Field("Words", "words or their beginnings, or a case number"),
        "since": Field("From", _DAY),
        "until": Field("To", _DAY),
        "group": Field("Group", "", groups_to_choose(guide)),
        "certainty": Field("How sure", "", CERTAINTIES),
        "overridden": Field("Chosen", "", _NOT_FOLLOWED),
        "standing": Field("Entries", "", _STANDING),
    }


def filter_problems(form: Mapping[str, str]) -> "list[FieldProblem]":
    """List what is wrong with a filter, field by field."""
    from assistant.records.guard.field_text import FieldProblem  # noqa: PLC0415 - only a form needs it
    from assistant.records.guard.form import day_problems, day_typed  # noqa: PLC0415

    found = [
        *day_problems("since", "From", form.get("since", "")),
        *day_problems("until", "To", form.get("until", "")),
    ]
    since, until = day_typed(form.get("since", "")), day_typed(form.get("until", ""))
    if since and until and until < since:
        found.append(FieldProblem("until", f"To: {until} is before {since}. Turn them around."))
    return found


def wanted_of(form: Mapping[str, str]) -> Wanted:
    """Give what a filter without problems asks for."""
    from assistant.records.guard.form import day_typed  # noqa: PLC0415 - only a form needs it

    group, standing = form.get("group", ""), form.get("standing", "")
    which: Literal["standing", "withdrawn", "all"] = "all"
    if standing:
        which = "withdrawn" if standing == "withdrawn" else "standing"
    return Wanted(
        group="" if group == SUPERVISOR else group or None,
        certainty=form.get("certainty") or None,
        since=day_typed(form.get("since", "")),
        until=day_typed(form.get("until", "")),
        overridden={"yes": True, "no": False}.get(form.get("overridden", "")),
        text=form.get("text", "").strip(),
        standing=which,
    )


def form_of(wanted: Wanted) -> dict[str, str]:
    """Give the form that asks for what is wanted."""
    return {
        "text": wanted.text,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "group": SUPERVISOR if wanted.group == "" else wanted.group or "",
        "certainty": wanted.certainty or "",
        "overridden": {True: "yes", False: "no", None: ""}[wanted.overridden],
        "standing": "" if wanted.standing == "all" else wanted.standing,
    }


def wanted_words(guide: Guide, wanted: Wanted) -> str:
    """Say what a list is narrowed to; nothing where all is shown."""
    return "" if wanted == EVERYTHING else "; ".join(_words(guide, wanted))


def _words(guide: Guide, wanted: Wanted) -> Iterator[str]:
    if wanted.group is not None:
        yield chosen_words(guide, wanted.group or None)
    if wanted.certainty is not None:
        yield CERTAINTIES.get(wanted.certainty, wanted.certainty)
    if wanted.overridden is not None:
        yield OVERRIDDEN if wanted.overridden else FOLLOWED
    if wanted.since:
        yield f"from {wanted.since}"
    if wanted.until:
        yield f"to {wanted.until}"
    if wanted.text:
        yield f"with “{wanted.text}”"
    if wanted.standing != "all":
        yield _STANDING[wanted.standing]
