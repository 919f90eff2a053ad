"""`help`: the handbook, and how a command is used."""

import pytest

from assistant.cli import main
from assistant.guide.handbook import handbook


def test_with_no_topic_it_lists_them(capsys):
    assert main(["help"]) == 0
    said = capsys.readouterr().out
    assert [topic for topic in handbook() if f"service-group help {topic}" not in said] == []


@pytest.mark.parametrize("typed", ["trainers", "Trainers", "trainers.md"])
def test_a_topic(typed, capsys):
    assert main(["help", typed]) == 0
    assert capsys.readouterr().out.startswith(handbook()["trainers"].title)


def test_a_topic_of_two_words(capsys):
    assert main(["help", "guide", "keepers"]) == 0
    assert capsys.readouterr().out.startswith(handbook()["guide-keepers"].title)


@pytest.mark.parametrize("words", [["records"], ["records", "list"], ["recommend"]])
def test_a_command_is_explained_as_its_own_help_does(words, capsys):
    assert main([*words, "--help"]) == 0
    usual = capsys.readouterr().out
    assert main(["help", *words]) == 0
    assert capsys.readouterr().out == usual


@pytest.mark.parametrize("words", [["recrods"], ["records", "list", "more"], ["workes"]])
def test_what_is_neither(words, capsys):
    assert main(["help", *words]) == 2
    assert "service-group help" in capsys.readouterr().err


@pytest.mark.parametrize(("word", "topic"), [("supervisor", "reviewers"), ("memo", "workers")])
def test_a_word_that_no_page_is_called_by_leads_to_the_page_that_has_it(word, topic, capsys):
    assert main(["help", word]) == 2
    assert f"service-group help {topic}, " in capsys.readouterr().err


def test_it_is_there_where_the_settings_are_wrong(tmp_path, monkeypatch, capsys):
    """They are named, and the page is read all the same."""
    (tmp_path / "settings.toml").write_text("theme = 1\n", encoding="utf-8")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "settings.toml"))
    assert main(["help", "it"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(handbook()["it"].title)
    assert "settings.toml" in said.err


def test_it_is_there_where_the_guide_is_not(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SERVICE_GROUP_CONTENT", str(tmp_path / "none"))
    assert main(["help", "workers"]) == 0
    assert capsys.readouterr().out.startswith(handbook()["workers"].title)
