"""The application on the screen."""

import asyncio
import gc
import os
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePath
from signal import SIGTERM
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Command as Found
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hits
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Input, LoadingIndicator, Static

from assistant.cases.help import leaving_words
from assistant.commands import Command, Where, keys
from assistant.errors import CRASHED, crash_sentence
from assistant.screen.dialogs import LeaveScreen, PracticeAlias
from assistant.screen.interview import InterviewScreen
from assistant.screen.theme import DARK, LIGHT
from assistant.screen.widgets import Keys, KeysInOrder, NumberedScreen, bindings, is_typed_into
from assistant.services import LIFELINE_VARIABLE, Services, trainee_of
from assistant.settings import keep_crash_report

if TYPE_CHECKING:
    from assistant.cases.forms import PreviousEntry
    from assistant.engine.lookup import Hit


def end_with_lifeline() -> None:
    """Watch the pipe that a server holds open, where there is one; every answer is kept already.

    With the server gone nobody can be drawn to, so nothing is tidied: that alone would be a fault.
    """
    end = os.environ.get(LIFELINE_VARIABLE, "")
    if end.isdecimal():
        asyncio.get_running_loop().add_reader(int(end), partial(os._exit, ENDED))


ENDED = 128 + SIGTERM  # exit code of a process that was told to end

_COMMANDS = frozenset(command.value for command in keys(Where.APP))

_PLACES = frozenset({"interview", "lookup", "practice", "records"})  # what a closed test keeps shut

_STYLES = Path(__file__).parent / "styles"


class _InOrder(SystemCommandsProvider):
    """Lists the commands in the order of their table, until something is typed."""

    async def discover(self) -> Hits:
        for name, about, run, is_listed in self.app.get_system_commands(self.screen):
            if is_listed:
                yield DiscoveryHit(name, run, help=about)


class Palette(CommandPalette):
    """Textual's list of all commands, laid out as a dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "escape", "Close", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__([_InOrder], placeholder="Search", id="--command-palette")

    def compose(self) -> ComposeResult:
        with Vertical(id="--container"):
            yield Static("All commands", id="title")
            with Horizontal(id="--input"):
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()
            yield Keys(("↑↓", "Choose"), ("Enter", "Run"))

    def on_resize(self) -> None:
        """Take four fifths of the screen, with the rows of the frame, the title and the keys."""
        self.query_one(CommandList).styles.height = max(4, self.size.height * 4 // 5 - 10)

    def _refresh_command_list(
        self, command_list: CommandList, commands: list[Found], clear_current: bool
    ) -> None:
        """Pick the first found, but none while nothing is typed: Enter alone is no command."""
        super()._refresh_command_list(command_list, commands, clear_current)
        if not self.query_one(CommandInput).value:
            command_list.highlighted = None


class ServiceGroupApp(KeysInOrder):
    """Holds the interview and what was recorded."""

    TITLE = "Service Group Assistant"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        _STYLES / f"{name}.tcss" for name in ("screen", "pages", "practice", "inline")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.APP)]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._alias = services.settings.alias
        self._practiced = False
        self._told_to_end = False
        self._is_ready = self._is_left = False
        self._typed_early: list[events.Event] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._begin_in_dark()
        if services.settings.theme == "light":
            self.theme = LIGHT.name
        if services.settings.reduced_motion:
            self.animation_level = "none"

    def _begin_in_dark(self) -> None:
        """Put the dark theme in place of Textual's; a change to it would parse all styles twice."""
        self.set_reactive(App.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Leave in good order when told to end, so that the terminal is left as it was."""
        if sys.platform != "win32" and not self.is_headless:
            asyncio.get_running_loop().add_signal_handler(SIGTERM, self._end)
        end_with_lifeline()
        place = self._services.bookmarks.left() if self._services.resumes else None
        if place:
            self.call_later(self._practice, self._alias or place.alias)
        elif self._services.assigned:
            self.call_later(self.action_practice)

    async def on_event(self, event: events.Event) -> None:
        """Keep what comes before there is a page to take it; drop what comes after it is left."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self._is_ready:
            self._typed_early.append(event)
        elif not self._is_left:
            await super().on_event(event)

    async def on_ready(self) -> None:
        """Take what came before the page, in its order."""
        self._is_ready = True
        for event in self._typed_early:
            await self.on_event(event)

    def _end(self) -> None:
        self._told_to_end = True
        self.exit(return_code=ENDED)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Do nothing while something is typed or a dialog is open, nor go where nothing is offered."""
        screen = self.screen if self.screen_stack else None
        if action in _COMMANDS and screen and (screen.is_modal or is_typed_into(screen)):
            return False
        return self.offers(action)

    def offers(self, place: str) -> bool:
        """Tell whether a place can be gone to: no records in training, and none from a closed test."""
        if place in _PLACES and self._in_test:
            return False
        return place != "records" or not self._services.training_only

    @property
    def _in_test(self) -> bool:
        return any(getattr(screen, "in_test", False) for screen in self.screen_stack)

    async def action_go(self, place: str) -> None:
        """Go to a place whose name was clicked, whatever is typed in between."""
        done = getattr(self, f"action_{place}")() if self.offers(place) else None
        if done is not None:
            await done

    def get_default_screen(self) -> Screen[None]:
        return InterviewScreen(self._services)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the same commands as the keys do, where they can be used now."""
        here: Where | None = getattr(screen, "where", None)
        for target, place in ((screen, here), (self, Where.APP)):
            for command, key in keys(place).items() if place else ():
                run = getattr(target, f"action_{command}", None)
                can = self.offers if target is self else partial(screen.check_action, parameters=())
                if run and can(command) and command != Command.COMMANDS:
                    yield SystemCommand(f"{key.label} ({key.shown})", key.about, run)
        if isinstance(screen, NumberedScreen):
            for choice in screen.choices.offered:
                if choice.command != Command.ANSWER:
                    run = partial(screen.chosen, choice)
                    yield SystemCommand(choice.label, choice.note, run, discover=False)
        if self._in_test:
            return
        from assistant.screen.dialogs import help_commands  # noqa: PLC0415 - for the palette alone

        yield from help_commands(self, self._services.loaded.folder)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the caret still where motion is not wanted."""
        if self._services.settings.reduced_motion and isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    async def action_commands(self) -> None:
        """Open the palette; what is typed next waits for it."""
        await self.push_screen(Palette())
        self.screen.set_focus(self.screen.query_one(Input))

    def action_theme(self) -> None:
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    async def action_lookup(self) -> None:
        """Open the lookup; an entry chosen there begins an interview with its facts filled in."""
        from assistant.screen.lookup import LookUpScreen  # noqa: PLC0415 - its library loads late

        if not isinstance(self.screen, LookUpScreen) and self.check_action("lookup", ()):
            front = next(one for one in self.screen_stack if isinstance(one, InterviewScreen))
            lookup = LookUpScreen(self._services.loaded.guide, front.session)
            await self.push_screen(lookup, self._begin_from)

    def _begin_from(self, hit: "Hit | None") -> None:
        """Go back to where the lookup was opened, or begin from what was chosen there."""
        if hit is None:
            return
        self.action_interview()
        if isinstance(self.screen, InterviewScreen):
            self.screen.begin_from(hit.title, hit.facts)

    async def action_records(self) -> None:
        from assistant.screen.records import RecordsScreen  # noqa: PLC0415 - not at the start

        if not isinstance(self.screen, RecordsScreen):
            self.action_interview()
            await self.push_screen(RecordsScreen(self._services), self._take_up)

    def _take_up(self, before: "PreviousEntry | None") -> None:
        if before and isinstance(self.screen, InterviewScreen):
            self.screen.show(self.screen.session.take_up(before))

    async def action_practice(self) -> None:
        """Open practice, once it is known under which alias; from a session, go back to its home."""
        from assistant.screen.practice import PracticeScreen  # noqa: PLC0415 - as above

        if isinstance(self.screen, PracticeScreen):
            return
        self.action_interview()
        if self._alias:
            await self._practice(self._alias)
        else:
            place = self._services.bookmarks.left()
            await self.push_screen(
                PracticeAlias(place.alias if place else "", partial(trainee_of, self._services)),
                self._practice,
            )

    async def _practice(self, alias: str | None) -> None:
        """Open practice; for the first time where it was left, or at the class given."""
        if alias:
            from assistant.screen.practice import PracticeScreen  # noqa: PLC0415 - as above

            self._alias = alias
            first, self._practiced = not self._practiced, True
            await self.push_screen(PracticeScreen(self._services, alias, first=first))

    def action_interview(self) -> None:
        while not isinstance(self.screen, InterviewScreen):
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave; every answer is kept as a draft already, or it is asked whether that is all right."""
        await self._leave(0)

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C, after the same question."""
        self.call_later(self._leave, 130)

    async def _leave(self, code: int) -> None:
        def leave(said: Command | None) -> None:
            if said == Command.YES:
                self._is_left = True
                self.exit(return_code=code, message=self._last_words())

        after_leaving = getattr(self.screen, "after_leaving", None)
        if self._in_test and after_leaving:
            await after_leaving(partial(self.exit, return_code=code))
            return
        interview = self.screen_stack[0]
        lost = interview.would_be_lost if isinstance(interview, InterviewScreen) else ""
        if not lost:
            leave(Command.YES)
        elif not isinstance(self.screen, LeaveScreen):
            await self.push_screen(LeaveScreen(lost), leave)

    def _last_words(self) -> str | None:
        """Return what the terminal says of the interview's answers after the screen is gone."""
        interview, *beside = self.screen_stack
        if not isinstance(interview, InterviewScreen) or self.is_web:
            return None
        if beside and not interview.session.view.everything_said:
            return None  # it was about something else
        interview.remember_form()
        return leaving_words(interview.session, "press")

    def _fatal_error(self) -> None:
        # Textual prints a traceback with the values around it, which can hold what a worker typed,
        # and has no public hook in its place.
        error = sys.exception() or RuntimeError()
        if self._told_to_end or isinstance(error, BrokenPipeError):
            # A screen that is left while it is being put up misses its parts, and a tab that was closed
            # takes nothing more: neither is a fault.
            self._return_code = ENDED
            self._close_messages_no_wait()
            return
        self._return_code = CRASHED
        self._exit_renderables.clear()  # of a second fault Textual would say how to see both
        self.panic(crash_sentence(error, keep_crash_report))


def run(services: Services, *, inline: bool = False) -> int:
    """Show the app until it is left, and give the exit code; `inline` is under the prompt."""
    gc.freeze()  # what is there now stays; looking through it for garbage costs a start 20 ms
    app = ServiceGroupApp(services)
    try:
        app.run(inline=inline)
    except BrokenPipeError:  # whoever looked is gone, and Textual says goodbye all the same
        return ENDED
    return app.return_code or 0
