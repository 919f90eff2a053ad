"""What a trainee sees at a glance."""

from datetime import timedelta
from random import Random

from simulation import Trainee

from assistant.training.judging import Misreading
from assistant.training.progress import progress, progress_lines, progress_tables
from tests.training.test_choosing import practised, right
from tests.training.trainee import NOW, attempt, story_of, syllabus

LATER = NOW + timedelta(hours=3)


def story_to(outcome, seed=1):
    return story_of(next(way for way in syllabus().paths if way.outcome == outcome), seed)


def bars(found):
    return {bar.id: bar for bar in (*found.groups, *found.forks)}


def test_a_beginner_is_sent_to_learn():
    """Nothing is claimed of what was not tried."""
    found = progress(syllabus(), [], NOW)
    assert found.what_next.startswith("Start with Learn")
    assert (found.answered, found.streak, found.due) == (0, 0, 0)
    assert {(bar.well, bar.of) for bar in bars(found).values()} == {(0, 0)}
    assert len(found.groups) == 8
    assert len(found.forks) == len(syllabus().guide.questions)


def test_a_table_without_a_single_try_is_left_out():
    """A beginner reads what to do first and no lines of zeros; groups come with the first one picked."""
    assert progress_tables(progress(syllabus(), [], NOW)) == ()
    assert len(list(progress_lines(progress(syllabus(), [], NOW)))) == 2
    learned = attempt(story_to("adoption"), "adoption", mode="learn")
    assert [t.title for t in progress_tables(progress(syllabus(), [learned], LATER))] == [
        "Questions"
    ]
    picked = attempt(story_to("adoption"), "adoption")
    both = progress_tables(progress(syllabus(), [picked], LATER))
    assert [t.title for t in both] == ["Groups", "Questions"]


def test_a_groups_bar_is_the_share_of_its_latest_stories_answered_right():
    """Ten stories back, no further; an acceptable answer counts as right."""
    story = story_to("fins_adoption")
    log = [attempt(story, "reunification", n) for n in range(1, 9)]
    log += [attempt(story, "adoption", n) for n in range(9, 12)]
    log += [attempt(story, "preventive", n) for n in range(12, 15)]
    bar = bars(progress(syllabus(), log, LATER))["adoption"]
    assert (bar.count, bar.well, bar.of) == (14, 6, 10)


def test_a_forks_bar_falls_only_where_it_was_misread():
    """A wrong answer put down to one fork says that the others were read well."""
    log = [attempt(story_to("concluded_no_plan"), "preventive")]
    found = bars(progress(syllabus(), log, LATER))
    assert (found["goal"].well, found["goal"].of) == (0, 1)
    assert (found["investigation"].well, found["investigation"].of) == (1, 1)
    assert found["setting"].of == 0


def test_the_streak_counts_right_answers_up_to_the_latest():
    """One that is not right begins it anew."""
    story = story_to("adoption")
    log = [attempt(story, chosen, n) for n, chosen in enumerate(["adoption"] * 3, start=1)]
    assert progress(syllabus(), log, LATER).streak == 3
    log.append(attempt(story, "preventive", 9))
    assert progress(syllabus(), log, LATER).streak == 0


def test_what_is_misunderstood_is_what_to_do_next():
    """Once it is plain what it is, it is said with its count."""
    lot = Random(0)  # noqa: S311 - the same lot every time
    trainee = Trainee(Misreading("goal", "adoption"))
    _, log = practised(20, lambda story: trainee.answer(syllabus(), story, lot))
    wrong = sum(made.grade == "wrong" for made in log)
    said = progress(syllabus(), log, LATER).what_next
    assert f"Goal read as “adoption” ({wrong} of {wrong} wrong answers fit)" in said


def test_when_nothing_is_due_a_trainee_may_rest():
    """After everything was met and is fresh, the sentence says when to come back."""
    _, log = practised(300, right)
    found = progress(syllabus(), log, log[-1].when)
    while found.due:
        _, log = practised(len(log) + 20, right)
        found = progress(syllabus(), log, log[-1].when)
    assert found.what_next.startswith("Nothing to review now. Come back in ")


def test_what_is_due_is_counted():
    """A year later everything is."""
    _, log = practised(100, right)
    found = progress(syllabus(), log, NOW + timedelta(days=400))
    assert found.due == len(syllabus().testing)
    assert found.what_next == "Do a drill to try 5 questions and 43 kinds of case again."
