"""What the training commands share: the alias, and the files that pass between trainer and trainees."""

from pathlib import Path

import click

from assistant.bootstrap import Services
from assistant.errors import UsageError
from assistant.interview.practice.alias import alias_refusal
from assistant.training.classes import ClassFile, read_class
from assistant.training.ground import Ground

alias_option = click.option(
    "--alias",
    default="",
    help="The word you practise under, not your name. Also: SERVICE_GROUP_ALIAS, settings.",
)
"""`--alias NAME`, or empty."""

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


def ground_of(services: Services) -> Ground:
    """Give what there is to practise on."""
    return Ground(services.loaded.guide, services.load_practice())


def class_from(path: Path) -> ClassFile:
    """Read a class file; raises `UsageError` that names it."""
    return read_class(text_of(path, "class file"), str(path))


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
