"""Every case through the lines, and the shape of every line that can be said."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

from assistant.engine.interview import replay
from assistant.engine.verdict import CERTAINTY_WORDS, group_name, verdict
from assistant.guide.proof import follow
from assistant.text import columns
from tests.builders import shipped
from tests.lines.talk import FIELDS, Talk

GUIDE = shipped().guide
CASES = tuple(GUIDE.space.cases())
NO_DRAFTS = SimpleNamespace(save=lambda _: None, discard=lambda _: None, waiting=list)


@pytest.fixture
def services(services):
    """Keep no drafts: a disk is not what is tested here."""
    return replace(services, drafts=NO_DRAFTS)


@cache
def shortest_case(outcome):
    """Return a case that ends in an outcome."""
    return next(case for case in CASES if follow(GUIDE, case).outcome == outcome)


def interviewed(services, case):
    """Answer each question as the case has it, by the number said beside the answer."""
    talk = Talk(services)
    asks = {question.ask: fact for fact, question in GUIDE.questions.items()}
    while asked := [asks[line] for line in talk.said if line in asks]:
        talk.choose(GUIDE.questions[asked[-1]].options[case[asked[-1]]].label + ".")
    return talk


def test_every_case_gets_the_same_answer_as_from_the_engine(services):
    """All sets of facts that can stand together, each answered by number."""
    assert len(CASES) == 448
    for case in CASES:
        (headline,) = {
            line
            for line in interviewed(services, case).said
            if line.startswith(("Recommended: ", "No group is named", "It depends"))
        }
        outcome = GUIDE.outcomes[str(follow(GUIDE, case).outcome)]
        lead = "Recommended: " if outcome.group else ""
        sure = f" {CERTAINTY_WORDS[outcome.certainty]}." if outcome.group else ""
        assert headline == f"{lead}{group_name(GUIDE, outcome.group)}.{sure}", case


@pytest.mark.parametrize("outcome", GUIDE.outcomes)
def test_every_line_fits_and_is_only_text(services, outcome):
    """Questions, help, groups, words, changes, results and memos, at both ends of the widths."""
    talk = interviewed(services, shortest_case(outcome))
    count = len(talk.interview.view.standing.trail)
    talk.type("?", "g", "o", "w", "h", "c", *(f"c {number}" for number in range(1, count + 1)))
    for _ in range(count):
        talk.type("?", "g", "o", "w", "b")
    for width in (40, 80):
        for line in talk.lines(width):
            assert columns(line) <= width, line
            assert line.isprintable(), line
            assert line == line.rstrip()


@pytest.mark.parametrize("outcome", GUIDE.outcomes)
def test_every_result_says_all_that_its_outcome_says(services, outcome):
    """Reason, warnings, what also fits, what is near, and what to do next."""
    talk = interviewed(services, shortest_case(outcome))
    said = f"{talk.text}\n{talk.type('m')}"
    found = GUIDE.outcomes[outcome]
    wanted = [found.reason, *found.warnings, *(note.say for note in found.next)]
    wanted += [beside.reason for beside in (*found.also_fits, *found.nearest)]
    assert [text for text in wanted if text not in said] == []


@pytest.mark.parametrize("outcome", GUIDE.outcomes)
def test_every_result_speaks_of_every_group(services, outcome):
    """Each of the seven is recommended, fits too, or is ruled out."""
    talk = interviewed(services, shortest_case(outcome))
    talk.type("m")
    said = talk.everything
    leads = ("Recommended", "Second choice", "Ruled out")
    for group in GUIDE.groups.values():
        assert (
            sum(line.startswith(f"{lead}: {group.name}.") for lead in leads for line in said) == 1
        )


def test_not_being_sure_of_anything_ends_as_the_engine_says(services):
    """Every possibility is a line of its own, once all of them are asked for."""
    talk = Talk(services)
    while "1. I looked it up: change my answer." not in talk.said:
        talk.type("s")
    view = talk.interview.view
    rows = verdict(GUIDE, replay(GUIDE, view.answers)).rows
    talk.type("m")
    assert sum(line.startswith("If ") for line in talk.said) == len(rows)
    assert all(columns(line) <= 80 for line in talk.lines())


def test_a_line_says_what_it_is_about(services):
    """None is a bare mark, a bare quotation or a bare name."""
    talk = interviewed(services, shortest_case("fins_maintain_home_other_in_home"))
    talk.type("?", "g", "o", "w", "h", "1", *FIELDS)
    for line in filter(None, talk.everything):
        assert line[-1] in ".?)" or ":" in line, line
        assert line[0].isalnum(), line
        assert len(line.split()) > 1, line
