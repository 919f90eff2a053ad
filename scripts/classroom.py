"""Hold a class in twelve real browsers at once: `python3 scripts/classroom.py`."""

import os
import sys

from environment.doors import test

if __name__ == "__main__":
    os.environ.setdefault("CLASSROOM", "12")
    sys.exit(
        test(["-q", "--durations=1", *sys.argv[1:], "tests/web/test_drill.py", "-k", "at_once"])
    )
