"""Whether the drill finds what a trainee misreads, and sooner than stories in random order do."""

import json
import subprocess
import sys
from functools import cache
from random import Random

import pytest
from simulation import (
    BOUND,
    Trainee,
    misunderstandings,
    random_case,
    rows,
    searches,
)

from assistant.training.diagnosis import Diagnosis
from assistant.training.judging import RULE, asked
from assistant.training.scheduling import next_case
from tests.builders import CONTENT
from tests.examples import LARGE
from tests.training.trainee import attempt, story_of, syllabus

pytestmark = pytest.mark.sampled

SEEDS = range(20 if LARGE else 2)


@cache
def drill(slips=0.0):
    return searches(syllabus(), next_case, SEEDS, slips)


@cache
def by_lot(slips=0.0):
    return searches(syllabus(), random_case, SEEDS, slips)


def test_everything_that_is_misunderstood_is_named_within_the_stated_number_of_stories():
    """For each rule of the content, and each fact taken for each value that can do harm."""
    late = {search.misreading: search.stories for search in drill() if search.cost > BOUND}
    assert late == {}
    named = {other for search in drill() for other in syllabus().alike[search.misreading]}
    assert named == syllabus().shows
    assert {one.value for one in named if one.fact == RULE} == {
        *syllabus().practice.misunderstandings
    }


def test_nothing_is_named_wrongly_while_answers_are_steady():
    """Without slips the first name given is the right one."""
    assert [search for search in drill() if search.wrongly] == []


def test_the_drill_needs_far_fewer_stories_than_random_order():
    """Less than half in all, with and without slips."""
    for slips in (0.0, 0.1):
        sooner, later = (sum(s.cost for s in runs(slips)) for runs in (drill, by_lot))
        assert sooner * 2 < later


def test_slips_seldom_hide_it():
    """With one answer in ten by lot, eight in ten trainees are still named rightly in time."""
    *_, rules, everyone = rows(syllabus(), drill(0.1), by_lot(0.1))
    assert min(rules.named_in_time, everyone.named_in_time) >= 0.8


def test_a_trainee_who_reads_well_is_accused_of_nothing():
    """Right answers, and one slip, name nothing."""
    diagnosis = Diagnosis()
    for number, path in enumerate(syllabus().paths, start=1):
        chosen = "adoption" if number == 5 else syllabus().right(path.outcome)
        diagnosis = diagnosis.after(syllabus(), attempt(story_of(path), chosen, number))
    assert diagnosis.found(syllabus()) == ()


def test_a_simulated_trainee_is_wrong_only_where_the_misreading_leads_elsewhere():
    """It takes one fact for one value, and reads everything else as it is."""
    lot = Random(0)  # noqa: S311 - the same lot every time
    for misreading in misunderstandings(syllabus()):
        for path in syllabus().paths:
            chosen = Trainee(misreading).answer(syllabus(), story_of(path), lot)
            leads = syllabus().leads("", asked(syllabus().guide, path.facts))
            assert chosen in leads.get(misreading, {syllabus().right(path.outcome)})


def test_the_script_prints_the_figures_of_every_kind():
    """One trainee of each kind: a row each, all rules, everyone, and whether the bound was kept."""
    script = CONTENT.parent / "scripts" / "simulate_class.py"
    words = [sys.executable, str(script), "--seeds", "1", "--slips", "0"]
    done = [
        subprocess.run(
            [*words, *more], capture_output=True, text=True, check=False, encoding="utf-8"
        )
        for more in ((), ("--json",))
    ]
    assert [(one.returncode, one.stderr) for one in done] == [(0, ""), (0, "")]
    said = json.loads(done[1].stdout)
    names = [row["name"] for row in said["slips_0"]]
    assert len(names) == len(misunderstandings(syllabus())) + 2
    assert (said["stories"], said["kept"]) == (BOUND, True)
    assert all(done[0].stdout.count(f"  {name}\n") == 1 for name in names)
