"""Which story comes next, and when a skill comes back."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from assistant.training.judging import key_of
from assistant.training.modes import start_drill
from assistant.training.scheduling import COMMON, STEP, Memory, new_skills, next_case, remember
from assistant.training.stories import frame
from tests.training.trainee import NOW, attempt, every_answer, header, story_of, syllabus

MINUTE = timedelta(minutes=1)


def practised(count, answer, seed=0):
    """Let a trainee practise, one story a minute; give the stories and the log."""
    memory, stories, log = Memory(), [], []
    for number in range(1, count + 1):
        story = next_case(syllabus(), memory, NOW + number * MINUTE, seed * 1000 + number)
        made = attempt(story, answer(story), number)
        memory = memory.after(syllabus(), made)
        stories.append(story)
        log.append(made)
    return stories, log


def right(story):
    return syllabus().right(story.outcome)


def way_to(outcome):
    return next(way for way in syllabus().paths if way.outcome == outcome)


def test_no_story_comes_twice():
    """What comes back comes back as a new story."""
    stories, _ = practised(120, right)
    assert len({story.id for story in stories}) == len(stories)


def test_the_facts_just_seen_do_not_come_again_at_once():
    """Even where every answer is wrong, another case stands between."""
    lot = Random(3)  # noqa: S311 - the same lot every time
    stories, log = practised(120, lambda story: lot.choice(every_answer()))
    assert len(stories) == 120
    assert all(dict(one.facts) != dict(other.facts) for one, other in pairwise(log))


def test_everything_is_met_before_long():
    """A trainee who is always right has met every outcome and every fork within ninety stories."""
    _, log = practised(90, right)
    assert new_skills(syllabus(), remember(syllabus(), log)) == ()


def test_new_outcomes_go_from_easy_to_hard():
    """Those that the documents settle come before judgment calls and those that name no group."""
    settled = [
        syllabus().guide.outcomes[skill.removeprefix("outcome:")].certainty == "settled"
        for skill in new_skills(syllabus(), Memory())
        if skill.startswith("outcome:")
    ]
    assert settled == sorted(settled, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_a_newcomer_meets_plain_stories_of_common_groups_first(seed):
    """One fact decides the first two, no judgment call is among the first four, no rare case among nine."""
    stories, log = practised(9, right, seed)
    common = syllabus().common[:COMMON]
    levels = [level_of(story, made) for story, made in zip(stories, log, strict=True)]
    assert [right(story) in common for story in stories[:STEP]] == [True] * STEP
    assert max(levels[:STEP]) == 0
    assert max(levels[: 2 * STEP]) <= 1
    assert max(levels) <= 2


def level_of(story, made):
    """Return how hard a story is: that of its own lesson, or of the one it was made for."""
    name = "" if story.made else story.id
    key = key_of(made.facts)
    (level,) = [one.level for one in syllabus().lessons if (one.path.key, one.story) == (key, name)]
    return level


def test_the_next_story_tells_the_rivals_apart():
    """After one wrong answer the next story has different answers for what may explain it."""
    story = story_of(way_to("return_home_out_of_home"))
    memory = remember(syllabus(), [attempt(story, "preventive")])
    suspects = memory.diagnosis.suspects()
    then = next_case(syllabus(), memory, NOW + MINUTE, 1)
    expected = syllabus().expected(then.id, attempt(then, None).facts)
    answers = {expected.get(one.misreading, frozenset({right(then)})) for one in suspects}
    assert len(suspects) > 1
    assert len(answers) > 1


def test_nothing_is_told_twice_in_a_drill():
    """In the first dozen made stories of a session no opening and no harmless detail comes again."""
    drill = start_drill(syllabus(), Memory(), header(), NOW, 4)
    for number in range(1, 40):
        chosen = syllabus().right(drill.story.outcome)
        drill = drill.answer(chosen, f"{number:032x}", NOW).go_on(NOW)
    made = [story for story in drill.told if story.made][:12]
    told = [part for story in made for part in frame(syllabus().practice, story)]
    assert len(set(told)) == len(told) > 0


def test_the_same_log_and_seed_give_the_same_story():
    """Nothing depends on the clock or on chance that is not handed in."""
    _, log = practised(20, right)
    memory = remember(syllabus(), reversed(log))
    assert next_case(syllabus(), memory, NOW, 5) == next_case(syllabus(), memory, NOW, 5)


def test_stories_written_by_hand_go_first():
    """A made story fills in where no written one as easy is left for these facts."""
    stories, _ = practised(120, right)
    written = {story.id for stories in syllabus().written.values() for story in stories}
    met = [story for story in stories if story.id in written]
    assert met
    for story in stories:
        key = tuple(attempt(story, None).facts.items())
        same = [one for one in syllabus().lessons if one.path.key == key]
        easiest = min(one.level for one in same)
        mine = [one.story for one in same if one.story and one.level == easiest]
        before = {one.id for one in stories[: stories.index(story)]}
        assert not story.made or all(name in before for name in mine)


@pytest.mark.parametrize(
    "outcome", ["open_no_plan", "adoption", "fins_other_in_home", "goal_not_named"]
)
def test_what_was_missed_returns_sooner_than_what_was_right(outcome):
    """The outcome and the misread fork are due within minutes, the others not for longer."""
    story = story_of(way_to(outcome))
    chosen = "reunification"
    wrong = attempt(story, chosen)
    plans = [remember(syllabus(), [made]).plan for made in (wrong, attempt(story, right(story)))]
    missed, well = plans
    assert wrong.grade == "wrong"
    for skill in (f"outcome:{outcome}", f"fork:{wrong.misread}"):
        assert missed.cards[skill].due == NOW + 2 * MINUTE
        assert skill in missed.missed
    assert well.cards[f"outcome:{outcome}"].due > NOW + 2 * MINUTE
    others = well.cards.keys() - {f"outcome:{outcome}", f"fork:{wrong.misread}"}
    assert all(missed.cards[skill].due == well.cards[skill].due for skill in others)


def test_acceptable_returns_between_right_and_wrong():
    """A second group that fits is no miss, and is not as good as right."""
    story = story_of(way_to("fins_adoption"))
    due = [
        remember(syllabus(), [attempt(story, chosen)]).plan.cards["outcome:fins_adoption"].due
        for chosen in ("reunification", "preventive", "adoption")
    ]
    assert due == sorted(set(due))


def test_what_was_learned_well_is_due_later_each_time():
    """Intervals grow while answers stay right."""
    story, now, waits = story_of(way_to("adoption")), 1, []
    log = []
    for _ in range(5):
        log.append(attempt(story, "adoption", now))
        due = remember(syllabus(), log).plan.cards["outcome:adoption"].due
        waits.append(due - log[-1].when)
        now += int(waits[-1] / MINUTE) + 1
    assert waits == sorted(set(waits))


def test_a_missed_skill_is_tested_again_within_three_stories():
    """It comes back by another story, as soon as there was room between."""
    story = story_of(way_to("open_no_plan"))
    memory = remember(syllabus(), [attempt(story, "preventive")])
    tested: list[str] = []
    for number in range(2, 5):
        then = next_case(syllabus(), memory, NOW + number * MINUTE, number)
        tested += syllabus().skills(attempt(then, None).facts, then.outcome)
        memory = memory.after(syllabus(), attempt(then, right(then), number))
    assert "fork:investigation" in tested
    assert "outcome:open_no_plan" in tested


def test_a_log_folds_the_same_at_once_or_step_by_step():
    """Going on from a memory is the same as folding everything again."""
    lot = Random(1)  # noqa: S311 - the same lot every time
    _, log = practised(40, lambda story: lot.choice(every_answer()))
    memory = Memory()
    for made in log:
        memory = memory.after(syllabus(), made)
    assert remember(syllabus(), reversed(log)) == memory
