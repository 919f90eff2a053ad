"""Which question a trainee is told to watch, beside the counts that stand next to it."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation import Trainee, misunderstandings

from assistant.training.diagnosis import HALF, MANY, attributed
from assistant.training.progress import LATELY, progress, weak_question
from assistant.training.report import class_report, misread_words
from assistant.training.scheduling import remember
from tests.training.trainee import NOW, attempt, every_answer, story_of, syllabus

WAYS = syllabus().paths
answers = st.lists(
    st.tuples(st.integers(0, len(WAYS) - 1), st.sampled_from(every_answer())), max_size=14
)


def made(rows, mode="test"):
    return [
        attempt(story_of(WAYS[way]), chosen, number, mode=mode)
        for number, (way, chosen) in enumerate(rows, start=1)
    ]


@given(answers)
def test_what_is_named_agrees_with_the_counts_beside_it(rows):
    """Whatever was answered, a named question has at least half of the misread answers, as counted."""
    report = class_report(syllabus(), made(rows))
    counts = {line.fact: line.misread for line in report.forks}
    for line in report.trainees:
        if line.misreads:
            assert line.misreads.times == counts[line.misreads.fact] > 0
            assert line.misreads.of == sum(counts.values())
            assert 2 * line.misreads.times >= line.misreads.of
            assert line.misreads.times == max(counts.values())


@given(answers)
def test_a_question_that_has_most_of_the_misread_answers_is_named(rows):
    """Four answers and more than half of them stand out, whatever each was taken for."""
    log = made(rows)
    counts = Counter(one.misread for one in attributed(syllabus(), log) if one.misread)
    (line,) = class_report(syllabus(), log).trainees or (None,)
    for fact, times in counts.items():
        if times >= MANY and times > counts.total() * HALF:
            assert line
            assert line.misreads
            assert line.misreads.fact == fact


def test_a_goal_taken_for_this_and_that_stands_out():
    """Eight of ten misread answers are of the goal, each time for another one."""
    goals = [way for way in WAYS if way.outcome == "goal_not_named" and len(way.facts) == 2][:1]
    groups = [group for group in every_answer() if group not in (None, "assessment_investigation")]
    log = [attempt(story_of(goals[0]), group, n) for n, group in enumerate(groups * 2, start=1)]
    (line,) = class_report(syllabus(), log).trainees
    assert line.misreads
    assert (line.misreads.fact, line.misreads.taken) == ("goal", None)
    said = misread_words(syllabus().guide, line.misreads)
    assert said == f"Goal ({line.misreads.times} of {line.misreads.of} misread answers)"


@pytest.mark.parametrize("reading", misunderstandings(syllabus()), ids=str)
def test_a_steady_misreading_is_what_the_counts_show(reading):
    """Whoever takes one fact for one value has all that it explains counted there, or at one alike."""
    lot = Random(3)  # noqa: S311 - the same lot every time
    trainee = Trainee(reading)
    stories = [story_of(way) for way in WAYS[::2]]
    log = [
        attempt(story, trainee.answer(syllabus(), story, lot), n)
        for n, story in enumerate(stories, start=1)
    ]
    report = class_report(syllabus(), log)
    named = report.trainees[0].misreads
    counts = {line.fact: line.misread for line in report.forks}
    if named and named.taken:
        assert counts[named.fact] * 2 >= sum(counts.values())


@given(answers)
def test_what_to_watch_is_never_a_question_read_well_every_time(rows):
    """The sentence below the bars says nothing that the bars speak against."""
    log = made(rows, "drill")
    found = progress(syllabus(), log, NOW)
    bars = {bar.name: bar for bar in found.forks}
    if "Look for" in found.what_next:
        named = [name for name in bars if f"“{name}”" in found.what_next]
        assert any(bars[name].well < bars[name].of <= LATELY for name in named)
    if "not tried yet, " in found.what_next:
        assert [
            n for n, bar in bars.items() if f"“{n}Start with “" in found.what_next and not bar.count
        ]
    assert "skill" not in found.what_next
    assert (weak_question(syllabus(), remember(syllabus(), log), log) is None) == (
        "Look for" not in found.what_next
    )
