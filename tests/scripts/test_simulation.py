"""Whether the drill finds what a trainee misreads, and sooner than stories in random order do."""

import subprocess
import sys
from functools import cache
from random import Random

import pytest
from simulation import (
    BOUND,
    Trainee,
    lines,
    misunderstandings,
    random_case,
    searches,
)

from assistant.training.diagnosis import Diagnosis
from assistant.training.scheduling import next_case
from tests.builders import CONTENT
from tests.examples import LARGE
from tests.training.trainee import attempt, story_of, syllabus

pytestmark = pytest.mark.sampled

SEEDS = range(3 if LARGE else 1)


@cache
def drill():
    return searches(syllabus(), next_case, SEEDS, slips=0)


@cache
def by_lot():
    return searches(syllabus(), random_case, SEEDS, slips=0)


def test_every_misread_fork_is_named_within_the_stated_number_of_stories():
    """For each fact taken for each value that can do harm."""
    late = {search.misreading: search.stories for search in drill() if search.cost > BOUND}
    assert late == {}
    assert {search.misreading.fact for search in drill()} == set(syllabus().guide.questions)


def test_no_fork_is_named_wrongly_while_answers_are_steady():
    """Without slips the first name given is the right one."""
    assert [search for search in drill() if search.wrongly] == []


def test_the_drill_needs_far_fewer_stories_than_random_order():
    """Less than half in all; no fork takes more than one story longer than by lot."""
    sooner, later = (sum(search.cost for search in found) for found in (drill(), by_lot()))
    assert sooner * 2 < later
    assert all(line.drill <= line.random + 1 for line in lines(drill(), by_lot()))


def test_slips_do_not_hide_the_fork():
    """With one answer in twenty by lot, the drill still finds sooner what is misread."""
    slips = [searches(syllabus(), order, SEEDS, slips=0.05) for order in (next_case, random_case)]
    sooner, later = (sum(search.cost for search in found) for found in slips)
    assert sooner * 2 < later
    assert sum(search.stories is None for search in slips[0]) == 0


def test_a_trainee_who_reads_well_is_accused_of_nothing():
    """Right answers, and one slip, name no fork."""
    diagnosis = Diagnosis()
    for number, path in enumerate(syllabus().paths, start=1):
        chosen = "adoption" if number == 5 else syllabus().right(path.outcome)
        diagnosis = diagnosis.after(syllabus(), attempt(story_of(path), chosen, number))
    assert diagnosis.found(syllabus()) is None


def test_a_simulated_trainee_is_wrong_only_where_the_misreading_leads_elsewhere():
    """It takes one fact for one value, and reads everything else as it is."""
    lot = Random(0)  # noqa: S311 - the same lot every time
    for misreading in misunderstandings(syllabus()):
        for path in syllabus().paths:
            chosen = Trainee(misreading).answer(syllabus(), story_of(path), lot)
            allowed = (
                syllabus().misreadings(path.facts).get(misreading, {syllabus().right(path.outcome)})
            )
            assert chosen in allowed


def test_the_script_prints_the_figures_of_every_fork():
    """One trainee for each misreading: a line a fork, both totals, and whether the bound was kept."""
    script = CONTENT.parent / "scripts" / "simulate_class.py"
    words = [sys.executable, str(script), "--seeds", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    for question in syllabus().guide.questions.values():
        assert done.stdout.count(f"\n{question.name} ") == 2
    assert f"named within {BOUND} stories where nobody slips? yes." in done.stdout
