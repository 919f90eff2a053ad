"""The command line: every command, read when it is needed."""

import gc
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import StringIO
from typing import Any, NamedTuple, cast

import click

from assistant.cli import options
from assistant.errors import AssistantError, UsageError, surroundings_error
from assistant.text import did_you_mean, say, say_lines

INTERRUPTED = 130  # exit code after Ctrl-C

_COLLECTED_AT = 50_000
"""Objects made between two looks for garbage; what a start loads is none, and looking takes 3 in 100."""


class Lazy(NamedTuple):
    """A command in a module below `assistant.cli`, and a line of help about it."""

    module: str
    about: str

    def load(self, name: str) -> click.Command:
        module = import_module(f"assistant.cli.{self.module}")
        commands = (one for one in vars(module).values() if isinstance(one, click.Command))
        return next(command for command in commands if command.name == name)


class LazyGroup(options.HelpThatIsSaid, click.Group):
    """Lists its commands from a table, and imports one when it is asked for."""

    def __init__(self, *given: Any, table: Mapping[str, "Lazy | LazyGroup"], **named: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*given, **named)
        self.context_settings = options.HELP_OPTIONS
        self._table = table

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self._table.get(cmd_name)
        return found.load(cmd_name) if isinstance(found, Lazy) else found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; of one that is not there, the nearest is offered."""
        name = str(args[0])
        if self.get_command(ctx, name) is None and name[:1].isalpha():
            near = did_you_mean(name, self._table) or "."
            raise click.UsageError(f"There is no command {name!r}{near}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                (name, found.about if isinstance(found, Lazy) else found.get_short_help_str())
                for name, found in self._table.items()
            )


RECORDS = LazyGroup(
    "records",
    help="List, find, count, export, or withdraw what was recorded on this computer.",
    short_help="List or show what was recorded.",
    table={
        "list": Lazy("records", "List or find entries, newest first."),
        "show": Lazy("records", "Show everything in one entry."),
        "history": Lazy("records", "Show what happened to one entry."),
        "memo": Lazy("records", "Print a memo of one entry."),
        "withdraw": Lazy("records", "Withdraw one entry and say why."),
        "restore": Lazy("records", "Restore one entry that was withdrawn."),
        "send": Lazy("records", "Send waiting entries to the shared records."),
        "upgrade": Lazy("records", "Upgrade shared records for this version."),
        "summary": Lazy("reports", "Count the entries, with bars."),
        "overrides": Lazy("reports", "Count how often workers chose a different group, and why."),
        "replay": Lazy("reports", "List entries for which today's guide would advise differently."),
        "export": Lazy("reports", "Write entries to a file."),
        "verify": Lazy("records", "Check that no record was changed or lost."),
        "purge": Lazy("records", "Permanently erase entries from before a date."),
        "import": Lazy("reports", "Add the entries from an export."),
    },
)

TRAINING = LazyGroup(
    "training",
    help="""Practice on made-up stories, alone or in a class.

    These commands use plain lines. On the screen, press d in the interview.
    """,
    short_help="Practice on stories, or train a class.",
    table={
        "learn": Lazy("training", "Answer the interview for a story, with each answer checked."),
        "drill": Lazy("training", "Pick the group for one story after another, and see why."),
        "test": Lazy("training", "Take a test, with your score and mistakes at the end."),
        "class": Lazy("training", "Take part in a class, from its file."),
        "progress": Lazy("training", "Show how you are doing, with bars, and what to do next."),
        "results": Lazy("classes", "Write your class results to a file to hand in."),
        "new-class": Lazy(
            "classes", "For trainers: make a class file, the same stories for everyone."
        ),
        "cases": Lazy(
            "trainers", "For trainers: list the stories written by hand, or show some in full."
        ),
        "discuss": Lazy("trainers", "For trainers: show stories large, and reveal each answer."),
        "watch": Lazy("trainers", "For trainers: watch how far everyone in a class is."),
        "collect": Lazy("classes", "For trainers: add the results that trainees handed in."),
        "remove": Lazy("classes", "For trainers: remove one trainee's answers for good."),
        "report": Lazy("trainers", "For trainers: show what to teach next, and how a class did."),
    },
)

CONTENT = LazyGroup(
    "content",
    help="Check, compare, draw, print, or begin a guide.",
    short_help="Check, compare, draw, print, or begin a guide.",
    table={
        "check": Lazy("guide", "Read, check, and prove the guide."),
        "draw": Lazy("guide", "Draw the tree of questions to standard output."),
        "card": Lazy("guide", "Print the desk card, on one page."),
        "diff": Lazy("guide", "Show what changes from one guide to another."),
        "new": Lazy("guide", "Write a small guide, to be changed into your own."),
        "sql": Lazy("extracts", "Print the rules as one SELECT, for your agency's database."),
        "questions": Lazy("guide", "List what the documents leave open, for policy staff."),
    },
)


def _say_version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from assistant.cli.doctor import program_versions  # noqa: PLC0415 - only where it is asked for

        say(f"service-group, version {program_versions()['assistant'] or 'unknown: not installed'}")
        ctx.exit()


ASK = Lazy("ask", "Open the interview (the same as giving no command).")


@click.group(
    cls=LazyGroup,
    table={
        "ask": ASK,
        "serve": Lazy("ask", "Serve the assistant in a browser."),
        "recommend": Lazy("recommend", "Recommend a group from facts that you give."),
        "lookup": Lazy("lookup", "Look something up in your own words."),
        "check": Lazy("extracts", "Check the recorded groups of a whole table of cases."),
        "groups": Lazy("lookup", "Show the seven groups, one of them, or two compared."),
        "records": RECORDS,
        "training": TRAINING,
        "content": CONTENT,
        "settings": Lazy("doctor", "Show and check the settings."),
        "doctor": Lazy("doctor", "Check that everything works, and say what to do if not."),
        "completion": Lazy("doctor", "Complete commands in your shell."),
        "help": Lazy("lookup", "Read the handbook, or how a command is used."),
    },
    invoke_without_command=True,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and exit.",
)
@options.content_option
@options.data_option
@options.plain_option
@click.pass_context
def service_group(ctx: click.Context, /, **of_ask: Any) -> int:  # noqa: ANN401 - the options of `ask`
    """Find the service group for a service by answering a few questions about the case.

    With no command, the interview opens. The options below are those of ask.
    """
    given = {name: value for name, value in of_ask.items() if value is not None}
    if ctx.invoked_subcommand is None:
        ask = ASK.load("ask")
        with ask.make_context("ask", [], parent=ctx) as inner:
            inner.params |= given
            return cast("int", ask.invoke(inner))
    if given:
        raise UsageError(
            f"Options go after the command. Here they would not reach {ctx.invoked_subcommand}.",
            mend="write the command first, as in: service-group records list --data FOLDER",
        )
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error leaves as a traceback."""
    gc.set_threshold(_COLLECTED_AT)
    try:
        code = service_group.main(arguments, prog_name="service-group", standalone_mode=False)
    except click.ClickException as error:
        words = StringIO()
        error.show(words)
        say(words.getvalue(), err=True, nl=False)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.", err=True)
        return INTERRUPTED
    except AssistantError as error:
        say(str(error), err=True)
        return error.exit_code
    except OSError as error:
        refused = surroundings_error(error)
        say(str(refused), err=True)
        return refused.exit_code
    except Exception as error:  # noqa: BLE001 - the one place that keeps a traceback from the user
        from assistant.errors import CRASHED, crash_sentence  # noqa: PLC0415 - only where it is needed
        from assistant.settings import keep_crash_report  # noqa: PLC0415

        say_lines([crash_sentence(error, keep_crash_report)], err=True)
        return CRASHED
    return int(code or 0)
