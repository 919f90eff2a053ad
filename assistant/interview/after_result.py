"""What a worker may ask of a result that is in front: what it says, and what can be done with it."""

from collections.abc import Iterator

from assistant.interview.view import View

_RESULTS = {
    "recommended": (
        "The group named is the one that the documents give for your answers. The sentence after"
        " it says how sure they are. Read what to check first, and why, before you record it."
    ),
    "refer": (
        "The documents name no group for your answers. So none is recommended: take the reasons"
        " to your supervisor, who decides."
    ),
    "depends": (
        "“It depends” means: an answer you are not sure of decides between groups. Each line says"
        " which group it would be if something were so. Look it up, then change that answer."
    ),
}
"""What each kind of result means."""

_LINES = {
    "record": "keeps this result with a case number, as a memo of advice on this computer",
    "other": "asks which group, and where one was recommended, why yours is another",
    "assume": "takes one of the lines as if it were so; the record says that it was assumed",
    "pick": "lists your answers; choosing another says first what would follow",
    "copy": "sends words to the clipboard, to paste them into another program",
    "memo": "gives the reasons as a text for your supervisor, without a case number",
    "save": "writes the reasons to a file; a case number stands in it only if you choose that",
    "again": "begins another interview",
    "records": "lists what was recorded on this computer",
}
"""What the lines of the menu do, by what they are for."""

_UNRESOLVED = (
    "records that it is not settled yet; the interview stays among the unfinished, and what you"
    " record once it is settled takes that entry's place"
)

_TO_SUPERVISOR = "records that no group is chosen yet; correct the entry once it is"


def result_explained(view: View) -> Iterator[str]:
    """Say what a result in front means, and what it is not."""
    if view.verdict:
        yield _RESULTS[view.verdict.status]
    yield "This is advice. The agency's data system stays the record: enter the group there."


def line_explained(view: View, does: tuple[str, ...]) -> str:
    """Say what a line of the menu below a result does; "" for one that says it all itself."""
    if does == ("record", ""):
        return _UNRESOLVED if view.unresolved else _TO_SUPERVISOR
    return _LINES.get(does[0], "")
