"""Practice opened from the interview in lines, which waits meanwhile and is come back to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.bootstrap import Services
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.plain.practice.session import PracticeSession


class PracticeBeside:
    """Hears lines while `open`; `quits` tells that the interview is to be left too."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._session: PracticeSession | None = None

    @property
    def open(self) -> bool:
        """Tell whether practice, and not the interview, is to hear what is typed."""
        return self._session is not None and not self._session.ended

    @property
    def quits(self) -> bool:
        """Tell whether whoever practised wants to leave altogether."""
        return self._session is not None and self._session.quits

    def opening(self) -> list[str]:
        """Open it, under the same alias as before, and give what is said; or why it cannot be."""
        # What practice needs costs more to load than an interview.
        from assistant.plain.practice.home import Wanted  # noqa: PLC0415
        from assistant.plain.practice.session import PracticeSession  # noqa: PLC0415

        wanted = Wanted(
            alias=self._services.settings.alias,
            given=self._services.given,
            offers_class=True,
            leave="Back to the interview",
        )
        self._session = self._session or PracticeSession(self._services, wanted)
        return self._said(self._session.opening)

    def hear(self, typed: str) -> list[str]:
        """Take one line, and give what is said to it."""
        session = self._session
        return self._said(lambda: session.hear(typed)) if session else []

    def _said(self, say: Callable[[], list[str]]) -> list[str]:
        try:
            return say()
        except AssistantError as error:
            self._session = None
            return str(error).split("\n")
