"""Rules about the guide's own names: each is a plain word, and none means two things."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from assistant.content.model import Guide
from assistant.content.problems import Fault, KeyPath

_WORDS = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")

_KEPT_BACK = "unsure"
"""The engine's word for "not sure", which therefore no fact may have as a value."""


def is_plain_word(name: str) -> bool:
    """Tell whether a name is lower-case words joined by underscores."""
    return _WORDS.fullmatch(name) is not None


def _names_are_plain_words(guide: Guide) -> Iterator[Fault]:
    for path in _names_given(guide):
        name = str(path[-1])
        if not is_plain_word(name):
            message = f"{name!r} is not lower-case words joined by underscores"
            yield Fault(path, message, "name", of_key=True)
        elif path[2:3] == ("options",) and name == _KEPT_BACK:
            message = f"{name!r} is how the assistant itself writes that a worker is not sure"
            yield Fault(path, message, "name", of_key=True)


def _names_given(guide: Guide) -> Iterator[KeyPath]:
    """Give the path of every name that the guide makes up; `checks` looks at those it refers to."""
    yield from _below(("documents",), guide.documents)
    yield from _below(("groups",), guide.groups)
    yield from _below(("questions",), guide.questions)
    for fact, question in guide.questions.items():
        yield from _below(("questions", fact, "options"), question.options)
    yield from _below(("tree", "nodes"), guide.tree.nodes)
    yield from _below(("outcomes",), guide.outcomes)
    yield from _below(("glossary",), guide.glossary)
    yield from _below(("topics",), guide.topics)
    yield from _below(("situations",), guide.situations)
    yield from _below(("about", "override_reasons"), guide.about.override_reasons)


def _below(path: KeyPath, names: Iterable[str]) -> Iterator[KeyPath]:
    yield from ((*path, name) for name in names)


def _nodes_and_outcomes_have_names_of_their_own(guide: Guide) -> Iterator[Fault]:
    for name in guide.tree.nodes:
        if name in guide.outcomes:
            message = f"{name!r} is both a node and an outcome"
            yield Fault(("tree", "nodes", name), message, "same-name", of_key=True)


def _typed_words_choose_one_option(guide: Guide) -> Iterator[Fault]:
    for fact, question in guide.questions.items():
        counts = Counter(
            word.casefold() for option in question.options.values() for word in option.words
        )
        for value, option in question.options.items():
            for index, word in enumerate(option.words):
                if counts[word.casefold()] > 1:
                    path = ("questions", fact, "options", value, "words", index)
                    yield Fault(path, f"{word!r} would choose two options", "same-name")


def _terms_have_names_of_their_own(guide: Guide) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for key, term in guide.glossary.items():
        for name in (term.name, *term.also):
            other = seen.setdefault(name.casefold(), key)
            if other != key:
                message = f"{name!r} already means {other!r}"
                yield Fault(("glossary", key), message, "same-name", of_key=True)


NAMING_CHECKS: tuple[Callable[[Guide], Iterator[Fault]], ...] = (
    _names_are_plain_words,
    _nodes_and_outcomes_have_names_of_their_own,
    _typed_words_choose_one_option,
    _terms_have_names_of_their_own,
)
"""Rules about names, for a guide of the right shape."""
