"""Practice on the screen."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from assistant.commands import Choice, Command, Where
from assistant.errors import GuideError, RecordsError, UsageError
from assistant.screen import practice_drawing
from assistant.screen.column import Choices, Paragraph, Sheet, plain, turn_pages
from assistant.screen.dialogs import ConfirmScreen, ReadingScreen, yes_or_no
from assistant.screen.practice_drawing import Page
from assistant.screen.theme import DOT, MORE_BELOW
from assistant.screen.widgets import (
    TOO_SMALL,
    Debounce,
    Keys,
    NumberedScreen,
    PracticeReading,
    TitleBar,
    bindings,
)
from assistant.services import (
    Services,
    classes_here,
    hand_in_results,
    others_practice_here,
    practice_session,
)
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
    NO_TEST_YET,
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
        Binding("m", "more", "More", tooltip="Read the rest of the feedback.", priority=True),
        Binding("escape", "leave", "Back", key_display="Esc", priority=True),
    ]

    reading = query_one("#reading", PracticeReading)
    sheet = query_one("#sheet", Sheet)
    standing = query_one("#standing", Static)
    trouble = query_one("#trouble", Static)

    _page = Page([], [])

    def compose(self) -> ComposeResult:
        yield TitleBar("practice")
        with Vertical(id="body"):
            yield PracticeReading(id="reading")
            with Sheet(id="sheet"):
                yield Choices(fills=True)
            yield Static(id="trouble", markup=False)
            yield Static(id="standing", markup=False)
        yield Static(TOO_SMALL, id="too-small")
        yield Keys()

    def on_mount(self) -> None:
        self.watch(self.reading, "hidden", self._tell)
        self.watch(self.sheet, "scroll_y", self._tell, init=False)
        self.screen_layout_refresh_signal.subscribe(self, self._fit)

    @property
    def lead(self) -> list[tuple[str, str]]:
        """The keys of the choices, for the row of keys."""
        return self.choices.keys("Answer" if self._page.ask else "Choose")

    def show(self, page: Page) -> None:
        """Draw a page, and give its choices the keyboard."""
        self._page = page
        with self.app.batch_update():
            heads = page.heads(gap=self.has_class("-low"))
            self.choices.show(page.choices, *heads, columns=page.columns)
            self.choices.highlighted = page.picked
            self.say(page.trouble)
            self._fit()
            self.reading.show(page.read, page.read_from)
            self.sheet.scroll_home(animate=False, immediate=True)
            self._tell()
        self.set_focus(self.choices)
        self.refresh_bindings()

    def say(self, words: str) -> None:
        self.trouble.update(plain(" ".join(words.split()), "bold"))
        self.trouble.display = bool(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Do nothing that cannot be seen, nor show more where there is none."""
        return not (self.has_class("-tiny") or self.has_class("-flat")) and (
            action != "more" or bool(self._page.more)
        )

    def on_resize(self) -> None:
        """Return the keyboard back to the choices after the window was too small to show them."""
        if self.focused is None:
            self.call_after_refresh(self.set_focus, self.choices)

    def action_read(self, pages: int) -> None:
        """Scroll what is read by whole pages, while the choices keep the keyboard."""
        turn_pages(self.reading, pages, max(1, self.reading.size.height - 2))

    def action_more(self) -> None:
        """Show what was kept back."""
        self.show(self._page.opened)

    async def action_leave(self) -> None:
        self.dismiss()

    def _fit(self, _: object = None) -> None:
        """Leave what is read the rows that the choices and the lines below them leave."""
        taken = sum(one.outer_size.height for one in (self.trouble, self.standing) if one.display)
        apart = self.reading.gutter.height + self.sheet.styles.margin.height
        room = self.query_one("#body").size.height - taken - apart - self.choices.least
        if self.size.height:
            self.reading.fit(max(3, room))
            self._tell()

    def _tell(self) -> None:
        """Say whether there is more to read than is in sight, and where things stand."""
        above, below = self.reading.hidden
        if self.sheet.scroll_target_y < self.sheet.max_scroll_y:
            more = f"{MORE_BELOW} More answers (↓)"
        elif below or self._page.more:
            more = f"{MORE_BELOW} More below (PgDn)" if below else f"{MORE_BELOW} More (m)"
        else:
            more = "More above (PgUp)" if above else ""
        words = plain(f" {DOT} ".join(filter(None, (more, self._page.standing))))
        if words != self.standing.content:
            self.standing.update(words)


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
        self.show(_saying("Getting stories ready…"))
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
                begun = practice.begin(command, choice.value)
                await self._enter(practice)
                if begun is None and command == Command.LAST_TEST:
                    self.say(NO_TEST_YET)

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
            self.show(_saying(str(error)))
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

    def _draw(self, practice: PracticeSession) -> None:
        others = others_practice_here(self._services, practice.alias)
        report = others and not self._services.training_only
        offered = practice.home_choices(results=not self._services.shares_practice, report=report)
        offered += practice.left_classes
        progress = practice.progress()
        read = [*practice_drawing.home_paragraphs(practice, progress)]
        self.show(Page(read, offered, standing=progress.line, trouble=practice.trouble))


def _saying(words: str, *choices: Choice) -> Page:
    return Page([Paragraph(plain(words), gap=True)], choices)


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
            self.show(_saying(words, BACK))
        else:
            self._draw()

    async def chosen(self, choice: Choice) -> None:
        """Show another class, or go back."""
        if choice.command == Command.BACK:
            self.dismiss()
        else:
            self._class = choice.value
            self._draw()

    def _draw(self) -> None:
        everyone = "Everyone here"
        whose = self._called(self._class) if self._class else everyone
        self.show(Page(self._read(), self._choices(), standing=whose))

    def _read(self) -> list[Paragraph]:
        """Draw the report of the class chosen; days are those of this computer's clock."""
        zone = self._services.now().astimezone().tzinfo
        chosen = [one for one in self._attempts if not self._class or one.class_id == self._class]
        here = self._known.get(self._class)
        made = class_report(self._syllabus, chosen, *([zone] if zone else []), found=here)
        return [*practice_drawing.report_paragraphs(self._syllabus.guide, made)]

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


_ONE_COLUMN = 12  # choices up to which they are in one column


class ExerciseScreen(PracticePage):
    """Goes through an exercise in any mode; each step is kept, so it may be left at any key."""

    where = Where.PRACTICE

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.PRACTICE),
        Binding("slash", "no_words", show=False),
    ]

    def __init__(self, practice: PracticeSession, *, opened_with: str = "") -> None:
        """Show the exercise that is open; `opened_with` is the key that did so."""
        super().__init__()
        self._debounce = Debounce(opened_with)
        self._practice = practice

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
            case Command.TEST:
                self._practice.begin(Command.TEST, length=int(choice.value))
            case Command.HAND_IN:
                await self.action_hand_in()
                return
            case _:
                await self.action_stop()
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

    def action_back(self) -> None:
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

    async def action_why(self) -> None:
        if self.exercise:
            await self.app.push_screen(
                ReadingScreen("What to do here", practice_drawing.how_page(self.exercise))
            )

    def action_no_words(self) -> None:
        """Say what to press, where something is pressed that does nothing here."""
        closed = {"w": NO_WORDS, "l": NO_LOOK_UP} if self.in_test else {}
        words = "Press the number of a line. Press ? to see the other keys."
        self.say(closed.get(self.app.pressed, words))

    def on_key(self, event: events.Key) -> None:
        """Say what to press, where a letter is pressed that does nothing here."""
        said = (event.character or "").isalpha() or event.key == "backspace"
        if said and event.key not in self.active_bindings and self.check_action("no_words", ()):
            self.action_no_words()

    async def action_stop(self) -> None:
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
            "back": bool(exam and exam.stage in {"story", "review"}),
            "review": bool(exam and exam.story),
            "hand_in": bool(exam and exam.stage == "review"),
            "words": not self.in_test and not (exam and exam.stage == "start"),
        }
        return can.get(action, True) and super().check_action(action, parameters)

    def _too_soon(self) -> bool:
        return self._debounce.too_soon(self.app.pressed, self.app.pressed_at)

    def _draw(self, since: float | None = None) -> None:
        """Show where the exercise is, to which the key pressed last has led."""
        self._debounce.turn(self.app.pressed, since)
        exercise, practice = self.exercise, self._practice
        if exercise is None:
            return
        self.query_one(TitleBar).draw_anew()
        beside = compared(practice.syllabus, exercise)
        page = practice_drawing.exercise_page(exercise, practice.choices, beside)
        if isinstance(exercise, Exam) and exercise.stage == "start":
            page = replace(
                page, read=[*page.read, Paragraph(plain(practice.trainee.line), gap=True)]
            )
        columns = 1 + (len(page.choices) > _ONE_COLUMN)
        self.show(replace(page, trouble=practice.trouble, columns=columns))
