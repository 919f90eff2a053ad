"""A trainer's own stories: read from one file, held to the guide, kept in a class file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from assistant.engine.interview import replay
from assistant.errors import GuideError
from assistant.guide.checks import is_plain_word, known_facts
from assistant.guide.loading import new_problems, parsed
from assistant.guide.model import Bounds, Guide, Id, Shape, Text
from assistant.guide.problems import GuideFault, GuideProblemsError, KeyPath
from assistant.private import foreign_text
from assistant.records.privacy import personal_details
from assistant.training.content import (
    SUPERVISOR_ID,
    Marks,
    PracticeCase,
    case_ends,
    marks_known,
)
from assistant.training.judging import acceptable_answers


@dataclass(frozen=True, kw_only=True)
class OwnStory(Shape):
    """A trainer's own story: what a written one has, with its answer in place of an outcome.

    `right` is a group or `supervisor`. `acceptable` may be left out; where it is given, it is
    exactly what the guide accepts beside the right answer.
    """

    story: Text
    ask: Text
    facts: Mapping[Id, Id]
    right: Id
    acceptable: tuple[Id, ...] | None = None
    note: Text
    marks: Marks = field(default_factory=Marks)


_MOST_BYTES = 4_000_000  # no file of stories comes near this


@dataclass(frozen=True, kw_only=True)
class OwnStories(Shape):
    """A trainer's file of stories, by name."""

    stories: Annotated[Mapping[Id, OwnStory], Bounds(at_least=1)]


def read_own_stories(path: Path, guide: Guide, known_names: Collection[str]) -> OwnStories:
    """Read a trainer's file of stories and hold each to the guide.

    Raises `GuideError` where it cannot be read, `GuideProblemsError` with the place of each mistake:
    also facts that cannot be, an answer that is not the guide's, and a name that is taken.
    """
    from assistant.guide.reading import shaped  # noqa: PLC0415 - loads YAML and pydantic

    try:
        text = foreign_text(path, _MOST_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or f"it is {getattr(error, 'reason', 'no text')}"
        mend = "check the name, and save the file as plain text."
        raise GuideError(
            f"The stories cannot be read: {why}.", where=str(path), mend=mend
        ) from None
    source = parsed({path.name: text}, [], {"stories": path.name.removesuffix(".yaml")})
    own, faults = shaped(source.data, OwnStories)
    if own and not source.unread:
        faults = [*own_faults(own, guide), *_taken(own, known_names)]
    if own is None or faults or source.problems:
        problems = [*source.problems, *new_problems(source, faults)]
        what, instead = "The file of stories", "leave the file out until they are fixed"
        raise GuideProblemsError(str(path), problems, what=what, instead=instead)
    return own


def own_in(plain: Mapping[str, object], guide: Guide) -> OwnStories | None:
    """Return stories kept as plain data, None where they do not hold with this guide."""
    from assistant.guide.reading import shaped  # noqa: PLC0415 - as above

    own, _ = shaped({"stories": plain}, OwnStories)
    return own if own and not list(own_faults(own, guide)) else None


def plain_own(own: OwnStories) -> dict[str, dict[str, Any]]:
    """Return a trainer's stories as plain data, without what says nothing."""
    marks = {
        name: {mark: said for mark, said in vars(one.marks).items() if said not in {"no", None}}
        for name, one in own.stories.items()
    }
    return {
        name: {
            "story": one.story,
            "ask": one.ask,
            "facts": dict(one.facts),
            "right": one.right,
            "note": one.note,
            **({"marks": marks[name]} if marks[name] else {}),
        }
        for name, one in own.stories.items()
    }


def own_faults(own: OwnStories, guide: Guide) -> Iterator[GuideFault]:
    """Yield every way in which a trainer's stories and the guide disagree."""
    for name, told in own.stories.items():
        path: KeyPath = ("stories", name)
        if not is_plain_word(name):
            message = f"{name!r} is not lower-case words joined by underscores"
            yield GuideFault(path, message, "name", of_key=True)
        unknown = list(known_facts(guide, told.facts, (*path, "facts")))
        yield from unknown or _answers_as_guided(guide, told, path)
        yield from marks_known(guide, told.marks, path)
        for key in ("story", "ask", "note"):
            for detail in personal_details(getattr(told, key)):
                message = f"this looks like {detail.kind}: stories are made up, and name nobody"
                yield GuideFault((*path, key), message, "personal")


def _taken(own: OwnStories, known_names: Collection[str]) -> Iterator[GuideFault]:
    for name in own.stories:
        if name in known_names:
            message = f"{name!r} is the name of a story that comes with the guide: choose another"
            yield GuideFault(("stories", name), message, "same-name", of_key=True)


def _answers_as_guided(guide: Guide, told: OwnStory, path: KeyPath) -> Iterator[GuideFault]:
    """Check that the facts stand together and say everything, and that the answers are the guide's."""
    lacking = list(case_ends(guide, told.facts, path))
    if lacking:
        yield from lacking
        return
    place = replay(guide, told.facts).branches[0].place
    right = guide.outcomes[place].group or SUPERVISOR_ID
    if told.right != right:
        message = f"the guide's answer to these facts is {right!r}, not {told.right!r}"
        yield GuideFault((*path, "right"), message, "wrong-answer")
    fine = {one or SUPERVISOR_ID for one in acceptable_answers(guide, place)}
    if told.acceptable is not None and set(told.acceptable) != fine:
        also = ", ".join(sorted(fine)) or "nothing"
        message = f"the guide accepts {also} here beside the right answer"
        yield GuideFault((*path, "acceptable"), message, "wrong-answer")


def case_of(guide: Guide, own: OwnStory) -> PracticeCase:
    """Return a trainer's story, checked, as one written by hand."""
    outcome = replay(guide, own.facts).branches[0].place
    return PracticeCase(
        story=own.story,
        ask=own.ask,
        facts=own.facts,
        outcome=outcome,
        marks=own.marks,
        note=own.note,
    )
