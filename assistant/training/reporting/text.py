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
    HARDEST_MOST,
    REWRITE,
    answer_name,
    fork_name,
    misread_words,
    tally_words,
)

MIXUPS_MOST = 10
"""How many mix-ups are listed; the other forms of a report have them all."""

BAR_WIDTH = 20
"""Blocks in a full bar."""


def report_text(guide: Guide, report: ClassReport) -> str:
    """Give the whole report; the numbers say all that the bars show."""
    if not report.trainees:
        return "No answers are recorded yet.\n"
    parts = {
        f"The class: {tally_words(report.picked)}": (),
        "Trainees": tuple(_trainee(guide, line) for line in report.trainees),
        "Mix-ups, most frequent first": tuple(_mixups(guide, report)),
        "Questions misread": tuple(_forks(guide, report)),
        "Hardest stories": tuple(_stories(guide, report)),
        "Progress over time": tuple(_day(line) for line in report.days),
    }
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
    misreads = misread_words(guide, line.misreads)
    learned = f" Learned from {line.learned}." if line.learned else ""
    shown = bar(line.picked.right, line.picked.count)
    return _joined(
        f"{line.alias}: {tally_words(line.picked)}{learned} Misreads: {misreads}.", shown
    )


def _mixups(guide: Guide, report: ClassReport) -> Iterator[str]:
    wrong = {pair: count for pair, count in report.grid.items() if pair[0] != pair[1]}
    often = sorted(wrong.items(), key=lambda item: (-item[1], str(item[0])))
    for (right, chosen), count in often[:MIXUPS_MOST]:
        names = f"{answer_name(guide, chosen)} chosen, {answer_name(guide, right)} right"
        yield f"{names}: {_times(count)}"
    if not wrong:
        yield "None: every answer was right."


def _forks(guide: Guide, report: ClassReport) -> Iterator[str]:
    most = max((line.misread for line in report.forks), default=0)
    for line in report.forks:
        yield _fork(guide, line, most)


def _fork(guide: Guide, line: ForkLine, most: int) -> str:
    by = ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items())
    said = f"{fork_name(guide, line.fact)}: {_times(line.misread)}{f' ({by})' if by else ''}"
    return _joined(said, bar(line.misread, most))


def _stories(guide: Guide, report: ClassReport) -> Iterator[str]:
    missed = [line for line in report.stories if line.missed_by][:HARDEST_MOST]
    for line in missed:
        yield _story(guide, line)
    if not missed:
        yield "None was missed."


def _story(guide: Guide, line: StoryLine) -> str:
    said = f"{line.story}: missed by {line.missed_by} of {line.seen_by}"
    right = f"{answer_name(guide, line.right)} is right"
    return f"{said}; {right}{f'; {REWRITE}' if line.leech else ''}"


def _day(line: DayLine) -> str:
    shown = bar(line.picked.right, line.picked.count)
    return _joined(f"{line.day.isoformat()}: {tally_words(line.picked)}", shown)


def _joined(said: str, shown: str) -> str:
    return f"{said} {shown}".rstrip()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
