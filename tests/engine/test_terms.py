"""The glossary's terms are found in text wherever they are met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.statements import Glossary
from tests.builders import shipped


@pytest.fixture(scope="module")
def glossary(guide):
    return Glossary(guide)


def test_every_name_of_every_term_is_found(guide, glossary):
    """A term is met under its name and under each other name it goes by, in any case."""
    missed = [
        (key, name)
        for key, term in guide.glossary.items()
        for name in (term.name, *term.also)
        if glossary.terms_in(f"So {name.upper()}, then.") != (key,)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The case plan goal is set.", ("case_plan_goal",)),
        ("A case planner wrote it.", ()),
        ("Refins and finsbury", ()),
        ("FINS, then fins again", ("fins",)),
        ("", ()),
    ],
)
def test_a_term_is_a_whole_word_and_the_longest_name_wins(glossary, text, terms):
    """Parts of words are no terms, and a longer name hides a shorter one inside it."""
    assert glossary.terms_in(text) == terms


@given(st.text(max_size=200))
def test_the_pieces_make_up_the_text_again(text):
    """Nothing is lost or added, whatever the text."""
    pieces = Glossary(shipped().guide).pieces(text)
    assert "".join(piece.text for piece in pieces) == text
