"""Every path through the question tree: the session in lines, the memo, and what `recommend` says."""

import json
from functools import cache

from tests.builders import EveryCase, shipped
from tests.golden.makers.command_line import CommandLine

MEMO = "[Read the memo.]"


@cache
def paths() -> dict[str, list[dict[str, str]]]:
    """Return for each outcome the answers, as asked, that lead there."""
    found: dict[str, list[dict[str, str]]] = {}
    for passage in EveryCase(shipped().guide).passages:
        answers = dict(passage.asked)
        leading = found.setdefault(str(passage.outcome), [])
        if answers not in leading:
            leading.append(answers)
    return found


def outcome_text(outcome: str, line: CommandLine) -> str:
    """Return the four forms of every path that leads to an outcome."""
    return "\n".join(_path_text(answers, line) for answers in paths()[outcome])


def _path_text(answers: dict[str, str], line: CommandLine) -> str:
    facts = [f"{fact}={value}" for fact, value in answers.items()]
    session, memo = _session(answers, line)
    answer = json.loads(line.run("recommend", "--json", *facts).partition("\n(exit")[0])
    sections = {
        "Session in lines": session,
        "Memo": memo,
        "recommend": line.run("recommend", *facts),
        "recommend --json": json.dumps(answer, indent=1, ensure_ascii=False) + "\n",
    }
    title = f"#### {' '.join(facts)}\n"
    return title + "".join(f"\n== {name}\n{text}" for name, text in sections.items())


def _session(answers: dict[str, str], line: CommandLine) -> tuple[str, str]:
    """Return the interview up to its result, and the memo printed after that."""
    space, known, typed = shipped().guide.space, dict[str, str](), []
    for fact, value in answers.items():
        typed.append(str(space.values_left(fact, known).index(value) + 1))
        known[fact] = value
    printed = line.run("ask", "--plain", typed=(*typed, MEMO, "m", "start again", "1"))
    talk, _, rest = printed.partition("\nWhat do you want to do now?\n")
    memo, _, rest = rest.partition("\nYou: ")[2].partition("\nYou: m\n")
    more, again, _ = rest.partition("\nYou: start again\n")
    assert again, printed
    return f"{talk}\n\n{more}\n", f"{memo.partition(chr(10))[2]}\n"
