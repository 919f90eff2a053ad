"""`service-group records withdraw` and `memo`."""

import io

import pytest

from assistant.cli import main
from assistant.records.entry import Withdrawal
from assistant.records.store import open_store
from tests.entries import ADOPTION, HOME, correcting, entry_of, withdrawing


@pytest.fixture
def store(data_folder):
    opened = open_store(data_folder, patience=0)
    opened.add(entry_of(ADOPTION, case_number="007700"))
    return opened


def withdraw(monkeypatch, number, *typed):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    return main(["records", "withdraw", str(number)])


def test_an_entry_is_withdrawn(store, monkeypatch, capsys):
    """After a reason and a yes; the record says why, and the case number is never said."""
    assert withdraw(monkeypatch, 1, "recorded twice", "y") == 0
    said = capsys.readouterr()
    assert said.out.startswith("Entry 1 is withdrawn.")
    assert "home study for child 1: Adoption Services" in said.err
    assert "007700" not in said.out + said.err
    record = store.record(2).record
    assert isinstance(record, Withdrawal)
    assert record.why == "recorded twice"
    assert store.page(None, 1)[0].withdrawn


def test_without_a_yes_nothing_happens(store, monkeypatch, capsys):
    assert withdraw(monkeypatch, 1, "recorded twice", "n") == 0
    assert "Nothing was withdrawn." in capsys.readouterr().err
    assert store.head().count == 1


def test_input_that_ends_withdraws_nothing(store, monkeypatch, capsys):
    for typed in ([], ["recorded twice"]):
        assert withdraw(monkeypatch, 1, *typed) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "Give a reason" in said.err or "nothing was withdrawn" in said.err
    assert store.head().count == 1


@pytest.mark.parametrize(
    ("why", "said"),
    [("", "Give a reason"), ("SSN 123-45-6789", "social security number"), ("x" * 1_001, "1,001")],
)
def test_a_reason_that_cannot_be_kept_is_refused(store, monkeypatch, capsys, why, said):
    """As in every form; from a pipe it is an error."""
    assert withdraw(monkeypatch, 1, why, "y") == 2
    assert said in capsys.readouterr().err
    assert store.head().count == 1


def test_what_no_longer_stands_is_not_withdrawn(store, monkeypatch, capsys):
    """Neither what was corrected nor what is withdrawn already; nothing is asked."""
    first = entry_of(HOME)
    for record in (first, correcting(first), withdrawing(store.get(1))):
        store.add(record)
    assert withdraw(monkeypatch, 2) == 1
    assert "entry 3 replaced it" in capsys.readouterr().err
    assert withdraw(monkeypatch, 1) == 1
    assert "already withdrawn" in capsys.readouterr().err
    assert store.head().count == 4


def test_a_memo_says_first_that_its_entry_no_longer_stands(store, capsys):
    """Which entry took its place, or when and why it was withdrawn."""
    first = store.get(1)
    later = correcting(first, chosen="preventive", reason_code="supervisor")
    for record in (later, withdrawing(later)):
        store.add(record)
        main(["records", "memo", "1"])
    replaced, withdrawn = capsys.readouterr().out.split("Entry 1: ")[0], ""
    assert replaced == "Replaced by entry 2\n\n"
    main(["records", "memo", "2"])
    withdrawn = capsys.readouterr().out.splitlines()[0]
    assert withdrawn.startswith("Withdrawn ")
    assert withdrawn.endswith(": recorded twice")


@pytest.mark.usefixtures("store")
def test_a_memo_is_given(capsys):
    """As plain text; with the case number only where that is asked for."""
    assert main(["records", "memo", "1"]) == 0
    text = capsys.readouterr().out
    assert [line.partition(":")[0] for line in text.splitlines() if line[0] != " "] == [
        *("Entry 1", "Facts", "Recommendation", "How sure", "Why", "To decide")
    ]
    assert "007700" not in text
    assert main(["records", "memo", "1", "--with-case-number", "--long"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Service group: memo of advice\n\nAdoption Services\n")
    assert "- 007700\n" in text


def test_a_withdrawn_entry_is_restored_once(store, capsys):
    """What is not withdrawn is refused."""
    assert main(["records", "restore", "1"]) == 1
    store.add(withdrawing(store.get(1)))
    assert main(["records", "restore", "1"]) == 0
    assert main(["records", "restore", "1"]) == 1
    assert store.get(3).restores == store.get(1).id
    assert "What to do" in capsys.readouterr().err
