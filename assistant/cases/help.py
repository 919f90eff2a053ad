"""What the help says, where the interview stands: of a question, or of a result and its menu."""

from collections.abc import Iterable, Iterator

from assistant.cases.session import InterviewSession
from assistant.cases.view import View
from assistant.commands import Choice, Command
from assistant.engine import statements
from assistant.engine.statements import Statement
from assistant.engine.verdict import CERTAINTY_WORDS
from assistant.text import counted

_RESULTS = {
    "recommended": (
        "This is the group that the documents give for your answers. The result also says how"
        " certain that is. Before you record it, read the reason and what to check first."
    ),
    "refer": (
        "The documents name no group for your answers, so the assistant recommends none. Take the"
        " reasons to your supervisor, who decides."
    ),
    "depends": (
        "“It depends” means that the group changes with an answer you are not sure about. Each line"
        " shows what would have to be true and which group that gives. Look it up, then change your"
        " answer."
    ),
}
"""What each kind of result means."""

_LINES = {
    Command.RECORD: "saves this result with a case number on this computer, as your own note; a result"
    " that you do not record is gone when you quit",
    Command.RECORD_OTHER: "asks which group, and why it differs from the recommendation if there is one",
    Command.MORE: "shows the other groups and the sources",
    Command.ASSUME: "lets you pick a line and continue; the record says that it was assumed",
    Command.CHANGE: "lists your answers and shows what each change would do before you make it",
    Command.COPY_NAME: "copies the name so that you can paste it into another program",
    Command.COPY_MEMO: "copies the reasons so that you can paste them into another program",
    Command.PRINT_MEMO: "prints the reasons for your supervisor, without the case number",
    Command.SAVE_MEMO: "writes the reasons to a file in the memos folder, without the case number;"
    " `service-group settings` shows where your files are",
    Command.SAVE_LONG_MEMO: "writes every reason and every source to such a file",
    Command.MEMO: "shows the reasons, copies them, or saves them to a file, without the case number",
    Command.NEXT_CHILD: "opens the form to record these answers for another child",
    Command.START_AGAIN: "takes you back to the first question",
    Command.RECORDS: "lists what was recorded on this computer",
}
"""What the lines of the menu do, by what they are for."""

_UNRESOLVED = (
    "records that the group is not decided yet. The interview stays in the list of unfinished"
    " interviews. What you record when you finish it replaces this entry"
)

_TO_SUPERVISOR = (
    "records that no group is chosen yet. Correct the entry when your supervisor decides"
)


def help_on(view: View, offered: Iterable[Choice]) -> Iterator[Statement]:
    """Return help for the question being asked, or for the result and the lines below it."""
    guide = view.guide
    if view.question:
        why, where, *mistakes = statements.question_help(guide, view.question)
        leaves = statements.what_answers_leave(guide, view.answers, view.standing, view.question)
        possible = [group.group for group in view.groups if group.possible]
        apart = statements.told_apart_by(guide, view.question, possible)
        yield from (why, where, *mistakes, *apart, *leaves)
        return
    if view.verdict:
        yield Statement("What this means", _RESULTS[view.verdict.status])
    if view.verdict and view.verdict.group:
        yield from statements.look_alikes(guide, view.verdict.group)
    advice = "Also enter the group in the agency's data system, which is the official record."
    yield Statement("This is advice", advice)
    explained: dict[str, list[str]] = {}
    for choice in offered:
        explained.setdefault(_line_explained(view, choice), []).append(choice.label)
    for does, labels in explained.items():
        line = f"“{labels[0]}”" if len(labels) == 1 else "Each line"
        yield from [Statement("What each choice does", f"{line} {does}.")] if does else []
    for certainty, words in guide.about.certainties.items():
        if certainty in CERTAINTY_WORDS:
            yield Statement("How certain a result can be", f"{CERTAINTY_WORDS[certainty]}. {words}")


def _line_explained(view: View, choice: Choice) -> str:
    """Say what a line of the menu below a result does; "" for one that says it all itself."""
    if choice.command == Command.RECORD and not choice.value:
        return _UNRESOLVED if view.unresolved else _TO_SUPERVISOR
    if choice.command == Command.ASSUME and choice.value:
        return "continues as if that were so; the record says that it was assumed"
    return _LINES.get(choice.command, "")


def leaving_words(session: InterviewSession, do: str) -> str:
    """Say what becomes of the answers, and of what was typed for recording them; `do` is type or press."""
    typed = any(session.typed.values())
    lost = " What you typed in the form is not saved." if typed else ""
    if session.view.mode == "recorded" and not session.view.is_open:
        after = " What you typed in the form after that is not saved." if typed else ""
        return f"Your entry is saved.{after}"
    if session.unkept:
        return session.unkept
    if session.is_done:
        return "This result was not recorded, so it is not kept."
    if session.view.corrects and not session.is_kept:
        return "Nothing was changed. The recorded entry stays as it is."
    if session.view.everything_said:
        return f"Your answers are saved.{lost} Next time, {do} u to continue."
    count = len(session.waiting)
    wait = f" You still have {counted(count, 'unfinished interview')}." if count else ""
    return f"There was nothing to save.{wait}"
