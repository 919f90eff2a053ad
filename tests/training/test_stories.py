"""Stories: the written ones as they stand, the made ones true to their facts and to nothing else."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.interview import edges_taken, replay
from assistant.records.privacy import personal_details
from assistant.training.content import load_practice
from assistant.training.stories import (
    every_path,
    made_story,
    story_by_id,
    written_stories,
)
from tests.builders import CONTENT, EveryCase, shipped

GUIDE = shipped().guide
PRACTICE = load_practice(CONTENT, GUIDE)
PATHS = [facts for facts, _ in every_path(GUIDE)]
EDGES = {(node, value) for node, asked in GUIDE.tree.nodes.items() for value in asked.to}
SEEDS = range(12)

paths = st.sampled_from(PATHS)
seeds = st.integers(-(10**9), 10**9)


def ending_in(outcome):
    return next(facts for facts, end in every_path(GUIDE) if end == outcome)


def made(facts, seed):
    return made_story(GUIDE, PRACTICE, facts, seed)


def told(story):
    """Return each fact and value of which the story has a sentence, as often as it has one."""
    text = of_a_child(" ".join(story.paragraphs)).casefold()
    return Counter(
        (fact, value)
        for fact, sounds in PRACTICE.sounds.items()
        for value, sentences in sounds.items()
        for sentence in sentences
        if sentence.casefold() in text
    )


def of_a_child(text):
    """Return text in which a girl or boy is the child, as the content has it."""
    return re.sub(r"\b([Tt]he|[Tt]his) (girl|boy)\b", r"\1 child", text)


def details_in(story):
    text = of_a_child(" ".join(story.paragraphs))
    telling = PRACTICE.telling
    return [one for one in (*telling.harmless, *telling.office) if one in text]


def test_every_path_is_an_interview_and_every_case_takes_one():
    """The paths are those that the cases, all of them followed through the tree, take."""
    followed = {passage.asked: passage.outcome for passage in EveryCase(GUIDE).passages}
    assert {tuple(facts.items()): end for facts, end in every_path(GUIDE)} == followed


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_story_says_each_asked_fact_once_and_no_other(seed):
    """For every set of facts: a sentence for each that is asked, none of a value that is not so."""
    wrong = [facts for facts in PATHS if told(made(facts, seed)) != Counter(facts.items())]
    assert wrong == []


COHERENT = (
    # where these facts are told, one of these words must be
    ({"goal": "return_home", "setting": "!out_of_home"}, "removed|foster|placement"),
    ({"setting": "out_of_home"}, "court"),
    ({"goal": "maintain_home", "setting": "out_of_home"}, "april|came after the case plan"),
    ({"fins": "without_report", "setting": "out_of_home"}, "unruly|juvenile"),
    ({"fins": "without_report", "goal": "return_home"}, "unruly|juvenile"),
    ({"goal": "adoption"}, "rights"),
)
"""What must have happened: a return needs a removal, a placement somebody who placed, and so on."""

LATEST = 28  # of June: the first planning meeting; the service is in the middle of June
MONTHS = ("January", "February", "March", "April", "May", "June", "July")


def lacks(story):
    """Return the conditions whose words are missing from a story."""
    text = " ".join(story.paragraphs).casefold()
    return [
        facts
        for facts, words in COHERENT
        if all(
            (story.facts.get(f) != v[1:]) if v[0] == "!" else story.facts.get(f) == v
            for f, v in facts.items()
        )
        and not re.search(words, text)
    ]


@pytest.mark.parametrize("seed", range(100, 108))
def test_every_made_story_can_have_happened(seed):
    """Hundreds of them: what their facts need is told, and in-home cases have no placement now."""
    for facts in PATHS:
        story = made(facts, seed)
        assert lacks(story) == [], story.id
        text = " ".join(story.paragraphs)
        days = [
            (MONTHS.index(month), int(day))
            for month, day in re.findall(rf"({'|'.join(MONTHS)}) (\d+)", text)
        ]
        assert all(day <= (MONTHS.index("June"), LATEST) for day in days), story.id


def test_the_rules_of_coherence_would_notice():
    """Without its background, a return from nowhere is found."""
    bare = replace(PRACTICE, telling=replace(PRACTICE.telling, background=()))
    facts = next(
        f for f in PATHS if f.get("goal") == "return_home" and "voluntary_in_home" in f.values()
    )
    assert lacks(made_story(GUIDE, bare, facts, 1))
    assert not lacks(made(facts, 1))


def test_some_of_each_fact_has_to_be_worked_out():
    """A date, a quote, or something else than the option's own words."""
    for fact, values in PRACTICE.sounds.items():
        inferred = [s for said in values.values() for s in said if re.search(r"\d|“", s)]
        assert inferred, fact


def test_a_service_is_left_out_where_it_would_not_be_given():
    """No parenting class for parents whose child is to be adopted."""
    for end in ("adoption", "independent_living_out_of_home"):
        facts = ending_in(end)
        kept = {
            one.ask
            for one in PRACTICE.telling.services
            if any(facts.get(fact) in values for fact, values in one.unless.items())
        }
        assert kept
        assert not kept & {made(facts, seed).ask for seed in range(40)}
    assert len(PRACTICE.telling.services) >= 40


def test_made_stories_cover_every_outcome():
    """Made of any path, a story ends where the path does, and every outcome is the end of some."""
    ends = {(end, made(facts, 1).outcome) for facts, end in every_path(GUIDE)}
    assert ends == {(name, name) for name in GUIDE.outcomes}


def test_made_stories_cover_both_sides_of_every_fork():
    """The interviews of the stories made of every path take each edge of the tree."""
    taken = {
        edge for facts in PATHS for edge in edges_taken(GUIDE, replay(GUIDE, made(facts, 1).facts))
    }
    assert taken >= EDGES != set()


@given(paths, seeds)
def test_the_same_facts_and_seed_make_the_same_story(facts, seed):
    """A story is made again by its name, word for word."""
    story = made(facts, seed)
    assert made(dict(reversed(facts.items())), seed) == story
    assert story_by_id(GUIDE, PRACTICE, story.id) == story


@given(paths, seeds)
def test_a_made_story_is_a_short_note_about_nobody(facts, seed):
    """Two or three paragraphs, one or two harmless details, and nothing the record guard finds."""
    story = made(facts, seed)
    assert 2 <= len(story.paragraphs) <= 3
    assert 1 <= len(details_in(story)) <= 2
    assert personal_details("\n".join((*story.paragraphs, story.ask, story.note))) == []


@given(paths, seeds)
def test_a_made_story_opens_with_a_child_who_can_be_in_such_a_case(facts, seed):
    """An opening is left out where the facts rule it out, and later sentences call the child the same."""
    story = made(facts, seed)
    text = " ".join(story.paragraphs)
    (opening,) = [some for some in PRACTICE.telling.openings if text.startswith(some.says)]
    assert not [fact for fact, values in opening.unless.items() if facts.get(fact) in values]
    called = set(re.findall(r"\b[Tt]h(?:e|is) (child|girl|boy)\b", re.sub(r"“[^”]*”", "", text)))
    assert called <= {opening.child}


@given(paths, seeds)
def test_a_made_story_tells_the_case_first_and_then_the_service(facts, seed):
    """The last paragraph begins with the service that is asked about; why it is needed follows."""
    story = made(facts, seed)
    *case, last = map(of_a_child, story.paragraphs)
    (service,) = [some for some in PRACTICE.telling.services if last.startswith(some.says)]
    assert story.ask == service.ask
    needs = [said for some in PRACTICE.sounds["need"].values() for said in some]
    assert not [said for said in needs if said in " ".join(case)]


@given(paths, seeds)
def test_a_made_story_explains_nothing_before_it_is_told(facts, seed):
    """What must have happened follows the last of the facts that it belongs to."""
    text = of_a_child(" ".join(made(facts, seed).paragraphs))
    for one in PRACTICE.telling.background:
        for said in (said for said in one.says if said in text):
            sounds = [s for fact in one.when for s in PRACTICE.sounds[fact][facts[fact]]]
            assert all(text.index(s) < text.index(said) for s in sounds if s in text)


def test_the_order_varies():
    """The facts of one case are told in more than one order."""
    facts = max(PATHS, key=len)
    says = chain.from_iterable(PRACTICE.sounds[fact][value] for fact, value in facts.items())
    known = {sentence: fact for fact in facts for sentence in PRACTICE.sounds[fact][facts[fact]]}
    assert set(says) == set(known)
    orders = set()
    for seed in range(30):
        text = " ".join(made(facts, seed).paragraphs)
        found = sorted((text.index(said), fact) for said, fact in known.items() if said in text)
        orders.add(tuple(fact for _, fact in found))
    assert len(orders) >= len(PRACTICE.telling.orders)


def test_every_sentence_is_told_some_time():
    """Over seeds, no sound, harmless detail, opening or service stays unused."""
    parts = [part for seed in range(40) for facts in PATHS for part in made(facts, seed).paragraphs]
    text = "\n".join((*parts, *map(of_a_child, parts)))
    sounds = [some for values in PRACTICE.sounds.values() for some in values.values()]
    telling = PRACTICE.telling
    rest = [*telling.harmless, *telling.office]
    rest += [some.says for some in telling.openings] + [some.says for some in telling.services]
    assert [said for said in (*chain(*sounds), *rest) if said not in text] == []


SPOKEN_OF = (
    "goal",
    "plan ",
    "report",
    "investigat",
    "assess",
    "foster",
    "placed",
    "court",
    "custody",
    "fins",
    "adopt",
    " home ",
    "safety",
    "judge",
    "agreement",
)
"""Words in which facts are told."""


NEAR = (
    "service group",
    "plan",
    "cousin",
    "grand",
    "uncle",
    "evaluation",
    "review",
    "county",
    "release",
)
"""Words near to those."""

YOUNG = ("learning to", "grade", "picture book", "years old", "license", "job", "diaper", "teen")
"""Words that fit some ages only, and an age can give a goal away."""


def test_openings_and_details_fit_every_age():
    """They name nothing for one age alone."""
    telling = PRACTICE.telling
    said = [*telling.harmless, *telling.office, *(some.says for some in telling.openings)]
    said += [some.says for some in telling.services]
    text = "\n".join(said).casefold()
    assert [word for word in YOUNG if word in text] == []
    assert re.findall(r"\bof \d+|\b\d+-year-old", text) == []


def test_details_come_close_to_a_fact():
    """Most use a word that facts are told in, so that a reader cannot skip what has none."""
    details = (*PRACTICE.telling.harmless, *PRACTICE.telling.office)
    near = [
        said for said in details if any(word in said.casefold() for word in (*SPOKEN_OF, *NEAR))
    ]
    assert len(near) >= len(details) / 2


def test_every_sound_fits_an_assessment_under_any_name():
    """An alternative response and a dependency report have no investigator."""
    sounds = [
        said for values in PRACTICE.sounds.values() for some in values.values() for said in some
    ]
    assert [said for said in sounds if "investigator" in said] == []


def test_no_frame_of_a_story_speaks_of_a_fact():
    """Openings and services use none of the words that facts are told in."""
    telling = PRACTICE.telling
    frame = [some.says for some in telling.openings] + [some.says for some in telling.services]
    text = "\n".join((*frame, *(service.ask for service in telling.services))).casefold()
    assert [word for word in SPOKEN_OF if word in text] == []


def test_facts_that_the_interview_does_not_ask_are_not_told():
    """A whole case makes the story of the facts on its path, and carries those alone."""
    facts = ending_in("adoption")
    whole = next(case for case in GUIDE.space.cases() if case.items() >= facts.items())
    assert len(whole) > len(facts)
    assert made(whole, 1) == made(facts, 1)
    assert made(whole, 1).facts == facts


def test_a_made_story_teaches_the_reason_of_its_outcome():
    """Its note is the outcome's own reason."""
    story = made(ending_in("goal_not_named"), 3)
    assert (story.outcome, story.made) == ("goal_not_named", True)
    assert story.note == GUIDE.outcomes["goal_not_named"].reason


def test_written_stories_are_the_cases_in_their_order():
    """Each case becomes a story under its own name, with the paragraphs that it was written in."""
    stories = written_stories(GUIDE, PRACTICE)
    assert [story.id for story in stories] == list(PRACTICE.cases)
    for story, case in zip(stories, PRACTICE.cases.values(), strict=True):
        assert "\n".join(story.paragraphs) == case.story
        assert (story.ask, story.facts, story.outcome) == (case.ask, case.facts, case.outcome)
        assert (story.note, story.made) == (case.note, False)
        assert story_by_id(GUIDE, PRACTICE, story.id) == story


def test_a_blank_line_parts_the_paragraphs_of_a_written_story():
    """The case written in two paragraphs is told in two."""
    story = story_by_id(GUIDE, PRACTICE, "removed_four_days_ago")
    assert len(story.paragraphs) == 2


@pytest.mark.parametrize(
    "name",
    ["", "nobody", "made-1-00000000", "made--1", "made-x-89b9bffb", "made-01-89b9bffb"],
)
def test_a_name_of_no_story_is_a_key_error(name):
    """A name nobody has, and one that only looks like a made one, are told apart from stories."""
    with pytest.raises(KeyError):
        story_by_id(GUIDE, PRACTICE, name)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"investigation": "open"},
        {"investigation": "none", "goal": "nothing"},
        {"investigation": "open", "goal": "adoption", "need": "unsure"},
    ],
)
def test_facts_that_leave_the_answer_open_make_no_story(facts):
    """A story needs every fact that is asked, with a definite value."""
    with pytest.raises(ValueError, match="do not say"):
        made(facts, 1)


def test_a_story_of_a_guide_that_has_changed_is_gone():
    """A name made under other questions finds nothing rather than another story."""
    story = made({"investigation": "concluded", "goal": "adoption"}, 7)
    tree = replace(GUIDE.tree, start="goal_while_open")
    with pytest.raises(KeyError):
        story_by_id(replace(GUIDE, tree=tree), PRACTICE, story.id)
