"""A checked table says in each row what the engine says of it, and keeps everything that was there."""

import stat
from dataclasses import replace
from itertools import product

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.extracts import check as checking
from assistant.extracts.check import TableFile
from assistant.extracts.codes import MeaningOfCode, fact_column
from assistant.text import csv_cell
from tests.examples import examples
from tests.extracts.tables import (
    FACTS,
    GUIDE,
    checked,
    columns,
    csv_file,
    expected,
    parquet_file,
    rows_of,
    said,
)

AFCARS: dict[str | None, list[str] | None] = {
    "1": ["return_home"],
    "2": ["other"],
    "3": ["adoption"],
    "4": ["planned_permanent_living"],
    "5": ["independent_living"],
    "6": ["other"],
    "7": ["no_plan", "no_goal"],
    "99": [],
}
JUNK = ("Smith", "0", "12345", "=1+1", "goal", "no plan so far")
BLANK = (None, "", "  ", "unsure", "Not sure")


def spellings(fact: str) -> dict[str | None, list[str] | None]:
    """Return texts of a fact's column, and the values that each stands for; None: it cannot be read."""
    found: dict[str | None, list[str] | None] = {text: [] for text in BLANK}
    for value, option in GUIDE.questions[fact].options.items():
        same = (value, value.upper(), option.label, f" {value.replace('_', '-')}")
        found |= {text: [value] for text in same}
    if fact == "goal":
        found |= dict[str | None, list[str] | None](
            {**AFCARS, "03": ["adoption"], "7.0": AFCARS["7"]}
        )
    return found | dict.fromkeys(JUNK)


GROUPS = {
    name: group for group, g in GUIDE.groups.items() for name in (group, g.name, g.short or group)
}
TEXTS = {fact: spellings(fact) for fact in FACTS}
rows = st.lists(
    st.fixed_dictionaries(
        {fact: st.sampled_from(list(TEXTS[fact])) for fact in FACTS}
        | {"grp": st.sampled_from([*GROUPS, "nobody", None])}
        | {"note": st.sampled_from(["", "=1+1", "a;-b", "x", "\t@", 'say "hi"', "1\n2"])}
    ),
    min_size=1,
    max_size=30,
)


def wanted(row):
    """Return what is to be said of a row, and whether its recorded group agrees."""
    meant = {fact: TEXTS[fact][row[fact]] for fact in FACTS}
    if None in meant.values():
        return ("unreadable", None, None, None), None
    left = {fact: values for fact, values in meant.items() if values}
    coded = row["goal"] in AFCARS or row["goal"] in {"03", "7.0"}
    if coded and "setting" not in left:
        left["setting"] = ["out_of_home"]
    result = expected(left)
    recorded = GROUPS.get(row["grp"])
    if not result[1] or not recorded:
        return result, None
    also = (result[3] or "").split(";")
    return result, "yes" if recorded == result[1] else "also_fits" if recorded in also else "no"


@given(rows=rows, as_csv=st.booleans(), to_csv=st.booleans())
@examples(50)
def test_each_row_is_answered_as_by_trying_every_case(rows, as_csv, to_csv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("table")
    names = [*FACTS, "grp", "note"]
    make = csv_file if as_csv else parquet_file
    source = make(folder / "in.data", names, rows)
    output = folder / ("out.csv" if to_csv else "out.parquet")
    found = checked(source, output, columns("afcars1993", "grp"))
    written = rows_of(output)
    assert [(said(row), row["agrees"]) for row in written] == [wanted(row) for row in rows]
    assert [row["why"] is None for row in written] == [False] * len(rows)
    for name in names:
        kept = [row[name] or None for row in rows]
        as_written = [row[name] or None for row in written]
        assert as_written == ([csv_cell(text) for text in kept] if to_csv else kept)
    assert sum(found.statuses.values()) == found.rows == len(rows)
    agrees = [wanted(row)[1] for row in rows]
    assert found.disagreements == agrees.count("no")
    assert sum(found.pairs.values()) == len(rows) - agrees.count(None)


def test_every_combination_of_known_and_unknown_facts(tmp_path):
    """Each fact with each of its values, or not known."""
    choices = [(None, *values) for values in GUIDE.space.values.values()]
    every = [dict(zip(FACTS, facts, strict=True)) for facts in product(*choices)]
    source = csv_file(tmp_path / "in.csv", FACTS, every)
    checked(source, tmp_path / "out.parquet", columns(), why=False)
    written = rows_of(tmp_path / "out.parquet")
    left = [{fact: [value] for fact, value in row.items() if value} for row in every]
    assert list(map(said, written)) == list(map(expected, left))
    assert "why" not in written[0]


def test_a_spelling_far_down_is_read_too(tmp_path, monkeypatch):
    """Though it is not among the rows that are looked at first."""
    monkeypatch.setattr(checking, "_SAMPLE", 2)
    rows = [{"goal": goal} for goal in ("adoption", "adoption", "ADOPTION", "Smith", None)]
    source = csv_file(tmp_path / "in.csv", ["goal"], rows)
    found = checked(source, None, columns(facts=["goal"]), values=True)
    assert found.statuses["unreadable"] == 1
    assert found.commonest == {"goal": {"Smith": 1}}


def test_a_column_of_numbers_is_read_as_codes(tmp_path):
    source = tmp_path / "in.parquet"
    with duckdb.connect() as connection:
        made = "SELECT unnest([1.0, 3.0, NULL])::DOUBLE AS goal"
        connection.execute(f"COPY ({made}) TO '{source}' (FORMAT parquet)")
    found = checked(source, tmp_path / "out.parquet", columns("afcars2020", facts=["goal"]))
    assert found.unread == {}
    assert [str(row["goal"]) for row in rows_of(tmp_path / "out.parquet")] == ["1.0", "3.0", "None"]


def test_the_rows_keep_their_order(tmp_path):
    """Also where they are more than DuckDB takes at once."""
    goals = [*GUIDE.space.values["goal"], None]
    rows = [{"n": str(n), "goal": goals[n * 7 % len(goals)]} for n in range(300_000)]
    checked(
        csv_file(tmp_path / "in.csv", ["n", "goal"], rows),
        tmp_path / "o.parquet",
        columns(facts=["goal"]),
    )
    assert [row["n"] for row in rows_of(tmp_path / "o.parquet")] == [row["n"] for row in rows]


@pytest.mark.parametrize(
    "content",
    [b"", b"goal\n\xff\n", b"goal,goal\n", b"goal,a\nadoption,1\nadoption,1,2\n", b"PAR1 no more"],
    ids=["empty", "encoding", "twice", "ragged", "parquet"],
)
def test_what_is_no_table_is_refused_without_its_words(tmp_path, content):
    source = tmp_path / "in.csv"
    source.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        checked(source, None, columns(facts=["goal"]))
    assert "adoption" not in str(refused.value)


@pytest.mark.parametrize("name", ["nothing.csv", "a*.csv", "."])
def test_only_one_plain_file_is_read(tmp_path, name):
    csv_file(tmp_path / "ab.csv", ["goal"], [])
    if "*" in name:
        csv_file(tmp_path / name, ["goal"], [])
    with pytest.raises(UsageError):
        TableFile(tmp_path / name)


def test_nothing_else_can_be_read_or_reached(tmp_path):
    """Whatever a query would name: no other file, no network."""
    source, other = (csv_file(tmp_path / name, ["goal"], []) for name in ("a.csv", "b.csv"))
    table = TableFile(source)
    for place in (str(other), "https://localhost/x.csv"):
        with pytest.raises(duckdb.PermissionException):
            table.connection.execute(f"SELECT * FROM '{place}'")


def test_the_output_is_only_its_owners(tmp_path):
    source = csv_file(tmp_path / "in.csv", ["goal"], [{"goal": "adoption"}])
    checked(source, tmp_path / "o.csv", columns(facts=["goal"]))
    assert stat.S_IMODE((tmp_path / "o.csv").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "o.csv"]


def test_a_column_that_is_there_is_not_written_over(tmp_path):
    source = csv_file(
        tmp_path / "in.csv", ["goal", "Status"], [{"goal": "adoption", "Status": "x"}]
    )
    with pytest.raises(UsageError, match="status"):
        checked(source, tmp_path / "o.csv", columns(facts=["goal"]))
    checked(source, tmp_path / "o.csv", columns(facts=["goal"]), prefix="our_")
    (row,) = rows_of(tmp_path / "o.csv")
    assert (row["Status"], row["our_status"]) == ("x", "depends")


def test_a_table_without_rows(tmp_path):
    source = csv_file(tmp_path / "in.csv", ["goal"], [])
    found = checked(source, tmp_path / "o.parquet", columns(facts=["goal"]))
    assert (found.rows, rows_of(tmp_path / "o.parquet")) == (0, [])


def test_the_recorded_group_does_not_make_a_row_unreadable(tmp_path):
    rows = [{"goal": "adoption", "fins": "no", "investigation": "none", "g": "nobody"}]
    source = csv_file(tmp_path / "in.csv", rows[0], rows)
    wanted = columns(recorded="g", facts=["investigation", "goal", "fins"])
    found = checked(source, None, wanted)
    assert (found.statuses["recommended"], found.unread, found.pairs) == (1, {"g": 1}, {})


@pytest.mark.parametrize("fact", FACTS)
def test_what_the_guide_calls_an_answer_is_read_where_no_other_goes_by_it(fact):
    """Its id, label, short label and words, in any capitals and with a period; never what is only like it."""
    column, options = fact_column(GUIDE, fact, fact), GUIDE.questions[fact].options
    called = {
        value: {value, one.label.casefold(), one.short, one.brief, *one.words} - {""}
        for value, one in options.items()
    }
    for value, names in called.items():
        others = set().union(*(called[other] for other in options if other != value))
        for name in names - others:
            assert column.read(f"{name.upper()}.") == MeaningOfCode((value,))
            assert column.read(f"{name} x") is None


def test_a_word_for_two_answers_is_not_read():
    """It would be a guess which one was meant."""
    asked = GUIDE.questions["goal"]
    options = {value: replace(one, words=("same",)) for value, one in asked.options.items()}
    questions = {**GUIDE.questions, "goal": replace(asked, options=options)}
    guide = replace(GUIDE, questions=questions)
    assert fact_column(guide, "goal", "goal").read("same") is None
