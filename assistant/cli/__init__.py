"""The command line: every command, read when it is needed."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from assistant.cli.options import content_option, data_option, plain_option
from assistant.errors import AssistantError, UsageError


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


INTERRUPTED = 130
"""Exit code after Ctrl-C."""

_COMMANDS = MappingProxyType(
    {
        "ask": ("assistant.cli.ask:ask", "Open the interview (also what no command at all does)."),
        "serve": ("assistant.cli.serve:serve", "Serve the assistant in a browser."),
        "recommend": ("assistant.cli.recommend:recommend", "Answer at once, from facts given."),
        "lookup": ("assistant.cli.lookup:lookup", "Look something up in your own words."),
        "groups": ("assistant.cli.lookup:groups", "Show the seven groups, or one whole."),
        "records": ("assistant.cli.records:records", "List or show what was recorded."),
        "training": ("assistant.cli.training:training", "Practise on stories, or train a class."),
        "content": ("assistant.cli.guide:content", "Check or draw the guide."),
        "settings": ("assistant.cli.doctor:settings", "Show and check the settings."),
        "doctor": (
            "assistant.cli.doctor:doctor",
            "Say whether everything is healthy, and what to do.",
        ),
        "completion": ("assistant.cli.doctor:completion", "Complete commands in your shell."),
    }
)


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="service-group-assistant")
@content_option
@data_option
@plain_option
@click.pass_context
def service_group(ctx: click.Context, /, **of_ask: Any) -> None:  # noqa: ANN401 - the options of `ask`
    """Find the service group for a service, by answering a few questions about the case.

    With no command, the interview opens, as ask does; the options are those of ask.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(ctx.invoke(loaded(_COMMANDS["ask"][0]), **of_ask))
    elif any(value is not None for value in of_ask.values()):
        raise UsageError(
            f"Options go after the command: here they would not reach {ctx.invoked_subcommand}.",
            mend="write the command first, as in: service-group records list --data FOLDER",
        )


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
