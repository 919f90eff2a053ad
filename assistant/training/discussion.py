"""A story for a class to talk about: what is shown first, and what is revealed."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.text import listed
from assistant.training.attempts import Attempt
from assistant.training.judging import RULE, acceptable_answers, answer_name
from assistant.training.stories import Story, title_of
from assistant.training.syllabus import Syllabus

LEVELS = ("one fact decides", "more than one fact", "judgment call", "rare")
"""How hard a story is, by the level of its lesson."""

_LONGEST = 64  # columns of a line that is read from afar

HOW = "Enter or space: reveal the answer, then the next story. ←: back. q: quit."
"""What can be pressed on the screen."""


@dataclass(frozen=True)
class Slide:
    """One story: `asked` closes what is shown at first, `answer` is revealed in lines.

    `answer` begins with the right answer; `place` says which of how many stories it is.
    """

    title: str
    place: str
    paragraphs: tuple[str, ...]
    asked: str
    answer: tuple[str, ...]


def slides(
    syllabus: Syllabus, stories: Sequence[Story], attempts: Sequence[Attempt] = ()
) -> tuple[Slide, ...]:
    """Return a slide a story, with what trainees chose where `attempts` has answers to it."""
    return tuple(
        Slide(
            title=title_of(story),
            place=f"Story {number} of {len(stories)}",
            paragraphs=story.paragraphs,
            asked=story.ask,
            answer=(
                *answer_lines(syllabus, story),
                *_chosen(syllabus, [made for made in attempts if made.story == story.id]),
            ),
        )
        for number, story in enumerate(stories, start=1)
    )


def answer_lines(syllabus: Syllabus, story: Story) -> tuple[str, ...]:
    """Return the right answer, what is accepted beside it, why, and the traps."""
    guide = syllabus.guide
    lines = [f"Right answer: {answer_name(guide, syllabus.right(story.outcome))}."]
    if also := accepted_beside(syllabus, story):
        lines.append(f"Also accepted: {listed(answer_name(guide, one) for one in also)}.")
    lines.append(f"Why: {story.note}")
    right = (syllabus.right(story.outcome), *also)
    lines += [
        f"Trap: {answer_name(guide, answer)}. {why}"
        for answer, why in story.traps.items()
        if answer not in right
    ]
    return tuple(lines)


def accepted_beside(syllabus: Syllabus, story: Story) -> tuple[str | None, ...]:
    """Return the answers that count beside the right one, in the guide's order."""
    also = acceptable_answers(syllabus.guide, story.outcome, story.acceptable)
    return tuple(one for one in (*syllabus.guide.groups, None) if one in also)


def traps_of(syllabus: Syllabus, story: Story) -> tuple[str, ...]:
    """Return the names of the misunderstandings that lead to a wrong answer here."""
    fine = {syllabus.right(story.outcome), *accepted_beside(syllabus, story)}
    leads = syllabus.leads(story.id, story.facts)
    return tuple(
        syllabus.practice.misunderstandings[one.value].name
        for one, answers in leads.items()
        if one.fact == RULE and not answers <= fine
    )


def difficulties(syllabus: Syllabus) -> Mapping[str, str]:
    """Return how hard each written story is, in words."""
    return {one.story: LEVELS[one.level] for one in syllabus.lessons if one.story}


def _chosen(syllabus: Syllabus, made: Sequence[Attempt]) -> tuple[str, ...]:
    """Return how often each answer was chosen, in a line."""
    counts: dict[str, int] = {}
    for attempt in made:
        name = answer_name(syllabus.guide, attempt.chosen)
        counts[name] = counts.get(name, 0) + 1
    often = sorted(counts.items(), key=lambda item: -item[1])
    said = ", ".join(f"{name} {count}" for name, count in often)
    return (f"This class chose: {said}.",) if said else ()


def large(slide: Slide, columns: int, rows: int) -> str:
    """Return a story for the back of the room: short lines, and where there are rows for it, wide apart."""
    lines: list[str] = []
    for paragraph in (*slide.paragraphs, slide.asked):
        lines += [*textwrap.wrap(paragraph, min(columns, _LONGEST)), ""]
    wide = 2 * len(lines) <= rows
    return ("\n\n" if wide else "\n").join(line for line in lines[:-1] if line or not wide)
