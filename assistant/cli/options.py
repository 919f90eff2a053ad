"""Options and lines that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.folders import content_folder, data_folder

if TYPE_CHECKING:
    from assistant.guide.loading import LoadedGuide


class WholeNumber(click.IntRange):
    """A whole number within bounds; anything else is refused in plain words, and not said again."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            most = f" up to {self.max:,}" if self.max is not None else ""
            self.fail(f"Type a whole number from {self.min}{most}, such as 3.", param, ctx)


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

plain_option = click.option(
    "--plain/--no-plain",
    default=None,
    help="Hold it in plain lines, as for a screen reader, or not.  [default: as set]",
)
"""`--plain` or `--no-plain`, as a bool, or None where neither is given."""

class_option = click.option(
    "--class",
    "class_file",
    type=click.Path(path_type=Path),
    help="A class file: practice offers it first. Also: SERVICE_GROUP_CLASS.",
)
"""`--class FILE`, as a path or None; `class_path` knows the environment too."""


def kept_guide(content: Path | None) -> "LoadedGuide":
    """Give the guide for a command that keeps no records; the next such command starts sooner.

    Raises `GuideError` when the guide cannot be used.
    """
    from assistant.guide.loading import load_guide  # noqa: PLC0415 - 20 ms, which no help needs

    return load_guide(content_folder(content), kept_in=data_folder())
