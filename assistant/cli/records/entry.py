"""`service-group records memo` and `withdraw`: what can be done with one entry."""

import sys
from pathlib import Path

import click

from assistant.cli.options import WholeNumber, content_option, data_option
from assistant.cli.records.opening import services_with_records
from assistant.errors import RecordsError, UsageError
from assistant.interview.entries_memo import entry_memo_texts
from assistant.interview.entries_withdrawing import WHY, in_short, refusal, why_wrong
from assistant.interview.entry_line import line_of
from assistant.interview.visible import visible
from assistant.interview.withdrawing import withdraw as withdrawn

_number = click.argument("number", type=WholeNumber(1))


@click.command()
@content_option
@data_option
@click.option("--markdown", is_flag=True, help="As Markdown.")
@click.option("--with-case-number", is_flag=True, help="With the case number in it.")
@_number
def memo(
    content_folder: Path | None,
    data_folder: Path | None,
    number: int,
    *,
    markdown: bool,
    with_case_number: bool,
) -> int:
    """Give the memo of an entry: its answers, and the reasons as today's guide has them.

    It says first where the entry was withdrawn or replaced, and where the guide's rules have changed
    since. The note of the entry stands in it; the case number does not, unless you ask.

    \b
    Example:
      service-group records memo 3 --markdown
    """
    services = services_with_records(content_folder, data_folder)
    store = services.open_records()
    entry, line = store.get(number), line_of(store, number)
    texts = entry_memo_texts(services.loaded, number, entry, with_case=with_case_number, line=line)
    click.echo(visible(texts["md" if markdown else "txt"]), nl=False)
    return 0


@click.command()
@content_option
@data_option
@_number
def withdraw(content_folder: Path | None, data_folder: Path | None, number: int) -> int:
    """Withdraw an entry: a new record says that it no longer stands, and why.

    It asks why, and then for a yes. The entry stays to be seen in its history.

    \b
    Example:
      service-group records withdraw 3
    """
    services = services_with_records(content_folder, data_folder)
    line = line_of(services.open_records(), number)
    refused = refusal(line, number)
    if refused:
        raise RecordsError(
            refused, mend=f"See what became of it: service-group records history {number}"
        )
    click.echo(visible(in_short(services.loaded.guide, line)), err=True)
    try:
        why = _why()
        sure = click.confirm(f"Withdraw entry {number}?", err=True)
    except click.Abort:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        raise _input_ended(number) from None
    if not sure:
        click.echo("Nothing was withdrawn.", err=True)
        return 0
    now, open_records = services.now(), services.open_records
    click.echo(withdrawn(line.now, why, id_=services.new_id(), when=now, open_records=open_records))
    return 0


def _input_ended(number: int) -> UsageError:
    """Give the error for a pipe that ends before both questions are answered."""
    return UsageError(
        "The input ended too soon, so nothing was withdrawn. It takes the reason, and y on a line"
        " of its own.",
        mend=f"printf 'recorded twice\\ny\\n' | service-group records withdraw {number}",
    )


def _why() -> str:
    """Ask why, until it can be kept; without a terminal, what cannot be kept is an error."""
    while True:
        typed = click.prompt(WHY, err=True, default="", show_default=False)
        wrong = why_wrong(typed)
        if not wrong:
            return str(typed).strip()
        if not sys.stdin.isatty():
            raise UsageError("\n".join(wrong), mend="say it in other words. Nothing was withdrawn.")
        for sentence in wrong:
            click.echo(sentence, err=True)
