"""Kill writers of records, drafts and exports at random moments, and count what is lost and left over.

Nothing may be. What was acknowledged is there, nothing is there by half, and the chain is whole.
Exit code 1 if anything is wrong. `--url` tortures an agency's database instead of a file.
"""

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from environment.checkout import this_checkout
from environment.doors import run_inside


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be, and give the exit code."""
    parser = argparse.ArgumentParser(
        description="Kill writers at random moments, and count what is lost."
    )
    parser.add_argument("--kills", type=int, default=1_000, help="how many, of each kind of writer")
    parser.add_argument("--writers", type=int, default=4, help="how many write at once")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other moments")
    parser.add_argument("--url", default="", help="an empty PostgreSQL database instead of a file")
    given = parser.parse_args(arguments)
    if not hasattr(os, "fork"):
        print("Writers are not killed on Windows, which cannot copy a running process.")
        return 0
    checkout = this_checkout()
    code = run_inside(checkout, "dev", __file__, arguments)
    if code is not None:
        return code
    with TemporaryDirectory(prefix=".torture-", dir=checkout.venv) as folder:
        return _torture(Path(folder), given)


def _torture(folder: Path, given: argparse.Namespace) -> int:
    from torturing.drafts import torture_drafts  # noqa: PLC0415 - needs what is installed in .venv
    from torturing.files import (  # noqa: PLC0415
        torture_exports,
        torture_sending,
        torture_waiting,
    )
    from torturing.killing import Killing  # noqa: PLC0415
    from torturing.records import torture_records  # noqa: PLC0415

    killing = Killing(given.kills, given.writers, given.seed)
    records = torture_records(folder, killing, url=given.url)
    print(records, flush=True)
    drafts = torture_drafts(folder, killing)
    print(drafts, flush=True)
    files = [
        torture_exports(folder, killing),
        torture_waiting(folder, killing),
        torture_sending(folder, killing),
    ]
    print(*files, sep="\n", flush=True)
    clean = records.clean and drafts.clean and all(left.clean for left in files)
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
