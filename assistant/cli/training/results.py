"""`service-group training results` and `collect`: how results pass from trainees to their trainer."""

from collections.abc import Sequence
from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.records.file_options import STANDARD_OUTPUT, output_to, writing
from assistant.cli.training.options import alias_needed, alias_option, class_from, text_of
from assistant.errors import UsageError
from assistant.interview.practice.lines import attempts_in, line_of
from assistant.records.practice_log import PracticeLog
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
@output_to(needed=True)
def results(  # noqa: PLR0913 - an argument an option
    content_folder: Path | None,
    data_folder: Path | None,
    alias: str,
    class_file: Path,
    output: Path,
    *,
    force: bool,
) -> int:
    """Write your answers in a class to a file, and give that to your trainer.

    Your alias stands in it, your name does not.

    \b
    Example:
      service-group training results --class spring.class.json --output blue-heron.json
    """
    services = real_services(content_folder, data_folder)
    alias, found = alias_needed(services, alias), class_from(class_file)
    log = services.open_records().practice
    mine = list(attempts_in(log.texts(alias=alias, class_id=found.id)))
    if not mine:
        raise UsageError(
            f"Nothing is answered yet in the class “{found.name}” under the alias {alias}.",
            mend="take part first with `service-group training class`, or name another --alias.",
        )
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

    A file that was changed or cut off is refused and named, and the others are taken in.

    \b
    Example:
      service-group training collect handed-in/*.json
    """
    log = real_services(content_folder, data_folder).open_records().practice
    refused = 0
    for path in files:
        try:
            click.echo(f"{path.name}: {_taken_in(log, path)}")
        except UsageError as error:
            click.echo(f"{path.name}: refused. {error}", err=True)
            refused += 1
    if not refused:
        return 0
    click.echo(f"{refused} of {len(files)} files could not be taken in.", err=True)
    return UsageError.exit_code


def _taken_in(log: PracticeLog, path: Path) -> str:
    attempts = read_results(text_of(path, "results file"), str(path))
    new = log.add(map(line_of, attempts))
    aliases = ", ".join(sorted({attempt.alias for attempt in attempts})) or "nobody"
    return f"{new} new, {len(attempts) - new} already here ({aliases})."
