"""A frozen shape behaves as a frozen dataclass of the standard library does."""

from collections.abc import Callable
from copy import copy
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.shapes import Frozen


class Ours(Frozen):
    """The shape under test."""

    name: str
    count: int = 0
    hidden: str = field(default="", repr=False)
    noted: str = field(default="", compare=False)
    parts: tuple[str, ...] = field(default_factory=tuple)
    last: int = field(default=1, kw_only=True)


@dataclass(frozen=True)
class Theirs:
    """The same shape as the standard library makes it."""

    name: str
    count: int = 0
    hidden: str = field(default="", repr=False)
    noted: str = field(default="", compare=False)
    parts: tuple[str, ...] = field(default_factory=tuple)
    last: int = field(default=1, kw_only=True)


_WORDS = st.sampled_from(["", "a", "b"])
_NUMBERS = st.integers(0, 2)
_KINDS = {
    "name": _WORDS,
    "count": _NUMBERS,
    "hidden": _WORDS,
    "noted": _WORDS,
    "parts": st.lists(_WORDS, max_size=2).map(tuple),
    "last": _NUMBERS,
    "unknown": _NUMBERS,
}
_GIVEN = st.tuples(st.lists(_WORDS, max_size=7), st.fixed_dictionaries({}, optional=_KINDS))


def made(kind: Callable[..., Any], given: tuple[list[str], dict[str, Any]]) -> Any:
    """Return the shape, or the kind of error that making it raises."""
    try:
        return kind(*given[0], **given[1])
    except TypeError as error:
        return type(error)


@given(_GIVEN, _GIVEN)
def test_it_is_made_shown_and_compared_as_a_dataclass(one, other):
    ours, theirs = made(Ours, one), made(Theirs, one)
    if theirs is TypeError:
        assert ours is TypeError
        return
    assert asdict(ours) == asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert [part.name for part in fields(ours)] == [part.name for part in fields(theirs)]
    second = made(Ours, other), made(Theirs, other)
    assert (ours == second[0]) == (theirs == second[1])
    if ours == second[0]:
        assert hash(ours) == hash(second[0])
    assert replace(ours, name="c") == Ours(**{**asdict(theirs), "name": "c"})
    assert copy(ours) == ours


def test_it_cannot_be_changed():
    shape = Ours("a")
    with pytest.raises(FrozenInstanceError):
        shape.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del shape.name
    assert shape == Ours("a")


def test_one_kind_never_equals_another_with_the_same_fields():
    class Other(Ours):
        pass

    assert Ours("a") != Other("a")
    assert Ours("a") != ("a", 0, "", (), 1)


def test_what_a_factory_makes_is_made_anew():
    class Held(Frozen):
        parts: list[str] = field(default_factory=list)

    Held().parts.append("a")
    assert Held().parts == []
