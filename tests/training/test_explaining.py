"""What is said of an answer to a story."""

from itertools import permutations

from assistant.training.explaining import feedback, pair
from assistant.training.judging import judge
from tests.training.trainee import every_pairing, ground, story_of


def said(outcome, chosen):
    way = next(way for way in ground().ways if way.outcome == outcome)
    return feedback(ground().guide, judge(ground().guide, story_of(way), chosen))


def test_a_right_answer_is_told_why_in_one_line():
    """The reason is the outcome's own."""
    found = said("adoption", "adoption")
    assert found.headline == "Right: Adoption Services."
    assert found.lines == (ground().guide.outcomes["adoption"].reason,)
    assert (found.phrases, found.pair) == ((), None)


def test_a_wrong_answer_is_told_the_fork_and_when_it_would_be_right():
    """What the story says comes first."""
    found = said("open_no_goal", "preventive")
    assert found.headline == "Not right: Assessment/Investigation Services."
    assert found.lines[0] == "The story says that an investigation is open."
    assert found.lines[1] == (
        "Preventive Services would be right if there were no assessment or investigation."
    )


def test_an_acceptable_answer_is_not_called_wrong():
    """Both fit; the other goes first, and why is said."""
    found = said("fins_adoption", "preventive")
    assert found.headline == "Acceptable, but not the first choice: Adoption Services."
    assert any("FINS case without a report" in line for line in found.lines)
    assert not any("would be right" in line for line in found.lines)


def test_the_pair_stands_side_by_side_with_what_tells_them_apart():
    """The difference is found whichever of the two groups holds it."""
    pair = said("open_no_goal", "preventive").pair
    assert (pair.right.chosen, pair.chosen.chosen) == (False, True)
    assert pair.right.name == "Assessment/Investigation Services"
    assert pair.chosen.name == "Preventive Services"
    assert "no goal" in pair.difference


def test_the_difference_is_told_wherever_either_group_holds_it():
    """Which of the two was right makes no difference to what tells them apart."""
    guide = ground().guide
    for one, other in permutations(guide.groups, 2):
        held = [m.group for m in guide.groups[one].mixed_up_with] + [
            m.group for m in guide.groups[other].mixed_up_with
        ]
        found = pair(guide, (one, other))
        assert found
        assert bool(found.difference) == (other in held or one in held)


def test_asking_the_supervisor_without_need_is_answered():
    """There is no second group to set beside, and the sentence still says why not."""
    found = said("return_home_out_of_home", None)
    assert found.pair is None
    assert any(line.startswith("Asking the supervisor would be right if") for line in found.lines)
    assert "no need to ask" in said("fins_adoption", None).lines[1]


def test_a_group_named_where_none_is_gets_what_speaks_for_and_against_it():
    """Where the guide names no group, its words on the nearest ones are used."""
    found = said("goal_not_named", "planned_permanent_living_arrangement")
    assert found.headline.startswith("Not right: No group is named")
    (near,) = [
        one.reason
        for one in ground().guide.outcomes["goal_not_named"].nearest
        if one.group == "planned_permanent_living_arrangement"
    ]
    assert near in found.lines


def test_every_answer_that_is_not_right_gets_deciding_words_and_whole_sentences():
    """No answer is left without a document and section, or with half a sentence."""
    for story, chosen in every_pairing():
        found = feedback(ground().guide, judge(ground().guide, story, chosen))
        assert found.lines
        assert all(line[0].isupper() and line[-1] in ".?!" for line in found.lines), found.lines
        if not found.headline.startswith("Right"):
            assert all(phrase.words and phrase.source for phrase in found.phrases)
            assert found.phrases
        assert len(found.text) == len([line for line in found.text if line.strip()])
