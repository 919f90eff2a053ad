"""Commands that are typed in lines."""

import re
from dataclasses import dataclass

_NUMBER = re.compile("[0-9]{1,9}")
_WORDS = re.compile(".+")


@dataclass(frozen=True)
class Command:
    """Something to type: `action` is what it does, `names` all that may be typed for it.

    `takes` is what may follow the name after a space, or None where nothing may.
    """

    action: str
    names: tuple[str, ...]
    about: str
    takes: re.Pattern[str] | None = None


COMMANDS = (
    Command(
        "why",
        ("?",),
        "hear why this is asked, where to look, what each answer leaves possible,"
        " and what people get wrong",
    ),
    Command("back", ("b", "back"), "take back the last answer, or leave what you have begun"),
    Command("change", ("c",), "list your answers and change one; c 2 changes answer 2", _NUMBER),
    Command("unsure", ("s",), "answer that you are not sure"),
    Command("groups", ("g",), "hear which groups are still possible, and why the others are not"),
    Command(
        "words",
        ("w",),
        "hear what the words used here mean; w safety plan explains one of them",
        _WORDS,
    ),
    Command(
        "records",
        ("r",),
        "hear what was recorded on this computer; r 3 gives the whole of entry 3",
        _NUMBER,
    ),
    Command("correct", ("correct",), "correct the entry heard last; correct 3: entry 3", _NUMBER),
    Command(
        "withdraw", ("withdraw",), "withdraw the entry heard last; withdraw 3: entry 3", _NUMBER
    ),
    Command(
        "go on",
        ("go on",),
        "take up the interview of the entry heard last, as of one left unresolved; go on 3: entry 3",
        _NUMBER,
    ),
    Command("memo", ("memo",), "hear a memo of the entry heard last; memo 3: entry 3", _NUMBER),
    Command(
        "draft",
        ("u",),
        "go on with the unfinished interview, or hear which there are; u 2 goes on with the second",
        _NUMBER,
    ),
    Command("practice", ("d", "practice"), "practise on stories; the interview is kept meanwhile"),
    Command("again", ("start again",), "begin a new interview"),
    Command("help", ("h", "help"), "hear these commands"),
    Command("quit", ("q", "quit", "exit"), "leave; the answers are kept for another time"),
)
"""All commands, in the order they are listed."""


def command_typed(typed: str, commands: tuple[Command, ...] = COMMANDS) -> tuple[str, str] | None:
    """Give the action that was typed and what followed it, or None for anything else."""
    words = " ".join(typed.casefold().split())
    for command in commands:
        if words in command.names:
            return command.action, ""
        for name in command.names if command.takes else ():
            rest = words.removeprefix(f"{name} ")
            if rest != words and command.takes and command.takes.fullmatch(rest):
                return command.action, rest
    return None


def number_typed(typed: str) -> int | None:
    """Give the number that was typed, perhaps with a full stop or bracket after it."""
    match = re.fullmatch(r"([0-9]{1,9})[.)]?", typed.strip())
    return int(match[1]) if match else None


def commands_in_lines() -> list[str]:
    """Give each command as a sentence."""
    lines = [f"Type {command.names[0]} to {command.about}." for command in COMMANDS]
    return [
        "Type the number of an answer, or a few words of it, to answer.",
        *lines,
        "Press Enter alone to hear the question, or the choices, once more.",
    ]
