"""Set the assistant up if it is not yet, and open it; every argument goes to `service-group`.

Standard library only: this and test.py are all that a fresh machine with Python can run.
"""

import sys

from environment.doors import start

if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
