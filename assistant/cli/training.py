"""`training`, for trainees: stories to read, practice, and how one is doing."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from assistant.cli.options import FILE, command, open_services
from assistant.errors import RecordsError, UsageError
from assistant.lines.dialogue import DialogueDriver, run_session
from assistant.lines.practice import MOST_TYPED, PracticeInLines, PracticeOptions
from assistant.private import foreign_text
from assistant.records.practice_log import PracticeLog
from assistant.services import Services, practice_session
from assistant.tables import as_text
from assistant.text import did_you_mean, say, say_lines, width_now
from assistant.training.bookmarks import alias_and_code, alias_refusal, spelled
from assistant.training.classes import (
    MOST,
    ClassFile,
    read_class,
    stories_of,
)
from assistant.training.progress import progress_lines
from assistant.training.syllabus import Syllabus

alias_option = click.option(
    "--alias",
    default="",
    help="Your alias, not your name; its code after it, if needed. Also: SERVICE_GROUP_ALIAS, settings.",
)
"""`--alias NAME`, or empty."""

_LISTED = 10  # how many aliases are named where one is not known
_MOST_BYTES = 50_000_000  # no file that passes between trainer and trainees comes near this


def alias_given(services: Services, typed: str, *, needed: bool = False) -> str:
    """Return the alias typed or set; raises `UsageError` for one that will not do, or none where needed."""
    if typed and (refused := alias_refusal(alias_and_code(typed)[0])):
        raise UsageError(refused, where="--alias")
    alias = typed or services.settings.alias
    if needed and not alias:
        raise UsageError(
            "Tell the command which alias is yours.",
            mend="add --alias and your practice alias.",
        )
    return alias


def alias_known(services: Services, typed: str, log: PracticeLog) -> str:
    """Return the alias to use, as it was spelled first; raises `UsageError` for a typed one unknown.

    An alias that is set, and not typed, may be new: no slip has led to it.
    """
    known = log.aliases()
    found = spelled(typed, known)
    if found in known:
        return found
    alias = alias_given(services, typed, needed=True)
    if not typed:
        return spelled(alias, known)
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    names, near = f"{', '.join(known[:_LISTED])}{more}", did_you_mean(alias.casefold(), known)
    raise UsageError(
        f"{alias} has no results yet{near or '. A test counts after it is handed in.'}",
        mend=f"use one of these: {names}." if known else "",
    )


def names_in(typed: str) -> list[str]:
    """Return the names in a list such as `blue-heron,red-fox`."""
    return [name.strip() for name in typed.split(",") if name.strip()]


def syllabus_of(services: Services) -> Syllabus:
    """Return what there is to practice on."""
    return Syllabus(services.loaded, services.load_practice())


def class_from(path: Path) -> ClassFile:
    """Read a class file; raises `UsageError` that names it."""
    return read_class(text_of(path, "class file"), str(path))


def class_given(services: Services, path: Path) -> ClassFile:
    """Read a class file to take part in; raises `UsageError` also where its stories differ here."""
    found = class_from(path)
    stories_of(found, syllabus_of(services), services.loaded.meaning_hash)
    return found


def text_of(path: Path, what: str) -> str:
    """Return the text of a file that somebody handed over; raises `UsageError` that names it."""
    try:
        return foreign_text(path, _MOST_BYTES)
    except UnicodeDecodeError as error:
        raise UsageError(
            f"This is not a {what}: it is {error.reason}.",
            where=str(path),
            mend=f"give the {what} as it was written. In PowerShell, use --output and not > to write it.",
        ) from None
    except OSError as error:
        raise UsageError(
            f"The {what} cannot be read: {error.strerror or 'the disk reported an error'}.",
            where=str(path),
            mend="check the name and the folder.",
        ) from None


@command(opens=open_services)
@alias_option
def learn(services: Services, alias: str) -> int:
    """Learn from stories: answer the interview's questions and see at once if each answer is right.

    Press q to quit at any time. The next time, you continue where you stopped.

    \b
    Example:
      service-group training learn
    """
    return _practice(services, PracticeOptions(alias=alias, mode="learn"))


@command(opens=open_services)
@alias_option
def drill(services: Services, alias: str) -> int:
    """Read a story, pick its group, and see why. The next story is the one that helps you most.

    Press q to quit at any time. The next time, you continue where you stopped.

    \b
    Example:
      service-group training drill --alias blue-heron
    """
    return _practice(services, PracticeOptions(alias=alias, mode="drill"))


@command(opens=open_services)
@alias_option
@click.option("--count", type=click.IntRange(1, MOST), help="Number of stories.  [default: 10]")
@click.option(
    "--pass-mark", type=click.IntRange(1, 100), help="Percent needed to pass.  [default: 80]"
)
def test(services: Services, alias: str, count: int | None, pass_mark: int | None) -> int:
    """Take a test of new stories. You get your score at the end.

    Without --count and --pass-mark, you continue a test that you left.

    \b
    Example:
      service-group training test --count 10 --pass-mark 80
    """
    options = PracticeOptions(alias=alias, mode="test", length=count, pass_mark=pass_mark)
    return _practice(services, options)


@command("class", opens=open_services)
@alias_option
@click.argument("file", type=FILE)
def class_(services: Services, alias: str, file: Path) -> int:
    """Take part in a class with the file from your trainer.

    Everyone gets the same stories. This command shows them in plain lines, and
    `service-group ask --class FILE` shows them on the screen. Your answers are saved, and the same
    command continues where you stopped. After a test, it shows your score again.

    \b
    Example:
      service-group training class spring.class.json --alias blue-heron
    """
    services = replace(services, assigned=class_given(services, file))
    return _practice(services, PracticeOptions(alias=alias, begins_class=True))


def _practice(services: Services, options: PracticeOptions) -> int:
    options = replace(options, alias=alias_given(services, options.alias))
    practice = PracticeInLines(services, options)
    return run_session(DialogueDriver(practice.held(), most_typed=MOST_TYPED))


@command(opens=open_services)
@alias_option
@click.option(
    "--plain/--no-plain",
    default=None,
    help="Use sentences, as for a screen reader, or bars.  [default: as set]",
)
def progress(services: Services, alias: str, *, plain: bool | None) -> int:
    """Show a bar for each group and each question, your streak, and what to do next.

    \b
    Example:
      service-group training progress --alias blue-heron
    """
    alias, typed = alias_given(services, alias, needed=True), alias
    with suppress(RecordsError):  # the store is away: practice says so itself
        alias = alias_known(services, typed, services.open_records().practice)
    practice = practice_session(services, alias)
    found = practice.progress()
    if services.settings.plain if plain is None else plain:
        say_lines(progress_lines(found))
    else:
        say_lines([f"{found.line}."])
        if found.tables:
            say("\n".join(as_text(found.tables, width_now())))
        say_lines(["", f"What to do next. {found.what_next}"])
    if practice.trouble:
        say(practice.trouble, err=True)
    return 0
