"""What a session's process finds in its environment, and what it makes of it."""

import pytest

from assistant.cli import main
from assistant.errors import SettingsError
from assistant.services import real_services


def test_drafts_have_a_folder_of_their_own(data_folder, monkeypatch, tmp_path):
    """Drafts go there, and everything else stays where it was."""
    own = tmp_path / "web" / "one"
    monkeypatch.setenv("SERVICE_GROUP_DRAFTS", str(own))
    services = real_services()
    assert services.drafts._box.folder == own / "drafts"
    assert services.memos._folder == data_folder / "memos"


def test_the_environments_alias_wins(monkeypatch, tmp_path, capsys):
    """Over the one set in the file, and the command that shows settings says so."""
    path = tmp_path / "settings.toml"
    path.write_text('alias = "grey-wolf"', encoding="utf-8")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(path))
    assert real_services().settings.alias == "grey-wolf"
    monkeypatch.setenv("SERVICE_GROUP_ALIAS", "blue-heron")
    assert real_services().settings.alias == "blue-heron"
    main(["settings"])
    assert "alias: blue-heron (environment, SERVICE_GROUP_ALIAS)" in capsys.readouterr().out


@pytest.mark.parametrize("alias", ["ann lee", "ann@agency.org", "a" * 31])
def test_an_alias_that_can_be_none(monkeypatch, alias):
    """It is refused with the reason, and is not repeated: it may be somebody's name."""
    monkeypatch.setenv("SERVICE_GROUP_ALIAS", alias)
    with pytest.raises(SettingsError, match="an alias ") as error:
        real_services()
    assert alias not in str(error.value)


@pytest.mark.parametrize(("value", "only"), [("1", True), ("", False)])
def test_training_only(monkeypatch, value, only):
    monkeypatch.setenv("SERVICE_GROUP_TRAINING_ONLY", value)
    assert real_services().training_only is only


def test_by_default_nothing_of_the_kind():
    services = real_services()
    assert (services.resumes, services.training_only) == (False, False)
