"""`service-group doctor`: every part is looked at, nothing is touched, and nothing of a case is said."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cases.drafts import Draft, DraftBox
from assistant.cli import main
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import open_store
from assistant.settings import may_be_unencrypted
from tests.conftest import machine_settings
from tests.records.conftest import EXAMPLE, any_entry

CASE = EXAMPLE.case_number
MODES = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")


@pytest.fixture
def doctor(capsys):
    """Return what runs the doctor: its exit code, and each finding by name."""

    def run(*words):
        code = main(["doctor", "--json", *words])
        said = json.loads(capsys.readouterr().out)
        assert said["healthy"] == (code == 0)
        return code, {finding.pop("name"): finding for finding in said["findings"]}

    return run


@pytest.fixture
def used_folder(data_folder):
    """Return a data folder as an ordinary week leaves it: two entries and a draft."""
    store = open_store(data_folder)
    store.add(any_entry())
    store.add(any_entry())
    draft = Draft(
        id="a" * 32,
        saved_at=EXAMPLE.when,
        answers={"goal": "adoption"},
        meaning_hash="m",
        content_version="1",
    )
    DraftBox(data_folder).save(draft)
    return data_folder


def everything_in(folder: Path):
    """Return each file with its content, mode and time of change, and each folder with its mode."""
    return {
        path: (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
            path.stat().st_mtime_ns if path.is_file() else 0,
        )
        for path in (folder, *folder.rglob("*"))
    }


def test_a_fresh_machine_is_healthy_and_stays_untouched(doctor, data_folder):
    """Nothing is there yet, which is no trouble, and looking does not make it."""
    code, found = doctor()
    assert code == 0
    assert found["Records"]["says"] == "healthy, none yet"
    assert found["Drafts"]["says"] == "healthy, 0 waiting"
    assert found["Folder"]["says"] == "healthy, made when needed"
    assert not data_folder.exists()


def test_a_used_machine_is_healthy_and_stays_untouched(doctor, used_folder):
    before = everything_in(used_folder)
    code, found = doctor()
    assert code == 0
    assert found["Records"] == {
        "healthy": True,
        "says": "healthy, 2 active entries (2 lines in all)",
        "where": str(used_folder / FILE_NAME),
        "what_to_do": None,
    }
    assert found["Drafts"]["says"] == "healthy, 1 waiting"
    assert found["Guide"]["says"].startswith("healthy, ")
    assert everything_in(used_folder) == before


def test_each_line_makes_sense_heard_alone(used_folder, capsys):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        f"Records: healthy, 2 active entries (2 lines in all), in {used_folder / FILE_NAME}"
        in lines
    )
    assert any(line.startswith("Version of textual: 8") for line in lines)
    assert all(line.partition(": ")[2] for line in lines[:-1])
    assert lines[-1] == "Everything is healthy."


def test_a_guide_with_mistakes_is_said_to_be_unusable(doctor, tmp_path):
    (tmp_path / "guide").mkdir()
    code, found = doctor("--content", str(tmp_path / "guide"))
    assert code == 1
    assert found["Guide"]["says"].startswith("not usable, ")
    assert "content check" in found["Guide"]["what_to_do"]


def test_a_guide_that_is_not_there_is_said_to_be_missing(doctor, tmp_path):
    code, found = doctor("--content", str(tmp_path / "nowhere"))
    assert code == 1
    assert found["Guide"]["where"] == str(tmp_path / "nowhere")


def test_settings_with_mistakes_are_counted_and_the_rest_looked_at(doctor, tmp_path, monkeypatch):
    """What is wrong there is left to the other command: a mistyped line can hold anything."""
    path = tmp_path / "settings.toml"
    path.write_text(f"alias = 7\n'{CASE}' = 1\n", encoding="utf-8")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(path))
    code, found = doctor()
    assert code == 1
    assert found["Settings"]["says"] == "not usable, 2 mistakes"
    assert found["Guide"]["healthy"]
    assert CASE not in str(found)


def test_settings_that_cannot_be_read_are_told(doctor, tmp_path, monkeypatch):
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "gone.toml"))
    code, found = doctor()
    assert (code, found["Settings"]["healthy"]) == (1, False)
    assert found["Settings"]["where"] == str(tmp_path / "gone.toml")


@pytest.mark.parametrize(
    "written", [b"no database", b"x" * 5000, b"SQLite format 3\0" + b"\0" * 200]
)
def test_a_file_that_holds_no_records_is_told_and_left(doctor, data_folder, written):
    data_folder.mkdir(mode=0o700)
    (data_folder / FILE_NAME).write_bytes(written)
    (data_folder / FILE_NAME).chmod(0o600)
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    assert found["Records"]["what_to_do"]
    assert (data_folder / FILE_NAME).read_bytes() == written


def test_damaged_records_are_told(doctor, used_folder):
    path = used_folder / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    code, found = doctor()
    assert code == 1
    assert "damaged" in found["Records"]["says"]


def test_records_of_a_newer_assistant_are_told(doctor, used_folder):
    with closing(sqlite3.connect(used_folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, found = doctor()
    assert code == 1
    assert "newer version" in found["Records"]["says"]


def test_a_write_cut_short_is_told_and_not_mended(doctor, used_folder):
    """Only a start mends it, since that changes the file."""
    journal = used_folder / f"{FILE_NAME}-journal"
    journal.write_bytes(b"x" * 600)
    journal.chmod(0o600)
    code, found = doctor()
    assert code == 1
    assert "was interrupted" in found["Records"]["says"]
    assert journal.stat().st_size == 600


def test_records_in_the_write_ahead_mode_get_no_files_beside_them(doctor, used_folder):
    """A file that another program switched over is still only read."""
    with closing(sqlite3.connect(used_folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    before = everything_in(used_folder)
    _, found = doctor()
    assert found["Records"]["says"] == "healthy, 2 active entries (2 lines in all)"
    assert everything_in(used_folder) == before


def test_a_draft_that_cannot_be_read_is_counted(doctor, used_folder):
    (used_folder / "drafts" / f"{'b' * 32}.json").write_text(CASE, encoding="utf-8")
    code, found = doctor()
    assert code == 1
    assert found["Drafts"]["says"] == "1 waiting, and 1 file that cannot be read"


@MODES
def test_what_others_can_read_is_named_with_the_command_that_closes_it(doctor, used_folder):
    path = used_folder / FILE_NAME
    path.chmod(0o644)
    code, found = doctor()
    assert code == 1
    assert found["Folder"]["what_to_do"] == f"make it private: chmod go= {path}"
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["", "drafts", "pending", "memos"])
@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_cannot_be_written_in_is_told(doctor, used_folder, monkeypatch, name, error):
    """Each is tried: what only looks at the modes of one of them cannot tell."""
    (used_folder / name).mkdir(mode=0o700, exist_ok=True)
    real = os.open

    def refusing(path, flags, *rest, **named):
        if flags & os.O_CREAT and Path(path).parent == used_folder / name:
            raise OSError(error, os.strerror(error), path)
        return real(path, flags, *rest, **named)

    monkeypatch.setattr("os.open", refusing)
    code, found = doctor()
    assert (code, found["Folder"]["where"]) == (1, str(used_folder / name))
    assert os.strerror(error) in found["Folder"]["says"]
    assert ("space" in found["Folder"]["what_to_do"]) == (error == errno.ENOSPC)


def test_an_older_store_put_back_is_told(doctor, used_folder):
    """This computer remembers a later end; an emptied store, and another one, are no better."""
    path = used_folder / FILE_NAME
    older = path.read_bytes()
    open_store(used_folder).add(any_entry())
    path.write_bytes(older)
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    assert "missing" in found["Records"]["says"]
    path.write_bytes(b"")
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    path.unlink()
    assert doctor()[0] == 1


DELETED = {
    "a word": "DELETE FROM words WHERE word = (SELECT min(word) FROM words)",
    "all words": "DELETE FROM words",
    "a state": "UPDATE entries SET state = NULL WHERE seq = 1",
    "an outcome": "UPDATE entries SET chosen = 'other' WHERE seq = 2",
    "an entry": "DELETE FROM entries WHERE seq = 1",
}


@pytest.mark.parametrize("statement", DELETED.values(), ids=list(DELETED))
def test_what_lists_are_found_by_is_held_to_the_entries(doctor, used_folder, statement):
    with closing(sqlite3.connect(used_folder / FILE_NAME)) as connection, connection:
        connection.execute(statement)
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    assert main(["records", "verify"]) == 1


def test_an_index_that_lost_a_row_is_told_and_made_anew(doctor, used_folder, capsys):
    """No entry is lost; the command that is named mends it."""
    whole = "CREATE INDEX entries_by_day ON entries (day, seq)"
    with closing(sqlite3.connect(used_folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("DROP INDEX entries_by_day")
        connection.execute(f"{whole} WHERE seq > 1")
        connection.execute("PRAGMA writable_schema = ON")
        only = "WHERE name = 'entries_by_day'"
        connection.execute(f"UPDATE sqlite_schema SET sql = ? {only}", (whole,))  # noqa: S608 - as above
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    assert "index" in found["Records"]["says"]
    assert main(["records", "verify"]) == 1
    assert main(["records", "purge", "--before", "1/1/1970"]) == 0
    capsys.readouterr()
    assert doctor()[0] == 0
    assert main(["records", "verify"]) == 0


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("postgresql://u@db.example.org/r", True),
        ("postgresql://u@db.example.org/r?sslmode=verify-full", False),
        ("postgresql://u@127.0.0.1/r", False),
        ("postgresql://u@localhost/r", False),
        ("postgresql:///r", False),
        ("postgresql://u@192.168.1.5/r?connect_timeout=1", True),
    ],
)
def test_a_connection_that_may_be_open_to_others_is_told(url, warned, monkeypatch):
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert may_be_unencrypted(url) == warned
    monkeypatch.setenv("PGSSLMODE", "require")
    assert not may_be_unencrypted(url)


def test_a_file_in_place_of_the_folder_is_told(doctor, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, found = doctor("--data", str(tmp_path / "file"))
    assert (code, found["Folder"]["where"]) == (1, str(tmp_path / "file"))
    assert "SERVICE_GROUP_DATA" in found["Folder"]["what_to_do"]
    assert "Records" not in found


def test_no_case_number_is_ever_printed(used_folder, capsys):
    main(["doctor"])
    main(["doctor", "--json"])
    said = capsys.readouterr()
    assert CASE not in said.out + said.err


def test_the_screen_is_not_loaded(data_folder):
    code = (
        "import sys; from assistant.cli import main; main(['doctor']);"
        "print(*sorted({'textual', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []


def test_a_terminal_too_small_for_the_screen_is_told(monkeypatch, doctor):
    """The same smallest window as the screen's own."""
    from assistant.cli import doctor as surroundings
    from assistant.screen.interview import InterviewScreen

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "24")
    assert surroundings.terminal().what_to_do == "make the window at least 50 wide and 16 high."
    assert InterviewScreen.HORIZONTAL_BREAKPOINTS[1][0] == surroundings.LEAST_WIDTH
    assert InterviewScreen.VERTICAL_BREAKPOINTS[1][0] == surroundings.LEAST_HEIGHT
    assert "COLUMNS" in machine_settings()


@MODES
def test_a_folder_that_others_can_write_in_is_no_healthy_one(doctor, used_folder):
    used_folder.chmod(0o777)
    code, found = doctor()
    assert (code, found["Folder"]["healthy"]) == (1, False)
    assert str(used_folder) in found["Folder"]["what_to_do"]


@MODES
def test_a_planted_store_is_named(doctor, used_folder, tmp_path):
    path = used_folder / FILE_NAME
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)


def test_leftovers_are_named_with_where_they_are(doctor, used_folder, tmp_path):
    """And go at the next use of the records."""
    left = used_folder / "drafts" / f"{'b' * 32}.0123abcd.part"
    left.write_text("{", encoding="utf-8")
    code, found = doctor()
    assert (code, found["Leftovers"]["healthy"]) == (1, False)
    assert str(left) in found["Leftovers"]["says"]
    assert main(["records", "list"]) == 0
    assert not left.exists()


def test_stray_copies_are_named(doctor, used_folder):
    """By the doctor and by a purge; a copy that an upgrade made is the assistant's own."""
    copy = used_folder / "records-DESKTOP-1.sqlite3"
    (used_folder / "records.before-upgrade-from-0003-20260101-000000.sqlite3").touch(0o600)
    assert doctor()[1]["Copies"]["healthy"]
    copy.touch(0o600)
    code, found = doctor()
    assert (code, found["Copies"]["healthy"]) == (1, False)
    assert str(copy) in found["Copies"]["says"]


def test_a_remembered_end_that_cannot_be_read_is_named(doctor, used_folder):
    (used_folder / "records.head").write_text("{}", encoding="utf-8")
    code, found = doctor()
    assert (code, found["Records"]["healthy"]) == (1, False)
    assert "records.head" in found["Records"]["where"]
