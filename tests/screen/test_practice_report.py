"""The trainer's report on the screen: the grid, what is misread, who, which stories, and over time."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import NAMESPACE_OID, uuid5

import pytest

from assistant.screen.column import AXIS
from assistant.services import Services
from assistant.settings import Settings
from assistant.text import day_shown
from assistant.training.attempts import Attempt, SessionHeader, line_of
from assistant.training.bookmarks import Bookmark
from assistant.training.classes import class_text, new_class, stories_by_seed
from assistant.training.judging import judge
from tests.builders import shipped
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work
from tests.training.trainee import NOW, every_answer, every_pairing, syllabus

REPORT = "5"
"""The key of the report."""


def attempts(
    alias: str = "blue-heron", class_id: str = "", day: int = 0, step: int = 7
) -> Iterable[Attempt]:
    """Yield answers of one trainee on one day, right and wrong ones."""
    meaning = syllabus().loaded.meaning_hash
    sat = SessionHeader(
        alias=alias, session="5" * 32, mode="drill", meaning_hash=meaning, class_id=class_id
    )
    for number, (story, chosen) in enumerate(list(every_pairing())[day::step]):
        found = judge(syllabus().guide, story, chosen)
        identity = uuid5(NAMESPACE_OID, f"{alias} {day} {number}").hex
        yield sat.attempt(identity, NOW + timedelta(days=day), story, found)


def keep(services: Services, *some: Iterable[Attempt]) -> None:
    services.open_records().practice.add(line_of(one) for part in some for one in part)


def read(worker: Worker) -> str:
    rows = cast("Any", worker.app.screen).reading.text.render().plain.splitlines()
    return "\n".join(row[AXIS:] for row in rows)


def square_of(text: str) -> list[str]:
    """Return the lines of the square that have its numbers, one a right answer."""
    square = text.partition("Right answers and choices\n")[2].partition("Mix-ups\n")[0]
    return re.findall(r".*(?:(?:\[\d+\]|\d+|·) *){8}$", square, re.MULTILINE)[1:]


def named(services: Services) -> Services:
    return replace(services, settings=Settings(alias="red-fox"))


async def test_who_practices_alone_is_offered_no_report(services: Services) -> None:
    """There is nobody else to report on; Esc goes back to practice from one that is there."""
    keep(services, attempts("red-fox"))
    async with at_work(named(services)) as worker:
        await worker.press("d", REPORT)
        assert "Drill" in worker.words
        assert "Report for trainers" not in worker.words
    keep(services, attempts("blue-heron"))
    async with at_work(named(services)) as worker:
        await worker.press("d", REPORT, "escape")
        assert "Report for trainers" in worker.words


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL])
async def test_every_line_of_the_grid_fits(services: Services, size: tuple[int, int]) -> None:
    """A row for each answer with a count for each, in lines that are not wrapped."""
    keep(services, attempts())
    counts = {(a.right, a.chosen) for a in attempts()}
    async with at_work(named(services), size) as worker:
        await worker.press("d", REPORT)
        rows = square_of(read(worker))
        assert max(map(len, rows)) <= size[0] - 4
        for row, right in zip(rows, every_answer(), strict=True):
            numbers = [0 if cell == "·" else int(cell.strip("[]")) for cell in row.split()[-8:]]
            assert [n > 0 for n in numbers] == [(right, c) in counts for c in every_answer()]


async def test_the_report_tells_trainees_forks_stories_and_days(services: Services) -> None:
    """Everyone's part, and a bar for each day."""
    keep(services, attempts("blue-heron"), attempts("red-fox", day=1), attempts("owl", day=2))
    async with at_work(named(services), WIDE) as worker:
        await worker.press("d", REPORT)
        text = read(worker)
        for title in (
            "Trainees",
            "Misunderstandings",
            "The 10 hardest stories",
            "Progress over time",
        ):
            assert f"\n{title}\n" in text
        for alias in ("blue-heron", "red-fox", "owl"):
            assert f"\n  {alias} " in text
        days = text.partition("\nProgress over time\n")[2].splitlines()[-3:]
        for day, line in enumerate(days):
            assert line.startswith(f"  {day_shown(NOW + timedelta(days=day))} ")
            assert "█" in line
        await worker.press(*["pagedown"] * 9)
        assert day_shown(NOW + timedelta(days=2)) in worker.words


async def test_a_class_can_be_looked_at_alone(services: Services) -> None:
    """Where there are classes, each is a choice beside everyone, by name where its file is known."""
    stories = stories_by_seed(syllabus(), 4, 1)
    found = new_class(shipped().meaning_hash, stories, name="Spring", mode="drill")
    services.bookmarks.leave(
        Bookmark(alias="a", mode="drill", session="", stories=(), class_text=class_text(found))
    )
    keep(services, attempts("blue-heron", "a" * 16), attempts("owl", found.id, day=1))
    async with at_work(named(services)) as worker:
        await worker.press("d", REPORT)
        assert "Class aaaaaaaaaaaaaaaa" in worker.words
        assert "Class “Spring” (" in worker.words
        choices = cast("Any", worker.app.screen).choices.offered
        owls = [choice.value for choice in choices].index(found.id)
        await worker.press(str(owls + 1))
        assert "owl " in read(worker)
        assert "blue-heron" not in read(worker)
        await worker.press("2")
        assert "blue-heron " in read(worker)


async def test_a_resize_lays_the_report_out_anew(services: Services) -> None:
    keep(services, attempts())
    async with at_work(named(services), WIDE) as worker:
        await worker.press("d", REPORT)
        before = read(worker)
        await worker.resize(SMALL)
        assert max(map(len, square_of(read(worker)))) <= SMALL[0] - 4
        await worker.resize(WIDE)
        assert read(worker) == before


async def test_a_line_that_is_no_answer_hides_no_other(services: Services) -> None:
    """What cannot be read is passed over."""
    one = replace(line_of(next(iter(attempts()))), id="f" * 32, text="{}")
    services.open_records().practice.add([one])
    keep(services, attempts())
    async with at_work(named(services)) as worker:
        await worker.press("d", REPORT)
        assert "blue-heron " in read(worker)
