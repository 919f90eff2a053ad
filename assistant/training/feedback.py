"""What is said of an answer in practice, and of a session."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.engine.explain import Need, in_words, says
from assistant.engine.verdict import group_name, source
from assistant.guide.model import Cite, Guide
from assistant.text import listed
from assistant.training.judging import Judgement, clause_met, deciding, misreadings_of

HEADLINES: Mapping[str, str] = {
    "right": "Right",
    "acceptable": "Your answer is acceptable; the first choice is",
    "wrong": "Not right",
}
"""The first words of what is said of an answer, by grade; the right group's name follows."""


@dataclass(frozen=True)
class Phrase:
    """Deciding words of a document, and where they stand."""

    words: str
    source: str

    @property
    def line(self) -> str:
        return f'"{self.words}" ({self.source})'


@dataclass(frozen=True)
class Side:
    """One of two groups that were mixed up; `chosen` tells which of them the trainee picked."""

    name: str
    what: str
    chosen: bool


@dataclass(frozen=True)
class Pair:
    """Two groups side by side; `difference` is empty where the guide has no words for it."""

    right: Side
    chosen: Side
    difference: str


@dataclass(frozen=True)
class Feedback:
    """What is said of one answer, in parts that each make sense alone.

    `headline` says how it was graded and what is right, `lines` why.
    """

    headline: str
    lines: tuple[str, ...]
    phrases: tuple[Phrase, ...] = ()
    pair: Pair | None = None

    @property
    def text(self) -> tuple[str, ...]:
        """Everything as lines to be read one after the other."""
        found = [self.headline, *self.lines, *(phrase.line for phrase in self.phrases)]
        if self.pair:
            found += [f"{side.name}: {side.what}" for side in (self.pair.right, self.pair.chosen)]
            found += [self.pair.difference] if self.pair.difference else []
        return tuple(found)


def feedback(guide: Guide, found: Judgement) -> Feedback:
    """Say of a picked group whether it is right: one line why, or what was misread, and the words."""
    outcome = guide.outcomes[found.outcome]
    mark = "" if found.grade == "acceptable" else ":"
    headline = f"{HEADLINES[found.grade]}{mark} {group_name(guide, found.right)}."
    if found.grade == "right":
        return Feedback(headline, (outcome.reason,))
    cites = (*_rule_cites(guide, found), *outcome.cites)
    lines = (*_misread(guide, found), *_beside(guide, found), outcome.reason)
    return Feedback(headline, lines, phrases(guide, cites), pair(guide, found.pair))


def checked(guide: Guide, fact: str, said: str, given: str) -> Feedback:
    """Say of one answered question whether it is what the story says, why it matters, and the phrase."""
    question = guide.questions[fact]
    headline = "Right." if given == said else "Not what the story says."
    lines = (story_says(guide, {fact: said}), question.why)
    return Feedback(headline, lines, phrases(guide, question.options[said].cites))


def story_says(guide: Guide, facts: Mapping[str, str]) -> str:
    """Give what a story says of facts: `The story says that an investigation is open.`."""
    clauses = (f"that {says(guide, fact, value)}" for fact, value in facts.items())
    return f"The story says {listed(clauses)}."


def phrases(guide: Guide, cites: Iterable[Cite]) -> tuple[Phrase, ...]:
    """Give deciding words with where they stand, each once; words that longer ones hold are left out."""
    found = dict.fromkeys(Phrase(cite.words, source(guide, cite)) for cite in cites)
    return tuple(one for one in found if not any(_holds(other, one) for other in found))


def _holds(longer: Phrase, one: Phrase) -> bool:
    said, inside = longer.words.casefold(), one.words.casefold()
    return longer.source == one.source and inside in said and inside != said


def pair(guide: Guide, groups: tuple[str, str] | None) -> Pair | None:
    """Give the right group and the chosen one side by side."""
    if groups is None:
        return None
    right, chosen = (guide.groups[group] for group in groups)
    told = [mixed.difference for mixed in right.mixed_up_with if mixed.group == groups[1]]
    told += [mixed.difference for mixed in chosen.mixed_up_with if mixed.group == groups[0]]
    return Pair(
        Side(right.name, right.what, chosen=False),
        Side(chosen.name, chosen.what, chosen=True),
        told[0] if told else "",
    )


def _misread(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Say what the right answer turns on, and in what case the one given would be right."""
    told = _facts_to_name(guide, found)
    said = (story_says(guide, {fact: found.facts[fact] for fact in told}),) if told else ()
    if found.chosen is None and len(found.would) != 1:
        return (*said, "There is no need to ask the supervisor: the documents name a group here.")
    if found.misread is None:
        return (*said, f"No case ends in {group_name(guide, found.chosen)}.")
    name = guide.groups[found.chosen].name if found.chosen else "Asking the supervisor"
    first = "would come first" if found.grade == "acceptable" else "would be right"
    return (*said, f"{name} {first} if {in_words(guide, Need(found.would, {}))}.")


def _facts_to_name(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Give the facts to name: the misread one, then those that the right group turns on, as asked."""
    turns = deciding(guide, found.facts, misreadings_of(guide, found.facts), found.right).facts
    if found.misread is None or found.misread.fact in turns:
        return tuple(fact for fact in found.facts if fact in turns)
    return (found.misread.fact, *(fact for fact in found.facts if fact in turns))


def _beside(guide: Guide, found: Judgement) -> tuple[str, ...]:
    """Give what the outcome says of the chosen group, where it names it."""
    outcome = guide.outcomes[found.outcome]
    named = [one.reason for one in (*outcome.also_fits, *outcome.nearest)]
    groups = [one.group for one in (*outcome.also_fits, *outcome.nearest)]
    return tuple(r for group, r in zip(groups, named, strict=True) if group == found.chosen)


def _rule_cites(guide: Guide, found: Judgement) -> Iterator[Cite]:
    """Give the words of the right group's rule, as far as it is met."""
    clause = clause_met(guide, found.facts, found.right)
    yield from clause.cites if clause else ()
