"""`service-group doctor`: versions, where everything lives, whether it is healthy, and what to do."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from assistant.cli import checkups, checkups_shared, surroundings
from assistant.cli.findings import Finding, as_lines, as_object
from assistant.cli.options import content_option, data_option
from assistant.errors import SettingsError
from assistant.paths import content_folder as content_of
from assistant.paths import data_folder as data_of
from assistant.settings import Settings, records_url_in_use


@click.command()
@content_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(content_folder: Path | None, data_folder: Path | None, as_json: bool) -> int:
    """Say which versions these are, where everything is kept, whether it is healthy, and what to do.

    Nothing is made or changed, and nothing of a case is printed. Exit code 1 when anything needs
    to be done.

    \b
    Example:
      service-group doctor
    """
    versions = surroundings.versions()
    findings = [
        surroundings.parts(versions),
        *_kept_things(content_folder, data_folder),
        surroundings.terminal(),
        surroundings.clipboard(),
    ]
    healthy = all(finding.healthy for finding in findings)
    if as_json:
        said = [as_object(finding) for finding in findings]
        click.echo(
            json.dumps({"healthy": healthy, "versions": versions, "findings": said}, indent=2)
        )
    else:
        click.echo("\n".join(_lines(versions, findings)))
    return 0 if healthy else 1


def _kept_things(content: Path | None, data: Path | None) -> Iterator[Finding]:
    """Look at what the settings, the environment or the flags point to."""
    settings, finding = checkups.settings_now()
    yield finding
    loaded, finding = checkups.guide_now(content_of(content, settings))
    yield finding
    folder = data_of(data, settings)
    yield checkups.folder_now(folder)
    yield from _records(settings, folder)
    yield checkups.drafts(folder)
    yield checkups.kept_guide(folder, loaded)


def _records(settings: Settings, folder: Path) -> Iterator[Finding]:
    """Look at the records where they are kept, and at what waits to be sent there."""
    try:
        url = records_url_in_use(settings)
    except SettingsError as error:
        yield Finding("Records", error.what, error.where, error.mend)
        return
    yield checkups_shared.shared_records(url, folder) if url else checkups.records(folder)
    yield from checkups_shared.waiting(url, folder)


def _lines(versions: dict[str, str], findings: list[Finding]) -> Iterator[str]:
    for name, number in versions.items():
        missing = "none, run from its own folder" if name == "assistant" else "not installed"
        yield f"Version of {name}: {number or missing}"
    yield from as_lines(findings)
    ill = [finding.name for finding in findings if not finding.healthy]
    yield f"To do: {', '.join(ill)}, as said above." if ill else "All is healthy."
