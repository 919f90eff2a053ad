"""`service-group records summary`, `overrides` and `replay`."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.cli import reports as counts
from assistant.records.store import open_store
from tests.builders import shipped
from tests.entries import ADOPTION, HOME, entry_of, overriding

DECISIONS = Path(__file__).parents[1] / "golden" / "decisions"


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
    assert lines[0] == "Active entries: 22"
    assert f"  Reunification Services  20  {'█' * 24}" in lines
    assert f"  Preventive Services      2  {'█' * 2}" in lines
    assert any(line.startswith("  Oct 2026  ") for line in lines)


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
    assert capsys.readouterr().out == "Active entries: 0\n"


@pytest.mark.usefixtures("store", "on_terminal")
def test_overrides_are_told_by_the_end_of_the_interview(capsys):
    """The most doubtful first, with what was chosen instead and why."""
    assert main(["records", "overrides"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("Adoption Services, where ")
    assert (
        "the goal is adoption, unless an assessment or investigation was open. Entries: 2;" in text
    )
    assert "Changed: 2; Percent: 100;" in text
    assert "Chosen instead: Preventive Services 2; Why: " in text
    assert text.endswith("Entries: 20; Changed: 0; Percent: 0.")


@pytest.mark.usefixtures("store")
def test_overrides_leave_the_terminal_only_when_asked(capsys):
    """A pipe is refused with the option that opens it, before anything is counted."""
    assert main(["records", "overrides"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--unsuppressed" in said.err
    assert main(["records", "overrides", "--unsuppressed"]) == 0
    assert "Changed: 2;" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("on_terminal")
def test_nothing_to_count_is_said(data_folder, capsys):
    open_store(data_folder)
    assert main(["records", "overrides"]) == 0
    assert capsys.readouterr().err == "There are no entries to count.\n"


@pytest.mark.usefixtures("store")
def test_replay_under_the_same_rules_lists_nothing(capsys):
    assert main(["records", "replay"]) == 0
    said = capsys.readouterr()
    assert (said.out, "the same recommendation" in said.err) == ("", True)


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
    assert said.err == "Today's advice would differ for 2 entries.\n"
    assert main(["records", "replay", "--group", "reunification"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("on_terminal")
def test_an_end_that_only_guide_1_0_had_is_told_in_its_words(data_folder, capsys):
    """And one that no guide here has, as under an earlier guide."""
    store = open_store(data_folder)
    for outcome in ("no_goal_in_home", "long_gone"):
        store.add(replace(overriding(ADOPTION, "preventive"), outcome=outcome))
    assert main(["records", "overrides"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "no goal has been established" in said
    assert said.count("(guide 1.0.0)") == 1
    assert "under an earlier guide" in said


def test_replay_says_that_an_entry_was_asked_differently(data_folder, capsys):
    """With what today's guide says where its facts carry over."""
    old = {"investigation": "concluded", "goal": "none", "case_plan": "none"}
    hash_ = (DECISIONS / "1.0.0.hash").read_text(encoding="utf-8").strip()
    entry = replace(entry_of(ADOPTION), answers=old, meaning_hash=hash_, content_version="1.0.0")
    open_store(data_folder).add(entry)
    assert main(["records", "replay"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "today: Assessment/Investigation Services." in said
    assert "Entry 1 answered different questions, from guide 1.0.0." in said
