"""Entries and unfinished interviews of guide 1.0: understood, shown in its words, and nothing guessed."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from assistant.cases.drafts import Draft
from assistant.cases.entries import RULES_CHANGED, entry_answers, entry_memo, view_of
from assistant.cases.forms import PreviousEntry
from assistant.cases.replay import Advice, advice_now, carried_over, differences
from assistant.cases.session import InterviewSession
from assistant.cases.view import GUIDE_CHANGED
from assistant.engine.interview import UNSURE
from assistant.engine.statements import Glossary
from assistant.guide.earlier import earlier_guides
from assistant.guide.proof import follow
from tests.builders import answers, shipped
from tests.entries import ADOPTION, entry_of

DECISIONS = Path(__file__).parents[1] / "golden" / "decisions"
HASH = (DECISIONS / "1.0.0.hash").read_text(encoding="utf-8").strip()
RULES = json.loads((DECISIONS / "1.0.0.json").read_text(encoding="utf-8"))
LOADED = shipped()
GUIDE = LOADED.guide
ONE = earlier_guides(LOADED)[HASH]
OLD = {"meaning_hash": HASH, "content_version": "1.0.0"}


def old_entry(said, recommended=None, certainty="settled", **changed):
    """Return an entry of guide 1.0 with these answers, whose recommendation was followed."""
    same = {"recommended": recommended, "chosen": recommended, "certainty": certainty, **OLD}
    return replace(entry_of(ADOPTION), answers=answers(said), outcome="gone", **same, **changed)


def advised(said):
    """Return the groups that today's guide may recommend for what was answered under guide 1.0."""
    found = advice_now(GUIDE, answers(said), ONE)
    return set(found.among), found


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ("investigation=concluded goal=none case_plan=none", {"assessment_investigation"}),
        ("investigation=concluded goal=none case_plan=developed", {"preventive"}),
        ("investigation=concluded goal=none", {"assessment_investigation", "preventive"}),
        ("investigation=open goal=none", {"assessment_investigation"}),
        ("investigation=none goal=none case_plan=developed", {"preventive"}),
        (
            "investigation=none goal=none case_plan=none",
            {"preventive", "assessment_investigation"},
        ),
        ("investigation=none goal=adoption fins=no", {"adoption"}),
        ("investigation=none goal=adoption fins=yes report=no", {"adoption"}),
        ("investigation=none goal=other fins=yes report=no setting=out_of_home", {"preventive"}),
        ("investigation=none goal=other fins=yes", {"preventive", None}),
        ("investigation=none goal=other fins=yes report=yes", {None}),
        (
            "investigation=none goal=maintain_home fins=yes report=no setting=other_in_home",
            {"preventive"},
        ),
        ("investigation=open goal=return_home need=case_plan", {"reunification"}),
    ],
)
def test_todays_guide_advises_where_the_facts_carry_over(said, groups):
    """Each value that they leave open is followed, and no other."""
    among, found = advised(said)
    assert among == groups
    assert found == (
        Advice("depends")
        if len(groups) > 1
        else Advice("recommended" if None not in groups else "refer", *groups)
    )


def todays_cases(old):
    """Return the cases of today that a case of guide 1.0 may be, written apart from what is kept of it."""
    goals = [old["goal"]]
    if old["goal"] == "none":
        goals = ["no_plan" if old["case_plan"] == "none" else "no_goal"]
    fins = "no"
    if old["fins"] == "yes":
        fins = "without_report" if old["report"] == "no" else "other_fins"
    begun = [old["investigation"]]
    if old["investigation"] == "none":
        begun = ["none", "concluded"]
    for investigation, goal in product(begun, goals):
        same = {fact: old[fact] for fact in ("setting", "need")}
        case = {"investigation": investigation, "goal": goal, "fins": fins, **same}
        if GUIDE.space.stands(case):
            yield case


def test_every_case_of_guide_1_0_is_advised_as_todays_rules_say():
    """All 512 of them, every fact answered."""
    facts, tried = RULES["facts"], 0
    for values in product(*facts.values()):
        old = dict(zip(facts, values, strict=True))
        if any(all(old[f] in v for f, v in rule.items()) for rule in RULES["never"]):
            continue
        tried += 1
        ends = (follow(GUIDE, case).outcome for case in todays_cases(old))
        groups = {GUIDE.outcomes[end].group for end in ends if end}
        assert set(advice_now(GUIDE, old, ONE).among) == groups, old
    assert tried == 512


def test_replay_says_that_an_entry_was_asked_differently(services):
    """By the guide's version; one whose questions still are what they were is merely different."""
    store = services.open_records()
    store.add(old_entry("investigation=concluded goal=none case_plan=none", "preventive"))
    store.add(old_entry("investigation=concluded goal=adoption", "preventive"))
    store.add(old_entry("investigation=concluded goal=none case_plan=developed", "preventive"))
    first, second = differences(LOADED, store)
    assert (first.seq, first.now) == (1, Advice("recommended", "assessment_investigation"))
    assert (first.asked_under, second.asked_under) == ("1.0.0", "")
    assert second.now == Advice("recommended", "adoption")


def test_an_entry_is_shown_in_the_words_it_was_answered_in():
    """With the version of their guide; one of today's has none."""
    entry = old_entry("investigation=none goal=none case_plan=developed", "preventive")
    said = list(entry_answers(LOADED, entry))
    assert [one.about for one in said] == [ONE.questions[fact].ask for fact in entry.answers]
    assert all(one.says.endswith("(guide 1.0.0)") for one in said)
    assert said[2].says.startswith(ONE.questions["case_plan"].options["developed"].label)
    now = entry_answers(LOADED, entry_of(ADOPTION))
    assert not any("(guide" in one.says for one in now)


def test_a_memo_of_an_old_entry_says_what_was_answered():
    """In its own words, and what is recommended today."""
    entry = old_entry("investigation=concluded goal=none case_plan=none", "preventive")
    text = entry_memo(LOADED, PreviousEntry(3, entry))
    assert "Goal: none; Case plan: none (guide 1.0.0)" in text
    assert "Recommended today: Assessment/Investigation Services" in text


def draft(said, **changed):
    now = {"saved_at": entry_of(ADOPTION).when, "answers": answers(said), **OLD}
    return Draft(id="f" * 32, **{**now, **changed})


def resumed(services, old):
    services.drafts.save(old)
    session = InterviewSession(services)
    session.look()
    assert session.resume(session.waiting[0]) == ""
    return session


def test_a_draft_whose_answers_carry_over_goes_on(services):
    """With today's answers, at the question that comes next; nothing has to be said again."""
    old = draft("investigation=concluded goal=none case_plan=developed")
    session = resumed(services, old)
    assert session.view.answers == {"investigation": "concluded", "goal": "no_goal"}
    assert (session.view.standing.asking, session.view.notice) == ("setting", GUIDE_CHANGED)


def test_what_does_not_carry_over_is_said_and_asked_again(services):
    """The rest counts as soon as that is answered, and the file keeps all of it until then."""
    old = draft("investigation=none goal=return_home fins=no setting=out_of_home")
    session = resumed(services, old)
    assert session.view.standing.asking == "investigation"
    assert "Investigation: none (guide 1.0.0)" in session.view.notice
    assert dict(services.drafts.waiting()[0].answers) == dict(old.answers)
    assert session.answer("none") == ""
    assert session.view.recommended == "reunification"


def test_not_sure_and_what_was_assumed_carry_over_with_their_question(services):
    old = draft(f"investigation=open goal={UNSURE} need=assessment", assumed=("need", "report"))
    session = resumed(services, old)
    assert session.view.answers == {**answers(f"goal={UNSURE} need=assessment"), **OPEN}
    assert session.view.assumed == {"need"}


OPEN = {"investigation": "open"}


def test_a_waiting_draft_is_told_in_its_own_words(services):
    services.drafts.save(draft("investigation=open goal=none"))
    session = InterviewSession(services)
    session.look()
    (row,) = session.waiting_rows
    assert "Investigation: open; Goal: none (guide 1.0.0)" in row


def test_an_old_entry_is_taken_up_with_what_carries_over(services):
    """What does not is asked again; no fact counts as given beforehand by that."""
    entry = old_entry("investigation=none goal=adoption fins=yes", "adoption")
    view = view_of(LOADED, entry, Glossary(GUIDE), "d" * 32)
    assert view.answers == {"goal": "adoption"}
    assert view.given == {}
    assert view.notice.startswith(RULES_CHANGED)
    assert "Investigation: none; FINS: yes (guide 1.0.0)" in view.notice
    session = InterviewSession(services)
    assert session.take_up(PreviousEntry(3, entry)) == ""
    assert session.view.standing.asking == "investigation"


def test_answers_that_cannot_stand_together_are_all_asked_again():
    found = carried_over(LOADED, HASH, answers("investigation=open goal=adoption case_plan=none"))
    assert found.answers == OPEN
    assert "Goal: adoption; Case plan: none" in found.lost


def test_under_rules_unknown_here_answers_stay_where_they_can():
    """As they are named today; nothing is made of the others."""
    found = carried_over(LOADED, "0" * 64, answers("investigation=none goal=none moon=full"))
    assert (found.answers, found.notice) == ({"investigation": "none"}, "")
