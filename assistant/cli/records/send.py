"""`service-group records send`: sends what waits on this computer to the shared records."""

from collections.abc import Iterable
from pathlib import Path

import click

from assistant.bootstrap import real_services
from assistant.cli.options import content_option, data_option
from assistant.interview.entries import local_time
from assistant.interview.visible import visible
from assistant.problems import counted
from assistant.records.store import Waiting


@click.command()
@content_option
@data_option
def send(content_folder: Path | None, data_folder: Path | None) -> int:
    """Send what was recorded while the shared records were out of reach.

    Looking at the records, or adding to them, does the same. What the shared records refuse is
    listed with the reason, and stays on this computer; exit code 1 then.

    \b
    Example:
      service-group records send
    """
    services = real_services(content_folder, data_folder)
    if not services.settings.records_url:
        click.echo("Records are kept on this computer alone: nothing has to be sent.")
        return 0
    store = services.open_records()
    click.echo(f"Sent to the shared records: {counted(store.send(), 'record')}.")
    return _refused(store.waiting())


def _refused(waiting: Iterable[Waiting]) -> int:
    code = 0
    for one in waiting:
        code = 1
        when = local_time(one.record.when)
        name = f"pending/{one.record.id}.json"
        why = one.refused or "It waits still."
        click.echo(visible(f"Not taken, of {when}: {why} It is kept as {name}."), err=True)
    return code
