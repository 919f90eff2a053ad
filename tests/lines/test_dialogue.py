"""A dialogue as a generator: what is asked, what is made of the reply, and how it ends."""

from io import StringIO

import pytest

from assistant.commands import Choice, Command
from assistant.lines.dialogue import Back, DialogueDriver, Leave, Loop, ask, choose


def name_and_number():
    """Ask for a name, then for a number that is not said again; the word back gives up the number."""
    name = yield from ask("Name?", check=lambda typed: [] if typed else ["A name, please."])
    try:
        number = yield from ask("Number?", hidden=True, explained=["It is on the letter."])
    except Back:
        return [f"{name} has no number."]
    except Leave as leave:
        return [f"{name} left{', cut off' if leave.at_once else ''}."]
    return [f"{name} has {number}."]


def picked():
    """Choose one of three."""
    some = [Choice(Command.ANSWER, label, value=label.lower()) for label in ("One", "Two", "Three")]
    chosen = yield from choose(["Which?"], some)
    return [f"Kept: {chosen.value}."]


def held(dialogue, *typed: str):
    """Return the conversation after some lines, and what was said at every step."""
    conversation = DialogueDriver(dialogue)
    said = [conversation.opening()]
    said += [conversation.hear(line) for line in typed]
    return conversation, said


def test_each_line_is_the_reply_to_what_was_asked():
    conversation, said = held(name_and_number(), "Ann", "17")
    assert said == [["Name?"], ["Number?"], ["Ann has 17."]]
    assert conversation.ended


def test_a_wrong_reply_is_asked_for_again():
    _, said = held(name_and_number(), "", "", "Ann")
    assert said[1:] == [["A name, please."], ["A name, please."], ["Number?"]]


def test_what_is_hidden_is_so_only_while_it_is_asked_for():
    conversation, _ = held(name_and_number())
    assert not conversation.hidden
    conversation.hear("Ann")
    assert conversation.hidden
    conversation.hear("?")
    assert conversation.hidden
    conversation.hear("17")
    assert not conversation.hidden


def test_help_is_given_where_there_is_some_and_the_question_stays():
    _, said = held(name_and_number(), "Ann", "?", "h", "17")
    assert said[2:4] == [["It is on the letter.", "Number?"]] * 2
    assert said[4] == ["Ann has 17."]


def test_back_leaves_what_is_asked():
    conversation, said = held(name_and_number(), "Ann", "back")
    assert said[-1] == ["Ann has no number."]
    assert conversation.ended


def test_back_and_leave_that_nobody_waits_for_end_it():
    for word in ("b", "quit"):
        conversation, said = held(name_and_number(), word)
        assert said[-1] == []
        assert conversation.ended


def test_the_word_that_quits_is_told_from_the_end_of_all_input():
    assert held(name_and_number(), "Ann", "q")[1][-1] == ["Ann left."]
    conversation, _ = held(name_and_number(), "Ann")
    assert conversation.leaving("Interrupted. ") == ["Interrupted. Ann left, cut off."]
    assert conversation.ended
    assert not conversation.hidden


def test_a_choice_is_made_by_its_number_alone():
    conversation, said = held(picked(), "two", "0", "4", "2.")
    assert conversation.ended
    assert said[0] == ["Which?", "1. One.", "2. Two.", "3. Three.", "Type 1, 2, or 3."]
    assert said[1:] == [["Type 1, 2, or 3."]] * 3 + [["Kept: two."]]


def test_a_line_that_is_too_long_is_not_looked_at():
    conversation = DialogueDriver(name_and_number(), most_typed=10)
    conversation.opening()
    assert "at most 10 characters" in conversation.hear("a" * 11)[0]
    assert conversation.hear("Ann") == ["Number?"]


@pytest.mark.parametrize(
    "typed", ["\x1b[A3", "3\x1b[D", "\x1bOP3", "\x1b[1;5C3", "\x1b3\x1b[3~3", "3\x1b"]
)
def test_keys_that_type_nothing_are_dropped_on_a_terminal(typed):
    out = StringIO()
    Loop(DialogueDriver(picked()), StringIO(f"{typed}\n"), out, echoes=False).run()
    assert "Kept: three." in out.getvalue()
