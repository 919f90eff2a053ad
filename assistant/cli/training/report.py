"""`service-group training report`: how a class does, for its trainer."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from assistant.bootstrap import Services, real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.file_options import STANDARD_OUTPUT, output_to, writing
from assistant.cli.training.options import alias_known, class_from, ground_of
from assistant.content.model import Guide
from assistant.errors import UsageError
from assistant.interview.practice.lines import attempt_in
from assistant.interview.visible import visible
from assistant.plain.layout import laid_out, width_now
from assistant.training.attempts import Attempt
from assistant.training.classes import ClassFile
from assistant.training.naming import attributed
from assistant.training.reporting.columns import report_columns
from assistant.training.reporting.html import report_html
from assistant.training.reporting.lines import ClassReport
from assistant.training.reporting.report import class_report
from assistant.training.reporting.scores import scores
from assistant.training.reporting.tables import attempts_csv, report_csv
from assistant.training.reporting.text import report_text
from assistant.training.reporting.words import Table

_NARROWEST = 60
"""Fewest columns that bars and the grid are laid out in."""


class _Told(NamedTuple):
    """What there is to tell: the report, the answers it was made of, and the tables to begin with."""

    guide: Guide
    report: ClassReport
    attempts: tuple[Attempt, ...]
    title: str
    first: tuple[Table, ...]


@click.command()
@content_option
@data_option
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
    type=click.Choice(["text", "plain", "html", "csv", "answers"]),
    default="text",
    show_default=True,
    help="text with bars, plain sentences, a page, tables as CSV, or each answer as CSV.",
)
@click.option("--expect", default="", metavar="A,B,C", help="Say who of these has not handed in.")
@output_to(needed=False)
def report(  # noqa: PLR0913 - an argument an option
    *,
    content_folder: Path | None,
    data_folder: Path | None,
    alias: str,
    class_file: Path | None,
    kind: str,
    expect: str,
    output: Path | None,
    force: bool,
) -> int:
    """Show what was chosen against what is right, which questions are misread, and by whom.

    Stories that most trainees miss are marked "rewrite me". The page is one file that needs no
    network and prints well. With --alias, one trainee's answers alone.

    \b
    Examples:
      service-group training report --class spring.class.json
      service-group training report --class spring.class.json --format html --output spring.html
    """
    services = real_services(content_folder, data_folder)
    told = _told(services, class_from(class_file) if class_file else None, alias)
    if kind == "html" and output is None:
        raise UsageError(
            "A page is read in a browser, so it needs a file.",
            mend="add --output and a name, such as --output class.html.",
        )
    with writing(output, data_folder, force=force) as file:
        if kind in {"csv", "answers"} and output not in {None, STANDARD_OUTPUT}:
            file.write("\ufeff")  # spreadsheets know UTF-8 by it
        file.write(_WRITERS[kind](told))
    if output not in {None, STANDARD_OUTPUT}:
        click.echo(f"Written to {output}.", err=True)
    if expect:
        click.echo(_missing(told, expect), err=True)
    return 0


def _told(services: Services, found: ClassFile | None, alias: str) -> _Told:
    log = services.open_records().practice
    alias = alias and alias_known(services, alias, log)
    texts = log.texts(alias=alias or None, class_id=found.id if found else None)
    read = [attempt_in(text) for text in texts]
    attempts = tuple(attempt for attempt in read if attempt)
    if len(attempts) < len(read):
        left_out = len(read) - len(attempts)
        click.echo(f"{left_out} answers cannot be read, and are left out.", err=True)
    guide = services.loaded.guide
    zone = services.now().astimezone().tzinfo
    ground = ground_of(services)
    made = class_report(ground, attempts, zone)  # type: ignore[arg-type]
    title = f"Class report: {found.name}" if found else "Class report: everyone here"
    named = tuple(attributed(ground, attempts))
    return _Told(guide, made, named, title, scores(found, made) if found else ())


def _missing(told: _Told, expect: str) -> str:
    """Say who of those that were expected has no answer in the report."""
    here = {attempt.alias.casefold() for attempt in told.attempts}
    wanted = dict.fromkeys(alias.strip() for alias in expect.split(",") if alias.strip())
    missing = [alias for alias in wanted if alias.casefold() not in here]
    if not missing:
        return "Everyone who was expected has answers here."
    return f"No answers yet from {len(missing)} of {len(wanted)}: {', '.join(missing)}."


def _text(told: _Told) -> str:
    width = max(_NARROWEST, width_now())
    lines = report_columns(told.guide, told.report, width, told.first)
    return _lines([told.title, "", *lines])


def _plain(told: _Told) -> str:
    said = report_text(told.guide, told.report).splitlines()
    results = [
        f"{row[0]}: score {row[-2]}%, {row[-1]}." for table in told.first for row in table.rows
    ]
    return _lines(laid_out([told.title, *results, "", *said], width_now()))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{visible(line)}\n" for line in lines)


_WRITERS: Mapping[str, Callable[[_Told], str]] = {
    "text": _text,
    "plain": _plain,
    "html": lambda told: report_html(told.guide, told.report, told.title, told.first),
    "csv": lambda told: report_csv(told.guide, told.report, told.first),
    "answers": lambda told: attempts_csv(told.attempts),
}
