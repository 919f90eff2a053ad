"""What a trainee sees at a glance."""

from datetime import timedelta
from random import Random

from simulation import Trainee

from assistant.training.judging import Misreading
from assistant.training.progress import progress, progress_lines
from assistant.training.scheduling import remember
from tests.training.test_choosing import practised, right
from tests.training.trainee import NOW, attempt, story_of, syllabus

LATER = NOW + timedelta(hours=3)


def story_to(outcome, seed=1):
    return story_of(next(way for way in syllabus().paths if way.outcome == outcome), seed)


def lately(found, title):
    """Return by its name how often each group or question came up lately, and how often it went well."""
    table = next(table for table in found.tables if table.title == title)
    return {name: (tried, well) for name, tried, well in table.rows}


def test_a_beginner_is_sent_to_learn():
    """A beginner reads what to do first, and no lines of zeros."""
    found = progress(syllabus(), [], NOW)
    assert found.what_next.startswith("Start with Learn")
    assert (found.answered, found.streak, found.tables) == (0, 0, ())
    assert len(list(progress_lines(found))) == 2


def test_a_table_without_a_single_try_is_left_out():
    """Learning names no group, so groups come with the first one picked; then all are listed."""
    learned = attempt(story_to("adoption"), "adoption", mode="learn")
    found = progress(syllabus(), [learned], LATER)
    assert [table.title for table in found.tables] == ["Questions"]
    assert len(lately(found, "Questions")) == len(syllabus().guide.questions)
    found = progress(syllabus(), [attempt(story_to("adoption"), "adoption")], LATER)
    assert [table.title for table in found.tables] == ["Groups", "Questions"]
    assert len(lately(found, "Groups")) == 8


def test_a_group_went_as_well_as_its_latest_stories_were_answered():
    """Ten stories back, no further; an acceptable answer counts as right."""
    story = story_to("fins_adoption")
    log = [attempt(story, "reunification", n) for n in range(1, 9)]
    log += [attempt(story, "adoption", n) for n in range(9, 12)]
    log += [attempt(story, "preventive", n) for n in range(12, 15)]
    assert lately(progress(syllabus(), log, LATER), "Groups")["Adoption Services"] == (10, 6)


def test_a_question_went_badly_only_where_it_was_misread():
    """A wrong answer put down to one question says that the others were read well."""
    names = {fact: question.name for fact, question in syllabus().guide.questions.items()}
    log = [attempt(story_to("concluded_no_plan"), "preventive")]
    found = lately(progress(syllabus(), log, LATER), "Questions")
    assert found[names["goal"]] == (1, 0)
    assert found[names["investigation"]] == (1, 1)
    assert found[names["setting"]] == (0, 0)


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
    while remember(syllabus(), log).plan.due(log[-1].when):
        _, log = practised(len(log) + 20, right)
    found = progress(syllabus(), log, log[-1].when)
    assert found.what_next.startswith("Nothing to review now. Come back in ")


def test_what_is_due_is_counted():
    """A year later everything is."""
    _, log = practised(100, right)
    found = progress(syllabus(), log, NOW + timedelta(days=400))
    assert found.what_next == "Do a drill to try 5 questions and 43 kinds of cases again."
