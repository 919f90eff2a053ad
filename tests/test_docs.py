"""README and the handbook say what is so: every command, key, setting and exit code; their commands work."""

import re
import shlex
from dataclasses import fields
from io import BytesIO, TextIOWrapper
from pathlib import Path
from textwrap import dedent

import click
import pytest

import assistant.cli
from assistant import errors
from assistant.cli import main, recommend, service_group
from assistant.commands import Where, keys
from assistant.engine.explain import answer
from assistant.engine.statements import Heading, advice
from assistant.guide.handbook import KEYS_TOPIC, handbook
from assistant.guide.loading import load_guide
from assistant.settings import Settings, checked

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = [ROOT / "README.md", *sorted((ROOT / "content" / "handbook").glob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
IT = (ROOT / "content" / "handbook" / "it.md").read_text(encoding="utf-8")

OTHER_KEYS = {"1", "9"}
"""Keys in README's table that choose an answer, and are no commands."""

SAFE = ("content", "settings", "doctor", "completion", "recommend", "lookup", "groups", "help")
"""Commands that are run here; the others open a screen, or need a record."""


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


def shown():
    """Yield every command line in README and the handbook, without what a shell would make of it."""
    text = re.sub(r"python3 scripts/start\.py (?=[a-z])", "service-group ", TEXT)
    found = re.findall(r"^ {4,}(service-group .*)$|`(service-group [^`\n]*)`", text, re.MULTILINE)
    for block, inline in found:
        yield re.split(r" [|<>] ", block or inline)[0].strip()


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
def test_every_command_is_in_the_handbook(words):
    assert words in {" ".join(as_words(line)) for line in shown()}


@pytest.mark.parametrize("line", sorted({line for line in shown() if as_words(line)[:1]}))
def test_every_option_that_is_shown_exists(line):
    """A renamed option is not left behind in the prose."""
    known = {
        option for parameter in EVERY[" ".join(as_words(line))].params for option in parameter.opts
    }
    assert {word for word in shlex.split(line) if word.startswith("--")} <= known | {"--help"}


def safe(line: str) -> bool:
    return as_words(line)[:1] != () and as_words(line)[0] in SAFE


@pytest.mark.parametrize("line", sorted(filter(safe, set(shown()))))
def test_commands_that_are_shown_do_what_they_say(line, monkeypatch, capsys, tmp_path):
    """Run as they stand, in another folder; one that needs the agency's documents only where those are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b'{"goal": "adoption"}\n')))
    line = line.replace("../shared/documents", str(ROOT / "../shared/documents"))
    line = line.replace("diff content ../guide-after", f"diff {ROOT}/content {ROOT}/content")
    if "our-guide" in line and "content new" not in line:
        assert main(["content", "new", "our-guide"]) == main(["content", "new", "before"]) == 0
    if "--documents" in line and not (ROOT / "../shared/documents").is_dir():
        pytest.skip("the agency's documents are not here")
    code = main(shlex.split(line)[1:])
    said = capsys.readouterr()
    assert code in {0, *recommend.EXIT_CODES.values()}, said.err
    assert said.out or list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def guide():
    return load_guide(ROOT / "content").guide


def table(head: str):
    """Return the rows of the table in README that begins so, each a list of its cells."""
    rows = README.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def test_keys_in_readme_are_keys_of_the_commands():
    """Eight rows, and no key that does nothing."""
    rows = table("key")
    every = keys(Where.INTERVIEW, Where.APP).values()
    known = {key.shown for key in every} | {
        "Backspace" for key in every if key.names == "backspace"
    }
    assert len(rows) == 8
    assert {key for row in rows for key in re.findall(r"`([^`]+)`", row[0])} <= known | OTHER_KEYS


def test_the_page_of_keys_has_them_all():
    """It is made of the table of commands."""
    text = handbook()[KEYS_TOPIC].text
    assert [
        key.shown for where in Where for key in keys(where).values() if f"`{key.shown}`" not in text
    ] == []


def test_groups_in_readme_are_those_of_the_guide(guide):
    assert [name for name, _ in table("group")] == [group.name for group in guide.groups.values()]


def test_the_interview_in_readme_is_one_of_the_guide(guide):
    """Its questions, its answers with their numbers, and where they lead."""
    block = README.partition("-->")[2].partition("\nThen press")[0]
    *asked, group, why = re.split(r"\n{2,}", dedent(block).strip())
    questions = {question.ask: (name, question) for name, question in guide.questions.items()}
    facts = {}
    for one in asked:
        ((ask, number, label),) = re.findall(r"\A(.*?)\n +(\d)  (.*)", one, re.DOTALL)
        name, question = questions[" ".join(ask.split())]
        value, option = list(question.options.items())[int(number) - 1]
        assert option.label == label
        facts[name] = value
    found = answer(guide, facts)
    assert (found.verdict.status, guide.groups[found.verdict.group].name) == ("recommended", group)
    assert not found.open
    reasons = [one.says for one in advice(guide, found.standing) if one.about == Heading.WHY]
    assert " ".join(why.split()) == f"Why: {' '.join(reasons)}"


@pytest.mark.parametrize(
    "path", [*FILES, ROOT / "assistant" / "README.md"], ids=lambda path: path.stem
)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_scripts_that_are_named_are_there():
    text = TEXT + (ROOT / "assistant" / "README.md").read_text(encoding="utf-8")
    named = {
        name.replace("\\", "/") for name in re.findall(r"scripts[/\\][\w/]+\.(?:py|cmd|txt)", text)
    }
    assert "scripts/start.cmd" in named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def exit_codes():
    """Return every exit code that the code has a name for."""
    kinds, codes = [errors.AssistantError], {0, assistant.cli.INTERRUPTED, errors.CRASHED}
    while kinds:
        kind = kinds.pop()
        codes.add(kind.exit_code)
        kinds += kind.__subclasses__()
    return codes | set(recommend.EXIT_CODES.values())


def test_exit_codes_on_the_page_for_it_are_those_in_the_code():
    rows = IT.partition("Exit codes:")[2]
    assert {int(number) for number in re.findall(r"^\| (\d+) ", rows, re.MULTILINE)} == exit_codes()


def test_settings_on_the_page_for_it_can_be_used_as_they_stand():
    """Every setting is there, and none with a mistake."""
    text = IT.partition("## Settings")[2].partition("\n## ")[0]
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
