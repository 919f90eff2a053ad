"""`service-group records`: what was recorded on this computer, in lines."""

from types import MappingProxyType

import click

from assistant.cli.lazy import LazyGroup

_COMMANDS = MappingProxyType(
    {
        "list": ("assistant.cli.records.listing:list_", "List or find entries, newest first."),
        "show": ("assistant.cli.records.listing:show", "Show the whole of one entry."),
        "history": ("assistant.cli.records.listing:history", "Say what became of one entry."),
        "memo": ("assistant.cli.records.entry:memo", "Give a memo of one entry."),
        "withdraw": ("assistant.cli.records.entry:withdraw", "Withdraw one entry, saying why."),
        "send": ("assistant.cli.records.send:send", "Send what waits to the shared records."),
        "summary": ("assistant.cli.records.counts:summary", "Count the entries, with bars."),
        "overrides": (
            "assistant.cli.records.counts:overrides",
            "Count how often workers chose otherwise than recommended.",
        ),
        "replay": (
            "assistant.cli.records.replay:replay",
            "List the entries that today's rules would advise otherwise.",
        ),
        "export": ("assistant.cli.records.files:export", "Write entries to a file to take along."),
        "verify": ("assistant.cli.records.keeping:verify", "Say whether the records are unbroken."),
        "purge": (
            "assistant.cli.records.keeping:purge",
            "Erase what is older than a day, for good.",
        ),
        "set-aside": (
            "assistant.cli.records.setting_aside:set_aside",
            "Move damaged records away, so that new ones can begin.",
        ),
        "import": ("assistant.cli.records.files:import_", "Take in the entries of an export."),
    }
)


@click.group(cls=LazyGroup, lazy=_COMMANDS)
def records() -> None:
    """List, find, count, export or withdraw what was recorded on this computer."""
