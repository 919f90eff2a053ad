"""Windows for the end-to-end tests, where there can be any."""

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.terminal import Window


@pytest.fixture
def window_of() -> "Window":
    """Return what opens a window with the installed command, or another program, running in it."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals that pexpect can use")
    from tests.end_to_end.terminal import COMMAND, window_of

    if not COMMAND.exists():
        pytest.skip(f"{COMMAND} is not installed")
    return window_of
