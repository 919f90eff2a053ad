"""What a person can choose, press or type: one table for the screen, the lines and README."""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Literal

from assistant.shapes import Frozen


class Command(StrEnum):
    """Everything that a key, a typed word or a numbered line can ask for.

    A screen does it in the method named `action_` and the value.
    """

    # the interview
    ANSWER = "answer"
    BACK = "back"
    CHANGE = "change"
    UNSURE = "unsure"
    TYPE = "type"
    ALL_ANSWERS = "all_answers"
    ASSUME = "assume"
    TAKE = "take"
    START_AGAIN = "start_again"
    NEXT_CHILD = "next_child"
    CORRECT_SAVED = "correct_saved"
    DRAFT = "draft"
    # what is read beside it
    WHY = "why"
    WORDS = "words"
    GROUPS = "groups"
    CARD = "card"
    TREE = "tree"
    HELP = "help"
    # its result
    MORE = "more"
    RECORD = "record"
    RECORD_OTHER = "record_other"
    COPY_NAME = "copy_name"
    COPY_MEMO = "copy_memo"
    PRINT_MEMO = "print_memo"
    SAVE_MEMO = "save_memo"
    SAVE_LONG_MEMO = "save_long_memo"
    SAVE_MEMO_WITH_CASE = "save_memo_with_case"
    # the list of entries
    FILTER = "filter"
    SHOW_ALL = "show_all"
    SUMMARY = "summary"
    # an entry
    HISTORY = "history"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    GO_ON = "go_on"
    MEMO = "memo"
    # the parts of the assistant
    LOOKUP = "lookup"
    PRACTICE = "practice"
    RECORDS = "records"
    THEME = "theme"
    COMMANDS = "commands"
    QUIT = "quit"
    # practice
    CLASS = "class"
    LEARN = "learn"
    DRILL = "drill"
    TEST = "test"
    LAST_TEST = "last_test"
    BEGIN = "begin"
    REVIEW = "review"
    HAND_IN = "hand_in"
    RESULTS = "results"
    REPORT = "report"
    PROGRESS = "progress"
    HEAR_AGAIN = "hear_again"
    NEXT = "next"
    STOP = "stop"
    # the answers to a question of the assistant's own
    YES = "yes"
    NO = "no"
    DISCARD = "discard"
    KEEP = "keep"


class Choice(Frozen):
    """One numbered line: what choosing it does, its words, and what else is to be said of it.

    `value` says which of several is meant: an answer, a fact, a group, an id. `gives` is what it
    would lead to, such as a group.
    """

    command: Command
    label: str
    note: str = ""
    value: str = ""
    gives: str = ""


class Where(StrEnum):
    """Where a command can be given."""

    APP = "app"
    INTERVIEW = "interview"
    RECORDS = "records"
    ENTRY = "entry"
    PRACTICE = "practice"


class Key(Frozen):
    """How a command is called on the screen: the keys as Textual names them, and what is shown."""

    names: str
    shown: str
    label: str
    about: str


class Typed(Frozen):
    """How a command is called in lines: the words, what they are typed to do, what may follow them."""

    words: tuple[str, ...]
    to: str
    takes: Literal["", "number", "words"] = ""


KEYS: Mapping[Where, Mapping[Command, Key]] = {
    Where.INTERVIEW: {
        Command.BACK: Key("backspace", "Bksp", "Back", "Take back the last answer."),
        Command.WHY: Key("question_mark", "?", "Help", "Why this is asked, and where to look."),
        Command.CHANGE: Key("c", "c", "Change", "Change any earlier answer."),
        Command.TYPE: Key("slash", "/", "Type", "Answer in your own words."),
        Command.TAKE: Key(
            "a", "a", "Take answer", "Take the answer now, when only one group is left."
        ),
        Command.MORE: Key("m", "m", "More", "Read more of the result: other groups, sources."),
        Command.WORDS: Key("w", "w", "Words", "What the words on the screen mean."),
        Command.TREE: Key("v", "v", "Tree", "See all the questions and where you are."),
        Command.GROUPS: Key("o", "o", "Possible", "Show the groups that are still possible."),
        Command.CARD: Key("g", "g", "Groups", "Read the groups and when to use each, on one page."),
        Command.DRAFT: Key("u", "u", "Unfinished", "Continue an unfinished interview."),
        Command.START_AGAIN: Key("n", "n", "New", "Start a new interview."),
        Command.COPY_NAME: Key("y", "y", "Copy", "Copy the name of the recommended group."),
    },
    Where.APP: {
        Command.LOOKUP: Key("l", "l", "Look up", "Search groups, goals, situations, and words."),
        Command.PRACTICE: Key("d", "d", "Practice", "Practice on made-up stories."),
        Command.RECORDS: Key("r", "r", "Records", "List what was recorded on this computer."),
        Command.THEME: Key("t", "t", "Light/dark", "Switch between light and dark."),
        Command.COMMANDS: Key("p", "p", "All commands", "Find any command by name."),
        Command.QUIT: Key(
            *("q", "q", "Quit"),
            "Quit. It keeps an unfinished interview, but no result that is not recorded.",
        ),
    },
    Where.RECORDS: {
        Command.FILTER: Key("f,slash", "f", "Filter", "Show only some of the entries."),
        Command.SHOW_ALL: Key("backspace", "Bksp", "Show all", "Show all entries again."),
        Command.SUMMARY: Key("s", "s", "Summary", "Count the entries shown."),
        Command.WHY: Key(
            "question_mark", "?", "Help", "What the list shows, and what its words mean."
        ),
    },
    Where.ENTRY: {
        Command.HISTORY: Key("h", "h", "History", "See what happened to the entry."),
        Command.CORRECT: Key("e", "e", "Correct", "Fix what is wrong in this entry."),
        Command.WITHDRAW: Key("x", "x", "Withdraw", "Withdraw an entry that should not count."),
        Command.RESTORE: Key("x", "x", "Restore", "Restore a withdrawn entry."),
        Command.COPY_MEMO: Key("y", "y", "Copy memo", "Copy its memo, without the case number."),
    },
    Where.PRACTICE: {
        Command.NEXT: Key("n,space", "Space", "Next", "Go to the next story or question."),
        Command.BACK: Key("backspace", "Bksp", "Back", "In a test, go back to the previous story."),
        Command.REVIEW: Key("v", "v", "Review", "In a test, see all your answers."),
        Command.HAND_IN: Key("h", "h", "Hand in", "Hand in the test, and see your score."),
        Command.WORDS: Key("w", "w", "Words", "What the words in the story mean."),
        Command.WHY: Key(
            *("question_mark", "?", "Help"),
            "What to do here, why a question is asked, and which keys work.",
        ),
        Command.STOP: Key("escape", "Esc", "Leave", "Go back to practice. Your place is saved."),
    },
}
"""The keys of each place on the screen, in the order in which it lists them."""

ALSO_KEYS: Mapping[str, Mapping[str, str]] = {
    "On every screen": {
        "1-9": "Choose the line with that number.",
        "↑ ↓": "Move to another line. Enter chooses it.",
        "PgUp PgDn": "Scroll.",
        "Esc": "Close the window in front, or go back.",
    },
    "In a form": {
        "Tab": "Go to the next field. Shift+Tab goes to the one before.",
        "Enter": "Go to the next field. In the last field shown, save.",
        "Ctrl+S": "Save.",
        "Ctrl+O": "Show more fields, or fewer.",
        "Bksp": "Clear a choice.",
    },
    "In the list of unfinished interviews": {"x": "Discard the selected interview."},
    "In practice, on the screen": {"m": "Read the rest of the feedback."},
}
"""The keys of the screen that are no command of the table, by the heading of their list."""

TYPED: Mapping[Where, Mapping[Command, Typed]] = {
    Where.INTERVIEW: {
        Command.BACK: Typed(("b", "back"), "take back the last answer, or leave what you started"),
        Command.WHY: Typed(
            ("?",),
            "hear why this is asked, where to look, tricky cases (? 2 explains case 2), and which"
            " groups are still possible after each answer",
            "number",
        ),
        Command.CHANGE: Typed(
            ("c",), "list your answers and change one (c 2 changes answer 2)", "number"
        ),
        Command.TAKE: Typed(("a",), "take the answer now, when only one group is left"),
        Command.UNSURE: Typed(("s",), "answer “Not sure”"),
        Command.MORE: Typed(("m",), "hear more of the result: other groups and sources"),
        Command.WORDS: Typed(
            ("w",),
            "hear what the words used here mean (w safety plan explains one word)",
            "words",
        ),
        Command.GROUPS: Typed(
            ("o",), "hear which groups are still possible, and why the others are not"
        ),
        Command.CARD: Typed(
            ("g", "card"),
            "hear the groups and when to use each, common mistakes, and where to look",
        ),
        Command.DRAFT: Typed(
            ("u",),
            "continue the unfinished interview, or list them if there are several (u 2 continues"
            " the second)",
            "number",
        ),
        Command.START_AGAIN: Typed(("start again",), "start a new interview"),
    },
    Where.ENTRY: {
        Command.CORRECT: Typed(
            ("correct",), "correct the last entry you heard (correct 3: entry 3)", "number"
        ),
        Command.WITHDRAW: Typed(
            ("withdraw",), "withdraw the last entry you heard (withdraw 3: entry 3)", "number"
        ),
        Command.RESTORE: Typed(
            ("restore",),
            "restore the last withdrawn entry you heard (restore 3: entry 3)",
            "number",
        ),
        Command.GO_ON: Typed(
            ("go on",),
            "continue the interview of the last entry you heard, such as one not decided yet"
            " (go on 3: entry 3)",
            "number",
        ),
        Command.MEMO: Typed(
            ("memo",), "hear a memo of the last entry you heard (memo 3: entry 3)", "number"
        ),
    },
    Where.APP: {
        Command.LOOKUP: Typed(
            ("l", "lookup"),
            "search groups, goals, situations, and words (l trial home visit)",
            "words",
        ),
        Command.PRACTICE: Typed(
            ("d", "practice"), "practice on made-up stories (your interview is saved)"
        ),
        Command.RECORDS: Typed(
            ("r",),
            "hear what was recorded on this computer (r 3 reads entry 3)",
            "number",
        ),
        Command.HELP: Typed(("h", "help"), "hear these commands"),
        Command.QUIT: Typed(
            ("q", "quit", "exit"),
            "quit (an unfinished interview is saved, but a result that is not recorded is not)",
        ),
    },
    Where.PRACTICE: {
        Command.WHY: Typed(
            ("?",),
            "hear why this is asked, where to look, and tricky cases (? 2 explains case 2)",
            "number",
        ),
        Command.HEAR_AGAIN: Typed(("a",), "hear the story again, and the feedback on your answer"),
        Command.UNSURE: Typed(("s",), "answer “Not sure” to a question"),
        Command.WORDS: Typed(("w",), "hear what the words in the story mean"),
        Command.PROGRESS: Typed(("p",), "hear how you are doing, and what to do next"),
        Command.NEXT: Typed(("n", "next"), "go to the next story or question"),
        Command.BACK: Typed(
            ("b", "back"),
            "go back to the list of exercises (your place is saved), and in a test to the previous"
            " story",
        ),
        Command.REVIEW: Typed(
            ("review",), "hear your answers in a test (review 2 goes back to story 2)", "number"
        ),
        Command.HAND_IN: Typed(("hand in",), "hand in the test"),
        Command.STOP: Typed(("leave",), "leave a test (your answers are saved)"),
        Command.HELP: Typed(("h", "help"), "hear these commands"),
        Command.QUIT: Typed(("q", "quit", "exit"), "quit (your answers are saved)"),
    },
}
"""The words that can be typed in each place, in the order in which help lists them."""

IN_LINES = (Where.INTERVIEW, Where.ENTRY, Where.APP)  # whose words are typed in the interview

_FOLLOWS = {"number": re.compile("[0-9]{1,9}"), "words": re.compile(".+")}


def keys(*where: Where) -> dict[Command, Key]:
    """Return the keys of some places."""
    return {command: key for place in where for command, key in KEYS.get(place, {}).items()}


def typed_words(*where: Where) -> dict[Command, Typed]:
    """Return the words that can be typed in some places."""
    return {command: typed for place in where for command, typed in TYPED.get(place, {}).items()}


def command_typed(line: str, where: Collection[Where] = IN_LINES) -> tuple[Command | None, str]:
    """Return the command that was typed and what followed it; None where it is no command."""
    said = " ".join(line.casefold().split())
    for command, typed in typed_words(*where).items():
        if said in typed.words:
            return command, ""
        for word in typed.words if typed.takes else ():
            rest = said.removeprefix(f"{word} ")
            if rest != said and _FOLLOWS[typed.takes].fullmatch(rest):
                return command, rest
    return None, ""


def number_typed(line: str) -> int | None:
    """Return the number that was typed, perhaps with a full stop or bracket after it."""
    match = re.fullmatch(r"([0-9]{1,9})[.)]?", line.strip())
    return int(match[1]) if match else None


def typed_sentences(*where: Where, idle: Collection[Command] = ()) -> Iterator[str]:
    """Return what can be typed in some places, a sentence each, but for what does nothing now."""
    for command, typed in typed_words(*where).items():
        if command not in idle:
            yield f"Type {typed.words[0]} to {typed.to}."
