"""What a result says, as statements, with the terms in them; and their layouts."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from assistant.engine import explain
from assistant.engine.interview import NOT_ASKED, Answers, Standing, outcomes_after
from assistant.engine.verdict import (
    NO_GROUP,
    Verdict,
    condition,
    fact_said,
    group_name,
    qualified,
    row_end,
    sentence,
    source,
    use_when,
    verdict,
    with_condition,
)
from assistant.guide.model import Cite, Decision, Guide
from assistant.shapes import Frozen
from assistant.text import listed


class Heading(StrEnum):
    """What the statements of a result are about."""

    HOW_SURE = "How sure"
    DECIDED = "Your agency decided"
    ONLY_IF = "Assumed"
    NOT_SURE = "Not sure"
    DEPENDS = "It depends"
    WHERE_TO_LOOK = "Where to look"
    CHECK_FIRST = "Check first"
    FIND_OUT = "Find out"
    WHY = "Why"
    NEXT = "What to do next"
    ALSO_FITS = "Also fits"
    NEAR = "Closest"
    READING = "How we read it"
    ANSWERED = "You answered"
    SET_ASIDE = "Not used"
    NOT_PREFERRED = "Second choice"
    RULED_OUT = "Ruled out"
    NOT_THESE = "Not these"
    ASKED_SINCE = "Why this is asked"
    LEAVES = "Groups still possible after each answer"
    TRICKY = "Tricky cases"


class Quote(NamedTuple):
    """A few words of a document, and where they are: document and section."""

    words: str
    where: str


class Statement(Frozen):
    """One thing that is said: under which heading, in which cases, and with which quotations.

    `only_if` begins with a capital, `If the goal is adoption`; empty where it is so in every case.
    """

    about: str
    says: str
    only_if: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def words(self) -> str:
        return with_condition(self.says, self.only_if)

    @property
    def line(self) -> str:
        """The statement in one line, `Why, if the goal is adoption: ...`; `If` is heading enough."""
        if self.about in {Heading.DEPENDS, Heading.LEAVES}:
            return self.words
        when = f", {self.only_if[0].lower()}{self.only_if[1:]}" if self.only_if else ""
        return f"{self.about}{when}: {self.says}"


def as_lines(some: Iterable[Statement]) -> Iterator[str]:
    """Lay statements out one after another, each quotation on its own line."""
    for one in some:
        yield one.line
        yield from (f"Source: “{quote.words}” ({quote.where})." for quote in one.quotes)


class Sources:
    """Numbers the places that words are quoted from, in the order in which they are met."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}

    def marks(self, some: Iterable[Quote]) -> str:
        """Return the numbers of some quotations, such as `[1] [3]`."""
        numbers = dict.fromkeys(self._number(quote) for quote in some)
        return " ".join(f"[{number}]" for number in numbers)

    def _number(self, quote: Quote) -> int:
        words = self._places.setdefault(quote.where, [])
        if quote.words not in words:
            words.append(quote.words)
        return list(self._places).index(quote.where) + 1

    def listed(self) -> Iterator[tuple[int, str, str]]:
        """Return the number of each source, where it is, and the words quoted from it."""
        for number, (where, words) in enumerate(self._places.items(), start=1):
            yield number, where, "; ".join(f"“{one}”" for one in words)


def as_sections(some: Iterable[Statement]) -> Iterator[tuple[str, list[str]]]:
    """Lay statements out under their headings; those that follow one another share one."""
    for about, group in groupby(some, key=lambda one: one.about):
        lines: list[str] = []
        for one in group:
            lines.append(one.words)
            lines += (f'"{quote.words}" ({quote.where})' for quote in one.quotes)
        yield about, lines


_FIRST = (
    *(Heading.ONLY_IF, Heading.DEPENDS, Heading.WHERE_TO_LOOK, Heading.DECIDED),
    *(Heading.WHY, Heading.CHECK_FIRST),
)


def first_said(said: Sequence[Statement], *, recorded: bool = False) -> Iterator[Statement]:
    """Return what of a result is needed first: one statement a heading, and of what it depends on all.

    Last is what to do next in every case, or else what to find out. Once a group is `recorded`,
    that is said later. What is assumed heads the result, so it is said here only where that depends.
    """
    depends = any(one.about == Heading.DEPENDS for one in said)
    for heading in _FIRST if depends else _FIRST[1:]:
        some = [one for one in said if one.about == heading]
        yield from some if heading == Heading.DEPENDS else some[:1]
    if not recorded:
        then = [one for one in said if one.about == Heading.NEXT and not one.only_if]
        yield from (then or [one for one in said if one.about == Heading.FIND_OUT])[:1]


def quoting(some: Iterable[Statement], about: str) -> Iterator[Statement]:
    """Return the statements, with the quotations of those under one heading only."""
    for one in some:
        yield one if one.about == about else replace(one, quotes=())


def quotes(guide: Guide, cites: Iterable[Cite]) -> tuple[Quote, ...]:
    """Return the deciding words of each citation, and where they are."""
    return tuple(Quote(cite.words, source(guide, cite)) for cite in cites)


def statements(
    guide: Guide, standing: Standing, *, assumed: frozenset[str] = frozenset()
) -> tuple[Statement, ...]:
    """Return everything that the result of an ended interview says, what is needed first.

    `assumed` holds the facts whose answers were only assumed.
    """
    return (
        *_assumed(guide, standing, assumed),
        *advice(guide, standing),
        *_answered(guide, standing, assumed),
        *(ruled_out(guide, standing, view) for view in _others(guide, standing)),
    )


def advice(guide: Guide, standing: Standing) -> tuple[Statement, ...]:
    """Return how sure a result is, what to check first, why, and what to do next; or on what it depends."""
    result = verdict(guide, standing)
    beside = _beside(guide, result, {view.group for view in _others(guide, standing)})
    if result.status == "depends":
        return (*_it_depends(guide, result), *_decided(guide, result), *beside)
    find_out = (Statement(Heading.FIND_OUT, guide.questions[f].ask) for f in result.open_facts)
    after = (*_reading(guide, result), *_next(guide, result), *find_out)
    return (*_reasons(guide, standing, result), *beside, *after)


def _others(guide: Guide, standing: Standing) -> list[explain.GroupView]:
    return [view for view in explain.groups_now(guide, standing) if not view.possible]


def _assumed(guide: Guide, standing: Standing, assumed: frozenset[str]) -> Iterator[Statement]:
    taken = [
        explain.says(guide, fact, answer) for fact, answer in standing.trail if fact in assumed
    ]
    if taken:
        yield Statement(Heading.ONLY_IF, f"{', and '.join(taken)}.")


_OTHERWISE = "Otherwise"


def _it_depends(guide: Guide, result: Verdict) -> Iterator[Statement]:
    ends = {condition(guide, row, "If"): row_end(guide, row) for row in result.rows}
    exceptions = [only_if for only_if in ends if only_if.startswith("Unless")]
    if len(exceptions) == 1:  # the lines before it have every other case
        ends[_OTHERWISE] = ends.pop(exceptions[0])
    for only_if, end in zip(spelled_out(guide, ends), ends.values(), strict=True):
        yield Statement(Heading.DEPENDS, f"{end}.", only_if)
    for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed):
        yield where_to_look(guide, fact)


def spelled_out(guide: Guide, texts: Iterable[str]) -> Iterator[str]:
    """Return texts with an abbreviation in full at its first use: `FINS (family in need of services)`."""
    terms = guide.glossary.values()
    full = {term.name: term.also[0] for term in terms if term.name.isupper() and term.also}
    for text in texts:
        said = text
        for name in [name for name in full if re.search(rf"\b{name}\b", text)]:
            said = re.sub(rf"\b{name}\b(?! \()", f"{name} ({full.pop(name)})", said, count=1)
        yield said


TABLE = frozenset({Heading.DEPENDS, Heading.WHERE_TO_LOOK, Heading.FIND_OUT})
"""What a long table says in full, in place of which `in_short` can be said."""

FEW_ROWS = 8  # as many lines of a table as make a short answer


def in_short(guide: Guide, standing: Standing, result: Verdict) -> tuple[Statement, ...]:
    """Return a long table in short: what the values of the fact that tells most each leave, and how many.

    Nothing for a table that is short itself.
    """
    if len(result.rows) <= FEW_ROWS:
        return ()
    fact = explain.open_first(guide, standing, result).fact
    lines = (
        Statement(
            Heading.DEPENDS,
            f"{groups_left(guide, ends)}.",
            f"If {explain.says(guide, fact, value)}",
        )
        for value, ends in outcomes_after(guide, dict(standing.trail), standing, fact).items()
    )
    lead = f"The facts you are not sure about allow {len(result.rows)} combinations. In short:"
    return (Statement(Heading.DEPENDS, lead), *lines, where_to_look(guide, fact))


def groups_left(guide: Guide, outcomes: Collection[str]) -> str:
    """Return the groups that outcomes name, and last that there may be none."""
    ends = {guide.outcomes[outcome].group for outcome in outcomes}
    names = [group_name(guide, group) for group in guide.groups if group in ends]
    if names and None in ends:
        return f"{', '.join(names)}, or no group named: ask your supervisor"
    return listed(names, "or") if names else NO_GROUP


def where_to_look(guide: Guide, fact: str) -> Statement:
    """Return where a worker finds out about a fact."""
    where = guide.questions[fact].where_to_look
    says = f"For {fact_said(guide, fact)}, {where[0].lower()}{where[1:]}"
    return Statement(Heading.WHERE_TO_LOOK, says)


def _reasons(guide: Guide, standing: Standing, result: Verdict) -> Iterator[Statement]:
    """Say how sure the result is and why, then what to check, since it may change it."""
    sure = qualified(guide, result, lambda end: [explain.certainty_words(guide, end)])
    yield from (Statement(Heading.HOW_SURE, words, when) for words, when in sure.items())
    yield from _decided(guide, result)
    skipped = [guide.questions[f].name for f, said in standing.trail if said == NOT_ASKED]
    if standing.unsure:
        what, it, s = "The facts you are not sure about", "They", ""
        if skipped:
            it, s = ("It", "s") if len(skipped) == 1 else ("They", "")
            what = f"The question{'' if s else 's'} you skipped ({listed(skipped)})"
        rest = f" {it} change{s} only how sure we are." if len(result.details) > 1 else ""
        yield Statement(
            Heading.NOT_SURE, f"{what} {'does' if s else 'do'} not change the group.{rest}"
        )
    why = qualified(guide, result, lambda end: [(end.reason, end.cites)])
    for (words, cites), when in why.items():
        yield Statement(Heading.WHY, words, when, quotes(guide, cites))
    checks = qualified(guide, result, lambda end: end.warnings)
    yield from (Statement(Heading.CHECK_FIRST, words, when) for words, when in checks.items())


def decided_in(guide: Guide, result: Verdict) -> dict[Decision, str]:
    """Return what the agency decided about a result, each with the words for when it holds."""
    return qualified(guide, result, lambda end: end.decided)


def _decided(guide: Guide, result: Verdict) -> Iterator[Statement]:
    for decision, when in decided_in(guide, result).items():
        yield Statement(Heading.DECIDED, decision.words, when)


def _reading(guide: Guide, result: Verdict) -> Iterator[Statement]:
    """Say how the guide reads what a single outcome depends on, where no agency has decided it."""
    if len(result.outcomes) == 1 and not guide.outcomes[result.outcomes[0]].decided:
        for one in guide.readings.values():
            if one.told and result.outcomes[0] in one.outcomes:
                yield Statement(Heading.READING, one.told)


def _beside(guide: Guide, result: Verdict, others: set[str]) -> Iterator[Statement]:
    """Say which of the other groups also fit, or come near where no group is named."""
    also = qualified(guide, result, lambda end: end.also_fits)
    near = qualified(guide, result, lambda end: end.nearest)
    for about, found in ((Heading.ALSO_FITS, also), (Heading.NEAR, near)):
        for fit, when in found.items():
            if fit.group in others:
                words = f"{group_name(guide, fit.group)}. {fit.reason}"
                yield Statement(about, words, when, quotes(guide, fit.cites))


def _next(guide: Guide, result: Verdict) -> Iterator[Statement]:
    for note, when in qualified(guide, result, lambda end: end.next).items():
        yield Statement(Heading.NEXT, note.say, when, quotes(guide, note.cites))


def _answered(guide: Guide, standing: Standing, assumed: frozenset[str]) -> Iterator[Statement]:
    for reason in explain.reasons(guide, standing):
        as_if = " (assumed)" if reason.fact in assumed else ""
        words = f"{sentence(reason.says).removesuffix('.')}{as_if}."
        yield Statement(Heading.ANSWERED, words, quotes=quotes(guide, reason.cites))
    for fact, answer in standing.set_aside.items():
        words = f"{sentence(explain.says(guide, fact, answer))} It does not affect this result."
        yield Statement(Heading.SET_ASIDE, words)


def ruled_out(guide: Guide, standing: Standing, view: explain.GroupView) -> Statement:
    """Return why a group is not the one, and the smallest change that would make it so."""
    name = group_name(guide, view.group)
    need = explain.smallest_change(guide, standing, view.group)
    would = f" The answer would be {name} if {explain.in_words(guide, need)}." if need else ""
    if view.also_fits:
        return Statement(Heading.NOT_PREFERRED, f"{name}. It also fits.{would}")
    words = f"{name}. {sentence(view.because)}{would}"
    return Statement(Heading.RULED_OUT, words, quotes=quotes(guide, view.cites))


def not_these(guide: Guide, standing: Standing) -> Iterator[Statement]:
    """Return the groups that are ruled out in short: those with one reason together.

    Those that `advice` says more of are left out, except what would make one the result that also
    fits.
    """
    result = verdict(guide, standing)
    beside = {
        fit.group for fit in (*explain.also_fits(guide, result), *explain.nearest(guide, result))
    }
    names: dict[str, list[str]] = {}
    for view in _others(guide, standing):
        if view.also_fits:
            yield ruled_out(guide, standing, view)
        elif view.group not in beside:
            name = group_name(guide, view.group).removesuffix(" Services")
            names.setdefault(view.because, []).append(name)
    for because, some in names.items():
        yield Statement(Heading.NOT_THESE, f"{listed(some)}. {sentence(because)}")


def question_help(guide: Guide, fact: str) -> Iterator[Statement]:
    """Return why a question is asked, where to look, and tricky cases."""
    question = guide.questions[fact]
    yield Statement(Heading.ASKED_SINCE, question.why)
    yield Statement(Heading.WHERE_TO_LOOK, question.where_to_look)
    for item in question.help:
        words = f"{item.about}: {item.say}"
        yield Statement(Heading.TRICKY, words, quotes=quotes(guide, item.cites))


def what_answers_leave(
    guide: Guide, answers: Answers, standing: Standing, fact: str
) -> Iterator[Statement]:
    """Return which groups each answer to the question being asked would leave possible."""
    left = explain.what_each_answer_leaves(guide, answers, standing, fact)
    labels: dict[tuple[str, ...], list[str]] = {}
    for value, possible in left.items():
        labels.setdefault(possible, []).append(f"“{guide.questions[fact].options[value].label}”")
    for possible, some in labels.items():
        names = [group_name(guide, group).removesuffix(" Services") for group in possible]
        every = len(labels) == 1 < len(some)
        answered = "Whatever you answer" if every else f"If you answer {listed(some, 'or')}"
        groups = "this group is" if len(names) == 1 else "these groups are"
        none = f"No group covers {listed(some, 'or')}. Ask your supervisor."
        said = f"{answered}, {groups} still possible: {listed(names)}." if names else none
        yield Statement(Heading.LEAVES, said)
    if len(labels) == 1:
        yield Statement(Heading.LEAVES, "Your answer may decide how certain the result is.")
    unsure = (
        "Choose “Not sure.” The assistant then considers every possible answer. It may ask more."
    )
    yield Statement("If you are not sure", unsure)


def meaning(guide: Guide, term: str) -> Statement:
    """Return what a term means, under all its names."""
    found = guide.glossary[term]
    also = f" (also: {', '.join(found.also)})" if found.also else ""
    return Statement(f"{found.name}{also}", found.means, quotes=quotes(guide, found.cites))


def compared(guide: Guide, one: str, other: str) -> tuple[Statement, ...]:
    """Return a statement about each of two groups, then what tells them apart, where the guide says it."""
    about = (
        Statement(
            group_name(guide, group),
            f"{guide.groups[group].what} Use when {use_when(guide, group)}.",
        )
        for group in (one, other)
    )
    found = explain.comparison(guide, one, other)
    if found is None:
        return tuple(about)
    return (
        *about,
        Statement("The same", found.same),
        Statement("Different", found.different),
        Statement("Ask yourself", found.question, quotes=quotes(guide, found.cites)),
    )


def look_alikes(guide: Guide, group: str) -> Iterator[Statement]:
    """Return each group that one is easily mixed up with, and what tells the two apart."""
    for other, found in guide.mixed_up_with(group).items():
        words = f"{group_name(guide, other)}. {found.different} Ask yourself: {found.question}"
        yield Statement("Easily mixed up with", words)


def told_apart_by(guide: Guide, fact: str, possible: Collection[str]) -> Iterator[Statement]:
    """Return which of the possible groups a fact tells apart that are easily mixed up."""
    for found in guide.comparisons.values():
        if found.tells == fact and {*found.groups} <= {*possible}:
            names = listed(group_name(guide, group) for group in found.groups)
            yield Statement("Easily mixed up", f"{names}. Ask yourself: {found.question}")


class Piece(Frozen):
    """A run of text; `term` is the glossary id it stands for, or None for plain words."""

    text: str
    term: str | None = None


class Glossary:
    """The guide's terms by every name they go by; the longest name wins where two begin alike."""

    def __init__(self, guide: Guide) -> None:
        self._ids = {
            name.casefold(): key
            for key, term in guide.glossary.items()
            for name in (term.name, *term.also)
        }
        self.pieces = lru_cache(maxsize=512)(lambda text: tuple(self._split(text)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._ids, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in names)
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)

    def terms_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the terms met in text, each once, in order."""
        return tuple(dict.fromkeys(piece.term for piece in self.pieces(text) if piece.term))

    def _split(self, text: str) -> Iterator[Piece]:
        """Cut text at its terms; each term counts where it is met first."""
        end = 0
        seen: set[str] = set()
        for match in self._pattern.finditer(text):
            term = self._ids[match[0].casefold()]
            if term not in seen:
                seen.add(term)
                yield Piece(text[end : match.start()])
                yield Piece(match[0], term)
                end = match.end()
        yield Piece(text[end:])
