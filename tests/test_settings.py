"""The settings file: what it may say, where every mistake is shown, and what wins over it."""

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from time import perf_counter

import pytest

from assistant.errors import SettingsError
from assistant.services import real_services
from assistant.settings import (
    SETTINGS,
    Settings,
    content_folder,
    data_folder,
    load_settings,
    read_settings,
    settings_path,
)

FULL = """\
# how I like it
theme = "light"
reduced_motion = true
plain = false
folder = "~/records"
content = '~/guide'
alias = "blue-heron-7"
records_url = "postgresql://worker:geheim@db/records"
"""


@pytest.fixture
def settings_file(tmp_path, monkeypatch):
    """Return a writer of the settings file that the assistant then uses."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "settings.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(path))
        return path

    return write


@pytest.fixture
def mistakes(settings_file):
    """Return the mistakes in a text, each as `line: what is wrong`."""

    def listed(text):
        path = settings_file(text)
        return [said.removeprefix(f"{path}:").lstrip() for said in read_settings().mistakes]

    return listed


def test_every_setting_can_be_set(settings_file):
    """Each value reaches the assistant as it is used."""
    settings_file(FULL)
    assert load_settings() == Settings(
        theme="light",
        reduced_motion=True,
        plain=False,
        folder=Path.home() / "records",
        content=Path.home() / "guide",
        alias="blue-heron-7",
        records_url="postgresql://worker:geheim@db/records",
    )


def test_every_setting_is_checked():
    """No setting is without a check, and no check without a setting."""
    assert [setting.name for setting in SETTINGS] == [setting.name for setting in fields(Settings)]


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "\ufeff"])
def test_a_file_that_sets_nothing_leaves_the_defaults(settings_file, text):
    settings_file(text)
    assert load_settings() == Settings()


def test_what_a_windows_editor_writes_is_read(settings_file):
    """A byte order mark and Windows line ends are no mistake, and lines count as the editor's."""
    settings_file('\ufefftheme = "light"\r\nplain = true\r\nalia = "x"\r\n')
    (mistake,) = read_settings().mistakes
    assert read_settings().settings.theme == "light"
    assert ":3: there is no setting 'alia'" in mistake


def test_no_file_where_it_is_looked_for_by_itself_is_no_mistake(monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "none")
    monkeypatch.delenv("SERVICE_GROUP_SETTINGS")
    assert settings_path() == tmp_path / "none" / "settings.toml"
    assert load_settings() == Settings()
    assert not (tmp_path / "none").exists()


def test_a_file_that_was_named_has_to_be_there(monkeypatch, tmp_path):
    """Otherwise records would quietly go to another folder than the one set in it."""
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "gone.toml"))
    with pytest.raises(SettingsError, match="there is no such file"):
        load_settings()


def test_a_folder_is_no_settings_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is readable")
def test_a_file_that_may_not_be_read_is_refused(settings_file):
    settings_file(FULL).chmod(0)
    with pytest.raises(SettingsError, match="Permission denied"):
        load_settings()


def test_a_file_too_long_for_settings_is_refused(settings_file):
    settings_file("# " + "x" * 20_000)
    with pytest.raises(SettingsError, match="too long"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('them = "dark"', "1: there is no setting 'them'; did you mean 'theme'?"),
        ('\n  "reduced-motion" = true', "2: there is no setting 'reduced-motion'; did you mean"),
        ("xyz.b = 1", "1: there is no setting 'xyz'; do not put settings in a [section]"),
        ("\n[screen]\nplain = true", "2: there is no setting 'screen'; do not put settings in a"),
        ("[[screen]]\nplain = true", "1: there is no setting 'screen'; do not put settings in a"),
        ('"\\u0078" = 1', "there is no setting 'x'"),
        ('theme = "drak"', '1: theme: this is "dark" or "light"; did you mean \'dark\'?'),
        ("theme = []", '1: theme: this is "dark" or "light"'),
        ("theme.dark = true", '1: theme: this is "dark" or "light"'),
        ('plain = "yes"', "1: plain: this must be true or false, without quotes"),
        ("reduced_motion=1", "1: reduced_motion: this must be true or false, without quotes"),
        ("folder = 5", "1: folder: this must be text in quotes"),
        ('folder = " "', "1: folder: a folder must be a name in quotes"),
        ('folder = "records"', "1: folder: write the full path of the folder"),
        ('folder = "/a\\u0000b"', "1: folder: a folder's name cannot have that character"),
        (
            "content = '~nobody-of-that-name/x'",
            "1: content: this computer has no user with the name after ~",
        ),
        ("alias = 7", "1: alias: this must be text in quotes"),
        ('alias = "ann@agency.org"', "1: alias: an alias cannot be an email address"),
        (
            'alias = "ann lee"',
            "1: alias: an alias can have only letters and digits, with single dashes",
        ),
        (
            'alias = "-ann"',
            "1: alias: an alias can have only letters and digits, with single dashes",
        ),
        (f'alias = "{"a" * 31}"', "1: alias: an alias can have at most 30 characters"),
        ('alias = """\nann\nlee"""', "1: alias: an alias can have only letters and digits"),
        ("records_url = 5", "1: records_url: this must be text in quotes"),
        ('records_url = "mysql://a@db/x"', "1: records_url: the records address must start with"),
        (
            'records_url = "postgresql://db"',
            "1: records_url: write the records address as postgresql:",
        ),
    ],
)
def test_a_mistake_is_shown_where_it_stands(mistakes, text, said):
    """With its key, and the line where that is easily found."""
    (found,) = mistakes(text)
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "theme = dark",
            "1: this is not TOML: invalid value (at line 1, column 9); put words in quotes",
        ),
        ('plain = true\ntheme "dark"', "2: this is not TOML: expected '=' after a key"),
        ('theme = "dark"\ntheme = "light"', "2: this is not TOML: cannot overwrite a value"),
        ('folder = "C:\\Users\\x"', "1: "),
        ('alias = "x', "1: this is not TOML: "),
        ("plain = True", "1: this is not TOML: invalid value"),
        (f"alias = {'[' * 8000}", "this is not TOML: a number or a list is too long"),
        (f"alias = {'9' * 8000}", "this is not TOML: a number or a list is too long"),
    ],
)
def test_what_is_no_toml_is_shown_where_it_ends_to_be(mistakes, text, said):
    (found,) = mistakes(text)
    assert found.startswith(said)


def test_a_windows_folder_in_double_quotes_is_explained(mistakes):
    """The likeliest mistake on Windows: a backslash begins an escape there."""
    (found,) = mistakes('folder = "C:\\Users\\ann"')
    assert "in single quotes, write it once" in found


def test_text_in_another_encoding_is_shown_where_it_begins(settings_file):
    settings_file('plain = true\nalias = "Zoë"', encoding="latin-1")
    (mistake,) = read_settings().mistakes
    assert mistake.endswith(":2: the file is not UTF-8 text")


def test_an_address_with_a_password_is_never_repeated(settings_file, monkeypatch):
    """Neither in a mistake, from the file or the environment, nor in how settings are shown."""
    settings_file('records_url = "postgresql://worker:geheim@db:x/records"')
    with pytest.raises(SettingsError) as in_file:
        load_settings()
    settings_file('records_url = "postgresql://worker:geheim@db/records"')
    assert "geheim" not in f"{in_file.value}{load_settings()}{real_services()}"
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", "postgresql://worker:geheim@db")
    with pytest.raises(SettingsError, match="cannot be reached") as named:
        load_settings()
    assert "geheim" not in str(named.value)
    assert (in_file.value.exit_code, named.value.exit_code) == (1, 1)


def test_the_address_in_the_environment_wins(settings_file, monkeypatch):
    """Over the one in the file, and over none."""
    settings_file(FULL)
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", " postgresql://other/records ")
    assert load_settings().records_url == "postgresql://other/records"


def test_every_mistake_is_named_at_once_and_what_is_good_still_known(settings_file):
    """Values that span lines, and words in them that look like settings, do not shift the places."""
    path = settings_file(
        'alias = """\ntheme = 1\n"""\n\nplain = 1 # no\nreduced_motion = true\nfoldr = ["a",\n"b"]\n'
    )
    with pytest.raises(SettingsError, match="3 mistakes") as caught:
        load_settings()
    lines = [mistake.removeprefix(f"{path}:")[0] for mistake in read_settings().mistakes]
    assert lines == ["1", "5", "7"]
    assert f"{path}:5: plain: this must be true or false, without quotes" in str(caught.value)
    assert read_settings().given == {"reduced_motion"}
    assert caught.value.exit_code == 1


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(
    settings_file, monkeypatch
):
    """The same order for both folders."""
    flag, named, default = Path("/flag"), Path("/named"), content_folder()
    settings_file(FULL)
    monkeypatch.delenv("SERVICE_GROUP_DATA")
    assert content_folder() == Path.home() / "guide"
    assert data_folder() == Path.home() / "records"
    assert default.name == "content"
    monkeypatch.setenv("SERVICE_GROUP_CONTENT", str(named))
    monkeypatch.setenv("SERVICE_GROUP_DATA", str(named))
    assert (content_folder(), data_folder()) == (named, named)
    assert (content_folder(flag), data_folder(flag)) == (flag, flag)


def test_a_home_folder_may_be_written_short(settings_file, monkeypatch):
    monkeypatch.delenv("SERVICE_GROUP_DATA")
    settings_file('folder = "~/service groups"')
    assert data_folder() == Path.home() / "service groups"


def test_a_home_that_nobody_has_is_refused_with_the_variable_that_names_it(monkeypatch):
    monkeypatch.setenv("SERVICE_GROUP_CONTENT", "~nobody-of-that-name/guide")
    with pytest.raises(SettingsError) as raised:
        content_folder()
    assert raised.value.where == "SERVICE_GROUP_CONTENT"


def test_an_interview_does_not_start_under_half_of_the_settings(settings_file, data_folder):
    """Wrong settings are refused, not passed over, and nothing is made before that."""
    settings_file("plain = 1")
    with pytest.raises(SettingsError):
        real_services()
    assert not data_folder.exists()


def test_front_ends_are_handed_the_settings(settings_file):
    settings_file('theme = "light"')
    assert real_services().settings.theme == "light"


def test_reading_the_settings_loads_neither_pydantic_nor_the_reader_of_a_missing_file():
    """Every start reads them, so a start without a file pays for a look and no more."""
    code = (
        "import sys; from assistant.settings import load_settings; load_settings();"
        "print(*sorted({'pydantic', 'tomllib', 'difflib', 'yaml', 'click'} & set(sys.modules)))"
    )
    missing = {key: value for key, value in os.environ.items() if key != "SERVICE_GROUP_SETTINGS"}
    missing |= {"XDG_CONFIG_HOME": "/nowhere", "LOCALAPPDATA": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=missing, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_looking_for_a_missing_file_costs_next_to_nothing(monkeypatch, tmp_path):
    monkeypatch.delenv("SERVICE_GROUP_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    load_settings()
    started = perf_counter()
    for _ in range(100):
        load_settings()
    assert (perf_counter() - started) / 100 < 0.003
