"""Options that several commands share."""

from pathlib import Path

import click

from assistant.content.load import LoadedGuide, load_guide
from assistant.content.model import Guide
from assistant.errors import AssistantError
from assistant.paths import content_folder, data_folder

content_option = click.option(
    "--content",
    "content_folder",
    type=click.Path(path_type=Path),
    help="Folder of another guide. Also: SERVICE_GROUP_CONTENT.",
)
"""`--content DIR`, as a path or None."""

data_option = click.option(
    "--data",
    "data_folder",
    type=click.Path(path_type=Path),
    help="Folder for records and drafts. Also: SERVICE_GROUP_DATA.",
)
"""`--data DIR`, as a path or None."""


def kept_guide(content: Path | None) -> LoadedGuide:
    """Give the guide for a command that keeps no records; the next such command starts sooner.

    Raises `GuideError` when the guide cannot be used.
    """
    return load_guide(content_folder(content), kept_in=data_folder())


def guide_to_complete_from(ctx: click.Context) -> Guide | None:
    """Give the guide whose words complete a command line, None where it cannot be used."""
    try:
        return kept_guide(ctx.params.get("content_folder")).guide
    except AssistantError:
        return None
