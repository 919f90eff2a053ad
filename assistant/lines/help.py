"""What is said in lines of a result, a question, the groups and the words."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from assistant.cases.help import help_on
from assistant.cases.view import View
from assistant.engine import statements
from assistant.engine.explain import also_fits, groups_now
from assistant.engine.handouts import CARD_TITLE, card_lead, card_tables
from assistant.engine.statements import Heading, Statement
from assistant.engine.verdict import (
    NO_GROUP,
    Verdict,
    certainty_said,
    group_name,
    result_sentence,
    sentence,
)
from assistant.guide.model import Guide
from assistant.lines.dialogue import offered
from assistant.tables import as_sentences
from assistant.text import listed

if TYPE_CHECKING:
    from assistant.engine.lookup import Hit


def result_lines(view: View, result: Verdict) -> Iterator[str]:
    """Return what of a result is needed first, in the order of the screen."""
    so = "in that case" if view.only_if else ""
    sure = f" {certainty_said(result.certainty or 'refer', so)}." if result.group else ""
    yield f"{result_sentence(view.guide, result, view.only_if)}{sure}"
    yield from _marked(_first_said(view, result), statements.Sources())
    if statements.in_short(view.guide, view.standing, result):
        yield f"To hear all {len(result.rows)}, type m."


def _first_said(view: View, result: Verdict) -> list[Statement]:
    """Return what of a result is said first, of many cases in short."""
    first = list(statements.first_said(view.said))
    short = statements.in_short(view.guide, view.standing, result)
    return [*short, *(one for one in first if not short or one.about not in statements.TABLE)]


def more_lines(view: View, result: Verdict) -> Iterator[str]:
    """Return the rest of a result, a line for each group ruled out, and the numbered sources of all."""
    sources = statements.Sources()
    first = _first_said(view, result)
    for one in first:
        sources.marks(one.quotes)
    rest = (one for one in view.said if one not in first and one.about != Heading.RULED_OUT)
    yield from _marked(rest, sources)
    fit = {one.group for one in also_fits(view.guide, result)}
    for group in view.groups:
        if not (group.possible or group.also_fits or group.group in fit):
            name = group_name(view.guide, group.group)
            yield f"{Heading.RULED_OUT}: {name}. {sentence(group.because)}"
    for number, where, words in sources.listed():
        yield f"Source {number}: {where}: {words}."


def _marked(some: Iterable[Statement], sources: statements.Sources) -> Iterator[str]:
    """Return statements, each with the numbers of its sources."""
    for one in some:
        yield f"{one.line} {sources.marks(one.quotes)}".rstrip()


def why_lines(view: View) -> Iterator[str]:
    """Return help for the question asked, with its tricky cases by name, or for what comes after the last."""
    first = [*statements.question_help(view.guide, view.question)] if view.question else []
    yield from question_lines(view.guide, view.question)
    said = help_on(view, offered(view))
    yield from statements.as_lines(one for one in said if one not in first)
    if view.question is None and view.mode == "asking":
        yield "Type c to change an answer. Each choice says what it would change."


def question_lines(guide: Guide, fact: str | None, number: str = "") -> Iterator[str]:
    """Return why a question is asked, where to look, and its tricky cases by name, or one in full."""
    some = list(statements.question_help(guide, fact)) if fact else []
    tricky = [one for one in some if one.about == Heading.TRICKY]
    if number:
        place = int(number)
        chosen = tricky[place - 1 : place] if place else []
        yield from (f"Tricky case {number}: {one.says}" for one in chosen)
        if not chosen:
            yield "There is no tricky case with that number. Type ? to hear them."
        return
    yield from statements.as_lines(one for one in some if one not in tricky)
    for place, one in enumerate(tricky, start=1):
        yield f"Tricky case {place}: {one.says.partition(': ')[0]}."
    if tricky:
        yield "To hear about one of these, type ? and its number, such as ? 1."


def group_lines(view: View) -> Iterator[str]:
    """Return the groups still possible, then each one ruled out, and why."""
    views = groups_now(view.guide, view.standing)
    possible = [group for group in views if group.possible]
    yield f"Still possible: {len(possible)} of {len(views)} groups."
    for group in possible:
        yield f"Still possible: {group_name(view.guide, group.group)}."
    if not possible:
        yield f"{NO_GROUP}."
    for group in views:
        if not group.possible:
            yield statements.ruled_out(view.guide, view.standing, group).line


def card_lines(guide: Guide) -> Iterator[str]:
    """Return the desk card, each row a sentence."""
    yield f"{CARD_TITLE}. {card_lead(guide)}"
    for table in card_tables(guide):
        yield table.heading
        yield from as_sentences(table)


def found_lines(guide: Guide, hits: Sequence["Hit"], unknown: Sequence[str]) -> Iterator[str]:
    """Return what a lookup found, each with where it leads, and how to continue from one."""
    from assistant.engine.lookup import leads  # noqa: PLC0415 - loaded once something is looked up

    if unknown:
        yield f"Not found: {', '.join(unknown)}."
    for number, hit in enumerate(hits, start=1):
        name = f"l {number}" if hit.facts else "Also found"
        yield f"{name}: {hit.title} ({hit.kind}). {hit.means}"
        yield from statements.as_lines(leads(guide, hit))
    if not hits:
        yield "No match. Try one or two plain words, such as l adoption, or type g to hear the groups."
    numbers = [f"l {number}" for number, hit in enumerate(hits, start=1) if hit.facts]
    if numbers:
        which = "this one" if len(numbers) == 1 else "one of these"
        yield f"To continue from {which}, type {listed(numbers, 'or')}."


def words_lines(view: View, shown: Iterable[str]) -> Iterator[str]:
    """Return what the terms used in some text mean."""
    terms = list(dict.fromkeys(term for text in shown for term in view.glossary.terms_in(text)))
    if not terms:
        yield "No words on this page are in the glossary."
    for term in terms:
        yield from statements.as_lines([statements.meaning(view.guide, term)])
    yield "To hear what a word means, type w and the word, such as w safety plan."


def word_lines(guide: Guide, typed: str) -> Iterator[str]:
    """Return what one word means, under whatever name it was typed; else the words nearest to it."""
    names = {
        name.casefold(): key
        for key, term in guide.glossary.items()
        for name in (term.name, *term.also)
    }
    wanted = typed.casefold()
    if wanted in names:
        yield from statements.as_lines([statements.meaning(guide, names[wanted])])
        return
    near = [name for name in names if wanted in name] or get_close_matches(wanted, names, n=3)
    meant = dict.fromkeys(guide.glossary[names[name]].name for name in near)
    yield "That word is not in the glossary."
    if meant:
        yield f"Did you mean {' or '.join(list(meant)[:3])}? Type w and the word you mean."
    else:
        known = ", ".join(sorted(term.name for term in guide.glossary.values()))
        yield f"The glossary explains: {known}."
