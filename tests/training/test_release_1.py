"""Files that release 1 wrote are read by this release, word for word."""

import json
from itertools import count
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from assistant.training.attempts import attempt_in, line_of, read_results, results_text
from assistant.training.bookmarks import Bookmarks
from assistant.training.classes import class_text, read_class, stories_of
from assistant.training.modes import Drill, Exam, Learn
from assistant.training.session import PracticeSession, Surroundings
from tests.builders import shipped
from tests.training.trainee import NOW, syllabus

FILES = Path(__file__).parent / "release_1"
LINES: list[str] = json.loads((FILES / "attempts.json").read_text(encoding="utf-8"))


@pytest.fixture
def practice(tmp_path: Path) -> PracticeSession:
    """Practice under the alias of release 1, with its log and its bookmarks."""
    folder = tmp_path / "data" / "drafts"
    folder.mkdir(parents=True)
    copy(FILES / "practice.place", folder)
    numbers = count(1000)

    class Log:
        def aliases(self) -> list[str]:
            return ["blue-heron"]

        def texts(self, **_: object) -> list[str]:
            return LINES

        def add(self, lines: Any) -> None:
            raise AssertionError(list(lines))

    log: Any = Log()
    around = Surroundings(
        open_log=lambda: log,
        bookmarks=Bookmarks(folder),
        now=lambda: NOW,
        new_id=lambda: f"{next(numbers):032x}",
    )
    return PracticeSession(syllabus(), around, "blue-heron")


@pytest.mark.parametrize("mode", ["learn", "drill", "test"])
def test_a_class_file_gives_the_same_stories_and_is_written_the_same(mode: str) -> None:
    """Name, mode, mark, stories and the hash over every word of them still agree."""
    text = (FILES / f"{mode}.class.json").read_text(encoding="utf-8")
    found = read_class(text)
    assert (found.name, found.mode, found.pass_mark) == (f"Spring {mode}", mode, 70)
    assert len(stories_of(found, syllabus(), shipped().meaning_hash)) == 3
    assert class_text(found) == text


def test_a_results_file_is_read_and_written_the_same() -> None:
    """Every attempt comes back, those of the class with its id."""
    text = (FILES / "results.json").read_text(encoding="utf-8")
    found = read_results(text)
    assert results_text(found) == text
    test = read_class((FILES / "test.class.json").read_text(encoding="utf-8"))
    assert [made.class_id for made in found if made.class_id] == [test.id]


def test_the_lines_of_the_log_are_read_and_written_the_same() -> None:
    """Nothing that was answered is lost, and a line kept anew is the line of old."""
    attempts = [attempt_in(line) for line in LINES]
    assert [line_of(attempt).text for attempt in attempts if attempt] == LINES


def test_what_was_left_goes_on_where_it_was(practice: PracticeSession) -> None:
    """A drill at its explained answer, a test, a story half learned, and a class."""
    drill, test, learn, in_class = practice.unfinished
    assert isinstance(drill, Drill)
    assert drill.found
    assert (drill.found.chosen, len(drill.attempts)) == ("preventive", 2)
    assert isinstance(test, Exam)
    assert (test.number, len(test.stories)) == (2, 4)
    assert isinstance(learn, Learn)
    assert [check.given for check in learn.checks] == ["open"]
    assert isinstance(in_class, Exam)
    assert (in_class.number, in_class.pass_mark) == (2, 70)


def test_the_last_test_still_has_its_score(practice: PracticeSession) -> None:
    """What was done before the update can be looked at after it."""
    last = practice.last_test
    assert last
    assert last.score
    assert (last.score.right, last.score.wrong, last.score.passed) == (1, 2, False)
    assert len(last.mistakes) == 2
