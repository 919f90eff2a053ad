"""Narrows the list of records: by words, days, group, how sure, and what was chosen."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from assistant.content.model import Guide
from assistant.interview.wanting import (
    HOW_WORDS_ARE_FOUND,
    filter_fields,
    filter_problems,
    form_of,
    wanted_of,
)
from assistant.records.wanted import EVERYTHING, Wanted
from assistant.tui.screens.asking import AskingScreen
from assistant.tui.widgets.form_row import FormButton

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem


class FilterScreen(AskingScreen[Wanted | None]):
    """Gives what the list is to hold, or None to leave it as it is."""

    DONE = "Show"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "clear", "Show all", key_display="Ctrl+O"),
    ]

    def __init__(self, guide: Guide, wanted: Wanted) -> None:
        words = (
            "Show only the entries with all of these. What is empty does not matter."
            f" {HOW_WORDS_ARE_FOUND}"
        )
        super().__init__("Filter the records", filter_fields(guide), form_of(wanted), words)

    def buttons(self) -> Iterator[Button]:
        yield FormButton("Show (Ctrl+S)", id="done", compact=True)
        yield FormButton("All (Ctrl+O)", id="clear", compact=True)
        yield FormButton("Back (Esc)", id="leave", compact=True)

    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        return filter_problems(form)

    def done(self, form: Mapping[str, str]) -> None:
        self.dismiss(wanted_of(form))

    def action_clear(self) -> None:
        self.dismiss(EVERYTHING)
