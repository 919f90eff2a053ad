"""`service-group recommend`: the answer in one line, for a person or a program."""

import sys
from pathlib import Path

import click

from assistant.cli.answer_json import as_line, line_by_line, schema
from assistant.cli.completing import complete_facts
from assistant.cli.given import from_words
from assistant.cli.options import content_option, kept_guide
from assistant.engine.answer import answer
from assistant.errors import UsageError

EXIT_CODES = {"recommended": 0, "depends": 3, "refer": 4}
"""The exit code of each status."""

BAD_LINES = UsageError.exit_code
"""The exit code where some line of standard input was not answered."""

_EPILOG = """\
\b
Facts and their values; a fact left out, or given as unsure, is not known:
  investigation  none, open, concluded
  case_plan      none, developed
  goal           return_home, maintain_home, adoption,
                 planned_permanent_living, independent_living, other, none
  fins           no, yes
  report         no, yes
  setting        voluntary_in_home, protective_supervision, other_in_home,
                 out_of_home
  need           assessment, case_plan

\b
With --json - each line of standard input is an object of facts, such as
{"goal": "adoption"}; a null value is not known. Each is answered with a line,
in order; blank lines are passed over. In place of an answer, a line that
cannot be read gets {"error": sentence, "line": number}.

\b
Exit codes:
  0    a group is recommended; with --json -, every line was answered
  1    the guide or the settings cannot be used
  2    the command or the facts cannot be used as given; with --json -, at
       least one line could not
  3    it depends on facts not given
  4    no group is named: ask your supervisor
  130  interrupted
"""


@click.command(epilog=_EPILOG)
@content_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object; see below for lines.")
@click.option("--schema", "show_schema", is_flag=True, help="Print that object's JSON Schema.")
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...", shell_complete=complete_facts)
def recommend(
    content_folder: Path | None, facts: tuple[str, ...], *, as_json: bool, show_schema: bool
) -> int:
    """Recommend a group from the facts of a case, or say what it depends on.

    Nothing about a person and no case number is given here.

    \b
    Examples:
      service-group recommend investigation=none goal=adoption fins=no
      service-group recommend --json goal=return_home
      service-group recommend --json - < cases.jsonl > answers.jsonl
    """
    if show_schema:
        click.echo(schema(), nl=False)
        return 0
    if "-" in facts:
        return _answer_lines(content_folder, facts, as_json=as_json)
    loaded = kept_guide(content_folder)
    found = answer(loaded.guide, from_words(loaded.guide, facts))
    if as_json:
        click.echo(as_line(found, loaded))
    else:
        from assistant.cli.answer_text import as_text  # noqa: PLC0415 - a program has no use for it

        click.echo(as_text(loaded.guide, found))
    return EXIT_CODES[found.status]


def _answer_lines(folder: Path | None, facts: tuple[str, ...], *, as_json: bool) -> int:
    if facts != ("-",) or not as_json:
        raise UsageError(
            "With -, facts are read from standard input, and answered in JSON.",
            mend="write service-group recommend --json - and give no other facts.",
        )
    code = 0
    for line, answered in line_by_line(kept_guide(folder), sys.stdin.buffer):
        click.echo(line)  # which flushes
        code = code if answered else BAD_LINES
    return code
