"""What a guide may say, and what was proven of it: frozen shapes."""

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from assistant.guide.facts import Case, FactSpace, Remainders
from assistant.guide.problems import GuideFault
from assistant.shapes import Frozen
from assistant.text import day_read, day_shown


class Bounds(Frozen):
    """How long a text or list has to be at least and at most, or the least a number may be.

    Pydantic's own bounds are loaded only where a guide is validated: they take 12 ms.
    """

    at_least: int | None = None
    at_most: int | None = None
    least: int | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ANN401
        from annotated_types import Ge, MaxLen, MinLen  # noqa: PLC0415

        kinds = ((MinLen, self.at_least), (MaxLen, self.at_most), (Ge, self.least))
        bounds = [kind(bound) for kind, bound in kinds if bound is not None]
        return handler.generate_schema(Annotated[source, *bounds])


Id = str  # a name in the one vocabulary: lower-case words joined by underscores
Text = Annotated[str, Bounds(at_least=1)]  # words a person reads; never empty

Item = TypeVar("Item")
AtLeastOne = Annotated[tuple[Item, ...], Bounds(at_least=1)]  # a list that is never empty

Certainty = Literal["settled", "judgement", "refer"]
"""How sure the documents are; decision-rules, "Where two groups fit, or none"."""

WHERE_ANOTHER_FITS: Mapping[str, str] = {"settled": "one_names_it", "judgement": "two_fit"}
"""Among the words for certainties: those used instead where another group's rule is met too."""

WHERE_DECIDED: Mapping[str, str] = {"settled": "agency_decided", "refer": "agency_refers"}
"""Among the words for certainties: those used instead where the agency has decided."""

OTHER_REASON = "other"  # the reason for choosing otherwise that says nothing without a note


class Shape(Frozen):
    """A shape that refuses unknown keys, and whose mappings cannot be changed."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        own = vars(self)
        for name, value in own.items():
            if isinstance(value, dict):
                own[name] = MappingProxyType(value)


class Cite(Shape, kw_only=True):
    """A few deciding words of a document, and where they are."""

    document: Id
    section: Text
    words: Annotated[Text, Bounds(at_most=120)]


Cites = AtLeastOne[Cite]  # nothing that encodes a rule is without its source


class Document(Shape, kw_only=True):
    """One of the agency's documents, which the guide cites and does not carry."""

    title: Text
    file: Text
    sections: AtLeastOne[Text]


class Clause(Shape, kw_only=True):
    """One way a group's "use when" can be true: every fact named has one of the values listed."""

    facts: Mapping[Id, AtLeastOne[Id]]
    cites: Cites


class Group(Shape, kw_only=True):
    """One of the seven service groups; its rule is true when any clause of `use_when` is.

    `short` is its name in a list, and `words` are what workers call it and its goal.
    """

    name: Text
    short: str = ""
    what: Text
    words: tuple[Text, ...] = ()
    use_when: AtLeastOne[Clause]
    cites: Cites

    def fits(self, facts: Case) -> bool:
        return any(
            all(facts.get(fact) in values for fact, values in clause.facts.items())
            for clause in self.use_when
        )


class Comparison(Shape, kw_only=True):
    """Two groups that are easily mixed up, and the fact whose answer tells them apart."""

    groups: Annotated[tuple[Id, ...], Bounds(at_least=2, at_most=2)]
    same: Text
    different: Text
    question: Text
    tells: Id
    cites: Cites


class CardRow(Shape, kw_only=True):
    """A line of the desk card: a group to use, or what to do, where something is so."""

    when: Text
    facts: Mapping[Id, Id] = field(default_factory=dict)
    group: Id | None = None
    do: str = ""


class CardPart(Shape, kw_only=True):
    """A part of the desk card; `head` names its two columns."""

    title: Text
    head: Annotated[tuple[Text, ...], Bounds(at_least=2, at_most=2)]
    rows: AtLeastOne[CardRow]
    note: str = ""


class DeskCard(Shape, kw_only=True):
    """What the desk card says around the table of groups: the steps before it, and the rest."""

    lead: str = ""
    steps: tuple[CardPart, ...] = ()
    more: tuple[CardPart, ...] = ()


class Option(Shape, kw_only=True):
    """One answer to a question: its wording, and the words a worker might type for it.

    `brief` is the answer among others, such as "open investigation", where name and `short` are not.
    `words` name this answer and no other; `suggests` only bring it up, to be asked back.
    """

    label: Text
    short: Text
    brief: str = ""
    says: Text
    would: Text
    words: AtLeastOne[Text]
    suggests: tuple[Text, ...] = ()
    cites: tuple[Cite, ...] = ()


class HelpItem(Shape, kw_only=True):
    """Help for one awkward case, met at the question it bears on."""

    about: Text
    say: Text
    cites: tuple[Cite, ...] = ()


class Question(Shape, kw_only=True):
    """How one fact is asked: the fact is the question's id, its values are the options' ids."""

    name: Text
    ask: Text
    hint: Text
    why: Text
    where_to_look: Text
    options: Annotated[Mapping[Id, Option], Bounds(at_least=2)]
    help: AtLeastOne[HelpItem]


class Node(Shape, kw_only=True):
    """A place in the tree: the fact asked there, and the node or outcome each answer leads to."""

    ask: Id
    to: Annotated[Mapping[Id, Id], Bounds(at_least=2)]


class Tree(Shape, kw_only=True):
    """The decision tree: edges between named nodes and outcomes."""

    start: Id
    nodes: Mapping[Id, Node]


class GroupReason(Shape, kw_only=True):
    """A group beside the recommended one, with what speaks for or against it."""

    group: Id
    reason: Text
    cites: tuple[Cite, ...] = ()


class Note(Shape, kw_only=True):
    """A sentence of advice, with its source where a document says it.

    With `unless`, it is not said once the agency has decided what the outcome depends on.
    """

    say: Text
    cites: tuple[Cite, ...] = ()
    unless: Literal["", "decided"] = ""


class Reading(Shape, kw_only=True):
    """A point that the documents leave open: how the guide reads it, and how else it can be read.

    `title` asks it as a question for policy staff; `told` says it to a worker in an outcome, where
    the outcome's reason does not. `outcomes` are those that depend on it, and `questions` those whose
    answer does: decision-rules, "Our own readings".
    """

    title: Text
    ours: Text
    other: Text
    told: str = ""
    cites: Cites
    outcomes: tuple[Id, ...] = ()
    questions: tuple[Id, ...] = ()


class CodeList(Shape, kw_only=True):
    """Codes that another system has for the values of a fact.

    A code may stand for several values, or for none where it says that the value is not known.
    `beside` holds values of other facts, for rows with such a code where those are blank.
    """

    title: Text
    fact: Id
    codes: Mapping[Id, tuple[Id, ...]]
    beside: Mapping[Id, Id] = field(default_factory=dict)


class Decision(Shape, kw_only=True):
    """What an agency decided about one reading: its name, its date, and its wording.

    `choose` is a group, or one of the words in `guide.decisions`; empty where the wording is all.
    """

    decision: Text
    date: Text
    says: Text
    choose: str = ""

    @property
    def words(self) -> str:
        """What was decided, with its name and day: what follows "Your agency decided: "."""
        day = day_read(self.date)
        shown = day_shown(day) if day else self.date
        return f"{self.says.strip().removesuffix('.')}. ({self.decision}, {shown})"


class Outcome(Shape, kw_only=True):
    """Where an interview ends: a group, or none (`refer`), with everything that must be said.

    `decided` holds what the agency decided about it; no file of the guide sets it.
    """

    group: Id | None = None
    certainty: Certainty
    reason: Text
    cites: Cites
    also_fits: tuple[GroupReason, ...] = ()
    nearest: tuple[GroupReason, ...] = ()
    warnings: tuple[Text, ...] = ()
    next: AtLeastOne[Note]
    decided: tuple[Decision, ...] = ()


class Term(Shape, kw_only=True):
    """A word of the field, explained."""

    name: Text
    also: tuple[Text, ...] = ()
    means: Text
    cites: tuple[Cite, ...] = ()


class Topic(Shape, kw_only=True):
    """A point of the documents that runs beside the choice, for lookup and training."""

    title: Text
    say: Text
    cites: Cites


class Usual(Shape, kw_only=True):
    """A group that a situation usually leads to; `when` is the condition, empty where there is none."""

    group: Id
    when: str = ""


class Situation(Shape, kw_only=True):
    """A case as workers describe it, for lookup: their words, and what it means for the choice.

    `facts` holds what the situation settles whoever is asking; often that is nothing. `usually` names
    groups, the likeliest first, and is empty where the documents name none or any may be right.
    """

    title: Text
    words: AtLeastOne[Text]
    means: Text
    facts: Mapping[Id, Id] = field(default_factory=dict)
    usually: tuple[Usual, ...] = ()
    cites: tuple[Cite, ...] = ()


class Slip(Shape, kw_only=True):
    """A fact easily taken for something else: said to be one of `said`, and meant one of `meant`.

    Either may be left out, and is any value then.
    """

    fact: Id
    said: tuple[Id, ...] = ()
    meant: tuple[Id, ...] = ()


class About(Shape, kw_only=True):
    """What holds for the guide as a whole.

    `begin` is what a worker reads before the first question. `facts` gives the order facts are shown
    in; each entry of `never_together` lists facts that cannot all have one of the values named;
    `longest_interview` counts questions; `slips` has the likeliest first; `override_reasons` are the
    reasons for choosing otherwise than recommended, by the code they are kept under.
    """

    version: Text
    begin: str = ""
    longest_interview: Annotated[int, Bounds(least=1)]
    facts: AtLeastOne[Id]
    never_together: tuple[Mapping[Id, AtLeastOne[Id]], ...]
    slips: tuple[Slip, ...] = ()
    certainties: Mapping[Id, Text]
    override_reasons: Mapping[Id, Text] = field(default_factory=dict)


class Guide(Shape, kw_only=True):
    """The whole guide. The order of a mapping is the order things are shown in.

    `decisions` are the agency's own, by the reading that each is about; they come from its file.
    """

    about: About
    documents: Mapping[Id, Document]
    groups: Mapping[Id, Group]
    questions: Mapping[Id, Question]
    tree: Tree
    outcomes: Mapping[Id, Outcome]
    glossary: Mapping[Id, Term]
    topics: Mapping[Id, Topic]
    situations: Mapping[Id, Situation]
    comparisons: Mapping[Id, Comparison] = field(default_factory=dict)
    card: DeskCard = field(default_factory=DeskCard)
    readings: Mapping[Id, Reading] = field(default_factory=dict)
    codes: Mapping[Id, CodeList] = field(default_factory=dict)
    decisions: Mapping[Id, Decision] = field(default_factory=dict)

    def mixed_up_with(self, group: str) -> Mapping[str, Comparison]:
        """Return the groups that one is easily mixed up with, and what tells each of them apart."""
        found = [(c, c.groups.index(group)) for c in self.comparisons.values() if group in c.groups]
        return {comparison.groups[1 - at]: comparison for comparison, at in found}

    @cached_property
    def space(self) -> FactSpace:
        """The facts, their values, and which of them can be true together."""
        values = {fact: tuple(self.questions[fact].options) for fact in self.about.facts}
        return FactSpace(values, self.about.never_together)

    @cached_property
    def remainders(self) -> Remainders:
        """What remains of the tree from any place on, given any facts."""
        edges = {name: (node.ask, node.to) for name, node in self.tree.nodes.items()}
        return Remainders(edges, self.space)


Answered = tuple[tuple[str, str], ...]  # questions asked and their answers, in order


class Proof(Frozen):
    """What was proven, or every fault found.

    `witnesses` gives for each outcome, option (`fact=value`) and node the fewest answers that
    reach it; `longest` and `shortest` count questions. With more cases than can be tried
    (`exhaustive` is False), only names and the tree's structure have been checked.
    """

    exhaustive: bool
    faults: tuple[GuideFault, ...]
    facts: int
    cases: int
    paths: int
    outcomes: int
    longest: int
    shortest: int
    witnesses: Mapping[str, Answered]
