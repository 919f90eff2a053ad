"""What the training commands share: the alias, and the files that pass between trainer and trainees."""

from collections.abc import Sequence
from pathlib import Path

import click

from assistant.bootstrap import Services
from assistant.errors import UsageError
from assistant.interview.practice.alias import alias_refusal, spelled
from assistant.interview.practice.given import GivenClass
from assistant.problems import did_you_mean
from assistant.records.practice_log import PracticeLog
from assistant.training.classes import ClassFile, read_class, stories_of
from assistant.training.ground import Ground

alias_option = click.option(
    "--alias",
    default="",
    help="The word you practise under, not your name. Also: SERVICE_GROUP_ALIAS, settings.",
)
"""`--alias NAME`, or empty."""

_LISTED = 10
"""How many aliases are named where one is not known."""

_MOST_BYTES = 50_000_000
"""No file that passes between trainer and trainees comes near this."""


def alias_given(services: Services, typed: str) -> str:
    """Give the alias to use, empty where none is set; raises `UsageError` for one that will not do."""
    refused = alias_refusal(typed) if typed else ""
    if refused:
        raise UsageError(refused, where="--alias")
    return typed or services.settings.alias


def alias_needed(services: Services, typed: str) -> str:
    """Give the alias to use; raises `UsageError` where none is given or set."""
    alias = alias_given(services, typed)
    if not alias:
        raise UsageError(
            "It is not said whose practice is meant.",
            mend="add --alias and the word you practise under, such as --alias blue-heron.",
        )
    return alias


def alias_known(services: Services, typed: str, log: PracticeLog) -> str:
    """Give the alias to use, as it was spelled first; raises `UsageError` for a typed one unknown.

    An alias that is set, and not typed, may be new: no slip has led to it.
    """
    alias, known = alias_needed(services, typed), log.aliases()
    found = spelled(alias, known)
    if not typed or found in known:
        return found
    raise UsageError(
        f"No one practises here as {alias}{did_you_mean(alias.casefold(), known)}.",
        where="--alias",
        mend=f"name one of those who do: {_listed(known)}." if known else "practise first.",
    )


def _listed(known: Sequence[str]) -> str:
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"{', '.join(known[:_LISTED])}{more}"


def ground_of(services: Services) -> Ground:
    """Give what there is to practise on."""
    return Ground(services.loaded.guide, services.load_practice())


def class_from(path: Path) -> ClassFile:
    """Read a class file; raises `UsageError` that names it."""
    return read_class(text_of(path, "class file"), str(path))


def class_given(services: Services, path: Path) -> GivenClass:
    """Read a class file to take part in; raises `UsageError` also where its stories differ here."""
    found = class_from(path)
    stories_of(found, ground_of(services), services.loaded.meaning_hash)
    return GivenClass(found, str(path))


def text_of(path: Path, what: str) -> str:
    """Give the text of a file that somebody handed over; raises `UsageError` that names it."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"This is far too long for a {what}.", where=str(path))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(
            f"This is not a {what}.", where=str(path), mend=f"name a {what}, as it was made."
        ) from None
    except OSError as error:
        raise UsageError(
            f"The {what} cannot be read: {error.strerror or 'the disk refused'}.",
            where=str(path),
            mend="check the name and the folder.",
        ) from None
