"""Practice on the screen: every mode to its end, left in the middle and found again, in every window."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.commands import Command
from assistant.errors import GuideError, RecordsUnavailableError
from assistant.records.store import RecordStore
from assistant.screen import widgets as debounce
from assistant.screen.column import Paragraph, plain
from assistant.screen.dialogs import ReadingScreen
from assistant.screen.practice import ExerciseScreen, PracticeScreen
from assistant.services import Services, practice_session
from assistant.settings import Settings
from assistant.training.attempts import Mode, read_results
from assistant.training.classes import ClassFile, new_class, stories_by_seed
from assistant.training.exam import LEFT, Exam, start_lines
from assistant.training.feedback import NO_LOOK_UP
from assistant.training.judging import grade_of
from assistant.training.modes import Drill, Learn
from assistant.training.stories import Story
from tests.screen.worker import SMALL, USUAL, WIDE, Worker, at_work
from tests.training.trainee import story_of, syllabus

Start = Callable[[], Services]
SIZES = [WIDE, USUAL, SMALL]
MOST = 30
"""Stories among which every kind of case is met."""

HAND_IN = ("1", "1")
"""The keys from the page with all answers: the first line, and yes."""

GROUPS = 8
"""Choices in a drill: seven groups, and asking the supervisor."""


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever practises here take their time between two keys, without waiting for it."""
    monkeypatch.setattr(debounce, "REPEAT_SECONDS", 0)


def begin_class(services: Services, *stories: Story) -> None:
    """Leave a drill in class at its first story."""
    found = new_class(services.loaded.meaning_hash, stories, name="Spring", mode="drill")
    assigned = replace(services, assigned=found)
    assert practice_session(assigned, "blue-heron").begin(Command.CLASS)


def at_the_interview(worker: Worker) -> bool:
    return worker.app.screen is worker.interview


def named(services: Services, alias: str = "blue-heron") -> Services:
    """Return the same services with an alias set for good."""
    return replace(services, settings=Settings(alias=alias))


@asynccontextmanager
async def practising(
    services: Services, *keys: str, size: tuple[int, int] = USUAL
) -> AsyncIterator[Worker]:
    """Open practice under an alias that is set, and press some keys there."""
    async with at_work(named(services), size) as worker:
        await worker.press("d", *keys)
        yield worker


def session(worker: Worker) -> Any:
    return cast("ExerciseScreen", worker.app.screen).exercise


def read(worker: Worker) -> str:
    """Return everything that can be scrolled to, as running words."""
    return " ".join(cast("Any", worker.app.screen).reading.text.render().plain.split())


def offered(worker: Worker) -> list[str]:
    return [choice.label for choice in cast("Any", worker.app.screen).choices.offered]


def number_of(worker: Worker, grade: str) -> str:
    """Return the key of the first answer to the story shown that would be graded so."""
    now = session(worker)
    guide = worker.view.guide
    answers = [*guide.groups, None]
    grades = [_grade(guide, now.story.outcome, answer) for answer in answers]
    return str(grades.index(grade) + 1) if grade in grades else ""


def _grade(guide: Any, outcome: str, answer: str | None) -> str:
    return grade_of(guide, outcome, answer)


def said_key(worker: Worker, *, right: bool) -> str:
    """Return the key that answers the question asked in learning as the story does, or otherwise."""
    now = session(worker)
    place = now.values.index(now.story.facts[now.asking])
    return str((place if right else (place + 1) % len(now.values)) + 1)


def longest(worker: Worker) -> int:
    return worker.view.guide.about.longest_interview


def logged(services: Services) -> int:
    return len(list(services.open_records().practice.texts()))


async def test_an_alias_is_asked_for_once(services: Services) -> None:
    """It refuses what names somebody, with the keys still in sight, and remembers the word."""
    async with at_work(services) as worker:
        await worker.press("d")
        assert "not your name" in worker.words
        assert "settings.toml" not in worker.words
        for refused in ("Ann Smith", "ann@example.org", "a" * 31, "555-123-4567"):
            await worker.fill(alias=refused)
            await worker.press("enter")
            assert "Choose a different word" in worker.words
            assert "Not now" in worker.words
        await worker.fill(alias="blue-heron")
        await worker.press("enter")
        assert "You practice as blue-heron" in read(worker)
        await worker.press("escape", "d")
        assert "You practice as blue-heron" in read(worker)


async def test_practice_is_not_begun_without_an_alias(services: Services) -> None:
    """An empty line is answered; Esc goes back to the interview."""
    async with at_work(services) as worker:
        await worker.press("d", "enter")
        assert "Choose an alias" in worker.words
        await worker.press("escape")
        assert at_the_interview(worker)


async def test_an_alias_that_is_set_is_not_asked_for(services: Services) -> None:
    """Practice says under which alias it is; nothing is chosen beforehand."""
    async with practising(services) as worker:
        assert "You practice as blue-heron" in read(worker)
        assert "Start with Learn" in worker.words
        await worker.press("enter")
        assert isinstance(worker.app.screen, PracticeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_story_leaves_its_choices_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """However long the story: the question, seven groups, the supervisor, and the line of keys.

    What is said of the answer is not scrolled where there is room for all of it.
    """
    async with practising(services, "2", size=size) as worker:
        for _ in range(8):
            for words in (session(worker).story.ask, *offered(worker), worker.keys):
                assert words in worker.words, f"{words!r} is cut:\n{worker.text}"
            assert session(worker).story.paragraphs[0].split()[0] in worker.words
            assert len(offered(worker)) == GROUPS
            await worker.press("8")
            page = cast("Any", worker.app.screen)
            has_room = page.sheet.size.height > page.choices.least
            assert not (page.reading.max_scroll_y and has_room)
            await worker.press("n")


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_story_can_be_read_to_its_end(
    services: Services, size: tuple[int, int]
) -> None:
    """The page keys scroll it while the choices keep the keyboard."""
    async with practising(services, "2", size=size) as worker:
        await worker.press("pagedown", "pagedown", "pagedown")
        assert session(worker).story.paragraphs[-1].split()[-1] in worker.words
        assert worker.focused == "choices"


async def test_nothing_is_picked_beforehand(services: Services) -> None:
    """Enter answers nothing until a choice is highlighted; arrows and Enter answer."""
    async with practising(services, "2") as worker:
        await worker.press("enter", "space", "n")
        assert session(worker).found is None
        await worker.press("down", "down", "enter")
        assert session(worker).found.chosen == list(worker.view.guide.groups)[1]


async def test_a_click_answers(services: Services) -> None:
    async with practising(services, "2") as worker:
        await worker.click("Reunification Services")
        assert session(worker).found.chosen == "reunification"


async def test_a_wrong_answer_is_explained(services: Services) -> None:
    """Which fork was misread, the deciding words with their source, and both groups; it is kept."""
    async with practising(services, "2", size=(160, 50)) as worker:
        await worker.press(number_of(worker, "wrong"))
        found = session(worker).feedback
        assert found.headline.startswith("Not right")
        assert found.headline in worker.words
        assert all(line in read(worker) for line in found.lines)
        for side, name in (("You chose", found.pair.chosen.name), ("Right", found.pair.right.name)):
            assert f"{side} {name}" in read(worker)
        rest = (*found.more, found.quotes[0].words, found.quotes[0].where)
        assert not any(words in read(worker) for words in rest)
        await worker.press("m")
        assert all(words in read(worker) for words in rest)
        assert rest[0].split()[0] in worker.words
        assert "1 answered, 0 right" in worker.words
        assert logged(services) == 1


async def test_a_right_answer_is_told_why_in_a_line(services: Services) -> None:
    """No pair and no words of a document."""
    async with practising(services, "2") as worker:
        await worker.press(number_of(worker, "right"))
        found = session(worker).feedback
        assert (len(found.lines), found.quotes, found.pair) == (1, (), None)
        assert found.headline in worker.words
        assert "1 answered, 1 right" in worker.words


async def test_an_acceptable_answer_is_told_apart(services: Services) -> None:
    """In a judgement case the other group that fits is neither right nor wrong."""
    async with practising(services, "2") as worker:
        for _ in range(MOST):
            if not number_of(worker, "acceptable"):
                await worker.press("8", "n")
        await worker.press(number_of(worker, "acceptable"))
        assert session(worker).found.grade == "acceptable"
        assert session(worker).feedback.headline in worker.words
        assert ", 1 acceptable" in session(worker).line


async def test_the_supervisor_can_be_asked(services: Services) -> None:
    """It is an answer: wrong where a group is settled, right where none is named."""
    named_group = next(way for way in syllabus().paths if way.outcome == "adoption")
    no_group = next(way for way in syllabus().paths if not syllabus().right(way.outcome))
    begin_class(services, story_of(named_group), story_of(no_group))
    async with practising(services, "5", "8") as worker:
        assert "Not right. " in worker.words
        assert "Your answer: Ask the supervisor" in read(worker)
        await worker.press("n", "8")
        assert "Right: Ask the supervisor" in worker.words


@pytest.mark.parametrize("key", ["1", "n", "space", "enter"])
async def test_the_next_story_is_one_key_away(services: Services, key: str) -> None:
    async with practising(services, "2", "8") as worker:
        before = session(worker).story
        await worker.press(key)
        assert session(worker).story != before
        assert session(worker).found is None
        assert offered(worker)[-1] == "Ask the supervisor"


async def test_a_drill_left_with_esc_is_gone_on_with(start: Start) -> None:
    """The same story, at the next start of the program too; nothing answered is lost."""
    async with practising(start(), "2", "8", "n") as worker:
        left = session(worker).story
        await worker.press("escape")
        assert "Drill: continue the drill you left (1 answer)" in worker.words
        await worker.press("2")
        assert session(worker).story == left
        await worker.press("q")
    async with practising(start()) as worker:
        await worker.press("2")
        assert isinstance(session(worker), Drill)
        assert session(worker).story == left
        assert "1 answered" in worker.words


async def test_learning_goes_through_a_story_to_its_end(services: Services) -> None:
    """Each answer is checked at once; at the end stands where it led, and why."""
    async with practising(services, "1") as worker:
        for _ in range(longest(worker)):
            assert offered(worker)[-1] == "Not sure"
            assert session(worker).question.ask in worker.words
            await worker.press(said_key(worker, right=True))
            assert session(worker).checks[-1].found.headline == "Right."
            assert "Right." in worker.words
            if session(worker).finished:
                break
            await worker.press("enter")
        outcome = worker.view.guide.outcomes[session(worker).story.outcome]
        assert outcome.reason in read(worker)
        assert session(worker).story.note in read(worker)
        assert logged(services) == 1
        before = session(worker).story
        await worker.press("1")
        assert isinstance(session(worker), Learn)
        assert session(worker).story != before


async def test_a_wrong_answer_in_learning_is_checked_at_once(services: Services) -> None:
    """What the story says, why it matters, and the phrase; the next question follows what it says."""
    async with practising(services, "1") as worker:
        await worker.press(said_key(worker, right=False))
        check = session(worker).checks[-1]
        assert "That is not what the story says." in worker.words
        assert all(line in read(worker) for line in check.found.lines)
        assert offered(worker) == ["Next question", "Stop here"]
        await worker.press("m")
        assert all(quote.words in read(worker) for quote in check.found.quotes)
        await worker.press("n")
        assert "So far: " in read(worker)
        assert session(worker).story.paragraphs[0].split()[0] in worker.words


async def test_not_sure_is_an_answer_in_learning(services: Services) -> None:
    async with practising(services, "1") as worker:
        await worker.press(str(len(offered(worker))))
        assert "Your answer: Not sure" in read(worker)
        assert "That is not what the story says." in worker.words


async def test_learning_left_in_the_middle_is_gone_on_with(start: Start) -> None:
    """The same story, at the next question."""
    async with practising(start(), "1") as worker:
        await worker.press(said_key(worker, right=True))
        left = session(worker)
        await worker.press("q")
    async with practising(start()) as worker:
        assert "Learn: continue the story you were learning from (1 answer)" in worker.words
        await worker.press("1")
        assert session(worker).story == left.story
        assert session(worker).asking == left.asking


async def test_a_test_says_nothing_until_its_end(services: Services) -> None:
    """Then the score, the pass mark, and every mistake explained, acceptable ones told apart."""
    async with practising(services, "3", "enter") as worker:
        for number in range(1, 11):
            assert f"Story {number} of 10" in worker.words
            assert not any(word in read(worker) for word in ("Right", "right:", "Acceptable"))
            wanted = "acceptable" if number_of(worker, "acceptable") else "wrong"
            await worker.press(number_of(worker, wanted if number > 1 else "right"))
        assert logged(services) == 0
        await worker.press(*HAND_IN)
        exam = session(worker)
        assert exam.score.text in worker.words
        assert exam.score.acceptable
        assert "pass mark is 80%" in worker.words
        text = read(worker)
        assert "Story 1 of 10" not in text
        for mistake in exam.mistakes:
            assert f"Story {mistake.number} of 10: {mistake.found.grade}" in text
            assert mistake.feedback.headline in text
            assert all(line in text for line in mistake.feedback.lines)
        assert logged(services) == 10
        await worker.press("1")
        assert "continue the" not in worker.words


async def test_a_test_without_a_mistake_is_passed(services: Services) -> None:
    async with practising(services, "3", "1") as worker:
        for _ in session(worker).stories:
            await worker.press(number_of(worker, "right"))
        await worker.press(*HAND_IN)
        assert session(worker).score.text in worker.words
        assert "Every answer was right" in worker.words
        assert offered(worker) == ["Back to practice"]
        await worker.press("enter")
        assert "You practice as blue-heron" in read(worker)


async def test_a_test_left_in_the_middle_is_gone_on_with(start: Start) -> None:
    """At the same story; the answers given count."""
    async with practising(start(), "3", "1", "1", "2") as worker:
        left = session(worker)
        await worker.press("q", "1")
        assert worker.has_left
    async with practising(start()) as worker:
        assert "Test: continue the test you left (2 of 10 answered)" in worker.words
        await worker.press("3", "1")
        assert session(worker).stories == left.stories
        assert "Story 3 of 10" in worker.words


async def test_a_test_is_not_given_up_unasked(services: Services) -> None:
    """It asks first: the test that was left can be gone on with, or another one begun."""
    async with practising(services, "3", "1", "1", "escape", "1", "3") as worker:
        assert "cannot finish the old one" in worker.words
        await worker.press("escape", "3", "1")
        assert session(worker).answered == 1
        await worker.press("escape", "1", "3", "2")
        assert (session(worker).answered, session(worker).stage) == (0, "start")


async def test_an_answer_in_a_test_is_changed_by_going_back(services: Services) -> None:
    """Backspace shows the answer given, n skips, v lists all; the score comes only after a yes."""
    async with practising(services, "3", "1", "2", "3", "backspace", "backspace") as worker:
        assert session(worker).place == 0
        assert cast("Any", worker.app.screen).choices.highlighted == 1
        await worker.press("1", "n", "v")
        assert session(worker).stage == "review"
        names = list(worker.view.guide.groups.values())
        given = [names[0].short, names[2].short, "Not answered"]
        assert [one.rpartition(": ")[2] for one in offered(worker)[1:4]] == given
        await worker.press("3")
        assert session(worker).place == 1
        await worker.press("v", "1", "escape")
        assert session(worker).stage == "review"
        await worker.press("1", "1")
        assert session(worker).score.unanswered == 8


async def test_a_closed_test_is_closed_in_the_program_that_holds_it(services: Services) -> None:
    """No key, click, palette entry or action leads out of it, but the one that asks first and is counted."""
    given = replace(named(services), assigned=a_class(services))
    async with at_work(given) as worker:
        assert "Interview" in worker.lines[0]
        await worker.press("enter")
        assert not {"Interview", "Look up", "Records"} & set(worker.lines[0].split("  "))
        for key in ("l", "r", "d", "w"):
            await worker.press(key)
            assert isinstance(worker.app.screen, ExerciseScreen)
            assert (NO_LOOK_UP in worker.words) == (key == "l")
        for place in ("interview", "lookup", "records", "practice"):
            await worker.app.action_go(place)
            assert isinstance(worker.app.screen, ExerciseScreen)
        await worker.press("p")
        titles = " ".join(
            str(one.title) for one in worker.app.get_system_commands(worker.app.screen_stack[-2])
        )
        assert not any(word in titles for word in ("Look up", "Records", "Practice", "Show help"))
        assert all(word in titles for word in ("Back (Bksp)", "Review (v)", "Leave (Esc)"))
        assert "Words" not in titles
        await worker.press("escape", "escape")
        assert LEFT in worker.words
        await worker.press("escape")
        assert isinstance(worker.app.screen, ExerciseScreen)
        await worker.press("escape", "1", "1", "1", "1", "1", *HAND_IN)
        assert {made.left for made in session(worker).attempts} == {1}
        await worker.press("l")
        assert "Look up" in worker.words


async def test_an_open_book_is_open(services: Services) -> None:
    """Words are explained and the look-up opens over the story."""
    one = a_class(services)
    one = replace(one, open_book=True)
    async with at_work(replace(named(services), assigned=one)) as worker:
        await worker.press("enter", "w")
        assert isinstance(worker.app.screen, ReadingScreen)
        await worker.press("escape", "l")
        assert "Look up" in worker.words
        await worker.press("escape", "escape")
        assert isinstance(worker.app.screen, PracticeScreen)


async def test_each_mode_has_a_place_of_its_own(services: Services) -> None:
    """A drill begun meanwhile leaves the test where it was, and a story that was learned from too."""
    async with practising(services, "3", "1", "1", "escape", "1") as worker:
        await worker.press("2", "8", "escape")
        assert offered(worker)[1:3] == [
            "Drill: continue the drill you left (1 answer)",
            "Test: continue the test you left (1 of 10 answered) or start a new one",
        ]
        await worker.press("3", "1")
        assert isinstance(session(worker), Exam)
        assert session(worker).answered == 1


async def test_a_test_that_is_over_can_be_looked_at_again(start: Start) -> None:
    """Its score stands in the menu, and opens all of it, at the next start too; so often as wanted."""
    async with practising(start(), "3", "enter", *"12" * 5, *HAND_IN) as worker:
        score = session(worker).score
        await worker.press("escape")
        verdict = "passed" if score.passed else "not passed"
        assert f"Your last test: {score.percent}%, {verdict}. Review it" in offered(worker)
    async with practising(start()) as worker:
        for _ in range(2):
            await worker.press("4")
            assert score.text in worker.words
            assert all(m.feedback.headline in read(worker) for m in session(worker).mistakes)
            await worker.press("escape")
        assert "continue the" not in worker.words


async def test_how_one_stands_is_said_in_numbers(services: Services) -> None:
    """A bar has its numbers beside it, so that it can be read aloud, and without colours."""
    async with practising(services, "2") as worker:
        right = session(worker).story.outcome
        await worker.press(number_of(worker, "right"), "escape")
        group = worker.view.guide.outcomes[right].group
        assert group
        name = worker.view.guide.groups[group].name
        assert f"{name} 1 1 ██████████" in read(worker)
        assert "1 story answered so far" in worker.words
        assert "Drill" in worker.words


async def test_a_browser_goes_on_with_practice_at_once(start: Start) -> None:
    """Where the screen is taken up again, it opens at the story that was shown."""
    async with practising(start(), "2", "8", "n") as worker:
        left = session(worker).story
        await worker.press("q")
    async with at_work(replace(start(), resumes=True)) as worker:
        assert session(worker).story == left
        await worker.press("escape")
        assert "continue the drill" in worker.words
        await worker.press("escape")
        assert at_the_interview(worker)


async def test_a_browser_shows_the_end_of_a_test_again(start: Start) -> None:
    """The mistakes can be read after the line was lost; once left, they are not shown again."""
    async with practising(start(), "3", "enter", *"12" * 5, *HAND_IN) as worker:
        score = session(worker).score.text
        await worker.press("q")
    again = replace(start(), resumes=True)
    async with at_work(again) as worker:
        assert score in worker.words
        await worker.press("escape")
        assert "continue the" not in worker.words
    async with at_work(again) as worker:
        assert at_the_interview(worker)


async def test_a_desk_opens_at_the_interview(start: Start) -> None:
    async with practising(start(), "2", "8") as worker:
        await worker.press("q")
    async with at_work(named(start())) as worker:
        assert at_the_interview(worker)


async def test_practice_goes_on_without_a_store(services: Services) -> None:
    """It says that answers are not kept, and why; nothing stops."""

    def away() -> RecordStore:
        raise RecordsUnavailableError("The folder cannot be written.")

    async with practising(replace(services, open_records=away)) as worker:
        assert "cannot be read. The folder cannot be written." in worker.words
        await worker.press("2", "8")
        assert "Your answers are not being saved. The folder cannot be written." in worker.words
        assert "1 answered" in worker.words
        await worker.press("n", "8")
        assert "2 answered" in worker.words
        await worker.press("escape")
        assert "Report for trainers" not in worker.words


async def test_a_guide_without_stories_says_so(services: Services) -> None:
    """The sentence is shown, and Esc goes back."""

    def nothing() -> Any:
        raise GuideError("There is nothing to practise with.")

    async with practising(replace(services, load_practice=nothing)) as worker:
        assert "There is nothing to practise with." in worker.words
        await worker.press("1", "enter", "escape")
        assert at_the_interview(worker)


async def test_where_only_training_is_wanted_practice_is_there(services: Services) -> None:
    """No records are offered, and answers in practice are kept."""
    async with practising(replace(services, training_only=True), "2", "8") as worker:
        assert "Records" not in worker.text
        assert logged(services) == 1


async def test_every_place_can_be_reached_from_a_session(services: Services) -> None:
    """The title bar and the keys lead on; the session is kept, and an interview goes on as it was."""
    async with at_work(named(services)) as worker:
        await worker.press("3", "d", "2", "l")
        assert "Look up" in worker.words
        await worker.press("escape")
        assert isinstance(session(worker), Drill)
        await worker.press("escape", "escape")
        assert at_the_interview(worker)
        assert worker.answers == {"investigation": "concluded"}
        await worker.click("Practice")
        assert "continue the drill" in worker.words
        await worker.press("2", "d")
        assert isinstance(worker.app.screen, PracticeScreen)
        await worker.press("2", "r", "escape")
        assert at_the_interview(worker)


@pytest.mark.parametrize("keys", ["", "8"])
async def test_a_window_too_small_answers_nothing(services: Services, keys: str) -> None:
    """Keys that cannot be seen do nothing; the story is there again in a larger window."""
    async with practising(services, "2", *keys) as worker:
        before = worker.text
        await worker.resize((40, 10))
        assert "too small" in worker.words
        await worker.press("1", "n", "escape")
        await worker.resize(USUAL)
        await worker.until(lambda: worker.focused == "choices")
        assert worker.text == before


def test_nothing_of_practice_is_loaded_for_an_interview() -> None:
    """The start pays for the interview only."""
    code = "import assistant.screen.app, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "assistant.screen.app" in loaded
    bookmarks = {"assistant.training", "assistant.training.bookmarks"}
    assert {name for name in loaded if "training" in name or "practis" in name} <= bookmarks
    assert not {"fsrs", "pydantic", "sqlalchemy"} & set(loaded)


async def test_a_class_that_was_left_is_gone_on_with(services: Services) -> None:
    """Its stories come in their order; after the last there is nothing more to go on with."""
    stories = stories_by_seed(syllabus(), 5, 2)
    begin_class(services, *stories)
    async with practising(services, "5") as worker:
        assert "Drill: story 1 of 2" in worker.words
        assert session(worker).story == stories[0]
        await worker.press("8", "n")
        assert session(worker).story == stories[1]
        await worker.press("8")
        assert offered(worker) == ["Back to practice"]
        await worker.press("1")
        assert "Continue the class" not in worker.words


async def test_bars_say_nothing_of_a_test_that_was_left(services: Services) -> None:
    """A test tells nothing before its end, not by way of the home of practice either."""
    async with practising(services, "3", "1") as worker:
        await worker.press(number_of(worker, "right"), "escape", "1")
        assert "1 answer not counted until your test is over" in worker.words
        assert "█" not in read(worker)


async def test_a_resize_keeps_the_choice_that_is_highlighted(services: Services) -> None:
    """A trainee about to press Enter gets what was highlighted."""
    async with practising(services, "2") as worker:
        await worker.press("down", "down", "down")
        await worker.resize(WIDE)
        await worker.press("enter")
        assert session(worker).found.chosen == list(worker.view.guide.groups)[2]


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_what_is_not_in_sight_is_said_to_be_there(
    services: Services, size: tuple[int, int]
) -> None:
    """A line says that there is more, until the end was read, and then that the story is above."""
    async with practising(services, "2", size=size) as worker:
        await worker.press(number_of(worker, "wrong"), *["pagedown"] * 4)
        assert "More (m)" in worker.words
        await worker.press("m", "pageup")
        assert "More below (PgDn)" in worker.words
        await worker.press(*["pagedown"] * 4)
        assert not any(words in worker.words for words in ("More below", "More (m)"))
        assert "More above (PgUp)" in worker.words


async def test_words_are_typed_faster_than_the_screen_follows(services: Services) -> None:
    """An alias and Enter, sent at once, are taken as they were typed."""
    async with at_work(services) as worker:
        await worker.press("d")
        for key in (*"blue-heron", "enter"):
            worker.strike(key)
        await worker.settle()
        assert "You practice as blue-heron" in read(worker)


async def test_the_alias_of_the_session_left_is_suggested(start: Start) -> None:
    """Who practised last goes on with Enter; another word may be typed instead."""
    async with practising(start(), "2", "8") as worker:
        await worker.press("q")
    async with at_work(start()) as worker:
        await worker.press("d")
        assert "blue-heron" in worker.words
        await worker.press("enter")
        assert "continue the drill" in worker.words


async def test_a_story_is_shown_as_it_is_written(services: Services) -> None:
    """Neither markup nor what a terminal obeys does anything, in a story, its question or its note."""
    shipped = services.load_practice()
    nasty = "[/x] [bold] \x1b[2J end"
    cases = {
        name: replace(case, story=nasty, ask=nasty, note=nasty)
        for name, case in shipped.cases.items()
    }
    spoilt = replace(shipped, cases=cases)
    async with practising(replace(services, load_practice=lambda: spoilt), "1") as worker:
        for _ in range(100):
            if not session(worker).story.made:
                break
            explained = session(worker).explained
            await worker.press("n" if explained else said_key(worker, right=True))
        shown = "[/x] [bold] \N{REPLACEMENT CHARACTER}[2J end"
        assert not session(worker).story.made
        assert shown in worker.words
        await worker.press(said_key(worker, right=True))
        for _ in range(longest(worker)):
            if session(worker).finished:
                break
            await worker.press("n", said_key(worker, right=True))
        assert f"About this story: {shown}" in read(worker)


def a_class(services: Services, mode: Mode = "test", count: int = 3) -> ClassFile:
    stories = stories_by_seed(syllabus(), 4, count)
    return new_class(services.loaded.meaning_hash, stories, name="Spring", mode=mode)


@pytest.mark.parametrize("mode", ["learn", "drill", "test"])
async def test_the_screen_opens_at_a_class_that_is_given(start: Start, mode: Mode) -> None:
    """It goes on there at the next start, and stands first among what can be begun."""
    services = named(start())
    one = a_class(services, mode)
    given = replace(services, assigned=one)
    async with at_work(given) as worker:
        assert session(worker).header.class_id == one.id
        await worker.press(*"11" if mode == "test" else "1")
        left = session(worker)
        await worker.press("escape", *"1" if mode == "test" else ())
        assert "class “Spring”" in offered(worker)[0]
        await worker.press("escape")
        assert at_the_interview(worker)
    async with at_work(given) as worker:
        assert (session(worker).story == left.story) is (mode != "drill")
        assert session(worker).header.class_id == one.id


async def test_a_browser_offers_a_class_first(services: Services) -> None:
    """Practice opens at its first page, where no key answers anything; what is handed in is on the server."""
    given = replace(named(services), assigned=a_class(services), resumes=True, training_only=True)
    async with at_work(given) as worker:
        assert session(worker).stage == "start"
        assert all(line in read(worker) for line in start_lines(session(worker)))
        await worker.press("escape")
        assert offered(worker)[0] == "Class “Spring”: a test of 3 stories. The pass mark is 80%"
        await worker.press("1", "1", "1", "2", "1", *HAND_IN)
        assert session(worker).finished
        await worker.press("escape")
        assert "every story of the class “Spring”" in read(worker)
        assert "hand it in" not in read(worker)
        assert offered(worker)[0].startswith("Class “Spring”: ")
        assert not any("Report" in line for line in offered(worker))


async def test_a_class_is_handed_in_by_a_line_of_the_menu(
    services: Services, tmp_path: Path
) -> None:
    """It writes the file and says where; that file holds the answers in the class."""
    given = replace(named(services), assigned=a_class(services, "drill", 1), folder=tmp_path)
    async with at_work(given) as worker:
        await worker.press("1", "escape")
        number = [label.startswith("Write my class results") for label in offered(worker)].index(
            True
        )
        await worker.press(str(number + 1))
        (path,) = (tmp_path / "results").iterdir()
        assert "".join(str(path).split()) in "".join(worker.words.split())
        assert len(read_results(path.read_text(encoding="utf-8"))) == 1
        assert path.stat().st_mode & 0o777 == 0o600


async def test_words_are_explained_but_not_in_a_test(services: Services) -> None:
    """Nor can anything be looked up there, by its key or by the title."""
    async with practising(services, "2", "w") as worker:
        assert isinstance(worker.app.screen, ReadingScreen)
        await worker.press("escape", "escape", "3", "1", "w")
        assert "During a test the glossary is closed" in worker.words


@pytest.mark.parametrize("key", ["b", "slash", "backspace", "x"])
async def test_a_key_that_does_nothing_says_so(services: Services, key: str) -> None:
    async with practising(services, "2", key) as worker:
        assert "Press ? to see the other keys" in worker.words
        await worker.press("?")
        assert "pick its group" in worker.words


@pytest.mark.parametrize("key", ["1", "enter"])
async def test_the_key_that_answered_does_not_go_on_at_once(
    services: Services, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Pressed twice, or held down, it skips no word of what is said; another key goes on."""
    monkeypatch.setattr(debounce, "REPEAT_SECONDS", 1_000)
    async with practising(services, "2", "down") as worker:
        story = session(worker).story
        await worker.press(key, key, key)
        assert session(worker).story == story
        assert session(worker).found
        await worker.press("n")
        assert session(worker).story != story


@pytest.mark.parametrize("mode", ["1", "2", "3"])
@pytest.mark.parametrize(
    "keys", [("1", "enter", "n"), ("1", "2", "1", "8"), ("down", "enter", "1")]
)
async def test_keys_struck_before_a_page_is_drawn_answer_nothing_on_it(
    services: Services, mode: str, keys: tuple[str, ...]
) -> None:
    """One answer is taken of all that is struck at once."""
    async with practising(services, mode, *"1" if mode == "3" else ()) as worker:
        story = session(worker).story
        for key in keys:
            worker.strike(key)
        await worker.settle()
        now = session(worker)
        kept = {"1": "checks", "2": "attempts", "3": "picks"}[mode]
        assert len(getattr(now, kept)) == 1
        assert mode == "3" or now.story == story


@pytest.mark.parametrize("place", range(4))
async def test_the_mistake_and_both_groups_are_in_sight_at_the_usual_size(
    services: Services, place: int
) -> None:
    """Without scrolling: the fact or the rule, and what the two groups are for."""
    chosen = str("1247"[place])
    async with practising(services, "2", chosen) as worker:
        found = session(worker).feedback
        if found.pair:
            said = (found.headline, *found.lines)
            assert all(" ".join(line.split()) in worker.words.replace("▁", "") for line in said)
            for side in (found.pair.right, found.pair.chosen):
                assert side.what.split()[-1] in worker.text


@pytest.mark.parametrize("size", [WIDE, USUAL])
async def test_the_answers_follow_the_story_at_once(
    services: Services, size: tuple[int, int]
) -> None:
    """However high the window is, one blank row parts what is read from what is asked."""
    async with practising(services, "2", size=size) as worker:
        asked = worker.row_of(session(worker).asks[0][:40])
        above = [row for row in range(1, asked) if worker.lines[row].strip()]
        assert asked - above[-1] <= 2


@pytest.mark.parametrize("size", SIZES)
async def test_all_answers_of_a_test_are_in_sight_before_it_is_handed_in(
    services: Services, size: tuple[int, int]
) -> None:
    """In every window, the line that hands it in first; what could be pressed is right below."""
    async with practising(services, "3", "1", "v", size=size) as worker:
        assert offered(worker)[0] == "Hand in the test"
        assert all(line in worker.words for line in offered(worker))
        assert worker.lines[-2].strip().startswith(session(worker).line)


@pytest.mark.parametrize("size", SIZES)
async def test_every_answer_in_learning_is_in_sight(
    services: Services, size: tuple[int, int]
) -> None:
    """Nine answers that wrap too, however little of the story is left."""
    async with practising(services, "1", size=size) as worker:
        for _ in range(3):
            for _ in range(longest(worker)):
                assert all(line in worker.words for line in offered(worker))
                await worker.press(said_key(worker, right=True))
                if session(worker).finished:
                    break
                await worker.press("enter")
            await worker.press("1")


async def test_a_test_of_ones_own_may_have_another_length(services: Services) -> None:
    """It is chosen on the first page, where nothing is answered yet."""
    async with practising(services, "3") as worker:
        await worker.press("4")
        assert len(session(worker).stories) == 20
        assert session(worker).stage == "start"
        await worker.press("3", "1", "1")
        assert (len(session(worker).stories), session(worker).answered) == (5, 1)


async def test_nothing_is_said_to_be_above_text_that_became_short(services: Services) -> None:
    """After long text that was read to its end."""
    async with at_work(named(services), size=USUAL) as worker:
        await worker.press("d")
        page = cast("PracticeScreen", worker.app.screen)
        page.reading.show([Paragraph(plain("A row."))] * 60, 59)
        await worker.until(lambda: page.reading.hidden[0])
        page.reading.show([Paragraph(plain("A row."))], 0)
        await worker.until(lambda: page.reading.hidden == (False, False))
