"""Which misunderstandings are named, beside the counts that stand next to them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation import misunderstandings

from assistant.training.diagnosis import ENOUGH
from assistant.training.findings import class_report
from assistant.training.judging import RULE, Misreading
from assistant.training.progress import progress
from assistant.training.scheduling import remember
from assistant.training.stories import story_by_id
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
def test_what_is_named_is_no_more_certain_than_its_counts(rows):
    """Whatever was answered, a finding fits two wrong answers at least, of those that there are."""
    log = made(rows)
    wrong = sum(one.grade == "wrong" for one in log)
    for line in class_report(syllabus(), log).trainees:
        for number, found in enumerate(line.findings):
            assert ENOUGH <= found.fits <= found.of == wrong
            assert number or 2 * found.fits >= wrong
            assert f"({found.fits} of {wrong} wrong answers fit)" in str(found)


@given(answers)
def test_what_is_counted_are_the_wrong_answers(rows):
    """An acceptable answer is no misunderstanding, and a wrong one has one at most."""
    report = class_report(syllabus(), made(rows))
    log = report.log
    assert all(one.misread is None for one in log if one.grade != "wrong")
    assert sum(line.misread for line in report.forks) == sum(bool(one.misread) for one in log)


def goes_by(*kinds):
    """Return the attempts of someone who goes by these, the first that gives a wrong answer first."""
    lot, log = Random(2), []  # noqa: S311 - the same lot every time
    lessons = list(syllabus().lessons)
    lot.shuffle(lessons)
    telling = [one for one in lessons if any(kind in one.shows for kind in kinds)]
    others = [one for one in lessons if one not in telling]
    for number, lesson in enumerate([*others[:20], *telling[:20]], start=1):
        guide, practice = syllabus().guide, syllabus().practice
        story = story_of(lesson.path)
        if lesson.story:
            story = story_by_id(guide, practice, lesson.story)
        wrong = (lesson.shows[kind] for kind in kinds if kind in lesson.shows)
        (chosen, *_) = next(wrong, [syllabus().right(story.outcome)])
        log.append(attempt(story, chosen, number))
    return log


def test_whoever_takes_fins_for_preventive_is_told_that_and_not_a_goal():
    """Each wrong answer is put down to the rule, none to a question."""
    rule = Misreading(RULE, "fins_means_preventive")
    log = goes_by(rule)
    report = class_report(syllabus(), log)
    ((found,),) = [line.findings for line in report.trainees]
    assert (found.misreading, found.fits) == (rule, found.of)
    assert {line.fact: line.misread for line in report.forks if line.misread} == {
        "fins_means_preventive": found.of
    }
    assert str(found) in progress(syllabus(), log, NOW).what_next


def test_two_misunderstandings_of_one_trainee_are_both_named():
    """The second is looked for in what the first leaves unexplained."""
    kinds = {Misreading(RULE, "where_the_child_lives"), Misreading("goal", "adoption")}
    rules = {
        Misreading(RULE, "youth_means_independent_living"),
        Misreading(RULE, "kind_of_service"),
    }
    for both in (kinds, rules):
        (line,) = class_report(syllabus(), goes_by(*sorted(both))).trainees
        assert {found.misreading for found in line.findings} == both


@pytest.mark.parametrize("reading", misunderstandings(syllabus()), ids=str)
def test_a_steady_misunderstanding_explains_every_wrong_answer(reading):
    """Whoever goes by one thing in every written story has it named, or what no story tells from it."""
    (line,) = class_report(syllabus(), goes_by(reading)).trainees
    (found,) = line.findings
    assert found.misreading in syllabus().alike[reading]
    assert found.fits == found.of


@given(answers)
def test_what_to_do_next_says_what_was_found(rows):
    """A question to start with is one that has not come up."""
    log = made(rows, "drill")
    found = progress(syllabus(), log, NOW)
    named = remember(syllabus(), log).diagnosis.found(syllabus())
    assert all(str(one) in found.what_next for one in named)
    if "Start with “" in found.what_next:
        came_up = {n for t in found.tables for n, count, _ in t.rows if count}
        names = [question.name for question in syllabus().guide.questions.values()]
        assert [n for n in names if f"“{n}”" in found.what_next and n not in came_up]
    assert "skill" not in found.what_next
