"""What is said of an interview that was left under older rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.drafts import Draft, counting, leads_to, words_since
from assistant.engine.interview import UNSURE
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from tests.builders import EveryCase, answers, shipped, tiny_guide

NEWER = "f" * 64
ADOPTION = answers("investigation=concluded goal=adoption")


def today(guide: Guide | None = None, version: str = "2") -> LoadedGuide:
    """Give a guide as it is today: not the one that any draft here was left under."""
    guide = guide or shipped().guide
    named = replace(guide, about=replace(guide.about, version=version))
    return replace(shipped(), guide=named, meaning_hash=NEWER)


def left(
    said: Mapping[str, str],
    *,
    counted: tuple[str, ...] | None = None,
    leads_to: tuple[str, ...] = (),
) -> Draft:
    """Give a draft left under version 1, all of whose answers counted, unless said otherwise."""
    return Draft(
        id="a" * 32,
        saved_at=datetime(2026, 10, 3, tzinfo=UTC),
        answers=said,
        meaning_hash="0" * 64,
        content_version="1",
        counted=tuple(said) if counted is None else counted,
        leads_to=leads_to,
    )


def said_of(draft: Draft, loaded: LoadedGuide | None = None) -> str:
    """Give what is said after the versions."""
    return words_since(loaded or today(), draft).partition("). ")[2]


def test_nothing_is_said_where_the_rules_are_the_same() -> None:
    """Other words or another version of the guide are no change of rules."""
    draft = replace(left(ADOPTION), meaning_hash=NEWER)
    assert words_since(today(), draft) == ""


def test_both_versions_are_named() -> None:
    words = "The guide's rules have changed since this interview was left"
    assert words_since(today(), left(ADOPTION)).startswith(f"{words} (version 1, now 2). ")
    same = words_since(today(version="1"), left(ADOPTION))
    assert same.startswith(f"{words} (both are called version 1). ")


@pytest.fixture(scope="module")
def every() -> EveryCase:
    return EveryCase(shipped().guide)


@given(st.data())
def test_answers_that_mean_the_same_are_said_to_be_unaffected(
    every: EveryCase, data: st.DataObject
) -> None:
    """Whatever was answered, on the way or off it, with doubts or without."""
    whole = data.draw(st.sampled_from(every.cases))
    facts = data.draw(st.lists(st.sampled_from(every.facts), unique=True))
    said = {fact: data.draw(st.sampled_from([whole[fact], UNSURE])) for fact in facts}
    guide = every.guide
    draft = left(said, counted=counting(guide, said), leads_to=leads_to(guide, said))
    assert said_of(draft) == "None of your answers is affected, and they point to the same."


def test_a_question_that_the_guide_has_no_more_is_named() -> None:
    """By words made of its fact, since its name is gone too."""
    draft = left({**ADOPTION, "full_moon": "yes"}, leads_to=("adoption",))
    assert said_of(draft) == "No longer asked: Full moon."


def test_a_question_that_no_longer_matters_is_named() -> None:
    draft = left({**ADOPTION, "need": "case_plan"}, leads_to=("adoption",))
    name = shipped().guide.questions["need"].name
    assert said_of(draft) == f"No longer asked: {name}."


def test_an_answer_that_did_not_count_then_is_not_spoken_of() -> None:
    draft = left({**ADOPTION, "need": "case_plan"}, counted=tuple(ADOPTION), leads_to=("adoption",))
    assert said_of(draft).startswith("None of your answers is affected")


def test_an_answer_that_is_no_longer_offered_is_named() -> None:
    """Its question is asked again, and what was answered after it waits."""
    said = {"investigation": "concluded", "goal": "no_such_goal", "case_plan": "none"}
    assert said_of(left(said)).startswith(
        "Has other answers now: Goal. Kept until asked again: Case plan."
    )


def test_a_question_that_comes_first_now_is_named() -> None:
    """The answers kept are used again after it."""
    guide = tiny_guide("a: x>b y>end | b: x>end y>other")
    assert said_of(left({"b": "x"}, leads_to=("end",)), today(guide)).startswith(
        "To answer first now: A. Kept until asked again: B."
    )


def test_another_result_is_named_beside_the_one_then() -> None:
    draft = left(ADOPTION, leads_to=("reunification",))
    assert said_of(draft) == (
        "Your answers pointed to Reunification Services then, and point to Adoption Services now."
    )


def test_a_group_that_the_guide_has_no_more_is_named_all_the_same() -> None:
    draft = left(ADOPTION, leads_to=("kinship_care", "none"))
    assert said_of(draft) == (
        "Your answers left open Kinship care and no group then, and point to Adoption Services now."
    )


def test_many_groups_are_counted() -> None:
    """Only a few are named."""
    draft = left({"investigation": "concluded"}, leads_to=("adoption",))
    now = leads_to(shipped().guide, draft.answers)
    assert said_of(draft) == (
        f"Your answers pointed to Adoption Services then, and leave open {len(now)} groups now."
    )


def test_of_many_groups_only_the_difference_is_named() -> None:
    said = {"investigation": "none"}
    now = leads_to(shipped().guide, said)
    draft = left(said, leads_to=("assessment_investigation", *now[1:]))
    first = shipped().guide.groups[now[0]].name
    assert said_of(draft) == (
        f"No longer possible: Assessment/Investigation Services. Now also possible: {first}."
    )


def test_a_draft_of_an_older_assistant_asks_for_a_check() -> None:
    """It did not keep what its answers pointed to."""
    assert said_of(left(ADOPTION)) == (
        "What your answers pointed to then is not known. Check each of them."
    )
