"""`lookup`, `groups` and `help`: what can be read without a case."""

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import click

from assistant.cli.options import command, open_guide, say_pages
from assistant.engine.explain import comparison
from assistant.engine.lookup import Hit, Index, leads
from assistant.engine.statements import as_lines, compared, look_alikes
from assistant.engine.verdict import clause_words, sentence, source, use_when
from assistant.errors import SettingsError, UsageError
from assistant.guide.handbook import HandbookPage, handbook, page_lines
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Cite, Group, Guide
from assistant.settings import content_folder, load_settings
from assistant.text import WIDEST, did_you_mean, say, say_lines, side_by_side, width_now

NOTHING_FOUND = 4  # the exit code where no entry comes near the words

_EPILOG = """\
\b
Exit codes:
  0    something was found
  1    the guide or the settings cannot be used
  2    the command cannot be used as typed
  4    nothing was found (with --json, the list is empty)
  130  interrupted
"""


@command(opens=open_guide, epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="Show at most this many results.",
)
@click.argument("words", nargs=-1, required=True)
def lookup(loaded: LoadedGuide, *, words: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Look up groups, goals, facts, situations, and terms in your own words, best match first.

    Small typing mistakes are fine. Do not type a name or a case number.

    \b
    Examples:
      service-group lookup trial home visit
      service-group lookup --json --limit 1 guardianship
    """
    guide = loaded.guide
    index, typed = Index(guide), " ".join(words)
    hits = index.search(typed, limit)
    if unknown := index.unknown(typed):
        say(f"Not found: {', '.join(unknown)}", err=True)
    if as_json:
        shown = ("kind", "id", "title", "leads_to", "facts", "score")
        found = [{name: getattr(hit, name) for name in shown} for hit in hits]
        say(json.dumps(found, indent=2, default=dict))
    elif hits:
        say_lines(_said(guide, hits))
    else:
        say(
            'No match. Try one or two plain words, such as "adoption" or "safety plan", or see the'
            " seven groups: service-group groups",
            err=True,
        )
    return 0 if hits else NOTHING_FOUND


def _said(guide: Guide, hits: Sequence[Hit]) -> Iterator[str]:
    for number, hit in enumerate(hits, 1):
        if number > 1:
            yield ""
        yield f"{number}. {hit.kind.capitalize()}: {hit.title}"
        yield f"What it means: {hit.means}"
        if hit.kind == "comparison":
            yield f"See both: service-group groups {' '.join(hit.leads_to)}"
        yield from as_lines(leads(guide, hit))
        if hit.facts:
            facts = " ".join(f"{fact}={value}" for fact, value in hit.facts.items())
            yield f"To continue from here: service-group recommend {facts}"


@command(opens=open_guide)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list, or one object.")
@click.argument("group", nargs=-1)
def groups(loaded: LoadedGuide, *, group: tuple[str, ...], as_json: bool) -> int | Iterable[str]:
    """Show all groups, one of them, or two compared. Give an id, a name, or the start of either.

    \b
    Examples:
      service-group groups
      service-group groups preventive
      service-group groups preventive in-home
      service-group groups --json adoption
    """
    guide = loaded.guide
    chosen = _groups_meant(guide, group) if group else ()
    if as_json:
        say(json.dumps(_as_data(guide, chosen), indent=2))
        return 0
    match chosen:
        case (one, other):
            return _compared(guide, one, other)
        case (one,):
            return _whole(guide, one)
    return _listed(guide)


def group_meant(guide: Guide, typed: str) -> str:
    """Return the id of the group that typed words name or alone begin; raises `UsageError`."""
    if found := _named(guide, typed):
        return found
    names = {said for name, group in guide.groups.items() for said in _sayings(name, group)}
    raise UsageError(
        f"No group is called {typed!r}{did_you_mean(_plain(typed), names) or '.'}",
        mend="run service-group groups to see the names, or service-group lookup to search.",
    )


def _named(guide: Guide, typed: str) -> str:
    """Return the id of the group that typed words name or alone begin; "" where there is none."""
    names = {said: name for name, group in guide.groups.items() for said in _sayings(name, group)}
    wanted = _plain(typed)
    begun = {name for said, name in names.items() if wanted and said.startswith(wanted)}
    return names.get(wanted) or (begun.pop() if len(begun) == 1 else "")


def _groups_meant(guide: Guide, words: Sequence[str]) -> tuple[str, ...]:
    """Return the one group that typed words name, or the two; raises `UsageError`."""
    typed = " ".join(words).split()
    halves = ((typed[:at], _second(typed[at:])) for at in range(1, len(typed)))
    pairs = {tuple(_named(guide, " ".join(half)) for half in both) for both in halves}
    found = [pair for pair in pairs if all(pair) and len(set(pair)) == len(pair)]
    whole = " ".join(words)
    return (
        found[0] if len(found) == 1 and not _named(guide, whole) else (group_meant(guide, whole),)
    )


def _second(words: Sequence[str]) -> Sequence[str]:
    """Return the words of the second of two groups, without an `and` or `vs` before them."""
    return words[1:] if words[0].casefold() in {"and", "or", "vs", "vs.", "versus"} else words


def _sayings(name: str, group: Group) -> Iterator[str]:
    yield _plain(name)
    yield _plain(group.name)
    yield _plain(group.name).removesuffix(" services")


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _listed(guide: Guide) -> Iterator[str]:
    for name, group in guide.groups.items():
        yield f"{group.name} ({name})"
        yield f"Use when {use_when(guide, name)}."
    yield "To read about one group: service-group groups NAME"
    yield "To compare two: service-group groups NAME NAME"


def _whole(guide: Guide, name: str) -> Iterator[str]:
    group = guide.groups[name]
    yield f"{group.name} ({name})"
    yield f"What it is: {group.what}"
    yield from _quoted(guide, group.cites)
    for clause in group.use_when:
        yield f"Use when: {sentence(clause_words(guide, clause))}"
        yield from _quoted(guide, clause.cites)
    yield from as_lines(look_alikes(guide, name))


def _quoted(guide: Guide, cites: tuple[Cite, ...]) -> Iterator[str]:
    for cite in cites:
        yield f'The document says: "{cite.words}" ({source(guide, cite)})'


def _compared(guide: Guide, one: str, other: str) -> int | Iterator[str]:
    """Say two groups side by side on a terminal with room, else in lines that each make sense alone."""
    first, second, *apart = compared(guide, one, other)
    width = width_now()
    if width < WIDEST or load_settings().plain or not sys.stdout.isatty():
        return as_lines([first, second, *apart])
    for about, beside in ((first.about, second.about), (first.says, second.says)):
        for line in side_by_side(about, beside, width):
            say(line)
    say("")
    say_lines(as_lines(apart))
    return 0


def _as_data(guide: Guide, chosen: tuple[str, ...]) -> object:
    """Return every group, one, or two with what tells them apart, as plain data."""
    every = [_group_as_data(guide, name) for name in chosen or guide.groups]
    if len(chosen) == 1:
        return every[0]
    if not chosen:
        return every
    found = comparison(guide, *chosen)
    if not found:
        return {"groups": every}
    words = {name: getattr(found, name) for name in ("same", "different", "question", "tells")}
    return {"groups": every, **words, "cites": list(map(vars, found.cites))}


def _group_as_data(guide: Guide, name: str) -> dict[str, object]:
    group = guide.groups[name]
    return {
        "id": name,
        "name": group.name,
        "what": group.what,
        "use_when": [
            {
                "facts": dict(clause.facts),
                "words": clause_words(guide, clause),
                "cites": list(map(vars, clause.cites)),
            }
            for clause in group.use_when
        ],
        "cites": list(map(vars, group.cites)),
        "mixed_up_with": [
            {"group": other, "difference": found.different}
            for other, found in guide.mixed_up_with(name).items()
        ],
    }


@command(name="help")
@click.argument("topic", nargs=-1)
@click.pass_context
def help_(ctx: click.Context, topic: tuple[str, ...]) -> int:
    """Read a page of the handbook, or how a command is used; with no topic, list what there is.

    \b
    Examples:
      service-group help
      service-group help workers
      service-group help records list
    """
    guide, heard = None, True
    try:
        guide, heard = content_folder(), load_settings().plain
    except SettingsError as error:
        say(f"{error}\n", err=True)  # help must be there where the settings are wrong
    pages = handbook(guide)
    page = pages.get("-".join(topic).casefold().removesuffix(".md"))
    if page:
        say_pages("\n".join(page_lines(page, width_now(), heard=heard)), heard=heard)
    elif topic:
        say(_of_command(ctx, topic, pages))
    else:
        say_lines(_topics(pages.values()))
    return 0


def _topics(pages: Iterable[HandbookPage]) -> Iterator[str]:
    """Return what can be read, and where else help is."""
    yield "The handbook:"
    yield from (f"service-group help {page.topic}: {page.title}." for page in pages)
    yield ""
    yield "In the interview, ? explains the question and p lists every command."
    yield "service-group --help lists the commands; service-group help records list explains one."
    yield "service-group lookup WORDS looks up a group, a goal, a situation, or a word."


def _of_command(ctx: click.Context, words: Sequence[str], pages: Mapping[str, HandbookPage]) -> str:
    """Return how a command is used; raises `UsageError` where no topic and no command is so called."""
    inner = ctx.find_root()
    for word in words:
        group = inner.command
        found = group.get_command(inner, word) if isinstance(group, click.Group) else None
        if found is None:
            name = " ".join(words)
            near = did_you_mean(name, [*pages, *_command_names(ctx.find_root())])
            best = _mentioning(name.casefold(), pages.values())
            topic = f"read service-group help {best}, which mentions it" if best else ""
            raise UsageError(
                f"There is no help page called {name!r}{near or '.'}",
                mend=f"{topic or 'see the topics with service-group help'}, or search the guide with"
                " service-group lookup.",
            )
        inner = click.Context(found, info_name=word, parent=inner)
    return inner.get_help()


def _mentioning(words: str, pages: Collection[HandbookPage]) -> str:
    """Return the topic of the page whose title, or else whose text, has some words; "" for none."""
    held = re.compile(rf"\b{re.escape(words)}s?\b")
    titled = (page.topic for page in pages if held.search(page.title.casefold()))
    told = (page.topic for page in pages if held.search(page.text.casefold()))
    return next(titled, "") or next(told, "")


def _command_names(root: click.Context) -> list[str]:
    return root.command.list_commands(root) if isinstance(root.command, click.Group) else []
