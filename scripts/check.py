"""Run every check that is not a test, say which failed, and exit 1 if any did."""

import sys

from environment.doors import check

if __name__ == "__main__":
    sys.exit(check())
