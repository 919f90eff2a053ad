"""What is kept of earlier guides: whole, held to today's ids, and no part of today's guide."""

import json
import shutil
from itertools import product
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.guide.earlier import (
    carried,
    earlier_guide,
    earlier_guides,
    read_earlier,
)
from assistant.guide.loading import EARLIER, load_guide
from assistant.guide.problems import GuideProblemsError, problems_text
from tests.builders import CONTENT, answers, content_copy, edit, shipped

DECISIONS = Path(__file__).parents[1] / "golden" / "decisions"
HASH = (DECISIONS / "1.0.0.hash").read_text(encoding="utf-8").strip()
RULES = json.loads((DECISIONS / "1.0.0.json").read_text(encoding="utf-8"))
FILE = f"{EARLIER}/1.0.0.yaml"
(ONE,) = (one for one in read_earlier(CONTENT) if one.meaning_hash == HASH)

GOALS = {
    *("return_home", "maintain_home", "adoption"),
    *("planned_permanent_living", "independent_living", "other"),
}


def test_every_question_and_answer_of_guide_1_0_has_its_words():
    """By the hash that its entries carry."""
    kept = {fact: set(question.options) for fact, question in ONE.questions.items()}
    assert kept == {fact: set(values) for fact, values in RULES["facts"].items()}
    assert ONE.version == "1.0.0"


def test_every_end_of_guide_1_0_is_known_here():
    """By today's words where it is still there."""
    ends = set(RULES["outcomes"])
    assert ends <= {*ONE.outcomes, *shipped().guide.outcomes}
    assert set(ONE.outcomes) <= ends


def test_every_reason_of_guide_1_0_is_still_one_of_todays():
    """So that an entry that names one is shown in today's words, and none has to be kept."""
    reasons = {"supervisor", "local_practice", "facts_changed", "documents_unclear", "other"}
    assert reasons <= set(shipped().guide.about.override_reasons)


def test_it_is_no_part_of_the_guide(tmp_path):
    """Without it, files and meaning have the same hashes, and nothing old is known."""
    folder = content_copy(tmp_path)
    shutil.rmtree(folder / EARLIER)
    without = load_guide(folder)
    same = (without.raw_hash, without.meaning_hash)
    assert same == (shipped().raw_hash, shipped().meaning_hash)
    assert (earlier_guides(without), read_earlier(folder, without.guide)) == ({}, [])


def test_only_another_meaning_has_an_earlier_guide():
    assert earlier_guide(shipped(), HASH) == ONE
    assert earlier_guide(shipped(), "0" * 64) is None
    assert earlier_guide(shipped(), shipped().meaning_hash) is None


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("goal=none case_plan=none", {"goal": {"no_plan"}}),
        ("goal=none case_plan=developed", {"goal": {"no_goal"}}),
        ("goal=none", {"goal": {"no_plan", "no_goal"}}),
        ("goal=none case_plan=unsure", {"goal": {"no_plan", "no_goal"}}),
        ("case_plan=developed", {"goal": {"no_goal", *GOALS}}),
        ("goal=adoption case_plan=developed", {"goal": {"adoption"}}),
        ("fins=no", {"fins": {"no"}}),
        ("fins=yes report=no", {"fins": {"without_report"}}),
        ("fins=yes report=yes", {"fins": {"other_fins"}}),
        ("fins=yes", {"fins": {"without_report", "other_fins"}}),
        ("fins=unsure report=no", {"fins": {"no", "without_report"}}),
        ("fins=unsure report=yes", {"fins": {"no", "other_fins"}}),
        ("investigation=none", {"investigation": {"none", "concluded"}}),
        ("investigation=open", {"investigation": {"open"}}),
        ("investigation=concluded", {"investigation": {"concluded"}}),
        (
            "investigation=none fins=yes report=no",
            {"investigation": {"none"}, "fins": {"without_report"}},
        ),
        ("setting=out_of_home need=case_plan", {"setting": {"out_of_home"}, "need": {"case_plan"}}),
        ("goal=adoption case_plan=none", {}),
        ("goal=gone weather=fair", {}),
        ("investigation=unsure", {}),
    ],
)
def test_what_an_old_answer_may_mean_today(said, now):
    """One value, the two that are followed, or nothing where today's guide has no such answer."""
    left = carried(shipped().guide, ONE, answers(said))
    assert {fact: set(values) for fact, values in left.items()} == now


def test_every_old_case_has_a_case_today():
    """Whatever was answered, and at most four cases, since two answers may mean two things each."""
    guide = shipped().guide
    facts = RULES["facts"]
    cases = [dict(zip(facts, values, strict=True)) for values in product(*facts.values())]
    stood = [
        case
        for case in cases
        if not any(all(case[f] in values for f, values in rule.items()) for rule in RULES["never"])
    ]
    assert len(stood) == 512
    for case in stood:
        left = carried(guide, ONE, case)
        assert left.keys() == guide.space.values.keys()
        now = [dict(zip(left, values, strict=True)) for values in product(*left.values())]
        assert 1 <= sum(map(guide.space.stands, now)) <= 2, case


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("means: {goal: [no_plan]}", "means: {gaol: [no_plan]}", "unknown fact 'gaol'"),
        ("means: {goal: [no_plan]}", "means: {goal: [no_pan]}", "unknown value of 'goal' 'no_pan'"),
        ("        means: {goal: [no_plan]}\n", "", "no case_plan=none, and 'means' is missing"),
        ("short: ended", "short: ended\n        shirt: ended", "unknown key 'shirt'"),
        ("questions:", "questions: [", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path, capsys, old, new, said):
    """By the check; until it is mended, the guide is used and what is old goes by its ids."""
    folder = content_copy(tmp_path)
    edit(folder, FILE, old, new)
    loaded = load_guide(folder)
    with pytest.raises(GuideProblemsError) as caught:
        read_earlier(folder, loaded.guide)
    (problem,) = problems_text(caught.value.problems).splitlines()[:1]
    assert problem.startswith(f"{FILE}:")
    assert said in problem
    assert main(["content", "check", "--content", str(folder)]) == 1
    assert said in capsys.readouterr().out


def test_a_file_that_cannot_be_used_hides_nothing_else(tmp_path):
    folder = content_copy(tmp_path)
    (folder / FILE).write_text("- nothing\n", encoding="utf-8")
    loaded = load_guide(folder)
    assert earlier_guides(loaded) == {}
    assert carried(loaded.guide, None, {"goal": "none"}) == {}
