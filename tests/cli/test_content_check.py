"""`service-group content check` and `draw`: problems as data, counts aside, and exit codes."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.cli import main
from tests.builders import CONTENT, content_copy, edit

SMALL_GUIDE = Path(__file__).parents[1] / "guide" / "good"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a guide with one mistake, in a file and on a line that are known."""
    folder = content_copy(tmp_path)
    edit(folder, "guide.yaml", "longest_interview: 4", "longest_interview: many")
    return folder


def line_of(file: Path, words: str) -> int:
    return file.read_text(encoding="utf-8").split(words)[0].count("\n") + 1


def test_a_sound_guide_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Facts, cases, paths and outcomes go to standard output, and the exit code is 0."""
    assert main(["content", "check", "--content", str(CONTENT)]) == 0
    said = capsys.readouterr()
    for words in ("proven", "5 facts", "cases", "paths", "outcomes", "Longest", "Shortest"):
        assert words in said.out
    assert said.err == ""


def test_mistakes_are_listed_with_their_places(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is data, how many there are is not; the exit code is 1."""
    assert main(["content", "check", "--content", str(broken)]) == 1
    said = capsys.readouterr()
    line = line_of(broken / "guide.yaml", "longest_interview")
    assert said.out.startswith(f"guide.yaml:{line}:")
    assert said.err.startswith("1 ")


def test_mistakes_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program reads file, line, column, message and rule."""
    assert main(["content", "check", "--content", str(broken), "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["file"] == "guide.yaml"
    assert problem["line"] == line_of(broken / "guide.yaml", "longest_interview")
    assert {"column", "message", "rule", "level"} <= problem.keys()


def test_mistakes_as_workflow_commands(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pull request shows each mistake at its line."""
    assert main(["content", "check", "--content", str(broken), "--format", "github"]) == 1
    line = line_of(broken / "guide.yaml", "longest_interview")
    assert capsys.readouterr().out.startswith(f"::error file=guide.yaml,line={line},")


def test_the_environment_names_the_guide(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`SERVICE_GROUP_CONTENT` is used, unless the command itself says otherwise."""
    monkeypatch.setenv("SERVICE_GROUP_CONTENT", str(broken))
    assert main(["content", "check"]) == 1
    assert "guide.yaml" in capsys.readouterr().out
    assert main(["content", "check", "--content", str(CONTENT)]) == 0


def test_a_missing_folder_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is named on standard error, and the exit code is 1."""
    missing = tmp_path / "nowhere"
    assert main(["content", "check", "--content", str(missing)]) == 1
    said = capsys.readouterr()
    assert str(missing) in said.err
    assert said.out == ""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return the one document that the small guide cites."""
    return Path(shutil.copytree(SMALL_GUIDE.parent / "agency", tmp_path / "agency"))


def check_small(documents: Path) -> int:
    return main(["content", "check", "--content", str(SMALL_GUIDE), "--documents", str(documents)])


def test_quotes_are_held_against_the_documents(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When every phrase still stands, the last line says so."""
    assert check_small(documents) == 0
    assert "quoted" in capsys.readouterr().out.splitlines()[-1]


def test_a_quote_that_is_gone_is_named_with_its_place(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that changed makes every phrase that quotes it a mistake of the guide."""
    page = documents / "page.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("e", "3"), encoding="utf-8")
    assert check_small(documents) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.endswith("(stale-quote)") for line in lines)
    file, number, *_ = lines[0].split(":")
    assert "words" in (SMALL_GUIDE / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]


def test_documents_that_are_not_there_are_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that is missing is named."""
    assert check_small(tmp_path / "nowhere") == 1
    assert "page.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("style", "sign"),
    [("text", "?"), ("mermaid", "flowchart")],
)
def test_the_tree_is_drawn(style: str, sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each form goes to standard output, whole, and nothing else does."""
    assert main(["content", "draw", "--content", str(CONTENT), "--format", style]) == 0
    said = capsys.readouterr()
    assert sign in said.out
    assert said.out.endswith("\n")
    assert said.err == ""


def test_a_form_that_the_tree_is_not_drawn_in_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the forms there are; exit code 2."""
    assert main(["content", "draw", "--content", str(CONTENT), "--format", "svg"]) == 2
    err = capsys.readouterr().err
    assert "'mermaid'" in err
    assert "'text'" in err


def test_mistakes_in_decisions_are_counted_where_they_are(tmp_path, capsys):
    """The last line names the file of the decisions, and not the guide's folder."""
    path = tmp_path / "decisions.yaml"
    path.write_text("decisions: {nope: {decision: a, date: 1/1/2026, says: b}}", encoding="utf-8")
    assert main(["content", "check", "--decisions", str(path)]) == 1
    assert capsys.readouterr().err.rstrip().endswith(f"found in {path}")


def test_a_guide_without_readings_has_no_questions(tmp_path, capsys):
    """Nor is there anything to answer."""
    folder = str(tmp_path / "guide")
    assert main(["content", "new", folder]) == 0
    capsys.readouterr()
    assert main(["content", "questions", "--content", folder]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
