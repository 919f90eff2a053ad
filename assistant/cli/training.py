"""`training`: practice, classes, results, reports."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assistant.cli.options import (
    STANDARD_OUTPUT,
    command,
    open_services,
    output_to,
    say,
    say_lines,
    writing,
)
from assistant.errors import RecordsError, RecordsUnavailableError, UsageError
from assistant.guide.model import Guide
from assistant.lines.dialogue import Conversation
from assistant.lines.loop import run_session
from assistant.lines.practice import (
    MOST_TYPED,
    PracticeInLines,
    PracticeOptions,
    progress_bars,
    progress_lines,
    story_lines,
)
from assistant.private import private_folder, why_refused
from assistant.records.practice_log import PracticeLog
from assistant.records.transfer import private_file
from assistant.services import Services, practice_session
from assistant.tables import Table, as_csv, as_page, as_text
from assistant.text import did_you_mean, laid_out, width_now
from assistant.training.attempts import (
    MODES,
    PASS_MARK,
    Attempt,
    Mode,
    attempt_in,
    attempts_in,
    line_of,
    read_results,
    results_text,
    spelled,
)
from assistant.training.classes import (
    MOST,
    AssignedClass,
    ClassFile,
    class_text,
    is_class_text,
    read_class,
    stories_by_seed,
    stories_named,
    stories_of,
)
from assistant.training.classes import new_class as classes_new_class
from assistant.training.diagnosis import attributed
from assistant.training.judging import Syllabus
from assistant.training.report import (
    ClassReport,
    answer_name,
    answers_table,
    class_report,
    report_lead,
    report_tables,
    scores,
)
from assistant.training.session import alias_refusal
from assistant.training.stories import Story, written_stories

alias_option = click.option(
    "--alias",
    default="",
    help="The word you practise under, not your name. Also: SERVICE_GROUP_ALIAS, settings.",
)
"""`--alias NAME`, or empty."""

_LISTED = 10
"""How many aliases are named where one is not known."""

_MOST_BYTES = 50_000_000
"""No file that passes between trainer and trainees comes near this."""


def alias_given(services: Services, typed: str) -> str:
    """Give the alias to use, empty where none is set; raises `UsageError` for one that will not do."""
    refused = alias_refusal(typed) if typed else ""
    if refused:
        raise UsageError(refused, where="--alias")
    return typed or services.settings.alias


def alias_needed(services: Services, typed: str) -> str:
    """Give the alias to use; raises `UsageError` where none is given or set."""
    alias = alias_given(services, typed)
    if not alias:
        raise UsageError(
            "It is not said whose practice is meant.",
            mend="add --alias and the word you practise under, such as --alias blue-heron.",
        )
    return alias


def alias_known(services: Services, typed: str, log: PracticeLog) -> str:
    """Give the alias to use, as it was spelled first; raises `UsageError` for a typed one unknown.

    An alias that is set, and not typed, may be new: no slip has led to it.
    """
    known = log.aliases()
    found = spelled(typed, known)
    if found in known:
        return found
    alias = alias_needed(services, typed)
    if not typed:
        return spelled(alias, known)
    raise UsageError(
        f"No one practises here as {alias}{did_you_mean(alias.casefold(), known)}.",
        where="--alias",
        mend=f"name one of those who do: {_listed(known)}." if known else "practise first.",
    )


def _listed(known: Sequence[str]) -> str:
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"{', '.join(known[:_LISTED])}{more}"


def syllabus_of(services: Services) -> Syllabus:
    """Give what there is to practise on."""
    return Syllabus(services.loaded.guide, services.load_practice())


def class_from(path: Path) -> ClassFile:
    """Read a class file; raises `UsageError` that names it."""
    return read_class(text_of(path, "class file"), str(path))


def class_given(services: Services, path: Path) -> AssignedClass:
    """Read a class file to take part in; raises `UsageError` also where its stories differ here."""
    found = class_from(path)
    stories_of(found, syllabus_of(services), services.loaded.meaning_hash)
    return AssignedClass(found, str(path))


def text_of(path: Path, what: str) -> str:
    """Give the text of a file that somebody handed over; raises `UsageError` that names it."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"This is far too long for a {what}.", where=str(path))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(
            f"This is not a {what}.", where=str(path), mend=f"name a {what}, as it was made."
        ) from None
    except OSError as error:
        raise UsageError(
            f"The {what} cannot be read: {error.strerror or 'the disk refused'}.",
            where=str(path),
            mend="check the name and the folder.",
        ) from None


@command(opens=open_services)
@click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    help="Show the stories of this class, whole.",
)
@click.option("--answers", is_flag=True, help="Show the right answers too, and why they are right.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def cases(
    services: Services,
    class_file: Path | None,
    *,
    answers: bool,
    names: Sequence[str],
) -> int:
    """List the stories written by hand, or show some whole; with --answers, what is right and why.

    Stories that a report names can be shown too. Nothing here is secret: anybody may ask for answers.

    \b
    Examples:
      service-group training cases
      service-group training cases --class spring.class.json --answers
    """
    syllabus = syllabus_of(services)
    names = (*names, *(class_from(class_file).stories if class_file else ()))
    if names:
        for story in stories_named(syllabus, names):
            say_lines(_whole(syllabus, story, answers=answers))
        return 0
    for line in _by_answer(syllabus) if answers else _by_name(syllabus):
        say(line)
    return 0


def _by_name(syllabus: Syllabus) -> Iterator[str]:
    return (story.id for story in written_stories(syllabus.practice))


def _by_answer(syllabus: Syllabus) -> Iterator[str]:
    stories = written_stories(syllabus.practice)
    for answer in (*syllabus.guide.groups, None):
        yield f"{answer_name(syllabus.guide, answer)}:"
        yield from (f"  {story.id}" for story in stories if syllabus.right(story.outcome) == answer)


def _whole(syllabus: Syllabus, story: Story, *, answers: bool) -> Iterator[str]:
    yield f"{story.id}:"
    yield from story_lines(story)
    yield story.ask
    if answers:
        yield f"Right answer: {answer_name(syllabus.guide, syllabus.right(story.outcome))}."
        yield f"Why: {story.note}"
    yield ""


_FOR_ALL = 0o644
"""Mode of a class file: it holds nothing of anybody's, and is for handing round."""

_COUNT = 10


@command("new-class", opens=open_services)
@click.argument("name")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--mode", type=click.Choice(MODES), default="test", show_default=True)
@click.option("--count", type=click.IntRange(1, MOST), help=f"Stories in it.  [default: {_COUNT}]")
@click.option("--seed", type=click.IntRange(0), help="The same seed makes the same stories again.")
@click.option("--cases", "named", metavar="A,B,C", help="Stories by name, as `cases` lists them.")
@click.option(
    "--pass-mark",
    type=click.IntRange(1, 100),
    help=f"Per cent that passes a test.  [default: {PASS_MARK}]",
)
@click.option("--force", is_flag=True, help="Write over a file of that name.")
def new_class(  # noqa: PLR0913 - an argument an option
    services: Services,
    *,
    name: str,
    output: Path,
    mode: Mode,
    count: int | None,
    seed: int | None,
    named: str | None,
    pass_mark: int | None,
    force: bool,
) -> int:
    """Make a class file: the same stories for everyone, from a seed or chosen by name.

    Hand it round: it names stories and holds no answers. Stories from a seed hold every
    group, and those for the supervisor, as often as can be.

    \b
    Examples:
      service-group training new-class "Spring intake" --output spring.class.json
      service-group training new-class Drill --mode drill --count 20 --seed 7 --output drill.json
    """
    if pass_mark is not None and mode != "test":
        raise UsageError(
            f"A pass mark is for a test; in the mode {mode} nothing is passed.",
            where="--pass-mark",
            mend="leave --pass-mark out, or make it a test with --mode test.",
        )
    syllabus = syllabus_of(services)
    stories = _stories(services, syllabus, named, seed, count)
    meaning = services.loaded.meaning_hash
    passes = PASS_MARK if pass_mark is None else pass_mark
    found = classes_new_class(meaning, stories, name=name, mode=mode, pass_mark=passes)
    with private_file(output, force=force) as file:
        file.write(class_text(found))
    output.chmod(_FOR_ALL)
    say(found.line)
    for answer, times in Counter(syllabus.right(story.outcome) for story in stories).items():
        say(f"  {times} x {answer_name(syllabus.guide, answer)}")
    say(f"Written to {output}. Content hash: {found.content[:12]}.")
    say(f"A trainee opens it with: service-group ask --class {output.name}")
    say(f"or, in plain lines: service-group training class {output.name}")
    say(f"For all in browsers: service-group serve --training-only --class {output.name}")
    return 0


def _stories(
    services: Services, syllabus: Syllabus, named: str | None, seed: int | None, count: int | None
) -> tuple[Story, ...]:
    if named is None:
        by_lot = int(services.new_id(), 16) % 1_000_000
        return stories_by_seed(syllabus, by_lot if seed is None else seed, count or _COUNT)
    if seed is not None or count is not None:
        raise UsageError(
            "A class has its stories by name or from a seed, not both.",
            mend="use --cases alone, or --seed and --count without it.",
        )
    return stories_named(syllabus, [word.strip() for word in named.split(",") if word.strip()])


@command(opens=open_services)
@alias_option
def learn(services: Services, alias: str) -> int:
    """Learn from stories: answer the interview's questions about each, every answer checked at once.

    Leave with q whenever you like; the next time goes on where you were.

    \b
    Example:
      service-group training learn
    """
    return _practise(services, alias, "learn")


@command(opens=open_services)
@alias_option
def drill(services: Services, alias: str) -> int:
    """Read a story, pick its group, hear why; then the story that helps you most comes next.

    Leave with q whenever you like; the next time goes on where you were.

    \b
    Example:
      service-group training drill --alias blue-heron
    """
    return _practise(services, alias, "drill")


@command(opens=open_services)
@alias_option
@click.option("--count", type=click.IntRange(1, MOST), help="Stories in it.  [default: 10]")
@click.option(
    "--pass-mark", type=click.IntRange(1, 100), help="Per cent that passes.  [default: 80]"
)
def test(
    services: Services,
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
    return _practise(services, alias, "test", count, pass_mark)


@command("class", opens=open_services)
@alias_option
@click.argument("file", type=click.Path(path_type=Path))
def class_(services: Services, alias: str, file: Path) -> int:
    """Take part in a class with the file that your trainer handed round.

    Everyone gets the same stories, here in plain lines; `service-group ask --class FILE` shows them on
    the screen. What you answered is kept, and the same command goes on there;
    after a test it shows your score again.

    \b
    Example:
      service-group training class spring.class.json --alias blue-heron
    """
    services = replace(services, assigned=class_given(services, file))
    options = PracticeOptions(alias=alias_given(services, alias), begins_class=True)
    return _held(services, options)


def _held(services: Services, options: PracticeOptions) -> int:
    practice = PracticeInLines(services, options)
    return run_session(Conversation(practice.held(), most_typed=MOST_TYPED))


def _practise(
    services: Services,
    alias: str,
    mode: Mode,
    length: int | None = None,
    pass_mark: int | None = None,
) -> int:
    alias = alias_given(services, alias)
    options = PracticeOptions(alias=alias, mode=mode, length=length, pass_mark=pass_mark)
    return _held(services, options)


@command(opens=open_services)
@alias_option
@click.option(
    "--plain/--no-plain",
    default=None,
    help="As sentences without bars, as for a screen reader, or not.  [default: as set]",
)
def progress(services: Services, alias: str, *, plain: bool | None) -> int:
    """Show a bar for each group and each question, your streak, and what to do next.

    \b
    Example:
      service-group training progress --alias blue-heron
    """
    practice = practice_session(services, _alias(services, alias))
    found = practice.progress()
    if services.settings.plain if plain is None else plain:
        say_lines(progress_lines(found))
    else:
        say("\n".join(progress_bars(found, width_now())))
    if practice.trouble:
        say(practice.trouble, err=True)
    return 0


def _alias(services: Services, typed: str) -> str:
    """Give the alias to use; one that cannot be looked up, since the store is away, as it is."""
    alias = alias_needed(services, typed)
    try:
        return alias_known(services, typed, services.open_records().practice)
    except RecordsError:
        return alias


@dataclass(frozen=True)
class _Told:
    """What there is to tell: the report, the tables to begin with, and the answers it was made of."""

    guide: Guide
    report: ClassReport
    title: str
    scores: tuple[Table, ...]
    attempts: tuple[Attempt, ...]


@command(opens=open_services)
@click.option("--alias", default="", help="Only this trainee's answers.")
@click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    help="Only answers given in this class, with its scores.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "html", "csv"]),
    default="text",
    show_default=True,
    help="text with bars, a page, or a folder of tables as CSV, one a file.",
)
@click.option("--expect", default="", metavar="A,B,C", help="Say who of these has not handed in.")
@output_to(needed=False)
def report(  # noqa: PLR0913 - an argument an option
    services: Services,
    *,
    alias: str,
    class_file: Path | None,
    kind: str,
    expect: str,
    output: Path | None,
    force: bool,
) -> int:
    """Show what was chosen against what is right, which questions are misread, and by whom.

    Stories that most trainees miss are marked "rewrite me". The page is one file that needs no
    network and prints well; as CSV, --output is a folder, which gets a file for each table and one
    of every answer. With --alias, one trainee's answers alone.

    \b
    Examples:
      service-group training report --class spring.class.json
      service-group training report --class spring.class.json --format html --output spring.html
      service-group training report --class spring.class.json --format csv --output spring
    """
    told = _told(services, class_from(class_file) if class_file else None, alias)
    if kind == "csv":
        _write_tables(told, output, services.folder, force=force)
    elif kind == "html":
        _write_page(told, output, services.folder, force=force)
    else:
        tables = (*told.scores, *report_tables(told.guide, told.report, whole_stories=False))
        text = as_text(tables if told.attempts else (), width_now(), heard=services.settings.plain)
        with writing(output, services.folder, force=force) as file:
            lead = laid_out([told.title, "", report_lead(told.report)], width_now())
            file.writelines(f"{line}\n" for line in (*lead, *text))
    if output not in {None, STANDARD_OUTPUT}:
        say(f"Written to {output}.", err=True)
    if expect:
        say(_missing(told, expect), err=True)
    return 0


def _told(services: Services, found: ClassFile | None, alias: str) -> _Told:
    log = services.open_records().practice
    alias = alias and alias_known(services, alias, log)
    texts = log.texts(alias=alias or None, class_id=found.id if found else None)
    read = [attempt_in(text) for text in texts]
    attempts = tuple(attempt for attempt in read if attempt)
    if len(attempts) < len(read):
        left_out = len(read) - len(attempts)
        say(f"{left_out} answers cannot be read, and are left out.", err=True)
    guide = services.loaded.guide
    zone = services.now().astimezone().tzinfo
    syllabus = syllabus_of(services)
    made = class_report(syllabus, attempts, zone)  # type: ignore[arg-type]
    title = f"Class report: {found.name}" if found else "Class report: everyone here"
    named = tuple(attributed(syllabus, attempts))
    return _Told(guide, made, title, scores(found, made) if found else (), named)


def _missing(told: _Told, expect: str) -> str:
    """Say who of those that were expected has no answer in the report."""
    here = {attempt.alias.casefold() for attempt in told.attempts}
    wanted = dict.fromkeys(alias.strip() for alias in expect.split(",") if alias.strip())
    missing = [alias for alias in wanted if alias.casefold() not in here]
    if not missing:
        return "Everyone who was expected has answers here."
    return f"No answers yet from {len(missing)} of {len(wanted)}: {', '.join(missing)}."


def _write_page(told: _Told, output: Path | None, data: Path, *, force: bool) -> None:
    if output is None:
        raise UsageError(
            "A page is read in a browser, so it needs a file.",
            mend="add --output and a name, such as --output class.html.",
        )
    tables = (*told.scores, *report_tables(told.guide, told.report))
    with writing(output, data, force=force) as file:
        file.write(as_page(told.title, report_lead(told.report), tables))


def _write_tables(told: _Told, output: Path | None, data: Path, *, force: bool) -> None:
    """Write a file for each table into the folder, which is made where it is not there."""
    if output is None or output == STANDARD_OUTPUT or output.is_file():
        raise UsageError(
            "Each table is a file of its own, so they need a folder.",
            mend="add --output and the name of a folder, such as --output class.",
        )
    folder = _folder(output)
    parts = report_tables(told.guide, told.report)
    for table in (*told.scores, *parts, answers_table(told.attempts)):
        name = re.sub(r"\W+", "-", table.title.lower())
        with writing(folder / f"{name}.csv", data, force=force) as file:
            file.write(f"\ufeff{as_csv(table)}")  # spreadsheets know UTF-8 by the mark


def _folder(output: Path) -> Path:
    try:
        return private_folder(output)
    except OSError as error:
        raise RecordsUnavailableError(
            f"The folder cannot be made: {why_refused(error, output)}.",
            where=str(output),
            mend="Choose one that you may write in.",
        ) from None


@command(opens=open_services)
@alias_option
@click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    required=True,
    help="The class file that your trainer handed round.",
)
@output_to(needed=False)
def results(
    services: Services,
    alias: str,
    class_file: Path,
    output: Path | None,
    *,
    force: bool,
) -> int:
    """Write your answers in a class to a file, and give that to your trainer.

    Your alias stands in it, your name does not. Without --output, the file is named after the alias.

    \b
    Example:
      service-group training results --class spring.class.json --alias blue-heron
    """
    found, log = class_from(class_file), services.open_records().practice
    alias = alias_known(services, alias, log)
    mine = list(attempts_in(log.texts(alias=alias, class_id=found.id)))
    if not mine:
        raise UsageError(
            f"Nothing is answered yet in the class “{found.name}” under the alias {alias}.",
            mend="take part first with `service-group training class`, or name another --alias.",
        )
    output = output or Path(f"{alias}.json")
    with writing(output, services.folder, force=force) as file:
        file.write(results_text(mine))
    done, count = len({made.story for made in mine}), len(found.stories)
    where = "" if output == STANDARD_OUTPUT else f" {output} is for your trainer."
    say(f"{alias}: {done} of {count} stories answered.{where}", err=True)
    return 0


@command(opens=open_services)
@click.argument(
    "files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
)
def collect(services: Services, files: Sequence[Path]) -> int:
    """Take in the results files that trainees handed in; taking one in twice does no harm.

    A folder stands for the .json files in it. A file that was changed or cut off is refused and named,
    and the others are taken in.

    \b
    Examples:
      service-group training collect handed-in
      service-group training collect blue-heron.json red-fox.json
    """
    log = services.open_records().practice
    paths = [path for named in files for path in _files_in(named)]
    refused = [path for path in paths if not _takes_in(log, path)]
    if not refused:
        return 0
    say(f"{len(refused)} of {len(paths)} files could not be taken in.", err=True)
    return UsageError.exit_code


def _files_in(named: Path) -> list[Path]:
    """Give the file that was named, or those in a folder; an empty folder stands for itself."""
    inside = sorted(path for path in named.glob("*.json") if path.is_file())
    return inside or [named]


def _takes_in(log: PracticeLog, path: Path) -> bool:
    """Take in one file and say so, or say why not."""
    try:
        say(f"{path.name}: {_taken_in(log, path)}")
    except UsageError as error:
        say(f"{path.name}: refused. {error}", err=True)
        return False
    return True


def _taken_in(log: PracticeLog, path: Path) -> str:
    _refuse_nothing(path)
    text = text_of(path, "results file")
    if is_class_text(text):
        raise UsageError(
            "This is the class file, not results.",
            where=str(path),
            mend="trainees write their results with `service-group training results`.",
        )
    attempts = read_results(text, str(path))
    new = log.add(map(line_of, attempts))
    aliases = ", ".join(sorted({attempt.alias for attempt in attempts})) or "nobody"
    return f"{new} new, {len(attempts) - new} already here ({aliases})."


def _refuse_nothing(path: Path) -> None:
    """Raise `UsageError` for a folder or a pattern that no file was found for."""
    if path.is_dir():
        raise UsageError(
            "This folder has no .json file: nothing was handed in there yet.",
            where=str(path),
            mend="put the trainees' files there, or name another folder.",
        )
    if any(mark in path.name for mark in "*?[") and not path.exists():
        raise UsageError(
            "No file has such a name: nothing was handed in there yet.",
            where=str(path),
            mend="check the folder, or name the folder alone.",
        )
