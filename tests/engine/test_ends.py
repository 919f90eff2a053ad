"""The ends of the interview in words."""

from assistant.engine.verdict import ends_in_words
from assistant.guide.proof import follow
from tests.builders import shipped

GUIDE = shipped().guide


def test_every_end_has_words_of_its_own():
    """So that two ends of one group can be told apart."""
    words = ends_in_words(GUIDE)
    assert set(words) == set(GUIDE.outcomes)
    assert len(set(words.values())) == len(words)


def test_the_words_of_an_end_are_so_of_every_case_that_ends_there():
    """Each of its clauses is something that the case's values are called."""
    words = ends_in_words(GUIDE)
    for case in GUIDE.space.cases():
        end = follow(GUIDE, case).outcome
        assert end is not None
        clauses = words[end].split(", and ")
        said = {GUIDE.questions[fact].options[value].says for fact, value in case.items()}
        assert all(any(one in clause for one in said) for clause in clauses)
