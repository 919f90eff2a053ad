"""How an answer given in practice is written as a line of the store, and read again."""

import json
from collections.abc import Iterable, Iterator

from assistant.records.entry import PracticeLine
from assistant.training.attempts import Attempt
from assistant.training.results import from_plain, plain


def line_of(attempt: Attempt) -> PracticeLine:
    """Give an attempt as the store keeps it."""
    return PracticeLine(
        id=attempt.id,
        when=attempt.when,
        alias=attempt.alias,
        class_id=attempt.class_id,
        text=json.dumps(plain(attempt)),
    )


def attempt_in(text: str) -> Attempt | None:
    """Give the attempt in a line of the store, None where it cannot be one."""
    try:
        return from_plain(json.loads(text))
    except (ValueError, TypeError, KeyError):
        return None


def attempts_in(texts: Iterable[str]) -> Iterator[Attempt]:
    """Give the attempts in lines of the store; a line that cannot be one is passed over."""
    return (attempt for attempt in map(attempt_in, texts) if attempt)
