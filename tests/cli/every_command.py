"""Run every command in a process of its own under some surroundings, and print what became of it.

Copies of one warm process are made, so that each costs a few milliseconds: `every_command.py FOLDER`.
"""

import json
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

import assistant.cli

GIVEN = {
    "recommend": ["goal=adoption"],
    "lookup": ["drug", "screens"],
    "serve": ["--host", "999.1.1.1"],
    "records show": ["1"],
    "records history": ["1"],
    "records memo": ["1"],
    "records withdraw": ["1", "--why", "a slip"],
    "records restore": ["2"],
    "records purge": ["--before", "2020-01-01"],
    "records import": ["no such file"],
    "records export": ["--format", "csv", "--output", "-"],
    "training new-class": ["spring", "--output", "-"],
    "training learn": ["--alias", "blue"],
    "training drill": ["--alias", "blue"],
    "training test": ["--alias", "blue"],
    "training progress": ["--alias", "blue"],
    "training class": ["no such file"],
    "training results": ["--alias", "blue", "--class", "no such file", "--output", "-"],
    "training collect": ["no such file"],
    "training report": ["--class", "no such file"],
    "content diff": ["content"],
    "completion": ["bash"],
    "help": ["workers"],
}
"""What each command is given, so that it does its work as far as it can; the others need nothing."""

TALKERS = ("", "ask", "doctor", "records list", "records show", "records import", "training drill")
"""Commands that are tried in every situation: those that ask, that read, that report, and that refuse."""

SITUATIONS = ("full", "no output", "no input", "nothing", "full errors")


def commands(group=assistant.cli.service_group, before: str = "") -> Iterator[str]:
    """Yield the words of every command, as they are typed."""
    for name, found in group._table.items():
        if isinstance(found, assistant.cli.LazyGroup):
            yield from commands(found, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def _surround(situation: str, errors: int) -> None:
    """Lay the streams as a shell does, and make of them what Python makes at its start."""
    full = os.open("/dev/full", os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.dup2(full if situation == "full errors" else errors, 2)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    if situation in {"full", "full errors"}:
        os.dup2(full, 1)
    if situation in {"no output", "nothing"}:
        os.close(1)
        sys.stdout = None
    if situation in {"no input", "nothing"}:
        os.close(0)
        sys.stdin = None


def _ended(words: list[str], situation: str) -> tuple[int, str]:
    with TemporaryFile() as errors:
        child = os.fork()
        if not child:
            _surround(situation, errors.fileno())
            code = 99
            try:
                code = assistant.cli.main(words)
                for stream in (sys.stdout, sys.stderr):
                    if stream is not None:
                        stream.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        errors.seek(0)
        return os.waitstatus_to_exitcode(status), errors.read().decode()


def main() -> None:
    """Print a JSON list of `[words, situation, exit code, standard error]`."""
    for module in (
        "ask",
        "doctor",
        "recommend",
        "records",
        "reports",
        "training",
        "classes",
        "guide",
    ):
        import_module(f"assistant.cli.{module}")
    asked = [(name, ["--help"], "no output") for name in commands()]
    asked += [(name, GIVEN.get(name, []), "full") for name in commands()]
    asked += [(name, GIVEN.get(name, []), one) for name in TALKERS for one in SITUATIONS[1:]]
    asked += [("", ["--help"], one) for one in SITUATIONS] + [("", ["--version"], "full")]
    rows = []
    for name, given, situation in asked:
        words = [*name.split(), *given]
        rows.append([name, given, situation, *_ended(words, situation)])
    Path(sys.argv[1]).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
