"""Set the development tools up if they are not yet, and run the tests; every argument goes to pytest.

Standard library only: this and start.py are all that a fresh machine with Python can run.
"""

import sys

from environment.doors import test

if __name__ == "__main__":
    sys.exit(test(sys.argv[1:]))
