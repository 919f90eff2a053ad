"""Writers killed at random moments lose nothing, and a writer that would is found out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from torturing.drafts import made_of as draft_of
from torturing.drafts import torture_drafts
from torturing.files import torture_exports, torture_sending, torture_waiting
from torturing.killing import Killing
from torturing.records import made_of, torture_records

from tests.scripts.conftest import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot copy a process")

TORTURE = ROOT / "scripts" / "torture.py"
FEW = Killing(kills=15, writers=3)


def test_a_few_kills_of_each_lose_nothing() -> None:
    """The script counts what it killed and what was lost: nothing, with exit code 0."""
    done = subprocess.run(
        [sys.executable, TORTURE, "--kills", "20"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    records, drafts, *files = done.stdout.splitlines()
    assert "records: 20 writers killed" in records
    assert "lost 0, half 0, chain breaks 0, this computer ahead of the store 0" in records
    assert "drafts: 20 writers killed" in drafts
    assert "lost 0, half 0" in drafts
    assert [line.partition(":")[0] for line in files] == ["exports", "waiting", "sending"]
    assert all("20 writers killed" in line for line in files)
    assert all("lost 0, half 0, " in line for line in files)
    nothing_left = "leftovers 0, writers that failed 0"
    assert all(line.endswith(nothing_left) for line in (records, drafts, *files))


def careless(folder, number, acknowledge):
    """Write an export where it is to be, bit by bit, and leave a part beside it."""
    (folder / "out" / f"{number}.part").touch()
    while True:
        (folder / "out" / f"{number}.json").write_text("[", encoding="utf-8")
        acknowledge(str(number))


def forgetful(_folder, number, acknowledge):
    """Acknowledge what is not kept."""
    acknowledge(f"{number:032x}")
    while True:
        pass


def test_files_by_half_lost_or_left_over_are_found(tmp_path) -> None:
    """Each count counts."""
    exports = torture_exports(tmp_path, FEW, careless)
    assert exports.half
    assert exports.leftovers
    assert not exports.clean
    assert torture_waiting(tmp_path, FEW, forgetful).lost
    assert torture_sending(tmp_path, FEW, forgetful).lost


def hasty(opened, _number, acknowledge):
    """Acknowledge before the entry is recorded."""
    from uuid import uuid4

    store = opened()
    while True:
        entry = made_of(uuid4().hex)
        acknowledge(entry.id)
        store.add(entry)


def unchained(opened, _number, acknowledge):
    """Change the last entry after it was recorded."""
    from sqlalchemy import text

    store = opened()
    while True:
        with store._database.writing() as connection:
            connection.execute(text("UPDATE entries SET previous = 'x' WHERE seq = 1"))


def ahead(opened, _number, acknowledge):
    """Remember an entry that was never recorded."""
    from dataclasses import replace

    store = opened()
    store._remembered.remember(replace(store.head(), count=1_000_000))
    while True:
        pass


def failing(opened, _number, acknowledge):
    """End by itself."""
    os._exit(3)


@pytest.mark.parametrize(
    ("writer", "found"),
    [(hasty, "lost"), (ahead, "ahead"), (failing, "failed")],
    ids=["lost", "ahead", "failed"],
)
def test_a_writer_that_breaks_its_word_is_found_out(tmp_path: Path, writer, found: str) -> None:
    """What is lost, remembered too soon, or failed is counted as such."""
    left = torture_records(tmp_path, FEW, write=writer)
    assert getattr(left, found) > 0
    assert not left.clean


def test_a_broken_chain_is_found_out(tmp_path: Path) -> None:
    """A writer that changes what was recorded leaves a break."""
    assert torture_records(tmp_path, FEW).clean
    left = torture_records(tmp_path, FEW, write=unchained)
    assert left.breaks > 0


def test_a_draft_written_in_place_is_found_out(tmp_path: Path) -> None:
    """A draft that is written over its old self is at times neither of the two."""

    def in_place(box, number, acknowledge):
        from assistant.cases.drafts import _plain

        box.save(draft_of(number, 1))
        path = box._box.folder / f"{number:032x}.json"
        turn = 1
        while True:
            turn += 1
            with path.open("wb", buffering=0) as file:
                for byte in json.dumps(_plain(draft_of(number, turn))).encode():
                    file.write(bytes([byte]))
            acknowledge(str(turn))

    left = torture_drafts(tmp_path, FEW, write=in_place)
    assert left.half + left.lost > 0
