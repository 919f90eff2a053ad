"""A class report as plain lines, each of which makes sense when read alone."""

from collections.abc import Iterator

from assistant.content.model import Guide
from assistant.training.reporting.lines import (
    ClassReport,
    DayLine,
    ForkLine,
    StoryLine,
    TraineeLine,
)
from assistant.training.reporting.words import (
    REWRITE,
    answer_name,
    first_words,
    fork_name,
    misread_words,
    mixup_words,
    tally_words,
    trainee_words,
)

MIXUPS_MOST = 10
"""How many mix-ups are listed; the other forms of a report have them all."""

BAR_WIDTH = 20
"""Blocks in a full bar."""


def report_text(guide: Guide, report: ClassReport) -> str:
    """Give the whole report without a bar or a table: every line is a sentence or a count."""
    if not report.trainees:
        return "No answers are recorded yet.\n"
    parts: dict[str, tuple[str, ...]] = {
        f"The class: {trainee_words(report)}": (),
        "Trainees": tuple(_trainee(guide, line) for line in report.trainees),
    }
    if report.picked.count:
        parts["Mix-ups, most frequent first"] = tuple(_mixups(guide, report))
    parts["Questions misread"] = tuple(_fork(guide, line) for line in report.forks)
    if report.picked.count:
        parts["Hardest stories"] = tuple(_stories(guide, report))
        parts["Progress over time"] = tuple(_day(line) for line in report.days)
    blocks = [
        "\n".join((title, *(f"  {line}" for line in lines))) for title, lines in parts.items()
    ]
    return "\n\n".join(blocks) + "\n"


def bar(part: int, whole: int, width: int = BAR_WIDTH) -> str:
    """Give a bar of blocks as long as the share; anything at all shows at least one."""
    if not part or not whole:
        return ""
    return "█" * max(1, part * width // whole)


def _trainee(guide: Guide, line: TraineeLine) -> str:
    return f"{line.alias}: {trainee_words(line)} Misreads: {misread_words(guide, line.misreads)}."


def _mixups(guide: Guide, report: ClassReport) -> Iterator[str]:
    wrong = {pair: count for pair, count in report.grid.items() if pair[0] != pair[1]}
    often = sorted(wrong.items(), key=lambda item: (-item[1], str(item[0])))
    for (right, chosen), count in often[:MIXUPS_MOST]:
        names = f"{answer_name(guide, chosen)} chosen, {answer_name(guide, right)} right"
        acceptable = report.acceptable.get((right, chosen), 0)
        yield f"{names}: {mixup_words(count, acceptable)}"
    if not wrong:
        yield "None: every answer was right."


def _fork(guide: Guide, line: ForkLine) -> str:
    by = ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items())
    times = mixup_words(line.misread, 0)
    return f"{fork_name(guide, line.fact)}: {times}{f' ({by})' if by else ''}"


def _stories(guide: Guide, report: ClassReport) -> Iterator[str]:
    for line in report.hardest:
        yield _story(guide, line)
    if not report.hardest:
        yield "None was missed."


def _story(guide: Guide, line: StoryLine) -> str:
    said = f"{first_words(line)}: missed by {line.missed_by} of {line.seen_by}"
    right = f"{answer_name(guide, line.right)} is right"
    name = f" ({line.story})" if line.told else ""
    return f"{said}; {right}{f'; {REWRITE}' if line.leech else ''}{name}"


def _day(line: DayLine) -> str:
    return f"{line.day.isoformat()}: {tally_words(line.picked)}"
