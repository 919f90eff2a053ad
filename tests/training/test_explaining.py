"""What is said of an answer to a story."""

import re
from copy import copy
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest

from assistant.engine.explain import says
from assistant.engine.verdict import clause_fits, fits, source
from assistant.guide.model import Cite, Decision
from assistant.training.feedback import ASKING_FITS, deciding_words, feedback, pair
from assistant.training.judging import answer_name, judge
from assistant.training.modes import compared, start_drill
from assistant.training.scheduling import Memory
from assistant.training.stories import story_by_id, written_stories
from tests.training.trainee import NOW, every_pairing, header, story_of, syllabus


def said(outcome, chosen):
    way = next(way for way in syllabus().paths if way.outcome == outcome)
    return feedback(syllabus().guide, judge(syllabus().guide, story_of(way), chosen))


def test_a_right_answer_is_told_why_in_one_line():
    """The reason is the outcome's own."""
    found = said("adoption", "adoption")
    assert found.headline == "Right: Adoption Services."
    assert found.lines == (syllabus().guide.outcomes["adoption"].reason,)
    assert (found.quotes, found.pair) == ((), None)


def test_a_wrong_answer_is_told_the_fork_and_when_it_would_be_right():
    """What the story says comes first."""
    found = said("open_no_plan", "preventive")
    assert found.headline == "Not right. The right answer is Assessment/Investigation Services."
    guide = syllabus().guide
    assert found.lines[0] == f"The story says that {says(guide, 'investigation', 'open')}."
    assert found.lines[1].startswith("Preventive Services would be right if")
    assert guide.questions["investigation"].options["none"].would in found.lines[1]


def test_an_acceptable_answer_is_not_called_wrong():
    """Both fit; the other goes first, and why is said."""
    found = said("fins_adoption", "preventive")
    assert found.headline == "Your answer is acceptable. The first choice is Adoption Services."
    (second,) = syllabus().guide.outcomes["fins_adoption"].also_fits
    assert f"Preventive Services: {second.reason}" in found.more
    assert not any("would be right" in line for line in found.lines)


def test_the_pair_stands_side_by_side_with_what_tells_them_apart():
    """The difference is found whichever of the two groups holds it."""
    pair = said("open_no_plan", "preventive").pair
    assert (pair.right.chosen, pair.chosen.chosen) == (False, True)
    assert pair.right.name == "Assessment/Investigation Services"
    assert pair.chosen.name == "Preventive Services"
    assert "no goal" in pair.difference


def test_the_difference_is_told_wherever_either_group_holds_it():
    """Which of the two was right makes no difference to what tells them apart."""
    guide = syllabus().guide
    for one, other in permutations(guide.groups, 2):
        found = pair(guide, (one, other))
        assert found
        assert bool(found.difference) == (other in guide.mixed_up_with(one))


def test_asking_the_supervisor_without_need_is_answered():
    """There is no second group to set beside, and the sentence still says why not."""
    found = said("return_home_out_of_home", None)
    assert found.pair is None
    assert any(line.startswith("Asking the supervisor would be right if") for line in found.lines)
    assert said("fins_adoption", None).lines[1] == ASKING_FITS
    assert ASKING_FITS not in found.lines


def test_a_group_named_where_none_is_gets_what_speaks_for_and_against_it():
    """Where the guide names no group, its words on the nearest ones are used."""
    found = said("goal_not_named", "planned_permanent_living_arrangement")
    assert found.headline.startswith("Not right. The right answer is Ask the supervisor")
    (near,) = [
        one.reason
        for one in syllabus().guide.outcomes["goal_not_named"].nearest
        if one.group == "planned_permanent_living_arrangement"
    ]
    whose = "In favor of Planned Permanent Living Arrangement Services: "
    assert near.replace("In favor: ", whose) in found.more


def test_every_answer_that_is_not_right_gets_deciding_words_and_whole_sentences():
    """No answer is left without a document and section, or with half a sentence."""
    for story, chosen in every_pairing():
        found = feedback(syllabus().guide, judge(syllabus().guide, story, chosen))
        assert found.lines
        assert all(line[0].isupper() and line[-1] in ".?!" for line in found.lines), found.lines
        if not found.headline.startswith("Right"):
            assert all(quote.words and quote.where for quote in found.quotes)
            assert found.quotes
        assert all(line.strip() for line in (found.answer, found.headline, *found.lines))


WRITTEN = {story.id: story for story in written_stories(syllabus().guide, syllabus().practice)}


def answered(name, chosen):
    return feedback(syllabus().guide, judge(syllabus().guide, WRITTEN[name], chosen))


@cache
def every_feedback():
    """Return every answer that is not right, with how it is judged and what is said of it."""
    guide = syllabus().guide
    judged = [judge(guide, story, chosen) for story, chosen in every_pairing()]
    return [(found, feedback(guide, found)) for found in judged if found.grade != "right"]


def holding(group, facts):
    """Return the facts of a group's clauses that hold, clause by clause."""
    found = clause_fits(syllabus().guide, group, facts) if group else ()
    return [set(fit.clause.facts) for fit in found if fit.holds]


def test_the_words_quoted_first_are_of_the_right_groups_rule():
    """Where a group is right, its own clause that holds is quoted before anything else."""
    guide = syllabus().guide
    for found, said in every_feedback():
        first = said.quotes[0]
        if found.right is None:
            assert first in deciding_words(guide, guide.outcomes[found.outcome].cites)
            continue
        clauses = clause_fits(guide, found.right, found.facts)
        told = [cite for fit in clauses if fit.holds for cite in fit.clause.cites]
        assert any(cite.words in first.words for cite in told), (found, first)
        assert first.where in {source(guide, cite) for cite in told}


def test_what_the_right_groups_rule_turns_on_is_said_in_the_first_line():
    """Every fact of a clause that holds and that was asked is named as the story has it."""
    guide = syllabus().guide
    for found, said in every_feedback():
        told = {
            fact for fact in found.facts if says(guide, fact, found.facts[fact]) in said.lines[0]
        }
        assert found.misread.fact in told
        clauses = holding(found.right, found.facts)
        assert not clauses or any(clause & found.facts.keys() <= told for clause in clauses)


def test_what_parts_two_groups_whose_rules_both_hold_is_said():
    """Where an investigation is open beside a goal, the investigation and the need are named."""
    for found, said in every_feedback():
        if "need" in found.facts and found.right == "assessment_investigation":
            for fact in ("investigation", "need"):
                assert says(syllabus().guide, fact, found.facts[fact]) in said.lines[0]
            assert found.misread.fact in {"investigation", "need"}


@pytest.mark.parametrize(
    ("story", "chosen", "told", "would", "quoted"),
    [
        (
            "plan_signed_goal_line_empty",
            "assessment_investigation",
            {"goal": "no_goal"},
            None,
            "A case plan goal has not been established",
        ),
        (
            "burn_on_the_hand",
            "reunification",
            {"investigation": "open", "need": "assessment"},
            {"need": "case_plan", "goal": "return_home"},
            "during the course of an abuse/neglect investigation",
        ),
        (
            "placed_ten_days_no_plan",
            None,
            {"investigation": "concluded", "goal": "no_plan"},
            None,
            "following the investigation and no case plan has been developed",
        ),
        (
            "diversion_program",
            "in_home_family_preservation",
            {"setting": "other_in_home", "fins": "without_report"},
            {"fins": "no"},
            "this is a FINS (family in need of services) case",
        ),
    ],
)
def test_a_teachers_first_words(story, chosen, told, would, quoted):
    """The facts that the answer turned on are said, then what it would need; the rule's words are quoted.

    Where a rule of the content leads to the answer, what is wrong with that rule is said instead.
    """
    guide, found = syllabus().guide, answered(story, chosen)
    assert all(says(guide, *fact) in found.lines[0] for fact in told.items())
    needed = (would or {}).items()
    assert all(guide.questions[f].options[v].would in found.lines[1] for f, v in needed)
    assert (found.lines[1] == WRITTEN[story].traps.get(chosen)) == (would is None)
    assert found.quotes[0].words == quoted


def test_the_simplest_condition_is_given():
    """A blank goal is what the chosen group asks for, not a goal that no group names."""
    would = syllabus().guide.questions["goal"].options["no_goal"].would
    assert would in said("fins_independent_living_out_of_home", "preventive").lines[1]


def test_words_within_longer_words_are_not_quoted_again():
    """Of two phrases of one section, the one that holds the other stays."""
    section = {"document": "about_case_service_groups", "section": "Preventive Services"}
    long, short = (Cite(words=words, **section) for words in ("a report was received", "A report"))
    found = deciding_words(syllabus().guide, [short, long, short])
    assert [quote.words for quote in found] == ["a report was received"]
    for _, told in every_feedback():
        words = [(quote.words.casefold(), quote.where) for quote in told.quotes]
        assert not [
            (one, other)
            for one, where in words
            for other, there in words
            if one != other and where == there and one in other
        ]


def test_what_tells_two_groups_apart_is_true_of_the_case():
    """No such text says where the child lives, or which group goes first, but under its condition."""
    guide = syllabus().guide
    for found, told in every_feedback():
        text = told.pair.difference if told.pair else ""
        assert "lives at home" not in text
        assert "takes over" not in text
        both = fits(guide, found.right, found.facts) if found.right else False
        both = both and found.chosen is not None and fits(guide, found.chosen, found.facts)
        if both and text:
            weighs = (
                "If both apply",
                "If an investigation is open",
                "preferred",
                "FINS",
            )
            assert any(words in text for words in weighs), (found, text)


def test_a_difference_names_its_groups():
    """It is shown whichever of the two is right, so neither may be called `this` or `that` group."""
    for comparison in syllabus().guide.comparisons.values():
        pointing = r"\b(this|that) (group|one)\b|\bHere\b|\bThere\b"
        assert not re.search(pointing, f"{comparison.same} {comparison.different}")


def test_the_storys_own_note_is_said_after_every_answer():
    """Whatever was answered, and for a story made by lot as for a written one."""
    stories = [*WRITTEN.values(), *(story_of(path) for path in syllabus().paths[::9])]
    for story in stories:
        for chosen in (*syllabus().guide.groups, None):
            found = judge(syllabus().guide, story, chosen)
            told = feedback(syllabus().guide, found)
            assert story.note in (*told.lines, *told.more)


def test_an_agencys_reason_stands_in_place_of_the_note():
    """The note was written for what the documents say alone."""
    guide, story = syllabus().guide, WRITTEN["fins_case_with_screened_out_report"]
    decided = Decision(decision="D-1", date="2026-01-31", says="It does not count.")
    outcome = replace(guide.outcomes[story.outcome], decided=(decided,), reason="As decided.")
    found = judge(guide, story, outcome.group)
    changed = copy(guide)
    object.__setattr__(changed, "outcomes", {**guide.outcomes, story.outcome: outcome})
    lines = feedback(changed, found).lines
    assert lines == (f"Your agency decided: {decided.words}", "As decided.")


def test_fins_taken_for_preventive_is_told_what_the_rule_lacks():
    """The feedback names FINS and the report; both groups follow."""
    wrong = [
        (path, found)
        for path in syllabus().paths
        if path.facts.get("fins") == "other_fins"
        and (found := judge(syllabus().guide, story_of(path), "preventive")).grade == "wrong"
    ]
    assert wrong
    (rule,) = [
        lead.correct
        for lead in syllabus().practice.misunderstandings["fins_means_preventive"].leads
        if "other_fins" in lead.when["fins"]
    ]
    for path, found in wrong:
        said = feedback(syllabus().guide, found)
        assert rule in said.lines
        assert (said.pair is None) == (syllabus().right(path.outcome) is None)


def test_an_acceptable_answer_is_not_told_what_is_wrong_with_it():
    """Only a wrong answer shows a misunderstanding."""
    judged = [judge(syllabus().guide, *one) for one in every_pairing()]
    assert all(not found.trap for found in judged if found.grade != "wrong")
    assert any(found.trap for found in judged)


def test_a_story_is_compared_with_the_one_it_is_told_apart_from():
    """After the answer, and with what is right there; a story without such a sibling is not."""
    name, case = next((n, c) for n, c in syllabus().practice.cases.items() if c.contrast)
    other = story_by_id(syllabus().guide, syllabus().practice, str(case.contrast))
    story = story_by_id(syllabus().guide, syllabus().practice, name)
    drill = replace(start_drill(syllabus(), Memory(), header(), NOW, 7), story=story)
    assert compared(syllabus(), drill) == ()
    told = compared(syllabus(), drill.answer(None, "a" * 32, NOW))
    assert told[1:-1] == other.paragraphs
    assert answer_name(syllabus().guide, syllabus().right(other.outcome)) in told[-1]
    alone = replace(drill, story=story_of(syllabus().paths[0])).answer(None, "a" * 32, NOW)
    assert compared(syllabus(), alone) == ()
