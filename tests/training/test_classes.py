"""The file that gives every trainee the same stories, and what is said of one that is not whole."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.training.classes import (
    class_text,
    content_hash,
    new_class,
    read_class,
    stories_by_seed,
    stories_named,
    stories_of,
)
from assistant.training.stories import frame
from assistant.training.syllabus import RARE
from tests.training.trainee import story_of, syllabus

MEANING = "a" * 64


def a_class(count=5, **terms):
    stories = stories_by_seed(syllabus(), 4, count)
    return new_class(MEANING, stories, **{"name": "Spring intake", **terms})


TEXT = class_text(a_class())


def test_a_class_file_is_read_back_as_it_was_written():
    """Name, mode, pass mark, stories and hash all come back, and so does the id."""
    for mode in ("learn", "drill", "test"):
        made = a_class(mode=mode, pass_mark=70)
        assert read_class(class_text(made)) == made
        assert read_class(class_text(made)).id == made.id


def test_everyone_gets_the_same_stories_word_for_word():
    """What the trainer saw is what each trainee is shown."""
    made = stories_by_seed(syllabus(), 4, 5)
    assert stories_of(read_class(TEXT), syllabus(), MEANING) == made


def test_another_class_has_another_id():
    """Attempts of two classes do not mix."""
    assert len({a_class().id, a_class(4).id, a_class(pass_mark=70).id}) == 3


@pytest.mark.parametrize("count", [1, 8, 20, 50])
def test_a_seed_gives_every_answer_as_often_as_can_be(count):
    """The seven groups and the supervisor differ by one at most, and no story comes twice."""
    stories = stories_by_seed(syllabus(), 9, count)
    counts = Counter(syllabus().right(story.outcome) for story in stories)
    assert len({story.id for story in stories}) == count
    assert sum(counts.values()) == count
    assert max(counts.values()) - min(counts.values() if count >= 8 else [0, 1]) <= 1


def test_stories_of_one_group_end_in_different_outcomes():
    """A class of twenty-four meets three outcomes of each group that has as many."""
    stories = stories_by_seed(syllabus(), 3, 24)
    assert len({s.outcome for s in stories if syllabus().right(s.outcome) == "preventive"}) == 3


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_told_twice_in_a_class(seed):
    """In twelve stories no opening comes again, and no harmless detail."""
    stories = stories_by_seed(syllabus(), seed, 12)
    told = [part for story in stories for part in frame(syllabus().practice, story)]
    assert len(told) >= 2 * len(stories)
    assert len(set(told)) == len(told)


def test_no_rare_case_is_in_a_class_made_by_lot():
    """What hardly ever happens is told only to those who ask for the story by its name."""
    assert syllabus().rare
    made = stories_by_seed(syllabus(), 2, 120)
    assert syllabus().rare.isdisjoint(tuple(story.facts.items()) for story in made)


@pytest.mark.parametrize("count", [1, 12, 40])
def test_a_mixed_class_has_written_stories_first(count):
    """Each once and no rare one; made ones follow only for answers that have no other left."""
    stories = stories_by_seed(syllabus(), 4, count, mix=True)
    made = [story.made for story in stories]
    assert made == sorted(made)
    assert made[0] is False
    assert len({story.id for story in stories}) == count
    cases = syllabus().practice.cases
    assert all(cases[story.id].rare == "no" for story in stories if not story.made)
    used = {story.id for story in stories}
    common = {
        lesson.story: syllabus().right(lesson.path.outcome)
        for lesson in syllabus().lessons
        if lesson.story and lesson.level < RARE
    }
    for story in stories:
        if story.made:
            right = syllabus().right(story.outcome)
            assert {name for name, group in common.items() if group == right} <= used
    assert stories == stories_by_seed(syllabus(), 4, count, mix=True)


def test_a_class_says_when_a_story_accepts_other_answers():
    """What counts is part of the class."""
    (story,) = stories_named(syllabus(), ["after_the_adoption"])
    assert story.acceptable == {"adoption"}
    found = [
        content_hash(MEANING, [one]) for one in (story, replace(story, acceptable=frozenset()))
    ]
    assert found[0] != found[1]


def test_the_same_seed_gives_the_same_class():
    """A trainer can make it again; another seed gives another."""
    assert stories_by_seed(syllabus(), 1, 6) == stories_by_seed(syllabus(), 1, 6)
    assert stories_by_seed(syllabus(), 1, 6) != stories_by_seed(syllabus(), 2, 6)


def test_a_class_says_when_the_guide_is_another():
    """With another meaning of the guide nothing is shown that others do not see."""
    with pytest.raises(UsageError, match="a different guide"):
        stories_of(read_class(TEXT), syllabus(), "b" * 64)


def test_a_class_says_when_a_storys_words_are_others():
    """A reworded story changes the hash, though it has the same name."""
    stories = [story_of(way) for way in syllabus().paths[:3]]
    reworded = [replace(stories[0], paragraphs=("Other words.",)), *stories[1:]]
    made = new_class(MEANING, reworded, name="Reworded")
    with pytest.raises(UsageError, match="with different stories"):
        stories_of(made, syllabus(), MEANING)


def test_a_class_says_when_a_story_is_not_there():
    """A story of a newer guide is not skipped in silence."""
    made = replace(a_class(), stories=("no_such_story",))
    with pytest.raises(UsageError, match="with different stories"):
        stories_of(made, syllabus(), MEANING)


def test_a_story_named_wrongly_is_named_in_the_error():
    """A trainer who picks cases by name is told which one is unknown."""
    with pytest.raises(UsageError, match="'kitchn'"):
        stories_named(syllabus(), ["kitchn"])


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"pass_mark": 0}, "pass mark"),
        ({"pass_mark": 101}, "pass mark"),
        ({"count": 201}, "1 to 200"),
        ({"count": 0}, "1 to 200"),
    ],
)
def test_what_no_class_can_be_made_of_is_refused(terms, said):
    """The sentence says what a class has."""
    with pytest.raises(UsageError, match=said):
        a_class(**terms)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from('x9"}], \n'))
def test_a_file_changed_in_any_place_is_refused_or_means_the_same(place, mark):
    """No change gets through: one character anywhere shows, unless it is only spacing."""
    changed = TEXT[:place] + mark + TEXT[place + 1 :]
    with suppress(UsageError):
        assert read_class(changed) == a_class()


def test_a_mistake_says_in_which_file_and_what_to_do():
    """The name that the person gave stands in the error."""
    with pytest.raises(UsageError) as caught:
        read_class(TEXT[:50], "class.json")
    assert caught.value.where == "class.json"
    assert caught.value.mend


@given(st.integers(0, len(TEXT) - 3))
def test_a_file_cut_off_anywhere_is_refused(place):
    """Half a file is no smaller class."""
    with pytest.raises(UsageError):
        read_class(TEXT[:place])


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "3", '"x"', "{}", "[" * 100_000, '{"a": 1, "a": 2}', "\x00", "9" * 5000],
)
def test_what_is_no_class_file_is_refused_in_a_sentence(text):
    """Neither another file nor a hostile one ends in a traceback."""
    with pytest.raises(UsageError, match="not a class file"):
        read_class(text)


def test_a_key_that_stands_twice_is_refused():
    """Nobody can tell which of the two was meant, though the second fits the checksum."""
    with pytest.raises(UsageError):
        read_class(TEXT.replace('"name"', '"name": "Other", "name"', 1))


def signed(**changes):
    """Return a class file with other fields and a checksum that fits them."""
    from assistant.training.attempts import digest

    data = {**json.loads(TEXT), **changes}
    del data["checksum"]
    return json.dumps({**data, "checksum": digest(data)})


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "quiz"},
        {"mode": ["test"]},
        {"pass_mark": "80"},
        {"pass_mark": True},
        {"pass_mark": 80.5},
        {"pass_mark": 1000},
        {"stories": []},
        {"stories": [1]},
        {"stories": "kitchen"},
        {"stories": ["a", "a"]},
        {"name": None},
        {"content": 3},
        {"extra": 1},
        {"service_group_class": 2},
    ],
)
def test_a_class_file_with_a_fitting_checksum_is_still_read_strictly(changes):
    """Every field is held to its kind, and nothing unknown is passed over."""
    with pytest.raises(UsageError):
        read_class(signed(**changes))


def test_the_changes_above_are_all_that_is_wrong():
    """Signed anew without a change, the file is read."""
    assert read_class(signed()) == a_class()


def test_an_open_book_makes_a_file_of_format_2_and_a_class_of_its_own():
    """A class without one is written as release 1 wrote it, so that its attempts stay its own."""
    closed, opened = a_class(), a_class(open_book=True)
    assert '"service_group_class": 1' in class_text(closed)
    assert '"service_group_class": 2' in class_text(opened)
    assert read_class(class_text(opened)) == opened
    assert closed.id != opened.id


def test_only_a_test_has_an_open_book():
    with pytest.raises(UsageError, match="Only a test"):
        a_class(mode="drill", open_book=True)
