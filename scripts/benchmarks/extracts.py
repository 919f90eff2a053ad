"""What the check of a table takes, beside a CASE written by hand, polars, and a loop in Python."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from environment.checkout import Checkout

from assistant.extracts.check import Asked, TableFile, check
from assistant.extracts.codes import NOT_KNOWN, MeaningOfCode, RowAnswer, answered, fact_column
from assistant.guide.loading import load_guide
from assistant.guide.model import Guide
from benchmarks.figures import Figures, Row, in_turns, timed

QUICK, USUAL, FULL = 20_000, 2_000_000, 10_000_000
"""Rows of the table: to see that all works, by default, and where all of it is asked for."""

LOOPED = 200_000
"""Rows that the loop in Python goes through; its time is told for as many as the others have."""

AIM = 1 / 1.4
"""The most of the time of the CASE that a check may take."""

MEMORY_AIM = 1.3
"""The most memory that ten times the rows may take, in multiples."""

_MAPPED = {
    "return_home": "reunification",
    "maintain_home": "in_home_family_preservation",
    "adoption": "adoption",
    "planned_permanent_living": "planned_permanent_living_arrangement",
    "independent_living": "independent_transitional_living",
}
_OF_GOAL = " ".join(f"WHEN goal = '{goal}' THEN '{group}'" for goal, group in _MAPPED.items())
_IMPOSSIBLE = "investigation IN ('open', 'concluded') AND fins = 'without_report'"
_NO_GOAL = "goal IN ('no_plan', 'no_goal')"
_BOTH_HALVES = "setting = 'other_in_home' AND fins = 'without_report'"
_NAMED_CASE = "setting IN ('voluntary_in_home', 'protective_supervision')"

CASES = {
    "status": f"""CASE WHEN {_IMPOSSIBLE} THEN 'impossible'
        WHEN goal = 'other' AND investigation <> 'open' AND fins <> 'without_report' THEN 'refer'
        ELSE 'recommended' END""",
    "recommended": f"""CASE WHEN {_IMPOSSIBLE} THEN NULL
        WHEN investigation = 'open' AND ({_NO_GOAL} OR goal = 'other' OR need = 'assessment')
            THEN 'assessment_investigation'
        WHEN investigation = 'concluded' AND goal = 'no_plan' THEN 'assessment_investigation'
        WHEN {_NO_GOAL} AND investigation <> 'open' THEN 'preventive'
        WHEN goal = 'maintain_home' AND {_BOTH_HALVES} THEN 'preventive'
        WHEN goal = 'other' AND fins = 'without_report' THEN 'preventive' {_OF_GOAL} END""",
    "certainty": f"""CASE WHEN {_IMPOSSIBLE} THEN NULL
        WHEN investigation IN ('open', 'concluded') AND goal = 'no_plan' THEN 'settled'
        WHEN investigation = 'open' THEN 'judgement'
        WHEN {_NO_GOAL} AND {_BOTH_HALVES} THEN 'settled'
        WHEN {_NO_GOAL} OR fins = 'without_report' THEN 'judgement'
        WHEN goal = 'other' THEN 'refer'
        WHEN goal IN ('adoption', 'planned_permanent_living') THEN 'settled'
        WHEN goal = 'maintain_home' AND {_NAMED_CASE} THEN 'settled'
        WHEN goal <> 'maintain_home' AND setting = 'out_of_home' THEN 'settled'
        ELSE 'judgement' END""",
    "also_fits": f"""CASE WHEN {_IMPOSSIBLE} THEN NULL
        WHEN investigation = 'open' AND {_NO_GOAL} THEN 'preventive'
        WHEN investigation = 'concluded' AND goal = 'no_plan' THEN 'preventive'
        WHEN {_NO_GOAL} OR goal = 'other' THEN NULL
        WHEN investigation = 'open' AND need = 'case_plan' THEN 'assessment_investigation'
        WHEN investigation = 'open' THEN CASE {_OF_GOAL} END
        WHEN goal = 'maintain_home' AND {_BOTH_HALVES} THEN 'in_home_family_preservation'
        WHEN fins = 'without_report' THEN 'preventive' END""",
}
"""What a person would write for a table in which every fact is known: shorter than the whole rules."""


def extract_rows(checkout: Checkout, *, quick: bool, full: bool) -> list[Row]:
    """Measure checks that write the same columns of the same file to Parquet, and the memory of one."""
    size = QUICK if quick else FULL if full else USUAL
    guide = load_guide(checkout.root / "content").guide
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        source, out = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        make_table(guide, source, size)
        ours, case = partial(checked, guide, source, out), partial(by_case, source, out)
        others = {"a loop in Python": partial(by_loop, guide, source, size)}
        if by_polars := _by_polars(source, out):
            others["polars, the same CASE"] = partial(timed, by_polars)
        times = 2 if quick else 5
        first, beside = in_turns(partial(timed, ours), partial(timed, case), times=times)
        rows = [Row(_told(size), first, "ms", "DuckDB, a CASE by hand", beside, AIM)]
        for name, other in others.items():
            (taken,) = in_turns(other, times=2)
            rows.append(Row(_told(size), first, "ms", name, taken))
        if sys.platform == "linux":  # which tells it
            fewer = source.with_name("few.parquet")
            make_table(guide, fewer, size // 10)
            few, many = (_memory(table, out) for table in (fewer, source))
            name = f"memory, {size:,} rows"
            rows.append(Row(name, many, "MB", "a tenth of them", few, MEMORY_AIM))
    return rows


def _told(size: int) -> str:
    return f"check of {size:,} rows"


def make_table(guide: Guide, path: Path, size: int) -> None:
    """Make a table of cases in which every fact is known, each value as often as any other."""
    facts = ", ".join(
        f"[{', '.join(map(repr, values))}][1 + (hash(n * 31 + {at}) % {len(values)})::INT] AS {fact}"
        for at, (fact, values) in enumerate(guide.space.values.items())
    )
    rows = f"SELECT n AS service, DATE '2024-01-01' + (n % 700)::INT AS day, {facts} FROM range({size}) t(n)"  # noqa: S608 - of our own
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")


def checked(guide: Guide, source: Path, out: Path) -> None:
    """Check a table as the command does, without the reasons."""
    columns = {fact: fact_column(guide, fact, fact) for fact in guide.space.values}
    asked = Asked(columns, output=out, force=True, why=False)
    check(guide, TableFile(source, out), asked, out.parent / "data")


def by_case(source: Path, out: Path) -> None:
    """Do the same by a CASE for each column; `agrees` is empty, since no group is recorded."""
    added = ", ".join(f"{case} AS {column}" for column, case in CASES.items())
    select = f"SELECT *, {added}, NULL::VARCHAR AS agrees FROM read_parquet('{source}')"  # noqa: S608
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{out}' (FORMAT parquet)")


def _by_polars(source: Path, out: Path) -> Callable[[], None] | None:
    """Return what does the same in polars by the same CASE, None where polars is not installed."""
    try:
        import polars as pl  # noqa: PLC0415 - only this needs it
    except ImportError:
        print("polars is not installed, so it is not measured.")
        return None

    def run() -> None:
        added = [pl.sql_expr(case).alias(column) for column, case in CASES.items()]
        none = pl.lit(None, dtype=pl.String).alias("agrees")
        pl.scan_parquet(source).with_columns(*added, none).sink_parquet(out)

    return run


def by_loop(guide: Guide, source: Path, size: int) -> float:
    """Return the ms for all rows of a loop that remembers answers; it goes through some, and writes none."""
    looped = min(size, LOOPED)
    answers: dict[tuple[str, ...], RowAnswer] = {}
    facts = tuple(guide.space.values)

    def run() -> None:
        with duckdb.connect() as connection:
            select = f"SELECT {', '.join(facts)} FROM read_parquet('{source}') LIMIT {looped}"  # noqa: S608
            found = connection.execute(select)
            for _ in range(looped):
                said = found.fetchone() or ()
                if said not in answers:
                    meant = (MeaningOfCode((value,)) if value else NOT_KNOWN for value in said)
                    facts_said = dict(zip(facts, meant, strict=True))
                    answers[said] = answered(guide, facts_said, in_words=False)

    return timed(run) * size / looped


def _memory(source: Path, out: Path) -> Figures:
    """Return the most MB that a process of its own held while it checked a table."""
    command = [sys.executable, "-c", _MEASURE, str(source), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Figures((float(done.stdout.split()[-1]),))


_MEASURE = """
import sys
from assistant.cli import main
main(["check", sys.argv[1], "--output", sys.argv[2], "--force", "--no-why"])
(most,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(most) / 1024)
"""
