"""Taking records along: what comes out of one store goes into another, whole, once, or not at all."""

import hashlib
import json
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.entry import (
    STATUSES,
    Entry,
    EntryFilter,
    Recorded,
    day_recorded,
    written,
)
from assistant.records.store import open_store
from assistant.records.transfer import Imported, as_json
from tests.builders import shipped
from tests.entries import ADOPTION, HOME, correcting, entry_of, withdrawing
from tests.examples import examples, some

LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
WORDS = TEXT.filter(str.strip)
MAYBE = st.none() | TEXT


@pytest.fixture
def other(tmp_path):
    """Another computer's store, with nothing in it."""
    with closing(open_store(tmp_path / "other", patience=0)) as opened:
        yield opened


@pytest.fixture
def filled(data_folder):
    """A store with an entry, one that was corrected twice, and one that was withdrawn."""
    first, gone = entry_of(HOME), entry_of(HOME)
    second = correcting(first, service="another")
    records = (first, entry_of(ADOPTION), gone, second, correcting(second), withdrawing(gone))
    with closing(open_store(data_folder, rules=shipped().decision, patience=0)) as opened:
        for record in records:
            opened.add(record)
        yield opened


def exported(store, wanted=None) -> list[bytes]:
    lines = as_json(store.records(wanted or EntryFilter()), store.rules)
    return [line.encode() for line in lines]


def everything(store):
    return [recorded.record for recorded in store.records()]


def sealed(lines: list[bytes]) -> list[bytes]:
    """Return lines with the last one made right for them, as somebody who knows the format could."""
    *body, _ = lines
    records = sum(line.startswith(b'{"number"') for line in body)
    digest = hashlib.sha256(b"".join(body)).hexdigest()
    return [*body, f'}}, "count": {records}, "digest": "{digest}"}}\n'.encode()]


def changed(line: bytes, *, rehash: bool, **fields: object) -> bytes:
    """Return a record's line with fields changed, and perhaps the hash made right."""
    comma = b"," if line.rstrip().endswith(b",") else b""
    plain = json.loads(line.rstrip().removesuffix(b","))
    plain["record"] |= fields
    text = json.dumps(plain["record"], sort_keys=True, separators=(",", ":"))
    if rehash:
        plain["hash"] = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(plain).encode() + comma + b"\n"


def test_everything_goes_along(filled, other):
    """In its order, each correction after what it corrects, with the rules it was made under."""
    assert other.take_in(exported(filled)) == Imported(new=6)
    assert everything(other) == everything(filled)
    assert other.page(None, 9) == filled.page(None, 9)
    assert other.rules(shipped().meaning_hash) == shipped().decision
    assert list(other.faults()) == []


def test_a_second_time_nothing_is_added(filled, other):
    """Nor where it came from."""
    lines = exported(filled)
    other.take_in(lines)
    assert other.take_in(lines) == Imported(known=6)
    assert filled.take_in(lines) == Imported(known=6)
    assert other.head().count == 6


def test_what_was_added_since_comes_after(filled, other):
    """An export of a store that grew adds what is new, and corrections of what is here."""
    other.take_in(exported(filled))
    filled.add(entry_of(ADOPTION))
    filled.add(correcting(filled.get(2)))
    assert other.take_in(exported(filled)) == Imported(new=2, known=6)
    assert everything(other) == everything(filled)


def test_a_part_goes_along_with_its_history(filled, other):
    """So that a correction finds what it corrects."""
    found = EntryFilter(group="reunification", standing="standing")
    assert other.take_in(exported(filled, found)) == Imported(new=3)
    assert [summary.corrects for summary in other.page(None, 9)] == [True]


def test_what_was_erased_where_it_comes_from_is_not_missed(filled, other):
    """A correction whose earlier entry was erased is still the entry as it is."""
    filled.add(correcting(filled.get(5), when=LATER))
    filled.erase(date(2026, 11, 1), id_="e" * 32, when=LATER)
    assert other.take_in(exported(filled)) == Imported(new=1)
    assert other.page(None, 9)[0].corrects


def test_a_withdrawal_of_what_was_erased_withdraws_nothing(filled, other):
    """It is left out."""
    filled.add(replace(withdrawing(filled.get(2)), when=LATER))
    filled.erase(date(2026, 11, 1), id_="e" * 32, when=LATER)
    assert other.take_in(exported(filled)) == Imported(erased=1)
    assert other.page(None, 9) == []
    assert list(other.faults()) == []


def test_what_was_erased_here_is_not_brought_back(filled):
    """However often an export from before is taken in."""
    lines = exported(filled)
    filled.erase(date(2026, 11, 1), id_="e" * 32, when=LATER)
    assert filled.take_in(lines) == Imported(erased=6)
    assert filled.page(None, 9) == []
    assert list(filled.faults()) == []


def test_line_ends_may_have_been_changed(filled, other):
    """As mail programs do."""
    lines = [line.replace(b"\n", b"\r\n") for line in exported(filled)]
    assert other.take_in(lines).new == 6


def test_another_correction_of_the_same_entry_is_a_conflict(filled, other):
    """The file's record is named, with the one here; nothing is added."""
    other.take_in(exported(filled))
    filled.add(correcting(filled.get(2)))
    other.add(withdrawing(other.get(2)))
    with pytest.raises(RecordsError, match=r"Record 7 of the file .* number 7 here"):
        other.take_in(exported(filled))
    assert other.head().count == 7


def test_another_record_under_the_same_id_is_a_conflict(filled, other):
    """Even where the file is in order in itself."""
    other.take_in(exported(filled))
    lines = exported(filled)
    lines[2] = changed(lines[2], rehash=True, whom="child 9")
    with pytest.raises(
        RecordsError, match=r"Record 2 of the file .* entry 2, with different details"
    ):
        other.take_in(sealed(lines))


def test_a_damaged_record_is_named(filled, other):
    """Each of them, with all that comes before it not added either."""
    for place in range(1, 7):
        lines = exported(filled)
        lines[place] = changed(lines[place], rehash=False, why="something else")
        with pytest.raises(RecordsError, match=f"Record {place} in the file was changed"):
            other.take_in(sealed(lines))
        assert other.head().count == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"kind": "erasure", "before": "2026-01-01", "erased": [[1, 9]]},
            "cannot be read|none that",
        ),
        ({"case_number": "12-3"}, "cannot be read"),
        ({"case_number": 12}, "cannot be read"),
        ({"linked": "perhaps"}, "does not belong in an export"),
        ({"surprise": "x"}, "cannot be read"),
        ({"id": "../../etc"}, "cannot be read"),
        ({"whom": "\x00"}, "cannot be read"),
        ({"kind": "mystery"}, "cannot be read"),
        ({"answers": [["goal", "adoption"], ["goal", "none"]]}, "does not belong in an export"),
        ({"when": "2026-10-03T14:05:00"}, "cannot be read"),
        ({"day": 5}, "cannot be read"),
        ({"day": "2026-01-01"}, "cannot be read"),
        ({"outcome": 0}, "does not belong in an export"),
        ({"recommended": False}, "cannot be read|does not belong"),
        ({"chosen": ["adoption"]}, "cannot be read|does not belong"),
        ({"status": 0}, "does not belong in an export"),
        ({"need_met": {}}, "does not belong in an export"),
        ({"linked": 1}, "does not belong in an export"),
        ({"linked": 0}, "does not belong in an export"),
        ({"certainty": 1.5}, "cannot be read"),
        ({"answers": [["goal", 7]]}, "cannot be read"),
        ({"answers": {"goal": "adoption"}}, "cannot be read|does not belong"),
        ({"assumed": "goal"}, "does not belong in an export"),
        ({"corrects": 0}, "cannot be read"),
        ({"restores": "0" * 31}, "cannot be read"),
        ({"when": 3}, "cannot be read"),
        ({"when": "0001-01-01T00:00:00+14:00", "day": "0001-01-01"}, "cannot be read"),
        ({"when": "0001-01-02T00:00:00.000000+00:00", "day": "0001-01-02"}, "does not belong"),
        ({"when": "9999-12-31T23:00:00.000000+00:00", "day": "9999-12-31"}, "does not belong"),
        ({"when": "1969-12-31T12:00:00.000000+00:00", "day": "1969-12-31"}, "does not belong"),
        ({"when": "2201-01-01T12:00:00.000000+00:00", "day": "2201-01-01"}, "does not belong"),
        ({"begun": "0001-01-01"}, "does not belong"),
        ({"ended": "9999-12-31"}, "does not belong"),
    ],
)
def test_a_record_that_no_store_would_keep_is_refused(filled, other, change, said):
    """Also where whoever made it knew how to make every hash right."""
    lines = exported(filled)
    lines[1] = changed(lines[1], rehash=True, **change)
    with pytest.raises(RecordsError, match=f"Record 1 in the file .*({said})"):
        other.take_in(sealed(lines))
    assert other.head().count == 0


@pytest.mark.sampled
def test_no_byte_can_be_changed_unseen(filled, other):
    """All over a file, one at a time: each is refused in words, and nothing is added."""
    whole = b"".join(exported(filled))
    for place in some(range(0, len(whole), 61)):
        byte = bytes([whole[place] ^ 1])
        lines = (whole[:place] + byte + whole[place + 1 :]).splitlines(keepends=True)
        with pytest.raises(RecordsError):
            other.take_in(lines)
    assert other.head().count == 0


def test_no_part_can_be_missing_unseen(filled, other):
    """Cut off after any line, or with any line taken out."""
    lines = exported(filled)
    for place in range(len(lines)):
        for part in (lines[:place], lines[:place] + lines[place + 1 :]):
            with pytest.raises(RecordsError):
                other.take_in(part)
    assert other.head().count == 0


def test_records_cannot_be_swapped_unseen(filled, other):
    lines = exported(filled)
    lines[1], lines[2] = lines[2], lines[1]
    with pytest.raises(RecordsError, match="changed somewhere between"):
        other.take_in(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not a file that"),
        (b"number,recorded\r\n", "not a file that"),
        (b"[" * 10_000, "not a file that"),
        (b'{"format": "service-group-records", "version": 3, "records": [\n', "newer version"),
        (b"\xff\xfe\xfd", "not a file that"),
    ],
)
def test_another_file_is_refused_in_words(other, text, said):
    with pytest.raises(RecordsError, match=said):
        other.take_in(text.splitlines(keepends=True))


def test_a_store_that_was_cut_takes_nothing_in(filled, data_folder):
    """What is missing from it would else be hidden."""
    lines = exported(filled)
    (data_folder / "records.head").write_text(
        json.dumps({"store_id": filled.head().store_id, "count": 99, "hash": "0" * 64})
    )
    with pytest.raises(RecordsDamagedError):
        filled.take_in(lines)


ENTRIES = st.builds(
    Entry,
    id=st.uuids().map(lambda id_: id_.hex),
    when=st.datetimes(datetime(1990, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    case_number=st.from_regex("[0-9]{1,40}", fullmatch=True),
    whom=WORDS,
    service=WORDS,
    status=st.sampled_from(["", *STATUSES]),
    begun=st.none() | st.dates(date(1970, 1, 1), date(2026, 1, 1)),
    ended=st.none() | st.dates(date(2026, 1, 1), date(2200, 12, 31)),
    linked=st.sampled_from([None, True, False]),
    category=TEXT,
    service_type=TEXT,
    provider=TEXT,
    outcome=MAYBE.map(lambda text: text or None),
    recommended=MAYBE.map(lambda text: text or None),
    certainty=WORDS,
    chosen=MAYBE.map(lambda text: text or None),
    reason_code=TEXT,
    reason=WORDS,
    answers=st.dictionaries(TEXT, TEXT, max_size=4),
    assumed=st.lists(TEXT, max_size=2).map(tuple),
    content_version=WORDS,
    raw_hash=WORDS,
    meaning_hash=WORDS,
)


@examples(25)
@given(made=st.lists(ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.id))
def test_any_entry_goes_along(made):
    """Whatever the text in it, out of one store and into another it is the same."""
    with TemporaryDirectory() as folder:
        one = open_store(Path(folder) / "one", patience=0)
        two = open_store(Path(folder) / "two", patience=0)
        for entry in made:
            one.add(entry)
        lines = b"".join(exported(one)).splitlines(keepends=True)
        assert two.take_in(lines) == Imported(new=len(made))
        assert everything(two) == everything(one) == made


def pointing(records, *, version=2):
    """Return an export of records whose pointers were made by hand."""
    lines = list(as_json([Recorded(n, one) for n, one in enumerate(records, 1)], lambda _: None))
    lines[0] = lines[0].replace('"version": 2', f'"version": {version}')
    return sealed([line.encode() for line in lines])


ONE, TWO = entry_of(HOME), entry_of(ADOPTION)
GONE = withdrawing(ONE)
POINTERS = {
    "each other": [replace(ONE, corrects=TWO.id, why="x"), replace(TWO, corrects=ONE.id, why="x")],
    "later": [correcting(ONE), ONE],
    "a later one, restored": [replace(TWO, restores=ONE.id), ONE],
    "none": [correcting(ONE)],
    "none, withdrawn": [withdrawing(ONE)],
    "none, restored": [replace(TWO, restores=ONE.id)],
    "a withdrawal": [ONE, GONE, replace(GONE, id="f" * 32, withdraws=GONE.id)],
    "a withdrawal, corrected": [ONE, GONE, replace(TWO, corrects=GONE.id, why="x")],
    "a withdrawal, restored": [ONE, GONE, replace(TWO, restores=GONE.id)],
    "an active one, restored": [ONE, replace(TWO, restores=ONE.id)],
    "a corrected one": [ONE, correcting(ONE), withdrawing(ONE)],
}
MAY_BE_ERASED = {"none", "none, withdrawn", "none, restored"}
"""What release 1 could not tell from an entry that was erased where the file comes from."""


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("name", POINTERS)
def test_a_pointer_is_not_taken_on_trust(other, name, version):
    """At itself, at what comes later, at nothing, at what it cannot be: refused, and nothing is added."""
    lines = pointing(POINTERS[name], version=version)
    if version == 1 and name in MAY_BE_ERASED:
        other.take_in(lines)
    else:
        with pytest.raises(RecordsError, match="Nothing was added"):
            other.take_in(lines)
        assert other.head().count == 0
    assert list(other.faults()) == []
    assert [len(other.history(row.seq)) for row in other.page(None, 9)] in ([], [1])


def test_one_that_points_at_itself_is_refused(filled, other):
    """As a correction, and as what restores."""
    for name, words in (("corrects", {"why": "x", "kind": "correction"}), ("restores", {})):
        lines = exported(filled)
        own = json.loads(lines[1].rstrip(b",\n"))["record"]["id"]
        lines[1] = changed(lines[1], rehash=True, **{name: own}, **words)
        with pytest.raises(RecordsError, match="Record 1 in the file cannot be read"):
            other.take_in(sealed(lines))


def test_what_was_erased_twice_over_is_not_missed(filled, other, tmp_path):
    """A store that took such a correction in says so in its own export."""
    filled.add(correcting(filled.get(5), when=LATER))
    filled.erase(date(2026, 11, 1), id_="e" * 32, when=LATER)
    other.take_in(exported(filled))
    for wanted in (None, EntryFilter(group="reunification")):
        with closing(open_store(tmp_path / f"third-{wanted is None}", patience=0)) as third:
            assert third.take_in(exported(other, wanted)) == Imported(new=1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_day_goes_along(filled, other, zone, monkeypatch):
    """Whatever the clock where it is taken in, and however often."""
    days = [day_recorded(one.when) for one in everything(filled)]
    texts = [written(one) for one in everything(filled)]
    with _in_zone(zone, monkeypatch):
        other.take_in(exported(filled))
        assert [day_recorded(one.when) for one in everything(other)] == days
        assert [written(one) for one in everything(other)] == texts
        assert other.take_in(exported(filled)) == Imported(known=6)
        assert list(other.faults()) == []


@contextmanager
def _in_zone(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        yield
    finally:
        monkeypatch.undo()
        time.tzset()
