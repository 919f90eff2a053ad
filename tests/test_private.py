"""A box of small files: replaced whole, read without trust, open to their owner only."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import RecordsUnavailableError
from assistant.private import Box


def box_in(folder: Path, **how: Any) -> Box[dict[str, str]]:
    return Box(folder, lambda item: f"{item['name']}.json", dict, lambda plain: {**plain}, **how)


@pytest.fixture
def box(tmp_path: Path) -> Box[dict[str, str]]:
    return box_in(tmp_path / "data" / "box")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_item_comes_back_as_it_was_put(box: Box[dict[str, str]]) -> None:
    """The later self takes the place of the earlier; what was never put is none."""
    assert (box.get("a.json"), box.all()) == (None, [])
    for says in ("first", "second"):
        box.put({"name": "a", "says": says})
    assert box.get("a.json") == {"name": "a", "says": "second"}
    assert (box.all(), names(box.folder)) == ([box.get("a.json")], ["a.json"])


@pytest.mark.parametrize(
    "held", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 60_000, b'{"name": "b"}']
)
def test_what_is_not_as_its_name_says_is_none_and_left_alone(
    box: Box[dict[str, str]], held: bytes
) -> None:
    """Half a file, another shape and another's item are passed over, and hide nothing else."""
    box.put({"name": "b"})
    (box.folder / "a.json").write_bytes(held)
    assert (box.get("a.json"), box.all(), box.unreadable()) == (None, [{"name": "b"}], 1)
    assert (box.folder / "a.json").read_bytes() == held


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    box = box_in(tmp_path / "box", most_bytes=100)
    box.put({"name": "a", "says": "x" * 100})
    assert box.get("a.json") is None


@pytest.mark.parametrize(("wholly_ours", "stays"), [(True, []), (False, ["b.12345678.part"])])
def test_a_part_that_a_kill_left_is_swept_a_day_later(
    tmp_path: Path, *, wholly_ours: bool, stays: list[str]
) -> None:
    """A young one may be at work now; in a folder shared with other files, only its own are swept."""
    box = box_in(tmp_path, wholly_ours=wholly_ours)
    for name in ("a.12345678.part", "b.12345678.part", "a.87654321.part"):
        (tmp_path / name).write_text("{", encoding="utf-8")
    for name in ("a.12345678.part", "b.12345678.part"):
        os.utime(tmp_path / name, (0, 0))
    box.put({"name": "a"})
    assert names(tmp_path) == sorted(["a.87654321.part", "a.json", *stays])
    box.remove("a.json")
    box.remove("a.json")
    assert names(tmp_path) == stays


@pytest.mark.parametrize("lasting", [False, True])
def test_a_write_that_fails_leaves_the_earlier_item_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, lasting: bool
) -> None:
    box = box_in(tmp_path / "box", lasting=lasting)
    box.put({"name": "a", "says": "first"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordsUnavailableError, match="No space left"):
        box.put({"name": "a", "says": "second"})
    assert (box.get("a.json"), names(box.folder)) == ({"name": "a", "says": "first"}, ["a.json"])


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_folder_and_files_are_their_owner_s_alone(box: Box[dict[str, str]]) -> None:
    """Under an umask that hides nothing, the folder is 0700 and each file 0600."""
    before = os.umask(0)
    try:
        box.put({"name": "a"})
    finally:
        os.umask(before)
    paths = (box.folder.parent, box.folder, box.folder / "a.json")
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o700, 0o700, 0o600]
    assert json.loads((box.folder / "a.json").read_bytes()) == {"name": "a"}
