"""`service-group training learn`, `drill`, `test` and `class`: practice in plain lines."""

from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.training.options import alias_given, alias_option, class_given
from assistant.plain.loop import run_session
from assistant.plain.practice.home import Wanted
from assistant.plain.practice.session import PracticeSession
from assistant.training.attempts import Mode
from assistant.training.classes import MOST


@click.command()
@content_option
@data_option
@alias_option
def learn(content_folder: Path | None, data_folder: Path | None, alias: str) -> int:
    """Learn from stories: answer the interview's questions about each, every answer checked at once.

    Leave with q whenever you like; the next time goes on where you were.

    \b
    Example:
      service-group training learn
    """
    return _practise(content_folder, data_folder, alias, "learn")


@click.command()
@content_option
@data_option
@alias_option
def drill(content_folder: Path | None, data_folder: Path | None, alias: str) -> int:
    """Read a story, pick its group, hear why; then the story that helps you most comes next.

    Leave with q whenever you like; the next time goes on where you were.

    \b
    Example:
      service-group training drill --alias blue-heron
    """
    return _practise(content_folder, data_folder, alias, "drill")


@click.command()
@content_option
@data_option
@alias_option
@click.option("--count", type=click.IntRange(1, MOST), help="Stories in it.  [default: 10]")
@click.option(
    "--pass-mark", type=click.IntRange(1, 100), help="Per cent that passes.  [default: 80]"
)
def test(
    content_folder: Path | None,
    data_folder: Path | None,
    alias: str,
    count: int | None,
    pass_mark: int | None,
) -> int:
    """Take a test of new stories: nothing is said of your answers until the last.

    Without --count and --pass-mark, a test that you left goes on where you were.

    \b
    Example:
      service-group training test --count 10 --pass-mark 80
    """
    return _practise(content_folder, data_folder, alias, "test", count, pass_mark)


@click.command("class")
@content_option
@data_option
@alias_option
@click.argument("file", type=click.Path(path_type=Path))
def class_(content_folder: Path | None, data_folder: Path | None, alias: str, file: Path) -> int:
    """Take part in a class with the file that your trainer handed round.

    Everyone gets the same stories, here in plain lines; `service-group ask --class FILE` shows them on
    the screen. What you answered is kept, and the same command goes on there;
    after a test it shows your score again.

    \b
    Example:
      service-group training class spring.class.json --alias blue-heron
    """
    services = real_services(content_folder, data_folder)
    wanted = Wanted(alias=alias_given(services, alias), given=class_given(services, file))
    return run_session(PracticeSession(services, wanted))


def _practise(  # noqa: PLR0913, PLR0917 - the options of three commands
    content: Path | None,
    data: Path | None,
    alias: str,
    mode: Mode,
    length: int | None = None,
    pass_mark: int | None = None,
) -> int:
    services = real_services(content, data)
    alias = alias_given(services, alias)
    wanted = Wanted(alias=alias, mode=mode, length=length, pass_mark=pass_mark)
    return run_session(PracticeSession(services, wanted))
