"""`training`, for trainers: a class and its results."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from assistant.cli.options import FILE, STANDARD_OUTPUT, command, open_services, output_to, writing
from assistant.cli.records import sure
from assistant.cli.training import (
    alias_known,
    alias_option,
    class_from,
    names_in,
    syllabus_of,
    text_of,
)
from assistant.errors import UsageError
from assistant.records.practice_log import PracticeLog
from assistant.records.transfer import private_file
from assistant.services import Services, bookmarks_here
from assistant.text import counted, say
from assistant.training.attempts import (
    MODES,
    PASS_MARK,
    Mode,
    apart,
    attempts_in,
    line_of,
    read_results,
    results_text,
)
from assistant.training.bookmarks import alias_and_code, spelled
from assistant.training.classes import (
    MOST,
    ClassFile,
    OwnStories,
    case_of,
    class_text,
    is_class_text,
    read_own_stories,
    stories_by_seed,
    stories_named,
)
from assistant.training.classes import new_class as class_of
from assistant.training.judging import answer_name
from assistant.training.stories import Story
from assistant.training.syllabus import Syllabus

_FOR_ALL = 0o644  # mode of a class file: it holds nothing of anybody's, and is for handing round


_COUNT = 10


@command("new-class", opens=open_services)
@click.argument("name")
@click.option("--output", type=FILE, required=True, help="File to write.")
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="test",
    show_default=True,
    help="How trainees practice: answer the interview, pick groups, or take a test.",
)
@click.option(
    "--count", type=click.IntRange(1, MOST), help=f"Number of stories.  [default: {_COUNT}]"
)
@click.option("--seed", type=click.IntRange(0), help="The same seed makes the same stories again.")
@click.option(
    "--mix/--no-mix",
    default=None,
    help="Written stories first, then made ones, or only made ones.  [default: --mix]",
)
@click.option("--cases", "named", metavar="A,B,C", help="Names of stories; `cases` lists them.")
@click.option("--stories", "own_file", type=FILE, help="Your own stories, in a YAML file.")
@click.option(
    "--pass-mark",
    type=click.IntRange(1, 100),
    help=f"Percent needed to pass a test.  [default: {PASS_MARK}]",
)
@click.option("--open-book", is_flag=True, help="Let trainees look things up during the test.")
@click.option("--force", is_flag=True, help="Replace a file with that name.")
def new_class(  # noqa: PLR0913 - an argument an option
    services: Services,
    *,
    name: str,
    output: Path,
    mode: Mode,
    count: int | None,
    seed: int | None,
    mix: bool | None,
    named: str | None,
    own_file: Path | None,
    pass_mark: int | None,
    open_book: bool,
    force: bool,
) -> int:
    """Make a class file: the same stories for everyone, from a seed or chosen by name.

    A test is closed unless it has an open book: while it goes on, nothing can be looked up here.
    The file has no answers in it. Anyone who has the assistant and the file can still show them, with
    `service-group training cases --class FILE --answers`. Stories from a seed cover every group, and
    “ask the supervisor”, as evenly as possible.

    With --stories, your own stories come first, and others follow only with --count or --cases. Each
    is held to the guide, and a mistake is named with its line. The file then holds their answers.

    \b
    Examples:
      service-group training new-class "Spring intake" --count 12 --output spring.class.json
      service-group training new-class Drill --mode drill --count 20 --seed 7 --output drill.json
    """
    if pass_mark is not None and mode != "test":
        raise UsageError(
            f"Only a test has a pass mark, and this class is in the mode {mode}.",
            where="--pass-mark",
            mend="leave --pass-mark out, or make the class a test with --mode test.",
        )
    syllabus = syllabus_of(services)
    own, mine = _own(syllabus, own_file)
    left = max(0, (count or _COUNT) - len(mine))
    if not mine or named or (left and (count or mix is not None or seed is not None)):
        stories = (
            *mine,
            *_stories(
                services, syllabus, named, seed, left if mine and not named else count, mix=mix
            ),
        )
    else:
        stories = mine
    meaning = services.loaded.meaning_hash
    pass_mark = pass_mark or PASS_MARK
    found = class_of(
        *(meaning, stories),
        name=name,
        mode=mode,
        pass_mark=pass_mark,
        open_book=open_book,
        own=own,
    )
    with private_file(output, force=force) as file:
        file.write(class_text(found))
    output.chmod(_FOR_ALL)
    say(found.line)
    for answer, times in Counter(syllabus.right(story.outcome) for story in stories).items():
        say(f"  {times} x {answer_name(syllabus.guide, answer)}")
    say(f"Written to {output}. Check number of its stories: {found.content[:12]}.")
    if own:
        say(
            "It holds the answers to your own stories. Anyone who opens it in an editor can read them."
        )
    say(f"A trainee opens it with: service-group ask --class {output.name}")
    say(f"Or in plain lines: service-group training class {output.name}")
    say(f"For everyone in a browser: service-group serve --training-only --class {output.name}")
    return 0


def _own(syllabus: Syllabus, path: Path | None) -> tuple[OwnStories | None, tuple[Story, ...]]:
    """Return a trainer's own stories, read and checked, as they are kept and as they are told."""
    if path is None:
        return None, ()
    own = read_own_stories(path, syllabus.guide, syllabus.practice.cases)
    cases = {name: case_of(syllabus.guide, told) for name, told in own.stories.items()}
    return own, stories_named(syllabus.beside(cases), list(cases))


def _stories(  # noqa: PLR0913 - an argument an option
    services: Services,
    syllabus: Syllabus,
    named: str | None,
    seed: int | None,
    count: int | None,
    *,
    mix: bool | None,
) -> tuple[Story, ...]:
    if named is None:
        by_lot = int(services.new_id(), 16) % 1_000_000
        seed = by_lot if seed is None else seed
        return stories_by_seed(syllabus, seed, count or _COUNT, mix=mix is not False)
    if seed is not None or count is not None or mix is not None:
        raise UsageError(
            "You can choose stories by name or from a seed, but not both.",
            mend="use only --cases, or use --seed, --count, and --mix without it.",
        )
    return stories_named(syllabus, names_in(named))


@command(opens=open_services)
@alias_option
@click.option(
    "--class", "class_file", type=FILE, required=True, help="The class file from your trainer."
)
@output_to(needed=False)
def results(
    services: Services, alias: str, class_file: Path, output: Path | None, *, force: bool
) -> int:
    """Write your class answers to a file to give to your trainer.

    The file has your alias, not your name. Without --output, the file is named after the alias.

    \b
    Example:
      service-group training results --class spring.class.json --alias blue-heron
    """
    found, log = class_from(class_file), services.open_records().practice
    _refuse_test_not_handed_in(services, found, alias or services.settings.alias, log)
    alias = alias_known(services, alias, log)
    mine = list(attempts_in(log.texts(alias=alias, class_id=found.id)))
    if not mine:
        raise UsageError(
            f"{alias} has no results in the class “{found.name}” yet.",
            mend="take part first with `service-group training class`, or give a different --alias.",
        )
    output = output or Path(f"{alias}.json")
    with writing(output, services.folder, force=force) as file:
        file.write(results_text(mine))
    done, count = len({made.story for made in mine}), len(found.stories)
    where = "" if output == STANDARD_OUTPUT else f" Give {output} to your trainer."
    say(f"{alias}: {done} of {count} stories answered.{where}", err=True)
    return 0


def _refuse_test_not_handed_in(
    services: Services, found: ClassFile, alias: str, log: PracticeLog
) -> None:
    """Raise `UsageError` where an alias has begun the class's test here and has no answers recorded."""
    name, text = alias_and_code(alias)[0].casefold(), class_text(found)
    marks = bookmarks_here(services) if found.mode == "test" else ()
    begun = any((mark.alias.casefold(), mark.class_text) == (name, text) for mark in marks)
    if begun and not any(log.texts(alias=spelled(name, log.aliases()), class_id=found.id)):
        raise UsageError(
            found.not_handed_in,
            mend="hand in the test first. `service-group training class` with the class file continues it.",
        )


@command(opens=open_services)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
def collect(services: Services, files: Sequence[Path]) -> int:
    """Add the results files that trainees handed in. Adding a file twice does no harm.

    You can give a folder for the .json files in it. A file that was changed or damaged is refused
    and named, and the others are added.

    \b
    Examples:
      service-group training collect handed-in
      service-group training collect blue-heron.json red-fox.json
    """
    log = services.open_records().practice
    paths: list[Path] = []
    for named in files:
        inside = sorted(path for path in named.glob("*.json") if path.is_file())
        paths += inside or [named]
    refused = 0
    for path in paths:
        try:
            say(f"{path.name}: {_taken_in(log, path)}")
        except UsageError as error:
            say(f"{path.name}: refused. {error}", err=True)
            refused += 1
    if not refused:
        return 0
    say(f"{refused} of {counted(len(paths), 'file')} could not be added.", err=True)
    return UsageError.exit_code


def _taken_in(log: PracticeLog, path: Path) -> str:
    _refuse_nothing(path)
    text = text_of(path, "results file")
    if is_class_text(text):
        raise UsageError(
            "This is the class file, not a results file.",
            where=str(path),
            mend="ask the trainee to run `service-group training results` and send you that file.",
        )
    read = read_results(text, str(path))
    classes = sorted({made.class_id for made in read})
    known = (text for class_id in classes for text in log.texts(class_id=class_id))
    attempts = apart(read, attempts_in(known))
    new = log.add(map(line_of, attempts))
    aliases = ", ".join(sorted({made.alias for made in attempts})) or "nobody"
    changed = sorted({made.alias for made in read} - {made.alias for made in attempts})
    other = f" In this class, {', '.join(changed)} is somebody else." if changed else ""
    return f"{new} new, {len(attempts) - new} already here ({aliases}).{other}"


def _refuse_nothing(path: Path) -> None:
    """Raise `UsageError` for a folder or a pattern that no file was found for."""
    if path.is_dir():
        raise UsageError(
            "This folder has no .json files.",
            where=str(path),
            mend="put the trainees' files there, or give a different folder.",
        )
    if any(mark in path.name for mark in "*?[") and not path.exists():
        raise UsageError(
            "No file has a name like that.",
            where=str(path),
            mend="check the name, or give only the folder.",
        )


@command(opens=open_services)
@click.option("--alias", required=True, help="The trainee whose answers are removed.")
@click.option("--class", "class_file", type=FILE, help="Only answers given in this class.")
@click.option("--yes", is_flag=True, help="Do not ask, as in a script.")
def remove(services: Services, alias: str, class_file: Path | None, *, yes: bool) -> int:
    """Remove one trainee's answers for good, such as those of a wrong file.

    The command says how many there are and asks first. If you collect the file again, its answers are
    added again.

    \b
    Example:
      service-group training remove --alias blue-heron --class spring.class.json
    """
    found, log = class_from(class_file) if class_file else None, services.open_records().practice
    alias, class_id = alias_known(services, alias, log), found.id if found else None
    number = sum(1 for _ in log.texts(alias=alias, class_id=class_id))
    where = f"the class “{found.name}”" if found else "all practice here"
    say(f"{alias} has {counted(number, 'answer')} in {where}.", err=True)
    if not number:
        return 0
    if not yes and not sure("Type yes to remove them for good", "nothing was removed"):
        say("Nothing was removed.", err=True)
        return 1
    say(f"Removed {counted(log.remove(alias, class_id=class_id), 'answer')} of {alias}.")
    return 0
