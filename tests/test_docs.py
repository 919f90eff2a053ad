"""README says what is so: every command, key, setting and exit code, and every command in it works."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest

import assistant.cli
from assistant import errors
from assistant.cli import main, recommend, service_group
from assistant.commands import IN_LINES, Where, command_typed, keys, typed_words
from assistant.settings import Settings, checked

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

KEY_NAMES = {"⌫": "Backspace"}
"""How README spells the keys that the screen shows as a sign."""

OTHER_KEYS = {"1", "9", "↑", "↓", "Enter", "PgUp", "PgDn", "Esc", "Ctrl+C"}
"""Keys in the table that belong to the choices and to every screen, and are no commands."""

SAFE = ("content", "settings", "doctor", "completion", "recommend", "lookup", "groups")
"""Commands in README that are run here; the others open a screen, or need a record."""


def walk(command: click.Command, *words: str):
    """Yield every command and group of commands, with the words that lead to it."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found, name
            yield from walk(found, *words, name)


EVERY = {" ".join(words): command for words, command in walk(service_group)}
LEAVES = [words for words, command in EVERY.items() if not isinstance(command, click.Group)]


def in_readme():
    """Yield every command line that README shows, without what a shell would make of it."""
    shown = re.findall(r"^ {4}(service-group .*)$|`(service-group [^`\n]*)`", README, re.MULTILINE)
    for block, inline in shown:
        yield re.split(r" [|>] ", block or inline)[0]


def as_words(line: str) -> tuple[str, ...]:
    """Return the words of a command that leads somewhere, such as `content`, `check`."""
    words = shlex.split(line)[1:]
    deepest = [" ".join(words[:end]) for end in range(len(words), 0, -1)]
    return tuple(next((name for name in deepest if name in EVERY), "").split())


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words or "service-group")
def test_help_is_there(words, capsys):
    assert main([*words.split(), "--help"]) == 0
    assert "Usage: service-group" in capsys.readouterr().out


@pytest.mark.parametrize("words", LEAVES)
def test_help_has_an_example_of_that_very_command(words, capsys):
    main([*words.split(), "--help"])
    _, _, after = capsys.readouterr().out.partition("Example")
    assert f"service-group {words}" in after


@pytest.mark.parametrize("words", LEAVES)
def test_every_command_is_in_readme(words):
    assert words in {" ".join(as_words(line)) for line in in_readme()}


@pytest.mark.parametrize("line", sorted({line for line in in_readme() if as_words(line)[:1]}))
def test_every_option_in_readme_exists(line):
    """A renamed option is not left behind in the prose."""
    known = {
        option for parameter in EVERY[" ".join(as_words(line))].params for option in parameter.opts
    }
    assert {word for word in shlex.split(line) if word.startswith("--")} <= known | {"--help"}


def safe(line: str) -> bool:
    return as_words(line)[:1] != () and as_words(line)[0] in SAFE


@pytest.mark.parametrize("line", sorted(filter(safe, set(in_readme()))))
def test_commands_in_readme_do_what_they_say(line, monkeypatch, capsys):
    """Run as they stand; one that needs the agency's documents only where those are."""
    monkeypatch.chdir(ROOT)
    if "--documents" in line and not (ROOT / "../shared/documents").is_dir():
        pytest.skip("the agency's documents are not here")
    code = main(shlex.split(line)[1:])
    said = capsys.readouterr()
    assert code in {0, *recommend.EXIT_CODES.values()}, said.err
    assert said.out


def key_table():
    """Return the keys in README's table of keys."""
    table = README.partition("| key | what it does |\n")[2].partition("\n\n")[0]
    return re.findall(r"`([^`]+)`", " ".join(row.split("|")[1] for row in table.splitlines()))


def test_keys_in_readme_are_the_keys_of_the_commands():
    """Every command with its key, and no key that does nothing."""
    every = keys(Where.INTERVIEW, Where.APP).values()
    shown = [KEY_NAMES.get(key.shown, key.shown) for key in every]
    assert sorted(key_table()) == sorted([*shown, *OTHER_KEYS])


def test_words_to_type_in_readme_are_those_of_the_commands():
    """Every command that lines know, and each example is one of them."""
    told = README.partition("A letter alone is a command: ")[2].partition("Enter alone repeats")[0]
    shown = re.findall(r"`([^`]+)`", told)
    assert {typed.words[0] for typed in typed_words(*IN_LINES).values()} <= {*shown}
    assert [words for words in shown if command_typed(words)[0] is None] == []


def exit_codes():
    """Return every exit code that the code has a name for."""
    kinds, codes = [errors.AssistantError], {0, assistant.cli.INTERRUPTED, errors.CRASHED}
    while kinds:
        kind = kinds.pop()
        codes.add(kind.exit_code)
        kinds += kind.__subclasses__()
    return codes | set(recommend.EXIT_CODES.values())


def test_exit_codes_in_readme_are_those_in_the_code():
    sentence = README.partition("Exit codes: ")[2].partition("\n\n")[0]
    assert {int(number) for number in re.findall(r"\b\d+\b", sentence)} == exit_codes()


def test_settings_in_readme_can_be_used_as_they_stand(tmp_path):
    """Every setting is there, and none with a mistake."""
    text = README.partition("### Settings")[2].partition("\n## ")[0]
    lines = "\n".join(re.findall(r"^ {4}(.*)$", text, re.MULTILINE))
    values, mistakes = checked(lines.encode())
    assert mistakes == []
    assert list(values) == [setting.name for setting in fields(Settings)]


def test_the_house_on_one_page_names_every_module():
    """Neither more nor fewer than there are, each in its room."""
    page = (ROOT / "assistant" / "README.md").read_text(encoding="utf-8").split("```")[1]
    named = {
        f"{room.removesuffix('/')}/{module}"
        for room, *modules in map(str.split, page.strip().splitlines())
        for module in modules
        if not module.endswith("/")
    }
    there = {
        f"{path.parent.name if path.parent.name != 'assistant' else '(top)'}/{path.stem}"
        for path in (ROOT / "assistant").rglob("*.py")
        if "migrations" not in path.parts and not path.stem.startswith("__")
    }
    assert named == there
