"""A class from end to end: made by a trainer, taken by three trainees, handed in, and reported.

Each works with a data folder of their own, through the real command. What the report is to say is
counted here from what was typed, with nothing but the guide's own words for what is right.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from tests.builders import shipped, shipped_practice

ROOT = Path(__file__).parents[2]
GUIDE = shipped().guide
SETTINGS = {"SERVICE_GROUP_SETTINGS": os.devnull, "PYTHONIOENCODING": "utf-8"}
GROUPS = (*GUIDE.groups, None)
TRAINEES = {"blue-heron": 0, "kestrel": 4, "otter": 9}
"""Each trainee, and how many of the answers are picked by lot."""

CASES = tuple(shipped_practice().cases)[::5][:9]
"""Stories written by hand, whose files state where they lead."""


def run(folder: Path, *words: str, typed: str = "", code: int = 0) -> str:
    """Run the command with a data folder, and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "training", *words],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **SETTINGS, "SERVICE_GROUP_DATA": str(folder)},
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def right(case: str) -> str | None:
    return GUIDE.outcomes[shipped_practice().cases[case].outcome].group


def grade(case: str, chosen: str | None) -> str:
    told = shipped_practice().cases[case]
    outcome = GUIDE.outcomes[told.outcome]
    if chosen == outcome.group:
        return "right"
    fits: list[str | None] = [None if name == "supervisor" else name for name in told.acceptable]
    if outcome.certainty == "judgement":
        fits += [None, *(fit.group for fit in outcome.also_fits)]
    if outcome.warnings:
        fits.append(None)
    return "acceptable" if chosen in fits else "wrong"


def chosen_by(alias: str) -> dict[str, str | None]:
    """Return what a trainee picks for each case."""
    lot, by_lot = Random(alias), TRAINEES[alias]  # noqa: S311 - the same trainee every time
    return {
        case: lot.choice(GROUPS) if place < by_lot else right(case)
        for place, case in enumerate(CASES)
    }


ANSWERS = {alias: chosen_by(alias) for alias in TRAINEES}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a class that was made, taken and handed in."""
    folder = tmp_path_factory.mktemp("class")
    file = str(folder / "spring.class.json")
    run(
        *(folder / "trainer", "new-class", "Spring intake", "--output", file),
        *("--cases", ",".join(CASES), "--pass-mark", "75"),
    )
    for alias, chosen in ANSWERS.items():
        typed = [str(GROUPS.index(group) + 1) for group in chosen.values()]
        mine = ("--alias", alias)
        first = run(folder / alias, "class", file, *mine, typed="\n".join(["", *typed[:3], "q"]))
        assert "The test is over." not in first
        rest = "\n".join([*typed[3:], "hand in", "yes"])
        said = run(folder / alias, "class", file, *mine, typed=rest)
        assert "Story 4 of 9." in said
        (folder / f"{alias}.txt").write_text(said, encoding="utf-8")
        out = str(folder / f"{alias}.json")
        run(folder / alias, "results", "--class", file, *mine, "--output", out)
    return folder


@pytest.fixture(scope="module")
def collected(place: Path) -> Path:
    """Return the folder after the trainer took everything in."""
    files = [str(place / f"{alias}.json") for alias in TRAINEES]
    said = run(place / "trainer", "collect", *files)
    assert said.count("9 new, 0 already here") == len(TRAINEES)
    return place


def tables(folder: Path) -> dict[str, list[list[str]]]:
    """Return the report's tables by the name of their file, each without its head."""
    file, tables = str(folder / "spring.class.json"), folder / "tables"
    words = ("--class", file, "--format", "csv", "--output", str(tables), "--force")
    run(folder / "trainer", "report", *words)
    texts = {path.stem: path.read_text(encoding="utf-8-sig") for path in tables.iterdir()}
    return {name: list(csv.reader(StringIO(text)))[1:] for name, text in texts.items()}


def name(group: str | None) -> str:
    return GUIDE.groups[group].name if group else "Ask the supervisor"


def test_each_trainee_hears_the_score_that_was_earned(place: Path) -> None:
    """Right, acceptable and wrong as counted here, once the last answer is given."""
    for alias, chosen in ANSWERS.items():
        grades = Counter(grade(case, group) for case, group in chosen.items())
        counts = ", ".join(f"{kind} {grades[kind]}" for kind in ("acceptable", "wrong"))
        said = (
            (place / f"{alias}.txt").read_text(encoding="utf-8").partition("The test is over.")[2]
        )
        assert f"Right {grades['right']}, {counts}." in " ".join(said.split())


def test_the_report_has_every_answer_where_it_belongs(collected: Path) -> None:
    """The grid, each trainee's line and score, and who missed which story."""
    found = tables(collected)
    grid = Counter((right(case), group) for one in ANSWERS.values() for case, group in one.items())
    assert [row[0] for row in found["right-answers-and-choices"]] == [
        name(group) for group in GROUPS
    ]
    for row, truly in zip(found["right-answers-and-choices"], GROUPS, strict=True):
        assert [int(cell) for cell in row[1:]] == [grid[truly, group] for group in GROUPS]
    for row, alias in zip(found["trainees"], sorted(ANSWERS), strict=True):
        grades = Counter(grade(case, group) for case, group in ANSWERS[alias].items())
        score = round((grades["right"] + grades["acceptable"]) * 100 / len(CASES))
        counts = [grades[kind] for kind in ("right", "acceptable", "wrong")]
        result = "passed" if score >= 75 else "not passed"
        assert row[:8] == [alias, *map(str, (9, 9, *counts, score)), result]
    missed = Counter(
        case
        for one in ANSWERS.values()
        for case, group in one.items()
        if grade(case, group) == "wrong"
    )
    wrong: Counter[str] = Counter()
    for _title, case, _chosen, times, graded, _why in found["choices"]:
        wrong[case] += int(times) * (graded == "wrong")
    assert +wrong == missed
    assert {row[1] for row in found["stories"]} == set(CASES)
    hard = {row[1] for row in found["stories"] if "discuss in class" in row}
    assert hard == {case for case, times in missed.items() if 2 * times > len(ANSWERS)}


def test_what_is_taken_in_again_or_was_changed_adds_nothing(collected: Path) -> None:
    """The same files are nothing new, one made better is refused, and the report stays as it was."""
    before = tables(collected)
    data = json.loads((collected / "otter.json").read_text(encoding="utf-8"))
    wrong = next(made for made in data["attempts"] if made["grade"] == "wrong")
    wrong |= {"grade": "right", "chosen": wrong["right"], "misread": None, "taken": None}
    (collected / "better.json").write_text(json.dumps(data), encoding="utf-8")
    files = [str(collected / f"{name}.json") for name in (*TRAINEES, "better")]
    said = run(collected / "trainer", "collect", *files, code=2)
    assert said.splitlines() == [
        f"{alias}.json: 0 new, 9 already here ({alias})." for alias in TRAINEES
    ]
    assert tables(collected) == before
