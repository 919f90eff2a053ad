"""Which answers typed words name, and which they only bring up."""

from pathlib import Path

import pytest
import yaml

from assistant.engine.interview import UNSURE, answers_meant
from tests.builders import shipped

GUIDE = shipped().guide
TEXT = Path(__file__).with_name("typed_answers.yaml").read_text(encoding="utf-8")
TYPED = yaml.load(TEXT, Loader=yaml.BaseLoader)  # noqa: S506 - scalars stay as typed
LABELED = [(fact, typed, label) for fact, some in TYPED.items() for typed, label in some.items()]
ASK = "ask"


def meant(fact, typed):
    question = GUIDE.questions[fact]
    return answers_meant(question, (*question.options, UNSURE), typed)


def test_there_are_enough_typed_answers():
    assert len(LABELED) >= 150
    assert {fact for fact, _, _ in LABELED} == set(GUIDE.questions)


@pytest.mark.parametrize(("fact", "typed", "label"), LABELED)
def test_nothing_typed_is_silently_taken_for_a_wrong_answer(fact, typed, label):
    """Only words that name the answer meant are taken; what leaves it open is asked back."""
    found = meant(fact, typed)
    assert not found.certain or found.values == (label,)


def test_words_that_name_an_answer_are_taken():
    """At least nine of ten clear answers need no second question."""
    clear = [(fact, typed, label) for fact, typed, label in LABELED if label != ASK]
    taken = [one for one in clear if meant(*one[:2]).certain]
    assert len(taken) >= 0.9 * len(clear), set(clear) - set(taken)


def test_what_is_asked_back_offers_the_answer_that_is_meant():
    """Where clear words are not taken, the answer is among those offered, or none is."""
    offered = {one: meant(*one[:2]).values for one in LABELED if one[2] != ASK}
    assert [one for one, values in offered.items() if values and one[2] not in values] == []


@pytest.mark.parametrize(
    ("fact", "typed", "among"),
    [
        ("investigation", "ongoing", {"none", "open", "concluded"}),
        ("setting", "court", {"protective_supervision", "other_in_home", "out_of_home"}),
        ("setting", "kinship", {"other_in_home", "out_of_home"}),
        ("setting", "agreement", {"voluntary_in_home", "out_of_home"}),
        ("setting", "trial home visit", {"protective_supervision", "other_in_home", "out_of_home"}),
        ("setting", "safety plan", {"voluntary_in_home", "other_in_home", "out_of_home"}),
        ("goal", "custody", {"return_home", "adoption", "other"}),
        ("goal", "kinship", {"other"}),
        ("goal", "mom wants him back", {"return_home", "maintain_home"}),
        ("setting", "with grandma", {"other_in_home", "out_of_home"}),
        ("setting", "at dad's", {"voluntary_in_home", "protective_supervision", "other_in_home"}),
        ("investigation", "it was never opened", {"none", "open"}),
    ],
)
def test_a_common_word_brings_up_the_answers_it_may_mean(fact, typed, among):
    """One word that several cases share never answers by itself."""
    found = meant(fact, typed)
    assert not found.certain
    assert among <= set(found.values)


def test_every_phrase_of_every_answer_names_that_answer_alone():
    """Words that the guide lists for an answer always choose it; those that suggest never do."""
    for fact, question in GUIDE.questions.items():
        for value, option in question.options.items():
            for words in option.words:
                assert meant(fact, words) == ((value,), True), (fact, words)
            for words in option.suggests:
                assert value in meant(fact, words).values, (fact, words)
                assert not meant(fact, words).certain, (fact, words)


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zebra", "it is the"])
def test_words_that_say_nothing_mean_nothing(typed):
    assert meant("need", typed) == ((), False)
