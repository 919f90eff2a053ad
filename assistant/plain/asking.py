"""What is asked now, in lines: the question, the numbered choices, and how to answer."""

from collections.abc import Iterator

from assistant.interview.cards import choices
from assistant.interview.choice import Choice
from assistant.interview.saying import ASIDE, answer_label, card_heading, progress
from assistant.interview.view import View

_ANSWER = "Type a number, a few words, or ? for help."
_CHANGE = "Type a number or a few words, or b to leave the answer as it is."
_AMONG = "Type the number of the one you mean."
_ASIDE = "Type a number, or b to leave this list."
_AFTER = "Type a number, or h for the commands."

_NOT_IN_LINES = ("copy", "name")
"""What a clipboard is needed for, and is said anyway."""


def offered(view: View) -> list[Choice]:
    """Give the numbered choices of a view, as far as they can be done in lines."""
    found = [_in_lines(choice) for choice in choices(view) if choice.does != _NOT_IN_LINES]
    if view.question or view.mode not in {"asking", "recorded"}:
        return found
    if view.mode == "asking" and all(choice.does != ("pick",) for choice in found):
        found.insert(-1, Choice(("pick",), "Change an answer"))
    return [*found, Choice(("quit",), "Quit")]


def asked(view: View) -> Iterator[str]:
    """Give all that is asked now: question, choices, and how to answer."""
    yield from _heading(view)
    yield from numbered(offered(view))
    yield how_to_answer(view)


def numbered(some: list[Choice]) -> Iterator[str]:
    """Give choices as numbered sentences."""
    for number, choice in enumerate(some, start=1):
        note = f": {choice.note}" if choice.note else ""
        yield f"{number}. {choice.label.removesuffix('.')}{note}."


def how_to_answer(view: View) -> str:
    """Say what can be typed now."""
    if view.among:
        return _AMONG
    if view.mode == "changing":
        return _CHANGE
    if view.question:
        return _ANSWER
    return _AFTER if view.mode in {"asking", "recorded"} else _ASIDE


def asked_shortly(view: View) -> str:
    """Remind of what is open, after something else was said."""
    if view.question:
        question = view.guide.questions[view.question].ask
        return (
            f"The question is still: {question} {how_to_answer(view)} Press Enter to hear it all."
        )
    return f"{how_to_answer(view)} Press Enter to hear the list once more."


def answer_lines(view: View) -> Iterator[str]:
    """Give each answer that counts as a line of its own, with its question."""
    for number, fact in enumerate(view.everything_said, start=1):
        said = f"{answer_label(view, fact)}."
        yield f"Answer {number}. {view.guide.questions[fact].ask} {said}"


def number_of(view: View, fact: str) -> int:
    """Give which answer is about a fact, counted from 1; 0 where none is."""
    return next((n for n, asked in enumerate(view.everything_said, 1) if asked == fact), 0)


def _in_lines(choice: Choice) -> Choice:
    if choice.does == ("copy", "memo"):
        return Choice(("memo",), "Print a memo of the reasons")
    return choice


def _heading(view: View) -> Iterator[str]:
    if view.among:
        yield view.notice
    elif view.question:
        question = view.guide.questions[view.question]
        change = f"Change answer {number_of(view, view.question)}."
        yield change if view.mode == "changing" else f"{progress(view)}."
        yield question.ask
        yield question.hint
    else:
        yield card_heading(view) or ASIDE.get(view.mode, "What do you want to do now?")
