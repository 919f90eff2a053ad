"""Which words will do as an alias: what a trainee is called in practice, and never a real name."""

from collections.abc import Iterable

from assistant.records.guard.privacy import personal_details
from assistant.settings_file import alias_mistake
from assistant.training.attempts import alias_problem

ASK = (
    "Choose an alias to practise under: a word that is not your name, such as blue-heron.\n"
    "Your trainer may see it beside your answers."
)
"""What is asked once, where no alias is set."""

FOR_GOOD = (
    'To be asked no more, put alias = "blue-heron", or your own word, into settings.toml;'
    " the command service-group settings --path says where that is."
)
"""How to set an alias for good."""


def alias_refusal(typed: str) -> str:
    """Say in a sentence what keeps words from being an alias; empty if nothing does.

    A name cannot be told from any other word; two words, an address or a number can.
    """
    if not typed.strip():
        return alias_problem(typed)
    mistake = alias_mistake(typed)
    if mistake:
        return f"Take another word: {mistake}."
    found = personal_details(typed)
    if found:
        return f"Take another word: this looks like {found[0].kind}."
    return alias_problem(typed)


def spelled(alias: str, known: Iterable[str]) -> str:
    """Give an alias as it is already known, whatever its capitals; as it is where it is not."""
    same = [name for name in known if name.casefold() == alias.casefold()]
    return alias if alias in same or not same else same[0]
