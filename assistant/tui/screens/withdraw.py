"""Asks why an entry is withdrawn, makes sure, and withdraws it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.form_fields import Field
from assistant.interview.recording import Before
from assistant.interview.withdrawing import withdraw
from assistant.tui.screens.asking import AskingScreen
from assistant.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem

_FIELDS = {"why": Field("Why", "such as recorded twice")}


class WithdrawScreen(AskingScreen[str | None]):
    """Gives the sentence that says that an entry is withdrawn, or None where it stands."""

    DONE = "Withdraw"

    def __init__(self, services: Services, before: Before) -> None:
        words = (
            "A withdrawn entry counts no more. It stays in the list, marked, with the reason that"
            " you give. No names, birth dates, addresses or allegations."
        )
        super().__init__(f"Withdraw entry {before.seq}", _FIELDS, {}, words)
        self._services = services
        self._before = before
        self._withdrawal = services.new_id()

    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        from assistant.records.guard.form import why_problems  # noqa: PLC0415 - only a form needs it

        return list(why_problems(form["why"]))

    def done(self, form: Mapping[str, str]) -> None:
        self._withdraw(form["why"])

    @work
    async def _withdraw(self, why: str) -> None:
        """Withdraw it after a last yes; what was typed stays where that fails."""
        if not self.is_active:
            return
        question = f"Withdraw entry {self._before.seq}? This cannot be taken back."
        ask = ConfirmScreen(question, yes="Withdraw it", no="Let it stand")
        if not await self.app.push_screen_wait(ask):
            return
        services = self._services
        try:
            sentence = withdraw(
                self._before,
                why,
                id_=self._withdrawal,
                when=services.now(),
                open_records=services.open_records,
            )
        except RecordsError as error:
            self.say(f"Not withdrawn. {error}\nWhat you typed is still here.")
        else:
            self.dismiss(sentence)
