"""A whole table of cases checked by DuckDB: each combination of facts is answered once and joined back."""

import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UsageError
from assistant.extracts.codes import NOT_KNOWN, STATUSES, Column, MeaningOfCode, RowAnswer, answered
from assistant.guide.model import Guide
from assistant.private import open_foreign
from assistant.records.transfer import private_file
from assistant.shapes import Frozen
from assistant.text import BREAKS, FORMULA, csv_cell, did_you_mean, shortened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ADDED = ("status", "recommended", "certainty", "also_fits", "agrees", "why")
"""The columns that a check adds."""

RECORDED = "recorded"  # stands among facts for the column of the group on record

MEMORY = "2GB"  # the most that DuckDB may hold, however many rows there are
THREADS = 4  # the most that work at once: each holds rows that wait to be written

READING, WRITING = "Reading", "Writing"  # the steps of a check

_SAMPLE = 100_000  # rows in which spellings are looked for first
_SPELLINGS = 1_000  # most of the other texts of a column that are looked at: the commonest
_LONGEST = 1_000  # characters of the names of columns that are listed
_MOST_SHOWN = 10  # texts of a column that could not be read, and are told: the commonest

Watch = Callable[[str, float], None]
"""Is told which step is under way, and how far it is, in percent."""


def needs(module: str) -> UsageError:
    """Return what to say where a package of the extra `tables` is not installed."""
    command = f"{sys.executable} -m pip install duckdb sqlglot"
    return UsageError(f"This command needs the package {module}.", mend=f"install it: {command}")


class TableFile:
    """A table in a CSV or Parquet file, opened so that DuckDB reads it and writes to one folder only.

    `columns` maps names to DuckDB's types; in CSV all are text. Raises `UsageError` where the file
    is none that can be read.
    """

    def __init__(
        self, path: Path, output: Path | None = None, watch: Watch = lambda _, __: None
    ) -> None:
        try:
            import duckdb  # noqa: PLC0415 - an extra
        except ImportError:
            raise needs("duckdb") from None
        is_parquet = _is_parquet(path)
        self._error, self._watch = duckdb.Error, watch
        self.connection: DuckDBPyConnection = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "temp_directory": "",
                "threads": min(THREADS, os.cpu_count() or 1),
            }
        )
        folders = [quoted(str(output.absolute().parent))] if output else []
        for setting in (
            f"allowed_paths = [{quoted(str(path.absolute()))}]",
            f"allowed_directories = [{', '.join(folders)}]",
            "enable_external_access = false",  # no network, and no other file
            "disabled_optimizers = 'join_order,build_side_probe_side'",  # would change the order
            "enable_progress_bar = true",
            "enable_progress_bar_print = false",  # the command draws its own
            "lock_configuration = true",
        ):
            self.connection.execute(f"SET {setting}")
        place = quoted(str(path.absolute()))
        self.source = f"read_parquet({place})" if is_parquet else _csv_source(path)
        rows = self.run("", f"DESCRIBE SELECT * FROM {self.source}")
        self.columns: dict[str, str] = {row[0]: row[1] for row in rows}

    def run(self, step: str, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a query, telling how far it is; an error holds no words of a row."""
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(lambda: self.connection.execute(sql, values).fetchall())
            try:
                while True:
                    try:
                        return done.result(timeout=0.2)
                    except TimeoutError:
                        self._watch(step, self.connection.query_progress())
            except self._error as error:
                raise _not_read(str(error)) from None
            except KeyboardInterrupt:
                self.connection.interrupt()
                raise

    def column(self, wanted: str) -> str:
        """Return the name of a column as the file has it; capitals do not matter."""
        found = [name for name in self.columns if name.casefold() == wanted.casefold()]
        if not found:
            hint = did_you_mean(wanted, self.columns) or "."
            names = re.sub(
                r"\d{4,}", "#", ", ".join(self.columns)
            )  # a row may stand where they should
            raise UsageError(
                f"The file has no column {wanted!r}{hint}",
                mend=f"give one of its columns: {shortened(names, _LONGEST)}.",
            )
        return found[0]


def _is_parquet(path: Path) -> bool:
    """Tell Parquet from text; raises `UsageError` for what cannot be read as one file."""
    try:
        with open_foreign(path) as file:
            is_parquet = file.read(4) == b"PAR1"
    except OSError as error:
        raise UsageError(
            f"The file cannot be read: {error.strerror}.",
            mend="give the name of a CSV or Parquet file, and check its folder.",
        ) from None
    if re.search(r"[*?\[\]]", str(path.absolute())):  # DuckDB would read every file that fits
        raise UsageError("The file's name has *, ?, or brackets in it.", mend="rename the file.")
    return is_parquet


_NOT_A_TABLE = "The file cannot be read as CSV or Parquet."
_LINE_MOST = 1_000_000  # characters; no line that names columns comes near this
_NOT_UTF8 = "save the file as CSV in UTF-8."


def _csv_source(path: Path) -> str:
    """Return how DuckDB reads a CSV file: what parts its columns, their names, and all of it text."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline(_LINE_MOST)
            if len(first) == _LINE_MOST:
                raise UsageError(_NOT_A_TABLE, mend=_NOT_UTF8)
            delimiter = max(",;\t|", key=first.count)
            lines.seek(0)
            names = next(csv.reader(lines, delimiter=delimiter), [])
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(_NOT_A_TABLE, mend=_NOT_UTF8) from None
    names = [name.strip() or f"column{number}" for number, name in enumerate(names, 1)]
    if not names:
        raise UsageError("The file is empty.", mend="its first line must name the columns.")
    if repeated := [n for n, count in Counter(map(str.casefold, names)).items() if count > 1]:
        raise UsageError(
            f"Two columns of the file have the name {repeated[0]!r}.", mend="rename one of them."
        )
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({quoted(str(path.absolute()))}, auto_detect = false, header = true,"
        f" delim = {quoted(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def _not_read(said: str) -> UsageError:
    """Return what to say where DuckDB cannot read a file; its own words may hold a row."""
    if "Out of Memory" in said:
        return UsageError(
            f"The check needs more than the {MEMORY} of memory that it may use.",
            mend="leave long columns of text out of the file, and check that --map is right.",
        )
    if "No space left" in said:
        return UsageError("The file cannot be written: the disk is full.", mend="free up space.")
    line = re.search(r"Line: (\d+)", said)
    where = f"line {line[1]}" if line else ""
    mend = "check the file. Each line needs as many values as there are columns."
    return UsageError(_NOT_A_TABLE, where=where, mend=_NOT_UTF8 if "utf-8" in said else mend)


def quoted(value: str) -> str:
    """Return text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def named(column: str) -> str:
    """Return the name of a column as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


class TableCounts(Frozen):
    """What a check found.

    `pairs` counts rows with a recommendation and a recorded group: recorded, recommended, whether
    they agree, and why. `unread` counts per column the rows whose value cannot be read, and
    `commonest` has the commonest of those values.
    """

    rows: int
    statuses: Mapping[str, int]
    pairs: Mapping[tuple[str, str, str, str], int]
    unread: Mapping[str, int]
    commonest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def disagreements(self) -> int:
        return sum(count for (_, _, agrees, _), count in self.pairs.items() if agrees == "no")


class _Spelled:
    """A column with the texts found in it that can be read, each with the number that stands for it.

    A blank of the file itself has the number after theirs, and what cannot be read the one after that.
    """

    def __init__(self, column: Column) -> None:
        self.column = column
        self.texts: dict[str, MeaningOfCode] = {}
        self.sql = f"t.{named(column.name)}"

    def take(self, found: Iterable[str]) -> bool:
        """Take the texts that can be read; return whether there are new ones."""
        before = len(self.texts)
        self.texts |= {one: meaning for one in found if (meaning := self.column.read(one))}
        return len(self.texts) > before

    @property
    def rows(self) -> list[tuple[str | None, MeaningOfCode | None]]:
        """The text and the meaning that each number stands for."""
        return [*self.texts.items(), (None, NOT_KNOWN), (None, None)]

    @property
    def base(self) -> int:
        return len(self.texts) + 2

    @property
    def _as_enum(self) -> str:
        return f"TRY_CAST({self.sql}::VARCHAR AS ENUM({', '.join(map(quoted, self.texts))}))"

    @property
    def is_unlisted(self) -> str:
        return f"{self.sql} IS NOT NULL AND {self._as_enum} IS NULL"

    @property
    def number(self) -> str:
        """The number of a row's text, in SQL."""
        other = f"CASE WHEN {self.sql} IS NULL THEN {self.base - 2} ELSE {self.base - 1} END"
        return f"coalesce(enum_code({self._as_enum})::BIGINT, {other})"


class Asked(Frozen):
    """What is asked of a table: the column of each fact, and of the recorded group as `RECORDED`.

    `prefix` stands before the names of the columns that are added; `values` asks for the commonest
    texts that cannot be read.
    """

    columns: Mapping[str, Column]
    output: Path | None = None
    force: bool = False
    prefix: str = ""
    why: bool = True
    values: bool = False

    @property
    def added(self) -> dict[str, str]:
        """The columns to add, each with its name in the file."""
        wanted = ADDED if self.why else ADDED[:-1]
        return {column: f"{self.prefix}{column}" for column in wanted}


def check(guide: Guide, table: TableFile, asked: Asked, data: Path) -> TableCounts:
    """Answer every row of a table, and write it with the answers where that is asked for.

    `data` is the folder of the assistant's own files, which are not written over.
    """
    there = {column.casefold() for column in table.columns}
    taken = [one for one in asked.added.values() if one.casefold() in there]
    if asked.output and taken:
        raise UsageError(
            f"The file already has a column {taken[0]!r}.",
            mend="add --prefix and a word, such as --prefix checked_, to name the new columns.",
        )
    if not asked.output:
        return _Combinations(guide, table, asked).counted()
    with private_file(asked.output, force=asked.force, data=data) as file:
        found = _Combinations(guide, table, asked)
        found.write(Path(file.name), as_csv=asked.output.suffix.casefold() == ".csv")
    return found.counted()


class _Combinations:
    """The combinations of texts that the rows of a table have, by number, each answered once."""

    def __init__(self, guide: Guide, table: TableFile, asked: Asked) -> None:
        self._guide, self._table, self._asked = guide, table, asked
        self._spelled = {fact: _Spelled(column) for fact, column in asked.columns.items()}
        self._answer = lru_cache(maxsize=None)(self._answered)
        self._look_first()
        self._rows = self._grouped()
        if self._look_again():
            self._rows = self._grouped()

    def _look_first(self) -> None:
        """Take the guide's ids, and the texts of the first rows, for spellings."""
        for fact, one in self._spelled.items():
            one.take(self._guide.groups if fact == RECORDED else self._guide.space.values[fact])
        lists = ", ".join(f"list(DISTINCT {one.sql}::VARCHAR)" for one in self._spelled.values())
        first = f"(SELECT * FROM {self._table.source} LIMIT {_SAMPLE}) t"
        self._take(self._spelled.values(), f"SELECT {lists} FROM {first}")

    def _look_again(self) -> bool:
        """Take the commonest texts that were not among the first; return whether any can be read."""
        some = [
            one
            for place, one in enumerate(self._spelled.values())
            if any(self._numbers(key)[place] == one.base - 1 for key in self._rows)
        ]
        tops = ", ".join(
            f"approx_top_k({one.sql}::VARCHAR, {_SPELLINGS}) FILTER ({one.is_unlisted})"
            for one in some
        )
        return bool(some) and self._take(some, f"SELECT {tops} FROM {self._table.source} t")

    def _take(self, some: Collection[_Spelled], sql: str) -> bool:
        (row,) = self._table.run(READING, sql)
        found = [[text for text in texts or () if text is not None] for texts in row]
        return sum(one.take(texts) for one, texts in zip(some, found, strict=True)) > 0

    def _grouped(self) -> dict[int, int]:
        """Return how many rows each combination has."""
        sql = f"SELECT {self._number}, count(*) FROM {self._table.source} t GROUP BY 1"
        return dict(self._table.run(READING, sql))

    @property
    def _number(self) -> str:
        """The number of a row's combination, in SQL: the number of each text is one of its digits."""
        number = "0"
        for one in self._spelled.values():
            number = f"({number}) * {one.base} + {one.number}"
        return number

    def _numbers(self, combination: int) -> list[int]:
        """Return the number of each column's text."""
        numbers = []
        for one in reversed(self._spelled.values()):
            combination, number = divmod(combination, one.base)
            numbers.append(number)
        return numbers[::-1]

    def _texts(self, combination: int) -> dict[str, tuple[str | None, MeaningOfCode | None]]:
        """Return the text of each column and what it means."""
        numbers = self._numbers(combination)
        return {
            fact: one.rows[number]
            for (fact, one), number in zip(self._spelled.items(), numbers, strict=True)
        }

    def _answered(self, said: tuple[tuple[str, MeaningOfCode | None], ...]) -> RowAnswer:
        in_words = (
            self._asked.why or RECORDED in self._spelled
        )  # a disagreement is told with its reason
        return answered(self._guide, dict(said), in_words=in_words)

    def _row(self, combination: int) -> tuple[RowAnswer, MeaningOfCode | None]:
        """Return what follows from a combination, and the group that it has on record."""
        said = {fact: meaning for fact, (_, meaning) in self._texts(combination).items()}
        recorded = said.pop(RECORDED, NOT_KNOWN)
        return self._answer(tuple(said.items())), recorded

    def write(self, part: Path, *, as_csv: bool) -> None:
        """Write every column with the answers beside it, in the order of the rows."""
        kept = {} if as_csv else self._kept()
        self._keep_answers(kept.values())
        columns = {column: f"t.{named(column)}" for column in self._table.columns}
        columns |= {column: f"a.{named(_TEXT + fact)}" for column, fact in kept.items()}
        if as_csv:
            columns = {
                str(csv_cell(column)): sql
                if _NO_TEXT.match(self._table.columns[column])
                else _neutral(f"{sql}::VARCHAR")
                for column, sql in columns.items()
            }
        columns |= {new: f"a.{named(column)}" for column, new in self._asked.added.items()}
        chosen = ", ".join(f"{sql} AS {named(column)}" for column, sql in columns.items())
        source = f"{self._table.source} t JOIN answers a ON a.number = {self._number}"
        how = "FORMAT csv, HEADER, FORCE_QUOTE *" if as_csv else "FORMAT parquet"
        into = f"{quoted(str(part.absolute()))} ({how}, USE_TMP_FILE false)"
        self._table.run(WRITING, f"COPY (SELECT {chosen} FROM {source}) TO {into}")

    def _kept(self) -> dict[str, str]:
        """Return the columns of text, and their facts, that hold nothing but texts with a number.

        Those are written from the table of answers, where a number stands for each text: that is
        quicker than writing the text of every row.
        """
        return {
            one.column.name: fact
            for place, (fact, one) in enumerate(self._spelled.items())
            if self._table.columns[one.column.name] == "VARCHAR"
            and all(self._numbers(key)[place] < one.base - 1 for key in self._rows)
        }

    def _keep_answers(self, facts: Collection[str]) -> None:
        """Put the answer to each combination into a table, with the texts of some facts beside it."""
        columns: dict[str, list[str | None]] = {
            column: [] for column in (*self._asked.added, *(_TEXT + fact for fact in facts))
        }
        for combination in self._rows:
            found, recorded = self._row(combination)
            row = vars(found) | {
                "also_fits": ";".join(found.also_fits) or None,
                "agrees": found.agrees(recorded),
                "why": found.why or None,
            }
            row |= {_TEXT + fact: text for fact, (text, _) in self._texts(combination).items()}
            for column, texts in columns.items():
                texts.append(row[column])
        types = (f"{named(column)} {_enum(texts)}" for column, texts in columns.items())
        self._table.run("", f"CREATE TABLE answers (number BIGINT, {', '.join(types)})")
        lists = ", ".join(["unnest(?)"] * (len(columns) + 1))
        values = (list(self._rows), *columns.values())
        if self._rows:
            self._table.run("", f"INSERT INTO answers SELECT {lists}", values)

    def counted(self) -> TableCounts:
        """Return the counts of all rows."""
        statuses = Counter(dict.fromkeys(STATUSES, 0))
        pairs: Counter[tuple[str, str, str, str]] = Counter()
        unread: Counter[str] = Counter()
        for combination, rows in self._rows.items():
            found, recorded = self._row(combination)
            statuses[found.status] += rows
            agrees = found.agrees(recorded)
            if agrees and recorded and found.recommended:
                pairs[recorded.values[0], found.recommended, agrees, found.why] += rows
            for fact, (_, meaning) in self._texts(combination).items():
                unread[self._spelled[fact].column.name] += rows * (meaning is None)
        commonest = dict(self._commonest(+unread)) if self._asked.values else {}
        return TableCounts(sum(self._rows.values()), statuses, pairs, +unread, commonest)

    def _commonest(self, unread: Collection[str]) -> Iterator[tuple[str, dict[str, int]]]:
        """Return the commonest texts that cannot be read, each with how many rows have it."""
        for one in self._spelled.values():
            if one.column.name in unread:
                source = f"{self._table.source} t WHERE {one.is_unlisted}"
                top = f"SELECT approx_top_k({one.sql}::VARCHAR, {_MOST_SHOWN}) FROM {source}"
                ((texts,),) = self._table.run(READING, top)
                same = (f"{one.sql}::VARCHAR = {quoted(text)}" for text in texts)
                counts = ", ".join(f"count(*) FILTER ({condition})" for condition in same)
                (row,) = self._table.run(READING, f"SELECT {counts} FROM {source}")
                yield (
                    one.column.name,
                    dict(Counter(dict(zip(texts, row, strict=True))).most_common()),
                )


_TEXT = "text of "  # heads the column of a fact's texts among the answers

_NO_TEXT = re.compile("U?(?:TINY|SMALL|BIG|HUGE)?INT|FLOAT|DOUBLE|DECIMAL|DATE|TIME|BOOLEAN|UUID")
"""How the names of types begin that hold no text."""


def _enum(texts: Iterable[str | None]) -> str:
    """Return a type of just these texts."""
    different = dict.fromkeys(text for text in texts if text is not None)
    return f"ENUM({', '.join(map(quoted, different or ('',)))})"


def _neutral(sql: str) -> str:
    """Return SQL for text that no spreadsheet takes for a formula: `csv_cell` as DuckDB does it."""
    found = rf"regexp_replace({sql}, {quoted(FORMULA)}, '\1''\2', 'g')"
    is_broken = f"regexp_matches({found}, {quoted(BREAKS)})"
    return f"CASE WHEN {is_broken} THEN {quoted(chr(39))} || {found} ELSE {found} END"
