"""`service-group records list`, `show` and `history`: found, marked, and told."""

import io
from datetime import UTC, datetime

import pytest

from assistant.cli import main
from assistant.records.store import open_store
from tests.entries import (
    ADOPTION,
    HOME,
    REFER,
    correcting,
    entry_of,
    overriding,
    withdrawing,
)

LATER = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def store(data_folder):
    """1 was corrected by 5; 2 is an override; 3 was withdrawn by 6; 4 was left to the supervisor."""
    opened = open_store(data_folder, patience=0)
    first, gone = entry_of(HOME), entry_of(ADOPTION, service="home study")
    for record in (
        first,
        overriding(ADOPTION, "preventive", case_number="1234567", service="parenting class"),
        gone,
        entry_of(REFER, when=LATER),
        correcting(first, service="family counseling"),
        withdrawing(gone),
    ):
        opened.add(record)
    return opened


def listed(capsys, *options):
    assert main(["records", "list", *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    return [int(line.split()[0]) for line in lines[1:]]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], [5, 4, 3, 2]),
        (["--group", "preventive"], [2]),
        (["--group", "Adopt"], [3]),
        (["--group", "supervisor"], [4]),
        (["--certainty", "refer"], [4]),
        (["--overridden"], [2]),
        (["--followed"], [5, 3]),
        (["--text", "PARENT"], [2]),
        (["--text", "fam couns"], [5]),
        (["--since", "2026-11-01"], [4]),
        (["--until", "2026-10-31"], [5, 3, 2]),
        (["--text", "Parenting"], [2]),
        (["--text", "family counseling"], [5]),
        (["--text", "counseling class"], []),
        (["--withdrawn"], [3]),
        (["--standing"], [5, 4, 2]),
        (["--standing", "--followed", "--until", "2026-10-31"], [5]),
    ],
)
def test_entries_are_found(options, found, capsys):
    """Each option narrows the list, and together they narrow it further."""
    assert listed(capsys, *options) == found


@pytest.mark.parametrize("spelled", ["judgement", "judgment"])
def test_a_judgment_call_is_found_by_either_spelling(store, spelled, capsys):
    judged = entry_of("investigation=none goal=return_home fins=no setting=other_in_home")
    assert judged.certainty == "judgement"
    store.add(judged)
    assert listed(capsys, "--certainty", spelled) == [7]


@pytest.mark.usefixtures("store")
def test_what_became_of_an_entry_is_marked(capsys):
    """At the end of its row."""
    main(["records", "list"])
    _, *rows = capsys.readouterr().out.splitlines()
    assert rows[0].endswith("matches, corrected")
    assert rows[1].endswith("no recommendation")
    assert rows[2].endswith("withdrawn")
    assert rows[3].endswith("changed")


@pytest.mark.usefixtures("store")
def test_to_be_heard_each_entry_is_a_sentence(capsys, monkeypatch, tmp_path):
    """Where the settings say plain; there are no columns to find one's way in."""
    (tmp_path / "settings.toml").write_text("plain = true\n")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "settings.toml"))
    main(["records", "list"])
    lines = capsys.readouterr().out.replace("\n  ", " ").splitlines()
    assert [line.split(",")[0] for line in lines] == [f"Entry {n}" for n in (5, 4, 3, 2)]
    assert all(line.endswith(").") for line in lines)


@pytest.mark.usefixtures("store")
def test_days_are_typed_as_people_say_them(capsys):
    assert listed(capsys, "--since", "11/1/26", "--until", "11/30/2026") == [4]
    assert main(["records", "list", "--since", "Yesterday"]) == 0


@pytest.mark.usefixtures("store")
def test_a_part_of_what_was_found_says_how_to_get_the_rest(capsys):
    """Without repeating the words, which may have been typed unseen."""
    main(["records", "list", "--followed", "--limit", "1"])
    assert capsys.readouterr().err == "For older ones: the same command with --before 5\n"
    main(["records", "list", "--followed", "--limit", "3"])
    assert capsys.readouterr().err == ""
    main(["records", "list", "--overridden", "--before", "2"])
    assert capsys.readouterr().err == "No entry older than 2 matches.\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("text", ["1234567", "case 1234567", "12-345", "12 34 5", "\u0661" * 5])
def test_a_case_number_may_not_stand_in_a_command(text, capsys):
    """It is refused with another way, and not said again."""
    assert main(["records", "list", "--text", text]) == 2
    said = capsys.readouterr()
    assert "write --text -" in said.err
    assert text not in said.err
    assert said.out == ""


@pytest.mark.usefixtures("store")
def test_a_case_number_is_read_from_a_pipe(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("1234567\n"))
    assert listed(capsys, "--text", "-") == [2]


@pytest.mark.usefixtures("store")
def test_on_a_terminal_it_is_typed_unseen(monkeypatch, capsys):
    """As a password is."""
    asked = {}

    def prompt(text, **how):
        asked.update(how)
        return "1234567"

    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr("click.prompt", prompt)
    assert listed(capsys, "--text", "-") == [2]
    assert asked["hide_input"]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--group", "adopton"], "did you mean 'adoption'"),
        (["--since", "31.1.2026"], "is not a date"),
        (["--since", "2026-02-01", "--until", "2026-01-01"], "--until is before --since"),
        (["--certainty", "sure"], "'sure' is not one of"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(options, said, capsys):
    assert main(["records", "list", *options]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("number", "other"), [("1", "Entry 5 replaced entry 1 "), ("5", "Entry 1 was recorded ")]
)
def test_an_entry_is_shown_with_the_rest_of_its_history(number, other, capsys):
    """From either end of it; what is shown in full is not told twice."""
    assert main(["records", "show", number]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith(other)
    assert text.count(f"Entry: {number} ") == 1
    assert text.count("Recorded: ") == 1


@pytest.mark.usefixtures("store")
def test_the_history_alone(capsys):
    """Of any number: what was withdrawn, and what withdrew it, tell the same."""
    assert main(["records", "history", "3"]) == 0
    said = capsys.readouterr().out
    assert "Entry 3 was withdrawn " in said
    assert said.endswith("Why: recorded twice\n")
    main(["records", "history", "6"])
    assert capsys.readouterr().out == said


@pytest.mark.usefixtures("store")
def test_where_no_word_is_found_it_is_said_how_words_are(capsys):
    """By their beginnings; without words nothing is said of them."""
    main(["records", "list", "--text", "zeppelin"])
    assert "You can type the start of a word" in capsys.readouterr().err
    main(["records", "list", "--until", "2000-01-01"])
    assert capsys.readouterr().err == "No entry matches.\n"


@pytest.mark.usefixtures("store")
def test_a_number_of_no_entry_says_what_it_stands_for(capsys):
    """Which entry a withdrawal withdraws, and why."""
    assert main(["records", "show", "6"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Number 6 withdraws entry 3, Oct ")
    assert said.endswith(": recorded twice\n")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("typed", ["0042x", "0", "-1", "1.5"])
def test_what_is_no_number_is_refused_in_plain_words(typed, capsys):
    """And not said again, since it may be part of a case number."""
    assert main(["records", "show", "--", typed]) == 2
    said = capsys.readouterr().err
    assert "Type a whole number from 1, such as 3." in said
    assert typed not in said.replace("from 1, such", "")


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "1"],
        ["history", "1"],
        ["memo", "1"],
        ["withdraw", "1"],
        ["summary"],
        ["overrides", "--unsuppressed"],
        ["replay"],
        ["export", "--format", "csv", "--output", "-"],
        ["verify"],
        ["purge", "--before", "2020-01-01"],
    ],
    ids=lambda words: words[0],
)
def test_a_folder_without_records_is_named_and_left_as_it_is(words, tmp_path, capsys):
    """It may be a slip in its name, so neither the folder nor a file in it is made."""
    for folder in (tmp_path / "mistyped", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        assert main(["records", *words, "--data", str(folder)]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"There are no records in {folder}.")
    assert not (tmp_path / "mistyped").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_file_where_the_folder_belongs_is_said_to_be_one(tmp_path, capsys):
    """By a command that reads as by one that would make the folder."""
    file, export = tmp_path / "file", tmp_path / "export.json"
    file.write_text("mine")
    export.write_text("{}")
    for words in (["list"], ["import", str(export)]):
        assert main(["records", *words, "--data", str(file)]) == 1
        assert capsys.readouterr().err.startswith(f"{file} is a file, not a folder.")
    assert file.read_text() == "mine"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("command", ["show", "history", "memo", "withdraw"])
def test_a_number_that_is_not_there(command, capsys):
    """Is one sentence, and exit code 1."""
    assert main(["records", command, "9"]) == 1
    said = capsys.readouterr()
    assert (said.out, "The records have no entry 9" in said.err) == ("", True)
