"""Take the picture of the screen that README shows: `python3 scripts/picture.py`."""

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from environment.checkout import this_checkout
from environment.doors import run_inside

KEYS = ("3", "1", "4")
"""The answers of the interview that README shows."""

SIZE = (80, 24)
"""Columns and rows of the window: few, so that they can be read in a page."""


def main() -> int:
    """Run in the project's own .venv, set up first if need be, and give the exit code."""
    checkout = this_checkout()
    code = run_inside(checkout, "run", __file__, [])
    if code is not None:
        return code
    path = checkout.root / ".github" / "screen.svg"
    path.parent.mkdir(exist_ok=True)
    path.write_text(asyncio.run(picture()), encoding="utf-8")
    return 0


async def picture() -> str:
    """Answer a few questions on a screen that nobody sees, and give it as SVG."""
    from assistant.screen.app import ServiceGroupApp  # noqa: PLC0415
    from assistant.services import real_services  # noqa: PLC0415 - needs what is in .venv

    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.touch()
        os.environ["SERVICE_GROUP_SETTINGS"] = str(settings)  # nobody's own theme
        app = ServiceGroupApp(real_services(data=Path(folder)))
        async with app.run_test(size=SIZE) as pilot:
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause()
            shot = app.export_screenshot()
    # The picture must not send its viewers to the font host that Textual names.
    return re.sub(r"@font-face \{.*?\}", "", shot, flags=re.DOTALL)


if __name__ == "__main__":
    sys.exit(main())
