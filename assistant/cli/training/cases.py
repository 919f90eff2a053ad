"""`service-group training cases`: stories as a trainer reads them, with their answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.cli.training.options import class_from, ground_of
from assistant.plain.layout import laid_out, width_now
from assistant.plain.practice.lines import story_lines
from assistant.training.class_stories import stories_named
from assistant.training.ground import Ground
from assistant.training.reporting.words import answer_name
from assistant.training.stories import Story, written_stories


@click.command()
@content_option
@data_option
@click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    help="Show the stories of this class, whole.",
)
@click.option("--answers", is_flag=True, help="Show the right answers too, and why they are right.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def cases(
    content_folder: Path | None,
    data_folder: Path | None,
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
    ground = ground_of(real_services(content_folder, data_folder))
    names = (*names, *(class_from(class_file).stories if class_file else ()))
    if names:
        paragraphs = (
            line
            for story in stories_named(ground, names)
            for line in _whole(ground, story, answers=answers)
        )
        for line in laid_out(paragraphs, width_now()):
            click.echo(line)
        return 0
    for line in _by_answer(ground) if answers else _by_name(ground):
        click.echo(line)
    return 0


def _by_name(ground: Ground) -> Iterator[str]:
    return (story.id for story in written_stories(ground.practice))


def _by_answer(ground: Ground) -> Iterator[str]:
    stories = written_stories(ground.practice)
    for answer in (*ground.guide.groups, None):
        yield f"{answer_name(ground.guide, answer)}:"
        yield from (f"  {story.id}" for story in stories if ground.right(story.outcome) == answer)


def _whole(ground: Ground, story: Story, *, answers: bool) -> Iterator[str]:
    yield f"{story.id}:"
    yield from story_lines(story)
    yield story.ask
    if answers:
        yield f"Right answer: {answer_name(ground.guide, ground.right(story.outcome))}."
        yield f"Why: {story.note}"
    yield ""
