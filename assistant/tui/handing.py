"""What leaves the screen for another program: text for the clipboard, and memos as files."""

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.view import View

COPIED = (
    "Sent to the clipboard. If it does not paste, your terminal does not allow it:"
    " select the text with the mouse instead."
)
"""Said after copying, since a terminal does not tell whether it took the text."""

_NOT_FINISHED = (
    "The interview is not finished: the questions left can only change the reasons and warnings."
    " Finish it before you record."
)


def text_to_copy(view: View, what: str) -> str:
    """Give the memo, or the group's name."""
    return view.memo_text() if what == "memo" else view.name_to_copy()


def copied_words(view: View) -> str:
    """Say that something was copied, and what a worker should know who goes on with it."""
    return f"{_NOT_FINISHED} {COPIED}" if view.standing.asking else COPIED


def saved_words(services: Services, view: View, case_number: str) -> str:
    """Save the memo as plain text and as Markdown, and say where; or why that cannot be.

    A case number stands in it only where one is given.
    """
    try:
        paths = services.memos.save(services.now(), view.memo_texts(case_number))
    except RecordsError as error:
        return str(error)
    names = " and ".join(path.name for path in paths)
    return f"Saved {names} in {paths[0].parent}"
