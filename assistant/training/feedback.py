"""What is said of an answer in practice, to a trainee or to a class that talks about a story."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.engine.explain import comparison, in_words, says
from assistant.engine.statements import Quote
from assistant.engine.verdict import group_name, source, use_when
from assistant.guide.model import Cite, Guide, Outcome
from assistant.shapes import Frozen
from assistant.text import listed
from assistant.training import judging
from assistant.training.attempts import Attempt
from assistant.training.judging import Judgement, answer_name
from assistant.training.stories import Story, title_of
from assistant.training.syllabus import Syllabus

HOW: Mapping[str, str] = {
    "learn": "Learn: answer the interview's questions about the story. Each answer is checked at once.",
    "drill": "Drill: read the story and pick its group. You see at once whether it is right, and why.",
    "test": "Test: pick the group for each story. You get your score at the end.",
}
"""What each mode asks for, by mode."""

ACCEPTABLE = "Acceptable: the documents support that group too. It counts toward the pass mark."
"""What the word means where a test is told."""

ALL_RIGHT = "Every answer was right."  # said where a test has no mistake

NO_LOOK_UP = "The lookup is closed while you are in the test."
"""Said where it is asked for in a closed test."""

NO_WORDS = (
    "During a test the glossary is closed, because it could give an answer away. You can review your"
    " answers at the end."
)
"""Said where the meaning of words is asked for in a test."""

NONE_USED = "No words on this page are in the glossary."  # said where a story has no such word

ASKING_FITS = "Asking your supervisor is a sound answer here too."
"""Said where a judgment call was left to the supervisor."""

HEADLINES: Mapping[str, str] = {
    "right": "Right:",
    "acceptable": "Your answer is acceptable. The first choice is",
    "wrong": "Not right. The right answer is",
}
"""The first words of what is said of an answer, by grade; the right group's name follows."""


class Side(Frozen):
    """One of two groups that were mixed up; `chosen` tells which of them the trainee picked."""

    name: str
    what: str
    chosen: bool


class Pair(Frozen):
    """Two groups side by side; `difference` is empty where the guide has no words for it."""

    right: Side
    chosen: Side
    difference: str


class Feedback(Frozen):
    """What is said of one answer, in parts that each make sense alone.

    `answer` is the answer in words, empty where none was given; `headline` is how it was graded and
    what is right, `lines` the fact or rule that decides, `more` what is to be learned beside that.
    """

    answer: str
    headline: str
    lines: tuple[str, ...]
    more: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pair: Pair | None = None
    is_right: bool = False


def feedback(guide: Guide, found: Judgement) -> Feedback:
    """Return whether a picked group is right, and why: the mistake, the pair, the story's note, the words.

    The note was written for the guide, so where the agency decided otherwise its reason is said instead.
    """
    outcome = guide.outcomes[found.outcome]
    answer = answer_name(guide, found.chosen)
    headline = f"{HEADLINES[found.grade]} {answer_name(guide, found.right)}."
    why = (*_agency(outcome), outcome.reason if outcome.decided else found.note)
    if found.grade == "right":
        return Feedback(answer, headline, why, is_right=True)
    clause = judging.clause_met(guide, found.facts, found.right)
    cites = (*(clause.cites if clause else ()), *outcome.cites)
    return Feedback(
        answer,
        headline,
        lines=_misread(guide, found),
        more=(*_beside(guide, found), *why),
        quotes=deciding_words(guide, cites),
        pair=pair(guide, found.pair),
    )


def why_wrong(guide: Guide, found: Judgement) -> str:
    """Say why an answer is not the right one, without the story's own note."""
    return " ".join((*_misread(guide, found), *_beside(guide, found)))


def checked(guide: Guide, fact: str, said: str, given: str) -> Feedback:
    """Return whether an answered question is what the story says, why it matters, and the words."""
    question = guide.questions[fact]
    option = question.options.get(given)
    return Feedback(
        answer=option.label.removesuffix(".") if option else "Not sure",
        headline="Right." if given == said else "That is not what the story says.",
        lines=(story_says(guide, {fact: said}), question.why),
        quotes=deciding_words(guide, question.options[said].cites),
        is_right=given == said,
    )


def ending(guide: Guide, story: Story) -> Feedback:
    """Return which group a story that was learned from leads to, why, and what it teaches."""
    outcome = guide.outcomes[story.outcome]
    name = answer_name(guide, outcome.group)
    note = () if story.note == outcome.reason else (f"About this story: {story.note}",)
    return Feedback(
        answer="",
        headline=f"The story leads to {name}." if outcome.group else f"{name}.",
        lines=(*_agency(outcome), outcome.reason, *note),
        quotes=deciding_words(guide, outcome.cites),
        is_right=outcome.group is not None,
    )


def _agency(outcome: Outcome) -> tuple[str, ...]:
    return tuple(f"Your agency decided: {one.words}" for one in outcome.decided)


def story_says(guide: Guide, facts: Mapping[str, str]) -> str:
    """Return what a story says of facts: `The story says that an investigation is open.`."""
    clauses = (f"that {says(guide, fact, value)}" for fact, value in facts.items())
    return f"The story says {listed(clauses)}."


def deciding_words(guide: Guide, cites: Iterable[Cite]) -> tuple[Quote, ...]:
    """Return the words that decide, each once; those that longer ones hold are left out."""
    found = dict.fromkeys(Quote(cite.words, source(guide, cite)) for cite in cites)
    return tuple(one for one in found if not any(_holds(other, one) for other in found))


def _holds(longer: Quote, one: Quote) -> bool:
    said, inside = longer.words.casefold(), one.words.casefold()
    return longer.where == one.where and inside in said and inside != said


def pair(guide: Guide, groups: tuple[str, str] | None) -> Pair | None:
    """Return the right group and the chosen one side by side."""
    if groups is None:
        return None
    found = comparison(guide, *groups)
    right, chosen = (
        (guide.groups[one].name, f"Use it when {use_when(guide, one)}.") for one in groups
    )
    return Pair(
        Side(*right, chosen=False),
        Side(*chosen, chosen=True),
        found.different if found else "",
    )


def _misread(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Say what the right answer depends on, and in what case the one given would be right."""
    told = _facts_to_name(guide, found)
    said = (story_says(guide, {fact: found.facts[fact] for fact in told}),) if told else ()
    if found.trap:
        return (*said, found.trap)
    if found.chosen is None and found.grade == "acceptable":
        return (*said, ASKING_FITS)
    if found.chosen is None and len(found.would) != 1:
        return (*said, "You do not need to ask the supervisor here. The documents name a group.")
    if found.misread is None:
        return (*said, f"{group_name(guide, found.chosen)} is never the right answer.")
    name = guide.groups[found.chosen].name if found.chosen else "Asking the supervisor"
    first = "would be the first choice" if found.grade == "acceptable" else "would be right"
    return (*said, f"{name} {first} if {in_words(guide, found.would)}.")


def _facts_to_name(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Return the facts to name: the misread one, then those the right group depends on, as asked."""
    misreadings = judging.misreadings_of(guide, found.facts)
    rule, beside = judging.deciding(guide, found.facts, misreadings, found.right)
    turns = tuple(fact for fact in found.facts if fact in (*rule, *beside))
    if found.misread is None or found.misread.fact in turns:
        return turns
    return (found.misread.fact, *turns)


def _beside(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Return what the outcome says of the chosen group, where it names it."""
    outcome = guide.outcomes[found.outcome]
    others = (*outcome.also_fits, *outcome.nearest)
    return tuple(
        _of_group(group_name(guide, other.group), other.reason)
        for other in others
        if other.group == found.chosen
    )


def _of_group(name: str, reason: str) -> str:
    """Return a reason with the name of the group that it is about."""
    told = reason.removeprefix("In favor: ")
    return f"In favor of {name}: {told}" if told != reason else f"{name}: {reason}"


def feedback_lines(found: Feedback) -> Iterator[str]:
    """Return what is said of one answer: the answer, the grade, why, the words that decide, the pair."""
    if found.answer:
        yield f"Your answer: {found.answer}."
    yield from graded_lines(found)


def graded_lines(found: Feedback) -> Iterator[str]:
    """Return the same without the answer."""
    yield found.headline
    yield from found.lines
    if found.pair:
        yield f"The right answer, {found.pair.right.name}: {found.pair.right.what}"
        yield f"You chose {found.pair.chosen.name}: {found.pair.chosen.what}"
    yield from found.more
    if found.pair and found.pair.difference:
        yield f"How to tell them apart: {found.pair.difference}"
    for quote in found.quotes:
        yield f"The deciding words: “{quote.words}” ({quote.where})."


LEVELS = ("one fact decides", "more than one fact", "judgment call", "rare")
"""How hard a story is, by the level of its lesson."""


class Slide(Frozen):
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
    also = judging.acceptable_answers(syllabus.guide, story.outcome, story.acceptable)
    return tuple(one for one in (*syllabus.guide.groups, None) if one in also)


def traps_of(syllabus: Syllabus, story: Story) -> tuple[str, ...]:
    """Return the names of the misunderstandings that lead to a wrong answer here."""
    fine = {syllabus.right(story.outcome), *accepted_beside(syllabus, story)}
    leads = syllabus.leads(story.id, story.facts)
    return tuple(
        syllabus.practice.misunderstandings[one.value].name
        for one, answers in leads.items()
        if one.fact == judging.RULE and not answers <= fine
    )


def difficulties(syllabus: Syllabus) -> Mapping[str, str]:
    """Return how hard each written story is, in words."""
    return {one.story: LEVELS[one.level] for one in syllabus.lessons if one.story}


def _chosen(syllabus: Syllabus, made: Sequence[Attempt]) -> tuple[str, ...]:
    """Return how often each answer was chosen, in a line."""
    counts = Counter(answer_name(syllabus.guide, attempt.chosen) for attempt in made)
    said = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    return (f"This class chose: {said}.",) if said else ()
