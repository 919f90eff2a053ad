"""Make the transcripts under tests/golden anew: `python3 scripts/golden.py`; then read their diff."""

import os
import sys

from environment.doors import test

if __name__ == "__main__":
    os.environ["GOLDEN_ANEW"] = "1"
    sys.exit(test(["-q", "-n", "auto", *sys.argv[1:], "tests/golden"]))
