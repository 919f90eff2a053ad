"""`service-group settings`: what is set, where that comes from, and what is wrong with it."""

import pytest

from assistant.cli import main


@pytest.fixture
def settings_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    path.write_text('theme = "light"\nplain = true\nalias = "blue-heron"\n', encoding="utf-8")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(path))
    return path


def test_every_setting_is_shown_with_where_it_comes_from(settings_file, data_folder, capsys):
    """A line each, which makes sense heard alone."""
    assert main(["settings"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        f"Settings file: {settings_file}",
        "theme: light (settings file)",
        "reduced_motion: false (default)",
        "plain: true (settings file)",
        f"folder: {data_folder} (environment, SERVICE_GROUP_DATA)",
    ]
    assert lines[5].endswith("content (default)")
    assert lines[6:9] == [
        "decisions: none (default)",
        "alias: blue-heron (settings file)",
        "records_url: none (default)",
    ]


def test_an_address_is_shown_without_its_password(settings_file, monkeypatch, capsys):
    """From the file as from the environment, which wins."""
    settings_file.write_text('records_url = "postgresql://a:geheim@db/x"', encoding="utf-8")
    assert main(["settings"]) == 0
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", "postgresql+psycopg://b:secret@db/y")
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert "records_url: postgresql://a:***@db/x (settings file)" in said
    assert (
        "records_url: postgresql+psycopg://b:***@db/y (environment, SERVICE_GROUP_RECORDS_URL)"
        in said
    )
    assert "geheim" not in said
    assert "secret" not in said


def test_what_the_environment_says_is_shown_in_place_of_the_file(
    settings_file, monkeypatch, capsys
):
    settings_file.write_text('content = "/srv/guide"', encoding="utf-8")
    assert main(["settings"]) == 0
    assert "content: /srv/guide (settings file)" in capsys.readouterr().out
    monkeypatch.setenv("SERVICE_GROUP_CONTENT", "/other/guide")
    assert main(["settings"]) == 0
    assert "content: /other/guide (environment, SERVICE_GROUP_CONTENT)" in capsys.readouterr().out


def test_every_mistake_is_listed_at_its_place(settings_file, capsys):
    """The exit code is 1, and what can be used is shown all the same."""
    settings_file.write_text('theme = "light"\nplan = true\nalias = 7\n', encoding="utf-8")
    assert main(["settings"]) == 1
    said = capsys.readouterr()
    assert "theme: light (settings file)" in said.out
    assert said.out.splitlines()[-2:] == [
        f"{settings_file}:2: there is no setting 'plan'; did you mean 'plain'?",
        f"{settings_file}:3: alias: this must be text in quotes",
    ]
    assert said.err.startswith("2 mistakes found")


@pytest.mark.parametrize("written", ["yes", "On  # calmer", "False"])
def test_another_word_for_yes_or_no_is_told_which_to_write(settings_file, written, capsys):
    settings_file.write_text(f"reduced_motion = {written}\n", encoding="utf-8")
    assert main(["settings"]) == 1
    assert "write true or false" in capsys.readouterr().out


def test_what_is_set_and_not_there_is_named(settings_file, tmp_path, capsys):
    """The exit code stays 0: a folder may be on a drive that is away."""
    away = (tmp_path / "away").as_posix()
    settings_file.write_text(f'content = "{away}"\n', encoding="utf-8")
    assert main(["settings"]) == 0
    assert f"content: {away} does not exist" in capsys.readouterr().out.replace("\\", "/")


def test_a_file_that_is_not_needed_is_said_to_be_missing(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path)
    monkeypatch.delenv("SERVICE_GROUP_SETTINGS")
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.startswith(
        f"Settings file: {tmp_path / 'settings.toml'} (no file, and none is needed)\n"
    )


def test_the_path_alone_can_be_asked_for(settings_file, capsys):
    """For an editor, or a script; a file with mistakes is found too."""
    settings_file.write_text("=", encoding="utf-8")
    assert main(["settings", "--path"]) == 0
    assert capsys.readouterr().out == f"{settings_file}\n"


@pytest.mark.parametrize("command", [["ask"], ["content", "check"], ["recommend", "goal=adoption"]])
def test_other_commands_refuse_settings_with_mistakes(settings_file, data_folder, command, capsys):
    """Half of what was set is not what was set; the sentence says which line, and what to do."""
    settings_file.write_text("plain = 1", encoding="utf-8")
    assert main(command) == 1
    said = capsys.readouterr()
    assert f"{settings_file}:1: plain: this must be true or false" in said.err
    assert "What to do: fix or delete the lines named above" in said.err
    assert said.out == ""
    assert not data_folder.exists()
