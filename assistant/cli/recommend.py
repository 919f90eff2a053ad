"""`recommend`: an answer at once, from facts given."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import fill

import click

from assistant.cli.options import command, open_guide
from assistant.engine import explain, statements
from assistant.engine.interview import UNSURE, answers_meant
from assistant.engine.statements import Heading, Statement
from assistant.engine.verdict import result_sentence, sentence
from assistant.errors import UsageError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.private import foreign_lines
from assistant.text import did_you_mean, listed, say

NOT_GIVEN = frozenset({UNSURE, "not_sure", None})  # a fact that is not known; in JSON also null
_LINE_MOST = 1_000_000  # bytes; no facts of one case come near this
_SHOWN = 40  # as much of a mistake as is said back, in characters


def from_words(
    guide: Guide, words: Iterable[str], loaded: LoadedGuide | None = None
) -> dict[str, str]:
    """Read `FACT=VALUE` words, short forms among them; facts not known are given as `UNSURE`.

    With the guide as `loaded`, a fact or value of an earlier one is a mistake that names today's.
    Raises `UsageError` with all that is wrong, or with what cannot be true together.
    """
    pairs: list[tuple[str, object]] = []
    for word in words:
        fact, sign, value = word.partition("=")
        if not sign:
            raise UsageError(
                f"{_shown(word)} is not FACT=VALUE.", mend=f"write {_example(guide, fact)}"
            )
        facts = _facts_meant(guide, fact)
        fact = facts[0] if len(facts) == 1 else fact
        values = _values_meant(guide, fact, value) if len(facts) == 1 else ()
        pairs.append((fact, values[0] if len(values) == 1 else value))
    return _checked(guide, pairs, loaded)


def _facts_meant(guide: Guide, typed: str) -> tuple[str, ...]:
    """Return the fact that has this name, or else those whose names begin so."""
    facts = guide.space.values
    return (typed,) if typed in facts else _beginning(typed, facts)


def _values_meant(guide: Guide, fact: str, typed: str) -> tuple[str, ...]:
    """Return the value that has this name, or else those that begin so or have it as a short word."""
    values = guide.space.values[fact]
    if typed in values or typed in NOT_GIVEN:
        return (typed,)
    begun = _beginning(typed, values)
    plain = _plain(typed)
    options = guide.questions[fact].options
    said = (v for v in values if plain in map(_plain, (options[v].short, *options[v].words)))
    return tuple(dict.fromkeys((*begun, *said)))


def _beginning(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    plain = _plain(typed)
    return tuple(name for name in names if plain and name.startswith(plain))


def _plain(text: str) -> str:
    """Return words as an id writes them: `Return home` and `return-home` are `return_home`."""
    return "_".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _from_json(loaded: LoadedGuide, line: bytes) -> dict[str, str]:
    """Read one JSON object of facts by their ids, in UTF-8; raises `UsageError` like `from_words`."""
    try:
        pairs = json.loads(line.decode("utf-8-sig"), object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        raise UsageError("This is not JSON.", mend=f"write {_json_example(loaded.guide)}") from None
    if not isinstance(pairs, tuple):
        raise UsageError("This is not a JSON object.", mend=f"write {_json_example(loaded.guide)}")
    return _checked(loaded.guide, pairs, loaded)


def _checked(
    guide: Guide, pairs: Iterable[tuple[str, object]], loaded: LoadedGuide | None
) -> dict[str, str]:
    given: dict[str, str] = {}
    wrong: list[str] = []
    for fact, value in pairs:
        mistake = _mistake(guide, fact, value)
        mistake = (mistake and loaded and _said_now(loaded, fact, value)) or mistake
        read = UNSURE if mistake or value in NOT_GIVEN else str(value)
        if not mistake and given.setdefault(fact, read) != read:
            mistake = f"{fact} is given twice, as {given[fact]} and as {read}. Give it once."
        if mistake:
            wrong.append(mistake)
    known = {fact: given[fact] for fact in guide.space.values if given.get(fact, UNSURE) != UNSURE}
    wrong = wrong or list(explain.contradictions(guide, known))
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))
    return given


def _mistake(guide: Guide, fact: str, value: object) -> str:
    facts = guide.space.values
    if fact not in facts:
        hint = _hint(fact, _facts_meant(guide, fact), facts)
        return f"There is no fact {_shown(fact)}{hint} The facts are {', '.join(facts)}."
    if not (value is None or isinstance(value, str)):
        return f"The value of {fact} must be text. {_allowed(guide, fact)}"
    if value in NOT_GIVEN or value in facts[fact]:
        return ""
    typed = str(value)
    meant = _values_meant(guide, fact, typed)
    words = answers_meant(guide.questions[fact], facts[fact], typed.replace("_", " ")).values
    hint = _hint(typed, meant or words, facts[fact])
    return f"{fact} cannot be {_shown(typed)}{hint} {_allowed(guide, fact)}"


def _hint(typed: str, meant: Sequence[str], names: Iterable[str]) -> str:
    """Offer what typed words may mean, or else what is spelled alike."""
    if meant:
        return f"; did you mean {listed(map(repr, meant), 'or')}?"
    return did_you_mean(typed.casefold(), names) or "."


def _said_now(loaded: LoadedGuide, fact: str, value: object) -> str:
    """Say what to give in place of a fact or value that only an earlier guide has; "" for any other."""
    from assistant.guide.earlier import earlier_guides  # noqa: PLC0415 - 6 ms, for mistakes alone

    guide = loaded.guide
    for one in earlier_guides(loaded).values():
        if fact not in one.questions:
            continue
        option = one.option(fact, str(value))
        if option and option.means:
            means = {name: " or ".join(values) for name, values in option.means.items()}
            now = " and ".join(f"{name}={values}" for name, values in means.items())
            now = means[fact] if [*means] == [fact] else now
            return f"{fact} can no longer be {value}. Use {now} instead."
        if fact not in guide.space.values:
            options = one.questions[fact].options.values()
            names = dict.fromkeys(name for option in options for name in option.means)
            allowed = " ".join(_allowed(guide, name) for name in names)
            now = " and ".join(names)
            return f"{fact} is no longer asked. Use {now} instead. {allowed}"
    return ""


def _allowed(guide: Guide, fact: str) -> str:
    return f"It can be {', '.join(guide.space.values[fact])}, or {UNSURE}."


def _shown(text: str) -> str:
    """Say text back without digits, which may be a case number's, and without control characters."""
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return repr(re.sub(r"\d", "#", short))


def _example(guide: Guide, fact: str) -> str:
    fact = fact if fact in guide.space.values else next(iter(guide.space.values))
    return f"{fact}={guide.space.values[fact][0]}, for example."


def _json_example(guide: Guide) -> str:
    fact, values = next(iter(guide.space.values.items()))
    return f'{{"{fact}": "{values[0]}"}}, for example.'


def schema() -> str:
    """Return the JSON Schema of an answer."""
    return Path(__file__).with_name("answer.schema.json").read_text(encoding="utf-8")


def as_line(found: explain.Answer, loaded: LoadedGuide) -> str:
    """Return an answer as one line of ASCII, so that no code page can spoil it."""
    return json.dumps(_as_data(found, loaded))


def line_by_line(loaded: LoadedGuide, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Return for each line that is not blank what to print, and whether it is an answer.

    In place of an answer a line that cannot be read has its number, blank lines counted, and a
    sentence that says what is wrong.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = explain.answer(loaded.guide, _from_json(loaded, line))
        except UsageError as error:
            in_one_line = " ".join(str(error).split())
            yield json.dumps({"error": in_one_line, "line": number}), False
        else:
            yield as_line(found, loaded), True


def _as_data(found: explain.Answer, loaded: LoadedGuide) -> dict[str, object]:
    said = statements.advice(loaded.guide, found.standing)
    words = {about: [one.words for one in said if one.about == about] for about in Heading}
    return {
        **{name: getattr(found.verdict, name) for name in ("status", "group", "certainty")},
        "reason": " ".join(words[Heading.WHY]) or None,
        "check_first": words[Heading.CHECK_FIRST],
        "next": words[Heading.NEXT],
        "also_fits": [{"group": fit.group, "reason": fit.reason} for fit in found.also_fits],
        "warnings": found.warnings,
        "agency_decided": [
            {name: text for name, text in vars(one).items() if name != "choose"} | {"only_if": when}
            for one, when in statements.decided_in(loaded.guide, found.verdict).items()
        ],
        "reasons": [
            {
                "fact": reason.fact,
                "value": reason.answer,
                "because": sentence(reason.says),
                "cites": list(map(vars, reason.cites)),
            }
            for reason in found.reasons
        ],
        "ruled_out": list(map(vars, found.ruled_out)),
        "possible": found.possible,
        "open": list(map(vars, found.open)),
        "set_aside": found.set_aside,
        "content": {"version": loaded.guide.about.version, "meaning_hash": loaded.meaning_hash},
    }


EXIT_CODES = {"recommended": 0, "depends": 3, "refer": 4}  # the exit code of each status
BAD_LINES = UsageError.exit_code  # the exit code where some line of standard input was not answered

_EPILOG = """\
\b
Facts and their values, in the guide that comes with the assistant. A different
guide may have others. If you do not know a fact, leave it out or give unsure:
  investigation  none, open, concluded
  goal           return_home, maintain_home, adoption,
                 planned_permanent_living, independent_living, other,
                 no_goal, no_plan
  fins           no, without_report, other_fins
  setting        voluntary_in_home, protective_supervision, other_in_home,
                 out_of_home
  need           assessment, case_plan

\b
Short forms: type the start of a fact or value, as long as only one starts that
way, or a word that its question takes. For example: i=ended g=return.

\b
With --json - each line of standard input is an object of facts, such as
{"goal": "adoption"}. A null value means not known. Short forms do not work here.
Each line gets one line as its answer, in order. Blank lines are skipped. A line
that cannot be read gets {"error": sentence, "line": number}.

\b
Exit codes:
  0    a group is recommended (with --json -: every line was answered)
  1    the guide or the settings cannot be used
  2    the command or the facts cannot be used as given (with --json -: at
       least one line could not)
  3    it depends on facts that you did not give
  4    no group is named: ask your supervisor
  130  interrupted
"""


def _say_schema(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked:
        say(schema(), nl=False)
        ctx.exit()


@command(opens=open_guide, epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object (for lines, see below).")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_schema,
    help="Print that object's JSON Schema.",
)
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
def recommend(loaded: LoadedGuide, facts: tuple[str, ...], *, as_json: bool) -> int:
    """Recommend a group from the facts of a case, or say what it depends on.

    Do not type a case number or anything about a person.

    \b
    Examples:
      service-group recommend investigation=none goal=adoption fins=no
      service-group recommend i=ended g=return s=out
      service-group recommend --json goal=return_home
      service-group recommend --json - < cases.jsonl > answers.jsonl
    """
    if "-" in facts:
        return _answer_lines(loaded, facts, as_json=as_json)
    given = from_words(loaded.guide, facts, loaded)
    found = explain.answer(loaded.guide, given)
    say(as_line(found, loaded) if as_json else as_text(loaded.guide, found))
    return EXIT_CODES[found.verdict.status]


def _answer_lines(loaded: LoadedGuide, facts: tuple[str, ...], *, as_json: bool) -> int:
    if facts != ("-",) or not as_json:
        raise UsageError(
            "With -, facts come from standard input and answers are in JSON.",
            mend="write service-group recommend --json - and give no other facts.",
        )
    code = 0
    for line, answered in line_by_line(loaded, foreign_lines(sys.stdin.buffer, _LINE_MOST)):
        say(line)  # which flushes
        code = code if answered else BAD_LINES
    return code


WIDTH = 80  # characters a line has at most


def as_text(guide: Guide, found: explain.Answer) -> str:
    """Lay an answer out in lines that begin with what they are about."""
    said = statements.quoting(statements.advice(guide, found.standing), Heading.WHY)
    wanted = [one for one in said if one.about != Heading.NOT_SURE]
    lines = [
        *_head(guide, found, wanted),
        *_under_headings(statements.not_these(guide, found.standing)),
        *_closing(guide, found),
    ]
    return "\n".join(_folded(line.translate(_ASCII)) for line in lines)


_ASCII = str.maketrans("“”", '""')  # no code page can spoil a straight quotation mark


def _folded(line: str) -> str:
    return fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False)


def _head(guide: Guide, found: explain.Answer, said: list[Statement]) -> Iterator[str]:
    """Say what follows in each case or, where that would be many lines, from one more fact."""
    short = statements.in_short(guide, found.standing, found.verdict)
    if found.verdict.status == "depends":
        deciding = dict.fromkeys(fact for row in found.verdict.rows for fact in row.assumed)
        yield f"It depends on facts you did not give: {', '.join(deciding)}."
    else:
        yield result_sentence(guide, found.verdict)
    if short:
        yield from statements.as_lines(short)
        first = explain.open_first(guide, found.standing, found.verdict).fact
        yield f"To get a shorter answer, give more facts, starting with {first}."
        said = [one for one in said if one.about not in statements.TABLE]
    yield from _under_headings(said)
    if found.verdict.status != "depends":
        for fact in found.open:
            yield (
                f"Not given: {fact.fact}. It does not change the group, only how sure this is."
                f" {fact.question} {fact.where_to_look}"
            )


def _under_headings(said: Iterable[Statement]) -> Iterator[str]:
    """Return statements in lines, several that follow one another under one heading as a list."""
    for about, group in groupby(said, key=lambda one: one.about):
        some = list(group)
        if len(some) == 1 or about == Heading.DEPENDS:
            yield from statements.as_lines(some)
        else:
            yield f"{about}:"
            for one in some:
                _, *sources = statements.as_lines([one])
                yield f"- {one.words}"
                yield from sources


def _closing(guide: Guide, found: explain.Answer) -> Iterator[str]:
    counted = ", ".join(f"{reason.fact}={reason.answer}" for reason in found.reasons)
    if counted:
        yield f"Facts used: {counted}."
    if found.set_aside:
        yield f"Facts that do not change the group: {', '.join(found.set_aside)}."
    yield (
        f"This is advice from guide {guide.about.version}."
        " The agency's data system is the official record."
    )
