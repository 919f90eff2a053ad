"""The command line: a module a subcommand, plain arguments in, exit code out.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 the guide or
the records cannot be used, 2 the command cannot be used as typed, 70 a fault in the assistant
itself, 130 interrupted.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from types import MappingProxyType

import click

from assistant.errors import AssistantError

INTERRUPTED = 130
"""Exit code after Ctrl-C."""

_COMMANDS = MappingProxyType(
    {
        "ask": ("assistant.cli.ask:ask", "Open the interview (also what no command at all does)."),
        "recommend": ("assistant.cli.recommend:recommend", "Answer at once, from facts given."),
        "lookup": ("assistant.cli.lookup:lookup", "Look something up in your own words."),
        "groups": ("assistant.cli.groups:groups", "Show the seven groups, or one whole."),
        "records": ("assistant.cli.records:records", "List or show what was recorded."),
        "content": ("assistant.cli.content:content", "Check or draw the guide."),
        "settings": ("assistant.cli.settings:settings", "Show and check the settings."),
        "doctor": (
            "assistant.cli.doctor:doctor",
            "Say whether everything is healthy, and what to do.",
        ),
        "completion": ("assistant.cli.completion:completion", "Complete commands in your shell."),
    }
)


class _LazyGroup(click.Group):
    """Loads a command's module only when that command runs."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _loaded(cmd_name) if cmd_name in _COMMANDS else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="service-group-assistant")
@click.pass_context
def service_group(ctx: click.Context) -> None:
    """Find the service group for a service, by answering a few questions about the case.

    With no command, the interview opens.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(ctx.invoke(_loaded("ask")))


def _loaded(name: str) -> click.Command:
    module, attribute = _COMMANDS[name][0].split(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; no error leaves as a traceback."""
    try:
        code = service_group.main(arguments, prog_name="service-group", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted.")
        return INTERRUPTED
    except AssistantError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001 - the one place that keeps a traceback from the user
        from assistant.crash import EXIT_CODE, crash_sentence  # noqa: PLC0415 - only where it is needed

        _say(crash_sentence(error))
        return EXIT_CODE
    return int(code or 0)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
