"""`service-group groups`: the groups themselves, what each is for and what it is mixed up with."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from assistant.cli.options import content_option, guide_to_complete_from, kept_guide
from assistant.content.model import Cite, Clause, Group, Guide
from assistant.engine.wording import sentence, source
from assistant.errors import UsageError
from assistant.plain.layout import laid_out, width_now
from assistant.problems import did_you_mean


def complete_groups(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Give the ids that begin as typed; nothing where the guide cannot be used."""
    guide = guide_to_complete_from(ctx)
    if guide is None:
        return []
    return [
        CompletionItem(name, help=group.name)
        for name, group in guide.groups.items()
        if name.startswith(incomplete)
    ]


@click.command()
@content_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list, or one group's object.")
@click.argument("group", nargs=-1, shell_complete=complete_groups)
def groups(content_folder: Path | None, group: tuple[str, ...], *, as_json: bool) -> int:
    """Show the groups, or the whole of one: its id, its name or the beginning of either.

    \b
    Examples:
      service-group groups
      service-group groups preventive
      service-group groups --json adoption
    """
    guide = kept_guide(content_folder).guide
    chosen = group_meant(guide, " ".join(group)) if group else None
    if as_json:
        every = [_as_data(guide, name) for name in guide.groups]
        click.echo(json.dumps(_as_data(guide, chosen) if chosen else every, indent=2))
        return 0
    paragraphs = _whole(guide, chosen) if chosen else _listed(guide)
    click.echo("\n".join(laid_out(paragraphs, width_now())))
    return 0


def group_meant(guide: Guide, typed: str) -> str:
    """Give the id of the group that typed words name or alone begin; raises `UsageError`."""
    names = {said: name for name, group in guide.groups.items() for said in _sayings(name, group)}
    wanted = _plain(typed)
    begun = {name for said, name in names.items() if wanted and said.startswith(wanted)}
    if wanted in names:
        return names[wanted]
    if len(begun) == 1:
        return begun.pop()
    raise UsageError(
        f"No group is called {typed!r}{did_you_mean(wanted, names) or '.'}",
        mend="see the names with service-group groups, or search with service-group lookup.",
    )


def _sayings(name: str, group: Group) -> Iterator[str]:
    yield _plain(name)
    yield _plain(group.name)
    yield _plain(group.name).removesuffix(" services")


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _listed(guide: Guide) -> Iterator[str]:
    for name, group in guide.groups.items():
        yield f"{group.name} ({name})"
        yield f"Use when {_use_when(guide, group)}."
    yield "For the whole of one: service-group groups NAME"


def _whole(guide: Guide, name: str) -> Iterator[str]:
    group = guide.groups[name]
    yield f"{group.name} ({name})"
    yield f"What it is: {group.what}"
    yield from _quoted(guide, group.cites)
    for clause in group.use_when:
        yield f"Use when: {sentence(_clause(guide, clause))}"
        yield from _quoted(guide, clause.cites)
    for mixed in group.mixed_up_with:
        yield f"Often mixed up with: {guide.groups[mixed.group].name}. {mixed.difference}"


def _quoted(guide: Guide, cites: tuple[Cite, ...]) -> Iterator[str]:
    for cite in cites:
        yield f'The document says: "{cite.words}" ({source(guide, cite)})'


def _use_when(guide: Guide, group: Group) -> str:
    return ", or ".join(_clause(guide, clause) for clause in group.use_when)


def _clause(guide: Guide, clause: Clause) -> str:
    """Say one clause: `this is a FINS case and no report was received`."""
    return " and ".join(
        " or ".join(guide.questions[fact].options[value].says for value in values)
        for fact, values in clause.facts.items()
    )


def _as_data(guide: Guide, name: str) -> dict[str, object]:
    group = guide.groups[name]
    return {
        "id": name,
        "name": group.name,
        "what": group.what,
        "use_when": [
            {
                "facts": {fact: list(values) for fact, values in clause.facts.items()},
                "words": _clause(guide, clause),
                "cites": _cites(clause.cites),
            }
            for clause in group.use_when
        ],
        "cites": _cites(group.cites),
        "mixed_up_with": [
            {"group": mixed.group, "difference": mixed.difference} for mixed in group.mixed_up_with
        ],
    }


def _cites(cites: tuple[Cite, ...]) -> list[dict[str, str]]:
    return [vars(cite).copy() for cite in cites]
