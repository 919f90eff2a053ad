"""A pipe that tells each session's process that its server is gone, however that ended."""

import os
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from assistant.bootstrap import LIFELINE_VARIABLE


class Lifeline:
    """Held open by the server alone: when it ends, even killed, the pipe closes by itself.

    Use it in a `with`. Windows hands no pipe on like this; there sessions end when they are told to.
    """

    def __init__(self) -> None:
        self._reads, self._writes = os.pipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        os.close(self._reads)
        os.close(self._writes)

    @property
    def handed_on(self) -> tuple[int, ...]:
        """Give the ends that a session's process inherits."""
        return (self._reads,) if os.name == "posix" else ()

    @property
    def environment(self) -> Mapping[str, str]:
        """Tell a session's process which end is its own."""
        return {LIFELINE_VARIABLE: " ".join(map(str, self.handed_on))}
