"""Reads facts that a person or a program gives, and says of each mistake what is allowed instead."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.content.model import Guide
from assistant.engine.explain import says
from assistant.engine.walk import UNSURE
from assistant.engine.words import options_meant
from assistant.errors import UsageError
from assistant.problems import did_you_mean

NOT_GIVEN = frozenset({UNSURE, "not_sure", None})
"""What stands for a fact that is not known; in JSON also null."""

_SHOWN = 40
"""As much of a mistake as is said back, in characters."""


def from_words(guide: Guide, words: Iterable[str]) -> dict[str, str]:
    """Read `FACT=VALUE` words; facts not known are given as `UNSURE`.

    Raises `UsageError` with all that is wrong, or with what cannot stand together.
    """
    pairs = []
    for word in words:
        fact, sign, value = word.partition("=")
        if not sign:
            raise UsageError(
                f"{_shown(word)} is not FACT=VALUE.", mend=f"write {_example(guide, fact)}"
            )
        pairs.append((fact, value))
    return _checked(guide, pairs)


def from_json(guide: Guide, line: bytes) -> dict[str, str]:
    """Read one JSON object of facts, in UTF-8; raises `UsageError` like `from_words`."""
    try:
        pairs = json.loads(line.decode("utf-8-sig"), object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        raise UsageError("This is not JSON.", mend=f"write {_json_example(guide)}") from None
    if not isinstance(pairs, tuple):
        raise UsageError("This is not an object of facts.", mend=f"write {_json_example(guide)}")
    return _checked(guide, pairs)


def in_one_line(error: UsageError) -> str:
    """Give an error's sentences as one line."""
    return " ".join(str(error).split())


def _checked(guide: Guide, pairs: Iterable[tuple[str, object]]) -> dict[str, str]:
    given: dict[str, str] = {}
    wrong: list[str] = []
    for fact, value in pairs:
        mistake = _mistake(guide, fact, value)
        read = UNSURE if mistake or value in NOT_GIVEN else str(value)
        if not mistake and given.setdefault(fact, read) != read:
            mistake = f"{fact} is given twice, as {given[fact]} and as {read}: give it once."
        if mistake:
            wrong.append(mistake)
    known = {fact: given[fact] for fact in guide.space.values if given.get(fact, UNSURE) != UNSURE}
    wrong = wrong or list(_contradictions(guide, known))
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))
    return given


def _mistake(guide: Guide, fact: str, value: object) -> str:
    facts = guide.space.values
    if fact not in facts:
        hint = did_you_mean(fact.casefold(), facts) or "."
        return f"There is no fact {_shown(fact)}{hint} The facts are {', '.join(facts)}."
    if not (value is None or isinstance(value, str)):
        return f"{fact} needs text as its value. {_allowed(guide, fact)}"
    if value in NOT_GIVEN or value in facts[fact]:
        return ""
    hint = _value_meant(guide, fact, str(value)) or "."
    return f"{fact} cannot be {_shown(str(value))}{hint} {_allowed(guide, fact)}"


def _value_meant(guide: Guide, fact: str, typed: str) -> str:
    """Offer what the interview would take the words for, or else what is spelled alike."""
    question = guide.questions[fact]
    values = guide.space.values[fact]
    meant = options_meant(question, values, typed.replace("_", " "))
    return did_you_mean(meant[0] if len(meant) == 1 else typed.casefold(), values)


def _allowed(guide: Guide, fact: str) -> str:
    return f"It can be {', '.join(guide.space.values[fact])}, or {UNSURE}."


def _contradictions(guide: Guide, known: Mapping[str, str]) -> Iterator[str]:
    """Say of each set of facts that cannot stand together which they are, and why not."""
    rest = dict(known)
    while not guide.space.stands(rest):
        clash = dict(rest)
        for fact in rest:
            fewer = {other: value for other, value in clash.items() if other != fact}
            if not guide.space.stands(fewer):
                clash = fewer
        yield _contradiction(guide, clash)
        rest = {fact: value for fact, value in rest.items() if fact not in clash}


def _contradiction(guide: Guide, clash: Mapping[str, str]) -> str:
    words = " and ".join(f"{fact}={value}" for fact, value in clash.items())
    both = ", and ".join(says(guide, fact, value) for fact, value in clash.items())
    fact = next(iter(clash))
    others = {other: value for other, value in clash.items() if other != fact}
    condition = " and ".join(says(guide, other, value) for other, value in others.items())
    left = guide.space.values_left(fact, others)
    then = " or ".join(says(guide, fact, value) for value in left)
    return f"{words} cannot stand together: {both}. If {condition}, then {then}."


def _shown(text: str) -> str:
    """Say text back without digits, which may be a case number's, and without control characters."""
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return repr(re.sub(r"\d", "#", short))


def _example(guide: Guide, fact: str) -> str:
    fact = fact if fact in guide.space.values else next(iter(guide.space.values))
    return f"{fact}={guide.space.values[fact][0]}, for example."


def _json_example(guide: Guide) -> str:
    fact, values = next(iter(guide.space.values.items()))
    return f'{{"{fact}": "{values[0]}"}}, for example.'
