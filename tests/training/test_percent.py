"""Shares in whole per cent."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.text import percent, reaches


@given(st.integers(1, 300), st.integers(1, 100), st.data())
def test_a_share_is_the_nearest_per_cent_but_never_a_mark_that_is_missed(whole, mark, data):
    """Within half a per cent, unless that would look like passing, or like all."""
    part = data.draw(st.integers(0, whole))
    found = percent(part, whole, mark)
    exact = 100 * part / whole
    passed = reaches(part, whole, mark)
    assert passed == (exact >= mark)
    assert passed == (found >= mark)
    assert (found == 100) == (part == whole)
    if abs(found - exact) > 0.5:
        assert found in {mark - 1, 99}
        assert exact - found < 1


def test_some_shares():
    """Two thirds are 67, and 66 where 67 passes; nothing of nothing is 0."""
    assert [percent(2, 3), percent(2, 3, 67), percent(1, 3), percent(0, 0)] == [67, 66, 33, 0]
    assert not reaches(0, 0, 1)
