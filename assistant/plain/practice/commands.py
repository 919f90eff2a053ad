"""What can be typed in practice besides an answer: letters alone, as in the interview."""

from collections.abc import Collection

from assistant.interview.practice.helping import in_test
from assistant.interview.practice.places import Session
from assistant.plain.commands import Command
from assistant.training.learning import Learn

COMMANDS = (
    Command("why", ("?",), "hear why this is asked, and where to look in a real case"),
    Command("again", ("a",), "hear the story once more, and what was said of your answer"),
    Command("unsure", ("s",), "answer a question that you are not sure"),
    Command("words", ("w",), "hear what the words of the story mean"),
    Command("progress", ("p",), "hear how you stand, and what to do next"),
    Command("back", ("b", "back"), "leave what is open and hear what there is; it is kept"),
    Command("help", ("h", "help"), "hear these commands"),
    Command("quit", ("q", "quit", "exit"), "leave; your answers are kept for another time"),
)
"""All commands, in the order they are listed."""


def practice_commands(session: Session | None) -> list[str]:
    """Give each command that works in a session, or at the list of what there is, as a sentence."""
    idle = _idle(session)
    said = [f"Type {one.names[0]} to {one.about}." for one in COMMANDS if one.action not in idle]
    if session is None:
        return ["Type the number of a line to begin.", *said]
    return [
        "Type the number of an answer, or a few words of it, to answer.",
        *said,
        "Press Enter alone to go on, or to hear the question once more.",
    ]


def _idle(session: Session | None) -> Collection[str]:
    """Give the commands that do nothing here, or would give an answer away."""
    if session is None:
        return {"why", "again", "unsure", "words"}
    if isinstance(session, Learn):
        return {} if session.question else {"why", "unsure"}
    return {"why", "unsure", "words"} if in_test(session) else {"why", "unsure"}
