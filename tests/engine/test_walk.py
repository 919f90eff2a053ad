"""Definite answers: one way through the tree, and nothing asked that is settled."""

from collections import defaultdict

import pytest

from assistant.engine.interview import (
    NOTHING,
    at_most,
    outcomes_within_reach,
    replay,
    values_open,
    with_answer,
    without_last,
)
from assistant.engine.verdict import verdict
from assistant.guide.proof import groups_that_fit
from tests.builders import answers, tiny_guide


@pytest.fixture(scope="session")
def walks(guide, every):
    """Return the interview of every case, answered in full beforehand."""
    return [replay(guide, case) for case in every.cases]


def prefixes(standing):
    """Return the answers of an interview before the first, after the first, and so on."""
    return [dict(standing.trail[:count]) for count in range(len(standing.trail) + 1)]


def test_every_case_ends_in_one_outcome(walks):
    """Whatever the facts, the interview ends, and in a single place."""
    assert [s for s in walks if s.asking is not None or len(s.branches) != 1] == []


def test_every_case_ends_where_the_tree_leads(walks, every):
    """The engine and the proof, written apart, ask the same and end in the same outcome."""
    by_proof = [(passage.asked, passage.outcome) for passage in every.passages]
    assert [(s.trail, s.branches[0].place) for s in walks] == by_proof


def test_no_fact_is_asked_twice(walks):
    """An interview asks for a fact once."""
    assert [s for s in walks if len(dict(s.trail)) < len(s.trail)] == []


def test_nothing_that_is_implied_is_asked(guide, walks):
    """A question has at least two answers that can stand beside those before it."""
    settled = [
        (before, fact)
        for s in walks
        for before, (fact, _) in zip(prefixes(s), s.trail, strict=False)
        if len(guide.space.values_left(fact, before)) < 2
    ]
    assert settled == []


def test_what_is_recommended_fits(guide, walks, every):
    """A group is recommended only where its "use when" holds."""
    verdicts = [verdict(guide, s) for s in walks]
    wrong = [
        (case, said.group)
        for case, said in zip(every.cases, verdicts, strict=True)
        if said.group is not None and said.group not in groups_that_fit(guide, case)
    ]
    assert wrong == []


def test_one_answer_more_only_narrows_what_is_within_reach(guide, every, standings):
    """The outcomes within reach are those that the cases still possible end in."""
    wrong = [
        s for s in standings if set(outcomes_within_reach(guide, s)) != every.outcomes(s.known)
    ]
    assert wrong == []


def test_the_bound_is_the_longest_interview_still_possible(guide, walks):
    """Before each question, "at most" is exactly what the longest way on from here asks."""
    longest: defaultdict[tuple[tuple[str, str], ...], int] = defaultdict(int)
    for s in walks:
        for before in prefixes(s):
            key = tuple(before.items())
            longest[key] = max(longest[key], len(s.trail))
    said = {key: at_most(guide, replay(guide, dict(key))) for key in longest}
    assert said == dict(longest)


def test_the_bound_holds_after_not_sure(guide, standings):
    """After "not sure", definite answers from here on never ask more than "at most" said."""
    asked = {s.trail: len(s.trail) for s in sorted(standings, key=lambda s: -len(s.trail))}
    for trail, count in list(asked.items()):
        if trail and trail[-1][1] != "unsure":
            asked[trail[:-1]] = max(asked[trail[:-1]], count)
    exceeded = [s for s in standings if asked[s.trail] > at_most(guide, s)]
    assert exceeded == []


def test_the_bound_counts_only_questions_that_may_still_come(guide, standings):
    """After "not sure" too, "at most" counts no question that no way on from here asks."""
    to_come = defaultdict(set)
    for s in standings:
        facts = [fact for fact, _ in s.trail]
        for count in range(len(facts)):
            to_come[s.trail[:count]].update(facts[count:])
    wrong = [s for s in standings if at_most(guide, s) > len(s.trail) + len(to_come[s.trail])]
    assert wrong == []


def test_the_bound_never_grows(guide, every, walks):
    """A definite answer never makes the interview longer than was promised before it."""
    bounds = {s.trail: [at_most(guide, replay(guide, p)) for p in prefixes(s)] for s in walks}
    assert [trail for trail, some in bounds.items() if some != sorted(some, reverse=True)] == []


def test_back_undoes_one_answer(guide, standings):
    """Back leads to the very place where the last answer was asked for."""
    wrong = [
        s
        for s in standings
        if s.trail
        and replay(guide, without_last(dict(s.trail), s)) != replay(guide, dict(s.trail[:-1]))
    ]
    assert wrong == []


def test_back_at_the_start_changes_nothing(guide):
    """Where nothing has been answered, there is nothing to undo."""
    assert without_last(NOTHING, replay(guide, NOTHING)) == NOTHING


def test_back_drops_what_is_set_aside(guide):
    """The last answer that counts is undone, and what nobody sees any more does not come back."""
    given = answers("investigation=open setting=out_of_home goal=no_plan")
    kept = without_last(given, replay(guide, given))
    assert kept == answers("investigation=open")


def test_a_changed_answer_sets_aside_what_no_longer_applies(guide):
    """Answers that are no longer asked for are kept and do not count."""
    given = answers("investigation=none goal=adoption fins=without_report")
    then = replay(guide, with_answer(given, "investigation", "concluded"))
    assert tuple(then.set_aside) == ("fins",)


def test_an_answer_set_aside_counts_again(guide):
    """Changing an answer there and back leads to where the interview stood."""
    given = answers("investigation=none goal=adoption fins=without_report")
    there = with_answer(given, "investigation", "concluded")
    assert replay(guide, with_answer(there, "investigation", "none")) == replay(guide, given)


@pytest.mark.parametrize("word", ["guardianship", "", "None", "none ", "yes"])
def test_a_word_that_is_no_value_does_not_count(guide, word):
    """An answer out of the vocabulary leaves its question open, and is kept."""
    standing = replay(guide, {**answers("investigation=open"), "goal": word})
    assert (standing.asking, *standing.set_aside) == ("goal", "goal")


def test_an_unknown_fact_does_not_count(guide):
    """An answer to what is no question is set aside."""
    assert tuple(replay(guide, answers("weather=fine")).set_aside) == ("weather",)


def test_an_answer_that_cannot_stand_beside_earlier_ones_does_not_count():
    """A value that an earlier answer excludes leaves its question open."""
    tiny = tiny_guide("a: x>b y>b | b: x>one y>two z>three", never=["a=x b=z"])
    assert replay(tiny, answers("a=x b=z")).asking == "b"


def test_only_values_that_can_stand_are_offered():
    """A question offers the values left beside the answers before it."""
    tiny = tiny_guide("a: x>b y>b | b: x>one y>two z>three", never=["a=x b=z"])
    assert values_open(tiny, replay(tiny, answers("a=x")), "b") == ("x", "y")


def test_an_earlier_question_offers_every_value_again(guide):
    """To change an answer, all its values are offered, whatever was answered after it."""
    standing = replay(guide, answers("investigation=none goal=adoption fins=without_report"))
    assert values_open(guide, standing, "investigation") == ("none", "open", "concluded")


def test_facts_known_beforehand_are_not_asked(guide, partials):
    """No known fact is asked for, whatever is known and whatever is not."""
    unknown = {
        known["setting"]: known for known in partials if "setting" in known and "goal" in known
    }
    asked = [replay(guide, {}, known).asking for known in unknown.values()]
    assert {"setting", "goal"} & set(asked) == set()


def test_a_question_that_a_known_fact_makes_pointless_is_not_asked(guide):
    """Where the FINS rule cannot apply, the interview continues past it."""
    known = answers("investigation=none goal=return_home fins=other_fins")
    assert replay(guide, {}, known).asking == "setting"
