"""What a story tests, and which misreadings no answer tells apart."""

from assistant.guide.proof import follow
from assistant.training.judging import RULE, Misreading, asked, grade_of
from assistant.training.stories import accepted
from tests.training.trainee import syllabus


def test_every_outcome_and_every_fork_is_tested_by_some_way():
    """Nothing in the guide is left out of practice."""
    guide = syllabus().guide
    wanted = {f"fork:{fact}" for fact in guide.questions}
    wanted |= {f"outcome:{name}" for name in guide.outcomes}
    assert set(syllabus().testing) == wanted


def test_a_way_tests_a_fork_exactly_where_some_case_alike_ends_in_another_group():
    """A fork counts as tested only where misreading it is sure to show."""
    guide = syllabus().guide
    cases = list(guide.space.cases())
    for way in syllabus().paths:
        right = syllabus().right(way.outcome)
        tested = {s.removeprefix("fork:") for s in syllabus().skills(way.facts, way.outcome)[1:]}
        for fact, said in way.facts.items():
            others = dict(way.facts)
            del others[fact]
            ends: dict[str, set[str | None]] = {}
            for case in cases:
                agrees = all(case[f] == v for f, v in others.items())
                if case[fact] != said and agrees:
                    group = syllabus().right(str(follow(guide, case).outcome))
                    ends.setdefault(case[fact], set()).add(group)
            if any(right not in groups for groups in ends.values()):
                assert fact in tested, (dict(way.facts), fact)


def test_a_fork_that_leaves_the_group_alone_is_not_tested():
    """Where every kind of in-home case ends in one group, a right answer says nothing of the kind."""
    way = next(way for way in syllabus().paths if way.outcome == "maintain_home_named_case")
    assert "setting" in way.facts
    assert "fork:setting" not in syllabus().skills(way.facts, way.outcome)


def test_what_no_story_tells_apart_is_alike():
    """With a goal that the service serves, any investigation is acceptable, and only an ended one shows."""
    alike = syllabus().alike
    investigations = [
        Misreading(RULE, name) for name in ("ended_investigation_counts", "any_investigation")
    ]
    assert all(list(alike[one]) == investigations for one in investigations)
    assert alike[Misreading("goal", "adoption")] == (Misreading("goal", "adoption"),)


def test_what_shows_gives_a_wrong_answer_somewhere():
    """Every rule of the content does, and each value of the goal; an acceptable answer is none."""
    shows, guide = syllabus().shows, syllabus().guide
    assert {Misreading(RULE, name) for name in syllabus().practice.misunderstandings} <= shows
    assert {Misreading("goal", value) for value in guide.questions["goal"].options} <= shows
    for lesson in syllabus().lessons:
        story = syllabus().practice.cases.get(lesson.story)
        outcome = lesson.path.outcome
        beside = accepted(story) if story else frozenset()
        for groups in lesson.shows.values():
            assert any(grade_of(guide, outcome, one, beside) == "wrong" for one in groups)
            assert all(grade_of(guide, outcome, one, beside) != "right" for one in groups)


def test_a_made_story_has_no_marks():
    """What a story holds beside its facts is known of the written ones alone."""
    case = syllabus().practice.cases["safety_plan_only"]
    rule = Misreading(RULE, "safety_plan_is_a_case_plan")
    facts = asked(syllabus().guide, case.facts)
    assert syllabus().leads("safety_plan_only", facts)[rule] == {"in_home_family_preservation"}
    assert rule not in syllabus().leads("made-1-00000000", facts)
