"""Ends the app when the server that shows it in a browser is gone, however that ended."""

import asyncio
import os
from functools import partial
from signal import SIGTERM

from assistant.bootstrap import LIFELINE_VARIABLE


def end_with_lifeline() -> None:
    """Watch the pipe that a server holds open, where there is one; every answer is kept already.

    With the server gone nobody can be drawn to, so nothing is tidied: that alone would be a fault.
    """
    end = os.environ.get(LIFELINE_VARIABLE, "")
    if end.isdecimal():
        code = 128 + SIGTERM
        asyncio.get_running_loop().add_reader(int(end), partial(os._exit, code))
