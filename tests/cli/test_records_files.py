"""`service-group records export` and `import`: from one computer to another."""

import csv
import stat
from io import StringIO

import pytest

from assistant.cli import main
from assistant.records.store import open_store
from tests.builders import shipped
from tests.entries import ADOPTION, HOME, correcting, entry_of


@pytest.fixture
def store(data_folder):
    opened = open_store(data_folder, rules=shipped().decision, patience=0)
    first = entry_of(HOME, case_number="000120")
    for record in (first, entry_of(ADOPTION, service="=1+1"), correcting(first)):
        opened.add(record)
    return opened


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_is_written(kind, tmp_path, capsys):
    """Only its owner's; that case numbers stand in it is said beside the data."""
    path = tmp_path / "out"
    assert main(["records", "export", "--format", kind, "--output", str(path)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "The file contains case numbers" in said.err
    assert "000120" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.usefixtures("store")
def test_a_file_is_not_written_over(tmp_path, capsys):
    """Unless by force."""
    path = tmp_path / "out"
    path.write_text("mine")
    command = ["records", "export", "--format", "csv", "--output", str(path)]
    assert main(command) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main([*command, "--force"]) == 0
    assert "home study" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("store")
def test_the_records_are_not_written_over(data_folder, capsys):
    """Not by force either."""
    path = data_folder / "records.sqlite3"
    before = path.read_bytes()
    command = ["records", "export", "--format", "csv", "--output", str(path), "--force"]
    assert main(command) == 2
    assert path.read_bytes() == before
    assert "its own files" in capsys.readouterr().err


@pytest.mark.usefixtures("store")
def test_an_export_can_be_piped(capsys):
    """Filters choose, as in the list; nothing in it is a formula."""
    command = ["records", "export", "--format", "csv", "--group", "adoption", "--output", "-"]
    assert main(command) == 0
    (row,) = csv.DictReader(StringIO(capsys.readouterr().out))
    assert (row["number"], row["service"]) == ("2", "'=1+1")


@pytest.mark.usefixtures("store")
def test_a_worker_changes_computers(tmp_path, capsys):
    """All of it comes along, once."""
    path = tmp_path / "records.json"
    assert main(["records", "export", "--format", "json", "--output", str(path)]) == 0
    main(["records", "list"])
    before = capsys.readouterr().out
    elsewhere = ["--data", str(tmp_path / "elsewhere")]
    assert main(["records", "import", *elsewhere, str(path)]) == 0
    assert capsys.readouterr().out == (
        "Added: 3 lines; already here: 0. Now 2 active entries (3 lines in all).\n"
    )
    assert main(["records", "import", *elsewhere, str(path)]) == 0
    assert capsys.readouterr().out == (
        "Added: 0 lines; already here: 3. Now 2 active entries (3 lines in all).\n"
    )
    main(["records", "list", *elsewhere])
    assert capsys.readouterr().out == before


@pytest.mark.usefixtures("store")
def test_a_damaged_file_is_refused_in_words(tmp_path, capsys):
    """It names the record, and says what to do; what it holds is not said."""
    path = tmp_path / "records.json"
    main(["records", "export", "--format", "json", "--output", str(path)])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"000120"', '"000121"', 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["records", "import", "--data", str(tmp_path / "elsewhere"), str(path)]) == 1
    said = capsys.readouterr().err
    assert "Record 1 in the file was changed after it was written." in said
    assert "What to do: Nothing was added." in said
    assert "00012" not in said


@pytest.mark.parametrize("name", [".", "not-there.json"])
def test_what_is_no_file_is_refused(tmp_path, name, capsys):
    assert main(["records", "import", str(tmp_path / name)]) == 2
    assert "The file cannot be read" in capsys.readouterr().err
