"""What is read in practice: blocks that scroll, with the one that matters on top."""

from collections.abc import Sequence

from textual.reactive import reactive
from textual.widgets import Static

from assistant.tui.widgets.conversation import Block, Conversation


class PracticeReading(Conversation, can_focus=False):
    """Shows blocks from the one to be read; what stands before it can be scrolled back to.

    `more` tells whether something stands below that is not in sight.
    """

    more = reactive(False)

    def lay_out(self, blocks: Sequence[Block]) -> None:
        """Show the same blocks in lines of another width; what was read last stays in sight."""
        for line, block in zip(self.query(Static), blocks, strict=False):
            line.update(block.text)

    def on_resize(self) -> None:
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def watch_virtual_size(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self.more = self.scroll_target_y < self.max_scroll_y

    def _bring_into_sight(self, line: Static) -> None:
        self.scroll_to_widget(line, top=True, animate=False, immediate=True)
