"""Practice on the screen."""

from collections import Counter
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.getters import query_one
from textual.widgets import Input, Static

from assistant.commands import Choice, Command
from assistant.errors import GuideError, RecordsError
from assistant.screen.column import QUIET, Choices, plain
from assistant.screen.dialogs import (
    ConfirmScreen,
    ReadingScreen,
    yes_or_no,
)
from assistant.screen.practice_drawing import (
    Page,
    class_blocks,
    drawn,
    how_page,
    progress_blocks,
    report_blocks,
    terms_page,
)
from assistant.screen.theme import MORE_BELOW
from assistant.screen.widgets import (
    TOO_SMALL,
    Block,
    Keys,
    NumberedScreen,
    OnceModal,
    PracticeReading,
    TextLine,
    TitleBar,
)
from assistant.services import Services, practice_session
from assistant.training.attempts import ASK, FOR_GOOD, Attempt, alias_refusal, attempts_in
from assistant.training.feedback import NO_WORDS
from assistant.training.findings import class_report
from assistant.training.modes import Exam, Exercise, in_test
from assistant.training.session import KEEP_TEST, LOST, NEW_TEST, PracticeSession
from assistant.training.syllabus import Syllabus


class PracticePage(NumberedScreen[None]):
    """Shows one page at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc", priority=True),
    ]

    reading = query_one("#reading", PracticeReading)

    _standing = ""

    def compose(self) -> ComposeResult:
        yield TitleBar("practice")
        with Vertical(id="body"):
            yield PracticeReading(id="reading")
            with Vertical(id="card"):
                yield Static(id="ask", markup=False)
                yield Static(id="hint", markup=False)
                with VerticalScroll(id="lines", can_focus=False):
                    yield Choices()
            yield Static(id="standing", markup=False)
            yield Static(id="trouble", markup=False)
        yield Static(TOO_SMALL, id="too-small")
        yield Keys()

    def on_mount(self) -> None:
        self.watch(self.reading, "more", self._tell)

    @property
    def room_for_text(self) -> int:
        """How many columns a line that is read may have."""
        # The column's edge, margin and scroll bar take 6; beyond 80 a line is hard to read.
        return max(1, min(self.size.width - 6, 80))

    def show(self, page: Page) -> None:
        """Draw a page, and give its choices the keyboard."""
        self.reading.show(page.blocks, page.read_from)
        self._say("#ask", page.ask, "bold")
        self._say("#hint", page.hint)
        self.query_one("#card").display = bool(page.choices)
        self.choices.show(page.choices)
        self.choices.highlighted = 0 if page.ready else None
        self._standing = page.standing
        self._tell()
        self._say("#trouble", " ".join(page.trouble.split()), "bold")
        self.set_focus(self.choices)
        self.refresh_bindings()

    @property
    def lead(self) -> list[tuple[str, str]]:
        """The keys of the choices, for the row of keys."""
        count = len(self.choices.offered)
        return [(f"1-{count}" if count > 1 else "1", "Choose")] if count else []

    def say(self, words: str) -> None:
        self._say("#trouble", words, "bold")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Do nothing that cannot be seen."""
        return not (self.has_class("-tiny") or self.has_class("-flat"))

    def on_resize(self) -> None:
        """Return the keyboard back to the choices after the window was too small to show them."""
        if self.focused is None:
            self.call_after_refresh(self.set_focus, self.choices)

    def action_read(self, pages: int) -> None:
        """Scroll what is read by whole pages, while the choices keep the keyboard."""
        step = max(1, self.reading.size.height - 2)
        self.reading.scroll_relative(y=pages * step, animate=False)

    async def action_leave(self) -> None:
        self.dismiss()

    def _tell(self) -> None:
        """Say where things stand, and whether there is more to read than is in sight."""
        said = (self._standing, f"{MORE_BELOW} More below (PgDn)" if self.reading.more else "")
        self.query_one("#standing", Static).update(plain("  ".join(filter(None, said))))

    def _say(self, where: str, words: str, style: str = "") -> None:
        line = self.query_one(where, Static)
        line.update(plain(words, style))
        line.set_class(not words, "-nothing")


class PracticeScreen(PracticePage):
    """The home of practice; an exercise opens over it, and leads back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Interview", key_display="Esc", priority=True),
    ]

    def __init__(self, services: Services, alias: str, *, first: bool = False) -> None:
        """Open at home; `first` is whether practice was not open before on this screen."""
        super().__init__()
        self._services = services
        self._alias = alias
        self._first = first
        self._practice: PracticeSession | None = None

    def on_mount(self) -> None:
        self.show(Page([Block("story", plain("Getting stories ready…"))], []))
        self.call_after_refresh(self._open)

    def on_screen_resume(self) -> None:
        if self._practice:
            self._draw(self._practice)

    async def chosen(self, choice: Choice) -> None:
        """Begin what was chosen, unless something was chosen just before."""
        practice = self._practice
        if not self.is_active or practice is None:
            return

        async def begin(said: Command | None = Command.YES) -> None:
            if said == Command.YES:
                practice.begin(choice.command, choice.value)
                await self._enter(practice)

        if choice.command == Command.REPORT:
            await self.app.push_screen(PracticeReport(self._services, practice.syllabus))
        elif practice.would_lose(choice.command):
            sure = ConfirmScreen(LOST, yes_or_no(NEW_TEST, KEEP_TEST))
            await self.app.push_screen(sure, begin)
        else:
            await begin()

    async def action_leave(self) -> None:
        await self.app.run_action("app.interview")

    async def _open(self) -> None:
        """Load the practice content; continue where a browser was left, or at the class assigned."""
        try:
            practice = practice_session(self._services, self._alias)
        except GuideError as error:
            self.show(Page([Block("story", plain(str(error)))], []))
            return
        self._practice = practice
        self._draw(practice)
        if self._first and self._services.resumes:
            practice.resume()
        elif self._first and Command.CLASS in [one.command for one in self.choices.offered]:
            practice.begin(Command.CLASS)
        if practice.exercise:
            await self._enter(practice)

    async def _enter(self, practice: PracticeSession) -> None:
        """Show the exercise that is open; where nothing was left to begin, what there is."""
        if practice.exercise:
            await self.app.push_screen(ExerciseScreen(practice, opened_with=self.app.pressed))
        else:
            self._draw(practice)

    def on_resize(self) -> None:
        """Lay out anew what is as wide as the window."""
        if self._practice:
            self.reading.lay_out(self._blocks(self._practice))

    def _draw(self, practice: PracticeSession) -> None:
        offered = list(practice.home_choices(report=not self._services.training_only))
        standing = practice.progress().line
        self.show(
            Page(self._blocks(practice), offered, standing=standing, trouble=practice.trouble)
        )

    def _blocks(self, practice: PracticeSession) -> list[Block]:
        shared = bool(self._services.settings.records_url) or self._services.resumes
        said = class_blocks(practice, shared=shared)
        return [*said, *progress_blocks(practice.alias, practice.progress(), self.room_for_text)]


BACK = Choice(Command.BACK, "Back to practice")
"""The way from a report."""


class PracticeReport(PracticePage):
    """Shows the whole log, or one class of it."""

    def __init__(self, services: Services, syllabus: Syllabus) -> None:
        super().__init__()
        self._services = services
        self._syllabus = syllabus
        self._attempts: list[Attempt] = []
        self._class = ""

    def on_mount(self) -> None:
        try:
            self._attempts = list(attempts_in(self._services.open_records().practice.texts()))
        except RecordsError as error:
            words = f"The practice answers cannot be read. {error}"
            self.show(Page([Block("story", plain(words))], [BACK]))
        else:
            self._draw()

    def on_resize(self) -> None:
        """Lay out anew what is as wide as the window."""
        if self._attempts:
            self.reading.lay_out(self._blocks())

    async def chosen(self, choice: Choice) -> None:
        """Show another class, or go back."""
        if choice.command == Command.BACK:
            self.dismiss()
        else:
            self._class = choice.value
            self._draw()

    def _draw(self) -> None:
        whose = (
            f"Class {self._class}" if self._class else "Everyone who practices with these records"
        )
        self.show(Page(self._blocks(), self._choices(), standing=whose))

    def _blocks(self) -> list[Block]:
        """Draw the report of the class chosen; days are those of this computer's clock."""
        zone = self._services.now().astimezone().tzinfo
        chosen = [one for one in self._attempts if not self._class or one.class_id == self._class]
        found = class_report(self._syllabus, chosen, *([zone] if zone else []))
        return list(report_blocks(self._syllabus.guide, found, self.room_for_text))

    def _choices(self) -> list[Choice]:
        """Offer each class, where there is one, the largest first."""
        counts = Counter(made.class_id for made in self._attempts if made.class_id)
        classes = [
            Choice(Command.CLASS, f"Class {name} ({count} answers)", value=name)
            for name, count in counts.most_common()
        ]
        everyone = [Choice(Command.CLASS, "Everyone")] if classes else []
        return [BACK, *everyone, *classes]


REPEAT_SECONDS = 0.4
"""Seconds for which the same key, pressed once more, still belongs to what it did before."""


class Debounce:
    """Ignores a key that comes too soon: from before its page, or the same one again at once.

    A key held down stays the same one, however long.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._since = 0.0

    def turn(self, key: str) -> None:
        """Begin a new page, to which `key` has led."""
        self._key = key or self._key
        self._since = events.Event().time

    def too_soon(self, key: str, when: float) -> bool:
        """Tell whether a key that was pressed at a time is not to be taken now."""
        if when < self._since:
            return True
        if key != self._key or when - self._since >= REPEAT_SECONDS:
            return False
        self._since = when
        return True


class ExerciseScreen(PracticePage):
    """Goes through an exercise in any mode; each step is kept, so it may be left at any key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "next", "Next", tooltip="Continue.", priority=True),
        Binding("w", "words", "Words", tooltip="What the words in the story mean.", priority=True),
        Binding(
            "question_mark", "how", "Help", key_display="?", tooltip="What to do.", priority=True
        ),
        Binding("slash,backspace", "no_words", show=False),
        Binding("escape", "leave", "Leave", key_display="Esc", priority=True),
    ]

    def __init__(self, practice: PracticeSession, *, opened_with: str = "") -> None:
        """Show the exercise that is open; `opened_with` is the key that did so."""
        super().__init__()
        self._debounce = Debounce(opened_with)
        self._practice = practice
        self._width = 0

    @property
    def exercise(self) -> Exercise | None:
        """The exercise as it stands; None once it was left."""
        return self._practice.exercise

    @property
    def in_test(self) -> bool:
        """Tell whether a test is still open, in which nothing is explained."""
        return in_test(self._practice.exercise)

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        """Lay out anew what stands side by side."""
        if self.exercise and self._width and self._width != self.room_for_text:
            self.reading.lay_out(self._blocks(self.exercise)[0])

    async def chosen(self, choice: Choice) -> None:
        """Take an answer, go on, or leave."""
        if self._too_soon():
            return
        if choice.command == Command.ANSWER:
            self._practice.answer(choice.value)
            self._draw()
        elif choice.command == Command.NEXT:
            self._practice.go_on()
            self._draw()
        else:
            await self.action_leave()

    def action_next(self) -> None:
        """Go on to what follows: the next story, or the next question about this one."""
        if not self._too_soon():
            self._practice.go_on()
            self._draw()

    async def action_words(self) -> None:
        """Say what the words of the story mean; in a test that could give an answer away."""
        if self.in_test:
            self._say("#trouble", NO_WORDS, "bold")
        else:
            await self.app.push_screen(ReadingScreen("Words", terms_page(self._practice.terms)))

    async def action_how(self) -> None:
        if self.exercise:
            await self.app.push_screen(ReadingScreen("What to do here", how_page(self.exercise)))

    def action_no_words(self) -> None:
        """Say what to press, where something is pressed that does nothing here."""
        words = "Press the number of a line. Press ? to see the other keys."
        self._say("#trouble", words, "bold")

    def on_key(self, event: events.Key) -> None:
        """Say what to press, where a letter is pressed that does nothing here."""
        unused = (event.character or "").isalpha() and event.key not in self.active_bindings
        if unused and self.check_action("no_words", ()):
            self.action_no_words()

    async def action_leave(self) -> None:
        """Go back to where one stands."""
        self._practice.leave()
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next" and Command.NEXT not in [one.command for one in self.choices.offered]:
            return False
        return super().check_action(action, parameters)

    def _too_soon(self) -> bool:
        return self._debounce.too_soon(self.app.pressed, self.app.pressed_at)

    def _blocks(self, exercise: Exercise) -> tuple[list[Block], int]:
        self._width = self.room_for_text
        return drawn(exercise, self._width)

    def _draw(self) -> None:
        """Show where the exercise stands, to which the key pressed last has led."""
        self._debounce.turn(self.app.pressed)
        exercise = self.exercise
        if exercise is None:
            return
        blocks, read_from = self._blocks(exercise)
        self.show(
            Page(
                blocks,
                self._practice.choices,
                read_from,
                *exercise.asks,
                standing=exercise.line,
                trouble=self._practice.trouble,
                ready=exercise.explained and not isinstance(exercise, Exam),
            )
        )


class PracticeAlias(OnceModal[str | None]):
    """Returns the alias that was typed, None where practice is not wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Not now", key_display="Esc", priority=True),
    ]

    words = query_one("#alias", Input)
    refusal = query_one("#refusal", Static)

    def __init__(self, suggested: str = "") -> None:
        super().__init__()
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(ASK), markup=False)
            yield TextLine(
                self._suggested, id="alias", placeholder="type the word here, then Enter"
            )
            yield Static(id="refusal", markup=False)
            yield Static(plain(FOR_GOOD, QUIET), markup=False, id="for-good")
            yield Keys(("Enter", "Start"))

    def on_mount(self) -> None:
        self.set_focus(self.words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what keeps it from being an alias."""
        event.stop()
        typed = event.value.strip()
        refusal = alias_refusal(typed)
        if refusal:
            self.refusal.update(plain(refusal, "bold"))
        else:
            self.dismiss(typed)
