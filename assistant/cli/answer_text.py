"""An answer as a few lines of plain words, each of which makes sense when heard alone."""

from collections.abc import Iterator
from textwrap import fill

from assistant.content.model import Guide
from assistant.engine.answer import NONE_FOR_SOME, Answer, OpenFact
from assistant.engine.explain import certainty_words, says
from assistant.engine.others import nearest
from assistant.engine.partly import said_in
from assistant.engine.verdict import Row
from assistant.engine.wording import NO_GROUP, condition, group_name, sentence, source

WIDTH = 80
"""Characters a line has at most."""

_FEW_ROWS = 8
"""As many lines of a table as make a short answer."""


def as_text(guide: Guide, found: Answer) -> str:
    """Lay an answer out in lines that begin with what they are about."""
    result = _depends if found.status == "depends" else _result
    lines = (*result(guide, found), *_others(guide, found), *_closing(guide, found))
    return "\n".join(_folded(line) for line in lines)


def _folded(line: str) -> str:
    return fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False)


def _result(guide: Guide, found: Answer) -> Iterator[str]:
    yield f"Recommended: {group_name(guide, found.group)}" if found.group else f"{NO_GROUP}."
    sure = said_in(guide, found.verdict, lambda outcome: [certainty_words(guide, outcome)])
    yield from (f"How sure: {lead}{words}" for words, lead in sure.items())
    why = said_in(guide, found.verdict, lambda outcome: [_why(guide, outcome)])
    yield from (f"Why: {lead}{words}" for words, lead in why.items())
    yield from (f"Check first: {warning}" for warning in found.warnings)
    for fact in found.open:
        yield (
            f"Still open: {fact.fact}. It does not change the group, only how sure this is."
            f" {fact.question} {fact.where_to_look}"
        )


def _depends(guide: Guide, found: Answer) -> Iterator[str]:
    """Say what follows in each case or, where that would be many lines, from one more fact.

    What to check first is left for when it is known which case it is.
    """
    rows = found.verdict.rows
    deciding = dict.fromkeys(fact for row in rows for fact in row.assumed)
    if len(rows) > _FEW_ROWS:
        deciding = dict.fromkeys([_telling(found).fact])
    yield f"It depends on what is not given: {', '.join(deciding)}."
    if len(rows) > _FEW_ROWS:
        yield from _first_step(guide, found)
    else:
        yield from (f"If {_if_then(guide, row)}" for row in rows)
    for fact in found.open:
        if fact.fact in deciding:
            yield f"Where to look for {fact.fact}: {fact.question} {fact.where_to_look}"


def _if_then(guide: Guide, row: Row) -> str:
    name = group_name(guide, guide.outcomes[row.outcomes[0]].group)
    return f"{condition(guide, row)}, then: {name}."


def _telling(found: Answer) -> OpenFact:
    """Give the fact that leaves the fewest groups possible, taken over its values."""
    return min(found.open, key=lambda fact: sum(map(len, fact.then.values())) / len(fact.then))


def _first_step(guide: Guide, found: Answer) -> Iterator[str]:
    one = _telling(found)
    for value, groups in one.then.items():
        names = " or ".join(guide.groups[group].name for group in groups) or NO_GROUP
        yield f"If {says(guide, one.fact, value)}, then: {names}."
    yield from (warning for warning in found.warnings if warning == NONE_FOR_SOME)
    yield f"More facts, beginning with {one.fact}, make the answer shorter."


def _others(guide: Guide, found: Answer) -> Iterator[str]:
    too = {fit.group for fit in found.also_fits}
    near = {fit.group for fit in nearest(guide, found.verdict)}
    for fit in found.also_fits:
        yield f"Also fits: {guide.groups[fit.group].name}. {fit.reason}"
    for fit in nearest(guide, found.verdict):
        yield f"Near: {guide.groups[fit.group].name}. {fit.reason}"
    for out in found.ruled_out:
        need = " ".join(f"{fact}={value}" for fact, value in out.would_need.items())
        would = f" It would need {need}." if need else ""
        if out.group not in too | near:
            yield f"Ruled out: {guide.groups[out.group].name}. {out.because}{would}"


def _closing(guide: Guide, found: Answer) -> Iterator[str]:
    counted = ", ".join(f"{reason.fact}={reason.answer}" for reason in found.reasons)
    if counted:
        yield f"Facts that count: {counted}."
    if found.set_aside:
        yield f"Set aside, since the interview would not ask: {', '.join(found.set_aside)}."
    yield (
        f"This is advice, from guide {guide.about.version};"
        " the agency's data system stays the record."
    )


def _why(guide: Guide, outcome: str) -> str:
    found = guide.outcomes[outcome]
    words = "; ".join(f'"{cite.words}" ({source(guide, cite)})' for cite in found.cites)
    return f"{sentence(found.reason)} In the documents: {words}."
