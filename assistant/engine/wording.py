"""Short phrases that every front end says alike."""

from assistant.content.model import Cite, Guide
from assistant.engine.verdict import Row, Verdict

NO_GROUP = "No group is named: ask your supervisor"
"""What stands where a group's name would, when the documents name none."""


def group_name(guide: Guide, group: str | None) -> str:
    """Give a group's name as the data system shows it, or that there is none."""
    return guide.groups[group].name if group else NO_GROUP


def headline(guide: Guide, result: Verdict) -> str:
    """Give the one line that answers the interview."""
    if result.status == "depends":
        return "It depends on what you are not sure of"
    return group_name(guide, result.group)


def condition(guide: Guide, row: Row) -> str:
    """Give what a row assumes: `the goal is adoption, and ...`."""
    parts = []
    for fact, values in row.assumed.items():
        options = guide.questions[fact].options
        parts.append(" or ".join(options[value].says for value in values))
    return ", and ".join(parts)


def row_end(guide: Guide, row: Row) -> str:
    """Give what a row leads to, and whether that is a matter of judgement."""
    name = group_name(guide, guide.outcomes[row.outcomes[0]].group)
    certainties = {guide.outcomes[outcome].certainty for outcome in row.outcomes}
    if "judgement" not in certainties:
        return name
    return f"{name} ({'in some cases ' if len(certainties) > 1 else ''}a matter of judgement)"


def source(guide: Guide, cite: Cite) -> str:
    """Give where a citation stands: document and section."""
    title = guide.documents[cite.document].title
    return title if cite.section == title else f"{title}, {cite.section}"


def reason_given(guide: Guide, code: str, note: str) -> str:
    """Give why a worker chose otherwise: the guide's words for a code, then the worker's own."""
    words = guide.about.override_reasons.get(code, code)
    return ": ".join(part for part in (words, note) if part)


def sentence(clause: str) -> str:
    """Make a sentence of a clause: a capital first, a full stop last."""
    return f"{clause[0].upper()}{clause[1:].removesuffix('.')}."
