"""`service-group lookup`: what a worker's own words mean for the choice, without the interview."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assistant.cli.options import content_option, kept_guide
from assistant.content.model import Guide
from assistant.engine.lookup import Hit, Index
from assistant.plain.layout import laid_out, width_now

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


@click.command(epilog=_EPILOG)
@content_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many."
)
@click.argument("words", nargs=-1, required=True)
def lookup(
    content_folder: Path | None, words: tuple[str, ...], limit: int, *, as_json: bool
) -> int:
    """Look up groups, goals, facts, situations and terms in your own words, best first.

    Typing slips are forgiven. Type no name and no case number.

    \b
    Examples:
      service-group lookup trial home visit
      service-group lookup --json --limit 1 guardianship
    """
    guide = kept_guide(content_folder).guide
    hits = Index(guide).search(" ".join(words), limit)
    if as_json:
        click.echo(json.dumps([_as_data(hit) for hit in hits], indent=2))
    elif hits:
        click.echo("\n".join(laid_out(_paragraphs(guide, hits), width_now())))
    else:
        click.echo(
            "Nothing in the guide comes near these words. Try one or two plain ones, such as"
            ' "adoption" or "safety plan", or see the seven groups: service-group groups',
            err=True,
        )
    return 0 if hits else NOTHING_FOUND


def _paragraphs(guide: Guide, hits: Sequence[Hit]) -> Iterator[str]:
    for number, hit in enumerate(hits, 1):
        if number > 1:
            yield ""
        yield from said(guide, number, hit)


def said(guide: Guide, number: int, hit: Hit) -> Iterator[str]:
    """Say one hit in lines that each make sense alone."""
    yield f"{number}. {hit.kind.capitalize()}: {hit.title}"
    yield f"What it means: {hit.means}"
    if leads := leads_in_words(guide, hit):
        yield leads
    if hit.facts:
        facts = " ".join(f"{fact}={value}" for fact, value in hit.facts.items())
        yield f"Go on from here: service-group recommend {facts}"


def leads_in_words(guide: Guide, hit: Hit) -> str:
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


def _as_data(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "leads_to": list(hit.leads_to),
        "facts": dict(hit.facts),
        "score": hit.score,
    }
