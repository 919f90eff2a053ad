"""A group of commands that loads a command's module only when that command runs."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Knows its commands by name: `lazy` gives "module:attribute" and a line of help for each."""

    def __init__(self, *arguments: Any, lazy: Mapping[str, tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*arguments, **named)
        self._lazy = lazy

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        return loaded(self._lazy[cmd_name][0]) if cmd_name in self._lazy else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self._lazy.items()])


def loaded(place: str) -> click.Command:
    """Give the command that stands at "module:attribute"."""
    module, attribute = place.split(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command
