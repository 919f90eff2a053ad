"""`lookup` and `groups`."""

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from assistant.cli.options import command, open_guide, say, say_lines
from assistant.engine.lookup import Hit, Index
from assistant.engine.verdict import sentence, source
from assistant.errors import UsageError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Cite, Clause, Group, Guide
from assistant.text import did_you_mean

NOTHING_FOUND = 4
"""The exit code where no entry comes near the words."""

_EPILOG = """\
\b
Exit codes:
  0    something was found
  1    the guide or the settings cannot be used
  2    the command cannot be used as typed
  4    nothing was found; with --json, the list is empty
  130  interrupted
"""


@command(opens=open_guide, epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many."
)
@click.argument("words", nargs=-1, required=True)
def lookup(loaded: LoadedGuide, *, words: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Look up groups, goals, facts, situations and terms in your own words, best first.

    Typing slips are forgiven. Type no name and no case number.

    \b
    Examples:
      service-group lookup trial home visit
      service-group lookup --json --limit 1 guardianship
    """
    guide = loaded.guide
    hits = Index(guide).search(" ".join(words), limit)
    if as_json:
        shown = ("kind", "id", "title", "leads_to", "facts", "score")
        found = [{name: getattr(hit, name) for name in shown} for hit in hits]
        say(json.dumps(found, indent=2, default=dict))
    elif hits:
        say_lines(_said(guide, hits))
    else:
        say(
            "Nothing in the guide comes near these words. Try one or two plain ones, such as"
            ' "adoption" or "safety plan", or see the seven groups: service-group groups',
            err=True,
        )
    return 0 if hits else NOTHING_FOUND


def _said(guide: Guide, hits: Sequence[Hit]) -> Iterator[str]:
    """Say each hit in lines that each make sense alone."""
    for number, hit in enumerate(hits, 1):
        if number > 1:
            yield ""
        yield f"{number}. {hit.kind.capitalize()}: {hit.title}"
        yield f"What it means: {hit.means}"
        if leads := _leads_in_words(guide, hit):
            yield leads
        if hit.facts:
            facts = " ".join(f"{fact}={value}" for fact, value in hit.facts.items())
            yield f"Go on from here: service-group recommend {facts}"


def _leads_in_words(guide: Guide, hit: Hit) -> str:
    """Say where an entry leads; nothing for a term that is tied to no group."""
    names = [guide.groups[group].name for group in hit.leads_to]
    if hit.kind == "group":
        return f"Often mixed up with: {', '.join(names[1:])}."
    if hit.refers:
        others = f" Otherwise, {' or '.join(names)}." if names else ""
        return f"Leads to: most likely no group, so ask your supervisor.{others}"
    if len(names) == len(guide.groups):
        return "Leads to: any of the groups, as the other answers decide."
    if len(names) > 1 and hit.kind != "term":
        return f"Leads to: most likely {names[0]}, or {' or '.join(names[1:])}."
    return f"Leads to: {' or '.join(names)}." if names else ""


@command(opens=open_guide)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list, or one group's object.")
@click.argument("group", nargs=-1)
def groups(loaded: LoadedGuide, *, group: tuple[str, ...], as_json: bool) -> int | Iterable[str]:
    """Show the groups, or the whole of one: its id, its name or the beginning of either.

    \b
    Examples:
      service-group groups
      service-group groups preventive
      service-group groups --json adoption
    """
    guide = loaded.guide
    chosen = group_meant(guide, " ".join(group)) if group else None
    if as_json:
        every = [_groups_as_data(guide, name) for name in guide.groups]
        say(json.dumps(_groups_as_data(guide, chosen) if chosen else every, indent=2))
        return 0
    return _whole(guide, chosen) if chosen else _listed(guide)


def group_meant(guide: Guide, typed: str) -> str:
    """Return the id of the group that typed words name or alone begin; raises `UsageError`."""
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
        clauses = ", or ".join(_clause(guide, clause) for clause in group.use_when)
        yield f"{group.name} ({name})"
        yield f"Use when {clauses}."
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


def _clause(guide: Guide, clause: Clause) -> str:
    """Say one clause: `this is a FINS case and no report was received`."""
    return " and ".join(
        " or ".join(guide.questions[fact].options[value].says for value in values)
        for fact, values in clause.facts.items()
    )


def _groups_as_data(guide: Guide, name: str) -> dict[str, object]:
    group = guide.groups[name]
    return {
        "id": name,
        "name": group.name,
        "what": group.what,
        "use_when": [
            {
                "facts": dict(clause.facts),
                "words": _clause(guide, clause),
                "cites": list(map(vars, clause.cites)),
            }
            for clause in group.use_when
        ],
        "cites": list(map(vars, group.cites)),
        "mixed_up_with": [
            {"group": mixed.group, "difference": mixed.difference} for mixed in group.mixed_up_with
        ],
    }
