"""`service-group completion`: the script with which a shell completes commands and what they take."""

import click
from click.shell_completion import get_completion_class

from assistant.errors import UsageError

SHELLS = ("bash", "zsh", "fish", "powershell")
"""The shells that click can complete in."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that completes commands, options and values in a shell.

    \b
    Put one line into the shell's own start file:
      bash        eval "$(service-group completion bash)"
      zsh         eval "$(service-group completion zsh)"
      fish        service-group completion fish | source
      PowerShell  service-group completion powershell | Out-String | Invoke-Expression

    \b
    Example:
      service-group completion bash
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(
            f"The click that is installed completes nothing in {shell}.",
            mend="install click 8.5 or newer beside the assistant.",
        )
    root = ctx.find_root()
    click.echo(kind(root.command, {}, "service-group", "_SERVICE_GROUP_COMPLETE").source())
    return 0
