"""`service-group records set-aside`: moves damaged records away and keeps them."""

from pathlib import Path

import click

from assistant.bootstrap import Services, real_services
from assistant.cli.options import content_option, data_option
from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsUnavailableError,
    UsageError,
)
from assistant.paths import data_folder as folder_of
from assistant.records.databases.setting_aside import kept_in
from assistant.records.databases.setting_aside import set_aside as move_aside
from assistant.records.databases.sqlite_file import FILE_NAME


@click.command("set-aside")
@content_option
@data_option
@click.option("--force", is_flag=True, help="Also where nothing is wrong with them.")
def set_aside(content_folder: Path | None, data_folder: Path | None, force: bool) -> int:
    """Move damaged records away under a dated name, so that new ones can begin.

    Nothing is deleted or changed. Records that can be used stay where they are, unless forced.

    \b
    Example:
      service-group records set-aside
    """
    services = real_services(content_folder, data_folder)
    if services.settings.records_url:
        raise UsageError(
            "These records are on a server, so this computer cannot set them aside.",
            mend="Ask whoever looks after the server.",
        )
    folder = folder_of(data_folder, services.settings)
    if not kept_in(folder):
        click.echo("There are no records here to set aside.")
        return 0
    records = folder / FILE_NAME
    if not force and records.exists() and records.stat().st_size:
        _refuse_usable(services)
    for place in move_aside(folder, services.now()):
        click.echo(f"Kept as {place}")
    click.echo("New records begin with the next entry.")
    return 0


def _refuse_usable(services: Services) -> None:
    """Raise a `RecordsError` where the records can be used now, or once something else is mended."""
    try:
        sound = next(services.open_records().faults(), None) is None
    except (RecordsBusyError, RecordsNewerError, RecordsUnavailableError):
        raise
    except RecordsError:
        return
    if sound:
        raise RecordsDamagedError(
            "Nothing is wrong with these records, so they were left where they are.",
            mend="To begin new ones all the same, add --force.",
        )
