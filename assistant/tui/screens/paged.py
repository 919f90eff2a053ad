"""What an interview's screen opens over itself: help, words, the tree and the groups."""

from textual import events
from textual.screen import Screen

from assistant.interview.cards import choices
from assistant.interview.view import View
from assistant.tui.drawing import conversation
from assistant.tui.helping import help_page, term_page, words_page
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.text import TERM

TOO_SMALL = "This window is too small. Make it at least 50 wide and 16 high, or q to quit."
"""Shown in place of a screen that has no room."""


class PagedScreen(Screen[None]):
    """A screen that shows one view, with pages about it that open and close over it."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._shown = view

    def action_why(self) -> None:
        self.app.push_screen(ReadingScreen(*help_page(self._shown)))

    def action_words(self) -> None:
        texts = [block.text.plain for block in conversation(self._shown)[0]]
        texts += [choice.label for choice in choices(self._shown)]
        self.app.push_screen(ReadingScreen(*words_page(self._shown, texts)))

    def action_tree(self) -> None:
        from assistant.tui.screens.tree import TreeScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(TreeScreen(self._shown))

    def on_click(self, event: events.Click) -> None:
        """Open the meaning of a term that was clicked."""
        term = event.style.meta.get(TERM)
        if term:
            event.stop()
            self.app.push_screen(ReadingScreen(*term_page(self._shown, term)))
