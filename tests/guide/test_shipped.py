"""The shipped guide says what the documents say: decision-rules, encoded here a second time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product

import pytest

from assistant.guide.checks import stale_cites
from assistant.guide.model import Shape
from assistant.guide.proof import follow, groups_that_fit
from tests.builders import DOCUMENTS, EveryCase, shipped

FACTS = {
    "investigation": ("none", "open", "concluded"),
    "goal": (
        "no_plan",
        "no_goal",
        "maintain_home",
        "return_home",
        "adoption",
        "planned_permanent_living",
        "independent_living",
        "other",
    ),
    "fins": ("no", "without_report", "other_fins"),
    "setting": ("voluntary_in_home", "protective_supervision", "other_in_home", "out_of_home"),
    "need": ("assessment", "case_plan"),
}

GROUP_OF_GOAL = {
    "maintain_home": "in_home_family_preservation",
    "return_home": "reunification",
    "adoption": "adoption",
    "planned_permanent_living": "planned_permanent_living_arrangement",
    "independent_living": "independent_transitional_living",
}

INVESTIGATION = "assessment_investigation"


NAMED_KINDS = ("voluntary_in_home", "protective_supervision")


@dataclass(frozen=True)
class Facts:
    """One case, with the questions that the table's rows ask of it."""

    investigation: str
    goal: str
    fins: str
    setting: str
    need: str

    @property
    def stands(self):
        return self.investigation == "none" or self.fins != "without_report"

    @property
    def open(self):
        return self.investigation == "open"

    @property
    def concluded(self):
        return self.investigation == "concluded"

    @property
    def no_goal(self):
        return self.goal in ("no_plan", "no_goal")

    @property
    def fins_clause(self):
        return self.fins == "without_report"

    @property
    def out(self):
        return self.setting == "out_of_home"

    @property
    def named_kind(self):
        return self.setting in NAMED_KINDS

    @property
    def group(self):
        return GROUP_OF_GOAL.get(self.goal)


USE_WHEN = {
    "adoption": lambda f: f.goal == "adoption",
    "assessment_investigation": lambda f: f.open or (f.concluded and f.goal == "no_plan"),
    "in_home_family_preservation": lambda f: f.goal == "maintain_home",
    "reunification": lambda f: f.goal == "return_home",
    "planned_permanent_living_arrangement": lambda f: f.goal == "planned_permanent_living",
    "independent_transitional_living": lambda f: f.goal == "independent_living",
    "preventive": lambda f: f.no_goal or f.fins_clause,
}
"""The table "Groups and when each fits", literally."""


ROWS = [
    # situation, group, also fits, certainty, warns; the first row that holds counts
    (lambda f: f.open and f.goal == "no_plan", INVESTIGATION, {"preventive"}, "settled", False),
    (lambda f: f.open and f.goal == "no_goal", INVESTIGATION, {"preventive"}, "judgement", None),
    (
        lambda f: f.open and f.group and f.need == "assessment",
        INVESTIGATION,
        "goal",
        "judgement",
        None,
    ),
    (lambda f: f.open and f.group, "goal", {INVESTIGATION}, "judgement", None),
    (lambda f: f.open, INVESTIGATION, set(), "judgement", None),
    (
        lambda f: f.concluded and f.goal == "no_plan",
        INVESTIGATION,
        {"preventive"},
        "settled",
        False,
    ),
    (
        lambda f: f.no_goal and f.setting == "other_in_home" and f.fins_clause,
        "preventive",
        set(),
        "settled",
        False,
    ),
    (lambda f: f.no_goal and f.setting == "other_in_home", "preventive", set(), "judgement", None),
    (
        lambda f: f.no_goal and f.setting == "protective_supervision" and not f.concluded,
        "preventive",
        set(),
        "judgement",
        True,
    ),
    (lambda f: f.no_goal and f.named_kind, "preventive", set(), "judgement", None),
    (lambda f: f.no_goal, "preventive", set(), "judgement", True),
    (
        lambda f: f.goal == "maintain_home" and f.setting == "other_in_home" and f.fins_clause,
        "preventive",
        {"in_home_family_preservation"},
        "judgement",
        None,
    ),
    (
        lambda f: f.fins_clause and f.goal == "other" and f.out,
        "preventive",
        set(),
        "judgement",
        True,
    ),
    (lambda f: f.fins_clause and f.goal == "other", "preventive", set(), "judgement", None),
    (
        lambda f: (
            f.fins_clause
            and (f.goal in ("maintain_home", "return_home", "independent_living"))
            and (f.goal == "maintain_home") == f.out
        ),
        "goal",
        {"preventive"},
        "judgement",
        True,
    ),
    (lambda f: f.fins_clause and f.group, "goal", {"preventive"}, "judgement", None),
    (lambda f: f.goal == "other", None, set(), "refer", None),
    (lambda f: f.goal == "maintain_home" and f.named_kind, "goal", set(), "settled", False),
    (lambda f: f.goal == "maintain_home" and f.out, "goal", set(), "judgement", True),
    (lambda f: f.goal == "maintain_home", "goal", set(), "judgement", None),
    (
        lambda f: f.goal in ("return_home", "independent_living") and not f.out,
        "goal",
        set(),
        "judgement",
        True,
    ),
    (lambda f: f.group, "goal", set(), "settled", False),
]
"""The table "Where two groups fit, or none"; `goal` stands for the goal's group.

The last entry of a row says whether the outcome warns; None where the table leaves that open.
"""


def row_of(facts):
    """Return group, what also fits, certainty and whether it warns, as the table says of a case."""
    group, also, certainty, warns = next(row[1:] for row in ROWS if row[0](facts))
    return (
        facts.group if group == "goal" else group,
        {facts.group} if also == "goal" else also,
        certainty,
        warns,
    )


@pytest.fixture(scope="session")
def cases():
    """Return every case that can stand, put together here and not by the guide."""
    every = (Facts(*values) for values in product(*FACTS.values()))
    return [facts for facts in every if facts.stands]


@pytest.fixture(scope="session")
def ends(guide, cases):
    """Return each case with the outcome that the tree leads it to."""
    return [(facts, guide.outcomes[follow(guide, vars(facts)).outcome]) for facts in cases]


def test_the_facts_are_those_of_the_vocabulary(guide):
    """Facts and values are spelled as everywhere else, in any order of the options."""
    spelled = {fact: sorted(values) for fact, values in guide.space.values.items()}
    assert spelled == {fact: sorted(values) for fact, values in FACTS.items()}


def test_448_cases_can_stand(guide, cases):
    """The guide excludes the facts that cannot stand together, and no others."""
    in_guide = {Facts(**case) for case in guide.space.cases()}
    assert (len(in_guide), in_guide) == (448, set(cases))


def test_each_rule_is_what_the_document_says(guide, cases):
    """Over every case, a group's "use when" holds exactly where the document's own does."""
    wrong = [
        facts
        for facts in cases
        if groups_that_fit(guide, vars(facts)) != {g for g, rule in USE_WHEN.items() if rule(facts)}
    ]
    assert wrong == []


def test_each_case_ends_as_the_table_says(ends):
    """Group, what also fits and how sure that is, for every case there can be."""
    wrong = [
        (facts, outcome.group)
        for facts, outcome in ends
        if row_of(facts)[:3]
        != (outcome.group, {fit.group for fit in outcome.also_fits}, outcome.certainty)
    ]
    assert wrong == []


def test_every_row_of_the_table_is_met(cases):
    """No row above is hidden by those before it."""
    first = {next(i for i, row in enumerate(ROWS) if row[0](facts)) for facts in cases}
    assert first == set(range(len(ROWS)))


def test_a_warning_goes_with_facts_that_disagree(ends):
    """Where facts that were asked disagree, the outcome says what to check; what is settled does not."""
    wrong = [
        facts
        for facts, outcome in ends
        if (warns := row_of(facts)[3]) is not None and bool(outcome.warnings) != warns
    ]
    assert wrong == []


def test_where_no_group_is_named_the_nearest_are_shown(guide):
    """An outcome that refers shows at least two groups, each with what speaks for and against."""
    refer = {name: o for name, o in guide.outcomes.items() if o.certainty == "refer"}
    assert [name for name, o in refer.items() if len(o.nearest) < 2] == []


def test_no_interview_asks_more_than_four_questions():
    """The longest path is within what the guide promises."""
    assert shipped().proof.longest == shipped().guide.about.longest_interview == 4


def test_adoption_is_reached_in_as_few_questions_as_the_rules_allow(guide):
    """With no open investigation and no FINS, no smaller set of facts would settle it."""
    every = EveryCase(guide)
    asked = {
        passage.asked: _fewest_that_settle(every, passage.case)
        for passage in every.passages
        if passage.case["goal"] == "adoption"
        and passage.case["investigation"] != "open"
        and passage.case["fins"] == "no"
    }
    assert {answers: len(answers) for answers in asked} == asked


def _fewest_that_settle(every, case):
    """Return the smallest number of the case's facts that leave a single outcome."""
    return next(
        count
        for count in range(len(case) + 1)
        for some in combinations(case.items(), count)
        if len(every.outcomes(dict(some))) == 1
    )


HELPED = [
    ("goal", "different goals"),
    ("goal", "concurrent"),
    ("goal", "group of case members"),
    ("goal", "youth|living-skills|goal decides"),
    ("goal", "young adult|emancipation"),
    ("goal", "under review|six months"),
    ("goal", "due|not yet written"),
    ("goal", "adult"),
    ("goal", "close"),
    ("goal", "adoptive|extended"),
    ("goal", "guardianship|relative"),
    ("goal", "adoption is final"),
    ("goal", "safety plan"),
    ("goal", "expired"),
    ("goal", "looks ahead|next goal"),
    ("goal", "prevention services plan"),
    ("goal", "permanent custody"),
    ("investigation", "dependency|alternative response"),
    ("investigation", "screened out"),
    ("fins", "screened out"),
    ("setting", "relatives|safety plan"),
    ("setting", "adoptive|extended"),
    ("setting", "court|protective supervision"),
    ("setting", "temporary custody|agreement"),
    ("setting", "safe haven"),
    ("setting", "legal custody|relative"),
    ("fins", "courtesy supervision"),
]
"""The awkward cases that help must speak to, and words of which none can be missing there."""


@pytest.mark.parametrize(("fact", "words"), HELPED)
def test_help_speaks_to_the_awkward_cases(guide, fact, words):
    """Each awkward case is spoken to in one place, at the question where a worker meets it."""
    texts = [f"{item.about} {item.say}".casefold() for item in guide.questions[fact].help]
    assert any(all(word in text for word in words.split("|")) for text in texts)


@pytest.mark.parametrize(
    "term",
    [
        "FINS",
        "case plan",
        "case plan goal",
        "protective supervision",
        "voluntary in-home case",
        "out-of-home placement",
        "planned permanent living arrangement",
        "independent living",
        "reunification",
        "permanence",
        "safety plan",
        "in-home safety plan",
        "impending danger",
        "protective capacities",
        "guardianship",
        "concurrent goals",
        "AFCARS",
    ],
)
def test_the_glossary_explains(guide, term):
    """Every term of the field that the guide leans on can be looked up."""
    names = {name.casefold() for t in guide.glossary.values() for name in (t.name, *t.also)}
    assert term.casefold() in names


needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason=f"the agency's documents are not in {DOCUMENTS}"
)


@needs_documents
def test_every_quote_stands_in_its_document(guide):
    """Each quoted phrase is found word for word in the section it names."""
    assert stale_cites(guide, DOCUMENTS) == []


@needs_documents
def test_the_guide_does_not_carry_the_documents(guide):
    """No text of the guide repeats fourteen words of a document in a row."""
    carried = {
        run
        for document in guide.documents.values()
        for run in _runs((DOCUMENTS / document.file).read_text(encoding="utf-8"))
    }
    assert [text for text in _texts(guide) if not carried.isdisjoint(_runs(text))] == []


def _runs(text):
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {tuple(words[start : start + 14]) for start in range(len(words) - 13)}


def _texts(value):
    """Yield every text in the guide, of whatever shape it is part."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Shape):
        yield from _texts(tuple(vars(value).values()))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
