"""The parts of every command: its class, its output, and options that several share."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from assistant.text import in_encoding, is_terminal, say, say_lines, visible, write

if TYPE_CHECKING:
    from assistant.guide.loading import LoadedGuide
    from assistant.services import Services

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

Opener = Callable[[Path | None, Path | None, Path | None], object]
"""Takes what --content, --data and --decisions name, and returns what a command works with."""


def input_is_terminal() -> bool:
    """Tell whether somebody can be asked; where there is no standard input, nobody can."""
    return is_terminal(sys.stdin)


HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}  # of every command and group


class HelpThatIsSaid(click.Command):
    """Says its help as every command says its lines, so that a full disk is told in a sentence too."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.callback = _say_help
        return option


def _say_help(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        say(ctx.get_help())
        ctx.exit()


class ShellCommand(HelpThatIsSaid):
    """Opens what its function works with, calls it, says the lines that it returns, and ends in its code.

    The function returns lines, which are folded to the width of the terminal, or, where it said
    them itself, an exit code.
    """

    def __init__(self, *given: Any, opens: Opener | None = None, **named: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*given, **named)
        self.context_settings = HELP_OPTIONS
        self._opens = opens

    def invoke(self, ctx: click.Context) -> int:
        opened: tuple[object, ...] = ()
        if self._opens:
            given = ("content_folder", "data_folder", "decisions_file")
            opened = (self._opens(*(ctx.params.pop(name, None) for name in given)),)
        told: int | Iterable[str] = ctx.invoke(self.callback or tuple, *opened, **ctx.params)
        if isinstance(told, int):
            return told
        say_lines(told)
        return 0


def say_pages(text: str, *, heard: bool) -> None:
    """Say text: a page at a time where it does not fit on the terminal, unless it is to be heard.

    With `NO_PAGER`, on a simple terminal and in a pipe it is said at once.
    """
    fits = text.count("\n") < shutil.get_terminal_size().lines
    simple = "NO_PAGER" in os.environ or os.environ.get("TERM") == "dumb"
    if heard or fits or simple or not is_terminal(sys.stdin, sys.stdout):
        say(text)
    else:
        click.echo_via_pager(in_encoding(visible(f"{text}\n"), sys.stdout.encoding))


def command(
    name: str | None = None, *, opens: Opener | None = None, epilog: str | None = None
) -> Callable[[Callable[..., int | Iterable[str]]], ShellCommand]:
    """Return a decorator that makes a command of a function, which is handed what `opens` returns."""

    def made(function: Callable[..., int | Iterable[str]]) -> ShellCommand:
        if opens:
            function = function if opens is open_guide else data_option(function)
            function = content_option(function)
        return click.command(name, cls=ShellCommand, opens=opens, epilog=epilog)(function)

    return made


def open_guide(content: Path | None, _data: Path | None, decisions: Path | None) -> "LoadedGuide":
    """Return the guide for a command without records; it is kept, so that the next starts sooner."""
    from assistant import settings  # noqa: PLC0415 - as above
    from assistant.guide.loading import load_guide  # noqa: PLC0415 - 20 ms, which no help needs

    read = settings.load_settings()
    folder, agency = (
        settings.content_folder(content, read),
        settings.decisions_file(decisions, read),
    )
    return load_guide(folder, settings.known_data_folder(read), agency)


def open_services(content: Path | None, data: Path | None, decisions: Path | None) -> "Services":
    """Return the real things; raises `GuideError` or `SettingsError` where they cannot be used."""
    from assistant import services  # noqa: PLC0415 - as above

    return services.real_services(content, data, decisions)


def open_recorded(content: Path | None, data: Path | None, decisions: Path | None) -> "Services":
    """Return the real things where there are records; where there are none, nothing is made."""
    from assistant import services  # noqa: PLC0415 - as above

    return services.services_with_records(content, data, decisions)


class WholeNumber(click.IntRange):
    """A whole number within bounds; anything else is refused in plain words, and not said again."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            most = f" up to {self.max:,}" if self.max is not None else ""
            self.fail(f"Type a whole number from {self.min}{most}, such as 3.", param, ctx)


FILE = click.Path(path_type=Path)  # what names a file or a folder

_content_option = click.option(
    "--content",
    "content_folder",
    type=FILE,
    help="Folder of a different guide. Also: SERVICE_GROUP_CONTENT.",
)

_decisions_option = click.option(
    "--decisions",
    "decisions_file",
    type=FILE,
    help="File of your agency's decisions. Also: SERVICE_GROUP_DECISIONS.",
)


def content_option(function: Decorated) -> Decorated:
    """Add `--content DIR` and `--decisions FILE`, each as a path or None."""
    return _content_option(_decisions_option(function))


data_option = click.option(
    "--data",
    "data_folder",
    type=FILE,
    help="Folder for records and drafts. Also: SERVICE_GROUP_DATA.",
)
"""`--data DIR`, as a path or None."""

plain_option = click.option(
    "--plain/--no-plain",
    default=None,
    help="Use plain lines, as for a screen reader, or the screen.  [default: as set]",
)
"""`--plain` or `--no-plain`, as a bool, or None where neither is given."""

class_option = click.option(
    "--class",
    "class_file",
    type=FILE,
    envvar="SERVICE_GROUP_CLASS",
    help="Class file to offer first in practice. Also: SERVICE_GROUP_CLASS.",
)
"""`--class FILE`, or the file that the environment names, as a path or None."""

STANDARD_INPUT = STANDARD_OUTPUT = Path("-")  # stands for each where a file is named


def output_to(*, needed: bool) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds `--output FILE` and `--force`."""
    path = click.option(
        "--output",
        type=FILE,
        required=needed,
        help="File to write, which only you can read, or - for standard output.",
    )
    force = click.option("--force", is_flag=True, help="Replace a file with that name.")
    return lambda function: path(force(function))


def format_option(
    name: str, kinds: Iterable[str], about: str, *, default: str | None = None, needed: bool = False
) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds `--format`, handed on under `name`."""
    return click.option(
        "--format",
        name,
        type=click.Choice(list(kinds)),
        default=default,
        show_default=default is not None,
        required=needed,
        help=about,
    )


class _StandardOutput(StringIO):
    """Takes data as a file does, and writes it as it is."""

    def write(self, text: str, /) -> int:
        write(sys.stdout, text)
        return len(text)


@contextmanager
def writing(output: Path | None, data: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Open what `--output` names: a private file outside the data folder, or standard output."""
    if output is None or output == STANDARD_OUTPUT:
        yield _StandardOutput()
        return
    from assistant.records.transfer import private_file  # noqa: PLC0415 - only where one is written

    with private_file(output, force=force, data=data) as file:
        yield file
