"""A box of small files: replaced whole, read without trust, open to their owner only."""

import json
import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assistant import private
from assistant.errors import RecordsUnavailableError, UsageError
from assistant.private import (
    Box,
    decoded,
    export_part,
    foreign_lines,
    foreign_text,
    is_abandoned,
    leftovers,
    new_private,
    open_to_others,
    private_folder,
    read_foreign,
    sweep,
)
from assistant.records.transfer import private_file


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
def test_a_part_that_a_kill_left_is_swept(
    tmp_path: Path, *, wholly_ours: bool, stays: list[str]
) -> None:
    """At the next write, however young it is; in a folder shared with other files, only its own are."""
    box = box_in(tmp_path, wholly_ours=wholly_ours)
    for name in ("a.12345678.part", "b.12345678.part", "a.87654321.part"):
        (tmp_path / name).write_text("{", encoding="utf-8")
    (tmp_path / "a.00000000.part").touch()
    box.put({"name": "a"})
    assert names(tmp_path) == sorted(["a.json", *stays])
    box.remove("a.json")
    box.remove("a.json")
    assert names(tmp_path) == stays


def test_a_part_at_work_is_left_alone(tmp_path: Path) -> None:
    """Whoever writes it holds it; nobody else takes it for a leftover, and it still gets its name."""
    box, part = box_in(tmp_path), tmp_path / "a.12345678.part"
    with new_private(part, lambda: part.replace(tmp_path / "a.json"), mode="x") as file:
        file.write('{"name": "a"}')
        file.flush()
        box.put({"name": "b"})
        assert not is_abandoned(part)
    assert names(tmp_path) == ["a.json", "b.json"]


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


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices by name")


@POSIX
def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    """A pipe never waits, a device never goes on, and a folder is none; a link leads to what it is."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_bytes(b"held")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    for name in ("pipe", "endless", "loop", ".", "missing"):
        with pytest.raises(OSError, match=r"regular|folder|levels|No such"):
            read_foreign(tmp_path / name, 10)
    assert read_foreign(tmp_path / "link", 4) == b"held"
    assert read_foreign(Path(os.devnull), 4) == b""
    with pytest.raises(OSError, match="too long"):
        read_foreign(tmp_path / "file", 3)


def test_nothing_in_a_box_is_waited_for(box: Box[dict[str, str]]) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no pipes by name")
    box.put({"name": "b"})
    os.mkfifo(box.folder / "a.json")
    assert (box.get("a.json"), box.all(), box.unreadable()) == (None, [{"name": "b"}], 1)


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ("é".encode("utf-8-sig"), ""),
        ("é".encode(), ""),
        ("ab".encode("utf-16"), "UTF-16"),
        ("ab".encode("utf-16-le"), "UTF-16"),
        ("ab".encode("utf-16-be"), "UTF-16"),
        (b"\xfe\xff" + "ab".encode("utf-16-be"), "UTF-16"),
        ("ab".encode("utf-32"), "UTF-32"),
        ("é".encode("cp1252"), "not UTF-8"),
    ],
)
def test_the_encoding_is_named(tmp_path: Path, held: bytes, says: str) -> None:
    """UTF-8 is read with and without a mark, as text and as lines; of any other it is said what it is."""
    (tmp_path / "file").write_bytes(held)
    if not says:
        assert decoded(held) == foreign_text(tmp_path / "file", 99) == "é"
        assert list(foreign_lines(BytesIO(held + b"\nb"), 99)) == ["é\n".encode(), b"b"]
        return
    with pytest.raises(UnicodeDecodeError) as refused:
        foreign_text(tmp_path / "file", 99)
    assert says in refused.value.reason
    if says.startswith("UTF"):
        with pytest.raises(UsageError, match=says):
            list(foreign_lines(BytesIO(held), 99))


def test_zeros_are_no_text_of_another_encoding() -> None:
    assert list(foreign_lines(BytesIO(bytes(4)), 9)) == [bytes(4)]


def test_a_part_swept_before_it_was_locked_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever only just made it loses nothing by that."""
    lock, swept = private._lock, list[bool]()

    def late(number: int, how: str) -> None:
        if how == "LOCK_EX" and not swept:
            swept.append(is_abandoned(next(tmp_path.glob("*.part")), remove=True))
        lock(number, how)

    monkeypatch.setattr(private, "_lock", late)
    box_in(tmp_path).put({"name": "a"})
    assert (swept, names(tmp_path)) == ([True], ["a.json"])


def test_a_line_without_end_is_read_in_pieces() -> None:
    assert list(foreign_lines(BytesIO(b"x" * 25), 9)) == [b"x" * 10, b"x" * 10, b"x" * 5]


@POSIX
@pytest.mark.parametrize("how", ["link", "second name", "pipe", "another account"])
def test_what_somebody_else_may_have_put_there_is_not_read(
    box: Box[dict[str, str]], how: str
) -> None:
    """Nor taken for one's own; what one writes takes its place, and nothing else is changed by that."""
    box.put({"name": "a"})
    path, other = box.folder / "a.json", box.folder.parent / "other.json"
    other.write_text('{"name": "a", "says": "planted"}', encoding="utf-8")
    path.unlink()
    plant(path, other, how)
    assert box.get("a.json") is None
    box.put({"name": "a", "says": "mine"})
    assert box.get("a.json") == {"name": "a", "says": "mine"}
    assert "planted" in other.read_text(encoding="utf-8")


def plant(path: Path, other: Path, how: str) -> None:
    if how == "link":
        path.symlink_to(other)
    elif how == "second name":
        os.link(other, path)
    elif how == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(other.read_bytes())
        if os.geteuid():
            pytest.skip("only root can give a file away")
        os.chown(path, 65534, 65534)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_a_folder_that_others_can_write_in_is_named(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "data")
    assert open_to_others(folder) == []
    folder.chmod(0o755)
    assert open_to_others(folder) == []
    folder.chmod(0o777)
    assert open_to_others(folder) == [folder]


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.private import Box
from assistant.records.transfer import private_file
earlier = 1 if sys.argv[1] == "export" else 0  # its note is on the disk before
really = os.fsync
def fsync(number):
    global earlier
    os.kill(os.getpid(), signal.SIGKILL) if not earlier else really(number)
    earlier -= 1
os.fsync = fsync
data, target = Path(sys.argv[2]), Path(sys.argv[3])
if sys.argv[1] == "export":
    with private_file(target, force=True, data=data) as file:
        file.write("case 42")
else:
    Box(data / sys.argv[1], lambda _: "a.json", dict, dict).put({"case": "42"})
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("deed", ["export", "pending", "drafts", "memos"])
def test_what_a_kill_leaves_is_found_and_swept(tmp_path: Path, deed: str) -> None:
    """Beside the target of an export too, wherever it is; nothing that is not the assistant's is touched."""
    data, target = private_folder(tmp_path / "data"), tmp_path / "out.csv"
    mine = [data / "film.12345678.part", tmp_path / ".service-group-11111111.part"]
    for path in mine:
        path.write_text("mine", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED, deed, str(data), str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    left = leftovers(data)
    assert [("42" in path.read_text(encoding="utf-8")) for path in left] == [True] * len(left)
    assert left
    sweep(data)
    assert leftovers(data) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path not in mine] == []
    assert all(path.exists() for path in mine)


def test_an_export_leaves_no_note_behind(tmp_path: Path) -> None:
    """Whether it is finished or fails."""
    data = private_folder(tmp_path / "data")
    with private_file(tmp_path / "one", force=False, data=data) as file:
        file.write("x")
    with suppress(ZeroDivisionError), private_file(tmp_path / "two", force=False, data=data):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["one"]


@POSIX
@pytest.mark.parametrize("force", [False, True])
def test_only_a_regular_file_is_replaced(tmp_path: Path, *, force: bool) -> None:
    """A pipe, a link and a device stay what they are, and standard output has a name of its own."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    (tmp_path / "device").symlink_to("/proc/self/fd/1")  # as /dev/stdout is
    for path in (tmp_path / name for name in ("pipe", "link", "nowhere", "device")):
        with (
            pytest.raises(UsageError, match="- for standard output"),
            private_file(path, force=force) as file,
        ):
            file.write("42")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert names(tmp_path) == ["device", "file", "link", "nowhere", "pipe"]
    assert (tmp_path / "link").read_text(encoding="utf-8") == "mine"


def test_a_part_that_is_about_to_be_made_stays_noted(tmp_path: Path) -> None:
    """A sweep between the two, as another copy starts, would leave a killed export unfound."""
    data = private_folder(tmp_path / "data")
    part, never = (export_part(tmp_path / name, data) for name in ("list.csv", "other.csv"))
    sweep(data)
    part.touch(mode=0o600)
    assert leftovers(data) == [part]
    sweep(data)
    assert not part.exists()
    (note,) = (data / "exports").iterdir()
    assert never.name in note.read_text(encoding="utf-8")
    os.utime(note, (0, 0))
    sweep(data)
    assert list((data / "exports").iterdir()) == []
