"""Every command explains itself with an example that can be typed, and stands in README or the handbook."""

import re
import shlex
from contextlib import suppress
from pathlib import Path

import click
import pytest

from assistant.cli import service_group

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *(ROOT / "content" / "handbook").glob("*.md")]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


def commands(command=service_group, *path):
    """Return every command that does something, with the words that name it."""
    if not isinstance(command, click.Group):
        return {path: command}
    context = click.Context(command)
    found: dict[tuple[str, ...], click.Command] = {}
    for name in command.list_commands(context):
        found |= commands(command.get_command(context, name), *path, name)
    return found


ALL = commands()


def typed_in(text):
    """Return what follows `service-group` in every line that stands as code, up to a pipe or the like."""
    lines = re.findall(
        r"(?:^ {2,}(?:bash\b.*|zsh\b.*)?|`)service-group ([^`\n]+)", text, re.MULTILINE
    )
    return [shlex.split(re.split(r"[|<>)]", line)[0]) for line in lines]


def chosen(words):
    """Return the words that name the command, once click has taken all the others for its own."""
    command: click.Command = service_group
    path: list[str] = []
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(click.Context(command), list(words))
        assert found
        assert name
        command = found
        path.append(name)
    with suppress(click.exceptions.Exit):  # of --help and the like
        command.make_context(path[-1], list(words))
    return tuple(path)


def test_there_are_commands():
    """The tests below walk over something."""
    assert ("recommend",) in ALL
    assert ("content", "check") in ALL


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_ends_in_an_example_that_can_be_typed(path):
    """Of that very command, with words and options that it takes."""
    text = ALL[path].get_help(ALL[path].make_context(path[-1], [], resilient_parsing=True))
    examples = typed_in(text.partition("Example")[2])
    assert examples
    assert {chosen(words) for words in examples} == {path}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_handbook_names_every_command(path):
    """Nothing has to be found by chance."""
    assert f"service-group {' '.join(path)}" in TEXT


@pytest.mark.parametrize("words", typed_in(TEXT), ids=" ".join)
def test_what_the_handbook_types_can_be_typed(words):
    """Every command line in it is one that the commands take."""
    assert chosen(words) in ALL
