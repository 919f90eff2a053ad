"""Beside the conversation: which groups are still possible, the answers so far, and progress."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.interview.cards import choices
from assistant.interview.saying import progress
from assistant.interview.view import View
from assistant.tui.beside import groups_drawn, possible_count
from assistant.tui.text import joined, plain


class _Answers(OptionList):
    """Lines that stay under the mouse: taking the focus would move them, by the line of keys."""

    FOCUS_ON_CLICK: ClassVar[bool] = False


class Aside(Vertical):
    """Shows a view's groups and answers; an answer can be clicked, or chosen, to change it."""

    class ChangeAsked(Message):
        """The worker wants to change the answer about a fact."""

        def __init__(self, fact: str) -> None:
            super().__init__()
            self.fact = fact

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="possible"):
            yield Static(markup=False, id="groups")
        yield _Answers(id="answers", markup=False, compact=True)
        yield Static(markup=False, id="progress")

    def on_mount(self) -> None:
        self.query_one("#answers").border_title = "Your answers"

    def show(self, view: View) -> None:
        """Draw a view."""
        self.query_one("#possible").border_title = f"Still possible: {possible_count(view)}"
        self.query_one("#groups", Static).update(groups_drawn(view))
        self.query_one("#progress", Static).update(plain(progress(view)))
        options = [
            Option(_row(choice.label), id=choice.does[1])
            for choice in choices(view.turned("picking"))
        ]
        self.query_one("#answers", OptionList).set_options(options)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.ChangeAsked(event.option_id))


def _row(label: str) -> Content:
    return joined([(label, ""), ("  change", "underline")])
