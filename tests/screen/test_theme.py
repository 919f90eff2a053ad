"""The two themes: everything that is read stands out from what it is on, and so does every line."""

import pytest
from textual.color import Color
from textual.theme import Theme

from assistant.commands import Command
from assistant.screen.app import ServiceGroupApp
from assistant.screen.theme import DARK, LIGHT
from assistant.services import Services
from tests.screen.worker import Worker, at_work

READ, SEEN = 4.5, 3.0
"""Least contrast of text, and of a line."""

WORDS = ("foreground", "quiet", "accent", "success", "warning", "error")
GROUNDS = ("background", "panel", "mark")


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colors as WCAG 2 counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_color_is_read_on_every_ground(theme: Theme) -> None:
    colors = {**theme.to_color_system().generate(), **theme.variables}
    for ground in GROUNDS:
        for words in WORDS:
            found = contrast(Color.parse(colors[words]), Color.parse(colors[ground]))
            assert found >= READ, f"{words} on {ground}: {found:.1f}"
    for ground in GROUNDS[:2]:
        assert contrast(Color.parse(colors["rule"]), Color.parse(colors[ground])) >= SEEN


def drawn(worker: Worker) -> dict[str, float]:
    """Return the contrast of every piece of text on the screen."""
    found = {}
    for strip in worker.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if text.strip(" ▌│├└╭╮╰╯─▁▂▃▄▅▆▇█") and style and style.color and style.bgcolor:
                colors = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
                found[text.strip()] = contrast(*colors)
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
async def test_everything_on_the_screen_can_be_read(services: Services, theme: Theme) -> None:
    """A question, a result, its rest, the form with what is wrong, the look-up and the records."""
    async with at_work(services) as worker:
        worker.app.theme = theme.name
        for keys in (
            ["3", "down"],
            ["1"],
            ["1"],
            ["m"],
            ["1", "ctrl+s"],
            ["escape", "l"],
            ["escape", "v"],
            ["escape", "r"],
        ):
            await worker.press(*keys)
            assert isinstance(worker.app, ServiceGroupApp)
            faint = {text: found for text, found in drawn(worker).items() if found < READ}
            assert not faint, f"{keys}: {faint}"
        await worker.press("escape")
        assert Command.RECORD in [one.command for one in worker.interview.choices.offered]
