"""The .venv at the top of the checkout: whether it is ready, and how it is made.

Importing it refuses a Python that is too old, so start.py, test.py, check.py and this file keep to
syntax that every Python parses; the modules beside this one need not.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The Service Group Assistant needs Python 3.11 or newer, and {} is Python {}.{}. "
        "Install a newer one, and run this again with it.".format(
            sys.executable, *sys.version_info[:2]
        )
    )
