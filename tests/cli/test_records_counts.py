"""`service-group records summary`, `overrides` and `replay`."""

import json
import stat
from dataclasses import replace

import pytest

from assistant.cli import main
from assistant.cli import reports as counts
from assistant.records.store import open_store
from tests.builders import shipped
from tests.entries import ADOPTION, HOME, entry_of, overriding


@pytest.fixture
def store(data_folder):
    """Twenty entries that followed and two that did not."""
    opened = open_store(data_folder, rules=shipped().decision, patience=0)
    for _ in range(20):
        opened.add(entry_of(HOME))
    for _ in range(2):
        opened.add(overriding(ADOPTION, "preventive"))
    return opened


@pytest.fixture
def on_terminal(monkeypatch):
    monkeypatch.setattr(counts, "_on_terminal", lambda: True)


@pytest.mark.usefixtures("store", "on_terminal")
def test_on_a_terminal_every_count_is_shown(capsys):
    """In columns with bars."""
    assert main(["records", "summary"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Entries that stand: 22"
    assert f"  Reunification Services  20  {'█' * 24}" in lines
    assert f"  Preventive Services      2  {'█' * 2}" in lines
    assert any(line.startswith("  2026-10  ") for line in lines)


@pytest.mark.usefixtures("store", "on_terminal")
def test_where_lines_are_heard_each_makes_sense_alone(monkeypatch, tmp_path, capsys):
    """With no block to be read out."""
    (tmp_path / "settings.toml").write_text("plain = true")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "settings.toml"))
    assert main(["records", "summary"]) == 0
    said = capsys.readouterr().out
    assert "Reunification Services: 20\n" in said
    assert "█" not in said


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("options", [[], ["--format", "csv"], ["--format", "json"]])
def test_what_leaves_the_terminal_hides_small_counts(options, capsys):
    """And what would give them away; the one option shows them."""
    assert main(["records", "summary", *options]) == 0
    hidden = capsys.readouterr().out
    assert "not shown" in hidden
    assert "under 15" in hidden
    assert main(["records", "summary", *options, "--unsuppressed"]) == 0
    shown = capsys.readouterr().out
    assert "under" not in shown
    assert "not shown" not in shown


@pytest.mark.usefixtures("store", "on_terminal")
def test_a_file_hides_small_counts_wherever_it_is_asked_for(tmp_path, capsys):
    """It is only its owner's, and is not written over."""
    path = tmp_path / "summary.json"
    command = ["records", "summary", "--format", "json", "--output", str(path)]
    assert main(command) == 0
    plain = json.loads(path.read_text(encoding="utf-8"))
    assert {line["entries"] for line in plain["by_group"]} == {"under 15", "not shown"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert main(command) == 2
    assert main([*command, "--force", "--unsuppressed"]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["total"] == 22
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("store", "on_terminal")
def test_a_summary_of_some_days(capsys):
    assert main(["records", "summary", "--since", "2999-01-01"]) == 0
    assert capsys.readouterr().out == "Entries that stand: 0\n"


@pytest.mark.usefixtures("store", "on_terminal")
def test_overrides_are_told_by_the_end_of_the_interview(capsys):
    """The most doubtful first, with what was chosen instead and why."""
    assert main(["records", "overrides"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("Adoption Services, where ")
    assert "and the goal is adoption. Entries: 2; Chosen otherwise: 2; Percent: 100;" in text
    assert "Chosen instead: Preventive Services 2; Why: " in text
    assert text.endswith("Entries: 20; Chosen otherwise: 0; Percent: 0.")


@pytest.mark.usefixtures("store")
def test_overrides_leave_the_terminal_only_when_asked(capsys):
    """A pipe is refused with the option that opens it, before anything is counted."""
    assert main(["records", "overrides"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--unsuppressed" in said.err
    assert main(["records", "overrides", "--unsuppressed"]) == 0
    assert "Chosen otherwise: 2;" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("on_terminal")
def test_nothing_to_count_is_said(data_folder, capsys):
    open_store(data_folder)
    assert main(["records", "overrides"]) == 0
    assert capsys.readouterr().err == "No entry is there to be counted.\n"


@pytest.mark.usefixtures("store")
def test_replay_under_the_same_rules_lists_nothing(capsys):
    assert main(["records", "replay"]) == 0
    said = capsys.readouterr()
    assert (said.out, "what was recommended then" in said.err) == ("", True)


@pytest.mark.usefixtures("store")
def test_replay_under_other_rules_lists_both(services, monkeypatch, capsys):
    """With what was recorded, in lines that each name the entry."""
    guide = shipped().guide
    moved = replace(guide.outcomes["adoption"], group="preventive")
    other = replace(guide, outcomes={**guide.outcomes, "adoption": moved})
    loaded = replace(shipped(), guide=other, meaning_hash="f" * 64)
    monkeypatch.setattr(
        "assistant.services.services_with_records", lambda *_: replace(services, loaded=loaded)
    )
    assert main(["records", "replay"]) == 0
    said = capsys.readouterr()
    text = " ".join(said.out.split())
    assert "recommended then: Adoption Services; today: Preventive Services." in text
    assert "Recorded in entry 21: Preventive Services." in text
    assert "What changed" not in text
    assert said.err == "2 entries would be advised otherwise today.\n"
    assert main(["records", "replay", "--group", "reunification"]) == 0
    assert capsys.readouterr().out == ""
