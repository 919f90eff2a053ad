"""A memo of advice in plain text: what was answered, what is recommended and why."""

from collections.abc import Iterable, Iterator

from assistant.content.model import Cite, Guide
from assistant.engine.explain import groups_now, reasons
from assistant.engine.verdict import Row, Verdict, verdict
from assistant.engine.walk import Standing

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


def source(guide: Guide, cite: Cite) -> str:
    """Give a citation on one line: the words, then where they stand."""
    return f'"{cite.words}" ({guide.documents[cite.document].title}, {cite.section})'


def memo(guide: Guide, standing: Standing) -> str:
    """Give the reasoning of an ended interview as plain text; it holds no case number."""
    return "\n".join(_lines(guide, standing, verdict(guide, standing))) + "\n"


def _lines(guide: Guide, standing: Standing, result: Verdict) -> Iterator[str]:
    yield "Service group: memo of advice"
    yield "(not the agency's record)"
    yield ""
    yield headline(guide, result)
    if result.certainty:
        yield guide.about.certainties[result.certainty]
    for row in result.rows if result.status == "depends" else ():
        group = guide.outcomes[row.outcomes[0]].group
        yield f"- If {condition(guide, row)}: {group_name(guide, group)}"
    yield from _section("Answers", _answers(guide, standing))
    for row in result.details if result.status != "depends" else ():
        yield from _outcome_lines(guide, row)
    yield from _section("Ruled out", _ruled_out(guide, standing))
    yield ""
    yield f"Guide version {guide.about.version}"


def _answers(guide: Guide, standing: Standing) -> Iterator[str]:
    for reason in reasons(guide, standing):
        yield f"{guide.questions[reason.fact].ask} {reason.says[0].upper()}{reason.says[1:]}."


def _outcome_lines(guide: Guide, row: Row) -> Iterator[str]:
    outcome = guide.outcomes[row.outcomes[0]]
    yield from _section(
        f"Why, if {condition(guide, row)}" if row.assumed else "Why", [outcome.reason]
    )
    yield from (f"    {source(guide, cite)}" for cite in outcome.cites)
    yield from _section("Check first", outcome.warnings)
    fits = (*outcome.also_fits, *outcome.nearest)
    heading = "Also fits" if outcome.also_fits else "Nearest groups"
    yield from _section(heading, (f"{guide.groups[f.group].name}. {f.reason}" for f in fits))
    yield from _section("Next", (note.say for note in outcome.next))


def _ruled_out(guide: Guide, standing: Standing) -> Iterator[str]:
    for view in groups_now(guide, standing):
        if not view.possible:
            yield f"{guide.groups[view.group].name}: {view.because}."


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"- {line}" for line in found)
