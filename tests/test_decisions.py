"""What an agency decided reaches every front, from a flag, the environment or the settings."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.engine.handouts import memo
from assistant.engine.interview import replay
from assistant.engine.statements import Heading, statements
from assistant.services import Services, real_services
from assistant.training.feedback import feedback
from assistant.training.judging import judge
from assistant.training.stories import made_story
from assistant.web.sessions import ServePlan
from tests.builders import agency_file, answers, content_copy, shipped, shipped_practice
from tests.lines.talk import Talk
from tests.screen.worker import at_work

FACTS = "investigation=open goal=no_goal"
WORDS = "Do it like this. (Memo 26-14, Nov 1, 2026)"


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """Return a file in which an agency prefers the other group where a plan has no goal."""
    return agency_file(tmp_path, "no_plan_while_open", "other")


@pytest.fixture
def decided(agency: Path) -> Services:
    """Return what a front works with at that agency."""
    return real_services(decisions=agency)


def test_a_result_and_its_memo_say_who_decided_what(decided: Services) -> None:
    """The statement is there once, and in no result that no decision touches."""
    guide = decided.loaded.guide
    standing = replay(guide, answers(FACTS))
    (said,) = [one for one in statements(guide, standing) if one.about == Heading.DECIDED]
    assert said.says == WORDS
    assert WORDS in memo(guide, standing, in_full=True)
    other = replay(guide, answers("investigation=open goal=other"))
    assert Heading.DECIDED not in {one.about for one in statements(guide, other)}


def test_where_it_depends_a_decision_says_when_it_applies(decided: Services) -> None:
    """Not sure of the goal: the decision is about one of the cases alone."""
    guide = decided.loaded.guide
    standing = replay(guide, answers("investigation=open goal=unsure need=unsure"))
    (said,) = [one for one in statements(guide, standing) if one.about == Heading.DECIDED]
    assert said.only_if


def test_a_touched_outcome_says_how_it_is_read_until_it_is_decided(decided: Services) -> None:
    """One line, which a decision replaces."""
    for guide, told in ((shipped().guide, 1), (decided.loaded.guide, 0)):
        said = statements(guide, replay(guide, answers(FACTS)))
        assert [one.about for one in said].count(Heading.READING) == told


def test_the_plain_lines_say_it(decided: Services) -> None:
    """Group and decision."""
    text = Talk(decided, "2", "7").text
    assert "Preventive Services" in text
    assert WORDS in text


async def test_the_screen_says_it(decided: Services) -> None:
    """Group and decision."""
    async with at_work(decided) as worker:
        await worker.stand({})
        await worker.answer(answers(FACTS))
        assert (worker.result.group, worker.result.certainty) == ("preventive", "settled")
        assert "Memo 26-14" in worker.text


def test_recommend_says_it(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As text and as JSON, with --decisions."""
    assert main(["recommend", *FACTS.split(), "--decisions", str(agency)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Recommended: Preventive Services.")
    assert WORDS in said
    assert main(["recommend", "--json", *FACTS.split(), "--decisions", str(agency)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["group"], found["certainty"]) == ("preventive", "settled")
    told = {"decision": "Memo 26-14", "date": "11/1/2026", "says": "Do it like this."}
    assert found["agency_decided"] == [told | {"only_if": ""}]


def test_practice_grades_by_it(decided: Services) -> None:
    """What the guide alone recommends is wrong there, and the feedback says who decided."""
    guide = decided.loaded.guide
    story = made_story(guide, shipped_practice(), answers(FACTS), 1)
    right, wrong = (judge(guide, story, one) for one in ("preventive", "assessment_investigation"))
    assert (right.grade, wrong.grade) == ("right", "wrong")
    for found in (right, wrong):
        said = feedback(guide, found)
        assert any(WORDS in line for line in (*said.lines, *said.more))


@pytest.mark.parametrize("how", ["environment", "settings"])
def test_it_is_named_for_good(
    agency: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """By the environment, or by a line of the settings."""
    if how == "environment":
        monkeypatch.setenv("SERVICE_GROUP_DECISIONS", str(agency))
    else:
        file = tmp_path / "settings.toml"
        file.write_text(f"decisions = '{agency}'", encoding="utf-8")
        monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(file))
    assert list(real_services().loaded.guide.decisions) == ["no_plan_while_open"]


def test_a_browsers_sessions_get_it(agency: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server hands the file on to each of them."""
    plans: list[ServePlan] = []

    def serve(plan: ServePlan, *_: object) -> int:
        plans.append(plan)
        return 0

    monkeypatch.setattr("assistant.web.server.serve", serve)
    assert main(["serve", "--decisions", str(agency)]) == 0
    assert plans[0].environment["SERVICE_GROUP_DECISIONS"] == str(agency)


def test_the_checks_mention_it(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`content check` and `doctor` say what is decided, and nothing where there is no file."""
    for words in ([], ["--decisions", str(agency)]):
        main(["content", "check", *words])
        assert ("no_plan_while_open" in capsys.readouterr().out) == bool(words)
        main(["doctor", "--json", *words])
        found = {one["name"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
        assert ("Decisions" in found) == bool(words)
    assert found["Decisions"]["healthy"]
    assert found["Decisions"]["where"] == str(agency)


def test_a_bad_file_stops_the_start(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error is the agency's to mend, and the doctor says so beside a healthy guide."""
    agency.write_text("no_plan_while_opn: {decision: M, date: 1/31/2026, says: So}")
    assert main(["recommend", "goal=adoption", "--decisions", str(agency)]) == 1
    assert f"{agency}:1:1:" in capsys.readouterr().err
    assert main(["doctor", "--json", "--decisions", str(agency)]) == 1
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)["findings"]}
    assert (found["Guide"]["healthy"], found["Decisions"]["healthy"]) == (True, False)


def test_the_questions_are_listed(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every reading with its id, and what is decided already."""
    assert main(["content", "questions", "--decisions", str(agency)]) == 0
    said = capsys.readouterr().out
    assert [name for name in shipped().guide.readings if name not in said] == []
    assert "Memo 26-14" in said


def test_the_questions_make_a_form(tmp_path: Path) -> None:
    """A page that names every reading and is not written over unasked."""
    page = tmp_path / "form.html"
    command = ["content", "questions", "--format", "form", "--output", str(page)]
    assert main(command) == 0
    text = page.read_text(encoding="utf-8")
    assert [name for name in shipped().guide.readings if name not in text] == []
    assert main(command) == 2
    assert main([*command, "--force"]) == 0


def test_a_guide_without_readings_has_no_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is then empty, and no fault."""
    folder = content_copy(tmp_path)
    (folder / "readings.yaml").unlink()
    assert main(["content", "questions", "--content", str(folder)]) == 0
    assert "You can choose" not in capsys.readouterr().out
