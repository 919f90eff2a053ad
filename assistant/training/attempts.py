"""One answer to one story, as it is logged; everything said of a trainee is a fold over these."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, get_args

from assistant.training.judging import Answer, Grade, Judgement
from assistant.training.stories import Story

Mode = Literal["learn", "drill", "test"]
"""`learn` goes through the interview with a story; the others pick its group."""

MODES: tuple[Mode, ...] = get_args(Mode)
"""Every mode."""

ALIAS_MOST = 30
"""Longest alias, in characters."""

_ID = re.compile(r"[0-9a-f]{32}")
_ALIAS = re.compile(rf"[\w][\w .-]{{0,{ALIAS_MOST - 1}}}")
_NAME = re.compile(r"[a-z0-9_]{1,80}")
_WORD = re.compile(r"[\x21-\x7e]{1,200}")
"""Ids of stories and classes, and hashes: printing ASCII without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One story answered: never edited once logged, and without a word that anyone typed but the alias.

    `id` and `session` are the hex of a uuid4, `when` is aware. `facts` are those the interview asks
    for in that story, in order; `right` and `chosen` are group ids, None for "ask the supervisor".
    `misread` is the fork that explains the answer, `taken` what it was taken for. In the mode
    `learn` no group is chosen: `chosen` is the right one, and a question answered wrongly is graded
    wrong. Raises `ValueError`, without quoting any field, for what no log could keep or tell apart.
    """

    id: str
    when: datetime
    alias: str = field(repr=False)
    session: str
    mode: Mode
    class_id: str = ""
    story: str
    facts: Mapping[str, str]
    outcome: str
    right: Answer
    chosen: Answer
    grade: Grade
    misread: str | None = None
    taken: str | None = None
    meaning_hash: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        for problem in _faults(self):
            raise ValueError(problem)

    @property
    def picked(self) -> bool:
        """Tell whether a group was picked straight from the story."""
        return self.mode != "learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What all attempts of one session have in common."""

    alias: str = field(repr=False)
    session: str
    mode: Mode
    meaning_hash: str
    class_id: str = ""

    def attempt(self, identity: str, when: datetime, story: Story, found: Judgement) -> Attempt:
        """Give the attempt to log for an answer that was judged."""
        return Attempt(
            id=identity,
            when=when,
            alias=self.alias,
            session=self.session,
            mode=self.mode,
            class_id=self.class_id,
            story=story.id,
            facts=found.facts,
            outcome=found.outcome,
            right=found.right,
            chosen=found.chosen,
            grade=found.grade,
            misread=found.misread.fact if found.misread else None,
            taken=found.misread.taken if found.misread else None,
            meaning_hash=self.meaning_hash,
        )


def in_order(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Give attempts as they were made, each once, whatever order they were collected in."""
    once = {attempt.id: attempt for attempt in attempts}
    return sorted(once.values(), key=lambda attempt: (attempt.when, attempt.id))


def alias_problem(alias: str) -> str:
    """Say what keeps text from being an alias; empty if nothing does."""
    if not alias.strip():
        return "Choose an alias: a word that is not your name."
    if len(alias) > ALIAS_MOST:
        return f"The alias has {len(alias)} characters; at most {ALIAS_MOST} fit. Shorten it."
    if not _ALIAS.fullmatch(alias) or alias != alias.strip():
        return (
            "An alias starts with a letter or digit; it has letters, digits, spaces and . _ - only."
        )
    return ""


def _faults(attempt: Attempt) -> Iterator[str]:
    names = (attempt.story, attempt.meaning_hash, attempt.class_id or "none")
    if not (_ID.fullmatch(attempt.id) and _ID.fullmatch(attempt.session)):
        yield "an attempt's and a session's id are 32 hexadecimal digits"
    if attempt.when.utcoffset() is None:
        yield "an attempt's time says which zone it is in"
    if alias_problem(attempt.alias):
        yield "an alias is a short word"
    if not all(_WORD.fullmatch(name) for name in names):
        yield "an attempt names its story, its guide and its class by short words"
    if not all(_NAME.fullmatch(name) for name in _names(attempt)):
        yield "an attempt speaks in the guide's vocabulary"
    if not _agrees(attempt):
        yield "an attempt's grade follows from its answer"


def _agrees(attempt: Attempt) -> bool:
    """Tell whether mode, grade, groups and misread fork are known and say the same."""
    if attempt.mode not in MODES or attempt.grade not in get_args(Grade):
        return False
    if (attempt.misread is None) != (attempt.taken is None):
        return False
    if attempt.grade == "right":
        return attempt.chosen == attempt.right and attempt.misread is None
    if attempt.picked:
        return attempt.chosen != attempt.right
    return attempt.chosen == attempt.right and attempt.misread is not None


def _names(attempt: Attempt) -> Iterator[str]:
    yield from (attempt.outcome, *attempt.facts, *attempt.facts.values())
    found = (attempt.right, attempt.chosen, attempt.misread, attempt.taken)
    yield from (name for name in found if name is not None)
