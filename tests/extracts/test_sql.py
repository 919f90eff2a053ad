"""The SELECT says what the engine says of every combination of facts, on the databases that are here."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import product
from pathlib import Path

import duckdb
import pytest
import sqlglot

from assistant.cli import main
from assistant.errors import UsageError
from assistant.extracts import sql
from assistant.extracts.sql import DIALECTS, MOST_BYTES, select
from assistant.guide.loading import LoadedGuide, load_guide
from tests.builders import CONTENT, agency_file, shipped
from tests.extracts.tables import FACTS, GUIDE, expected
from tests.records.postgres import running

ROOT = Path(__file__).parents[2]
BLANKS = (None, "", "  ")
JUNK = "Smith's"

Rows = list[tuple[str | None, ...]]


@cache
def every() -> Rows:
    """Return every combination of facts, each a value, not known, or unreadable; blanks take turns."""
    choices = [("blank", *values, JUNK) for values in GUIDE.space.values.values()]
    return [
        tuple(BLANKS[(n + at) % 3] if text == "blank" else text for at, text in enumerate(row))
        for n, row in enumerate(product(*choices))
    ]


def wanted(row: tuple[str | None, ...]) -> tuple[str | None, ...]:
    if JUNK in row:
        return ("unreadable", None, None, None)
    return expected({f: [v] for f, v in zip(FACTS, row, strict=True) if v and v.strip()})


def marks(sign: str) -> str:
    return ", ".join([sign] * (len(FACTS) + 1))


CREATE = f"CREATE TABLE services (n INTEGER, {', '.join(f'{fact} VARCHAR(50)' for fact in FACTS)})"


def on_duckdb(query: str, rows: Rows) -> Iterator[tuple[str | None, ...]]:
    with duckdb.connect() as connection:
        connection.execute(CREATE)
        columns = zip(*numbered(rows), strict=True)
        lists = ", ".join(["unnest(?)"] * (len(FACTS) + 1))
        connection.execute(f"INSERT INTO services SELECT {lists}", list(map(list, columns)))
        yield from connection.execute(query).fetchall()


def on_sqlite(query: str, rows: Rows) -> Iterator[tuple[str | None, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(CREATE)
        connection.executemany(f"INSERT INTO services VALUES ({marks('?')})", numbered(rows))
        yield from connection.execute(query).fetchall()


def numbered(rows: Rows) -> list[tuple[object, ...]]:
    return [(n, *row) for n, row in enumerate(rows)]


def hold(found: Iterable[tuple[str | None, ...]], rows: Rows) -> None:
    """Hold what a database says of each row, by its number, to what is wanted."""
    said = sorted(found, key=lambda row: int(str(row[0])))
    assert [row[1 : len(FACTS) + 1] for row in said] == rows
    assert [row[len(FACTS) + 1 :] for row in said] == list(map(wanted, rows))


@pytest.mark.parametrize(("dialect", "run"), [("duckdb", on_duckdb), ("sqlite", on_sqlite)])
def test_every_combination_on_this_computer(dialect, run):
    hold(run(select(shipped(), dialect, "services", {}), every()), every())


def test_every_combination_on_postgresql():
    with (
        running() as server,
        server.connected("postgres") as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(CREATE)
        with cursor.copy("COPY services FROM STDIN") as copy:
            for row in numbered(every()):
                copy.write_row(row)
        cursor.execute(select(shipped(), "postgres", "public.services", {}).encode())
        hold(cursor.fetchall(), every())


SPARK = """
import json, sys
from pyspark.sql import SparkSession
given = json.load(sys.stdin)
made = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
made = made.config("spark.sql.shuffle.partitions", "1").config("spark.driver.host", "127.0.0.1")
spark = made.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
shape = "n INT, " + ", ".join(fact + " STRING" for fact in given["facts"])
spark.createDataFrame([tuple(row) for row in given["rows"]], shape).createOrReplaceTempView("services")
print(json.dumps([list(row) for row in spark.sql(given["query"]).collect()]))
"""


def test_every_combination_on_spark(tmp_path):
    """Spark is in an environment of its own, which SPARK_PYTHON names; .ci/run makes it."""
    python = os.environ.get("SPARK_PYTHON")
    if not python or not shutil.which("java"):
        pytest.skip("SPARK_PYTHON does not name a Python with pyspark, or there is no Java")
    query = select(shipped(), "spark", "services", {})
    given = {"facts": FACTS, "rows": numbered(every()), "query": query}
    done = subprocess.run(
        [python, "-c", SPARK],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYSPARK_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    hold(map(tuple, json.loads(done.stdout.splitlines()[-1])), every())


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_can_be_read_and_is_short(dialect):
    said = select(shipped(), dialect, "cases.services", {"goal": "order", "need": "Why needed"})
    assert len(said.encode()) <= MOST_BYTES
    (read,) = sqlglot.parse(said, read=dialect)
    assert isinstance(read, sqlglot.exp.Select)
    assert read.is_star
    assert read.named_selects[1:] == ["status", "recommended", "certainty", "also_fits"]


def test_columns_with_other_names_and_a_prefix():
    names = {"goal": "PERM GOAL", "need": "order"}
    said = select(shipped(), "duckdb", "services", names, "our_")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE services AS SELECT 'adoption' AS \"PERM GOAL\", NULL AS status"
        )
        for column in ("investigation", "fins", "setting", '"order"'):
            connection.execute(f"ALTER TABLE services ADD COLUMN {column} VARCHAR")
        connection.execute("UPDATE services SET investigation = 'concluded'")
        found = connection.execute(said)
        assert [column[0] for column in found.description or ()][-4:-3] == ["our_status"]
        assert (found.fetchone() or ())[-4:] == ("recommended", "adoption", "settled", None)


def decided(folder: Path) -> LoadedGuide:
    return load_guide(CONTENT, decisions=agency_file(folder, "no_plan_while_open", "other"))


def test_the_agencys_decisions_are_in_it(tmp_path):
    """Where the agency chose a group, the SELECT recommends that one."""
    row = ("open", "no_goal", None, None, None)
    ours = select(shipped(), "duckdb", "services", {})
    theirs = select(decided(tmp_path), "duckdb", "services", {})
    said = [next(on_duckdb(query, [row]))[6:8] for query in (ours, theirs)]
    assert said[0] == ("recommended", "assessment_investigation")
    assert said[1] == ("recommended", "preventive")


@pytest.mark.parametrize("name", ["a b c", "services; DROP TABLE x", "(SELECT 1)", ""])
def test_only_a_table_can_be_named(name):
    """Whatever else is typed is refused, or is the name of a table and nothing more."""
    try:
        said = select(shipped(), "postgres", name, {})
    except UsageError:
        return
    (read,) = sqlglot.parse(said, read="postgres")
    assert isinstance(read, sqlglot.exp.Select)
    assert len(list(read.find_all(sqlglot.exp.Table))) == 1


def test_a_guide_that_one_select_cannot_hold_is_refused(monkeypatch):
    for bound in ("MOST_BYTES", "MOST_COMBINATIONS"):
        with monkeypatch.context() as patch:
            patch.setattr(sql, bound, 100)
            with pytest.raises(UsageError):
                select(shipped(), "duckdb", "services", {})


def test_the_command_prints_it(capsys):
    assert main(["content", "sql", "--dialect", "sqlite", "--table", "services"]) == 0
    said = capsys.readouterr().out
    assert said == f"{select(shipped(), 'sqlite', 'services', {})}\n"
