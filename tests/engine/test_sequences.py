"""Whatever a worker does in whatever order, the interview is what its answers say."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.interview import (
    NOTHING,
    UNSURE,
    replay,
    values_open,
    with_answer,
    without_last,
)
from tests.builders import shipped

GUIDE = shipped().guide

AN_ANSWER = st.sampled_from(
    [
        (fact, value)
        for fact, values in GUIDE.space.values.items()
        for value in (*values, UNSURE, "no such value")
    ]
)
A_STEP = st.one_of(st.just("back"), st.integers(0, 7), AN_ANSWER)
"""Go back, give the answer with this number to the question asked, or change any answer."""


def taken(steps):
    """Return the answers after some steps, and, kept by hand beside them, what they must be."""
    state = NOTHING
    by_hand: dict[str, str] = {}
    for step in steps:
        standing = replay(GUIDE, state)
        if step == "back":
            state = without_last(state, standing)
            by_hand = dict(standing.trail[:-1])
        elif isinstance(step, tuple):
            state = with_answer(state, *step)
            by_hand[step[0]] = step[1]
        elif standing.asking:
            values = (*values_open(GUIDE, standing, standing.asking), UNSURE)
            state = with_answer(state, standing.asking, values[step % len(values)])
            by_hand[standing.asking] = values[step % len(values)]
    return state, by_hand


@given(st.lists(A_STEP, max_size=20))
def test_steps_lead_where_their_answers_lead(steps):
    """Any sequence of answers, changes and steps back equals a fresh replay of what it left."""
    state, by_hand = taken(steps)
    assert replay(GUIDE, state) == replay(GUIDE, by_hand)


@given(st.lists(A_STEP, max_size=20))
def test_no_answer_is_lost(steps):
    """Each answer either counts or is set aside, until a step back."""
    standing = replay(GUIDE, taken(steps)[0])
    counted = dict(standing.trail)
    assert counted.keys() | set(standing.set_aside) == taken(steps)[1].keys()


@given(st.lists(A_STEP, max_size=20))
def test_the_order_in_which_answers_came_does_not_matter(steps):
    """The interview stands where its answers lead, whichever was given first."""
    state, _ = taken(steps)
    backwards = dict(reversed(state.items()))
    assert replay(GUIDE, backwards).trail == replay(GUIDE, state).trail


@given(st.lists(A_STEP, max_size=20), AN_ANSWER)
def test_a_change_taken_back_leaves_no_trace(steps, change):
    """Changing an answer and changing it back leads to where the interview stood."""
    state, _ = taken(steps)
    fact, value = change
    there = with_answer(state, fact, value)
    back = with_answer(there, fact, state[fact]) if fact in state else state
    assert replay(GUIDE, back) == replay(GUIDE, state)


@given(st.lists(A_STEP, max_size=20))
def test_steps_back_lead_to_the_start(steps):
    """As many steps back as answers count lead to the first question with nothing answered."""
    state, _ = taken(steps)
    for _ in replay(GUIDE, state).trail:
        state = without_last(state, replay(GUIDE, state))
    assert replay(GUIDE, state).trail == ()
