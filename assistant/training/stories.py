"""Stories written by hand or made from facts; the stories of a class."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, field
from itertools import chain
from random import Random
from types import MappingProxyType

from assistant.engine.interview import replay
from assistant.engine.verdict import fits
from assistant.guide.facts import Remainder
from assistant.guide.model import Guide
from assistant.shapes import Frozen
from assistant.text import hash_of
from assistant.training.content import (
    POINTING,
    SUPERVISOR_ID,
    Marks,
    Practice,
    PracticeCase,
)

Facts = Mapping[str, str]  # facts and their values, in the order the interview asks for them
Conditions = Mapping[str, tuple[str, ...]]  # facts, and the values of each that meet a condition


def every_path(guide: Guide) -> Iterator[tuple[Facts, str]]:
    """Return the answers of each interview there can be, with the outcome it ends in."""
    yield from _paths(guide.remainders.at(guide.tree.start, {}), {})


def _paths(remaining: Remainder, facts: dict[str, str]) -> Iterator[tuple[Facts, str]]:
    if isinstance(remaining, str):
        yield MappingProxyType(facts), remaining
        return
    for value, follows in remaining.to:
        yield from _paths(follows, {**facts, remaining.fact: value})


_MOST_IN_A_PARAGRAPH = 5  # sentences beyond which the telling of a case is parted in two


def told(practice: Practice, facts: Mapping[str, str], rng: Random) -> tuple[tuple[str, ...], str]:
    """Return the paragraphs of a story of `facts`, one sentence for each, and what is asked of it.

    The case comes first, in one of the orders of the content, and the service last.
    """
    telling = practice.telling
    opening = rng.choice([some for some in telling.openings if not _any(some.unless, facts)])
    service = rng.choice([some for some in telling.services if not _any(some.unless, facts)])
    order = [fact for fact in rng.choice(telling.orders) if fact in facts]
    parts = [_fact_told(practice, facts, order[: at + 1], rng) for at in range(len(order))]
    parts.insert(rng.randint(min(1, len(parts)), len(parts)), [rng.choice(telling.harmless)])
    case = [opening.says, *chain.from_iterable(parts)]
    middle = (len(case) + 1) // 2 if len(case) > _MOST_IN_A_PARAGRAPH else len(case)
    last = [rng.choice(practice.sounds[fact][facts[fact]]) for fact in facts if fact not in order]
    last += rng.choice(([], [rng.choice(telling.office)]))
    paragraphs = (case[:middle], case[middle:], [service.says, *last])
    called = tuple(_called(" ".join(part), opening.child) for part in paragraphs if part)
    return called, service.ask


def _fact_told(
    practice: Practice, facts: Mapping[str, str], told_so_far: Sequence[str], rng: Random
) -> list[str]:
    """Return a sentence for the fact told last, and what must have happened if it is now plain why."""
    fact = told_so_far[-1]
    return [
        rng.choice(practice.sounds[fact][facts[fact]]),
        *(
            rng.choice(one.says)
            for one in practice.telling.background
            if _all(one.when, facts) and fact in one.when and one.when.keys() <= set(told_so_far)
        ),
    ]


_CHILD = re.compile(r"“[^”]*”|\b([Tt]he|[Tt]his) child\b")  # a quotation keeps its words


def _called(text: str, child: str) -> str:
    """Return text in which the child is called `child`, such as girl."""
    return _CHILD.sub(lambda found: f"{found[1]} {child}" if found[1] else found[0], text)


def _any(conditions: Conditions, facts: Facts) -> bool:
    return any(facts.get(fact) in values for fact, values in conditions.items())


def _all(conditions: Conditions, facts: Facts) -> bool:
    return all(facts.get(fact) in values for fact, values in conditions.items())


_MADE = re.compile(r"made-(0|-?[1-9][0-9]{0,39})-([0-9a-f]{8})")  # the seed, and the facts' hash


_TRIES = 40  # tellings among which the one is chosen that repeats least


class Story(Frozen, kw_only=True):
    """A case as a trainee meets it, with its answer.

    `id` is a written case's name, or says how to make the story again; `facts` are those that the
    story supports, in a made one exactly those that the interview asks. `acceptable` are answers
    that count here beside those of the outcome, None for "ask the supervisor". `traps` has, by
    answer, why the misunderstanding that leads to it is one.
    """

    id: str
    paragraphs: tuple[str, ...]
    ask: str
    facts: Mapping[str, str]
    outcome: str
    note: str
    made: bool
    acceptable: frozenset[str | None] = frozenset()
    traps: Mapping[str | None, str] = field(default_factory=dict)
    title: str = ""


_ASKS = re.compile(r"Which group for (?:the )?(.+?)\?")  # how a story asks for its service


def title_of(story: Story) -> str:
    """Return what a trainer calls a story: a written one's name, a made one's service."""
    service = _ASKS.fullmatch(story.ask)
    words = story.title or (service[1] if service else story.id)
    return f"{words[:1].upper()}{words[1:]}"


def story_lines(story: Story) -> Iterator[str]:
    """Return a story, paragraph by paragraph."""
    first, *rest = story.paragraphs
    yield f"Story: {first}"
    yield from rest


def written_stories(guide: Guide, practice: Practice) -> tuple[Story, ...]:
    """Return the stories written by hand, in the order of their files."""
    return tuple(_written(guide, practice, name) for name in practice.cases)


def made_story(guide: Guide, practice: Practice, facts: Mapping[str, str], seed: int) -> Story:
    """Compose a story of `facts`, of which those that the interview asks are told.

    `ValueError` where the interview asks for a fact that is not there or cannot be so.
    """
    standing = replay(guide, facts)
    if standing.asking or standing.unsure:
        raise ValueError(f"the facts do not say {standing.asking or standing.unsure!r}")
    asked = standing.known
    name = f"made-{seed}-{_hash(asked)}"
    paragraphs, ask = told(practice, asked, Random(name))  # noqa: S311 - the same name, the same story
    outcome = standing.branches[0].place
    return Story(
        id=name,
        paragraphs=paragraphs,
        ask=ask,
        facts=asked,
        outcome=outcome,
        note=guide.outcomes[outcome].reason,
        made=True,
        traps=_traps(guide, practice, asked, Marks()),
    )


def fresh_story(
    syllabus: tuple[Guide, Practice], facts: Mapping[str, str], rng: Random, told: Iterable[Story]
) -> Story:
    """Make a story of `facts` by lot, with as little as can be that other stories told already.

    What is compared are openings, services and harmless details: they bear on nothing, so a trainee
    who meets one again learns to skip it.
    """
    guide, practice = syllabus
    used = Counter(part for story in told for part in frame(practice, story))
    tellings: list[tuple[int, Story]] = []
    while len(tellings) < _TRIES and all(again for again, _ in tellings):
        story = made_story(guide, practice, facts, rng.randrange(10**9))
        tellings.append((sum(used[part] for part in frame(practice, story)), story))
    return min(tellings, key=lambda telling: telling[0])[1]


def frame(practice: Practice, story: Story) -> tuple[str, ...]:
    """Return the opening, the service and the details that a made story is told with."""
    text, telling = " ".join(story.paragraphs), practice.telling
    parts = [one.says for one in telling.openings] + [one.says for one in telling.services]
    parts += (*telling.harmless, *telling.office)
    names = {one.child for one in telling.openings}
    said = (part for part in parts if any(_called(part, name) in text for name in names))
    return tuple(said) if story.made else ()


def leads_at(
    guide: Guide, practice: Practice, facts: Mapping[str, str], marks: Marks
) -> Iterator[tuple[str, str | None, str]]:
    """Yield each misunderstanding of the content that bears on a story, its answer, why it is wrong."""
    held = {**facts, **asdict(marks)}
    for name, rule in practice.misunderstandings.items():
        for lead in rule.leads:
            answer = held[lead.answer] if lead.answer in POINTING else lead.answer
            if answer and all(held.get(key) in values for key, values in lead.when.items()):
                if lead.answer in POINTING and "goal" in lead.answer:
                    answer = group_of_goal(guide, answer)
                yield name, None if answer == SUPERVISOR_ID else answer, lead.correct
                break


def group_of_goal(guide: Guide, goal: str) -> str:
    """Return the group that a goal alone leads to, or that the supervisor decides."""
    fitting = (group for group in guide.groups if fits(guide, group, {"goal": goal}))
    return next(fitting, SUPERVISOR_ID)


def _traps(
    guide: Guide, practice: Practice, facts: Mapping[str, str], marks: Marks
) -> Mapping[str | None, str]:
    found = reversed(list(leads_at(guide, practice, facts, marks)))
    return MappingProxyType({answer: correct for _, answer, correct in found})


def story_by_id(guide: Guide, practice: Practice, story_id: str) -> Story:
    """Return the story of that name, written or made again; `KeyError` where there is none."""
    if story_id in practice.cases:
        return _written(guide, practice, story_id)
    name = _MADE.fullmatch(story_id)
    for facts, _ in every_path(guide) if name else ():
        if name and _hash(facts) == name[2]:
            return made_story(guide, practice, facts, int(name[1]))
    raise KeyError(story_id)


def _written(guide: Guide, practice: Practice, name: str) -> Story:
    case = practice.cases[name]
    return Story(
        id=name,
        paragraphs=tuple(part for part in case.story.split("\n") if part.strip()),
        ask=case.ask,
        facts=case.facts,
        outcome=case.outcome,
        note=case.note,
        made=False,
        acceptable=accepted(case),
        title=case.title or name.replace("_", " ").capitalize(),
        traps=_traps(guide, practice, case.facts, case.marks),
    )


def accepted(case: PracticeCase) -> frozenset[str | None]:
    """Return the answers that a case accepts itself, None for "ask the supervisor"."""
    return frozenset(None if one == SUPERVISOR_ID else one for one in case.acceptable)


def _hash(facts: Facts) -> str:
    return hash_of(json.dumps(dict(facts), sort_keys=True))[:8]
