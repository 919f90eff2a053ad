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
from assistant.text import counted, laid_out, width_now
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
from assistant.training.judging import answer_name
from assistant.training.report import (
    answers_table,
    class_report,
    report_lead,
    report_tables,
    scores,
)
from assistant.training.stories import Story
from assistant.training.syllabus import Syllabus

_FOR_ALL = 0o644  # mode of a class file: it holds nothing of anybody's, and is for handing round


_COUNT = 10


@command("new-class", opens=open_services)
@click.argument("name")
@click.option("--output", type=FILE, required=True, help="File to write.")
@click.option("--mode", type=click.Choice(MODES), default="test", show_default=True)
@click.option(
    "--count", type=click.IntRange(1, MOST), help=f"Number of stories.  [default: {_COUNT}]"
)
@click.option("--seed", type=click.IntRange(0), help="The same seed makes the same stories again.")
@click.option("--mix", is_flag=True, help="Written stories first, then made ones.")
@click.option("--cases", "named", metavar="A,B,C", help="Names of stories; `cases` lists them.")
@click.option(
    "--pass-mark",
    type=click.IntRange(1, 100),
    help=f"Percent needed to pass a test.  [default: {PASS_MARK}]",
)
@click.option("--force", is_flag=True, help="Replace a file with that name.")
def new_class(  # noqa: PLR0913 - an argument an option
    services: Services,
    *,
    name: str,
    output: Path,
    mode: Mode,
    count: int | None,
    seed: int | None,
    mix: bool,
    named: str | None,
    pass_mark: int | None,
    force: bool,
) -> int:
    """Make a class file: the same stories for everyone, from a seed or chosen by name.

    You can share the file freely, because it has no answers. Stories from a seed cover every group,
    and “ask the supervisor”, as evenly as possible.

    \b
    Examples:
      service-group training new-class "Spring intake" --mix --output spring.class.json
      service-group training new-class Drill --mode drill --count 20 --seed 7 --output drill.json
    """
    if pass_mark is not None and mode != "test":
        raise UsageError(
            f"Only a test has a pass mark, and this class is in the mode {mode}.",
            where="--pass-mark",
            mend="leave --pass-mark out, or make the class a test with --mode test.",
        )
    syllabus = syllabus_of(services)
    stories = _stories(services, syllabus, named, seed, count, mix=mix)
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
    say(f"Or in plain lines: service-group training class {output.name}")
    say(f"For everyone in a browser: service-group serve --training-only --class {output.name}")
    return 0


def _stories(  # noqa: PLR0913 - an argument an option
    services: Services,
    syllabus: Syllabus,
    named: str | None,
    seed: int | None,
    count: int | None,
    *,
    mix: bool,
) -> tuple[Story, ...]:
    if named is None:
        by_lot = int(services.new_id(), 16) % 1_000_000
        seed = by_lot if seed is None else seed
        return stories_by_seed(syllabus, seed, count or _COUNT, mix=mix)
    if seed is not None or count is not None or mix:
        raise UsageError(
            "You can choose stories by name or from a seed, but not both.",
            mend="use only --cases, or use --seed, --count, and --mix without it.",
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
    "Text with bars, a web page, or a folder with one CSV file per table.",
    default="text",
)
@click.option("--expect", default="", metavar="A,B,C", help="List who of these has no answers yet.")
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
    """Show what trainees chose, what they misunderstand, and who does.

    Stories that most trainees miss are marked "check the wording". The page is one file that needs no
    network and prints well. For CSV, --output is a folder, which gets one file per table and one file
    with every answer. With --alias, you see one trainee's answers.

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
                "A web page needs a file, and --output is missing.",
                mend="add --output and a file name, such as --output class.html.",
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
        return "Everyone you expected has answers here."
    return f"No answers yet from {len(missing)} of {len(wanted)}: {', '.join(missing)}."


def _write_tables(tables: Iterable[Table], output: Path | None, data: Path, *, force: bool) -> None:
    """Write a file for each table into the folder, which is made where it is not there."""
    if output is None or output == STANDARD_OUTPUT or output.is_file():
        raise UsageError(
            "CSV writes one file per table, so it needs a folder.",
            mend="add --output and the name of a folder, such as --output class.",
        )
    with refusals_said(
        output, "The folder cannot be made", "Choose a folder that you are allowed to write to."
    ):
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
    help="The class file from your trainer.",
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
    alias = alias_known(services, alias, log)
    mine = list(attempts_in(log.texts(alias=alias, class_id=found.id)))
    if not mine:
        raise UsageError(
            f"The alias {alias} has no answers in the class “{found.name}” yet.",
            mend="take part first with `service-group training class`, or give a different --alias.",
        )
    output = output or Path(f"{alias}.json")
    with writing(output, services.folder, force=force) as file:
        file.write(results_text(mine))
    done, count = len({made.story for made in mine}), len(found.stories)
    where = "" if output == STANDARD_OUTPUT else f" Give {output} to your trainer."
    say(f"{alias}: {done} of {count} stories answered.{where}", err=True)
    return 0


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
    attempts = read_results(text, str(path))
    new = log.add(map(line_of, attempts))
    aliases = ", ".join(sorted({attempt.alias for attempt in attempts})) or "nobody"
    return f"{new} new, {len(attempts) - new} already here ({aliases})."


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
