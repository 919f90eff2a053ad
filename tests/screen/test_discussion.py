"""A discussion on the screen: the answer is hidden until a key reveals it, at every size."""

import pytest
from textual.widgets import Static

from assistant.screen.discussion import DiscussionApp
from assistant.services import Services
from assistant.training.feedback import slides
from assistant.training.stories import written_stories
from tests.screen.worker import SMALL, WIDE
from tests.training.trainee import syllabus

SHOWN = slides(syllabus(), written_stories(syllabus().guide, syllabus().practice)[:2])


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_key_reveals_the_answer_and_the_next_one_turns_the_page(
    services: Services, size: tuple[int, int]
) -> None:
    """Forward to the end and no further, and back again."""
    app = DiscussionApp(services, SHOWN)
    async with app.run_test(size=size) as pilot:
        answer = app.query_one("#answer", Static)
        seen = []
        for key in ("", "enter", "space", "enter", "enter", "left", "left"):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            seen.append((app.slide.title, answer.display))
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
        assert SHOWN[0].answer[0] in str(answer.content)
