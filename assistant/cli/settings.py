"""`service-group settings`: every setting, its value, where it comes from, and whether the file is sound."""

import os
from collections.abc import Iterator
from dataclasses import fields

import click

from assistant.database_url import without_secrets
from assistant.paths import CONTENT_VARIABLE, DATA_VARIABLE, content_folder, data_folder
from assistant.settings import (
    ALIAS_VARIABLE,
    RECORDS_URL_VARIABLE,
    Reading,
    alias_in_use,
    read_settings,
    records_url_in_use,
    settings_path,
)

_VARIABLES = {
    "folder": DATA_VARIABLE,
    "content": CONTENT_VARIABLE,
    "alias": ALIAS_VARIABLE,
    "records_url": RECORDS_URL_VARIABLE,
}


@click.command()
@click.option("--path", "only_path", is_flag=True, help="Print only where the settings file is.")
def settings(only_path: bool) -> int:
    """Show every setting, its value and where it comes from, and check the settings file.

    The file is made and changed with any editor; a setting is a line, such as theme = "light".

    \b
    Example:
      service-group settings
    """
    if only_path:
        click.echo(settings_path())
        return 0
    reading = read_settings()
    click.echo(
        f"Settings file: {reading.path}{'' if reading.there else ' (not there; none needed)'}"
    )
    for name, value, source in _rows(reading):
        click.echo(f"{name}: {value} ({source})")
    return _mistakes(reading)


def _rows(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Give each setting's name, its value in words of the file, and where the value comes from."""
    in_use = {
        "folder": data_folder(settings=reading.settings),
        "content": content_folder(settings=reading.settings),
        "alias": alias_in_use(reading.settings),
        "records_url": without_secrets(records_url_in_use(reading.settings)),
    }
    for name in (setting.name for setting in fields(reading.settings)):
        value = in_use.get(name, getattr(reading.settings, name))
        yield name, _in_words(value), _source(reading, name)


def _in_words(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or "none"


def _source(reading: Reading, name: str) -> str:
    variable = _VARIABLES.get(name, "")
    if os.environ.get(variable, "").strip():
        return f"environment, {variable}"
    return "settings file" if name in reading.given else "default"


def _mistakes(reading: Reading) -> int:
    """Print every mistake, and give the exit code."""
    if not reading.problems:
        return 0
    from assistant.problems import as_text, counted  # noqa: PLC0415 - only where there are some

    click.echo(as_text(reading.problems))
    count = counted(len(reading.problems), "mistake")
    click.echo(f"{count} found; until mended, the assistant does not start.", err=True)
    return 1
