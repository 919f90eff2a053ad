"""What can be typed in practice besides an answer: letters alone, as in the interview."""

from assistant.plain.commands import Command

COMMANDS = (
    Command("why", ("?",), "hear why a question is asked and where to look, or these commands"),
    Command("again", ("a",), "hear the story once more, and what was said of your answer"),
    Command("unsure", ("s",), "answer a question that you are not sure"),
    Command("words", ("w",), "hear what the words of the story mean"),
    Command("progress", ("p",), "hear how you stand, and what to do next"),
    Command("back", ("b", "back"), "leave what is open and hear what there is; it is kept"),
    Command("help", ("h", "help"), "hear these commands"),
    Command("quit", ("q", "quit", "exit"), "leave; your answers are kept for another time"),
)
"""All commands, in the order they are listed."""


def practice_commands() -> list[str]:
    """Give each command as a sentence."""
    return [
        "Type the number of an answer, or a few words of it, to answer.",
        *(f"Type {command.names[0]} to {command.about}." for command in COMMANDS),
        "Press Enter alone to go on, or to hear the question once more.",
    ]
