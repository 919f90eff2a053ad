"""Draws what is said of a class that was given: that it is all done, and how it is handed in."""

from collections.abc import Iterator

from assistant.interview.practice.given import GivenClass, all_done
from assistant.interview.practice.room import PracticeRoom
from assistant.tui.text import joined
from assistant.tui.widgets.conversation import Block

HAND_IN = (
    "To hand it in, leave with q, type this, and give the file that it writes to your trainer:"
)
"""Said before the command that writes results."""


def given_blocks(room: PracticeRoom, given: GivenClass, *, shared: bool) -> Iterator[Block]:
    """Give what is to be done with a class once each of its stories is answered.

    `shared` is whether the trainer finds the answers where they are.
    """
    if room.done_of(given.found) < len(given.found.stories):
        return
    parts = [(all_done(given.found), "bold")]
    if not shared:
        parts += [(f"\n{HAND_IN}\n", ""), (given.handing_in(room.alias), "bold")]
    yield Block("story", joined(parts))
