"""The handbook on the screen: found in the palette, read, and left."""

import pytest

from assistant.guide.handbook import handbook, parts
from assistant.screen.dialogs import ReadingScreen, handbook_text
from assistant.services import Services
from tests.screen.worker import at_work


@pytest.mark.parametrize("topic", handbook())
async def test_the_palette_opens_every_page(services: Services, topic: str) -> None:
    page = handbook()[topic]
    async with at_work(services) as worker:
        await worker.press("p")
        await worker.type(f"Help: {page.title}")
        await worker.until(lambda: page.title in worker.text)
        await worker.press("enter")
        await worker.until(lambda: isinstance(worker.app.screen, ReadingScreen))
        first = handbook_text(page).plain.splitlines()[0]
        await worker.until(lambda: first[:30] in worker.text)
        await worker.press("escape")
        assert not isinstance(worker.app.screen, ReadingScreen)


@pytest.mark.parametrize("topic", handbook())
def test_a_page_loses_nothing(topic: str) -> None:
    page = handbook()[topic]
    text = handbook_text(page).plain
    assert [part.text for part in [*parts(page)][1:] if part.text not in text] == []
