"""Options that several commands share."""

from pathlib import Path

import click

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
