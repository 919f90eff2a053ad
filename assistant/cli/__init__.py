"""The command line: a module a subcommand, plain arguments in, exit code out.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 the guide or
the records cannot be used, 2 the command cannot be used as typed, 70 a fault in the assistant
itself, 130 interrupted.
"""

import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import click

from assistant.cli.lazy import LazyGroup, loaded
from assistant.cli.options import content_option, data_option, plain_option
from assistant.errors import AssistantError, UsageError

INTERRUPTED = 130
"""Exit code after Ctrl-C."""

_COMMANDS = MappingProxyType(
    {
        "ask": ("assistant.cli.ask:ask", "Open the interview (also what no command at all does)."),
        "serve": ("assistant.cli.serve:serve", "Serve the assistant in a browser."),
        "recommend": ("assistant.cli.recommend:recommend", "Answer at once, from facts given."),
        "lookup": ("assistant.cli.lookup:lookup", "Look something up in your own words."),
        "groups": ("assistant.cli.groups:groups", "Show the seven groups, or one whole."),
        "records": ("assistant.cli.records:records", "List or show what was recorded."),
        "training": ("assistant.cli.training:training", "Practise on stories, or train a class."),
        "content": ("assistant.cli.content:content", "Check or draw the guide."),
        "settings": ("assistant.cli.settings:settings", "Show and check the settings."),
        "doctor": (
            "assistant.cli.doctor:doctor",
            "Say whether everything is healthy, and what to do.",
        ),
        "completion": ("assistant.cli.completion:completion", "Complete commands in your shell."),
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
