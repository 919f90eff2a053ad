"""Practice without a screen: each answer is kept at once, what is left at any point is found again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.commands import Command
from assistant.engine.interview import UNSURE
from assistant.errors import GuideError, RecordsUnavailableError
from assistant.records.entry import PracticeLine
from assistant.records.practice_log import PracticeLog
from assistant.services import Services, practice_session
from assistant.text import is_stored_alias
from assistant.training.attempts import PAUSE, Mode, attempt_in, attempts_in, line_of
from assistant.training.bookmarks import Bookmark, Bookmarks, Trainee, alias_refusal
from assistant.training.classes import ClassFile, new_class, stories_by_seed
from assistant.training.exam import Exam
from assistant.training.judging import judge
from assistant.training.modes import Drill, Learn, terms
from assistant.training.progress import CLASS_FIRST
from assistant.training.session import PracticeSession, Surroundings
from tests.builders import shipped
from tests.training.trainee import NOW, every_answer, story_of, syllabus

Start = Callable[[], Services]
ALIAS = "blue-heron"
MOST = 12
"""More steps than a story in learning, or a test, has here."""


def practice_of(
    services: Services, alias: str = ALIAS, assigned: ClassFile | None = None
) -> PracticeSession:
    given = assigned or None
    return practice_session(replace(services, assigned=given), alias)


def begun(practice: PracticeSession, command: Command, **terms: Any) -> Any:
    """Begin an exercise, which has to be there."""
    exercise = practice.begin(command, **terms)
    assert exercise
    return exercise


def left(practice: PracticeSession) -> Any:
    """Return what was left last, None where nothing was."""
    return next(iter(practice.unfinished), None)


def logged(services: Services) -> int:
    return len(list(services.open_records().practice.texts()))


def right(session: Any) -> str | None:
    """Return the right group of the story shown, or what the story says of the fact asked for."""
    if isinstance(session, Learn):
        return session.story.facts[str(session.asking)]
    return syllabus().right(session.story.outcome)


def a_class(mode: Mode, length: int = 3) -> ClassFile:
    stories = stories_by_seed(syllabus(), 5, length)
    return new_class(shipped().meaning_hash, stories, name="Spring", mode=mode)


def finish(practice: PracticeSession) -> Any:
    """Answer right until a story in learning, or a whole test, is done, and return that."""
    for _ in range(MOST):
        if isinstance(practice.exercise, Exam):
            sit(practice, len(practice.exercise.stories))
            practice.hand_in()
        elif practice.exercise and not practice.exercise.finished:
            practice.answer(right(practice.exercise))
    assert practice.exercise
    assert practice.exercise.finished
    return practice.exercise


def sit(practice: PracticeSession, count: int, chosen: str | None = "right") -> Exam:
    """Answer some stories of a test, from its first page on, and return where that leads."""
    exam = practice.exercise
    assert isinstance(exam, Exam)
    if exam.stage == "start":
        practice.go_on()
    for _ in range(count):
        assert isinstance(practice.exercise, Exam)
        if practice.exercise.story:
            practice.answer(right(practice.exercise) if chosen == "right" else chosen)
    assert isinstance(practice.exercise, Exam)
    return practice.exercise


class Flaky:
    """A log that can be away for a while."""

    def __init__(self) -> None:
        self.away = False
        self.takes = timedelta()
        self.now = NOW
        self.asked = 0
        self.opened = 0
        self.lines: list[PracticeLine] = []

    def open(self) -> PracticeLog:
        self.opened += 1
        self._reach()
        return cast("PracticeLog", self)

    def add(self, lines: Any) -> None:
        self._reach()
        self.lines += lines

    def aliases(self) -> list[str]:
        return [line.alias for line in self.lines]

    def texts(self, *, alias: str) -> list[str]:
        return [line.text for line in self.lines if line.alias == alias]

    def _reach(self) -> None:
        self.asked += 1
        self.now += self.takes
        if self.away:
            raise RecordsUnavailableError(
                "The folder cannot be written.", mend="ask your helpdesk."
            )


def flaky_practice(log: Flaky, folder: Path, first: int = 1) -> PracticeSession:
    numbers = count(first)
    around = Surroundings(
        open_log=log.open,
        bookmarks=Bookmarks(folder / "data" / "drafts"),
        now=lambda: log.now,
        new_id=lambda: f"{next(numbers):032x}",
    )
    return PracticeSession(syllabus(), around, Trainee(ALIAS, "k7m3qp"))


def test_every_answer_is_kept_at_once(services: Services) -> None:
    """A drill's answer is in the store before the next story is asked for."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    for number in (1, 2, 3):
        practice.answer(right(practice.exercise))
        assert logged(services) == number
        practice.go_on()
    assert practice.progress().answered == 3
    assert practice.progress().streak == 3


def test_the_same_answer_again_is_kept_once(services: Services) -> None:
    """A second answer to a story that was answered changes nothing."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    practice.answer("adoption")
    once = practice.exercise
    practice.answer("preventive")
    assert practice.exercise is once
    assert logged(services) == 1


def test_nothing_is_left_at_first(services: Services) -> None:
    """Nothing is open, and each command that asks for nothing open does nothing."""
    practice = practice_of(services)
    assert left(practice) is None
    assert practice.begin(Command.GO_ON) is None
    assert practice.begin(Command.CLASS) is None
    practice.answer("adoption")
    practice.go_on()
    practice.leave()
    practice.turn(1)
    practice.hand_in()
    assert (practice.exercise, practice.choices, terms(None)) == (None, [], ())


def test_what_can_be_begun_is_offered(services: Services) -> None:
    """The modes, and the last test, in lines that keep their numbers whatever was left."""
    practice = practice_of(services)
    modes = [Command.LEARN, Command.DRILL, Command.TEST, Command.LAST_TEST]
    assert [one.command for one in practice.home_choices()] == modes
    assert practice.begin(Command.LAST_TEST) is None
    begun(practice, Command.TEST, length=2)
    finish(practice)
    practice.leave()
    first = begun(practice, Command.DRILL)
    practice.leave()
    offered = practice.home_choices(report=True)
    assert [one.command for one in offered] == [*modes, Command.REPORT]
    assert offered[1].value == first.header.session
    assert begun(practice, Command.DRILL).header.session == first.header.session
    assert isinstance(practice.begin(Command.LAST_TEST), Exam)


@pytest.mark.parametrize("mode", ["learn", "drill", "test"])
def test_the_lines_of_the_menu_keep_their_numbers(services: Services, mode: Mode) -> None:
    """Before a class, in the middle of it and after it, with practice of one's own left as well."""
    practice = practice_of(services, assigned=a_class(mode, 1))
    menus = [practice.home_choices(results=True, report=True)]
    for command in (Command.CLASS, Command.LEARN, Command.DRILL, Command.TEST):
        begun(practice, command)
        practice.go_on() if command == Command.TEST else practice.answer(None)
        practice.leave()
        menus.append(practice.home_choices(results=True, report=True))
    if practice.begin(Command.CLASS):
        finish(practice)
    practice.leave()
    menus.append(practice.home_choices(results=True, report=True))
    for menu in menus[1:]:
        assert [one.command for one in menu] == [one.command for one in menus[0]]


def test_another_class_that_was_left_comes_after_the_lines_that_stay(services: Services) -> None:
    """It is gone on with from there; the class that is assigned has its own line."""
    other = practice_of(services, assigned=a_class("drill"))
    begun(other, Command.CLASS)
    practice = practice_of(services, assigned=a_class("learn"))
    (left_class,) = practice.left_classes
    found = begun(practice, left_class.command, value=left_class.value)
    assert isinstance(found, Drill)
    assert found.header.class_id == a_class("drill").id


def test_the_answers_are_offered_and_then_the_ways_on(services: Services) -> None:
    """A group a line and the supervisor; after that the next story, or stopping."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    assert [one.value for one in practice.choices] == [*syllabus().guide.groups, ""]
    practice.answer(None)
    assert [one.command for one in practice.choices] == [Command.NEXT, Command.STOP]
    begun(practice, Command.LEARN)
    assert [one.value for one in practice.choices][-1] == UNSURE
    practice.answer(UNSURE)
    assert practice.choices[0].label == "Next question"
    begun(practice, Command.TEST, length=1)
    lengths = [one.value for one in practice.choices if one.command == Command.TEST]
    assert lengths == ["5", "10", "20"]
    assert [one.command for one in practice.choices][:2] == [Command.BEGIN, Command.STOP]
    practice.go_on()
    assert [one.value for one in practice.choices] == [*syllabus().guide.groups, ""]
    practice.answer(None)
    assert [one.command for one in practice.choices] == [Command.HAND_IN, Command.REVIEW]
    practice.hand_in()
    assert [one.command for one in practice.choices] == [Command.STOP]


def test_only_a_test_with_answers_would_be_lost(services: Services) -> None:
    """A new test is asked about where another waits; nothing else is."""
    practice = practice_of(services)
    begun(practice, Command.TEST, length=3)
    assert not practice.would_lose(Command.TEST)
    assert not any(one.value for one in practice.home_choices())
    sit(practice, 1, None)
    assert practice.would_lose(Command.TEST)
    left = next(one for one in practice.home_choices() if one.command == Command.TEST)
    assert left.value == practice.unfinished[0].header.session
    assert not practice.would_lose(Command.DRILL)


def test_a_drill_left_unanswered_is_at_the_same_story(start: Start) -> None:
    """Another start of the program goes on with the story that waits, in the same session."""
    practice = practice_of(start())
    begun(practice, Command.DRILL)
    practice.answer(None)
    practice.go_on()
    drill = practice.exercise
    again = left(practice_of(start()))
    assert isinstance(again, Drill)
    assert isinstance(drill, Drill)
    assert again.story == drill.story
    assert again.found is None
    assert again.header.session == drill.header.session
    assert [one.id for one in again.attempts] == [one.id for one in drill.attempts]


@pytest.mark.parametrize("chosen", every_answer())
def test_a_drill_left_after_an_answer_still_says_what_was_said(
    start: Start, chosen: str | None
) -> None:
    """What is said of the answer is there again, and nothing is kept a second time."""
    services = start()
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    practice.answer(chosen)
    drill = practice.exercise
    found = practice_of(start())
    again = found.begin(Command.GO_ON)
    assert isinstance(again, Drill)
    assert isinstance(drill, Drill)
    assert again.feedback == drill.feedback
    found.answer("adoption")
    assert found.exercise is again
    assert logged(services) == 1


def test_learning_is_left_at_the_same_question(start: Start) -> None:
    """The checks so far are there, wrong ones and "not sure" too."""
    practice = practice_of(start())
    begun(practice, Command.LEARN)
    practice.answer(UNSURE)
    learn = practice.exercise
    again = left(practice_of(start()))
    assert isinstance(again, Learn)
    assert isinstance(learn, Learn)
    assert again.story == learn.story
    assert again.checks == learn.checks
    assert again.asking == learn.asking


def test_a_story_learned_from_is_kept_once(start: Start) -> None:
    """Found again at its end, it is not kept another time, and another story follows."""
    services = start()
    practice = practice_of(services)
    begun(practice, Command.LEARN)
    learned = finish(practice)
    assert logged(services) == 1
    found = practice_of(start())
    again = found.begin(Command.GO_ON)
    assert isinstance(again, Learn)
    assert again.finished
    found.answer("open")
    assert found.exercise is again
    found.go_on()
    assert isinstance(found.exercise, Learn)
    assert found.exercise.asking
    assert found.exercise.story != learned.story
    assert logged(services) == 1


def test_a_test_is_left_at_the_same_story(start: Start) -> None:
    """The stories and the answers so far are the same; the first answers count."""
    practice = practice_of(start())
    begun(practice, Command.TEST, length=4, pass_mark=75)
    for chosen in ("adoption", None):
        exam = sit(practice, 1, chosen)
    again = left(practice_of(start()))
    assert again == exam
    assert [again.chosen(story) for story in exam.stories] == ["adoption", None, False, False]
    assert (again.pass_mark, again.place) == (75, 2)


def test_an_answer_in_a_test_can_be_changed_until_it_is_handed_in(services: Services) -> None:
    """Nothing is kept before; going back and answering anew is what counts, at the last word."""
    practice = practice_of(services)
    exam = begun(practice, Command.TEST, length=3)
    sit(practice, 3, None)
    assert logged(services) == 0
    practice.turn(1)
    practice.answer("adoption")
    assert isinstance(practice.exercise, Exam)
    assert practice.exercise.stage == "review"
    practice.hand_in()
    assert [made.chosen for made in practice.attempts] == [None, "adoption", None]
    assert [made.story for made in practice.attempts] == [story.id for story in exam.stories]
    assert logged(services) == 3
    practice.turn(0)
    practice.answer("adoption")
    practice.hand_in()
    assert logged(services) == 3


def test_a_test_can_be_handed_in_with_stories_not_answered(start: Start) -> None:
    """They count as not right, and the test is over at another start too."""
    found = a_class("test")
    practice = practice_of(start(), assigned=found)
    begun(practice, Command.CLASS)
    sit(practice, 1)
    practice.turn(9)
    practice.hand_in()
    again = practice_of(start(), assigned=found)
    exam = begun(again, Command.CLASS)
    assert (exam.score.count, exam.score.right, exam.score.unanswered) == (3, 1, 2)
    assert again.class_is_done


def test_nothing_is_handed_in_where_nothing_is_answered(services: Services) -> None:
    practice = practice_of(services)
    begun(practice, Command.TEST, length=2)
    practice.turn(2)
    practice.hand_in()
    assert isinstance(practice.exercise, Exam)
    assert practice.exercise.stage == "review"


@pytest.mark.parametrize(("open_book", "times"), [(False, 2), (True, 0)])
def test_how_often_a_closed_test_was_left_stands_in_its_results(
    start: Start, *, open_book: bool, times: int
) -> None:
    """A browser that takes its page up again has not left; nobody counts where the book is open."""
    found = replace(a_class("test"), open_book=open_book)
    practice = practice_of(start(), assigned=found)
    begun(practice, Command.CLASS)
    sit(practice, 1)
    practice.leave()
    begun(practice, Command.CLASS)
    practice = practice_of(start(), assigned=found)
    assert practice.resume()
    practice = practice_of(start(), assigned=found)
    begun(practice, Command.CLASS)
    sit(practice, 2)
    practice.hand_in()
    assert {made.left for made in practice.class_results()} == {times}


def test_a_place_that_cannot_be_kept_is_said_in_a_test(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers are nowhere else until it is handed in."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    practice = practice_of(services)
    begun(practice, Command.TEST, length=2)
    monkeypatch.setattr("assistant.private.replace_private", full)
    sit(practice, 1)
    assert "No space left" in practice.trouble


def test_a_class_test_that_release_1_kept_half_of_goes_on(services: Services) -> None:
    """Those answers stay, and are not shown again; the rest is answered and handed in."""
    practice = practice_of(services, assigned=a_class("test"))
    exam = begun(practice, Command.CLASS)
    found = judge(syllabus().guide, exam.stories[0], "adoption")
    old = exam.header.attempt("a" * 32, NOW, exam.stories[0], found)
    services.open_records().practice.add([line_of(old)])
    practice = practice_of(services, assigned=a_class("test"))
    begun(practice, Command.CLASS)
    assert practice.class_done == 1
    practice.go_on()
    practice.turn(0)
    assert isinstance(practice.exercise, Exam)
    assert practice.exercise.place == 1
    sit(practice, 2)
    practice.hand_in()
    assert [made.left for made in practice.class_results()] == [None, 0, 0]
    assert practice.exercise.finished


def test_the_class_comes_first(services: Services) -> None:
    """What to do next is the class, until it is done."""
    practice = practice_of(services, assigned=a_class("drill", 1))
    assert practice.progress().what_next == CLASS_FIRST
    begun(practice, Command.CLASS)
    practice.answer(None)
    assert practice.progress().what_next != CLASS_FIRST


def test_a_test_at_its_end_is_not_left_but_is_still_on_the_screen(start: Start) -> None:
    """A browser that lost its line shows the score again; nobody is asked to go on with it."""
    practice = practice_of(start())
    begun(practice, Command.TEST, length=3)
    exam = finish(practice)
    again = practice_of(start())
    assert left(again) is None
    resumed = again.resume()
    assert isinstance(resumed, Exam)
    assert resumed.score == exam.score
    again.leave()
    assert again.resume() is None


def test_another_alias_does_not_find_it(start: Start) -> None:
    """What one trainee left is not another's, and neither are the answers."""
    practice = practice_of(start())
    begun(practice, Command.DRILL)
    practice.answer("adoption")
    other = practice_of(start(), "red-fox")
    assert left(other) is None
    assert other.attempts == []


@pytest.mark.parametrize(
    "spoilt",
    [
        {"stories": ("no_such_story",)},
        {"stories": ()},
        {"mode": "singing"},
        {"given": ("no_such_group",)},
        {"class_text": "{}"},
    ],
)
def test_a_bookmark_of_another_guide_is_passed_over(
    services: Services, spoilt: dict[str, Any]
) -> None:
    """A story, group, mode or class that is not here any more is no reason to stop."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    practice.answer("adoption")
    assert left(practice)
    mark = services.bookmarks.left()
    assert mark
    services.bookmarks.forget(mark.kind)
    services.bookmarks.leave(replace(mark, **spoilt))
    assert left(practice) is None


def test_a_class_goes_on_where_it_was_left(start: Start) -> None:
    """Each story of a drill in class is met once, also over two starts; then it is all done."""
    found = a_class("drill")
    practice = practice_of(start(), assigned=found)
    met = [begun(practice, Command.CLASS).story.id]
    practice.answer(None)
    again = practice_of(start(), assigned=found)
    begun(again, Command.CLASS)
    for _ in found.stories[1:]:
        again.go_on()
        assert isinstance(again.exercise, Drill)
        met.append(again.exercise.story.id)
        again.answer(None)
    assert again.is_over
    assert met == list(found.stories)
    assert again.class_is_done
    assert again.begin(Command.CLASS) is None
    assert again.home_choices()[0].label == found.label(3)
    assert left(again) is None


def test_a_class_to_learn_from_goes_through_its_stories_and_no_other(start: Start) -> None:
    """After the last there is nothing to go on with, and no bookmark is kept."""
    found = a_class("learn")
    services = start()
    practice = practice_of(services, assigned=found)
    begun(practice, Command.CLASS)
    met = []
    for _ in found.stories:
        met.append(finish(practice).story.id)
        practice.go_on()
    assert met == list(found.stories)
    assert practice.is_over
    last = practice.exercise
    practice.go_on()
    assert practice.exercise is last
    assert services.bookmarks.left() is None


def test_learning_in_class_is_left_at_the_same_question(start: Start) -> None:
    """The answers given to the story are there, and it is offered first."""
    practice = practice_of(start(), assigned=a_class("learn"))
    begun(practice, Command.CLASS)
    practice.answer(UNSURE)
    found = practice_of(start(), assigned=a_class("learn"))
    again = left(found)
    assert isinstance(again, Learn)
    assert isinstance(practice.exercise, Learn)
    assert again.checks == practice.exercise.checks
    assert found.home_choices()[0].label.startswith("Continue the class “Spring”, 0 of 3")


def test_a_class_with_other_stories_is_refused(services: Services) -> None:
    """Why is said, it is not offered, and it cannot be begun."""
    other = replace(a_class("test"), content="0" * 16)
    practice = practice_of(services, assigned=other)
    assert "a different guide" in practice.class_refusal
    assert Command.CLASS not in [one.command for one in practice.home_choices()]
    assert practice.begin(Command.CLASS) is None


def test_practice_goes_on_without_a_store(tmp_path: Path) -> None:
    """It is said that answers are not kept; they are kept with the first that can be."""
    log = Flaky()
    log.away = True
    practice = flaky_practice(log, tmp_path)
    assert "cannot be read" in practice.trouble
    begun(practice, Command.DRILL)
    practice.answer("adoption")
    assert "not being saved" in practice.trouble
    assert "ask your helpdesk" in practice.trouble
    assert practice.progress().answered == 1
    log.away = False
    practice.go_on()
    practice.answer("adoption")
    assert practice.trouble == ""
    assert len(log.lines) == 2
    assert len(practice.attempts) == 2


def test_the_store_is_opened_once_and_anew_after_it_failed(tmp_path: Path) -> None:
    """An answer costs no second opening; what was away is not held on to."""
    log = Flaky()
    practice = flaky_practice(log, tmp_path)
    begun(practice, Command.DRILL)
    for away in (False, False, True, False):
        log.away = away
        practice.answer("adoption")
        practice.go_on()
    assert log.opened == 2
    assert len(log.lines) == 4


def test_what_was_answered_before_is_known_once_it_can_be_read(tmp_path: Path) -> None:
    """A store that comes back gives what it held, beside what was answered meanwhile."""
    log = Flaky()
    first = flaky_practice(log, tmp_path)
    begun(first, Command.DRILL)
    first.answer("adoption")
    log.away = True
    practice = flaky_practice(log, tmp_path, 1_000)
    assert practice.attempts == []
    log.away = False
    begun(practice, Command.DRILL)
    practice.go_on()
    practice.answer("adoption")
    assert {made.id for made in practice.attempts} > {made.id for made in first.attempts}


def test_a_store_that_is_slow_to_fail_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """Practice does not wait at every answer; leaving tries once more, and nothing is lost."""
    log = Flaky()
    practice = flaky_practice(log, tmp_path)
    log.away, log.takes = True, timedelta(seconds=5)
    begun(practice, Command.DRILL)
    practice.answer("adoption")
    asked = log.asked
    practice.go_on()
    practice.answer("adoption")
    assert log.asked == asked
    assert "not being saved" in practice.trouble
    log.now += PAUSE
    practice.go_on()
    practice.answer("adoption")
    assert log.asked == asked + 1
    log.away = False
    practice.leave()
    assert len(log.lines) == 3
    assert practice.trouble == ""


def test_a_test_that_was_left_says_nothing_of_its_answers(services: Services) -> None:
    """The bars do not tell how it goes; at its end they count it."""
    practice = practice_of(services)
    begun(practice, Command.TEST, length=2)
    sit(practice, 1)
    found = practice.progress()
    assert (found.answered, found.waiting) == (0, 1)
    assert found.line == "1 answer not counted until your test is over"
    sit(practice, 1)
    practice.hand_in()
    found = practice.progress()
    assert (found.answered, found.waiting) == (2, 0)


def test_what_is_over_is_not_gone_on_with_once_left(services: Services) -> None:
    """A test is forgotten at its end only; a drill never ends."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    practice.answer(None)
    practice.leave()
    assert left(practice)
    begun(practice, Command.TEST, length=2)
    finish(practice)
    practice.leave()
    assert [one.header.mode for one in practice.unfinished] == ["drill"]


def test_a_guide_without_stories_says_so(services: Services) -> None:
    def nothing() -> Any:
        raise GuideError("There is nothing to practise with.")

    with pytest.raises(GuideError):
        practice_of(replace(services, load_practice=nothing))


def test_an_answer_is_read_as_it_was_written(services: Services) -> None:
    """A line of the store holds all of an answer."""
    practice = practice_of(services)
    begun(practice, Command.DRILL)
    practice.answer(None)
    (attempt,) = practice.attempts
    assert attempt_in(line_of(attempt).text) == attempt


@given(st.text() | st.sampled_from(["[]", "{}", "null", "1", '{"id": 1}', '"x"']))
def test_a_line_that_is_no_answer_is_passed_over(text: str) -> None:
    """Whatever stands in the store, reading it raises nothing."""
    assert list(attempts_in([text])) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "Ann Smith",
        "blue heron",
        "ann@example.org",
        "a" * 31,
        "555-123-4567",
        "123-45-6789",
        "x_y",
        "ann!",
    ],
)
def test_an_alias_that_names_somebody_is_refused(typed: str) -> None:
    """Two words, an e-mail address, a number of a person: each gets a sentence."""
    refusal = alias_refusal(typed)
    assert refusal.endswith(".")


@given(st.from_regex(r"[a-z]{1,10}(-[a-z]{1,10})?", fullmatch=True))
def test_a_word_will_do_as_an_alias(typed: str) -> None:
    assert alias_refusal(typed) == ""


@given(st.text(max_size=40))
def test_no_alias_that_is_taken_is_refused_by_the_log(typed: str) -> None:
    """What passes here can be kept with every answer."""
    assert alias_refusal(typed) or is_stored_alias(typed)


@pytest.mark.parametrize("command", [Command.LEARN, Command.DRILL, Command.TEST, Command.CLASS])
def test_a_bookmark_can_be_kept_for_every_mode(services: Services, command: Command) -> None:
    """Whatever is left, the file gives the very bookmark back."""
    practice = practice_of(services, assigned=a_class("test"))
    exercise = begun(practice, command)
    mark = services.bookmarks.left()
    assert isinstance(mark, Bookmark)
    assert mark.mode == exercise.header.mode


def test_an_older_answer_that_is_acceptable_today_counts_as_right(services: Services) -> None:
    """In progress and in the score of a class; what is handed in stays as it was answered."""
    guide = syllabus().guide
    path = next(p for p in syllabus().paths if guide.outcomes[p.outcome].certainty == "judgement")
    story = story_of(path)
    found = new_class(shipped().meaning_hash, [story], name="Old", mode="test")
    practice = practice_of(services, assigned=found)
    exam = begun(practice, Command.CLASS)
    made = exam.header.attempt("a" * 32, NOW, story, judge(guide, story, None))
    old = replace(made, grade="wrong", trainee="", left=None)
    services.open_records().practice.add([line_of(old)])
    practice = practice_of(services, assigned=found)
    assert begun(practice, Command.CLASS).score.passed
    assert sum(map(bool, practice.progress().tables[0].column("Right"))) == 1
    assert practice.class_results() == [old]
