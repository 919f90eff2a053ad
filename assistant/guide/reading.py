"""YAML files as plain data with positions, held against the guide's shapes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.guide.model import Shape
from assistant.guide.problems import GuideFault, KeyPath, Problem, Rule
from assistant.text import did_you_mean, is_control, position_after

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_ALLOWED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML refuses; its C and Python readers count their place in different units."""

_ASIDE = -1  # in the path of what is read and not used, so that it takes no place
_DEEPEST = 20  # levels of lists and mappings in one file; the guide's own shapes need half as many


@dataclass
class Source:
    """Plain data gathered from files, with places and mistakes; `unread` files are not all in `data`."""

    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[KeyPath, tuple[str, int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[str, int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def read(self, text: str, file: str, root: str) -> None:
        """Merge one file's mapping into the data below `root`; add its mistakes to `problems`."""
        self.values.setdefault((root,), (file, 1, 1))
        try:
            _FileReader(self, file, text).merge_into(root)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.unusable((file, line, column), f"not valid YAML: {error.problem}", "yaml")
        except yaml.reader.ReaderError:
            found = _NOT_ALLOWED.search(text)
            place = position_after(text[: found.start()] if found else "")
            self.unusable((file, *place), "a character that YAML does not allow", "character")

    def problem(self, place: tuple[str, int, int], message: str, rule: Rule) -> None:
        self.problems.append(Problem(*place, message, rule))

    def unusable(self, place: tuple[str, int, int], message: str, rule: Rule) -> None:
        """Add one mistake at `place` that keeps the rest of its file from being read."""
        self.problem(place, message, rule)
        self.unread.add(place[0])

    def place(self, path: KeyPath, *, of_key: bool = False) -> tuple[str, int, int]:
        """Return the file, line and column of the nearest thing read at or above `path`."""
        for length in range(len(path), 0, -1):
            known = path[:length]
            first, second = (self.keys, self.values) if of_key else (self.values, self.keys)
            if known in first:
                return first[known]
            if known in second:
                return second[known]
        return ("guide.yaml", 1, 1)


class _FileReader:
    """Builds the data of one file from YAML's events."""

    def __init__(self, source: Source, file: str, text: str) -> None:
        self.source = source
        self.file = file
        self.events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def merge_into(self, root: str) -> None:
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.source.unusable((self.file, 1, 1), "the file is empty", "empty-file")
            return
        event = next(self.events)
        self._refuse_cleverness(event)
        if not isinstance(event, yaml.MappingStartEvent):
            self.source.unusable(self._at(event), "a file holds keys and values", "wrong-shape")
            return
        self._mapping((root,), self.source.data.setdefault(root, {}))
        next(self.events)  # the end of the document
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.source.problem(self._at(event), "a file holds one document", "wrong-shape")

    def _at(self, event: Any) -> tuple[str, int, int]:  # noqa: ANN401 - yaml's events are untyped
        return (self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _mapping(self, path: KeyPath, into: dict[str, Any]) -> None:
        aside = (*path, _ASIDE)
        for event in iter(lambda: next(self.events), None):
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._key(event, aside)
            if key in into:
                self.source.problem(self._at(event), f"{key!r} is here twice", "duplicate-key")
            if key is None or key in into:
                self._value(next(self.events), aside)
                continue
            here = (*path, key)
            self.source.keys[here] = self._at(event)
            into[key] = self._value(next(self.events), here)

    def _key(self, event: Any, path: KeyPath) -> str | None:  # noqa: ANN401
        """Return a key, or None where something else than a word is in its place."""
        value = self._value(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return str(value)
        if not isinstance(event, yaml.AliasEvent):
            message = "a key is a word, not a list or mapping"
            self.source.problem(self._at(event), message, "wrong-shape")
        return None

    def _value(self, event: Any, path: KeyPath) -> Any:  # noqa: ANN401
        if len(path) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        self._refuse_cleverness(event)
        self.source.values[path] = self._at(event)
        if isinstance(event, yaml.MappingStartEvent):
            mapping: dict[str, Any] = {}
            self._mapping(path, mapping)
            return mapping
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.AliasEvent):
            return ""
        if _steers(event.value):
            self.source.problem(self._at(event), "the text holds a control character", "character")
        return event.value

    def _sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in iter(lambda: next(self.events), None):
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return items

    def _refuse_cleverness(self, event: Any) -> None:  # noqa: ANN401
        if getattr(event, "anchor", None) is not None:
            self.source.problem(self._at(event), "anchors and aliases are not used here", "anchor")
        if getattr(event, "tag", None) is not None:
            self.source.problem(self._at(event), f"the tag {event.tag!r} is not used here", "tag")


def _steers(value: str) -> bool:
    """Tell whether text steers a terminal instead of being read; a quoted scalar can spell that out."""
    lines = value.split("\n")
    return not all(map(str.isprintable, lines)) and any(map(is_control, "".join(lines)))


_PLAIN: Mapping[str, tuple[str, Rule]] = {
    "string_type": ("expected text", "wrong-shape"),
    "string_too_short": ("the text is empty", "empty"),
    "string_too_long": ("the quote is too long: keep the few words that decide", "long-quote"),
    "tuple_type": ("expected a list", "wrong-shape"),
    "too_short": ("this list is too short", "too-few"),
    "mapping_type": ("expected keys and values", "wrong-shape"),
    "dict_type": ("expected keys and values", "wrong-shape"),
    "dataclass_type": ("expected keys and values", "wrong-shape"),
    "int_parsing": ("expected a whole number", "wrong-shape"),
    "greater_than_equal": ("the number is too small", "wrong-shape"),
}


Whole = TypeVar("Whole", bound=Shape)  # the shape that all of the data is to have


def shaped(data: Mapping[str, object], whole: type[Whole]) -> tuple[Whole | None, list[GuideFault]]:
    """Return what `data` holds as `whole`, or every way in which its shape is wrong."""
    try:
        return TypeAdapter(whole).validate_python(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_fault_from(detail, whole) for detail in details if not _only_follows(detail)]


def _only_follows(detail: Mapping[str, Any]) -> bool:
    """Tell whether a list is called too short only because items of it have their own mistakes."""
    if detail["type"] != "too_short":
        return False
    wanted: int = detail["ctx"]["min_length"]
    return len(detail["input"]) >= wanted


def _fault_from(detail: Mapping[str, Any], whole: type[Shape]) -> GuideFault:
    """Turn one of pydantic's error details (`type`, `loc`, `ctx`, `input`) into a fault."""
    path = tuple(detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return GuideFault(path[:-1], f"{path[-1]!r} is missing", "missing-key", of_key=True)
    if kind == "unexpected_keyword_argument":
        hint = did_you_mean(str(path[-1]), _fields_at(path[:-1], whole))
        return GuideFault(path, f"unknown key {path[-1]!r}{hint}", "unknown-key", of_key=True)
    if kind == "literal_error":
        return GuideFault(path, f"expected {detail['ctx']['expected']}", "unknown-value")
    message, rule = _PLAIN.get(kind, (f"this is not allowed here ({kind})", "wrong-shape"))
    return GuideFault(path, message, rule)


def _fields_at(path: KeyPath, whole: type[Shape]) -> list[str]:
    """Return the keys that the shape at `path` knows; none where the path leaves the shapes."""
    here: Any = whole
    for step in path:
        here = _inside(here, step)
    return [field.name for field in fields(here)] if is_dataclass(here) else []


def _inside(kind: Any, step: str | int) -> Any:  # noqa: ANN401 - any annotation may be here
    if is_dataclass(kind):
        found: Any = next((field.type for field in fields(kind) if field.name == step), None)
    else:
        found = next((part for part in reversed(get_args(kind)) if part is not Ellipsis), None)
    return get_args(found)[0] if get_origin(found) is Annotated else found
