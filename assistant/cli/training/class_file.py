"""`service-group training new-class`: the same stories for everyone."""

from collections import Counter
from pathlib import Path

import click

from assistant.bootstrap import Services, real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.training.options import ground_of
from assistant.errors import UsageError
from assistant.interview.practice.given import class_line
from assistant.records.moving.exporting_file import private_file
from assistant.training import classes
from assistant.training.attempts import MODES, Mode
from assistant.training.class_stories import stories_by_seed, stories_named
from assistant.training.exam import PASS_MARK
from assistant.training.ground import Ground
from assistant.training.reporting.words import answer_name
from assistant.training.stories import Story

_FOR_ALL = 0o644
"""Mode of a class file: it holds nothing of anybody's, and is for handing round."""

_COUNT = 10


@click.command("new-class")
@content_option
@data_option
@click.argument("name")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--mode", type=click.Choice(MODES), default="test", show_default=True)
@click.option(
    "--count", type=click.IntRange(1, classes.MOST), help=f"Stories in it.  [default: {_COUNT}]"
)
@click.option("--seed", type=click.IntRange(0), help="The same seed makes the same stories again.")
@click.option("--cases", "named", metavar="A,B,C", help="Stories by name, as `cases` lists them.")
@click.option(
    "--pass-mark",
    type=click.IntRange(1, 100),
    help=f"Per cent that passes a test.  [default: {PASS_MARK}]",
)
@click.option("--force", is_flag=True, help="Write over a file of that name.")
def new_class(  # noqa: PLR0913 - an argument an option
    *,
    content_folder: Path | None,
    data_folder: Path | None,
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
    services = real_services(content_folder, data_folder)
    ground = ground_of(services)
    stories = _stories(services, ground, named, seed, count)
    meaning = services.loaded.meaning_hash
    passes = PASS_MARK if pass_mark is None else pass_mark
    found = classes.new_class(meaning, stories, name=name, mode=mode, pass_mark=passes)
    with private_file(output, force=force) as file:
        file.write(classes.class_text(found))
    output.chmod(_FOR_ALL)
    click.echo(class_line(found))
    for answer, times in Counter(ground.right(story.outcome) for story in stories).items():
        click.echo(f"  {times} x {answer_name(ground.guide, answer)}")
    click.echo(f"Written to {output}. Content hash: {found.content[:12]}.")
    click.echo(f"A trainee opens it with: service-group ask --class {output.name}")
    click.echo(f"or, in plain lines: service-group training class {output.name}")
    click.echo(f"For all in browsers: service-group serve --training-only --class {output.name}")
    return 0


def _stories(
    services: Services, ground: Ground, named: str | None, seed: int | None, count: int | None
) -> tuple[Story, ...]:
    if named is None:
        by_lot = int(services.new_id(), 16) % 1_000_000
        return stories_by_seed(ground, by_lot if seed is None else seed, count or _COUNT)
    if seed is not None or count is not None:
        raise UsageError(
            "A class has its stories by name or from a seed, not both.",
            mend="use --cases alone, or --seed and --count without it.",
        )
    return stories_named(ground, [word.strip() for word in named.split(",") if word.strip()])
