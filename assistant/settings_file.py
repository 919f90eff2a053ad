"""What may stand in a settings file: a small check for each setting, every mistake at its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from assistant.database_url import url_mistake
from assistant.problems import Problem, did_you_mean, position_after
from assistant.toml_places import TomlMistakeError, parsed, places

LONGEST_ALIAS = 30
"""An alias has at most this many characters."""

_ALIAS = re.compile(r"[^\W_](?:-?[^\W_])*")


class _Wrong(NamedTuple):
    message: str
    rule: str


def checked(written: bytes, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Give the values that a settings file sets, by name, and every mistake in it."""
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = position_after(error.object[: error.start].decode())
        return {}, [Problem(file, *place, "the file is not UTF-8 text", "encoding")]
    try:
        data = parsed(text)
    except TomlMistakeError as error:
        return {}, [Problem(file, error.line, error.column, _no_toml(error, text), "toml")]
    values = {name: CHECKS[name](value) for name, value in data.items() if name in CHECKS}
    good = {name: value for name, value in values.items() if not isinstance(value, _Wrong)}
    return good, list(_problems(text, file, data, values)) if len(good) < len(data) else []


def _problems(
    text: str, file: str, data: Mapping[str, object], values: Mapping[str, object]
) -> Iterator[Problem]:
    stands = places(text)
    for name, value in data.items():
        now = values.get(name)
        if name not in values:
            yield Problem(file, *stands[name].key, _unknown(name, value), "unknown-key")
        elif isinstance(now, _Wrong):
            yield Problem(file, *stands[name].value, now.message, now.rule)


def _unknown(name: str, value: object) -> str:
    section = "; settings stand in no [section]" if isinstance(value, dict | list) else ""
    return f"there is no setting {name!r}{did_you_mean(name, CHECKS) or section}"


def _no_toml(error: TomlMistakeError, text: str) -> str:
    line = [*text.splitlines(), ""][error.line - 1]
    hint = (
        "in double quotes, each \\ is written twice; in single quotes it stands for itself"
        if "\\" in line
        else 'words stand in quotes, as in theme = "light", and true and false without'
    )
    return f"this is not TOML: {error.message[:1].lower()}{error.message[1:]}; {hint}"


def _theme(value: object) -> str | _Wrong:
    if isinstance(value, str) and value in {"dark", "light"}:
        return value
    near = did_you_mean(value, ["dark", "light"]) if isinstance(value, str) else ""
    return _Wrong(f'theme is "dark" or "light"{near}', "unknown-value")


def _yes_or_no(value: object) -> bool | _Wrong:
    if isinstance(value, bool):
        return value
    return _Wrong("this is true or false, without quotes", "wrong-shape")


def _folder(value: object) -> Path | _Wrong:
    """Take a folder that is the same wherever the assistant is started; it need not be there."""
    if not isinstance(value, str) or not value.strip():
        return _Wrong("a folder is a name in quotes", "wrong-shape")
    if not value.isprintable():
        return _Wrong("no folder's name has such a character", "character")
    try:
        path = Path(value.strip()).expanduser()
    except RuntimeError:
        return _Wrong("nobody here has the name after ~", "unknown-value")
    if not path.is_absolute():
        return _Wrong("a folder is written out from the root, or from ~", "relative-folder")
    return path


def _alias(value: object) -> str | _Wrong:
    if not isinstance(value, str):
        return _Wrong("an alias is a word in quotes", "wrong-shape")
    if "@" in value:
        return _Wrong("an alias is no e-mail address: take a word that does not name you", "alias")
    if len(value) > LONGEST_ALIAS:
        return _Wrong(f"an alias has at most {LONGEST_ALIAS} characters", "too-long")
    if value and not _ALIAS.fullmatch(value):
        return _Wrong("an alias is letters and digits, with single dashes between", "alias")
    return value


def alias_mistake(typed: str) -> str:
    """Say what keeps a word from being an alias, or nothing."""
    found = _alias(typed)
    return found.message if isinstance(found, _Wrong) else ""


def _records_url(value: object) -> str | _Wrong:
    """Take an address, or nothing; what it says is never repeated, since it can hold a password."""
    if not isinstance(value, str):
        return _Wrong("an address is text in quotes", "wrong-shape")
    mistake = url_mistake(value.strip()) if value.strip() else ""
    return _Wrong(mistake, "address") if mistake else value.strip()


CHECKS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "theme": _theme,
        "reduced_motion": _yes_or_no,
        "plain": _yes_or_no,
        "folder": _folder,
        "content": _folder,
        "alias": _alias,
        "records_url": _records_url,
    }
)
"""Each setting's check: it gives the value as the assistant uses it, or what is wrong with it."""
