"""What an agency decided about the readings: in the outcomes, proven, hashed, and kept."""

from pathlib import Path

import pytest

from assistant.errors import GuideError
from assistant.guide.decisions import at_choice, choices
from assistant.guide.loading import LoadedGuide, load_guide
from assistant.guide.problems import GuideProblemsError
from assistant.text import day_read
from tests.builders import CONTENT, agency_file, content_copy, edit, shipped

GUIDE = shipped().guide


def decided_guide(
    folder: Path, choose: str = "", reading: str = "no_plan_while_open"
) -> LoadedGuide:
    return load_guide(CONTENT, decisions=agency_file(folder, reading, choose))


def test_every_doubtful_outcome_is_touched_by_a_reading() -> None:
    """Whatever the guide does not call settled is on the list for policy staff."""
    doubtful = {name for name, found in GUIDE.outcomes.items() if found.certainty != "settled"}
    assert {one for reading in GUIDE.readings.values() for one in reading.outcomes} == doubtful


def test_every_reading_touches_something() -> None:
    """A decision about any of them is seen by a worker somewhere."""
    assert all(reading.outcomes or reading.questions for reading in GUIDE.readings.values())


@pytest.mark.parametrize(
    ("choose", "group", "certainty"),
    [
        ("recommended", "assessment_investigation", "settled"),
        ("assessment_investigation", "assessment_investigation", "settled"),
        ("other", "preventive", "settled"),
        ("preventive", "preventive", "settled"),
        ("supervisor", None, "refer"),
        ("", "assessment_investigation", "judgement"),
    ],
)
def test_a_decision_chooses_among_the_groups_that_fit(
    tmp_path: Path, choose: str, group: str | None, certainty: str
) -> None:
    """Group and certainty are as decided; the same groups fit as before, and the rest stays."""
    guide = decided_guide(tmp_path, choose).guide
    found, before = guide.outcomes["open_no_goal"], GUIDE.outcomes["open_no_goal"]
    assert (found.group, found.certainty) == (group, certainty)
    assert [one.decision for one in found.decided] == ["Memo 26-14"]
    assert set(at_choice(found)) == set(at_choice(before))
    assert found.warnings == before.warnings
    others = {name: one for name, one in guide.outcomes.items() if name != "open_no_goal"}
    assert others == {name: GUIDE.outcomes[name] for name in others}


@pytest.mark.parametrize("reading", GUIDE.readings)
def test_whatever_may_be_chosen_is_proven(tmp_path: Path, reading: str) -> None:
    """Each choice that the list offers loads and holds over every case; so does a wording alone."""
    for choose in ("", *choices(GUIDE, GUIDE.readings[reading])):
        assert decided_guide(tmp_path, choose, reading).proof.faults == ()


def test_what_is_decided_need_not_be_asked(tmp_path: Path) -> None:
    """ "Ask which group your agency uses" is said only until the agency has said it."""
    for choose, said in (
        ("", True),
        ("other", False),
        ("recommended", False),
        ("supervisor", True),
    ):
        notes = decided_guide(tmp_path, choose).guide.outcomes["open_no_goal"].next
        assert any(note.unless for note in notes) == said
        assert any(not note.unless for note in notes)


def test_a_decision_about_a_question_is_its_first_help(tmp_path: Path) -> None:
    """Where it changes how a question is answered, a worker meets it there."""
    question = decided_guide(tmp_path, reading="screened_out_report").guide.questions["fins"]
    assert "Memo 26-14, Nov 1, 2026" in question.help[0].say
    assert question.help[1:] == GUIDE.questions["fins"].help


def test_the_meaning_changes_with_any_decision_and_only_then(tmp_path: Path) -> None:
    """Records, drafts and classes tell a decided guide from the shipped one, and from each other."""
    loaded = [decided_guide(tmp_path, choose) for choose in ("", "recommended", "other")]
    assert len({one.meaning_hash for one in (*loaded, shipped())}) == len(loaded) + 1
    assert len({one.raw_hash for one in (*loaded, shipped())}) == len(loaded) + 1
    assert load_guide(CONTENT).meaning_hash == shipped().meaning_hash


def test_a_kept_guide_is_kept_with_its_decisions(tmp_path: Path) -> None:
    """A later start says the same, and one with another file or with none does not."""
    kept, file = tmp_path / "kept", agency_file(tmp_path, "no_plan_while_open", "other")
    first, second = (load_guide(CONTENT, kept, file) for _ in range(2))
    assert (first.guide, first.meaning_hash) == (second.guide, second.meaning_hash)
    assert second.proof_ms == 0
    assert load_guide(CONTENT, kept).guide == GUIDE


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(GuideError) as caught:
        load_guide(CONTENT, decisions=tmp_path / "gone.yaml")
    assert caught.value.where == str(tmp_path / "gone.yaml")
    file = tmp_path / "decisions.yaml"
    file.write_bytes(b"a: \xff")
    with pytest.raises(GuideProblemsError) as refused:
        load_guide(CONTENT, decisions=file)
    assert [(p.file, p.rule) for p in refused.value.problems] == [(str(file), "encoding")]


def test_the_guide_itself_decides_nothing_for_an_agency(tmp_path: Path) -> None:
    """Neither a file of decisions among its own nor the key in an outcome is read."""
    folder = content_copy(tmp_path)
    edit(folder, "outcomes/goals.yaml", "  certainty:", "  decided: []\n  certainty:")
    load_guide(folder)  # an empty one says nothing
    said = "[{decision: Memo, date: 2026-01-31, says: So}]"
    edit(folder, "outcomes/goals.yaml", "decided: []", f"decided: {said}")
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(folder)
    assert [problem.rule for problem in caught.value.problems] == ["unknown-key"]
    agency_file(folder, "no_plan_while_open", "")
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(folder)
    assert "unknown-file" in {problem.rule for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-01", "2026-11-01"),
        ("11/1/2026", "2026-11-01"),
        (" 01/31/2026 ", "2026-01-31"),
        ("2/30/2026", None),
        ("31/1/2026", None),
        ("2026-1-31", None),
        ("Nov 1, 2026", None),
        ("", None),
    ],
)
def test_days_are_read_as_americans_and_as_computers_write_them(
    typed: str, day: str | None
) -> None:
    """Anything else is no day."""
    found = day_read(typed)
    assert (found.isoformat() if found else None) == day
