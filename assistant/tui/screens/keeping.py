"""The interviews behind a screen: begun, kept as drafts, gone on with and started again."""

from abc import abstractmethod

from textual import work

from assistant.bootstrap import Services
from assistant.engine.terms import Glossary
from assistant.engine.walk import Answers
from assistant.interview.drafting import Drafting
from assistant.interview.entry_line import taken_up
from assistant.interview.recording import Before
from assistant.interview.view import View
from assistant.records.drafts import Draft
from assistant.tui.screens.paged import PagedScreen


class KeepingScreen(PagedScreen):
    """Holds one interview in front, each answer kept as a draft, and goes to any other."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._drafting = Drafting(services.drafts, services.loaded, services.now)
        self._glossary = Glossary(services.loaded.guide)
        super().__init__(self._new_view())

    @abstractmethod
    def _show(self, view: View) -> None:
        """Draw everything anew from one value."""

    @property
    def would_be_lost(self) -> bool:
        """Tell whether leaving now loses answers, since they cannot be kept as a draft."""
        return bool(self._drafting.refusal(self._shown))

    def begin_from(self, title: str, facts: Answers) -> None:
        """Begin an interview with facts filled in from the look-up; the one left is kept as a draft."""
        self._drafting.look()
        notice = f"Filled in from the look-up: {title}. Press c to change any of it."
        self._keep(self._new_view().filled_in(facts).saying(notice))

    def take_up(self, before: Before) -> None:
        """Take up the interview of a recorded entry again; the one left is kept as a draft."""
        self._drafting.look(self._shown.id)
        refused = self._drafting.refusal(self._shown)
        begun = (draft for draft in self._drafting.waiting if draft.corrects == before.entry.id)
        if refused:
            self._show(self._shown.saying(refused))
        elif self._shown.corrects == before.entry.id:
            self._show(self._shown.turned("asking"))
        elif draft := next(begun, None):
            self._resume(draft)
        else:
            self._show(taken_up(self._services.loaded, before, self._new_view()))

    def action_draft(self) -> None:
        """Go on with the unfinished interview, or choose among several."""
        self._drafting.look(self._shown.id)
        refused = self._drafting.refusal(self._shown)
        if refused:
            self._show(self._shown.saying(refused))
        elif len(self._drafting.waiting) > 1:
            from assistant.tui.screens.drafts import DraftsScreen  # noqa: PLC0415 - not at the start

            self.app.push_screen(DraftsScreen(self._drafting), self._resume)
        else:
            self._resume(next(iter(self._drafting.waiting), None))

    @work
    async def action_start_again(self) -> None:
        """Ask what becomes of the answers; a recorded interview stays as it is."""
        if not self.is_active:
            return
        if self._shown.mode != "recorded":
            from assistant.tui.screens.start_again import StartAgainScreen  # noqa: PLC0415 - as above

            ask = StartAgainScreen(can_be_kept=not self.would_be_lost)
            chosen = await self.app.push_screen_wait(ask)
            if chosen is None:
                return
            if chosen == "drop":
                self._drafting.discard(self._shown.id)
        self._drafting.look()
        self._show(self._new_view())

    def _look_for_drafts(self) -> None:
        """Go on with what was left where that is wanted unasked; otherwise say what waits."""
        self._drafting.look()
        waiting = self._drafting.waiting
        if self._services.resumes and waiting:
            self._resume(waiting[0])
            return
        how = "choose one" if len(waiting) > 1 else "go on with it"
        words = f"{self._drafting.waiting_words} Press u to {how}." if waiting else ""
        self._show(self._shown.saying(words))

    def _resume(self, draft: Draft | None) -> None:
        """Show the interview of a draft; without one, only what can be done now has changed."""
        if draft:
            self._show(self._drafting.resumed(draft, self._shown))
        else:
            self.refresh_bindings()

    def _keep(self, view: View) -> None:
        """Show a view once its answers are safe in the draft."""
        self._show(self._drafting.saved(view))

    def _new_view(self) -> View:
        return View(self._services.loaded.guide, self._services.new_id(), glossary=self._glossary)
