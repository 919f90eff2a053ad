"""The look-up itself: what an entry holds, where it leads, and that no words upset it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.lookup import Index
from tests.builders import CONTENT, EveryCase, shipped, tiny_guide

SHIPPED = Index(shipped().guide)


def first(index, words):
    hit = index.search(words)[0]
    return hit.kind, hit.id


def entry(index, kind, name):
    return next(e for e in index.entries if (e.kind, e.id) == (kind, name))


@pytest.fixture(scope="module")
def every(guide):
    return EveryCase(guide)


def test_every_part_of_the_guide_can_be_looked_up(guide, index):
    """Groups, goals, facts, situations, terms and topics: each has an entry, and no two are one."""
    assert {(e.kind, e.id) for e in index.entries} == {
        *(("group", name) for name in guide.groups),
        *(("goal", name) for name in guide.questions["goal"].options),
        *(("fact", name) for name in guide.questions),
        *(("situation", name) for name in guide.situations),
        *(("term", name) for name in (*guide.glossary, *guide.topics)),
    }
    assert len(index.entries) == len({(e.kind, e.id) for e in index.entries})


def test_a_goal_settles_itself_and_nothing_else(index):
    """Going on from a goal fills in the goal."""
    goals = {e.id: dict(e.facts) for e in index.entries if e.kind == "goal"}
    assert goals == {name: {"goal": name} for name in goals}


def test_a_goal_leads_to_the_groups_its_cases_end_in(index, every):
    """Most of them first; to none where most end in none."""
    for found in index.entries:
        if found.kind == "goal":
            ends = [
                every.guide.outcomes[every.passages[number].outcome].group
                for number in every.completing(found.facts)
            ]
            counts = [ends.count(group) for group in found.leads_to]
            assert set(found.leads_to) == (set() if found.refers else set(ends) - {None}), found.id
            assert counts == sorted(counts, reverse=True), found.id


def test_a_situation_leads_where_the_guide_says_it_usually_does(index, guide):
    """In that order, and each with its condition."""
    for found in index.entries:
        if found.kind == "situation":
            usually = guide.situations[found.id].usually
            assert found.leads_to == tuple(usual.group for usual in usually)
            assert found.when == tuple(usual.when for usual in usually)


def test_where_the_documents_name_no_group_none_is_led_to(index):
    """The entry says so instead."""
    for kind, name in (
        ("situation", "guardianship"),
        ("situation", "relative_custody"),
        ("goal", "other"),
    ):
        assert entry(index, kind, name).refers
        assert entry(index, kind, name).leads_to == ()
    assert not entry(index, "goal", "adoption").refers


def test_a_group_leads_to_itself_and_what_it_is_mixed_up_with(index, guide):
    """The group comes first."""
    for name in guide.groups:
        mixed = guide.mixed_up_with(name)
        assert entry(index, "group", name).leads_to == (name, *mixed)


def test_a_term_leads_to_the_groups_described_where_it_stands(index):
    """A term cited from a group's section leads there; one that is not leads nowhere."""
    assert entry(index, "term", "custodian").leads_to == ("reunification",)
    assert entry(index, "term", "supervisor").leads_to == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("a", None),
        ("indep", ("goal", "independent_living")),
        ("guard", ("situation", "guardianship")),
        ("trial home vis", ("situation", "trial_home_visit")),
        ("unruley", ("situation", "fins_no_report")),
        ("volunatry", ("situation", "voluntary_in_home")),
        ("ADOPTION!!", ("goal", "adoption")),
        ("what is the goal of adoption", ("goal", "adoption")),
        ("Guardian's", ("situation", "guardianship")),
        ("in home safety plans", ("situation", "in_home_safety_plan")),
        ("in-home safety plan", ("situation", "in_home_safety_plan")),
        ("OPPLA goal 16 yr old", ("goal", "planned_permanent_living")),
        ("emancipation goal 17yo", ("goal", "independent_living")),
        ("19 year old", ("situation", "young_adult")),
        ("17 year old", ("situation", "child_circumstances")),
        ("mom in jail", ("situation", "parent_in_jail")),
        ("incarcerated dad", ("situation", "parent_in_jail")),
        ("teen living at home with independent living goal", ("situation", "teen_at_home")),
        (
            "diference between assesment services and preventive",
            ("comparison", "assessment_investigation-preventive"),
        ),
    ],
)
def test_half_typed_and_untidy_words_are_understood(index, typed, wanted):
    """Beginnings of words, capitals, signs, plurals and little words make no difference."""
    assert wanted is None or first(index, typed) == wanted


def test_an_age_is_no_word_for_what_is_old(index):
    """Nor does an expired plan come up for a year."""
    for words in ("17 year old", "16 yo", "19 years old", "20 yr old"):
        found = {hit.id for hit in index.search(words)}
        assert found & {"old_investigation", "plan_expired", "recorded_late"} == set()


def test_an_unknown_word_does_not_hide_the_others(index):
    """Words that the guide does not have are passed over."""
    assert first(index, "zzyzx adoption qwertz") == ("goal", "adoption")


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("TCX adoption", ("tcx",)),
        ("ado", ("ado",)),
        ("adopt 1234", ()),
        ("homebuilding", ("homebuilding",)),
        ("zzyzx adoption qwertz", ("zzyzx", "qwertz")),
        ("the unruly child", ()),
    ],
)
def test_words_not_understood_are_named(index, words, unknown):
    """Neither a short word nor a long one that is only somewhat like is taken for another."""
    assert index.unknown(words) == unknown


@pytest.mark.parametrize(
    "words",
    [
        "preventive vs in-home",
        "difference between in home family preservation and preventive services",
        "preservation or preventive",
        "diferencia entre preventivo y preservación",
        "what is the diff between a kid in preventive and a kid in home",
    ],
)
def test_two_groups_asked_about_are_compared(index, words):
    """The comparison of the two comes first, whichever is named first and however it is asked."""
    hit = index.search(words)[0]
    assert hit.kind == "comparison"
    assert set(hit.leads_to) == {"preventive", "in_home_family_preservation"}


@pytest.mark.parametrize(
    "words", ["adoption vs adopting", "truant or unruly", "difference", "vs", "preventive or what"]
)
def test_nothing_is_compared_where_no_two_groups_are_named(index, words):
    """One group, or none, is no pair."""
    assert [hit.kind for hit in index.search(words) if hit.kind == "comparison"] == []


def test_a_goal_named_beside_a_situation_decides_where_it_leads(index):
    """The words give a fact that the situation leaves open."""
    hit = index.search("QRTP kid goal adoption")[0]
    assert (hit.id, hit.leads_to[0]) == ("residential_placement", "adoption")
    assert dict(hit.facts) == {"setting": "out_of_home", "goal": "adoption"}
    assert index.search("QRTP kid")[0].leads_to[0] == "reunification"


@pytest.mark.parametrize(
    ("words", "facts", "group"),
    [
        (
            "bus passes, cps investigation still open",
            {"investigation": "open"},
            "assessment_investigation",
        ),
        (
            "assessment closed no case plan yet bus passes",
            {"investigation": "concluded", "goal": "no_plan"},
            "assessment_investigation",
        ),
        ("bus passes goal return home", {"goal": "return_home"}, "reunification"),
        ("bus passes no investigation open", {}, None),
    ],
)
def test_what_is_said_beside_a_kind_of_service_decides(index, words, facts, group):
    """The service itself leads nowhere; the goal or the investigation does."""
    hit = next(hit for hit in index.search(words) if hit.id == "kind_of_service")
    assert dict(hit.facts) == facts
    assert next(iter(hit.leads_to), None) == group


def test_a_situation_whose_goal_is_not_the_one_named_is_not_first(index):
    """What the words say goes before what they sound like."""
    assert index.search("investigation ended goal stay home")[0].id != "ended_no_plan"


def test_what_is_filled_in_can_stand_together(index, guide):
    """Also where a goal was named beside a situation."""
    goals = [option.short for option in guide.questions["goal"].options.values()]
    for found in index.entries:
        for goal in goals:
            for hit in index.search(f"{found.title} goal {goal}", 3):
                assert guide.space.stands(hit.facts)


@pytest.mark.parametrize(
    "words", ["", "   ", "the of and", "which group do i use for", "?!", "zzyzx", "\x00", "行"]
)
def test_nothing_is_found_where_nothing_is_said(index, words):
    """Empty, meaningless and unknown words give no entry rather than any entry."""
    assert index.search(words) == ()


def test_the_best_come_first_and_no_more_than_asked_for(index):
    """Scores fall, and none is above a hundred."""
    hits = index.search("adoption", 100)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= 100
    assert index.search("adoption", 3) == hits[:3]
    assert index.search("adoption", 0) == ()


@given(st.text(max_size=200), st.integers(-2, 200))
def test_any_text_at_all_can_be_looked_up(text, limit):
    """Nothing typed is an error, and no more comes back than asked for."""
    hits = SHIPPED.search(text, limit)
    assert len(hits) <= max(limit, 0)
    assert all(0 < hit.score <= 100 for hit in hits)


@given(st.lists(st.sampled_from(["adoption", "kid", "goal", "home", "no", "trial", "guardianshp"])))
def test_the_same_words_give_the_same_entries(words):
    """In whatever order they are typed, and from an index made anew."""
    typed = " ".join(words)
    assert SHIPPED.search(typed) == SHIPPED.search(typed)
    assert {hit.id for hit in SHIPPED.search(typed, 200)} == {
        hit.id for hit in SHIPPED.search(" ".join(reversed(words)), 200)
    }


def test_an_index_made_anew_is_the_same(guide, index):
    """Nothing depends on the order in which sets happen to be."""
    again = Index(guide)
    for words in ("adoption", "safety plan", "kid with grandma", "no goal"):
        assert again.search(words) == index.search(words)


def test_another_guide_can_be_looked_up_too():
    """A guide without goals or situations still has its facts and groups."""
    index = Index(tiny_guide("a: x>end y>b | b: x>end y>other"))
    assert {e.kind for e in index.entries} == {"group", "fact"}
    assert first(index, "B?") == ("fact", "b")


def test_the_content_folder_is_the_shipped_one():
    """What is tested here is what workers get."""
    assert (CONTENT / "situations").is_dir()
