"""`service-group training results` and `collect`: how results pass from trainees to their trainer."""

from collections.abc import Sequence
from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.file_options import STANDARD_OUTPUT, output_to, writing
from assistant.cli.training.options import alias_known, alias_option, class_from, text_of
from assistant.errors import UsageError
from assistant.interview.practice.lines import attempts_in, line_of
from assistant.records.practice_log import PracticeLog
from assistant.training.classes import is_class_text
from assistant.training.results import read_results, results_text


@click.command()
@content_option
@data_option
@alias_option
@click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    required=True,
    help="The class file that your trainer handed round.",
)
@output_to(needed=False)
def results(  # noqa: PLR0913 - an argument an option
    content_folder: Path | None,
    data_folder: Path | None,
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
    services = real_services(content_folder, data_folder)
    found, log = class_from(class_file), services.open_records().practice
    alias = alias_known(services, alias, log)
    mine = list(attempts_in(log.texts(alias=alias, class_id=found.id)))
    if not mine:
        raise UsageError(
            f"Nothing is answered yet in the class “{found.name}” under the alias {alias}.",
            mend="take part first with `service-group training class`, or name another --alias.",
        )
    output = output or Path(f"{alias}.json")
    with writing(output, data_folder, force=force) as file:
        file.write(results_text(mine))
    done, count = len({made.story for made in mine}), len(found.stories)
    where = "" if output == STANDARD_OUTPUT else f" {output} is for your trainer."
    click.echo(f"{alias}: {done} of {count} stories answered.{where}", err=True)
    return 0


@click.command()
@content_option
@data_option
@click.argument(
    "files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
)
def collect(content_folder: Path | None, data_folder: Path | None, files: Sequence[Path]) -> int:
    """Take in the results files that trainees handed in; taking one in twice does no harm.

    A folder stands for the .json files in it. A file that was changed or cut off is refused and named,
    and the others are taken in.

    \b
    Examples:
      service-group training collect handed-in
      service-group training collect blue-heron.json red-fox.json
    """
    log = real_services(content_folder, data_folder).open_records().practice
    paths = [path for named in files for path in _files_in(named)]
    refused = [path for path in paths if not _takes_in(log, path)]
    if not refused:
        return 0
    click.echo(f"{len(refused)} of {len(paths)} files could not be taken in.", err=True)
    return UsageError.exit_code


def _files_in(named: Path) -> list[Path]:
    """Give the file that was named, or those in a folder; an empty folder stands for itself."""
    inside = sorted(path for path in named.glob("*.json") if path.is_file())
    return inside or [named]


def _takes_in(log: PracticeLog, path: Path) -> bool:
    """Take in one file and say so, or say why not."""
    try:
        click.echo(f"{path.name}: {_taken_in(log, path)}")
    except UsageError as error:
        click.echo(f"{path.name}: refused. {error}", err=True)
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
