"""What release 1 left in a worker's folder is read: drafts, waiting records, an export, settings."""

import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main

KEPT = Path(__file__).with_name("release_1")
AWAY = "postgresql://nobody@127.0.0.1:1/none"
"""A server of shared records that never answers."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Lay the folder out as release 1 left it, and give it."""
    for name in ("drafts", "pending"):
        shutil.copytree(KEPT / name, tmp_path / name)
        (tmp_path / name).chmod(0o700)
    settings = Path(shutil.copy(KEPT / "settings.toml", tmp_path))
    monkeypatch.setenv("SERVICE_GROUP_DATA", str(tmp_path))
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(settings))
    return tmp_path


def test_unfinished_interviews_go_on(folder, monkeypatch, capsys):
    """The newer of two drafts is taken up: what could mean two things is asked, the rest is answered."""
    monkeypatch.setattr(sys, "stdin", StringIO("u\nu 1\n1\nq\n"))
    assert main(["ask", "--plain"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "2 unfinished interviews" in out
    assert "Investigation: none (guide 1.0.0)" in out
    assert "Reunification Services" in out
    assert [path.stem[:4] for path in (folder / "drafts").iterdir()] == [
        "1d01"
    ]  # the other has its result


def test_drafts_of_one_person_beside_the_folder(folder, tmp_path, monkeypatch, capsys):
    """Someone in a browser has drafts in a folder of their own, and goes on with those."""
    own = tmp_path / "visitors" / "one"
    own.mkdir(parents=True)
    shutil.move(folder / "drafts", own / "drafts")
    monkeypatch.setenv("SERVICE_GROUP_DRAFTS", str(own))
    monkeypatch.setattr(sys, "stdin", StringIO("q\n"))
    assert main(["ask", "--plain"]) == 0
    assert "2 unfinished interviews" in " ".join(capsys.readouterr().out.split())


def test_a_record_that_waits_is_kept_for_its_server(folder, monkeypatch, capsys):
    """It is counted, and stays where it is until the server takes it."""
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", AWAY)
    assert main(["records", "list"]) != 0
    assert "1 record on this computer" in capsys.readouterr().err
    assert [path.name for path in (folder / "pending").iterdir()] == [
        "4f0018f2a79a480381813303dffaf705.json"
    ]


@pytest.mark.usefixtures("folder")
def test_an_export_is_taken_in(capsys):
    """Its entry is listed as it was recorded, case number and all."""
    assert main(["records", "import", str(KEPT / "export.json")]) == 0
    capsys.readouterr()
    assert main(["records", "list"]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("4711", "child 1: home study", "Adoption"))
    assert main(["records", "verify"]) == 0


@pytest.mark.usefixtures("folder")
def test_its_entry_is_shown_and_compared(capsys):
    """In the words it was answered in, and with what today's guide says of it: the same."""
    assert main(["records", "import", str(KEPT / "export.json")]) == 0
    capsys.readouterr()
    assert main(["records", "show", "1"]) == 0
    assert "(guide 1.0.0)" in capsys.readouterr().out
    assert main(["records", "replay"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("folder")
def test_settings_are_read(capsys):
    """Both settings come from the file."""
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert "theme: light (settings file)" in said
    assert "alias: blue-heron (settings file)" in said
