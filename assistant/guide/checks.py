"""Rules that a guide must keep: names, references, structure, situations, citations."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from assistant.errors import GuideError
from assistant.guide.decisions import decisions_hold
from assistant.guide.facts import Case
from assistant.guide.model import (
    OTHER_REASON,
    WHERE_ANOTHER_FITS,
    WHERE_DECIDED,
    Certainty,
    Cite,
    Document,
    Guide,
    Shape,
)
from assistant.guide.problems import GuideFault, KeyPath, Rule
from assistant.private import foreign_text
from assistant.text import did_you_mean, listed

_DOCUMENT_MOST = 64_000_000  # bytes; no document of an agency comes near this
Check = Callable[[Guide], Iterator[GuideFault]]  # a fault for everything that breaks the rule


def check(guide: Guide) -> list[GuideFault]:
    """Return everything that breaks a rule; rules about the tree run once all names are known."""
    faults = [fault for rule in _NAME_CHECKS for fault in rule(guide)]
    return faults or [fault for rule in _LATER_CHECKS for fault in rule(guide)]


_UNKNOWN: Mapping[str, Rule] = {
    rule.removeprefix("unknown-"): rule for rule in get_args(Rule) if rule.startswith("unknown-")
}
"""The rule that a name breaks which is none of its kind."""


def known(
    name: str, names: Collection[str], path: KeyPath, kind: str, *, of_key: bool = False
) -> Iterator[GuideFault]:
    """Return a fault at `path` unless `name` is among `names`; the first word of `kind` says the rule."""
    if name not in names:
        message = f"unknown {kind} {name!r}{did_you_mean(name, names)}"
        rule = _UNKNOWN[kind.split(maxsplit=1)[0]]
        yield GuideFault(path, message, rule, of_key=of_key)


def _each_known(
    listed: Iterable[str], names: Collection[str], path: KeyPath, kind: str
) -> Iterator[GuideFault]:
    for index, name in enumerate(listed):
        yield from known(name, names, (*path, index), kind)


def known_facts(guide: Guide, facts: Case, path: KeyPath) -> Iterator[GuideFault]:
    """Return a fault for every fact or value below `path` that is none of the guide's."""
    for fact, value in facts.items():
        here = (*path, fact)
        yield from known(fact, guide.questions, here, "fact", of_key=True)
        yield from _known_value(guide, fact, value, here)


def _known_value(
    guide: Guide, fact: str, value: str, path: KeyPath, *, of_key: bool = False
) -> Iterator[GuideFault]:
    """Return a fault unless a fact has the value; an unknown fact is a different fault."""
    if fact in guide.questions and value not in (options := guide.questions[fact].options):
        near = did_you_mean(value, options)
        other = f"{value!r} is not an answer for {fact}. Use {listed(options, 'or')}"
        message = f"unknown value of {fact!r} {value!r}{near}" if near else other
        yield GuideFault(path, message, "unknown-value", of_key=of_key)


def _facts_have_questions(guide: Guide) -> Iterator[GuideFault]:
    for index, fact in enumerate(guide.about.facts):
        here = ("about", "facts", index)
        yield from known(fact, guide.questions, here, "question")
        if fact in guide.about.facts[:index]:
            yield GuideFault(here, f"{fact!r} is listed twice", "same-name")
    for fact in guide.questions:
        if fact not in guide.about.facts:
            message = f"{fact!r} is not among the facts of guide.yaml"
            yield GuideFault(("questions", fact), message, "unknown-fact", of_key=True)


def _facts_and_values_are_known(guide: Guide) -> Iterator[GuideFault]:
    conditions: dict[KeyPath, Mapping[str, tuple[str, ...]]] = {
        ("about", "never_together", index): rule
        for index, rule in enumerate(guide.about.never_together)
    }
    for name, group in guide.groups.items():
        for index, clause in enumerate(group.use_when):
            conditions["groups", name, "use_when", index, "facts"] = clause.facts
    for path, condition in conditions.items():
        if not condition:
            yield GuideFault(path, "no fact is named", "empty")
        for fact, values in condition.items():
            yield from known(fact, guide.questions, (*path, fact), "fact")
            for index, value in enumerate(values):
                yield from _known_value(guide, fact, value, (*path, fact, index))
    for name, situation in guide.situations.items():
        yield from known_facts(guide, situation.facts, ("situations", name, "facts"))


def _slips_are_known(guide: Guide) -> Iterator[GuideFault]:
    for index, slip in enumerate(guide.about.slips):
        path = ("about", "slips", index)
        yield from known(slip.fact, guide.questions, (*path, "fact"), "fact")
        for key, values in (("said", slip.said), ("meant", slip.meant)):
            for at, value in enumerate(values):
                yield from _known_value(guide, slip.fact, value, (*path, key, at))


def _edges_lead_somewhere(guide: Guide) -> Iterator[GuideFault]:
    places = {**guide.tree.nodes, **guide.outcomes}
    yield from known(guide.tree.start, places, ("tree", "start"), "node or outcome")
    for name, node in guide.tree.nodes.items():
        path = ("tree", "nodes", name)
        yield from known(node.ask, guide.questions, (*path, "ask"), "question")
        for value, target in node.to.items():
            edge = (*path, "to", value)
            yield from _known_value(guide, node.ask, value, edge, of_key=True)
            yield from known(target, places, edge, "node or outcome")


def _groups_are_known(guide: Guide) -> Iterator[GuideFault]:
    for name, outcome in guide.outcomes.items():
        path: KeyPath = ("outcomes", name)
        if outcome.group is not None:
            yield from known(outcome.group, guide.groups, (*path, "group"), "group")
        also = [fit.group for fit in outcome.also_fits]
        yield from _others(guide, (*path, "also_fits"), outcome.group, also)
        nearest = [near.group for near in outcome.nearest]
        yield from _others(guide, (*path, "nearest"), outcome.group, nearest)
    for name, situation in guide.situations.items():
        path = ("situations", name, "usually")
        yield from _others(guide, path, None, [usual.group for usual in situation.usually])


def _others(guide: Guide, path: KeyPath, own: str | None, names: list[str]) -> Iterator[GuideFault]:
    """Check that a list beside a group names known groups, other than itself, once each."""
    for index, name in enumerate(names):
        here = (*path, index, "group")
        yield from known(name, guide.groups, here, "group")
        if name == own:
            yield GuideFault(here, f"{name!r} is listed beside itself", "same-name")
        if name in names[:index]:
            yield GuideFault(here, f"{name!r} is listed twice", "same-name")


def _comparisons_are_of_two_groups(guide: Guide) -> Iterator[GuideFault]:
    compared: set[frozenset[str]] = set()
    for name, comparison in guide.comparisons.items():
        path: KeyPath = ("comparisons", name)
        yield from known(comparison.tells, guide.questions, (*path, "tells"), "fact")
        yield from _each_known(comparison.groups, guide.groups, (*path, "groups"), "group")
        both = frozenset(comparison.groups)
        if both in compared or len(both) == 1:
            message = "two groups are compared once, and none with itself"
            yield GuideFault((*path, "groups"), message, "same-name")
        compared.add(both)


def _the_card_agrees_with_the_rules(guide: Guide) -> Iterator[GuideFault]:
    """Check that each group on the desk card stands beside facts that make its "use when" true."""
    parts = {"steps": guide.card.steps, "more": guide.card.more}
    rows = {
        ("card", place, at, "rows", index): row
        for place, some in parts.items()
        for at, part in enumerate(some)
        for index, row in enumerate(part.rows)
    }
    for path, row in rows.items():
        yield from known_facts(guide, row.facts, (*path, "facts"))
        if row.group is None:
            if not row.do:
                yield GuideFault(path, "neither 'group' nor 'do' is given", "missing-key")
            continue
        yield from known(row.group, guide.groups, (*path, "group"), "group")
        if row.group in guide.groups and not guide.groups[row.group].fits(row.facts):
            message = f"these facts do not make the rule of {row.group!r} true"
            yield GuideFault((*path, "group"), message, "group-does-not-fit")


def _certainty_agrees_with_group(guide: Guide) -> Iterator[GuideFault]:
    for name, outcome in guide.outcomes.items():
        path = ("outcomes", name)
        if (outcome.certainty == "refer") != (outcome.group is None):
            message = "'refer' goes with no group, and only with none"
            yield GuideFault((*path, "certainty"), message, "certainty")
        if outcome.group is None and not outcome.nearest:
            message = "an outcome that names no group shows the nearest ones"
            yield GuideFault(path, message, "missing-key", of_key=True)


def _citations_are_known(guide: Guide) -> Iterator[GuideFault]:
    for path, cite in _cites_below((), guide):
        yield from known(cite.document, guide.documents, (*path, "document"), "document")
        if cite.document in guide.documents:
            sections = guide.documents[cite.document].sections
            yield from known(cite.section, sections, (*path, "section"), "section")


def _readings_touch_what_is_there(guide: Guide) -> Iterator[GuideFault]:
    for name, reading in guide.readings.items():
        path = ("readings", name)
        yield from _each_known(reading.outcomes, guide.outcomes, (*path, "outcomes"), "outcome")
        yield from _each_known(reading.questions, guide.questions, (*path, "questions"), "question")
    for name in guide.decisions:
        yield from known(name, guide.readings, ("decisions", name), "reading", of_key=True)
    for name, found in guide.outcomes.items():
        if found.decided:
            message = "the guide decides nothing for an agency: its own file does"
            yield GuideFault(("outcomes", name, "decided"), message, "unknown-key", of_key=True)


def _codes_stand_for_values(guide: Guide) -> Iterator[GuideFault]:
    for name, codes in guide.codes.items():
        path = ("codes", name)
        yield from known(codes.fact, guide.questions, (*path, "fact"), "fact")
        for code, values in codes.codes.items():
            for index, value in enumerate(values):
                here = (*path, "codes", code, index)
                yield from _known_value(guide, codes.fact, value, here)
        yield from known_facts(guide, codes.beside, (*path, "beside"))


def _certainties_and_reasons_have_words(guide: Guide) -> Iterator[GuideFault]:
    path = ("about", "certainties")
    for certainty in {outcome.certainty for outcome in guide.outcomes.values()}:
        if certainty not in guide.about.certainties:
            yield GuideFault(path, f"{certainty!r} is missing", "missing-key", of_key=True)
    for name in guide.about.certainties:
        special = (*WHERE_ANOTHER_FITS.values(), *WHERE_DECIDED.values())
        allowed = (*get_args(Certainty), *special)
        yield from known(name, allowed, (*path, name), "certainty", of_key=True)
    reasons = guide.about.override_reasons
    if reasons and OTHER_REASON not in reasons:  # nobody is to choose one that is not the real one
        path = ("about", "override_reasons")
        yield GuideFault(path, f"{OTHER_REASON!r} is missing", "missing-key", of_key=True)


_WORDS = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")

_KEPT_BACK = "unsure"  # the engine's word for "not sure", which no fact may have as a value


def named_plainly(name: str, path: KeyPath) -> Iterator[GuideFault]:
    """Check that a name, the last key of `path`, is lower-case words joined by underscores."""
    if not _WORDS.fullmatch(name):
        message = f"{name!r} is not lower-case words joined by underscores"
        yield GuideFault(path, message, "name", of_key=True)


def _names_are_plain_words(guide: Guide) -> Iterator[GuideFault]:
    """Check every name that the guide makes up; other rules look at those it refers to."""
    named: dict[KeyPath, Collection[str]] = {
        ("documents",): guide.documents,
        ("groups",): guide.groups,
        ("questions",): guide.questions,
        ("tree", "nodes"): guide.tree.nodes,
        ("outcomes",): guide.outcomes,
        ("glossary",): guide.glossary,
        ("topics",): guide.topics,
        ("situations",): guide.situations,
        ("comparisons",): guide.comparisons,
        ("readings",): guide.readings,
        ("about", "override_reasons"): guide.about.override_reasons,
    }
    for fact, question in guide.questions.items():
        named["questions", fact, "options"] = question.options
        if _KEPT_BACK in question.options:
            path = ("questions", fact, "options", _KEPT_BACK)
            message = f"{_KEPT_BACK!r} is how the assistant itself writes that a worker is not sure"
            yield GuideFault(path, message, "name", of_key=True)
    for place, names in named.items():
        for name in names:
            yield from named_plainly(name, (*place, name))


def _names_stand_for_one_thing(guide: Guide) -> Iterator[GuideFault]:
    """Check that no node has an outcome's name, and no topic a term's: lookup gives both as terms."""
    for name in guide.tree.nodes:
        if name in guide.outcomes:
            message = f"{name!r} is both a node and an outcome"
            yield GuideFault(("tree", "nodes", name), message, "same-name", of_key=True)
    for name in guide.topics:
        if name in guide.glossary:
            message = f"{name!r} is both a topic and a term"
            yield GuideFault(("topics", name), message, "same-name", of_key=True)


def _typed_words_choose_one_option(guide: Guide) -> Iterator[GuideFault]:
    for fact, question in guide.questions.items():
        counts = Counter(
            word.casefold() for option in question.options.values() for word in option.words
        )
        for value, option in question.options.items():
            for index, word in enumerate(option.words):
                if counts[word.casefold()] > 1:
                    path = ("questions", fact, "options", value, "words", index)
                    yield GuideFault(path, f"{word!r} would choose two options", "same-name")


def _words_stand_for_one_thing(guide: Guide) -> Iterator[GuideFault]:
    """Check that typing a phrase whole finds one situation, and a word one term."""
    phrases: dict[str, str] = {}
    for name, situation in guide.situations.items():
        for index, phrase in enumerate(situation.words):
            if (other := phrases.setdefault(phrase.casefold(), name)) != name:
                message = f"{phrase!r} already means {other!r}"
                yield GuideFault(("situations", name, "words", index), message, "same-name")
    terms: dict[str, str] = {}
    for name, term in guide.glossary.items():
        for word in (term.name, *term.also):
            if (other := terms.setdefault(word.casefold(), name)) != name:
                message = f"{word!r} already means {other!r}"
                yield GuideFault(("glossary", name), message, "same-name", of_key=True)


_NAME_CHECKS: tuple[Check, ...] = (
    _facts_have_questions,
    _facts_and_values_are_known,
    _slips_are_known,
    _edges_lead_somewhere,
    _groups_are_known,
    _comparisons_are_of_two_groups,
    _the_card_agrees_with_the_rules,
    _certainty_agrees_with_group,
    _citations_are_known,
    _readings_touch_what_is_there,
    _codes_stand_for_values,
    _certainties_and_reasons_have_words,
    _names_are_plain_words,
    _names_stand_for_one_thing,
    _typed_words_choose_one_option,
    _words_stand_for_one_thing,
)
"""Rules about names, for a guide of the right shape."""


def _no_node_leads_back_to_itself(guide: Guide) -> Iterator[GuideFault]:
    nodes = guide.tree.nodes
    settled: set[str] = set()
    for first in nodes:
        trail: list[str] = []
        waiting = [(first, False)]
        while waiting:
            name, left = waiting.pop()
            if left:
                settled.add(trail.pop())
            elif name in trail:
                circle = " > ".join([*trail[trail.index(name) :], name])
                message = f"{name!r} leads back to itself: {circle}"
                yield GuideFault(("tree", "nodes", name), message, "cycle", of_key=True)
            elif name in nodes and name not in settled:
                trail.append(name)
                waiting.append((name, True))
                waiting += [(target, False) for target in dict.fromkeys(nodes[name].to.values())]


def _every_name_is_reached(guide: Guide) -> Iterator[GuideFault]:
    reached: set[str] = set()
    waiting = [guide.tree.start]
    while waiting:
        name = waiting.pop()
        if name in guide.tree.nodes and name not in reached:
            waiting += guide.tree.nodes[name].to.values()
        reached.add(name)
    for name in (*guide.tree.nodes, *guide.outcomes):
        if name not in reached:
            node = name in guide.tree.nodes
            path: KeyPath = ("tree", "nodes", name) if node else ("outcomes", name)
            message = f"no path leads to the {'node' if node else 'outcome'} {name!r}"
            yield GuideFault(path, message, "unreached", of_key=True)


def _situations_can_be_so(guide: Guide) -> Iterator[GuideFault]:
    for name, situation in guide.situations.items():
        if not guide.space.stands(situation.facts):
            path = ("situations", name, "facts")
            yield GuideFault(path, "these facts cannot be true together", "cannot-stand")


_LATER_CHECKS: tuple[Check, ...] = (
    _no_node_leads_back_to_itself,
    _every_name_is_reached,
    _situations_can_be_so,
    decisions_hold,
)
"""Rules about the tree's shape, cases, and decisions, for a guide in which every name is known."""

_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


def stale_cites(guide: Guide, folder: Path) -> list[GuideFault]:
    """Return each citation whose words do not stand in the section it names.

    `folder` holds the documents under the file names of documents.yaml. Words are compared exactly,
    but for white space and curly quotes. Raises `GuideError` when a document cannot be read.
    """
    sections = {name: _sections(one, folder / one.file) for name, one in guide.documents.items()}
    faults = []
    for path, cite in _cites_below((), guide):
        if _plain(cite.words) not in sections[cite.document][cite.section]:
            message = f"{cite.words!r} is not in {cite.section!r} of {cite.document}"
            faults.append(GuideFault((*path, "words"), message, "stale-quote"))
    return faults


def _cites_below(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, Cite]]:
    """Return every citation with the path that leads to it."""
    if isinstance(value, Cite):
        yield path, value
    elif isinstance(value, Shape):
        yield from _cites_below(path, vars(value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _cites_below((*path, key), item)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cites_below((*path, index), item)


def _sections(document: Document, path: Path) -> dict[str, str]:
    """Return each section's text: from the line that is its name to the line that is the next's."""
    try:
        text = foreign_text(path, _DOCUMENT_MOST)
    except (OSError, UnicodeDecodeError):
        raise GuideError(
            "A document that the guide cites cannot be read.",
            where=str(path),
            mend="name the folder that holds the agency's documents as text files.",
        ) from None
    names = {_plain(name): name for name in document.sections}
    texts = dict.fromkeys(document.sections, "")
    current = document.sections[0]
    for line in text.splitlines():
        current = names.get(_plain(line), current)
        texts[current] += line + "\n"
    return {name: _plain(found) for name, found in texts.items()}


def _plain(text: str) -> str:
    return " ".join(text.translate(_CURLY).split())
