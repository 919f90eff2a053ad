"""Exports: tables that no spreadsheet obeys, and a file that is there whole or not at all."""

import csv
import json
import os
import stat
from datetime import date
from io import StringIO

import pytest

from assistant.errors import RecordsUnavailableError, UsageError
from assistant.records.entry import EntryFilter
from assistant.records.transfer import Words, as_csv, as_json, private_file
from tests.entries import ADOPTION, HOME, REFER, correcting, entry_of, overriding, withdrawing

WORDS = Words({"adoption": "Adoption Services"}, {"supervisor": "The supervisor decided"})


def rows_of(store, wanted=None):
    text = "".join(as_csv(store.entries(wanted or EntryFilter()), WORDS))
    return list(csv.DictReader(StringIO(text, newline="")))


def test_no_value_is_a_formula(store):
    """Every value passes the guard that is tested with the text."""
    store.add(entry_of(ADOPTION, service=" =1+1", whom="x;=1+1"))
    (row,) = rows_of(store)
    assert (row["service"], row["whom"]) == ("' =1+1", "x;'=1+1")


def test_case_numbers_keep_their_zeros(store):
    """In every kind of export."""
    store.add(entry_of(ADOPTION, case_number="000120"))
    assert rows_of(store)[0]["case_number"] == "000120"
    assert '"case_number":"000120"' in "".join(as_json(store.records(), store.rules))


def test_tables_hold_entries_as_they_now_are(store):
    """A corrected one once, a withdrawn one marked; ids with their names."""
    first, gone = entry_of(HOME), entry_of(ADOPTION)
    for record in (
        first,
        correcting(first, linked=False),
        gone,
        withdrawing(gone),
        overriding(ADOPTION, None),
    ):
        store.add(record)
    rows = rows_of(store)
    assert [row["number"] for row in rows] == ["2", "3", "5"]
    assert [row["withdrawn"] for row in rows] == ["no", "yes", "no"]
    assert (rows[0]["corrects_earlier"], rows[0]["in_case_plan"]) == ("yes", "no")
    assert (rows[1]["chosen"], rows[1]["chosen_name"]) == ("adoption", "Adoption Services")
    assert (rows[2]["chosen"], rows[2]["reason_name"]) == ("", "The supervisor decided")
    assert (rows[2]["as_recommended"], rows[2]["in_case_plan"]) == ("no", "")


def test_every_field_of_an_entry_has_a_column(store):
    """Nothing that can be said of an entry is left out; only a correction says why."""
    store.add(
        overriding(
            ADOPTION,
            "preventive",
            status="planned",
            begun=date(2026, 9, 1),
            ended=date(2026, 10, 1),
            linked=True,
            need_met="educational",
            category="family",
            service_type="class",
            provider="42",
            reason="at the staffing",
        )
    )
    (row,) = rows_of(store)
    assert len(row) >= 28
    assert [name for name, value in row.items() if not value] == ["why"]


def test_where_nothing_was_recommended_it_is_not_said_to_be_followed(store):
    """The column is empty, whatever was chosen."""
    store.add(entry_of(REFER, chosen="adoption"))
    assert rows_of(store)[0]["as_recommended"] == ""


def test_json_is_one_document(store):
    """With every record, its history and the hash of each."""
    first = entry_of(HOME)
    for record in (first, correcting(first)):
        store.add(record)
    plain = json.loads("".join(as_json(store.records(), store.rules)))
    assert [record["number"] for record in plain["records"]] == [1, 2]
    assert plain["count"] == 2
    assert plain["records"][1]["record"]["corrects"] == first.id


def test_an_empty_export_is_one_document_too(store):
    plain = json.loads("".join(as_json(store.records(), store.rules)))
    assert (plain["records"], plain["rules"], plain["count"]) == ([], {}, 0)


def test_what_is_wanted_comes_with_its_history(store):
    """An entry is of no use without what it corrects."""
    first, other = entry_of(HOME), entry_of(ADOPTION)
    for record in (first, other, correcting(first)):
        store.add(record)
    found = list(store.records(EntryFilter(group="reunification")))
    assert [recorded.seq for recorded in found] == [1, 3]


def test_a_file_is_only_its_owners(tmp_path):
    """From its first byte, whatever the umask is."""
    path = tmp_path / "out.csv"
    before = os.umask(0)
    try:
        with private_file(path, force=False) as file:
            (part,) = tmp_path.iterdir()
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
            file.write("x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    """Unless that is wanted; also where it came after the writing began."""
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(UsageError, match="already"), private_file(path, force=False):
        pass
    path.unlink()

    def meanwhile():
        with private_file(path, force=False) as file:
            file.write("new")
            path.write_text("mine")

    with pytest.raises(UsageError, match="already"):
        meanwhile()
    assert path.read_text() == "mine"
    with private_file(path, force=True) as file:
        file.write("new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_fails_leaves_nothing(tmp_path):
    """Neither half of the new one nor the loss of the old one."""
    path = tmp_path / "out.csv"
    path.write_text("mine")

    def failing():
        with private_file(path, force=True) as file:
            file.write("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(RecordsUnavailableError, match="No space left"):
        failing()
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["records.sqlite3", "records.head", "settings.toml"])
def test_the_assistants_own_files_are_not_written_over(tmp_path, name):
    """Not even by force, and by whatever way the folder is named."""
    roundabout = tmp_path / "x" / ".." / name
    (tmp_path / "x").mkdir()
    with (
        pytest.raises(UsageError, match="its own"),
        private_file(roundabout, force=True, data=tmp_path),
    ):
        pass


@pytest.mark.parametrize(("name", "said"), [(".", "a folder"), ("no/out.csv", "does not exist")])
def test_what_cannot_be_a_file_is_refused(tmp_path, name, said):
    with pytest.raises(UsageError, match=said), private_file(tmp_path / name, force=True):
        pass
