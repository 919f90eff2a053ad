"""What is practised with: cases written by hand, and the sentences that others are made from.

It lies in a folder of its own below the guide's, is read only by whoever practises, and is no part
of the guide: neither its hashes nor its start depend on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from annotated_types import MinLen

from assistant.content.files import PRACTICE, read_files
from assistant.content.model import AtLeastOne, Guide, Id, Shape, Text
from assistant.content.placing import news, parsed
from assistant.content.problems import GuideProblemsError
from assistant.errors import GuideError

_SECTIONS: Mapping[str, str] = MappingProxyType(
    {"cases": "cases", "sounds": "sounds", "telling": "telling"}
)

Sentences = Annotated[tuple[Text, ...], MinLen(3)]
"""Several ways to say one thing, so that stories differ."""


@dataclass(frozen=True, kw_only=True)
class PracticeCase(Shape):
    """A story written by hand, the question asked of it, and where its facts lead.

    `facts` are those that the story supports, at least all that the interview asks; a blank line
    in `story` parts its paragraphs.
    """

    story: Text
    ask: Text
    facts: Mapping[Id, Id]
    outcome: Id
    note: Text


@dataclass(frozen=True, kw_only=True)
class Opening(Shape):
    """How a made story begins; not used where a fact has one of the values of `unless`."""

    says: Text
    unless: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Service(Shape):
    """A service that could serve any case: how a made story speaks of it, and what is asked."""

    says: Text
    ask: Text


@dataclass(frozen=True, kw_only=True)
class Telling(Shape):
    """What a made story holds beside its facts; none of it bears on the answer.

    A lead comes before the facts, a link before the second paragraph of them.
    """

    openings: AtLeastOne[Opening]
    services: AtLeastOne[Service]
    leads: AtLeastOne[Text]
    links: AtLeastOne[Text]
    harmless: Annotated[tuple[Text, ...], MinLen(20)]


@dataclass(frozen=True, kw_only=True)
class Practice(Shape):
    """Everything practised with. `sounds` has, by fact and value, how each is said in a story."""

    cases: Annotated[Mapping[Id, PracticeCase], MinLen(1)]
    sounds: Mapping[Id, Mapping[Id, Sentences]]
    telling: Telling

    @property
    def harmless(self) -> tuple[str, ...]:
        """Details that are true under any facts."""
        return self.telling.harmless

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions put to a trainee by made stories."""
        return tuple(service.ask for service in self.telling.services)


def has_practice(folder: Path) -> bool:
    """Tell whether the guide in `folder` comes with anything to practise with."""
    return next((folder / PRACTICE).rglob("*.y*ml"), None) is not None


def load_practice(folder: Path, guide: Guide) -> Practice:
    """Read and check what the guide in `folder` is practised with.

    Raises `GuideError` where there is nothing or it cannot be read, `GuideProblemsError` where it
    has mistakes, such as a case whose facts do not lead to the outcome it states.
    """
    # Pydantic and YAML are loaded only for whoever practises.
    from assistant.content.practice_checks import check_practice  # noqa: PLC0415
    from assistant.content.shape import shaped  # noqa: PLC0415

    if not has_practice(folder):
        raise GuideError(
            "This guide has nothing to practise with.",
            where=str(folder / PRACTICE),
            mend="add that folder, or practise with the guide that came with the assistant.",
        )
    source = parsed(*read_files(folder / PRACTICE, _SECTIONS), _SECTIONS)
    practice, faults = shaped(source.data, Practice)
    if practice and not source.unread:
        faults = check_practice(practice, guide)
    found = [*source.problems, *news(source, faults)]
    if practice is None or found:
        named = [replace(problem, file=f"{PRACTICE}/{problem.file}") for problem in found]
        raise GuideProblemsError(str(folder), named, what="What is practised with")
    return practice
