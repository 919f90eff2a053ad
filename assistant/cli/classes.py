"""`training`, for trainers: a class, its results, its report."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from assistant.cli.options import (
    FILE,
    STANDARD_OUTPUT,
    command,
    format_option,
    open_services,
    output_to,
    say,
    writing,
)
from assistant.cli.training import alias_known, alias_option, class_from, syllabus_of, text_of
from assistant.errors import UsageError
from assistant.private import private_folder, refusals_said
from assistant.records.practice_log import PracticeLog
from assistant.records.transfer import private_file
from assistant.services import Services
from assistant.tables import Table, as_csv, as_page, as_text
from assistant.text import laid_out, width_now
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
)
from assistant.training.classes import (
    MOST,
    ClassFile,
    class_text,
    is_class_text,
    stories_by_seed,
    stories_named,
)
from assistant.training.classes import new_class as class_of
from assistant.training.diagnosis import attributed
from assistant.training.judging import Syllabus, answer_name
from assistant.training.report import (
    answers_table,
    class_report,
    report_lead,
    report_tables,
    scores,
)
from assistant.training.stories import Story

_FOR_ALL = 0o644  # mode of a class file: it holds nothing of anybody's, and is for handing round


_COUNT = 10


@command("new-class", opens=open_services)
@click.argument("name")
@click.option("--output", type=FILE, required=True, help="File to write.")
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
    pass_mark = pass_mark or PASS_MARK
    found = class_of(meaning, stories, name=name, mode=mode, pass_mark=pass_mark)
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
@click.option("--alias", default="", help="Only this trainee's answers.")
@click.option(
    "--class", "class_file", type=FILE, help="Only answers given in this class, with its scores."
)
@format_option(
    "kind",
    ("text", "html", "csv"),
    "text with bars, a page, or a folder of tables as CSV, one a file.",
    default="text",
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
    found = class_from(class_file) if class_file else None
    attempts = _attempts(services, found, alias)
    syllabus, zone = syllabus_of(services), services.now().astimezone().tzinfo
    made = class_report(syllabus, attempts, zone)  # type: ignore[arg-type]
    title = f"Class report: {found.name if found else 'everyone here'}"
    scored = scores(found, made) if found else ()
    tables = (*scored, *report_tables(syllabus.guide, made, brief=kind == "text"))
    if kind == "csv":
        named = answers_table(attributed(syllabus, attempts))
        _write_tables((*tables, named), output, services.folder, force=force)
    else:
        if kind == "html" and output is None:
            raise UsageError(
                "A page is read in a browser, so it needs a file.",
                mend="add --output and a name, such as --output class.html.",
            )
        plain = services.settings.plain
        with writing(output, services.folder, force=force) as file:
            if kind == "html":
                file.write(as_page(title, report_lead(made), tables))
            else:
                lead = laid_out([title, "", report_lead(made)], width_now())
                text = as_text(tables if attempts else (), width_now(), heard=plain)
                file.writelines(f"{line}\n" for line in (*lead, *text))
    if output not in {None, STANDARD_OUTPUT}:
        say(f"Written to {output}.", err=True)
    if expect:
        say(_missing(attempts, expect), err=True)
    return 0


def _attempts(services: Services, found: ClassFile | None, alias: str) -> list[Attempt]:
    """Return the answers to report on; of those that cannot be read, it is said how many there are."""
    log = services.open_records().practice
    alias = alias and alias_known(services, alias, log)
    read = [*map(attempt_in, log.texts(alias=alias or None, class_id=found.id if found else None))]
    attempts = [attempt for attempt in read if attempt]
    if len(attempts) < len(read):
        left_out = len(read) - len(attempts)
        say(f"{left_out} answers cannot be read, and are left out.", err=True)
    return attempts


def _missing(attempts: Sequence[Attempt], expect: str) -> str:
    here = {attempt.alias.casefold() for attempt in attempts}
    wanted = dict.fromkeys(alias.strip() for alias in expect.split(",") if alias.strip())
    missing = [alias for alias in wanted if alias.casefold() not in here]
    if not missing:
        return "Everyone who was expected has answers here."
    return f"No answers yet from {len(missing)} of {len(wanted)}: {', '.join(missing)}."


def _write_tables(tables: Iterable[Table], output: Path | None, data: Path, *, force: bool) -> None:
    """Write a file for each table into the folder, which is made where it is not there."""
    if output is None or output == STANDARD_OUTPUT or output.is_file():
        raise UsageError(
            "Each table is a file of its own, so they need a folder.",
            mend="add --output and the name of a folder, such as --output class.",
        )
    with refusals_said(output, "The folder cannot be made", "Choose one that you may write in."):
        folder = private_folder(output)
    for table in tables:
        name = re.sub(r"\W+", "-", table.title.lower())
        with writing(folder / f"{name}.csv", data, force=force) as file:
            file.write(f"\ufeff{as_csv(table)}")  # spreadsheets know UTF-8 by the mark


@command(opens=open_services)
@alias_option
@click.option(
    "--class",
    "class_file",
    type=FILE,
    required=True,
    help="The class file that your trainer handed round.",
)
@output_to(needed=False)
def results(
    services: Services, alias: str, class_file: Path, output: Path | None, *, force: bool
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
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
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
    say(f"{refused} of {len(paths)} files could not be taken in.", err=True)
    return UsageError.exit_code


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
