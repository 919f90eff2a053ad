"""What the interview says, as paragraphs and pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from textual.content import Content

from assistant.cases.help import help_on
from assistant.cases.view import (
    ASIDE,
    View,
    card_heading,
    choices,
    in_short,
    recommended_instead,
    so_far_sentences,
    to_record,
    with_one_memo,
)
from assistant.commands import Where, keys
from assistant.engine.explain import GroupView, open_first
from assistant.engine.interview import outcomes_after
from assistant.engine.statements import (
    Heading,
    Sources,
    Statement,
    first_said,
    meaning,
    where_to_look,
)
from assistant.engine.verdict import Verdict, certainty_said, fact_said, group_name, short_name
from assistant.screen import theme
from assistant.screen.column import QUIET, Paragraph, Part, joined, plain
from assistant.screen.widgets import clickable, quoted
from assistant.shapes import Frozen
from assistant.text import listed

CERTAINTY = {
    "settled": (theme.SETTLED, "$settled"),
    "judgement": (theme.JUDGMENT, "$judgment"),
    "refer": (theme.ASK, "$judgment"),
}
"""The mark and the color of each certainty."""

Head = list[Paragraph]


class PageText(Frozen):
    """What is above the choices, in several ways, the roomiest first; and what is read further down."""

    heads: Sequence[Head]
    more: Sequence[Paragraph] = ()


def page_text(view: View) -> PageText:
    """Return what the interview's page says now."""
    if view.mode in ASIDE or card_heading(view):
        return _beside(view, ASIDE.get(view.mode) or card_heading(view))
    if view.question:
        return _question(view, view.question)
    return _result(view, view.verdict) if view.verdict else PageText([[]])


def _trail(view: View) -> list[Paragraph]:
    """Return each answer on its own row, the newest nearest to what follows."""
    found = []
    for fact in view.everything_said:
        name = plain(view.guide.questions[fact].name, QUIET)
        mark = plain(theme.ANSWERED, QUIET)
        found.append(Paragraph(_changes(fact, in_short(view, fact)), name, mark))
    return found


def _in_one_row(view: View) -> list[Paragraph]:
    """Return all answers one after another."""
    names = view.guide.questions
    said = [
        _changes(fact, f"{names[fact].name}: {in_short(view, fact)}")
        for fact in view.everything_said
    ]
    between = f" {theme.DOT} "
    return [Paragraph(plain(between, QUIET).join(said), between=between)] if said else []


def _changes(fact: str, words: str, style: str = QUIET) -> Content:
    """Return words that lead to other answers about a fact when they are clicked."""
    return clickable(words, style, f"screen.change('{fact}')")


def _column(*some: Paragraph) -> Head:
    """Return paragraphs from the top of a column on, apart from the line of places."""
    return [replace(some[0], gap=True), *some[1:]] if some else []


def _beside(view: View, words: str) -> PageText:
    asked = Paragraph(plain(words, "bold"), gap=True)
    return PageText([_column(*_in_one_row(view), asked)])


def _question(view: View, fact: str) -> PageText:
    question = view.guide.questions[fact]
    before = "Change your answer. " if view.mode == "changing" else ""
    so_far = [_so_far(view)] if view.so_far else []
    asked = (
        *so_far,
        Paragraph(plain(f"{before}{question.ask}", "bold"), gap=True),
        Paragraph(plain(question.hint, QUIET)),
    )
    if not view.everything_said:
        begin = Paragraph(plain(view.guide.about.begin, QUIET))
        return PageText([_column(begin, *asked), _column(*asked)])
    return PageText([_column(*some, *asked) for some in (_trail(view), _in_one_row(view))])


def _so_far(view: View) -> Paragraph:
    name, rest = so_far_sentences(view)
    words = joined([(name, "bold $accent"), (f" {rest}", QUIET)])
    return Paragraph(words, mark=plain(theme.SO_FAR, "$accent"), gap=True)


def title_of(view: View) -> Paragraph:
    """Return the line that answers the interview: what is recorded, once it is, else what is advised."""
    result = view.verdict
    if result is None:
        return Paragraph(plain(""))
    if view.is_open:
        ends = {view.guide.outcomes[row.outcomes[0]].group for row in result.rows}
        count = len(ends - {None})
        groups = "group is" if count == 1 else "groups are"
        none = ", or none" if None in ends else ""
        name = f"{_NUMBERS.get(count, str(count))} {groups} possible{none}"
        return _titled(name, f"Find out {_to_find_out(view, result)}", theme.ASK, "$judgment")
    certainty = result.certainty or "refer"
    sure, (mark, style) = certainty_said(certainty, view.only_if), CERTAINTY[certainty]
    if view.only_if:
        mark, style = CERTAINTY["refer"]
    if view.mode in {"recorded", "recording"}:
        if _is_otherwise(view, result):
            sure = "a different group" if result.group and view.chosen else ""
            mark, style = theme.OTHERWISE if view.chosen else theme.ASK, "$accent"
        done = "Recorded: " if view.mode == "recorded" else ""
        if view.withdrawn:
            done, sure, mark, style = "Withdrawn: ", "", theme.RULED_OUT, "$quiet"
        return _titled(f"{done}{to_record(view)}", sure, mark, style)
    return _titled(
        group_name(view.guide, result.group, none="No group is named"), sure, mark, style
    )


def _to_find_out(view: View, result: Verdict) -> str:
    """Return which fact to find out; of several the one to begin with, where to look for it follows."""
    facts = dict.fromkeys(fact for row in result.rows for fact in row.assumed)
    name = fact_said(view.guide, open_first(view.guide, view.standing, result).fact)
    words = f"if this is a {name} case" if name.isupper() else name
    return f"{words} first" if len(facts) > 1 else words


_NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight"}


def _titled(name: str, sure: str, mark: str, style: str) -> Paragraph:
    words = joined([(name, f"bold {style}"), (f"   {sure}" if sure else "", style)])
    return Paragraph(words, mark=plain(mark, style), gap=True)


def _told(one: Statement, sources: Sources) -> Content:
    """Return what is said in its own row below when it holds, the numbers of its sources after it."""
    when = f"{one.only_if}:\n" if one.only_if else ""
    return joined(
        [(when, QUIET), (one.says, ""), (f" {sources.marks(one.quotes)}".rstrip(), QUIET)]
    )


def _result(view: View, result: Verdict) -> PageText:
    sources = Sources()
    if view.mode == "recording":
        instead = [Paragraph(plain(recommended_instead(view, result), QUIET))]
        shown = instead if _is_otherwise(view, result) else []
        return PageText([_column(*_in_one_row(view), title_of(view), *shown)])
    first, told = _first_page(view, result, sources)
    rest = [one for one in view.said if one not in told]
    if view.mode == "recorded" and _is_otherwise(view, result):
        # How sure the group is that was recommended is not said of another that was recorded.
        rest = [one for one in rest if one.about not in {Heading.HOW_SURE, Heading.NOT_SURE}]
    above = (*_in_one_row(view), title_of(view))
    head = _column(*above, *first)
    heads = [head, [*_tighter(head)]]
    if len(result.rows) > _FEW_CASES:
        heads.append(_column(*above, *_cases_in_short(view, result)))
        rest = [*view.said]
    return PageText(heads, list(_more(rest, sources)))


_FEW_CASES = 2
"""As many "if ... then ..." as fit any first page."""


def _cases_in_short(view: View, result: Verdict) -> Iterator[Paragraph]:
    """Return what each value of the fact that tells most leaves, a row each, and where to find it out."""
    guide, standing = view.guide, view.standing
    fact = open_first(guide, standing, result).fact
    question = guide.questions[fact]
    leaves: dict[str, list[str]] = {}
    for value, ends in outcomes_after(guide, view.answers, standing, fact).items():
        groups = {guide.outcomes[end].group for end in ends}
        names = [short_name(guide, group) for group in guide.groups if group in groups]
        names += ["ask your supervisor"] * (None in groups)
        leaves.setdefault(listed(names, "or"), []).append(question.options[value].short)
    for nth, (said, values) in enumerate(leaves.items()):
        label = plain(question.name if nth == 0 else " ", QUIET)
        text = joined([(f"{listed(values, 'or')} {theme.LEADS_TO} ", QUIET), (said, "bold")])
        yield Paragraph(text, label, gap=nth == 0)
    where = where_to_look(guide, fact)
    yield _labeled("Where", plain(where.says))


def _tighter(head: Head) -> Iterator[Paragraph]:
    """Return paragraphs without the blank row between two that have the same label."""
    for before, one in zip([None, *head], head, strict=False):
        is_next = before is not None and bool(one.label) and before.label == one.label
        yield replace(one, gap=False) if is_next else one


_WHY, _CHECK, _BECAUSE, _DONE = "Why", "Check first", "Because", "Done"


def _is_otherwise(view: View, result: Verdict) -> bool:
    """Tell whether what is recorded, or about to be, is not what was recommended."""
    from assistant.records.entry import is_followed  # noqa: PLC0415 - not before a result

    return is_followed(result.group, view.chosen) is not True


def _first_page(
    view: View, result: Verdict, sources: Sources
) -> tuple[list[Paragraph], list[Statement]]:
    """Return what is needed first below a result's name, and which statements that has told."""
    shown: list[Paragraph] = []
    told: list[Statement] = []
    otherwise = view.mode == "recorded" and _is_otherwise(view, result)
    if view.mode == "recorded" and view.done:
        shown.append(_labeled(_DONE, plain(view.done)))
    if otherwise:
        shown.append(_labeled(" ", plain(recommended_instead(view, result))))
    for one in first_said(view.said, recorded=view.mode == "recorded"):
        if otherwise and one.about == Heading.CHECK_FIRST:
            continue
        label = _FIRST[Heading(one.about)]
        told.append(one)
        shown.append(_first(one, _BECAUSE if otherwise and label == _WHY else label, sources))
    return shown, told


_FIRST = {
    Heading.ONLY_IF: "Assumed",
    Heading.DEPENDS: "If",
    Heading.WHERE_TO_LOOK: "Where",
    Heading.DECIDED: "Decided",
    Heading.WHY: _WHY,
    Heading.CHECK_FIRST: _CHECK,
    Heading.NEXT: "Next",
    Heading.FIND_OUT: "Find out",
}
"""What of a result is on its first page, and its label there."""


def _first(one: Statement, label: str, sources: Sources) -> Paragraph:
    if one.about == Heading.DEPENDS:
        label, when = _when(one.only_if, label)
        return _labeled(label, plain(when) + plain(one.says.removesuffix("."), "bold"))
    told = replace(one, says=one.line, only_if="") if one.about == Heading.DECIDED else one
    return _labeled(label, _told(told, sources))


def _when(only_if: str, label: str) -> tuple[str, str]:
    """Return the label of a case, and in its own row what it depends on; one word is a label alone."""
    if only_if.startswith("If "):
        return label, f"{only_if.removeprefix('If ')}\n"
    return (" ", f"{only_if}\n") if " " in only_if else (only_if, "")


def _labeled(label: str, text: Content) -> Paragraph:
    style = "bold $judgment" if label == _CHECK else QUIET
    return Paragraph(text, plain(label, style), gap=True)


def _more(said: Sequence[Statement], sources: Sources) -> Iterator[Paragraph]:
    """Return what a result says beyond its first page, and the sources of all of it."""
    for about, group in groupby(said, key=lambda one: one.about):
        yield Paragraph(plain(about, "bold"), gap=True)
        for one in group:
            yield Paragraph(_told(one, sources), plain("– ", QUIET), indent=2)
    listed = list(sources.listed())
    if listed:
        yield Paragraph(plain("Sources", "bold"), gap=True)
    for number, where, words in listed:
        text = joined([(f"{where}: ", ""), (words, QUIET)])
        yield Paragraph(text, plain(f"[{number}]", QUIET), indent=len(f"[{len(listed)}] "))


def side_text(view: View) -> Iterator[Paragraph]:
    """Return the seven groups, a row each, and the answers, for beside a wide page."""
    yield Paragraph(plain("Groups", "bold"))
    for nth, group in enumerate(view.groups):
        yield replace(_group_row(view, group), gap=nth == 0)
    out = [group.ruled_out_by for group in view.groups if _is_out(group)]
    by = [fact_said(view.guide, fact) if fact else "your answers" for fact in dict.fromkeys(out)]
    if by:
        yield Paragraph(plain(f"ruled out by {listed(by, 'or')}", QUIET), mark=_OUT, gap=True)
    if view.everything_said:
        yield Paragraph(plain("Your answers", "bold"), gap=True)
        for nth, fact in enumerate(view.everything_said):
            name = plain(view.guide.questions[fact].name, QUIET)
            yield Paragraph(_changes(fact, in_short(view, fact), ""), name, gap=nth == 0)
        if view.mode not in {"recording", "recorded"}:
            yield Paragraph(joined([("c", "bold"), ("  change an answer", QUIET)]), gap=True)


def _is_out(group: GroupView) -> bool:
    return not (group.possible or group.also_fits)


def _group_row(view: View, group: GroupView) -> Paragraph:
    """Return a group's name, marked as possible, certain or ruled out; beside it whether it also fits."""
    words = short_name(view.guide, group.group)
    if not group.possible:
        if group.also_fits:
            return Paragraph(plain(f"{words}  also fits", QUIET), mark=plain(theme.POSSIBLE, QUIET))
        return Paragraph(plain(words, QUIET), mark=_OUT)
    sure = view.recommended == group.group and not view.only_if
    certain = sure or view.group_certain == group.group
    mark = (theme.SETTLED if sure else theme.SO_FAR) if certain else theme.POSSIBLE
    style = "$accent" if certain else QUIET
    return Paragraph(plain(words, "bold" if certain else ""), mark=plain(mark, style))


_OUT = plain(theme.RULED_OUT, QUIET)


def groups_page(view: View) -> "Page":
    """Return which groups are possible, and by which answers the others are not, as a title and text."""
    found: dict[str, list[Part]] = {}
    for group in sorted(view.groups, key=lambda group: not group.possible):
        said = "Also fits" if group.also_fits else "Ruled out"
        state = "Possible" if group.possible else f"{said}: {group.because}"
        mark = theme.POSSIBLE if group.possible else theme.RULED_OUT
        names = found.setdefault(state, [])
        names.append((f"{mark} {group_name(view.guide, group.group)}\n", "bold" * group.possible))
    blocks = ([(f"{state}\n", QUIET), *names, ("\n", "")] for state, names in found.items())
    return "Which groups are still possible", joined(part for block in blocks for part in block)


Page = tuple[str, Content]
"""A title and the text below it."""


def help_page(view: View) -> Page:
    """Return help for the question being asked, or for a result, and the keys."""
    parts: list[Part] = []
    title = "What now"
    if view.question:
        question = view.guide.questions[view.question]
        title = question.name
        parts.append((f"{question.ask}\n\n", QUIET))
    parts += sections(help_on(view, with_one_memo(choices(view))))
    return title, joined([*parts, *_keys()])


def sections(said: Iterable[Statement]) -> Iterator[Part]:
    """Return statements under their headings, with a blank line below each."""
    for about, group in groupby(said, key=lambda one: one.about):
        some = list(group)
        yield f"{about}\n", QUIET
        for one in some:
            yield f"{'– ' if len(some) > 1 else ''}{one.words}\n", ""
            yield from quoted(one.quotes)
        yield "\n", ""


def words_page(view: View, shown: Iterable[str]) -> Page:
    """Return the meaning of the terms shown now, then of all the others by name."""
    here = dict.fromkeys(term for text in shown for term in view.glossary.terms_in(text))
    others = sorted(set(view.guide.glossary) - set(here))
    parts: list[Part] = [("On the screen now\n", QUIET)] if here else []
    for term in here:
        parts += _term(view, term)
    parts.append(("\nAll other words\n", QUIET))
    for term in others:
        parts += _term(view, term)
    return "Words", joined(parts)


def _term(view: View, key: str) -> Iterator[Part]:
    found = meaning(view.guide, key)
    yield f"\n{found.about}\n", "bold"
    yield f"{found.says}\n", ""
    yield from quoted(found.quotes)


def _keys() -> Iterator[Part]:
    yield "Keys\n", QUIET
    yield "1-9  choose a line      ↑ ↓ Enter  choose a line\n", ""
    yield "PgUp PgDn  scroll      Esc  close what is in front\n", ""
    for key in keys(Where.INTERVIEW, Where.APP).values():
        yield f"{key.shown}  {key.about}\n", ""
