"""Has pydantic hold plain data against the guide's shapes, and says in the guide's terms what is wrong.

Errors are told apart by pydantic's `type`, never by its English.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from assistant.content.model import Shape
from assistant.content.problems import Fault, KeyPath, Rule
from assistant.problems import did_you_mean

_PLAIN: Mapping[str, tuple[str, Rule]] = MappingProxyType(
    {
        "string_type": ("expected text", "wrong-shape"),
        "string_too_short": ("the text is empty", "empty"),
        "string_too_long": ("the quote is too long: keep the few words that decide", "long-quote"),
        "tuple_type": ("expected a list", "wrong-shape"),
        "too_short": ("too few stand here", "too-few"),
        "mapping_type": ("expected keys and values", "wrong-shape"),
        "dict_type": ("expected keys and values", "wrong-shape"),
        "dataclass_type": ("expected keys and values", "wrong-shape"),
        "int_parsing": ("expected a whole number", "wrong-shape"),
        "greater_than_equal": ("the number is too small", "wrong-shape"),
    }
)


Whole = TypeVar("Whole", bound=Shape)
"""The shape that all of the data is to have."""


def shaped(data: Mapping[str, object], whole: type[Whole]) -> tuple[Whole | None, list[Fault]]:
    """Give what `data` holds as `whole`, or every way in which its shape is wrong."""
    try:
        return TypeAdapter(whole).validate_python(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_fault_from(detail, whole) for detail in details if not _only_follows(detail)]


def _only_follows(detail: Mapping[str, Any]) -> bool:
    """Tell whether a list is called too short only because items of it have mistakes of their own."""
    if detail["type"] != "too_short":
        return False
    wanted: int = detail["ctx"]["min_length"]
    return len(detail["input"]) >= wanted


def _fault_from(detail: Mapping[str, Any], whole: type[Shape]) -> Fault:
    """Turn one of pydantic's error details (`type`, `loc`, `ctx`, `input`) into a fault."""
    path = tuple(detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return Fault(path[:-1], f"{path[-1]!r} is missing", "missing-key", of_key=True)
    if kind == "unexpected_keyword_argument":
        hint = did_you_mean(str(path[-1]), _fields_at(path[:-1], whole))
        return Fault(path, f"unknown key {path[-1]!r}{hint}", "unknown-key", of_key=True)
    if kind == "literal_error":
        return Fault(path, f"expected {detail['ctx']['expected']}", "unknown-value")
    message, rule = _PLAIN.get(kind, (f"this cannot stand here ({kind})", "wrong-shape"))
    return Fault(path, message, rule)


def _fields_at(path: KeyPath, whole: type[Shape]) -> list[str]:
    """Give the keys that the shape at `path` knows; none where the path leaves the shapes."""
    here: Any = whole
    for step in path:
        here = _inside(here, step)
    return [field.name for field in fields(here)] if is_dataclass(here) else []


def _inside(kind: Any, step: str | int) -> Any:  # noqa: ANN401 - any annotation may stand here
    if is_dataclass(kind):
        found: Any = next((field.type for field in fields(kind) if field.name == step), None)
    else:
        found = next((part for part in reversed(get_args(kind)) if part is not Ellipsis), None)
    return get_args(found)[0] if get_origin(found) is Annotated else found
