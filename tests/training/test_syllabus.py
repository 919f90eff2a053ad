"""What a story tests, and which misreadings no answer tells apart."""

from assistant.guide.proof import follow
from assistant.training.judging import Misreading
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


def test_misreadings_are_alike_exactly_where_every_way_shows_them_alike():
    """A FINS case taken for another kind, and a report imagined in one, come to the same."""
    alike = syllabus().alike
    assert alike[Misreading("fins", "no")] == {
        Misreading("fins", "no"),
        Misreading("fins", "other_fins"),
    }
    assert alike[Misreading("goal", "adoption")] == {Misreading("goal", "adoption")}


def test_every_misreading_shows_in_some_case():
    """No answer is asked for that could be misread always and never change a group."""
    questions = syllabus().guide.questions
    every = {Misreading(fact, value) for fact in questions for value in questions[fact].options}
    assert syllabus().shows == every
