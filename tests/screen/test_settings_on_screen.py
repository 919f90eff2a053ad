"""What a person has set for good is so on the screen."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from assistant.screen.app import ServiceGroupApp
from assistant.screen.theme import DARK, LIGHT
from assistant.settings import Settings
from tests.screen.worker import at_work


@pytest.mark.parametrize(("theme", "shown"), [("dark", DARK.name), ("light", LIGHT.name)])
async def test_the_theme_is_the_one_set(services, theme, shown):
    """The key still changes it, for as long as the assistant is open."""
    async with at_work(replace(services, settings=Settings(theme=theme))) as worker:
        assert worker.app.theme == shown
        await worker.press("t")
        assert worker.app.theme != shown


async def test_reduced_motion_stills_everything(services):
    """Nothing glides, and the caret does not blink."""
    still = replace(services, settings=Settings(reduced_motion=True))
    async with at_work(still) as worker:
        assert worker.app.animation_level == "none"
        await worker.press("slash")
        assert worker.app.focused is worker.app.screen.query_one("#typed", Input)
        assert not worker.app.screen.query_one("#typed", Input).cursor_blink


def test_motion_is_otherwise_what_textual_makes_of_the_environment(services):
    """`TEXTUAL_ANIMATIONS` is read by Textual itself and left alone."""
    app = ServiceGroupApp(services)
    app.animation_level = "basic"
    assert ServiceGroupApp(services).animation_level == "full"
    still = replace(services, settings=Settings(reduced_motion=True))
    assert ServiceGroupApp(still).animation_level == "none"
