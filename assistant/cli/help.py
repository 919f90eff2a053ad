"""`help`: a page of the handbook, or how a command is used."""

from collections.abc import Iterable, Iterator, Sequence

import click

from assistant.cli.options import command
from assistant.errors import SettingsError, UsageError
from assistant.guide.handbook import HandbookPage, handbook, page_lines
from assistant.output import say, say_lines
from assistant.settings import content_folder, load_settings
from assistant.text import did_you_mean, width_now


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
        for line in page_lines(page, width_now(), heard=heard):
            say(line)
    elif topic:
        say(_of_command(ctx, topic, pages))
    else:
        say_lines(_listed(pages.values()))
    return 0


def _listed(pages: Iterable[HandbookPage]) -> Iterator[str]:
    """Return what can be read, and where else help is."""
    yield "The handbook:"
    yield from (f"service-group help {page.topic}: {page.title}." for page in pages)
    yield ""
    yield "In the interview, ? explains the question and p lists every command."
    yield "service-group --help lists the commands; service-group help records list explains one."
    yield "service-group lookup WORDS looks up a group, a goal, a situation, or a word."


def _of_command(ctx: click.Context, words: Sequence[str], topics: Iterable[str]) -> str:
    """Return how a command is used; raises `UsageError` where no topic and no command is so called."""
    inner = ctx.find_root()
    for word in words:
        group = inner.command
        found = group.get_command(inner, word) if isinstance(group, click.Group) else None
        if found is None:
            name = " ".join(words)
            near = did_you_mean(name, [*topics, *_names(ctx.find_root())])
            raise UsageError(
                f"There is no help on {name!r}{near or '.'}",
                mend="see the topics with service-group help, or search the guide with"
                " service-group lookup.",
            )
        inner = click.Context(found, info_name=word, parent=inner)
    return inner.get_help()


def _names(root: click.Context) -> list[str]:
    return root.command.list_commands(root) if isinstance(root.command, click.Group) else []
