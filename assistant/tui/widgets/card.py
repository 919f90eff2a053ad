"""The card below the conversation: numbered choices, a line for words, or the record form."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from assistant.bootstrap import Services
from assistant.engine.words import options_meant
from assistant.errors import RecordsError
from assistant.interview.cards import choices
from assistant.interview.choice import Choice
from assistant.interview.choosing import choosing
from assistant.interview.saying import card_heading
from assistant.interview.view import View
from assistant.tui.text import Marker, Visible, plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.record_form import RecordForm

_KEEPING = frozenset({"record", "other", "save"})
"""What is not offered in training: to record, and to save a file."""


class Card(Vertical):
    """Offers what a view offers; says which line was chosen, or what typed words might mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_words", "Back to the choices", key_display="Esc")
    ]

    class Asked(Message):
        """Typed words did not settle an answer: what to say back, and the answers they fit."""

        def __init__(self, notice: str, among: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.notice = notice
            self.among = among

    choices = query_one("#choices", Choices)
    heading = query_one("#heading", Static)
    notice = query_one("#notice", Static)
    typed = query_one("#typed", Input)

    def __init__(self, services: Services, view: View) -> None:
        super().__init__(id="card")
        self._services = services
        self._view = view
        self._offers: list[Choice] = []
        self._form: dict[str, str] = {}
        self._more = False
        self._open: RecordForm | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="heading", markup=False)
        yield Choices(id="choices")
        yield Static(id="notice", markup=False)
        yield Input(
            id="typed",
            highlighter=Visible(),
            compact=True,
            select_on_focus=False,
            placeholder="press / to type a few words",
        )

    def show(self, view: View) -> None:
        """Draw a view, and give the keyboard to what a worker uses next."""
        self._keep_form(view)
        if view.question != self._view.question:
            self.typed.value = ""  # words for another question are no words for this one
        self._view = view
        mark = Marker(view.glossary, clickable=False) if view.question else None
        self._offers = self._offered(view)
        self.choices.show(self._offers, mark)
        self.heading.update(plain(card_heading(view), "bold"))
        self.heading.display = bool(card_heading(view))
        self.notice.update(plain(view.notice))
        self.notice.display = bool(view.notice)
        self.typed.display = view.question is not None
        self.choices.display = view.mode != "recording"
        if view.mode != "recording":
            self._end_form()
            self.choices.focus()
        elif not self._open:
            self._begin_form(view)

    def begin_words(self, words: str = "") -> None:
        """Give the keyboard to the line for words, and add `words` to it.

        A fast typist's next letters still come from the choices, until the focus has moved.
        """
        if self.typed.display:
            self.typed.value += words
            self.typed.cursor_position = len(self.typed.value)
            self.typed.focus()

    def on_choices_typed(self, event: Choices.Typed) -> None:
        """Carry a letter typed on the choices over to the line for words."""
        event.stop()
        self.begin_words(event.character)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take typed words, or a typed number, as an answer; ask back when they fit several."""
        event.stop()
        words, self.typed.value = event.value.strip(), ""
        offered, fact = self._offers, self._view.question
        if words.isdecimal() and 0 < int(words) <= len(offered):
            self._choose(offered[int(words) - 1].does)
        elif fact and words:
            values = [choice.does[2] for choice in offered if choice.does[0] == "answer"]
            question = self._view.guide.questions[fact]
            self._take(fact, options_meant(question, values, words))

    def action_leave_words(self) -> None:
        self.typed.value = ""
        self.choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "leave_words" or self.typed.has_focus

    def _offered(self, view: View) -> list[Choice]:
        """Give the choices for a view, less those that keep something where nothing is to be kept."""
        offered = choices(view)
        if not self._services.training_only:
            return offered
        return [choice for choice in offered if choice.does[0] not in _KEEPING]

    def _keep_form(self, view: View) -> None:
        """Remember what was typed into the form, for as long as the same interview is shown."""
        if view.id != self._view.id:
            self._form = {}
            return  # what stands in an open form is of the interview that is left
        if self._open:
            self._form |= self._open.typed()
            self._more = self._open.more

    def _begin_form(self, view: View) -> None:
        """Open the form, unless the entry that is to be corrected cannot be read."""
        try:
            recording = choosing(view, self._services.loaded, self._services.open_records)
        except RecordsError as error:
            self.post_message(RecordForm.Left(str(error)))
        else:
            self._open = RecordForm(self._services, recording, self._form, more=self._more)
            self.mount(self._open)

    def _end_form(self) -> None:
        """Take the form away, once all of it is there: a fast key may end it before."""
        if self._open:
            self._open.display = False
            self._open.call_later(self._open.remove)
            self._open = None

    def _choose(self, does: tuple[str, ...]) -> None:
        self.post_message(Choices.Chosen(does, self.choices))

    def _take(self, fact: str, meant: tuple[str, ...]) -> None:
        if len(meant) == 1:
            self._choose(("answer", fact, meant[0]))
        elif meant:
            words = "Your words fit more than one answer. Which is it?"
            self.post_message(self.Asked(words, meant))
        else:
            words = "No answer has those words. Choose a number, or try other words."
            self.post_message(self.Asked(words))
