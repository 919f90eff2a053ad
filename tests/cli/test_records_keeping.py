"""`records verify` and `purge`, as a person types them, and how damaged records are kept."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.records.entry import Entry, Withdrawal
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import RecordStore, open_store
from tests.records.conftest import any_entry

FIRST_DAY = datetime(2020, 3, 2, 18, tzinfo=UTC)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str) -> tuple[int, str, str]:
        code = main(["records", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda answer: monkeypatch.setattr(
        "click.termui.visible_prompt_func", lambda _="": answer
    )


@pytest.fixture
def store(data_folder: Path) -> RecordStore:
    """Return ten entries a day apart, the third corrected and the fourth withdrawn on the fifth day."""
    store = open_store(data_folder)
    entries = [
        any_entry(when=FIRST_DAY + timedelta(days=day), case_number=f"4711{day:04}")
        for day in range(10)
    ]
    for entry in entries[:5]:
        store.add(entry)
    store.add(corrected(entries[2]))
    store.add(Withdrawal(id="a" * 32, when=entries[4].when, withdraws=entries[3].id, why="twice"))
    for entry in entries[5:]:
        store.add(entry)
    return store


def corrected(entry: Entry) -> Entry:
    return any_entry(
        when=FIRST_DAY + timedelta(days=4),
        corrects=entry.id,
        why="the goal",
        case_number="47110002",
    )


def edit(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_sound_chain_is_said_to_be_unbroken(run: Run, store: RecordStore) -> None:
    """The count and the beginning of the last check number go to stdout, with exit code 0."""
    code, out, err = run("verify")
    assert (code, err) == (0, "")
    assert out.startswith("9 active entries (12 lines in all), unchanged")
    assert store.head().hash[:16] in out


def test_an_empty_store_is_unbroken(run: Run, data_folder: Path) -> None:
    """Records that have yet to begin have no fault."""
    open_store(data_folder)
    code, out, _ = run("verify")
    assert code == 0
    assert out.startswith("0 active entries (0 lines in all), unchanged")


def test_a_purge_without_an_answer_erases_nothing(
    run: Run, store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe that ends is told in words what is missing; exit code 2."""
    monkeypatch.setattr("sys.stdin", StringIO(""))
    code, _, err = run("purge", "--before", "2020-03-06")
    assert (code, "nothing was erased" in err) == (2, True)
    assert store.head().count == 12


def test_the_first_bad_record_is_named(run: Run, store: RecordStore, data_folder: Path) -> None:
    """Which one and why goes to stderr, with how many more there are and what to do; exit code 1."""
    edit(
        data_folder,
        "UPDATE entries SET content = replace(content, '4711', '4712') WHERE seq IN (5, 9)",
    )
    code, out, err = run("verify")
    assert (code, out) == (1, "")
    assert err.startswith("Number 5 was changed.\n1 more problem after that.")
    assert f"rename these files together in {data_folder}: " in err
    assert "4712" not in err


def test_a_purge_says_what_goes_and_asks(
    run: Run, store: RecordStore, typed: Callable[[str], None]
) -> None:
    """Without a typed yes nothing is erased; exit code 1."""
    for answer in ("no", "y", ""):
        typed(answer)
        code, out, err = run("purge", "--before", "2020-03-06")
        assert (code, out) == (1, "")
        assert "This erases 4 lines, from Mar 2, 2020 to Mar 5, 2020." in err
        assert "the lists show 3 entries." in err
        assert "Nothing was erased." in err
    assert store.to_erase(datetime(2020, 3, 6, tzinfo=UTC).date()) == 4


@pytest.mark.parametrize("words", [(), ("--yes",)], ids=["asked", "unasked"])
def test_a_purge_erases_and_leaves_the_chain_whole(
    run: Run, store: RecordStore, typed: Callable[[str], None], words: tuple[str, ...]
) -> None:
    """After a typed yes, or unasked in a script, old records are gone and the rest verifies."""
    typed("yes")
    code, out, _ = run("purge", "--before", "2020-03-06", *words)
    assert (code, out) == (0, "Erased 4 lines from before Mar 6, 2020.\n")
    assert run("verify")[1].startswith("7 active entries (13 lines in all), unchanged")
    assert [row.seq for row in store.page(None, 20)] == [12, 11, 10, 9, 8, 6, 5]
    assert run("purge", "--before", "2020-03-06")[1] == "Nothing was recorded before Mar 6, 2020.\n"


@pytest.mark.parametrize("day", ["2999-01-01", "tomorrow", "2020-02-30", "13/02/2020", ""])
def test_a_day_that_cannot_be_meant_is_refused(run: Run, store: RecordStore, day: str) -> None:
    """A day to come, or none at all, is answered in words with exit code 2; nothing is erased."""
    code, out, err = run("purge", "--before", day, "--yes")
    assert (code, out) == (2, "")
    assert "What to do" in err
    assert store.head().count == 12


@pytest.mark.parametrize(("said", "left"), [("yes\nyes\n", 0), ("yes\nno\n", 1), ("yes\n", 1)])
def test_copies_from_before_an_upgrade_go_after_a_second_yes(
    run: Run, store: RecordStore, monkeypatch: pytest.MonkeyPatch, said: str, left: int
) -> None:
    """They hold what was just erased; without that yes they are kept, and said to be."""
    file = Path(store.where)
    copy = file.with_name("records.before-upgrade-from-0003-20200101-000000.sqlite3")
    copy.write_bytes(file.read_bytes())
    monkeypatch.setattr("sys.stdin", StringIO(said))
    code, out, err = run("purge", "--before", "2020-03-06")
    assert (code, out.startswith("Erased ")) == (0, True)
    assert f"contain case numbers and erased entries:\n  {copy}\n" in err
    assert (copy.exists(), "copies were kept" in err) == (bool(left), bool(left))
    assert ("Erased the copies from before an upgrade." in out) is not bool(left)


def test_older_copies_are_named_after_a_purge(
    run: Run, store: RecordStore, data_folder: Path
) -> None:
    """Copies from before an upgrade, or renamed, still hold what was erased, so they are listed."""
    copies = [
        data_folder / "records.before-upgrade-from-0001-20200101-000000.sqlite3",
        data_folder / "records.old.sqlite3-journal",
        data_folder / "records.set-aside-20200101-000000.sqlite3",
    ]
    for copy in copies:
        copy.touch()
    err = run("purge", "--before", "2020-03-06", "--yes")[2]
    assert re.findall(r"^  (.+)$", err, re.MULTILINE)[-3:] == [str(copy) for copy in copies]
    assert all(copy.exists() for copy in copies)


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / FILE_NAME).write_bytes(b"\x13" * 9_000),
        lambda folder: (folder / FILE_NAME).unlink(),
        lambda folder: (folder / FILE_NAME).write_bytes(b""),
        lambda folder: edit(folder, "DELETE FROM entries WHERE seq = 3"),
        lambda folder: edit(folder, "DROP TABLE chain"),
    ],
    ids=["overwritten", "gone", "emptied", "tampered with", "without its end"],
)
def test_records_renamed_as_told_are_kept_and_new_ones_begin(
    run: Run, store: RecordStore, data_folder: Path, harm: Callable[[Path], None]
) -> None:
    """The error names the files to rename and their folder; then an entry can be recorded."""
    harm(data_folder)
    code, _, err = run("verify")
    named = re.findall(r"records\.[\w-]+", err.partition(f"together in {data_folder}: ")[2])
    assert (code, named) == (1, [FILE_NAME, f"{FILE_NAME}-journal", "records.head"])
    files = list(data_folder.glob("records.*"))
    before = sorted(path.read_bytes() for path in files)
    for path in files:
        assert path.name in named
        path.rename(data_folder / f"records.old.{path.name.partition('.')[2]}")
    assert open_store(data_folder).add(any_entry()) == 1
    assert sorted(path.read_bytes() for path in data_folder.glob("records.old.*")) == before
    assert run("verify")[0] == 0


@pytest.mark.parametrize(
    "damage",
    [
        b"SQLite format 3\0" + b"\x13" * 9_000,
        b"\x13" * 9_000,
    ],
)
def test_damaged_records_are_left_as_they_are(
    run: Run, store: RecordStore, data_folder: Path, damage: bytes
) -> None:
    """The error says which files can be renamed."""
    (data_folder / FILE_NAME).write_bytes(damage)
    code, out, err = run("list")
    assert (code, out) == (1, "")
    assert f"rename these files together in {data_folder}: {FILE_NAME}, " in err
    assert (data_folder / FILE_NAME).read_bytes() == damage
