"""The memo holds the reasoning of every interview, and a case number only when one is handed in."""

import pytest

from assistant.engine.handouts import Chosen, memo
from assistant.engine.interview import replay
from assistant.engine.statements import Heading, Statement, spelled_out, statements
from assistant.engine.verdict import condition, headline, verdict
from tests.builders import answers


@pytest.fixture(scope="session")
def memos(guide, ended):
    """Return every ended interview with what it says and its memo."""
    sample = ended[:: max(1, len(ended) // 400)]
    return [(s, verdict(guide, s), memo(guide, s, in_full=True)) for s in sample]


def test_the_answer_stands_at_the_top(guide, memos):
    """The group's name, or that there is none, or that it depends, is the memo's headline."""
    wrong = [
        standing.trail
        for standing, result, text in memos
        if text.splitlines()[2] != headline(guide, result)
    ]
    assert wrong == []


def test_every_warning_and_every_other_group_that_fits_is_in_it(guide, memos):
    """Nothing that a supervisor must know is left out."""
    missing = []
    for standing, result, text in memos:
        if result.status == "depends":
            continue
        for name in result.outcomes:
            outcome = guide.outcomes[name]
            words = [*outcome.warnings, outcome.reason, *(c.words for c in outcome.cites)]
            words += [
                guide.groups[fit.group].name for fit in (*outcome.also_fits, *outcome.nearest)
            ]
            missing += [(standing.trail, some) for some in words if some not in text]
    assert missing == []


def test_it_says_what_each_open_answer_would_lead_to(guide, memos):
    """Where it depends, every row of the table stands in the memo."""
    depends = [(r, text) for _, r, text in memos if r.status == "depends"]
    assert depends
    short = [(r, text.replace(" (family in need of services)", "")) for r, text in depends]
    told = [(condition(guide, row, "If"), text) for r, text in short for row in r.rows]
    said = {True: "Otherwise", False: ""}
    assert [
        words for words, text in told if (said[words.startswith("Unless")] or words) not in text
    ] == []


def test_an_abbreviation_is_spelled_out_where_it_comes_first(guide):
    """And only there; one that is already in full stays so."""
    name, full = "FINS", guide.glossary["fins"].also[0]
    texts = [f"If this is a {name} case", f"If it is no {name} case", "If it is neither"]
    first, *rest = spelled_out(guide, texts)
    assert first == f"If this is a {name} ({full}) case"
    assert rest == texts[1:]
    assert [*spelled_out(guide, [first])] == [first]


def test_a_case_number_stands_in_it_only_when_handed_in(guide):
    """The worker decides."""
    standing = replay(guide, answers("investigation=concluded goal=adoption"))
    assert "90210" not in memo(guide, standing, in_full=True)
    assert "90210" in memo(
        guide, standing, before=[Statement("Case number", "90210")], in_full=True
    )


def test_what_was_assumed_is_marked(guide):
    """An answer taken as if it were so is not mistaken for one that was known."""
    standing = replay(guide, answers("investigation=concluded goal=adoption"))
    assumed = frozenset({"goal"})
    said = statements(guide, standing, assumed=assumed)
    answered = [one.says for one in said if one.about == Heading.ANSWERED]
    assert ["assumed" in words for words in answered] == [False, True]
    assert "(assumed)" in memo(guide, standing, assumed=assumed, in_full=True)


@pytest.mark.parametrize(("chosen", "named"), [("preventive", 2), (None, 1), ("adoption", 0)])
def test_what_is_left_to_decide_names_the_groups_in_question(guide, chosen, named):
    """The one recorded and the one recommended, where these are not the same."""
    ended = replay(guide, answers("investigation=none goal=adoption fins=no"))
    text = memo(guide, ended, chosen=Chosen(chosen, "at the staffing"))
    (line,) = (line for line in text.splitlines() if line.startswith("To decide:"))
    assert sum(group.name in line for group in guide.groups.values()) == named
