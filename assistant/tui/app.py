"""The app: its places, its themes and its commands; each screen does its own work."""

import asyncio
import gc
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePath
from signal import SIGTERM
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from assistant.bootstrap import Services
from assistant.crash import EXIT_CODE, crash_sentence
from assistant.tui.commands import bindings, commands_in
from assistant.tui.screens.interview import InterviewScreen

if TYPE_CHECKING:
    from assistant.engine.lookup import Hit

DARK, LIGHT = "textual-dark", "textual-light"
"""The two themes."""

_STYLES = Path(__file__).parent / "styles"


class ServiceGroupApp(App[None]):
    """Holds the interview and what was recorded."""

    TITLE = "Service Group Assistant"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        _STYLES / f"{name}.tcss" for name in ("interview", "record", "pages", "inline")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.theme = LIGHT if services.settings.theme == "light" else DARK
        if services.settings.reduced_motion:
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Leave in good order when told to end, so that the terminal is given back as it was."""
        if sys.platform != "win32" and not self.is_headless:
            leave = partial(self.exit, return_code=128 + SIGTERM)
            asyncio.get_running_loop().add_signal_handler(SIGTERM, leave)

    def get_default_screen(self) -> Screen[None]:
        return InterviewScreen(self._services)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the same commands as the keys do, where they can be used now."""
        for command in commands_in(("interview", "app")):
            target = self if command.place == "app" else screen
            run = getattr(target, f"action_{command.action}", None)
            if run and target.check_action(command.action, ()) and command.action != "commands":
                yield SystemCommand(f"{command.label} ({command.shown_key})", command.about, run)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the caret still where motion is not wanted."""
        if self._services.settings.reduced_motion and isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def action_commands(self) -> None:
        self.action_command_palette()

    def action_theme(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK

    def action_lookup(self) -> None:
        """Open the look-up; an entry chosen there begins an interview with its facts filled in."""
        from assistant.tui.screens.lookup import LookUpScreen  # noqa: PLC0415 - its library loads late

        if not isinstance(self.screen, LookUpScreen):
            self.action_interview()
            self.push_screen(LookUpScreen(self._services.loaded.guide), self._begin_from)

    def _begin_from(self, hit: "Hit | None") -> None:
        if hit and isinstance(self.screen, InterviewScreen):
            self.screen.begin_from(hit.title, hit.facts)

    def action_records(self) -> None:
        from assistant.tui.screens.records import RecordsScreen  # noqa: PLC0415 - not at the start

        if not isinstance(self.screen, RecordsScreen):
            self.push_screen(RecordsScreen(self._services))

    def action_interview(self) -> None:
        if not isinstance(self.screen, InterviewScreen):
            self.pop_screen()

    def action_show(self, place: str) -> None:
        """Go to a place named in the title bar."""
        go = {"records": self.action_records, "lookup": self.action_lookup}
        go.get(place, self.action_interview)()

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C: every answer is already kept as a draft."""
        self.exit(return_code=130)

    def _fatal_error(self) -> None:
        # Textual prints a traceback with the values around it, which can hold what a worker typed,
        # and has no public hook in its place.
        self._return_code = EXIT_CODE
        self.panic(crash_sentence(sys.exception() or RuntimeError()))


def run(services: Services, *, inline: bool = False) -> int:
    """Show the app until it is left, and give the exit code; `inline` is under the prompt."""
    gc.freeze()  # what is there now stays; looking through it for garbage costs a start 20 ms
    app = ServiceGroupApp(services)
    app.run(inline=inline)
    return app.return_code or 0
