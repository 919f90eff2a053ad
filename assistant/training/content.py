"""Practice cases and sentences of the guide, read and checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from assistant.engine.explain import contradictions
from assistant.engine.interview import replay
from assistant.errors import GuideError
from assistant.guide.checks import known, known_facts, named_plainly
from assistant.guide.loading import PRACTICE, new_problems, parsed, read_files
from assistant.guide.model import AtLeastOne, Bounds, Guide, Id, Shape, Text
from assistant.guide.problems import GuideFault, GuideProblemsError, KeyPath

_SECTIONS = {name: name for name in ("cases", "misunderstandings", "sounds", "telling")}

Sentences = Annotated[tuple[Text, ...], Bounds(at_least=3)]  # ways to say one thing


YesNo = Literal["yes", "no"]

SUPERVISOR_ID = "supervisor"  # how content writes "ask your supervisor" where groups are listed


class Marks(Shape, kw_only=True):
    """What a story holds, beside its facts, that a trainee may go by.

    `youth`: the child is 16 or older. `safety_plan`: one is mentioned. `relative_home`: the child
    stays with a relative, or is to. `expected_goal`: a goal that somebody in the story expects or
    wants and the case plan does not have. `other_goal`: the goal of another child in the story, or
    the second of two. `service_suggests`: the group that this kind of service seems to belong to,
    where that is not the right one.
    """

    youth: YesNo = "no"
    safety_plan: YesNo = "no"
    relative_home: YesNo = "no"
    expected_goal: Id | None = None
    other_goal: Id | None = None
    service_suggests: Id | None = None


POINTING = ("expected_goal", "other_goal", "service_suggests")  # marks that name a goal or a group


class PracticeCase(Shape, kw_only=True):
    """A story written by hand, the question asked of it, and where its facts lead.

    `facts` are those that the story supports, at least all that the interview asks; a blank line
    in `story` parts its paragraphs. `acceptable` names groups (or `supervisor`) that count here
    beside those of the outcome. `contrast` is a story like this one with another outcome, which
    names this one in turn. A `rare` story is kept out of tests made by lot. `title` is what it is
    called where its id does not read well.
    """

    title: Text | None = None
    story: Text
    ask: Text
    facts: Mapping[Id, Id]
    outcome: Id
    acceptable: tuple[Id, ...] = ()
    marks: Marks = field(default_factory=Marks)
    contrast: Id | None = None
    rare: YesNo = "no"
    note: Text


class Lead(Shape, kw_only=True):
    """Where a misunderstanding leads if each fact or mark in `when` has one of the values listed.

    `answer` is a group, `supervisor`, or one of `POINTING`, which leads to the group of what it names
    and nowhere in a story without that mark. `correct` says why that is wrong.
    """

    when: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)
    answer: Id
    correct: Text


class Misunderstanding(Shape, kw_only=True):
    """A rule that trainees go by: the first lead that holds; where none does, the guide's answer."""

    name: Text
    leads: AtLeastOne[Lead]


class Opening(Shape, kw_only=True):
    """How a made story begins; not used where a fact has one of the values of `unless`.

    `child` is what the story calls the child after that, such as girl.
    """

    says: Text
    child: Text = "child"
    unless: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)


class Service(Shape, kw_only=True):
    """A service: how a made story mentions it, what is asked; not used where `unless` holds."""

    says: Text
    ask: Text
    unless: Mapping[Id, AtLeastOne[Id]] = field(default_factory=dict)


class Background(Shape, kw_only=True):
    """What must have happened for the facts in `when` to be so together, such as a removal before a return.

    A made story with such facts says one of the sentences; they state no fact themselves.
    """

    when: Mapping[Id, AtLeastOne[Id]]
    says: Sentences


class Telling(Shape, kw_only=True):
    """What a made story holds beside its facts; none of it bears on the answer.

    `orders` are the ways to order the facts of a case. A fact in none of them is told with the
    service, as are the details of `office`.
    """

    openings: AtLeastOne[Opening]
    services: AtLeastOne[Service]
    orders: AtLeastOne[tuple[Id, ...]]
    harmless: Annotated[tuple[Text, ...], Bounds(at_least=20)]
    office: AtLeastOne[Text]
    background: tuple[Background, ...] = ()


class Practice(Shape, kw_only=True):
    """Everything for practice. `sounds` has, by fact and value, how each is said in a story."""

    cases: Annotated[Mapping[Id, PracticeCase], Bounds(at_least=1)]
    misunderstandings: Mapping[Id, Misunderstanding] = field(default_factory=dict)
    sounds: Mapping[Id, Mapping[Id, Sentences]]
    telling: Telling


def has_practice(folder: Path) -> bool:
    """Tell whether the guide in `folder` comes with anything to practice with."""
    return next((folder / PRACTICE).rglob("*.y*ml"), None) is not None


def load_practice(folder: Path, guide: Guide) -> Practice:
    """Read and check what the guide in `folder` is practiced with.

    Raises `GuideError` where there is nothing or it cannot be read, `GuideProblemsError` where it
    has mistakes, such as a case whose facts do not lead to the outcome it states.
    """
    # Pydantic and YAML are loaded only for whoever practices.

    from assistant.guide.reading import shaped  # noqa: PLC0415

    if not has_practice(folder):
        raise GuideError(
            "This guide has no practice stories.",
            where=str(folder / PRACTICE),
            mend="add that folder, or practice with the guide that came with the assistant.",
        )
    source = parsed(*read_files(folder / PRACTICE, _SECTIONS), _SECTIONS)
    practice, faults = shaped(source.data, Practice)
    if practice and not source.unread:
        faults = [fault for rule in _RULES for fault in rule(practice, guide)]
    found = [*source.problems, *new_problems(source, faults)]
    if practice is None or found:
        named = [replace(problem, file=f"{PRACTICE}/{problem.file}") for problem in found]
        raise GuideProblemsError(str(folder), named, what="The practice content")
    return practice


def _cases_hold(practice: Practice, guide: Guide) -> Iterator[GuideFault]:
    for name, case in practice.cases.items():
        path: KeyPath = ("cases", name)
        yield from named_plainly(name, path)
        unknown = [
            *known_facts(guide, case.facts, (*path, "facts")),
            *known(case.outcome, guide.outcomes, (*path, "outcome"), "outcome"),
        ]
        yield from unknown or _case_ends_as_stated(guide, case, path)
        yield from _named_beside(guide, case, path)
        if case.contrast is not None:
            yield from _contrasts(practice, name, case.contrast)


def _named_beside(guide: Guide, case: PracticeCase, path: KeyPath) -> Iterator[GuideFault]:
    """Check the groups and goals that a case names beside its facts."""
    for index, group in enumerate(case.acceptable):
        yield from known(
            group, (*guide.groups, SUPERVISOR_ID), (*path, "acceptable", index), "group"
        )
    yield from marks_known(guide, case.marks, path)


def marks_known(guide: Guide, marks: Marks, path: KeyPath) -> Iterator[GuideFault]:
    """Check the groups and goals that marks name."""
    for mark in POINTING:
        if said := getattr(marks, mark):
            yield from _mark_known(guide, mark, said, (*path, "marks", mark))


def _mark_known(guide: Guide, mark: str, value: str, path: KeyPath) -> Iterator[GuideFault]:
    """Check one value of a mark."""
    goals = guide.questions["goal"].options if "goal" in guide.questions else {}
    if mark not in POINTING:
        yield from known(value, get_args(YesNo), path, f"value of {mark!r}")
    elif mark == "service_suggests":
        yield from known(value, (*guide.groups, SUPERVISOR_ID), path, "group")
    else:
        yield from known(value, goals, path, "value of 'goal'")


def _misunderstandings_hold(practice: Practice, guide: Guide) -> Iterator[GuideFault]:
    """Check the facts, marks, values and answers that misunderstandings name."""
    marks = tuple(Marks.__dataclass_fields__)
    answers = (*guide.groups, SUPERVISOR_ID, *POINTING)
    for name, found in practice.misunderstandings.items():
        for index, lead in enumerate(found.leads):
            path: KeyPath = ("misunderstandings", name, "leads", index)
            yield from known(lead.answer, answers, (*path, "answer"), "group")
            for key, values in lead.when.items():
                here = (*path, "when", key)
                if key not in marks:
                    yield from _values_are_known(guide, key, dict(enumerate(values)), here)
                    continue
                for at, value in enumerate(values):
                    yield from _mark_known(guide, key, value, (*here, at))


def _contrasts(practice: Practice, name: str, other: str) -> Iterator[GuideFault]:
    """Check that two cases name each other and end in different outcomes."""
    cases = practice.cases
    if other not in cases or cases[other].contrast != name:
        message = f"no case {other!r} names {name!r} as its contrast"
    elif cases[other].outcome == cases[name].outcome:
        message = f"{other!r} ends in the same outcome"
    else:
        return
    yield GuideFault(("cases", name, "contrast"), message, "contrast")


def case_ends(guide: Guide, facts: Mapping[str, str], path: KeyPath) -> Iterator[GuideFault]:
    """Check that facts can stand together and answer all that the interview asks."""
    here = (*path, "facts")
    if not guide.space.stands(facts):
        for which in contradictions(guide, facts):
            yield GuideFault(here, which.removesuffix("."), "cannot-stand")
    elif lacking := replay(guide, facts).asking:
        yield GuideFault(here, f"the interview asks {lacking!r}, and it is missing", "missing-key")


def _case_ends_as_stated(guide: Guide, case: PracticeCase, path: KeyPath) -> Iterator[GuideFault]:
    lacking = list(case_ends(guide, case.facts, path))
    yield from lacking
    outcome = "" if lacking else replay(guide, case.facts).branches[0].place
    if outcome and outcome != case.outcome:
        message = f"the facts lead to {outcome!r}, not to {case.outcome!r}"
        yield GuideFault((*path, "outcome"), message, "wrong-outcome")


def _options_and_sounds_agree(practice: Practice, guide: Guide) -> Iterator[GuideFault]:
    for fact, question in guide.questions.items():
        for value in question.options:
            if value not in practice.sounds.get(fact, {}):
                message = f"nothing says how {fact}={value} sounds"
                yield GuideFault(("sounds", fact), message, "missing-key", of_key=True)
    for fact, sounds in practice.sounds.items():
        steps = {value: value for value in sounds}
        yield from _values_are_known(guide, fact, steps, ("sounds", fact), of_key=True)


def _no_sentence_holds_another(practice: Practice, _: Guide) -> Iterator[GuideFault]:
    """Check that whatever is read in a story was said of one thing alone."""
    seen: dict[str, KeyPath] = {}
    for path, sentence in _sentences(practice):
        said = sentence.casefold().rstrip(".")
        for other, where in seen.items():
            if said in other or other in said:
                stands = ".".join(str(step) for step in where[:-1])
                yield GuideFault(
                    path, f"this is already said, at least in part, at {stands}", "same-name"
                )
                break
        seen[said] = path


def _sentences(practice: Practice) -> Iterator[tuple[KeyPath, str]]:
    for fact, sounds in practice.sounds.items():
        for value, sentences in sounds.items():
            for index, sentence in enumerate(sentences):
                yield ("sounds", fact, value, index), sentence
    details = {"harmless": practice.telling.harmless, "office": practice.telling.office}
    for name, sentences in details.items():
        for index, sentence in enumerate(sentences):
            yield ("telling", name, index), sentence
    for at, background in enumerate(practice.telling.background):
        for index, sentence in enumerate(background.says):
            yield ("telling", "background", at, "says", index), sentence


def _conditions_are_known(practice: Practice, guide: Guide) -> Iterator[GuideFault]:
    """Check the facts and values that parts of made stories depend on; some opening and service fit all."""
    telling = practice.telling
    parts = {
        "openings": [one.unless for one in telling.openings],
        "services": [one.unless for one in telling.services],
    }
    for name, conditions in parts.items():
        for index, unless in enumerate(conditions):
            yield from _facts_are_known(guide, unless, ("telling", name, index, "unless"))
        if all(conditions):
            message = "one of these at least must fit every case, without 'unless'"
            yield GuideFault(("telling", name), message, "too-few", of_key=True)
    for index, order in enumerate(telling.orders):
        for at, fact in enumerate(order):
            yield from known(fact, guide.questions, ("telling", "orders", index, at), "fact")
    for index, background in enumerate(telling.background):
        path = ("telling", "background", index, "when")
        yield from _facts_are_known(guide, background.when, path)


def _facts_are_known(
    guide: Guide, conditions: Mapping[str, tuple[str, ...]], path: KeyPath
) -> Iterator[GuideFault]:
    for fact, values in conditions.items():
        yield from _values_are_known(guide, fact, dict(enumerate(values)), (*path, fact))


def _values_are_known(
    guide: Guide, fact: str, values: Mapping[Any, str], path: KeyPath, *, of_key: bool = False
) -> Iterator[GuideFault]:
    """Check a fact, then its values, which are at their keys below `path`."""
    unknown = list(known(fact, guide.questions, path, "fact", of_key=True))
    yield from unknown
    for step, value in {} if unknown else values.items():
        options = guide.questions[fact].options
        yield from known(value, options, (*path, step), f"value of {fact!r}", of_key=of_key)


_RULES: tuple[Callable[[Practice, Guide], Iterator[GuideFault]], ...] = (
    _cases_hold,
    _misunderstandings_hold,
    _options_and_sounds_agree,
    _no_sentence_holds_another,
    _conditions_are_known,
)
