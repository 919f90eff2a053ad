"""Run the privacy guard over labeled notes, and print how many details it finds: `privacy.py FILE`.

The file is JSON: `[[text, kind], …]`, with the kind of detail that a note holds, or null for a
harmless one. A note counts as found where the guard would warn of anything in it. With --json the
figures come as data; the lines also show the notes that the guard gets wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from environment.checkout import this_checkout
from environment.doors import run_inside

LabelledNote = tuple[str, str | None]


def main(arguments: list[str]) -> int:
    """Run in the project's own .venv, set up first if need be; 2 if the file holds no such notes."""
    parser = argparse.ArgumentParser(description="Measure what the privacy guard finds.")
    parser.add_argument("file", type=Path, help="notes as JSON: [[text, kind or null], …]")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args(arguments)
    checkout = this_checkout()
    code = run_inside(checkout, "run", __file__, arguments)
    if code is not None:
        return code
    sys.path.insert(0, str(checkout.root))  # a script's own folder is all that Python looks in
    try:
        notes = read_notes(given.file)
    except (OSError, ValueError) as error:
        print(f"{given.file} holds no labeled notes: {error}", file=sys.stderr)
        return 2
    found, wrong = figures(notes)
    if given.json:
        print(json.dumps(found, indent=2))
        return 0
    print(f"recall {found['recall']:.1%}")
    for kind, rate in found["by_kind"].items():
        print(f"  {kind}: {rate['found']} of {rate['of']}")
    print(f"false alarms {found['false_alarms']} of {found['harmless']} harmless notes")
    print(*(f"  {'missed' if kind else 'false alarm'}: {text}" for text, kind in wrong), sep="\n")
    return 0


def read_notes(file: Path) -> list[LabelledNote]:
    """Return the notes of a file; raises `ValueError` for anything else, `OSError` where none can be read."""
    rows = json.loads(file.read_text(encoding="utf-8-sig"))
    if not isinstance(rows, list) or not all(map(_is_note, rows)):
        raise ValueError("a list of [text, kind or null] is needed")
    return [(text, kind) for text, kind in rows]


def _is_note(row: object) -> bool:
    match row:
        case [str(), None | str()]:
            return True
    return False


def figures(notes: Sequence[LabelledNote]) -> tuple[dict[str, Any], list[LabelledNote]]:
    """Return the rates, and the notes that the guard gets wrong."""
    from assistant.records.privacy import personal_details  # noqa: PLC0415 - needs what .venv has

    wrong = [(text, kind) for text, kind in notes if bool(kind) != bool(personal_details(text))]
    kinds = dict.fromkeys(kind for _, kind in notes if kind)
    by_kind = {
        kind: {
            "found": sum(one == kind for _, one in notes) - sum(one == kind for _, one in wrong),
            "of": sum(one == kind for _, one in notes),
        }
        for kind in kinds
    }
    held = sum(rate["of"] for rate in by_kind.values())
    missed = sum(bool(kind) for _, kind in wrong)
    return {
        "recall": (held - missed) / held if held else 1.0,
        "by_kind": by_kind,
        "false_alarms": len(wrong) - missed,
        "harmless": len(notes) - held,
    }, wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
