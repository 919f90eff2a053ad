"""All sessions that live: one for each visitor, and no more than there are places."""

from pathlib import Path

from aiohttp import web

from assistant.bootstrap import TRAINING_VARIABLE
from assistant.paths import DRAFTS_VARIABLE
from assistant.settings import ALIAS_VARIABLE
from assistant.web.ending import Ending
from assistant.web.lifeline import Lifeline
from assistant.web.messages import Size
from assistant.web.plan import Plan
from assistant.web.process import SessionProcess
from assistant.web.session import Session
from assistant.web.turns import Turns
from assistant.web.visitor import Visitor


class Sessions:
    """Opens and ends sessions; `data` is the folder whose drafts' folders they are given."""

    def __init__(self, plan: Plan, data: Path, lifeline: Lifeline) -> None:
        self._plan = plan
        self._data = data
        self._lifeline = lifeline
        self._turns = Turns(plan.at_once)
        self._held: dict[str, Session] = {}

    async def hold(self, visitor: Visitor, socket: web.WebSocketResponse, size: Size) -> None:
        """Hold a session until it ends; an earlier one of the same visitor ends first.

        So a reload goes on, and so does a second tab: there is one draft, and one hand writes it.
        """
        before = self._held.get(visitor.id)
        if before is None and len(self._held) >= self._plan.most:
            await socket.close(code=Ending.FULL)
            return
        process = SessionProcess(socket.send_bytes, self._environment(visitor))
        session = self._held[visitor.id] = Session(socket, process, size, self._plan.idle)
        try:
            if before:
                before.tell(Ending.TAKEN)
                await before.over.wait()
            await session.run(self._turns, self._lifeline.handed_on)
        finally:
            session.over.set()
            if self._held.get(visitor.id) is session:
                del self._held[visitor.id]

    async def end_all(self) -> None:
        """End every session, and come back when no process is left."""
        held = list(self._held.values())
        for session in held:
            session.tell(Ending.DOWN)
        for session in held:
            await session.over.wait()

    def _environment(self, visitor: Visitor) -> dict[str, str]:
        """Give what a session's process finds in its environment beside the server's own."""
        return {
            **self._plan.environment,
            **self._lifeline.environment,
            DRAFTS_VARIABLE: str(visitor.folder(self._data)),
            ALIAS_VARIABLE: visitor.alias,
            TRAINING_VARIABLE: "1" if self._plan.training_only else "",
        }
