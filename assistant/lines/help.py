"""What is said in lines of a result, a question, the groups and the words."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from assistant.cases.view import View, line_explained, result_explained
from assistant.engine.explain import groups_now, what_each_answer_leaves
from assistant.engine.statements import as_lines, quotes, ruled_out
from assistant.engine.verdict import NO_GROUP, Verdict, group_name, result_sentence
from assistant.guide.model import Cite, Guide
from assistant.lines.dialogue import offered


def result_lines(view: View, result: Verdict) -> Iterator[str]:
    """Return a whole result, most needed first."""
    yield result_sentence(view.guide, result)
    yield from as_lines(view.said)


def sources(guide: Guide, cites: Iterable[Cite]) -> Iterator[str]:
    """Return the deciding words of each citation, and where they stand."""
    for quote in quotes(guide, cites):
        yield f"Source: “{quote.words}” ({quote.where})."


def why_lines(view: View) -> Iterator[str]:
    """Return help for the question being asked, or for what comes after the last one."""
    if view.question is None:
        yield from _after_result(view)
        return
    question = view.guide.questions[view.question]
    yield f"Why this is asked: {question.why}"
    yield f"Where to look: {question.where_to_look}"
    yield "Not sure? Say so with s. Every possibility is then followed, which may add a question."
    yield from _leaves(view, view.question)
    for item in question.help:
        yield f"What people get wrong. {item.about}: {item.say}"
        yield from sources(view.guide, item.cites)


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
            yield from as_lines([ruled_out(view.guide, view.standing, group)])


def words_lines(view: View, shown: Iterable[str]) -> Iterator[str]:
    """Return what the terms used in some text mean."""
    terms = list(dict.fromkeys(term for text in shown for term in view.glossary.terms_in(text)))
    if not terms:
        yield "None of the words used here are explained."
    for term in terms:
        yield from _term(view.guide, term)
    yield "Type w and a word, such as w safety plan, to hear what it means."


def word_lines(guide: Guide, typed: str) -> Iterator[str]:
    """Return what one word means, under whatever name it was typed; else the words nearest to it."""
    names = {
        name.casefold(): key
        for key, term in guide.glossary.items()
        for name in (term.name, *term.also)
    }
    wanted = typed.casefold()
    if wanted in names:
        yield from _term(guide, names[wanted])
        return
    near = [name for name in names if wanted in name] or get_close_matches(wanted, names, n=3)
    meant = dict.fromkeys(guide.glossary[names[name]].name for name in near)
    yield "That word is not explained here."
    if meant:
        yield f"Did you mean {' or '.join(list(meant)[:3])}? Type w and the word you mean."
    else:
        yield f"These are: {', '.join(sorted(term.name for term in guide.glossary.values()))}."


def _term(guide: Guide, key: str) -> Iterator[str]:
    term = guide.glossary[key]
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    yield f"{term.name}{also}: {term.means}"
    yield from sources(guide, term.cites)


def _leaves(view: View, fact: str) -> Iterator[str]:
    options = view.guide.questions[fact].options
    left = what_each_answer_leaves(view.guide, view.answers, view.standing, fact)
    for value, possible in left.items():
        names = [group_name(view.guide, group).removesuffix(" Services") for group in possible]
        yield f"The answer “{options[value].label}” leaves: {', '.join(names) or 'no group named'}."


def _after_result(view: View) -> Iterator[str]:
    yield from result_explained(view)
    for choice in offered(view):
        does = line_explained(view, choice)
        yield from [f"The line “{choice.label}” {does}."] if does else ()
    for words in view.guide.about.certainties.values():
        yield f"How sure a result can be: {words}"
    if view.mode == "asking":
        yield "Type c to change an answer; each option says what would follow."
