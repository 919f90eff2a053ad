"""Screens that close once, however fast the key that closes them is pressed again."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


class OnceScreen(Screen[Result]):
    """A screen that is closed at the first word; a second would close the one below it."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, as soon as all of the screen is there to be closed."""
        if not self.is_mounted:
            self.call_later(self.dismiss, result)
        elif self.is_active:
            return super().dismiss(result)
        return AwaitComplete()


class OnceModal(OnceScreen[Result], ModalScreen[Result]):
    """The same over another screen."""
