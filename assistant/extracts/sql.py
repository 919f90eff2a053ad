"""The rules of a guide as one SELECT, for the database that an agency has."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from assistant.errors import UsageError
from assistant.extracts.check import ADDED, named, needs, quoted
from assistant.extracts.codes import NOT_KNOWN, MeaningOfCode, RowAnswer, answered
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.shapes import Frozen

DIALECTS = (
    *("duckdb", "postgres", "sqlite", "spark", "snowflake", "bigquery", "tsql", "oracle"),
    "databricks",
)
"""The databases that a SELECT can be written for, as sqlglot calls them."""

MOST_BYTES = 100_000  # a SELECT is no longer than this
MOST_COMBINATIONS = 100_000  # of facts that are known or not: each takes about 0.1 ms

_ADDED = ADDED[:4]  # what depends on the facts alone, without the reason


class _Choice(Frozen):
    """What follows from the values of a fact; `other` follows where it has none of those, or is not known."""

    fact: str
    to: tuple[tuple[tuple[str, ...], "_Follows"], ...]
    other: "_Follows"


_Follows = _Choice | str | None


def select(
    loaded: LoadedGuide, dialect: str, table: str, mapped: Mapping[str, str], prefix: str = ""
) -> str:
    """Return one SELECT over a table that keeps its columns and adds what follows from the facts.

    `mapped` has the columns of facts that have another name. A blank is not known, and a text that is
    no value of its fact makes the row unreadable. Raises `UsageError` for a table's name that cannot
    be read, and for a guide that one SELECT cannot hold.
    """
    try:
        import sqlglot  # noqa: PLC0415 - an extra
    except ImportError:
        raise needs("sqlglot") from None
    guide = loaded.guide
    texts = {fact: f"TRIM({named(fact)})" for fact in guide.space.values}
    wrong = " OR ".join(
        f"(LENGTH({texts[fact]}) > 0 AND NOT {_is_one_of(texts[fact], values)})"
        for fact, values in guide.space.values.items()
    )
    answers = _answers(guide)
    added = []
    for column in _ADDED:
        follows = _folded(guide, {said: _cell(found, column) for said, found in answers.items()})
        unreadable = "'unreadable'" if column == "status" else "NULL"
        cases = " ".join((f"WHEN {wrong} THEN {unreadable}", *_whens(follows, texts)))
        added.append(f"CASE {cases} END AS {named(column)}")
    tree = sqlglot.parse_one(f"SELECT t.*, {', '.join(added)} FROM t", read="duckdb")
    names = {fact: mapped.get(fact, fact) for fact in texts}
    _rename(tree, dialect, names | {column: f"{prefix}{column}" for column in _ADDED})
    tree.args["from_"].set("this", _table(table, dialect))
    head = f"-- Guide {guide.about.version}, rules {loaded.meaning_hash[:12]}"
    said = f"{head}\n{tree.sql(dialect, pretty=True)}"
    if len(said.encode()) > MOST_BYTES:
        raise _too_large()
    return said


def _too_large() -> UsageError:
    return UsageError(
        "The guide has too many facts for one SELECT.",
        mend="check a table of its cases with: service-group check FILE",
    )


def _answers(guide: Guide) -> dict[tuple[str | None, ...], RowAnswer]:
    """Return what follows from every combination of facts that are known or not."""
    choices = [(None, *values) for values in guide.space.values.values()]
    if prod(map(len, choices)) > MOST_COMBINATIONS:
        raise _too_large()
    facts = tuple(guide.space.values)
    return {
        said: answered(
            guide,
            {
                fact: MeaningOfCode((value,)) if value else NOT_KNOWN
                for fact, value in zip(facts, said, strict=True)
            },
            in_words=False,
        )
        for said in product(*choices)
    }


def _cell(found: RowAnswer, column: str) -> str | None:
    """Return what an answer says in a column; NULL where that is nothing."""
    cell = getattr(found, column)
    return (";".join(cell) if isinstance(cell, tuple) else cell) or None


def _folded(
    guide: Guide,
    cells: Mapping[tuple[str | None, ...], str | None],
    said: tuple[str | None, ...] = (),
) -> _Follows:
    """Return the fewest choices that lead from facts to cells, beside those that are `said` already."""
    if len(said) == len(guide.space.values):
        return cells[said]
    fact = list(guide.space.values)[len(said)]
    other = _folded(guide, cells, (*said, None))
    to: dict[_Follows, tuple[str, ...]] = {}
    for value in guide.space.values[fact]:
        follows = _folded(guide, cells, (*said, value))
        if follows != other:
            to[follows] = (*to.get(follows, ()), value)
    return _Choice(fact, tuple((values, f) for f, values in to.items()), other) if to else other


def _whens(follows: _Follows, texts: Mapping[str, str]) -> Iterator[str]:
    """Return the parts of a CASE, its ELSE last."""
    while isinstance(follows, _Choice):
        for values, then in follows.to:
            yield f"WHEN {_is_one_of(texts[follows.fact], values)} THEN {_then(then, texts)}"
        follows = follows.other
    yield f"ELSE {_then(follows, texts)}"


def _then(follows: _Follows, texts: Mapping[str, str]) -> str:
    if isinstance(follows, _Choice):
        return f"CASE {' '.join(_whens(follows, texts))} END"
    return "NULL" if follows is None else quoted(follows)


def _is_one_of(text: str, values: tuple[str, ...]) -> str:
    return f"{text} IN ({', '.join(map(quoted, values))})"


def _rename(tree: Any, dialect: str, names: Mapping[str, str]) -> None:  # noqa: ANN401 - of sqlglot
    """Name columns as they are in the table, and those that are added as they are added."""
    from sqlglot import exp  # noqa: PLC0415 - an extra

    for found in tree.find_all(exp.Column, exp.Alias):
        at = "this" if isinstance(found, exp.Column) else "alias"
        if not isinstance(found.this, exp.Star):
            found.set(at, _identifier(names[found.output_name], dialect))


def _identifier(name: str, dialect: str) -> Any:  # noqa: ANN401 - of sqlglot
    """Return a name as a dialect writes it: bare where that can be read, since many fold its case."""
    from sqlglot import errors, exp, parse_one  # noqa: PLC0415 - an extra

    found = exp.to_identifier(name)
    if not found.args.get("quoted"):
        try:
            is_column = isinstance(
                parse_one(f"SELECT {name}", read=dialect).expressions[0], exp.Column
            )
        except errors.SqlglotError:
            is_column = False
        found.set("quoted", not is_column)
    return found


def _table(name: str, dialect: str) -> Any:  # noqa: ANN401 - of sqlglot
    """Return a table's name, with its schema, as `t`."""
    from sqlglot import errors, exp  # noqa: PLC0415 - an extra

    try:
        return exp.alias_(exp.to_table(name, dialect=dialect), "t", table=True)
    except errors.SqlglotError:
        raise UsageError(
            f"{name!r} cannot be read as the name of a table in {dialect}.",
            mend="write it as the database does, such as schema.table",
        ) from None
