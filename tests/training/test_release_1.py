"""Files that release 1 wrote are read by this release, word for word."""

import json
from itertools import count
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from assistant.errors import UsageError
from assistant.training.attempts import attempt_in, line_of, read_results, results_text
from assistant.training.bookmarks import Bookmarks, Trainee
from assistant.training.classes import class_text, read_class, stories_of
from assistant.training.findings import class_report
from assistant.training.modes import Drill, Learn
from assistant.training.progress import progress
from assistant.training.scheduling import remember
from assistant.training.session import PracticeSession, Surroundings
from tests.builders import shipped
from tests.training.trainee import NOW, attempt, every_pairing, syllabus

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
    return PracticeSession(syllabus(), around, Trainee("blue-heron", "k7m3qp"))


@pytest.mark.parametrize("mode", ["learn", "drill", "test"])
def test_a_class_file_is_read_and_written_the_same(mode: str) -> None:
    """Name, mode, mark and stories; to hold it, a new one has to be made, and the error says so."""
    text = (FILES / f"{mode}.class.json").read_text(encoding="utf-8")
    found = read_class(text)
    assert (found.name, found.mode, found.pass_mark) == (f"Spring {mode}", mode, 70)
    assert class_text(found) == text
    with pytest.raises(UsageError, match="training new-class"):
        stories_of(found, syllabus(), shipped().meaning_hash)


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


def test_what_was_left_goes_on_where_its_stories_are_still_told(practice: PracticeSession) -> None:
    """A drill at its explained answer and a story half learned; not a class or a test of stories made."""
    drill, learn = practice.unfinished
    assert isinstance(drill, Drill)
    assert drill.found
    assert (drill.found.chosen, len(drill.attempts)) == ("preventive", 2)
    assert isinstance(learn, Learn)
    assert [check.given for check in learn.checks] == ["open"]
    assert practice.last_test is None


def test_its_answers_count_in_scores_and_say_nothing_of_what_is_misread_today(
    practice: PracticeSession,
) -> None:
    """By the right and the chosen group; nothing is due, and the next answers are judged alone."""
    old = practice.attempts
    found = practice.progress()
    picked = [made for made in old if made.picked]
    assert found.answered == len(old)
    assert sum(int(str(tried)) for tried in found.tables[0].column("Tried")) == len(picked)
    assert not remember(syllabus(), old).plan.cards
    assert [table.title for table in found.tables] == ["Groups"]
    new = [
        attempt(story, chosen, n) for n, (story, chosen) in enumerate(list(every_pairing())[::9])
    ]
    alone, both = (progress(syllabus(), made, NOW) for made in (new, [*old, *new]))
    assert (both.tables[1:], both.what_next) == (alone.tables[1:], alone.what_next)
    assert remember(syllabus(), [*old, *new]) == remember(syllabus(), new)


def test_a_class_is_reported_on(practice: PracticeSession) -> None:
    """What was misread goes by the question's name then, and each story by what is known of it."""
    old = [made for made in practice.attempts if made.picked]
    report = class_report(syllabus(), old)
    assert report.grid.total() == len(old)
    assert all(line.findings == () for line in report.trainees)
    misread = {line.name: line.misread for line in report.forks if line.misread}
    assert misread == {"Goal (guide 1.0.0)": sum(made.misread == "goal" for made in old)}
    assert all(line.told[0].startswith("(guide 1.0.0) ") for line in report.stories)
    told = {line.story: line.told[0] for line in report.stories}
    assert "adoption of twin girls" in told["decree_issued_goal_still_there"]
    assert "FINS: yes; Report: received" in told["made-450672485-d2da7078"]
