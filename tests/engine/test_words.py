"""Which options typed words may mean."""

import pytest

from assistant.engine.interview import UNSURE, options_meant
from assistant.guide.model import Guide


def meant(guide: Guide, fact: str, typed: str) -> tuple[str, ...]:
    question = guide.questions[fact]
    return options_meant(question, (*question.options, UNSURE), typed)


@pytest.mark.parametrize(
    ("fact", "typed", "expected"),
    [
        ("goal", "return home", ("return_home",)),
        ("goal", "Guardian", ("return_home", "other")),
        ("goal", "guardianship", ("other",)),
        ("goal", "  ADOPT ", ("adoption",)),
        ("investigation", "still open", ("open",)),
        ("fins", "not sure", (UNSURE,)),
        ("fins", "I don't know", (UNSURE,)),
        ("setting", "don't know", (UNSURE,)),
        ("need", "zebra", ()),
        ("goal", "guardianship with grandma", ("other",)),
        ("goal", "she wants to return home soon", ("return_home",)),
        ("need", "   ", ()),
    ],
)
def test_words_mean_the_options_whose_phrases_they_fit(guide, fact, typed, expected):
    """A whole phrase wins; otherwise every option with a phrase that the words begin."""
    assert meant(guide, fact, typed) == expected


def test_every_phrase_of_every_option_means_just_that_option(guide):
    """Words that the guide lists for an option always choose it alone."""
    wrong = [
        (fact, value, words)
        for fact, question in guide.questions.items()
        for value, option in question.options.items()
        for words in option.words
        if meant(guide, fact, words) != (value,)
    ]
    assert wrong == []
