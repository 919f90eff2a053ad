"""How much of what could be tried is tried: a share by default, all of it in the large profile.

`HYPOTHESIS_PROFILE=large` asks for all, as the checks of a change do in a step of their own:
`pytest -m "hypothesis or sampled"`. A test that tries a share is marked `sampled`.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

LARGE = os.environ.get("HYPOTHESIS_PROFILE") == "large"
"""Whether everything is to be tried."""

EXAMPLES = 100 if LARGE else 20
"""How many examples a property is tried on that does not say."""

_SHARE = 5

Item = TypeVar("Item")


def examples(most: int, *suppress: HealthCheck) -> settings:
    """Return the settings of a property that is tried on at most so many examples."""
    return settings(
        max_examples=most if LARGE else most // _SHARE,
        suppress_health_check=[*settings().suppress_health_check, *suppress],
    )


def some(items: Sequence[Item]) -> Sequence[Item]:
    """Return every fifth, from the first on; all in the large profile."""
    return items if LARGE else items[::_SHARE]
