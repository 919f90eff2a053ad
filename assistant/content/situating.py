"""Rules about situations: what each settles is known and can be so, and no phrase belongs to two."""

from collections.abc import Iterator

from assistant.content.known import known_facts
from assistant.content.model import Guide
from assistant.content.problems import Fault


def situations_are_known(guide: Guide) -> Iterator[Fault]:
    """Check that every fact and value a situation settles is one of the guide's."""
    for name, situation in guide.situations.items():
        yield from known_facts(guide, situation.facts, ("situations", name, "facts"))


def situations_have_words_of_their_own(guide: Guide) -> Iterator[Fault]:
    """Check that typing a phrase whole finds one situation."""
    seen: dict[str, str] = {}
    for name, situation in guide.situations.items():
        for index, phrase in enumerate(situation.words):
            other = seen.setdefault(phrase.casefold(), name)
            if other != name:
                message = f"{phrase!r} already stands for {other!r}"
                yield Fault(("situations", name, "words", index), message, "same-name")


def topics_and_terms_have_names_of_their_own(guide: Guide) -> Iterator[Fault]:
    """Check that no topic has a term's id: look-up gives both as terms."""
    for name in guide.topics:
        if name in guide.glossary:
            message = f"{name!r} is both a topic and a term"
            yield Fault(("topics", name), message, "same-name", of_key=True)


def situations_can_be_so(guide: Guide) -> Iterator[Fault]:
    """Check, once all names are known, that what a situation settles can stand together."""
    for name, situation in guide.situations.items():
        if not guide.space.stands(situation.facts):
            path = ("situations", name, "facts")
            yield Fault(path, "these facts cannot stand together", "cannot-stand")
