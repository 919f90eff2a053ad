"""A result in lines: each begins with what it is about, so that it makes sense alone."""

from collections.abc import Iterable, Iterator

from assistant.content.model import Cite, Guide
from assistant.engine.explain import GroupView, certainty_words, groups_now, reasons, says
from assistant.engine.smallest import in_words, smallest_change
from assistant.engine.verdict import Row, Verdict
from assistant.engine.wording import condition, group_name, headline, row_end, sentence, source
from assistant.interview.saying import how_sure, only_if, unsure_all_the_same
from assistant.interview.view import View


def headline_of(view: View, result: Verdict) -> str:
    """Give the one sentence that answers the interview."""
    recommended = "Recommended: " if result.group else ""
    return f"{recommended}{headline(view.guide, result)}."


def result_lines(view: View, result: Verdict) -> Iterator[str]:
    """Give a whole result, most needed first."""
    yield headline_of(view, result)
    said = (how_sure(view, result), only_if(view), unsure_all_the_same(view, result))
    yield from (words for words in said if words)
    details = () if result.status == "depends" else result.details
    yield from _table(view, result) if not details else ()
    for row in details:
        yield from _warnings(view.guide, row)
    for row in details:
        yield from _outcome(view.guide, row)
    yield from _answers(view)
    yield from _others(view)
    for row in details:
        yield from _next(view.guide, row)


def sources(guide: Guide, cites: Iterable[Cite]) -> Iterator[str]:
    """Give the deciding words of each citation, and where they stand."""
    for cite in cites:
        yield f"Source: “{cite.words}” ({source(guide, cite)})."


def _table(view: View, result: Verdict) -> Iterator[str]:
    for row in result.rows:
        yield f"If {condition(view.guide, row)}: {row_end(view.guide, row)}."
    for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed):
        question = view.guide.questions[fact]
        yield f"Where to look, {question.name}: {question.where_to_look}"


def _warnings(guide: Guide, row: Row) -> Iterator[str]:
    for warning in guide.outcomes[row.outcomes[0]].warnings:
        yield f"{_lead(guide, row)}Check first: {warning}"


def _outcome(guide: Guide, row: Row) -> Iterator[str]:
    outcome = guide.outcomes[row.outcomes[0]]
    lead = _lead(guide, row)
    if lead:
        yield f"{lead}{certainty_words(guide, row.outcomes[0])}"
    yield f"{lead}Why: {outcome.reason}"
    yield from sources(guide, outcome.cites)
    for about, groups in (("Also fits", outcome.also_fits), ("Near", outcome.nearest)):
        for group in groups:
            yield f"{lead}{about}: {group_name(guide, group.group)}. {group.reason}"
            yield from sources(guide, group.cites)


def _next(guide: Guide, row: Row) -> Iterator[str]:
    for note in guide.outcomes[row.outcomes[0]].next:
        yield f"{_lead(guide, row)}What to do next: {note.say}"
        yield from sources(guide, note.cites)


def _lead(guide: Guide, row: Row) -> str:
    return f"If {condition(guide, row)}: " if row.assumed else ""


def _answers(view: View) -> Iterator[str]:
    for reason in reasons(view.guide, view.standing):
        as_if = "taken as if it were so: " if reason.fact in view.assumed else ""
        yield f"You answered: {as_if}{sentence(reason.says) if not as_if else reason.says + '.'}"
        yield from sources(view.guide, reason.cites)
    for fact in view.standing.set_aside:
        said = says(view.guide, fact, view.answers[fact])
        yield f"Set aside, since it does not matter here: {sentence(said)}"


def _others(view: View) -> Iterator[str]:
    for group in groups_now(view.guide, view.standing):
        if not group.possible:
            yield from ruled_out(view, group)


def ruled_out(view: View, group: GroupView) -> Iterator[str]:
    """Say why a group is not the one, and the smallest change that would make it so."""
    name = group_name(view.guide, group.group)
    need = smallest_change(view.guide, view.standing, group.group)
    would = f" It would be {name} if {in_words(view.guide, need)}." if need else ""
    if group.also_fits:
        yield f"Also fits, and is not preferred: {name}.{would}"
    else:
        asks = " and ".join(f"“{cite.words}”" for cite in group.cites)
        asks = f" It asks for {asks}." if asks else ""
        yield f"Ruled out: {name}. Because: {sentence(group.because)}{asks}{would}"
