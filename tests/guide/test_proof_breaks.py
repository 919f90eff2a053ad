"""The shipped guide, broken in many ways: each is caught where it is, with a case that shows it."""

from dataclasses import dataclass

import pytest

from assistant.guide.loading import load_guide
from assistant.guide.problems import GuideProblemsError
from assistant.guide.proof import in_words
from tests.builders import answers, content_copy, edit, shipped


@dataclass(frozen=True)
class Break:
    """An edit of one file, the rule that it breaks, the file named, and a case that must be shown.

    `more` is added at the end of the edited file.
    """

    file: str
    old: str
    new: str
    rule: str
    at: str
    case: str = ""
    more: str = ""


TREE = "tree.yaml"
GOALS = "outcomes/goals.yaml"
INVESTIGATION = "outcomes/investigation.yaml"

BREAKS = {
    "two edges swapped": Break(
        TREE,
        "adoption: adoption\n      planned_permanent_living: planned_permanent_living",
        "adoption: planned_permanent_living\n      planned_permanent_living: adoption",
        "group-does-not-fit",
        GOALS,
        "investigation=concluded goal=adoption",
    ),
    "two outcomes swapped": Break(
        TREE,
        "no_goal: setting_after_investigation_with_no_goal\n      no_plan: concluded_no_plan",
        "no_goal: concluded_no_plan\n      no_plan: setting_after_investigation_with_no_goal",
        "group-does-not-fit",
        INVESTIGATION,
        "investigation=concluded goal=no_goal",
    ),
    "an outcome that no edge leads to": Break(
        TREE, "no_goal: open_no_goal", "no_goal: open_no_plan", "unreached", INVESTIGATION
    ),
    "a node that no edge leads to": Break(
        TREE,
        "without_report: setting_with_fins_and_other",
        "without_report: fins_other_in_home",
        "unreached",
        TREE,
    ),
    "an outcome that no case ends in": Break(
        TREE,
        """      concluded: goal_after_investigation
""",
        """      concluded: fins_after_investigation

  fins_after_investigation:
    ask: fins
    to:
      no: goal_without_investigation
      other_fins: goal_without_investigation
      without_report: goal_after_investigation
""",
        "unreached",
        INVESTIGATION,
    ),
    "a wrong group": Break(
        GOALS,
        "  group: adoption\n",
        "  group: reunification\n",
        "group-does-not-fit",
        GOALS,
        "investigation=concluded goal=adoption",
    ),
    "also_fits without a group that fits": Break(
        INVESTIGATION,
        "  also_fits:\n    - group: preventive\n",
        "  nearest:\n    - group: preventive\n",
        "also-fits-missing",
        INVESTIGATION,
        "investigation=open goal=no_plan",
    ),
    "also_fits with a group that does not fit": Break(
        GOALS,
        "  next:\n",
        "  also_fits: [{group: preventive, reason: It is near.}]\n  next:\n",
        "also-fits-wrong",
        GOALS,
        "goal=maintain_home",
    ),
    "an edge removed": Break(
        TREE,
        "      adoption: adoption\n",
        "",
        "dead-end",
        TREE,
        "investigation=concluded goal=adoption",
    ),
    "an option without an edge": Break(
        "questions/need.yaml",
        "  options:\n",
        """  options:
    both:
      {label: Both, short: both, says: it is both, would: it were both, words: [both of them]}
""",
        "dead-end",
        TREE,
        "investigation=open goal=adoption",
    ),
    "a question that changes nothing": Break(
        TREE,
        "      adoption: adoption\n",
        "      adoption: need_with_all\n",
        "pointless-question",
        TREE,
        more="  need_with_all: {ask: need, to: {assessment: adoption, case_plan: adoption}}\n",
    ),
    "a question that is settled": Break(
        TREE,
        "      open: goal_while_open\n",
        "      open: fins_while_open\n",
        "pointless-question",
        TREE,
        more="  fins_while_open: {ask: fins, to: {no: goal_while_open, without_report: open_no_goal, "
        "other_fins: goal_while_open}}\n",
    ),
    "an edge for an impossible answer": Break(
        TREE,
        "      no_goal: open_no_goal\n",
        "      no_goal: fins_while_open\n",
        "unreached",
        TREE,
        more="  fins_while_open: {ask: fins, to: {no: open_no_goal, without_report: open_no_goal, "
        "other_fins: open_no_goal}}\n",
    ),
    "a path that is too long": Break(
        "guide.yaml",
        "longest_interview: 4",
        "longest_interview: 3",
        "too-long",
        "guide.yaml",
        "investigation=none",
    ),
    "a rule that has grown": Break(
        "groups.yaml",
        "facts: {goal: [return_home]}",
        "facts: {goal: [return_home, other]}",
        "also-fits-missing",
        GOALS,
        "goal=other",
    ),
    "a rule that has shrunk": Break(
        "groups.yaml",
        "facts: {fins: [without_report]}",
        "facts: {fins: [without_report], setting: [out_of_home]}",
        "group-does-not-fit",
        "outcomes/fins.yaml",
        "investigation=none goal=maintain_home fins=without_report setting=other_in_home",
    ),
    "a clause turned round": Break(
        "groups.yaml",
        "facts: {fins: [without_report]}",
        "facts: {fins: [other_fins]}",
        "also-fits-wrong",
        "outcomes/fins.yaml",
        "investigation=none fins=without_report",
    ),
    "facts that may now stand together": Break(
        "guide.yaml",
        "  - investigation: [open, concluded]\n    fins: [without_report]\n",
        "  - {investigation: [open], fins: [without_report]}\n",
        "also-fits-missing",
        GOALS,
        "investigation=concluded fins=without_report",
    ),
    "facts that may no longer stand together": Break(
        "guide.yaml",
        "never_together:\n",
        "never_together:\n  - {goal: [other], fins: [without_report]}\n",
        "unreached",
        "outcomes/fins.yaml",
    ),
    "a tree that goes round": Break(
        TREE, "no_goal: open_no_goal", "no_goal: investigation", "cycle", TREE
    ),
}


@pytest.fixture
def broken(tmp_path):
    return content_copy(tmp_path)


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_caught(broken, name):
    """The rule and the file are named, and where there is a case, it is shown as a worker sees it."""
    how = BREAKS[name]
    edit(broken, how.file, how.old, how.new)
    with (broken / how.file).open("a", encoding="utf-8") as file:
        file.write(how.more)
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(broken)
    shown = [in_words(shipped().guide, [item]) for item in answers(how.case).items()]
    assert [
        problem
        for problem in caught.value.problems
        if (problem.rule, problem.file) == (how.rule, how.at)
        and all(words in problem.message for words in shown)
    ]
