"""What may be assumed where much is open: never more lines than there are digits."""

import re

from assistant.services import Services
from tests.screen.worker import at_work


async def test_what_is_assumed_of_many_cases_is_chosen_one_fact_after_another(
    services: Services,
) -> None:
    """Each line has a number; until one group is left, the next list is about the rest."""
    async with at_work(services, (80, 44)) as worker:
        await worker.press("1", "9", "4", "5", "2")
        assert worker.view.mode == "assuming"
        numbers = re.findall(r"^ (?:▸|  ) ?(\d+)  \w", worker.text, re.MULTILINE)
        assert len(worker.interview.choices.offered) == 8
        assert numbers == [str(number) for number in range(1, 9)]
        await worker.press("6")
        assert worker.view.unresolved
        assert worker.view.assumed == {"goal"}
        await worker.press("2", "1")
        assert len(worker.view.assumed) > 1
