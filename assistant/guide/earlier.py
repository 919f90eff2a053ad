"""What earlier guides called things, and what an answer given under one means under today's."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from assistant.errors import GuideError
from assistant.guide.loading import EARLIER, LoadedGuide, new_problems, parsed, read_files
from assistant.guide.model import AtLeastOne, Guide, Id, Shape, Text
from assistant.guide.problems import GuideFault, GuideProblemsError, KeyPath

Values = Mapping[str, tuple[str, ...]]  # facts, and the values that each may have


@dataclass(frozen=True, kw_only=True)
class EarlierOption(Shape):
    """An answer as it was worded; `means` has what today's facts may then be, where that differs."""

    label: Text
    short: Text
    means: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EarlierQuestion(Shape):
    """A question as it was asked."""

    name: Text
    ask: Text
    options: Mapping[Id, EarlierOption]


@dataclass(frozen=True, kw_only=True)
class EarlierGuide(Shape):
    """The words of a guide that no longer decides, by the hash of its meaning.

    `outcomes` has what was so of every case that ended in one, `stories` the first words of those
    written by hand.
    """

    version: Text
    meaning_hash: Text
    questions: Mapping[Id, EarlierQuestion]
    outcomes: Mapping[Id, Text]
    stories: Mapping[Id, Text]

    def marked(self, words: str) -> str:
        return f"{words} (guide {self.version})"

    def in_short(self, answers: Mapping[str, str]) -> str:
        """Return answers in few words: `Case plan: developed; Goal: adoption`."""
        said = []
        for fact, value in answers.items():
            question, option = self.questions.get(fact), self.option(fact, value)
            name = question.name if question else fact
            said.append(f"{name}: {option.short if option else value.replace('_', ' ')}")
        return "; ".join(said)

    def option(self, fact: str, value: str) -> EarlierOption | None:
        """Return an answer as it was worded, None where there was none such."""
        question = self.questions.get(fact)
        return question.options.get(value) if question else None


def load_earlier(folder: Path) -> dict[str, EarlierGuide]:
    """Return the earlier guides told of beside the guide in `folder`, by the hash of their meaning.

    Raises `GuideProblemsError` where a file has mistakes, `GuideError` where it cannot be read.
    """
    return {one.meaning_hash: one for one in _read(folder, None)}


def check_earlier(folder: Path, guide: Guide) -> int:
    """Hold the earlier guides told of in `folder` to the facts of today's, and return how many there are.

    Raises as `load_earlier` does, also for a fact or value that today's guide does not have.
    """
    return len(_read(folder, guide))


def earlier_guides(loaded: LoadedGuide) -> Mapping[str, EarlierGuide]:
    """Return the earlier guides that came with a guide, read when first asked for; none if unusable."""
    return _earlier_in(loaded.folder)


def earlier_guide(loaded: LoadedGuide, meaning_hash: str) -> EarlierGuide | None:
    """Return the earlier guide that something was made under; None for today's and for one unknown."""
    if meaning_hash == loaded.meaning_hash:
        return None
    return earlier_guides(loaded).get(meaning_hash)


@cache
def _earlier_in(folder: Path) -> Mapping[str, EarlierGuide]:
    # What is old is then told by its ids, as where no earlier guide is known; the check names mistakes.
    with suppress(GuideError):
        return load_earlier(folder)
    return {}


def _read(folder: Path, guide: Guide | None) -> list[EarlierGuide]:
    # Pydantic and YAML are loaded only for what is old.
    from assistant.guide.reading import shaped  # noqa: PLC0415

    place = folder / EARLIER
    if not place.is_dir():
        return []
    sections = {path.stem: path.stem for path in sorted(place.glob("*.yaml"))}
    source = parsed(*read_files(place, sections), sections)
    found: list[EarlierGuide] = []
    faults: list[GuideFault] = []
    for root in sections:
        one, wrong = shaped(source.data.get(root, {}), EarlierGuide)
        found += [one] if one else []
        wrong = list(_unknown(one, guide)) if one and guide else wrong
        faults += [replace(fault, path=(root, *fault.path)) for fault in wrong]
    if problems := [*source.problems, *new_problems(source, faults)]:
        named = [replace(problem, file=f"{EARLIER}/{problem.file}") for problem in problems]
        raise GuideProblemsError(str(folder), named, what="What is kept of earlier guides")
    return found


def _unknown(earlier: EarlierGuide, guide: Guide) -> Iterator[GuideFault]:
    """Return a fault for each answer that today's guide lacks, itself or what it is said to mean."""
    from assistant.guide.checks import known  # noqa: PLC0415 - only for who keeps the guide

    for fact, question in earlier.questions.items():
        for value, option in question.options.items():
            path: KeyPath = ("questions", fact, "options", value)
            if not option.means and value not in guide.space.values.get(fact, ()):
                message = f"today's guide has no {fact}={value}, and 'means' is missing"
                yield GuideFault(path, message, "missing-key", of_key=True)
            for now, values in option.means.items():
                here = (*path, "means", now)
                yield from known(now, guide.questions, here, "fact", of_key=True)
                if now in guide.questions:
                    for index, name in enumerate(values):
                        options = guide.questions[now].options
                        yield from known(name, options, (*here, index), f"value of {now!r}")


def meant(earlier: EarlierGuide | None, fact: str, value: str) -> Values:
    """Return what one old answer means: the values that each of today's facts may have beside it."""
    option = earlier.option(fact, value) if earlier else None
    return option.means if option and option.means else {fact: (value,)}


def carried(guide: Guide, earlier: EarlierGuide | None, answers: Mapping[str, str]) -> Values:
    """Return the values that today's facts may have beside old answers, less those that any may.

    An answer that today's guide does not have, or that others rule out, narrows nothing; a fact that
    can have one value alone narrows those that it cannot be true together with.
    """
    left: dict[str, tuple[str, ...]] = {}
    for fact, value in answers.items():
        for now, values in meant(earlier, fact, value).items():
            known = guide.space.values.get(now, ())
            if not set(values).isdisjoint(known):
                left[now] = tuple(name for name in left.get(now, known) if name in values)
    found = {fact: values for fact, values in left.items() if values}
    sure = {fact: values[0] for fact, values in found.items() if len(values) == 1}
    return {
        fact: tuple(value for value in values if guide.space.stands({**sure, fact: value}))
        or values
        for fact, values in found.items()
    }
