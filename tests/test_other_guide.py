"""A guide of another agency, with its own facts and groups, goes through every front without code."""

import json

import pytest

from assistant.cli import main
from assistant.cli.recommend import EXIT_CODES
from assistant.services import real_services
from tests.lines.practice_talk import ALIAS, PracticeTalk
from tests.lines.talk import Talk
from tests.screen.worker import at_work

FACTS = {"urgent": "no", "kind": "repair"}

CASES = """\
stuck_door:
  story: The door of the cellar does not close. It has been so for a week.
  ask: Who handles the door?
  facts: {urgent: "no", kind: repair}
  outcome: broken
  note: A week has passed, so it can wait.
"""

SOUNDS = """\
urgent:
  "yes": [It cannot wait., Somebody is needed today., By tomorrow it is too late.]
  "no": [It can wait., Next week is early enough., Nobody needs it today.]
kind:
  repair: [A chair is broken., The lamp does not light., The lock is stuck.]
  supply: [There is no paper., The pens are gone., A chair is missing.]
"""


def telling():
    harmless = "".join(f"  - The request has page {number}.\n" for number in range(10, 34))
    return f"""\
openings: [{{says: A request came in.}}]
services: [{{says: It is about room 12., ask: Who handles it?}}]
orders: [[urgent], [kind, urgent]]
office: [The office has a front door.]
harmless:
{harmless}"""


@pytest.fixture
def guide(tmp_path):
    """The small guide that `content new` writes, with something to practice with."""
    folder = tmp_path / "guide"
    assert main(["content", "new", str(folder)]) == 0
    practice = folder / "practice"
    (practice / "cases").mkdir(parents=True)
    (practice / "cases" / "all.yaml").write_text(CASES, encoding="utf-8")
    (practice / "sounds.yaml").write_text(SOUNDS, encoding="utf-8")
    (practice / "telling.yaml").write_text(telling(), encoding="utf-8")
    return folder


@pytest.fixture
def services(guide, tmp_path):
    return real_services(guide, tmp_path / "records")


@pytest.fixture
def run(guide, capsys):
    """A command with that guide; returns what it says."""

    def command(*words, code=0):
        capsys.readouterr()
        assert main([*words, "--content", str(guide)]) == code
        return capsys.readouterr().out

    return command


def test_it_is_proven_drawn_and_printed(run):
    assert "3 outcomes" in run("content", "check")
    assert "Workshop" in run("content", "draw")
    card = run("content", "card")
    assert "Emergency Desk" in card
    assert "Workshop" in card


def test_recommend_names_its_groups(run):
    found = json.loads(run("recommend", "urgent=no", "kind=repair", "--json"))
    assert found["group"] == "workshop"
    assert "Emergency Desk" in run("recommend", "u=y")
    assert run("recommend", "urgent=no", "kind=supply", code=EXIT_CODES["refer"])
    assert run("recommend", "urgent=no", code=EXIT_CODES["depends"])


def test_the_look_up_and_the_comparison_know_its_words(run):
    assert "Emergency Desk" in run("lookup", "burst", "pipe")
    assert "Workshop" in run("groups", "workshop")
    assert "cannot wait until tomorrow" in run("groups", "emergency_desk", "workshop")


def test_an_interview_in_lines_is_recorded_and_counted(services, run):
    talk = Talk(services, "2", "1")
    verdict = talk.interview.view.verdict
    assert verdict
    assert verdict.group == "workshop"
    talk.type("1", "0042", "room 12", "a lock", "yes")
    entry = services.open_records().get(1)
    assert (entry.chosen, dict(entry.answers)) == ("workshop", FACTS)
    data = ("--data", str(services.folder))
    assert "Workshop" in run("records", "list", *data)
    assert "Workshop" in run("records", "show", "1", *data)
    assert "Workshop" in run("records", "summary", "--unsuppressed", *data)
    assert "same recommendation" not in run("records", "replay", *data)


async def test_an_interview_on_the_screen_is_recorded(services):
    async with at_work(services) as worker:
        assert "Answer about one request at a time." in worker.words
        await worker.answer(FACTS)
        assert worker.result.group == "workshop"
        assert "Workshop" in worker.text
        await worker.press("1")
        await worker.fill(case_number="0042", whom="room 12", service="a lock")
        await worker.press("ctrl+s")
        assert [entry.chosen for entry in worker.entries()] == ["workshop"]


def test_it_is_practiced_with_written_and_made_stories(services):
    talk = PracticeTalk(services, "drill")
    for _ in range(4):
        right = services.loaded.guide.outcomes[talk.session.story.outcome].group
        options = [*services.loaded.guide.groups, None]
        talk.type(str(options.index(right) + 1), "")
    log = list(services.open_records().practice.texts(alias=ALIAS))
    assert [json.loads(text)["grade"] for text in log] == ["right"] * 4


def test_a_table_is_checked_and_the_rules_run_as_sql(tmp_path, run):
    duckdb = pytest.importorskip("duckdb", reason="the extra [tables] is not installed")
    table, output = tmp_path / "requests.csv", tmp_path / "checked.csv"
    rows = [("yes", "supply", "Emergency Desk"), ("no", "repair", "emergency_desk")]
    rows += [("no", "supply", ""), ("no", "", ""), ("soon", "repair", "")]
    text = "".join(f"{','.join(row)}\n" for row in [("urgent", "kind", "desk"), *rows])
    table.write_text(text, encoding="utf-8")
    run("check", str(table), "--recorded", "desk", "--output", str(output), "--no-why")
    found = [line.replace('"', "").split(",") for line in output.read_text().splitlines()]
    assert [(line[3], line[4], line[-1]) for line in found[1:]] == [
        ("recommended", "emergency_desk", "yes"),
        ("recommended", "workshop", "no"),
        ("refer", "", ""),
        ("depends", "", ""),
        ("unreadable", "", ""),
    ]
    sql = run("content", "sql", "--dialect", "duckdb", "--table", "requests")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE requests AS FROM read_csv('{table}', all_varchar=true)")
        told = connection.execute(sql).fetchall()
    assert sorted(row[3] for row in told) == sorted(line[3] for line in found[1:])


def test_what_its_keeper_changes_is_shown(guide, tmp_path, run):
    before = tmp_path / "before"
    assert main(["content", "new", str(before)]) == 0
    outcomes = guide / "outcomes.yaml"
    text = outcomes.read_text(encoding="utf-8")
    outcomes.write_text(
        text.replace("certainty: settled", "certainty: judgement"), encoding="utf-8"
    )
    found = json.loads(run("content", "diff", str(before), "--format", "json"))
    assert sum(change["cases"] for change in found["changes"]) == 3


def test_new_writes_over_nothing(tmp_path, capsys):
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "mine.yaml").write_text("mine", encoding="utf-8")
    assert main(["content", "new", str(tmp_path / "guide")]) != 0
    assert "What to do:" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "guide").iterdir()] == ["mine.yaml"]
