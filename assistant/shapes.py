"""Frozen shapes: dataclasses whose methods are written once for all kinds."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """A frozen dataclass; `class Answer(Frozen):` in place of `@dataclass(frozen=True)`.

    What `dataclass` would generate for each kind takes half a millisecond to compile, which the
    kinds that a start needs would pay with a twentieth of its time.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _blank: ClassVar[Mapping[str, Any]]
    _made: ClassVar[Mapping[str, Callable[[], Any]]]
    _needed: ClassVar[frozenset[str]]
    _placed: ClassVar[tuple[str, ...]]
    _compared: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        super().__init_subclass__()
        dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        cls._blank = {one.name: one.default for one in fields(cls)}
        cls._made = {
            one.name: one.default_factory
            for one in fields(cls)
            if one.default_factory is not MISSING
        }
        bare = {name for name, default in cls._blank.items() if default is MISSING}
        cls._needed = frozenset(bare - cls._made.keys())
        cls._placed = tuple(one.name for one in fields(cls) if not one.kw_only)
        cls._compared = tuple(one.name for one in fields(cls) if one.compare)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever the fields hold
        values = {**dict(zip(self._placed, given, strict=False)), **named}
        unfit = len(values) < len(given) + len(named) or not values.keys() <= self._blank.keys()
        if unfit or not self._needed <= values.keys():
            takes = ", ".join(self._blank)
            raise TypeError(f"{type(self).__name__} takes each of {takes} once")
        made = {name: make() for name, make in self._made.items() if name not in values}
        vars(self).update({**self._blank, **made, **values})
        self.__post_init__()

    def __post_init__(self) -> None:
        """Do what a kind has to do when it is made: nothing, for most."""

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        shown = (f"{one.name}={vars(self)[one.name]!r}" for one in fields(self) if one.repr)
        return f"{type(self).__name__}({', '.join(shown)})"

    def _values(self) -> tuple[object, ...]:
        own = vars(self)
        return tuple([own[name] for name in self._compared])
