"""Small tables, what a check writes, and what each row should say: found by trying every case."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import duckdb

from assistant.extracts.check import ADDED, RECORDED, Asked, TableCounts, TableFile, check
from assistant.extracts.codes import Column, code_list, fact_column, group_column
from assistant.guide.proof import follow
from tests.builders import shipped

GUIDE = shipped().guide
FACTS = tuple(GUIDE.space.values)
SURE = ("refer", "judgement", "settled")

Row = Mapping[str, str | None]


@cache
def ends() -> tuple[tuple[dict[str, str], str], ...]:
    """Return every case of the guide, and the outcome that it ends in."""
    return tuple((case, follow(GUIDE, case).outcome or "") for case in GUIDE.space.cases())


def expected(left: Mapping[str, Iterable[str]]) -> tuple[str, str | None, str | None, str | None]:
    """Return status, group, certainty and what also fits, where facts may have these values."""
    reached = {GUIDE.outcomes[end] for case, end in ends() if all(case[f] in left[f] for f in left)}
    if not reached:
        return ("impossible", None, None, None)
    groups = {end.group for end in reached}
    beside = {fit.group for end in reached for fit in end.also_fits} - groups
    also = ";".join(group for group in GUIDE.groups if group in beside) or None
    if len(groups) > 1:
        return ("depends", None, None, also)
    (group,) = groups
    status = "recommended" if group else "refer"
    return (status, group, min((end.certainty for end in reached), key=SURE.index), also)


def csv_file(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> Path:
    columns = list(columns)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column) for column in columns] for row in rows)
    return path


def parquet_file(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> Path:
    types = ", ".join(f'"{column}" VARCHAR' for column in columns)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE made ({types})")
        for row in rows:
            values = [row.get(column) for column in columns]
            connection.execute(f"INSERT INTO made VALUES ({', '.join('?' * len(values))})", values)
        connection.execute(f"COPY made TO '{path}' (FORMAT parquet)")
    return path


def rows_of(path: Path) -> list[dict[str, str | None]]:
    """Return the rows of a file, in order, as text; a blank of a CSV file is None."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [
                {name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)
            ]
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{path}')")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def columns(codes: str = "", recorded: str = "", facts: Iterable[str] = FACTS) -> dict[str, Column]:
    """Return columns named like the facts, with codes for the goal, and that of the recorded group."""
    coded = {"goal": code_list(GUIDE, "goal", codes)} if codes else {}
    found = {fact: fact_column(GUIDE, fact, fact, coded.get(fact)) for fact in facts}
    return found | ({RECORDED: group_column(GUIDE, recorded)} if recorded else {})


def checked(source: Path, output: Path | None, wanted: Mapping[str, Column], **more) -> TableCounts:
    table = TableFile(source, output)
    return check(GUIDE, table, Asked(wanted, output, force=True, **more), Path("/none"))


def said(row: Row) -> tuple[str | None, ...]:
    """Return what was added to a row that decides: status, group, certainty, and what also fits."""
    return tuple(row[column] for column in ADDED[:4])
