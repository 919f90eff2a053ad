"""The walk through the tree: answers, changes, typed words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from assistant.engine.words import folded
from assistant.guide.facts import Remainder, ends, longest, may_ask
from assistant.guide.model import Guide, Question
from assistant.shapes import Frozen

UNSURE = "unsure"  # the answer of a worker who does not know; no fact has it as a value
NOT_ASKED = "not_asked"  # stands for an answer that was skipped, since every one leads to one group
OPEN = MappingProxyType({UNSURE: "Not sure", NOT_ASKED: "Not asked"})  # what leaves a fact open
Answers = Mapping[str, str]  # facts and the answers given, whether or not they count now
NOTHING: Answers = MappingProxyType({})  # no answers


class Branch(Frozen):
    """One way the case may be, given the answers: what is assumed, and how far that leads.

    `place` is a node whose question is open, or an outcome. `assumed` holds a value for each fact
    the worker is not sure of and that the branch met.
    """

    assumed: Answers
    place: str


class Standing(Frozen):
    """Where an interview is after a replay.

    `trail` holds facts and answers in the order asked, `asking` the next fact or None at the end,
    `set_aside` the answers that are kept and do not count.
    """

    trail: tuple[tuple[str, str], ...]
    asking: str | None
    branches: tuple[Branch, ...]
    set_aside: Answers
    given: Answers

    @property
    def known(self) -> dict[str, str]:
        """Facts with a definite value: those given beforehand, then those answered."""
        answered = {fact: answer for fact, answer in self.trail if answer not in OPEN}
        return {**self.given, **answered}

    @property
    def unsure(self) -> tuple[str, ...]:
        """Facts that the answers leave open, in the order asked: not sure, or skipped."""
        return tuple(fact for fact, answer in self.trail if answer in OPEN)


def replay(guide: Guide, answers: Answers, given: Answers = NOTHING) -> Standing:
    """Fold answers over the tree from its start.

    `given` holds facts known beforehand, which must be able to be true together; they are never
    asked, and what follows from them is not asked either.
    """
    trail: dict[str, str] = {}
    while True:
        known = {**given, **{f: answer for f, answer in trail.items() if answer not in OPEN}}
        unsure = frozenset(fact for fact, answer in trail.items() if answer in OPEN)
        branches = tuple(_branches(guide.remainders.at(guide.tree.start, known), unsure, {}))
        nodes = guide.tree.nodes
        asking = next((nodes[b.place].ask for b in branches if b.place in nodes), None)
        answer = answers.get(asking) if asking else None
        if asking is None or answer is None or not _counts(guide, known, asking, answer):
            set_aside = {fact: said for fact, said in answers.items() if fact not in trail}
            return Standing(tuple(trail.items()), asking, branches, set_aside, given)
        trail[asking] = answer


def with_answer(answers: Answers, fact: str, answer: str) -> Answers:
    """Return the answers with one added or changed; all the others are kept."""
    return MappingProxyType({**answers, fact: answer})


def without(answers: Answers, *facts: str) -> Answers:
    """Return the answers less those about some facts."""
    return MappingProxyType({f: answer for f, answer in answers.items() if f not in facts})


def with_rest_skipped(guide: Guide, answers: Answers, given: Answers = NOTHING) -> Answers:
    """Return the answers with every question that is still to come left open, as not asked."""
    while asking := replay(guide, answers, given).asking:
        answers = with_answer(answers, asking, NOT_ASKED)
    return answers


def without_skipped(answers: Answers) -> Answers:
    """Return the answers less what was skipped, so that it is asked."""
    kept = {fact: answer for fact, answer in answers.items() if answer != NOT_ASKED}
    return MappingProxyType(kept)


def without_last(answers: Answers, standing: Standing) -> Answers:
    """Return the answers that count less the last, or less all that was skipped after it.

    What was set aside goes too: nobody sees it any more, so it must not count again later.
    """
    if NOT_ASKED in answers.values():
        return without_skipped(answers)
    last = standing.trail[-1][0] if standing.trail else ""
    return without(answers, last, *standing.set_aside)


def outcomes_within_reach(guide: Guide, standing: Standing) -> tuple[str, ...]:
    """Return the outcomes that some completion of the answers ends in, each once, in tree order."""
    known = standing.known
    reached = dict.fromkeys(
        outcome
        for branch in standing.branches
        for outcome in ends(guide.remainders.at(branch.place, {**known, **branch.assumed}))
    )
    return tuple(reached)


def values_open(guide: Guide, standing: Standing, fact: str) -> tuple[str, ...]:
    """Return the values a question can be answered with, beside the answers before it."""
    before = {given: value for given, value in standing.given.items() if given != fact}
    for asked, answer in standing.trail:
        if asked == fact:
            break
        if answer not in OPEN:
            before[asked] = answer
    return guide.space.values_left(fact, before)


def outcomes_after(
    guide: Guide, answers: Answers, standing: Standing, fact: str
) -> dict[str, tuple[str, ...]]:
    """Return the outcomes within reach after each answer that the question about a fact is open to."""
    return {
        value: outcomes_within_reach(
            guide, replay(guide, with_answer(answers, fact, value), standing.given)
        )
        for value in values_open(guide, standing, fact)
    }


def at_most(guide: Guide, standing: Standing) -> int:
    """Return how many questions the interview asks at most, those asked so far included.

    True for every way the open questions can be answered with a definite value; a further "not
    sure" may add questions.
    """
    known = standing.known
    remaining = [
        guide.remainders.at(branch.place, {**known, **branch.assumed})
        for branch in standing.branches
    ]
    if len(remaining) == 1:
        return len(standing.trail) + longest(remaining[0])
    open_facts = {fact for branch in remaining for fact in may_ask(branch)}
    return len(standing.trail) + len(open_facts - set(standing.unsure))


def _counts(guide: Guide, known: Mapping[str, str], fact: str, answer: str) -> bool:
    if answer in OPEN:
        return True
    return answer in guide.questions[fact].options and guide.space.stands({**known, fact: answer})


def _branches(
    remaining: Remainder, unsure: frozenset[str], assumed: dict[str, str]
) -> Iterator[Branch]:
    """Follow what remains, splitting wherever the worker is not sure."""
    if isinstance(remaining, str):
        yield Branch(MappingProxyType(assumed), remaining)
    elif remaining.fact not in unsure:
        yield Branch(MappingProxyType(assumed), remaining.place)
    else:
        for value, follows in remaining.to:
            yield from _branches(follows, unsure, {**assumed, remaining.fact: value})


def edges_taken(guide: Guide, standing: Standing) -> frozenset[tuple[str, str]]:
    """Return the edges of the tree that the answers so far take: a node, and the value leaving it."""
    return frozenset(_taken(guide, guide.tree.start, standing.known, frozenset(standing.unsure)))


def _taken(
    guide: Guide, place: str, known: Answers, unsure: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if place in guide.outcomes:
        return
    node = guide.tree.nodes[place]
    left = guide.space.values_left(node.ask, known)
    if len(left) == 1 or node.ask in unsure:
        for value in left:
            yield place, value
            yield from _taken(guide, node.to[value], {**known, node.ask: value}, unsure)


_UNSURE_WORDS = (
    "not sure",
    "unsure",
    "don't know",
    "do not know",
    "no idea",
    "i am not sure",
    "i'm not sure",
    "i don't know",
)


class Meant(NamedTuple):
    """The answers that typed words may mean, in order; `certain` where they name exactly one."""

    values: tuple[str, ...]
    certain: bool = False


_FILLER = frozenset(["a", "an", "and", "is", "it", "its", "please", "that", "the", "then", "was"])
"""Words that may be around an answer and change nothing."""

_SHORTEST_BEGINNING = 3  # letters from which on the beginning of a word counts for the word


def answers_meant(question: Question, values: Sequence[str], typed: str) -> Meant:
    """Return those of `values` (which may hold `UNSURE`) that typed words fit.

    They are certain only where they are one of an answer's phrases, or the beginnings of its words
    in order, and nothing in another answer begins so. Whatever else they fit has to be asked back.
    """
    wanted = [word for word in _tokens(typed) if word not in _FILLER]
    if not wanted:
        return Meant(())
    named = [value for value in values if wanted in _phrases(question, value)]
    begun = [
        value
        for value in values
        if any(_begins(wanted, phrase) for phrase in _phrases(question, value))
    ]
    near = [value for value in values if _is_near(question, value, wanted)]
    certain = named or (begun if begun == near else [])
    if len(certain) == 1:
        return Meant(tuple(certain), certain=True)
    return Meant(tuple(value for value in values if value in {*named, *begun, *near}))


def _phrases(question: Question, value: str) -> list[list[str]]:
    """Return the phrases that name an answer, in words without filler."""
    option = question.options.get(value)
    texts = (*option.words, option.label, option.short) if option else _UNSURE_WORDS
    return [[word for word in _tokens(text) if word not in _FILLER] for text in texts]


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", "").replace("’", ""))


def _begins(wanted: list[str], phrase: list[str]) -> bool:
    """Tell whether each word typed begins the phrase's word in its place, and none is left over."""
    return len(wanted) == len(phrase) and all(map(_is_begun, wanted, phrase))


def _is_begun(begun: str, word: str) -> bool:
    return word == begun or (len(begun) >= _SHORTEST_BEGINNING and word.startswith(begun))


def _is_near(question: Question, value: str, wanted: list[str]) -> bool:
    """Tell whether words bring up an answer: all begin words of a phrase, or hold a phrase whole.

    Words that mean the same, such as mom and mother, count as one.
    """
    option = question.options.get(value)
    hints = [_tokens(text) for text in option.suggests] if option else []
    alike = [folded(word) for word in wanted]
    return any(
        all(any(_is_begun(begun, word) for word in phrase) for begun in wanted)
        or any(
            alike[at : at + len(phrase)] == [folded(word) for word in phrase]
            for at in range(len(wanted))
        )
        for phrase in (*_phrases(question, value), *hints)
    )
