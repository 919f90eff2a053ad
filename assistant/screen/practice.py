"""Practice on the screen."""

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from assistant.commands import Choice, Command
from assistant.errors import GuideError, RecordsError, UsageError
from assistant.screen import practice_drawing
from assistant.screen.column import Choices, plain, turn_pages
from assistant.screen.dialogs import (
    ConfirmScreen,
    ReadingScreen,
    yes_or_no,
)
from assistant.screen.practice_drawing import Page
from assistant.screen.theme import MORE_BELOW
from assistant.screen.widgets import (
    TOO_SMALL,
    Block,
    Debounce,
    Keys,
    NumberedScreen,
    PracticeReading,
    TitleBar,
)
from assistant.services import Services, classes_here, hand_in_results, practice_session
from assistant.training.attempts import Attempt, attempts_in
from assistant.training.classes import MOST
from assistant.training.exam import (
    HAND_IN,
    KEEP_ON,
    KEEP_TEST,
    LEAVE,
    LEAVING,
    LEFT,
    LOST,
    NEW_TEST,
    STAY,
    SURE,
    Exam,
)
from assistant.training.feedback import NO_LOOK_UP, NO_WORDS
from assistant.training.findings import class_report
from assistant.training.modes import Exercise, compared, in_test, terms
from assistant.training.session import PracticeSession
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
        self.choices.show(page.choices, columns=page.columns)
        self.choices.highlighted = page.picked
        self._standing = page.standing
        self._tell()
        self._say("#trouble", " ".join(page.trouble.split()), "bold")
        self.set_focus(self.choices)
        self.refresh_bindings()

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
        turn_pages(self.reading, pages, max(1, self.reading.size.height - 2))

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
            command = Command.GO_ON if said == Command.KEEP else choice.command
            if said in {Command.YES, Command.KEEP}:
                practice.begin(command, choice.value)
                await self._enter(practice)

        if choice.command == Command.REPORT:
            await self.app.push_screen(PracticeReport(self._services, practice.syllabus))
        elif choice.command == Command.RESULTS:
            self.say(hand_in_results(self._services, practice))
        elif practice.would_lose(choice.command):
            ways = [Choice(Command.KEEP, KEEP_TEST), Choice(Command.YES, NEW_TEST)]
            sure = ConfirmScreen(LOST, ways)
            await self.app.push_screen(sure, begin)
        else:
            await begin()

    async def action_leave(self) -> None:
        await self.app.run_action("app.interview")

    async def _open(self) -> None:
        """Load the practice content; continue where a browser was left, or at the class assigned."""
        try:
            practice = practice_session(self._services, self._alias)
        except (GuideError, UsageError) as error:
            self.show(Page([Block("story", plain(str(error)))], []))
            return
        self._practice = practice
        self._draw(practice)
        if self._first and self._services.resumes:
            practice.resume()
        if self._first and self._services.assigned and not practice.exercise:
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
        report = not self._services.training_only
        offered = practice.home_choices(results=not self._services.shares_practice, report=report)
        offered += practice.left_classes
        standing = practice.progress().line
        self.show(
            Page(self._blocks(practice), offered, standing=standing, trouble=practice.trouble)
        )

    def _blocks(self, practice: PracticeSession) -> list[Block]:
        progress = practice_drawing.progress_blocks(
            practice.trainee, practice.progress(), self.room_for_text
        )
        return [*practice_drawing.class_blocks(practice), *progress]


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
        self._known = classes_here(services)

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
        everyone = "Everyone who practices with these records"
        whose = self._called(self._class) if self._class else everyone
        self.show(Page(self._blocks(), self._choices(), standing=whose))

    def _blocks(self) -> list[Block]:
        """Draw the report of the class chosen; days are those of this computer's clock."""
        zone = self._services.now().astimezone().tzinfo
        chosen = [one for one in self._attempts if not self._class or one.class_id == self._class]
        here = self._known.get(self._class)
        made = class_report(self._syllabus, chosen, *([zone] if zone else []), found=here)
        return list(practice_drawing.report_blocks(self._syllabus.guide, made, self.room_for_text))

    def _choices(self) -> list[Choice]:
        """Offer each class, where there is one, the largest first."""
        counts = Counter(made.class_id for made in self._attempts if made.class_id)
        classes = [
            Choice(Command.CLASS, f"{self._called(one)} ({count} answers)", value=one)
            for one, count in counts.most_common()
        ]
        everyone = [Choice(Command.CLASS, "Everyone")] if classes else []
        return [BACK, *everyone, *classes]

    def _called(self, class_id: str) -> str:
        found = self._known.get(class_id)
        return f"Class “{found.name}”" if found else f"Class {class_id}"


class ExerciseScreen(PracticePage):
    """Goes through an exercise in any mode; each step is kept, so it may be left at any key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,space", "next", "Next", tooltip="Continue.", priority=True),
        Binding("w", "words", "Words", tooltip="What the words in the story mean.", priority=True),
        Binding(
            "question_mark", "how", "Help", key_display="?", tooltip="What to do.", priority=True
        ),
        Binding("backspace", "previous", "Back", key_display="Bksp", priority=True),
        Binding(
            "v", "review", "Review", tooltip="See all your answers in the test.", priority=True
        ),
        Binding("slash", "no_words", show=False),
        Binding("h", "hand_in", "Hand in", tooltip="Hand in the test.", priority=True),
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
        """The exercise as it is now; None once it was left."""
        return self._practice.exercise

    @property
    def in_test(self) -> bool:
        """Tell whether a test is still open, in which nothing is explained."""
        return in_test(self._practice.exercise)

    def on_mount(self) -> None:
        """Take what was typed right after the key that opened this as meant for it."""
        self._draw(since=self.app.pressed_at)

    def on_resize(self) -> None:
        """Lay out anew what is side by side."""
        if self.exercise and self._width and self._width != self.room_for_text:
            self.reading.lay_out(self._blocks(self.exercise)[0])

    async def chosen(self, choice: Choice) -> None:
        """Take an answer, continue, or leave."""
        if self._too_soon():
            return
        match choice.command:
            case Command.ANSWER:
                self._practice.answer(choice.value)
            case Command.NEXT | Command.BEGIN:
                self._practice.go_on()
            case Command.REVIEW:
                self._practice.turn(int(choice.value))
            case Command.HAND_IN:
                await self.action_hand_in()
                return
            case _:
                await self.action_leave()
                return
        self._draw()

    async def action_hand_in(self) -> None:
        """Hand in the test, after a last question."""

        def hand_in(said: Command | None) -> None:
            if said == Command.YES:
                self._practice.hand_in()
                self._draw()

        await self.app.push_screen(ConfirmScreen(SURE, yes_or_no(HAND_IN, KEEP_ON)), hand_in)

    def action_next(self) -> None:
        """Go on to what follows: the next story, or the next question about this one."""
        if not self._too_soon():
            self._practice.go_on()
            self._draw()

    def action_previous(self) -> None:
        """Go back in a test, where every answer can be changed."""
        self._turn(-1)

    def action_review(self) -> None:
        """Show every answer of a test."""
        self._turn(MOST)

    def _turn(self, by: int) -> None:
        exam = self.exercise
        if isinstance(exam, Exam):
            self._practice.turn(exam.place + by)
            self._draw()

    async def action_words(self) -> None:
        """Say what the words of the story mean."""
        await self.app.push_screen(
            ReadingScreen("Words", practice_drawing.terms_page(terms(self.exercise)))
        )

    async def action_how(self) -> None:
        if self.exercise:
            await self.app.push_screen(
                ReadingScreen("What to do here", practice_drawing.how_page(self.exercise))
            )

    def action_no_words(self) -> None:
        """Say what to press, where something is pressed that does nothing here."""
        closed = {"w": NO_WORDS, "l": NO_LOOK_UP} if self.in_test else {}
        words = "Press the number of a line. Press ? to see the other keys."
        self._say("#trouble", closed.get(self.app.pressed, words), "bold")

    def on_key(self, event: events.Key) -> None:
        """Say what to press, where a letter is pressed that does nothing here."""
        said = (event.character or "").isalpha() or event.key == "backspace"
        if said and event.key not in self.active_bindings and self.check_action("no_words", ()):
            self.action_no_words()

    async def action_leave(self) -> None:
        """Go back to where one was; a closed test is left only after a question."""
        await self.after_leaving(self.dismiss)

    async def after_leaving(self, then: Callable[[], object]) -> None:
        """Leave the exercise and then do something, unless that is not wanted after all."""

        def leave(said: Command | None) -> None:
            if said == Command.YES:
                self._practice.leave()
                then()

        if self.in_test:
            await self.app.push_screen(ConfirmScreen(LEAVING, yes_or_no(LEAVE, STAY), LEFT), leave)
        else:
            leave(Command.YES)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        exam = self.exercise if isinstance(self.exercise, Exam) else None
        offered = [one.command for one in self.choices.offered]
        can = {
            "next": Command.NEXT in offered or bool(exam and exam.story),
            "previous": bool(exam and exam.stage in {"story", "review"}),
            "review": bool(exam and exam.story),
            "hand_in": bool(exam and exam.stage == "review"),
            "words": not self.in_test and not (exam and exam.stage == "start"),
        }
        return can.get(action, True) and super().check_action(action, parameters)

    def _too_soon(self) -> bool:
        return self._debounce.too_soon(self.app.pressed, self.app.pressed_at)

    def _blocks(self, exercise: Exercise) -> tuple[list[Block], int]:
        self._width = self.room_for_text
        beside = compared(self._practice.syllabus, exercise)
        if isinstance(exercise, Exam) and exercise.stage == "start":
            beside = (self._practice.trainee.line,)
        return practice_drawing.drawn(exercise, self._width, beside)

    def _draw(self, since: float | None = None) -> None:
        """Show where the exercise is, to which the key pressed last has led."""
        self._debounce.turn(self.app.pressed, since)
        exercise = self.exercise
        if exercise is None:
            return
        self.query_one(TitleBar).draw_anew()
        blocks, read_from = self._blocks(exercise)
        self.show(
            Page(
                blocks,
                self._practice.choices,
                read_from,
                *exercise.asks,
                standing=exercise.line,
                trouble=self._practice.trouble,
                picked=practice_drawing.picked(exercise, self._practice.choices),
                columns=2 if self.check_action("hand_in", ()) else 1,
            )
        )
