"""The app: its places, its themes and its commands; each screen does its own work."""

import gc
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from assistant.bootstrap import Services
from assistant.crash import EXIT_CODE, crash_sentence
from assistant.tui.commands import bindings, commands_in
from assistant.tui.screens.interview import InterviewScreen

DARK, LIGHT = "textual-dark", "textual-light"
"""The two themes."""

_STYLES = Path(__file__).parent / "styles"


class ServiceGroupApp(App[None]):
    """Holds the interview and what was recorded."""

    TITLE = "Service Group Assistant"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        _STYLES / f"{name}.tcss" for name in ("interview", "record", "pages")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.theme = DARK

    def get_default_screen(self) -> Screen[None]:
        return InterviewScreen(self._services)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the same commands as the keys do, where they can be used now."""
        for command in commands_in(("interview", "app")):
            target = self if command.place == "app" else screen
            run = getattr(target, f"action_{command.action}", None)
            if run and target.check_action(command.action, ()) and command.action != "commands":
                yield SystemCommand(f"{command.label} ({command.shown_key})", command.about, run)

    def action_commands(self) -> None:
        self.action_command_palette()

    def action_theme(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK

    def action_records(self) -> None:
        from assistant.tui.screens.records import RecordsScreen  # noqa: PLC0415 - not at the start

        if not isinstance(self.screen, RecordsScreen):
            self.push_screen(RecordsScreen(self._services))

    def action_interview(self) -> None:
        from assistant.tui.screens.records import RecordsScreen  # noqa: PLC0415 - not at the start

        if isinstance(self.screen, RecordsScreen):
            self.pop_screen()

    def action_show(self, place: str) -> None:
        """Go to a place named in the title bar."""
        if place == "records":
            self.action_records()
        else:
            self.action_interview()

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C: every answer is already kept as a draft."""
        self.exit(return_code=130)

    def _fatal_error(self) -> None:
        # Textual prints a traceback with the values around it, which can hold what a worker typed,
        # and has no public hook in its place.
        self._return_code = EXIT_CODE
        self.panic(crash_sentence(sys.exception() or RuntimeError()))


def run(services: Services) -> int:
    """Show the app until it is left, and give the exit code."""
    gc.freeze()  # as in `bootstrap`: Textual's classes stay too
    app = ServiceGroupApp(services)
    app.run()
    return app.return_code or 0
