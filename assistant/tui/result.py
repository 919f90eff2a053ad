"""The text of a result: why, what to check, what also fits, what to do, and why not the others."""

from collections.abc import Iterator

from assistant.content.model import Cite, GroupReason, Note
from assistant.engine.explain import GroupView, certainty_words, reasons, says
from assistant.engine.smallest import in_words, smallest_change
from assistant.engine.verdict import Row, Verdict
from assistant.engine.wording import condition, group_name, row_end, sentence, source
from assistant.interview.view import View
from assistant.tui.text import QUIET, Marker, Part


def result_parts(view: View, result: Verdict, mark: Marker) -> Iterator[Iterator[Part]]:
    """Give a result's paragraphs, most needed first."""
    if result.status == "depends":
        yield _table(view, result)
    else:
        yield _warnings(view, result, mark)
        for row in result.details:
            yield _outcome(view, row, mark)
    yield _your_answers(view)
    yield _others(view)


def cited(view: View, cites: tuple[Cite, ...]) -> Iterator[Part]:
    """Give each citation on a line: the words, then the document and section."""
    for cite in cites:
        yield f"  “{cite.words}”", "italic"
        yield f" ({source(view.guide, cite)})\n", QUIET


def _table(view: View, result: Verdict) -> Iterator[Part]:
    for row in result.rows:
        yield f"If {condition(view.guide, row)}:\n", ""
        yield f"  {row_end(view.guide, row)}\n", "bold"
    yield "\nWhere to look\n", "bold"
    for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed):
        question = view.guide.questions[fact]
        yield f"• {question.name}: {question.where_to_look}\n", ""


def _warnings(view: View, result: Verdict, mark: Marker) -> Iterator[Part]:
    """Give what is to be checked, of every end: it stands first, since it may turn the result."""
    for row in result.details:
        for warning in view.guide.outcomes[row.outcomes[0]].warnings:
            if row.assumed:
                yield f"If {condition(view.guide, row)}: ", "bold"
            yield "Check first: ", "bold"
            yield from mark.parts(f"{warning}\n")


def _outcome(view: View, row: Row, mark: Marker) -> Iterator[Part]:
    name = row.outcomes[0]
    outcome = view.guide.outcomes[name]
    if row.assumed:
        yield f"If {condition(view.guide, row)}: ", "bold"
        yield f"{certainty_words(view.guide, name)}\n", ""
    yield "Why: ", "bold"
    yield from mark.parts(f"{outcome.reason}\n")
    yield from cited(view, outcome.cites)
    yield from _beside(view, "Also fits: ", outcome.also_fits, mark)
    yield from _beside(view, "Near: ", outcome.nearest, mark)
    yield from _notes(view, outcome.next, mark)


def _beside(view: View, lead: str, groups: tuple[GroupReason, ...], mark: Marker) -> Iterator[Part]:
    for group in groups:
        yield lead, "bold"
        yield f"{group_name(view.guide, group.group)}. ", ""
        yield from mark.parts(f"{group.reason}\n")
        yield from cited(view, group.cites)


def _notes(view: View, notes: tuple[Note, ...], mark: Marker) -> Iterator[Part]:
    yield "What to do next\n", "bold"
    for note in notes:
        yield from mark.parts(f"• {note.say}\n")
        yield from cited(view, note.cites)


def _your_answers(view: View) -> Iterator[Part]:
    yield "What you answered\n", "bold"
    for reason in reasons(view.guide, view.standing):
        as_if = "Taken as if it were so: " if reason.fact in view.assumed else ""
        yield f"• {sentence(as_if + reason.says)}\n", ""
        yield from cited(view, reason.cites)
    for fact in view.standing.set_aside:
        said = says(view.guide, fact, view.answers[fact])
        yield f"• Set aside, since it does not matter here: {sentence(said)}\n", QUIET


def _others(view: View) -> Iterator[Part]:
    ruled_out = [group for group in view.groups if not group.possible]
    if ruled_out:
        yield "Why not the others\n", "bold"
    for group in ruled_out:
        yield from _other(view, group)


def _other(view: View, group: GroupView) -> Iterator[Part]:
    name = group_name(view.guide, group.group)
    yield f"{'○' if group.also_fits else '✗'} {name}", "bold"
    if group.also_fits:
        yield ": also fits, and is not preferred. See above.\n", ""
    else:
        yield f", ruled out: {sentence(group.because)} It asks for:\n", ""
        yield from cited(view, group.cites)
    need = smallest_change(view.guide, view.standing, group.group)
    if need:
        yield f"  It would be {name} if {in_words(view.guide, need)}.\n", ""
