"""A class: its stories, also those that a trainer wrote, and its file."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field
from pathlib import Path
from random import Random
from typing import Annotated, Any

from assistant.engine.interview import replay
from assistant.errors import GuideError, UsageError
from assistant.guide import loading
from assistant.guide.checks import known_facts, named_plainly
from assistant.guide.model import Bounds, Guide, Id, Shape, Text
from assistant.guide.problems import GuideFault, GuideProblemsError, KeyPath
from assistant.private import foreign_text, shaped_as
from assistant.records.privacy import personal_details
from assistant.shapes import Frozen
from assistant.training.attempts import MODES, PASS_MARK, Mode, digest, file_data, refused, written
from assistant.training.content import SUPERVISOR_ID, Marks, PracticeCase, case_ends, marks_known
from assistant.training.judging import acceptable_answers
from assistant.training.stories import Story, fresh_story, story_by_id
from assistant.training.syllabus import RARE, Lesson, Syllabus


def stories_named(syllabus: Syllabus, ids: Sequence[str]) -> tuple[Story, ...]:
    """Return stories by their names; raises `UsageError` for a name that no story has."""
    try:
        return tuple(story_by_id(syllabus.guide, syllabus.practice, name) for name in ids)
    except KeyError as error:
        raise UsageError(
            f"There is no story named {error.args[0]!r}.",
            mend="`service-group training cases` lists the names. For a made story, use the guide it was made"
            " with.",
        ) from None


def stories_by_seed(
    syllabus: Syllabus, seed: int, count: int, *, mix: bool = False
) -> tuple[Story, ...]:
    """Choose `count` stories, every group and "ask the supervisor" as often as can be, by lot.

    All are made; with `mix` written ones come first, and made ones where an answer has no other. No
    opening and no harmless detail comes twice where that can be helped.
    """
    rng = Random(f"class {seed}")  # noqa: S311 - the same seed, the same class
    chosen: list[Lesson] = []
    while len(chosen) < count:
        groups = [*syllabus.guide.groups, None]
        rng.shuffle(groups)
        for group in groups[: count - len(chosen)]:
            written = mix and _lesson_for(syllabus, group, chosen, rng, written=True)
            chosen.append(
                written or _lesson_for(syllabus, group, chosen, rng) or syllabus.lessons[0]
            )
    stories: list[Story] = []
    guide, practice = syllabus.guide, syllabus.practice
    for lesson in sorted(chosen, key=lambda lesson: not lesson.story):
        if lesson.story:
            stories.append(story_by_id(guide, practice, lesson.story))
        else:
            stories.append(fresh_story((guide, practice), lesson.path.facts, rng, stories))
    return tuple(stories)


def content_hash(meaning_hash: str, stories: Sequence[Story]) -> str:
    """Return a hash over the guide's meaning, every word of the stories, and what they accept."""
    told = [
        [s.id, list(s.paragraphs), s.ask, dict(s.facts), s.outcome, sorted(map(str, s.acceptable))]
        for s in stories
    ]
    return digest([meaning_hash, told])


def _lesson_for(
    syllabus: Syllabus,
    group: str | None,
    chosen: Sequence[Lesson],
    rng: Random,
    *,
    written: bool = False,
) -> Lesson | None:
    """Return a story of a group by lot, not a rare one, whose outcome and facts were chosen least so far.

    A written one is chosen once; None where there is none left.
    """
    fit = [
        lesson
        for lesson in syllabus.lessons
        if lesson.level < RARE
        and bool(lesson.story) == written
        and lesson.right == group
        and not (written and lesson in chosen)
    ]
    ends, paths = [one.path.outcome for one in chosen], [one.path for one in chosen]
    rng.shuffle(fit)
    return min(
        fit, key=lambda one: (ends.count(one.path.outcome), paths.count(one.path)), default=None
    )


class OwnStory(Shape, kw_only=True):
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


_MOST_OWN_BYTES = 4_000_000  # no file of stories comes near this


class OwnStories(Shape, kw_only=True):
    """A trainer's file of stories, by name."""

    stories: Annotated[Mapping[Id, OwnStory], Bounds(at_least=1)]


def read_own_stories(path: Path, guide: Guide, known_names: Collection[str]) -> OwnStories:
    """Read a trainer's file of stories and hold each to the guide.

    Raises `GuideError` where it cannot be read, `GuideProblemsError` with the place of each mistake:
    also facts that cannot be, an answer that is not the guide's, and a name that is taken.
    """
    from assistant.guide.reading import shaped  # noqa: PLC0415 - loads YAML and pydantic

    try:
        text = foreign_text(path, _MOST_OWN_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or f"it is {getattr(error, 'reason', 'no text')}"
        mend = "check the name, and save the file as plain text."
        raise GuideError(
            f"The stories cannot be read: {why}.", where=str(path), mend=mend
        ) from None
    source = loading.parsed({path.name: text}, [], {"stories": path.name.removesuffix(".yaml")})
    own, faults = shaped(source.data, OwnStories)
    if whole := own or _of_right_shape(source.data, faults):
        faults = [*faults, *own_faults(whole, guide), *_taken(whole, known_names)]
    if own is None or faults or source.problems:
        problems = [*source.problems, *loading.new_problems(source, faults)]
        what, instead = "The file of stories", "leave the file out until they are fixed"
        raise GuideProblemsError(str(path), problems, what=what, instead=instead)
    return own


def _of_right_shape(data: Mapping[str, Any], faults: Sequence[GuideFault]) -> OwnStories | None:
    """Return the stories in which no fault of shape is, so that theirs are told in the same round."""
    from assistant.guide.reading import shaped  # noqa: PLC0415 - as above

    stories, bad = data.get("stories"), {fault.path[1:2] for fault in faults}
    if not isinstance(stories, Mapping) or () in bad:
        return None
    rest = {name: told for name, told in stories.items() if (name,) not in bad}
    return shaped({"stories": rest}, OwnStories)[0]


def own_in(plain: Mapping[str, object], guide: Guide) -> OwnStories | None:
    """Return stories kept as plain data, None where they do not hold with this guide."""
    from assistant.guide.reading import shaped  # noqa: PLC0415 - as above

    own, _ = shaped({"stories": plain}, OwnStories)
    return own if own and not list(own_faults(own, guide)) else None


def plain_own(own: OwnStories) -> dict[str, dict[str, Any]]:
    """Return a trainer's stories as plain data, without what says nothing or follows from the guide."""
    found = {}
    for name, one in own.stories.items():
        marks = {mark: said for mark, said in vars(one.marks).items() if said not in {"no", None}}
        told = {**vars(one), "facts": dict(one.facts), "marks": marks}
        found[name] = {key: said for key, said in told.items() if said and key != "acceptable"}
    return found


def own_faults(own: OwnStories, guide: Guide) -> Iterator[GuideFault]:
    """Yield every way in which a trainer's stories and the guide disagree."""
    for name, told in own.stories.items():
        path: KeyPath = ("stories", name)
        yield from named_plainly(name, path)
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


KIND = "service_group_class"  # the key that a class file is known by
MOST = 200  # most stories in a class

_ADDED = ("open_book", "own")  # the fields of format 2, which are left out where they say nothing
_NAME_MOST = 60
_MARK = re.compile(r"[^\w .,&()/%:;!?'’‘+–—-]")
_LONG_NUMBER = re.compile(r"\d{6,}")  # so many digits in a row can be a case number


class ClassFile(Frozen, kw_only=True):
    """What a trainer hands round: which stories, how they are practiced, and what passes.

    `content` is a hash over the guide's meaning and the words of every story, so that a
    trainee whose stories would differ is told. In a test that is not `open_book` nothing can be
    looked up. `own` are the trainer's own stories, as plain data by name.
    """

    name: str
    mode: Mode
    pass_mark: int
    stories: tuple[str, ...]
    content: str
    open_book: bool = False
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What attempts made in this class are filed under."""
        return digest(_plain(self))[:16]

    @property
    def line(self) -> str:
        stories = "one story" if len(self.stories) == 1 else f"{len(self.stories)} stories"
        if self.mode == "test":
            kind = "an open-book test" if self.open_book else "a test"
            return f"Class “{self.name}”: {kind} of {stories}. The pass mark is {self.pass_mark}%."
        return f"Class “{self.name}”: {self.mode}, with {stories}."

    def label(self, done: int) -> str:
        """Name the class as a choice, once some of its stories are answered."""
        if done == len(self.stories):
            return f"Class “{self.name}”: all {done} stories answered"
        return f"Continue the class “{self.name}”, {done} of {len(self.stories)} stories answered"

    @property
    def not_handed_in(self) -> str:
        return f"The test of the class “{self.name}” is not handed in yet."

    @property
    def all_done(self) -> str:
        return f"You have answered every story of the class “{self.name}”."


def new_class(  # noqa: PLR0913 - a field an argument
    meaning_hash: str,
    stories: Sequence[Story],
    *,
    name: str,
    mode: Mode = "test",
    pass_mark: int = PASS_MARK,
    open_book: bool = False,
    own: OwnStories | None = None,
) -> ClassFile:
    """Make a class of these stories; raises `UsageError` for what no class can be made of."""
    found = ClassFile(
        name=name,
        mode=mode,
        pass_mark=pass_mark,
        stories=tuple(story.id for story in stories),
        content=content_hash(meaning_hash, stories),
        open_book=open_book,
        own=plain_own(own) if own else {},
    )
    if problem := _problem(found):
        raise UsageError(problem)
    return found


def with_own(found: ClassFile, syllabus: Syllabus) -> Syllabus:
    """Return what a class is practiced with: the trainer's own stories too, if they hold with this guide."""
    if not found.own.keys() - syllabus.practice.cases.keys():
        return syllabus
    own = own_in(found.own, syllabus.guide)
    cases = own.stories.items() if own else ()
    return syllabus.beside({name: case_of(syllabus.guide, told) for name, told in cases})


def stories_of(found: ClassFile, syllabus: Syllabus, meaning_hash: str) -> tuple[Story, ...]:
    """Return a class's stories; raises `UsageError` where they would not be everyone else's."""
    syllabus = with_own(found, syllabus)
    with suppress(UsageError):
        stories = stories_named(syllabus, found.stories)
        if content_hash(meaning_hash, stories) == found.content:
            return stories
    raise UsageError(
        "This class was made with a different guide or with different stories.",
        mend="make a new class with `service-group training new-class`, or use the version of the assistant"
        " that it was made with. You can still collect its answers and report on them.",
    )


def class_text(found: ClassFile) -> str:
    """Write a class file; one without an open book or own stories is as release 1 wrote it."""
    return written(KIND, _plain(found), _format(found))


def _format(found: ClassFile) -> int:
    return 2 if found.open_book or found.own else 1


def _plain(found: ClassFile) -> dict[str, object]:
    return {name: said for name, said in asdict(found).items() if name not in _ADDED or said}


def is_class_text(text: str) -> bool:
    """Tell whether text is a class file's, complete or not."""
    return re.match(rf'\s*{{\s*"{KIND}"', text) is not None


def read_class(text: str, where: str = "") -> ClassFile:
    """Read a class file strictly; raises `UsageError` that names the file as `where`."""
    data = file_data(text, KIND, "class file", where)
    number = data.pop(KIND)
    try:
        found = shaped_as(ClassFile, data)
    except (KeyError, TypeError):
        found = None
    if found is None or _plain(found).keys() != data.keys() or _format(found) != number:
        raise refused("A field of the class file is missing, not valid, or unknown.", where)
    if found.mode not in MODES:
        raise refused("In the class file, the mode is not known.", where)
    if problem := _problem(found):
        raise refused(problem, where)
    return found


def _problem(found: ClassFile) -> str:
    if name := _name_problem(found.name):
        return name
    if found.open_book and found.mode != "test":
        return "Only a test has an open book."
    if not 1 <= found.pass_mark <= 100:  # noqa: PLR2004 - percent
        return "A pass mark is a whole number from 1 to 100."
    if not 1 <= len(found.stories) <= MOST:
        return f"A class has 1 to {MOST} stories."
    if len(set(found.stories)) < len(found.stories):
        return "A class has each story only once."
    return ""


def _name_problem(name: str) -> str:
    if not name.strip() or len(name) > _NAME_MOST:
        return f"A class's name has 1 to {_NAME_MOST} characters. This one has {len(name)}."
    if not name[0].isalnum():
        return f"A class's name begins with a letter or a digit, not with {name[0]!r}."
    if mark := _MARK.search(unicodedata.normalize("NFC", name)):
        return f"A class's name cannot have the character {mark[0]!r}. Leave it out."
    if _LONG_NUMBER.search(name):
        return (
            "A class's name cannot have a number of six or more digits. It could be a case number."
        )
    return ""
