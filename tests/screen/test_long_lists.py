"""Lists with more lines than there are digits: only nine have a number, and arrows reach the rest."""

import re

from assistant.services import Services
from tests.screen.worker import at_work


async def test_only_nine_lines_have_a_number(services: Services) -> None:
    """The tenth is reached by the arrows, and the keys say so."""
    async with at_work(services, (80, 44)) as worker:
        await worker.press("1", "9", "4", "5", "2")
        assert worker.view.mode == "assuming"
        assert len(worker.interview.choices.offered) == 10
        numbers = re.findall(r"^ {3}(\d+)  \w", worker.text, re.MULTILINE)
        assert numbers == [str(number) for number in range(1, 10)]
        assert worker.keys.startswith("1-9 Choose ↑↓")
        await worker.press("0")
        assert not worker.view.assumed
        await worker.press("up", "enter")
        assert worker.view.assumed
