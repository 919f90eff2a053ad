"""What the guide may say: frozen shapes for groups, questions, the tree, outcomes and glossary.

The shapes are standard dataclasses, so that a guide already read and validated can be used without
loading pydantic; `shape` has pydantic validate data against them, with unknown keys refused. Text is
the project's own; the documents are present only as the few words of a `Cite`. Names that point at
something else (a group, a fact, an outcome) are plain ids here; `checks` proves that each one leads
somewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeVar

from annotated_types import Ge, MaxLen, MinLen

from assistant.content.facts import FactSpace
from assistant.content.remainder import Remainders

Id = str
"""A name in the one vocabulary: lower-case words joined by underscores."""

Text = Annotated[str, MinLen(1)]
"""Words a person reads; never empty."""

Item = TypeVar("Item")
AtLeastOne = Annotated[tuple[Item, ...], MinLen(1)]
"""A list that is never empty."""

Certainty = Literal["settled", "judgement", "refer"]
"""How sure the documents are; decision-rules, "Where two groups fit, or none"."""

WHERE_ANOTHER_FITS: Mapping[str, str] = MappingProxyType(
    {"settled": "one_names_it", "judgement": "two_fit"}
)
"""Among the words for certainties: those that stand instead where another group's rule is met too."""

OTHER_REASON = "other"
"""Among the reasons for choosing otherwise: the one that says nothing without a note."""


class Shape:
    """A shape that refuses unknown keys, and whose mappings cannot be changed."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, dict):
                object.__setattr__(self, name, MappingProxyType(value))


@dataclass(frozen=True, kw_only=True)
class Cite(Shape):
    """A few deciding words of a document, and where they stand."""

    document: Id
    section: Text
    words: Annotated[Text, MaxLen(120)]


Cites = AtLeastOne[Cite]
"""At least one citation: nothing that encodes a rule stands without its source."""


@dataclass(frozen=True, kw_only=True)
class Document(Shape):
    """One of the agency's documents, which the guide cites and does not carry."""

    title: Text
    file: Text
    sections: AtLeastOne[Text]


@dataclass(frozen=True, kw_only=True)
class Clause(Shape):
    """One way a group's "use when" can be true: every fact named has one of the values listed."""

    facts: Mapping[Id, AtLeastOne[Id]]
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class MixedUp(Shape):
    """A group this one is often taken for, and what tells the two apart."""

    group: Id
    difference: Text


@dataclass(frozen=True, kw_only=True)
class Group(Shape):
    """One of the seven service groups; its rule is true when any clause of `use_when` is."""

    name: Text
    what: Text
    use_when: AtLeastOne[Clause]
    cites: Cites
    mixed_up_with: AtLeastOne[MixedUp]


@dataclass(frozen=True, kw_only=True)
class Option(Shape):
    """One answer to a question: its wording, and the words a worker might type for it."""

    label: Text
    short: Text
    says: Text
    would: Text
    words: AtLeastOne[Text]
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HelpItem(Shape):
    """Help for one awkward case, met at the question it bears on."""

    about: Text
    say: Text
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question(Shape):
    """How one fact is asked: the fact is the question's id, its values are the options' ids."""

    name: Text
    ask: Text
    hint: Text
    why: Text
    where_to_look: Text
    options: Annotated[Mapping[Id, Option], MinLen(2)]
    help: AtLeastOne[HelpItem]


@dataclass(frozen=True, kw_only=True)
class Node(Shape):
    """A place in the tree: the fact asked there, and the node or outcome each answer leads to."""

    ask: Id
    to: Annotated[Mapping[Id, Id], MinLen(2)]


@dataclass(frozen=True, kw_only=True)
class Tree(Shape):
    """The decision tree: edges between named nodes and outcomes."""

    start: Id
    nodes: Mapping[Id, Node]


@dataclass(frozen=True, kw_only=True)
class GroupReason(Shape):
    """A group beside the recommended one, with what speaks for or against it."""

    group: Id
    reason: Text
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Note(Shape):
    """A sentence of advice, with its source where a document says it."""

    say: Text
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome(Shape):
    """Where an interview ends: a group, or none (`refer`), with everything that must be said."""

    group: Id | None = None
    certainty: Certainty
    reason: Text
    cites: Cites
    also_fits: tuple[GroupReason, ...] = ()
    nearest: tuple[GroupReason, ...] = ()
    warnings: tuple[Text, ...] = ()
    next: AtLeastOne[Note]


@dataclass(frozen=True, kw_only=True)
class Term(Shape):
    """A word of the field, explained."""

    name: Text
    also: tuple[Text, ...] = ()
    means: Text
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Topic(Shape):
    """A point of the documents that runs beside the choice, for look-up and training."""

    title: Text
    say: Text
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class Situation(Shape):
    """A case as workers speak of it, for look-up: their words, and what it means for the choice.

    `facts` holds what the situation settles whoever is asking; often that is nothing.
    """

    title: Text
    words: AtLeastOne[Text]
    means: Text
    facts: Mapping[Id, Id] = field(default_factory=dict)
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class About(Shape):
    """What holds for the guide as a whole.

    `facts` gives the order facts are shown in; each entry of `never_together` lists facts that
    cannot all have one of the values named; `longest_interview` counts questions; `override_reasons`
    are the reasons for choosing otherwise than recommended, by the code they are kept under.
    """

    version: Text
    longest_interview: Annotated[int, Ge(1)]
    facts: AtLeastOne[Id]
    never_together: tuple[Mapping[Id, AtLeastOne[Id]], ...]
    certainties: Mapping[Id, Text]
    override_reasons: Mapping[Id, Text] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Guide(Shape):
    """The whole guide. The order of a mapping is the order things are shown in."""

    about: About
    documents: Mapping[Id, Document]
    groups: Mapping[Id, Group]
    questions: Mapping[Id, Question]
    tree: Tree
    outcomes: Mapping[Id, Outcome]
    glossary: Mapping[Id, Term]
    topics: Mapping[Id, Topic]
    situations: Mapping[Id, Situation]

    @cached_property
    def space(self) -> FactSpace:
        """The facts, their values, and which of them can stand together."""
        values = {fact: tuple(self.questions[fact].options) for fact in self.about.facts}
        return FactSpace(values, self.about.never_together)

    @cached_property
    def remainders(self) -> Remainders:
        """What remains of the tree from any place on, given any facts."""
        return Remainders(self.tree.nodes, self.space)
