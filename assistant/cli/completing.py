"""Completes facts and values in the shell: `go` to `goal=`, and on to `goal=adoption`."""

import re
from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from assistant.cli.options import guide_to_complete_from
from assistant.content.model import Guide


def complete_facts(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Give what the word being typed may become; nothing where the guide cannot be used."""
    guide = guide_to_complete_from(ctx)
    if guide is None:
        return []
    typed = _rejoined(ctx.params.get("facts") or ())
    fact, begun, value = incomplete.partition("=")
    if begun:
        return _values(guide, typed, fact, value, before=f"{fact}=")
    last = typed[-1] if typed else ""
    if last.endswith("=") or (last in guide.space.values and not incomplete):
        return _values(guide, typed[:-1], last.removesuffix("="), incomplete, before="")
    return _facts(guide, typed, incomplete)


def _rejoined(words: Sequence[str]) -> list[str]:
    """Undo what bash does, for which `=` is a word of its own, lost by click where nothing follows."""
    return re.sub(" ?= ?", "=", " ".join(words)).split()


def _facts(guide: Guide, typed: Sequence[str], incomplete: str) -> list[CompletionItem[str]]:
    """Give the facts that are left; a single one with its values, so that no space follows `=`."""
    given = {word.partition("=")[0] for word in typed}
    left = [
        fact for fact in guide.space.values if fact.startswith(incomplete) and fact not in given
    ]
    if len(left) == 1:
        return _values(guide, typed, left[0], "", before=f"{left[0]}=")
    return [CompletionItem(f"{fact}=", help=guide.questions[fact].ask) for fact in left]


def _values(
    guide: Guide, typed: Sequence[str], fact: str, incomplete: str, *, before: str
) -> list[CompletionItem[str]]:
    """Give the values that can stand beside the facts already typed."""
    options = guide.questions[fact].options if fact in guide.questions else {}
    known = dict(word.split("=", maxsplit=1) for word in typed if "=" in word)
    return [
        CompletionItem(before + value, help=option.label)
        for value, option in options.items()
        if value.startswith(incomplete) and guide.space.stands({**known, fact: value})
    ]
