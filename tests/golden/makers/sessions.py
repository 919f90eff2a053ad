"""Sessions in lines, each a row of commands with what is typed into them."""

from collections.abc import Iterator
from pathlib import Path

import click

from assistant.cli import service_group
from tests.golden.makers.command_line import CommandLine, contents

Step = tuple[str, ...]
"""A command, then the lines typed into it."""

ASK = "ask --plain"
ADOPTION = ("1", "3", "1")
"""No investigation, the goal is adoption, not FINS: the documents settle it."""

HOME = ("1", "1", "1", "4")
"""No investigation, the goal is the return home, not FINS, out of home."""

TWO_GROUPS = ("1", "2", "1", "2")
"""A FINS case without a report, at home in a voluntary case: a judgment call."""

DEPENDS = ("s", "8", "voluntary in-home")
"""Not sure whether there was an investigation, no case plan, at home by agreement."""

REFER = ("1", "6", "1")
"""Another goal: no group is named."""

FIELDS = ("0042", "child 1", "home study")
"""Case number, whom for, service."""

RECORDED: tuple[Step, ...] = (
    (ASK, *ADOPTION, "[Record this group]", *FIELDS, "yes", "q"),
    (
        *(ASK, *ADOPTION, "[Record a different group]", "[Preventive]", *FIELDS),
        *("supervisor", "decided at the staffing", "yes", "q"),
    ),
    (ASK, *DEPENDS, "[Record as unresolved", "0043", "child 2", "counseling", "yes", "q"),
)
"""An entry as recommended, one otherwise, and one left unresolved."""

CLASS = "spring.class.json"
MADE = f'training new-class "Spring intake" --count 3 --seed 7 --pass-mark 60 --output {CLASS}'

SESSIONS: dict[str, tuple[Step, ...]] = {
    "answer_in_words": (
        (ASK, "perhaps", "9", "no", "the", "home", "1", "", "home", "b", "out of home", "q"),
    ),
    "back_and_start_again": (
        (ASK, "1", "b", "3", "7", "b", "b", "1", "start again", "2", "start again", "3", "2", "q"),
    ),
    "change": (
        (ASK, *ADOPTION, "[Change an answer.]", "1", "2", "c", "b", "c 2", "7", "c 9", "q"),
    ),
    "class_in_lines": (
        (MADE,),
        (f"training cases --class {CLASS} --answers",),
        (f"training class {CLASS} --alias blue-heron", "", "1", "2", "b", "review", "q"),
        (f"training results --class {CLASS} --alias blue-heron",),
        (f"training class {CLASS} --alias blue-heron", "2", "3", "hand in", "yes", "", "q"),
        (f"training results --class {CLASS} --alias blue-heron",),
        (f"training class {CLASS} --alias blue-heron", "q"),
        (f"training class {CLASS} --alias red-fox", "", *"666", "hand in", "no", "leave", "q"),
    ),
    "class_report": (
        (MADE,),
        (f"training class {CLASS} --alias blue-heron", "", *"123", "hand in", "yes", "q"),
        (f"training class {CLASS} --alias red-fox", "", *"66", "hand in", "yes", "q"),
        (f"training results --class {CLASS} --alias blue-heron --output blue-heron.json",),
        ("training collect --data elsewhere blue-heron.json",),
        (f"training report --data elsewhere --class {CLASS} --expect blue-heron,owl",),
        (f"training report --class {CLASS}",),
        (f"training report --class {CLASS} --format csv --output -",),
        ("training report --alias red-fox",),
    ),
    "content_draw": (("content draw",), ("content draw --format mermaid",)),
    "correct": (
        *RECORDED[:1],
        (
            *(ASK, "1", "r 1", "correct", "", "child 2", "", "", "the wrong child", "yes"),
            *("correct 2", "", "", "", "preventive", "supervisor", "", "decided later", "yes"),
            *("r", "r 1", "q"),
        ),
        ("records history 1",),
        ("records show 3",),
    ),
    "depends": (
        (ASK, *DEPENDS, "[Choose one of these", "1", "b", "b", "q"),
        (ASK, *DEPENDS, "[I looked it up", "2", "[Read the memo", "q"),
    ),
    "drafts": (
        (ASK, "1", "1", "q"),
        (ASK, "3", "q"),
        (ASK, "u", "2", "1", "q"),
        (ASK, "u 1", "b", "1", "u", "b", "q"),
        (ASK, *ADOPTION, "q"),
    ),
    "groups": (("groups",), ("groups preventive",), ("groups nothing",)),
    "help": (
        (
            ASK,
            "h",
            "?",
            "g",
            "o",
            "w",
            "w safety plan",
            "w nothing",
            "1",
            "?",
            "g",
            "w",
            "xyzzy",
            "q",
        ),
        (ASK, *ADOPTION, "h", "?", "g", "o", "w", "q"),
        (ASK, *ADOPTION, "[Record this group]", "h", "?", "back", "q"),
    ),
    "input_ends": ((ASK, "1", "3"), (ASK, *ADOPTION, "[Record this group]", "0042"), (ASK,)),
    "interview": ((ASK, *ADOPTION, "q"),),
    "judgement": ((ASK, *TWO_GROUPS, "[Save the memo", "c", "b", "q"),),
    "lookup": (
        ("lookup trial home visit",),
        ("lookup guardianship --limit 1",),
        ("lookup --json --limit 1 adoption",),
        ("lookup xyzzy",),
    ),
    "not_sure": ((ASK, "s", "s", "s", "s", "s", "s", "s", "o", "q"), (ASK, "s", "3", "s", "q")),
    "other_group": (
        *RECORDED[1:2],
        (
            *(
                ASK,
                *ADOPTION,
                "[Record a different group]",
                "[No group yet (supervisor will decide)]",
                *FIELDS,
            ),
            *("", "because", "5", "", "the unit's own list", "yes", "q"),
        ),
        ("records list --overridden",),
    ),
    "practice_drill": (
        ("training drill --alias blue-heron", "?", "w", "1", "", "6", "1", "", "s", "h", "q"),
        ("training drill --alias blue-heron", "xyzzy", "3", "", "8", "q"),
        ("training progress --alias blue-heron",),
        ("training progress --alias blue-heron --plain",),
    ),
    "practice_home": (
        (ASK, "1", "d", "Ann Smith", "blue-heron", "h", "1", "b", "q", "q"),
        ("training drill --alias blue-heron", "b", "q"),
    ),
    "practice_learn": (
        ("training learn --alias blue-heron", "?", *"1112111", "", "s", "w", "q"),
        ("training learn --alias blue-heron", "1", "1", "q"),
    ),
    "practice_test": (
        ("training test --alias blue-heron --count 3", "", "?", "w", "1", "q"),
        ("training test --alias blue-heron", "6", "8", "hand in", "yes", "", "q"),
        ("training test --alias blue-heron --count 2 --pass-mark 50", "", "2", "3", "q"),
    ),
    "privacy": (
        (
            *(ASK, *ADOPTION, "[Record this group]", "12-34567", "", "0042", "SSN 123-45-6789"),
            *("child 1", "mail ann@example.org", "home study", "no", "back", "q"),
        ),
    ),
    "recommend": (
        ("recommend",),
        ("recommend goal=adoption",),
        ("recommend --json goal=adoption",),
        ("recommend investigation=none goal=adoption fins=no setting=out_of_home",),
        ("recommend investigation=none goal=return_home fins=no",),
        ("recommend gaol=adoption",),
        ("recommend goal=adoptoin",),
        ("recommend goal=adoption goal=none",),
        ("recommend investigation=open report=no",),
    ),
    "record": (*RECORDED[:1], ("records list",), ("records show 1",)),
    "record_more": (
        (
            *(ASK, *HOME, "[Record this group]", *FIELDS, "more", "provided"),
            *("2026-09-01", "2026-09-30", "y", "in the home", "skills", "5550123", "yes", "q"),
        ),
        ("records show 1",),
    ),
    "records_export": (
        *RECORDED,
        ("records export --format csv --output -",),
        ("records export --format markdown --output -",),
        ("records export --format json --output records.json",),
        ("records import --data elsewhere records.json",),
        ("records import --data elsewhere records.json",),
        ("records list --data elsewhere",),
    ),
    "records_list": (
        ("records list",),
        *RECORDED,
        ("records list",),
        ("records list --limit 1",),
        ("records list --group adoption",),
        ("records list --group supervisor",),
        ("records list --text counseling",),
        ("records list --since 2026-10-04",),
        ("records show 9",),
    ),
    "records_memo": (
        *RECORDED,
        ("records memo 1",),
        ("records memo 2 --markdown --with-case-number",),
        ("records memo 3",),
    ),
    "records_overrides": (
        *RECORDED,
        ("records overrides",),
        ("records overrides --unsuppressed",),
        ("records replay",),
    ),
    "records_summary": (
        ("records summary",),
        *RECORDED,
        ("records summary",),
        ("records summary --unsuppressed",),
        ("records summary --unsuppressed --format csv",),
        ("records purge --before 2020-01-01",),
    ),
    "refer": ((ASK, *REFER, "[Record your supervisor", "[Adoption]", *FIELDS, "yes", "q"),),
    "unresolved": (
        *RECORDED[2:],
        (ASK, "r 1", "go on", "c 1", "3", "[Record this group]", "", "", "", "", "yes", "q"),
        ("records history 1",),
    ),
    "withdraw": (
        *RECORDED[:2],
        (ASK, "1", "withdraw 1", "", "recorded twice", "maybe", "yes", "withdraw 1", "b", "q"),
        ("records withdraw 2", "the wrong case", "y"),
        ("records withdraw 2",),
        ("records list",),
        ("records list --withdrawn",),
        ("records history 2",),
        ("records memo 1",),
    ),
}


def session_text(name: str, line: CommandLine) -> str:
    """Return everything that is printed in a session, and the files that it leaves to hand on."""
    if name == "commands":
        return line.session(*((" ".join((*words, "--help")),) for words in _commands()))
    text = line.session(*SESSIONS[name])
    kept = sorted(path.as_posix() for path in Path().glob("*.json") if name == "class_in_lines")
    return text + "".join(map(contents, kept))


def _commands(*above: str, group: click.Command = service_group) -> Iterator[tuple[str, ...]]:
    """Return the words of every command and group of commands."""
    yield above
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command, name
            yield from _commands(*above, name, group=command)


NAMES = ("commands", *SESSIONS)
