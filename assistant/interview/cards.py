"""The numbered choices below the conversation, for whatever the interview is at."""

from collections.abc import Iterator

from assistant.engine.change import Change, what_follows
from assistant.engine.verdict import Row, Verdict
from assistant.engine.walk import UNSURE, values_open
from assistant.engine.wording import condition, group_name, headline
from assistant.interview.choice import Choice
from assistant.interview.view import View


def choices(view: View) -> list[Choice]:
    """Give the choices for a view, in the order they are numbered."""
    return list(_CARDS[view.mode](view))


def _asking(view: View) -> Iterator[Choice]:
    if view.standing.asking:
        yield from _options(view, view.standing.asking)
    elif view.verdict:
        yield from _after_result(view, view.verdict)


def _options(view: View, fact: str) -> Iterator[Choice]:
    options = view.guide.questions[fact].options
    for value in (*values_open(view.guide, view.standing, fact), UNSURE):
        if view.among and value not in view.among:
            continue
        label = "Not sure" if value == UNSURE else options[value].label
        yield Choice(("answer", fact, value), label, _note(view, fact, value))
    if view.among:
        yield Choice(("all",), "None of these: show every answer")


def _note(view: View, fact: str, value: str) -> str:
    if view.mode != "changing":
        return ""
    if view.answers.get(fact) == value:
        return "your answer now"
    return in_words(view, what_follows(view.guide, view.answers, view.standing, fact, value))


def in_words(view: View, change: Change) -> str:
    """Say what a change would do: `keeps 2 answers, sets aside 1; Reunification becomes ...`."""
    verbs = {
        "keeps": change.keeps,
        "sets aside": change.sets_aside,
        "brings back": change.brings_back,
    }
    counts = [f"{verb} {count}" for verb, count in verbs.items() if count]
    if counts:
        counts[0] += " answer" if counts[0].endswith(" 1") else " answers"
    before, after = (_short(view, side) for side in (change.before, change.after))
    if after is None:
        result = "more to ask"
    elif before is None or before == after:
        result = f"{after} stays" if before else f"gives {after}"
    else:
        result = f"{before} becomes {after}"
    return "; ".join([", ".join(counts) or "keeps no other answer", result])


def _short(view: View, result: Verdict | None) -> str | None:
    if result is None:
        return None
    return headline(view.guide, result).removesuffix(" Services").split(":")[0]


def _after_result(view: View, result: Verdict) -> Iterator[Choice]:
    if result.status == "recommended":
        yield Choice(("record", result.group or ""), "Record this group")
        yield Choice(("other",), "Record a different group")
        yield _copy_name(view)
    elif result.status == "refer":
        yield Choice(("record", ""), "Record that your supervisor will decide")
        yield Choice(("other",), "Record the group your supervisor chose")
    else:
        yield Choice(("pick",), "Change an answer you have looked up")
        yield Choice(("assume",), "Go on as if one of these were so")
        yield Choice(("record", ""), "Record it as unresolved, to finish later")
        yield Choice(("other",), "Record the group your supervisor chose")
    yield Choice(("copy", "memo"), "Copy a memo of the reasons")
    yield Choice(("save",), "Save the memo as a file")
    yield Choice(("again",), "Start a new interview")


def _copy_name(view: View) -> Choice:
    return Choice(("copy", "name"), f"Copy “{view.name_to_copy()}”")


def _assuming(view: View) -> Iterator[Choice]:
    for number, row in enumerate(view.verdict.rows if view.verdict else ()):
        first = Row({fact: values[:1] for fact, values in row.assumed.items()}, row.outcomes)
        name = group_name(view.guide, view.guide.outcomes[row.outcomes[0]].group)
        yield Choice(("as_if", str(number)), f"As if {condition(view.guide, first)}", name)


def _picking(view: View) -> Iterator[Choice]:
    for fact, answer in view.everything_said.items():
        question = view.guide.questions[fact]
        short = "not sure" if answer == UNSURE else question.options[answer].short
        yield Choice(("change", fact), f"{question.name}: {short}")


def _changing(view: View) -> Iterator[Choice]:
    if view.fact:
        yield from _options(view, view.fact)


def _choosing_group(view: View) -> Iterator[Choice]:
    for standing in view.groups:
        if standing.group != view.recommended:
            name = group_name(view.guide, standing.group)
            yield Choice(
                ("record", standing.group), name, "also fits" if standing.also_fits else ""
            )
    if view.recommended:
        yield Choice(("record", ""), "No group yet: left to the supervisor")


def _recording(_: View) -> Iterator[Choice]:
    return iter(())


def _recorded(view: View) -> Iterator[Choice]:
    yield Choice(("again",), "Start a new interview")
    if view.chosen:
        yield _copy_name(view)
    yield Choice(("copy", "memo"), "Copy a memo of the reasons")
    yield Choice(("save",), "Save the memo as a file")
    yield Choice(("save", "case"), "Save the memo with the case number in it")
    yield Choice(("records",), "See the records")


_CARDS = {
    "asking": _asking,
    "picking": _picking,
    "changing": _changing,
    "assuming": _assuming,
    "choosing_group": _choosing_group,
    "recording": _recording,
    "recorded": _recorded,
}
