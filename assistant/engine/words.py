"""Which options a worker's own words may mean."""

import re
from collections.abc import Sequence

from assistant.content.model import Question
from assistant.engine.walk import UNSURE

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


def options_meant(question: Question, values: Sequence[str], typed: str) -> tuple[str, ...]:
    """Give those of `values` (which may hold `UNSURE`) that typed words fit, in order.

    A phrase typed whole wins over one whose words all begin with what was typed, in any order, and
    that over one that stands somewhere among the words typed. Nothing is guessed beyond that: no
    fit gives an empty tuple.
    """
    wanted = _tokens(typed)
    if not wanted:
        return ()
    phrases = {value: _phrases(question, value) for value in values}
    exact = tuple(value for value, some in phrases.items() if wanted in some)
    begun = exact or tuple(
        value for value, some in phrases.items() if any(_begun(wanted, phrase) for phrase in some)
    )
    return begun or tuple(
        value for value, some in phrases.items() if any(_within(phrase, wanted) for phrase in some)
    )


def _phrases(question: Question, value: str) -> list[list[str]]:
    if value == UNSURE:
        return [_tokens(words) for words in _UNSURE_WORDS]
    option = question.options[value]
    return [_tokens(text) for text in (*option.words, option.label, option.short)]


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", ""))


def _begun(wanted: list[str], phrase: list[str]) -> bool:
    return all(any(word.startswith(begun) for word in phrase) for begun in wanted)


def _within(phrase: list[str], wanted: list[str]) -> bool:
    return any(wanted[at : at + len(phrase)] == phrase for at in range(len(wanted)))
