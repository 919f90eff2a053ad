"""What was asked and answered, and what came of it: text that stays in view and scrolls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

Kind = Literal["hint", "asked", "answered", "question", "verdict", "refer", "body", "story"]
"""How a block is laid out: an answer stands to the right, a verdict has a frame."""


@dataclass(frozen=True)
class Block:
    """One block of the conversation."""

    kind: Kind
    text: Content


_SPARE = 2
"""Lines kept ready, as many as an answer needs: a line made only then is drawn a frame later."""


class Conversation(VerticalScroll):
    """Shows blocks from top to bottom; `read_from` is the block to keep in sight."""

    def compose(self) -> ComposeResult:
        yield from (Static(markup=False) for _ in range(_SPARE))

    def show(self, blocks: Sequence[Block], read_from: int) -> None:
        """Replace what is shown, reusing the widgets that are there."""
        lines = list(self.query(Static))
        missing = [Static(markup=False) for _ in blocks[len(lines) :]]
        if missing:
            self.mount_all(missing)
        lines += missing
        for line, block in zip(lines, blocks, strict=False):
            line.update(block.text)
            line.set_classes(block.kind)
            line.display = True
        for line in lines[len(blocks) :]:
            line.display = False
        self.call_after_refresh(self._bring_into_sight, lines[read_from])
        self.call_after_refresh(self._keep_lines_ready, len(blocks) + _SPARE)

    def _keep_lines_ready(self, wanted: int) -> None:
        spare = [Static(markup=False) for _ in range(wanted - len(self.query(Static)))]
        for line in spare:
            line.display = False
        self.mount_all(spare)

    def _bring_into_sight(self, line: Static) -> None:
        if line.classes & {"verdict", "refer"}:
            self.scroll_to_widget(line, top=True, animate=False, immediate=True)
        else:
            self.scroll_end(animate=False, immediate=True)
