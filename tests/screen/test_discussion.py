"""A discussion on the screen: the answer is hidden until a key reveals it, at every size."""

import pytest

from assistant.screen.discussion import DiscussionApp
from assistant.services import Services
from assistant.training.feedback import slides
from assistant.training.stories import written_stories
from tests.screen.worker import SMALL, WIDE
from tests.screen_text import screen_text
from tests.training.trainee import syllabus

SHOWN = slides(syllabus(), written_stories(syllabus().guide, syllabus().practice)[:2])


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_key_reveals_the_answer_and_the_next_one_turns_the_page(
    services: Services, size: tuple[int, int]
) -> None:
    """Forward to the end and no further, and back again."""
    app = DiscussionApp(services, SHOWN)
    async with app.run_test(size=size) as pilot:
        seen = []
        for key in ("", "enter", "space", "enter", "enter", "left", "left"):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            seen.append((app.slide.title, app.revealed))
            assert (app.slide.answer[0] in app.text.written) == app.revealed
        first, second = (slide.title for slide in SHOWN)
        assert seen == [
            (first, False),
            (first, True),
            (second, False),
            (second, True),
            (second, True),
            (second, False),
            (first, True),
        ]
        assert SHOWN[0].answer[-1].split()[-1] in screen_text(app)


async def test_a_story_that_leaves_the_screen_is_said_to_be_above(services: Services) -> None:
    """The arrows bring it back; the row of keys still says how to leave."""
    app = DiscussionApp(services, SHOWN)
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "More above" in screen_text(app)
        await pilot.press(*["up"] * 20)
        await pilot.pause()
        assert "More above" not in screen_text(app)
        assert "More below" in screen_text(app)
        assert SHOWN[0].paragraphs[0].split()[0] in screen_text(app)
        assert "Quit" in screen_text(app)
