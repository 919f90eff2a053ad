"""A practice room: what is answered is kept at once, and a session left at any point is found again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.interview import UNSURE
from assistant.errors import GuideError, RecordsUnavailableError, UsageError
from assistant.records.entry import PracticeLine
from assistant.records.store import PracticeLog
from assistant.services import Services, practice_session
from assistant.training.attempts import Mode, attempt_in, attempts_in, line_of
from assistant.training.bookmarks import Bookmark, Bookmarks
from assistant.training.classes import ClassFile, new_class, stories_by_seed
from assistant.training.modes import Drill, Exam, Learn
from assistant.training.session import PAUSE, PracticeSession, Surroundings, alias_refusal
from tests.builders import shipped
from tests.training.trainee import NOW, every_answer, syllabus

Start = Callable[[], Services]
ALIAS = "blue-heron"
MOST = 12
"""More steps than a story in learning, or a test, has here."""


def room_of(services: Services, alias: str = ALIAS) -> PracticeSession:
    return practice_session(services, alias)


def logged(services: Services) -> int:
    return len(list(services.open_records().practice.texts()))


def right(session: Any) -> str | None:
    """Give the right group of the story shown, or what the story says of the fact asked for."""
    if isinstance(session, Learn):
        return session.story.facts[str(session.asking)]
    return syllabus().right(session.story.outcome)


def a_class(mode: Mode, length: int = 3) -> ClassFile:
    stories = stories_by_seed(syllabus(), 5, length)
    return new_class(shipped().meaning_hash, stories, name="Spring", mode=mode)


def finished(room: PracticeSession, session: Any) -> Any:
    """Answer right until a story in learning, or a whole test, is done."""
    for _ in range(MOST):
        if not session.finished:
            session = room.answer(session, right(session))
            room.stay(session)
    assert session.finished
    return session


class Flaky:
    """A log that can be away for a while."""

    def __init__(self) -> None:
        self.away = False
        self.takes = timedelta()
        self.now = NOW
        self.asked = 0
        self.lines: list[PracticeLine] = []

    def open(self) -> PracticeLog:
        self.asked += 1
        self.now += self.takes
        if self.away:
            raise RecordsUnavailableError(
                "The folder cannot be written.", mend="ask your helpdesk."
            )
        return cast("PracticeLog", self)

    def add(self, lines: Any) -> None:
        self.lines += lines

    def aliases(self) -> list[str]:
        return [line.alias for line in self.lines]

    def texts(self, *, alias: str) -> list[str]:
        return [line.text for line in self.lines if line.alias == alias]


def flaky_room(log: Flaky, folder: Path, first: int = 1) -> PracticeSession:
    numbers = count(first)
    around = Surroundings(
        meaning_hash="abc",
        open_log=log.open,
        bookmarks=Bookmarks(folder / "data" / "drafts"),
        now=lambda: log.now,
        new_id=lambda: f"{next(numbers):032x}",
    )
    return PracticeSession(syllabus(), around, ALIAS)


def test_every_answer_is_kept_at_once(services: Services) -> None:
    """A drill's answer is in the store before the next story is asked for."""
    room = room_of(services)
    session: Any = room.drill()
    for number in (1, 2, 3):
        session = room.answer(session, right(session))
        assert logged(services) == number
        session = room.go_on(session)
    assert room.progress().answered == 3
    assert room.progress().streak == 3


def test_the_same_answer_again_is_kept_once(services: Services) -> None:
    """A second answer to a story that was answered changes nothing."""
    room = room_of(services)
    once = room.answer(room.drill(), "adoption")
    assert room.answer(once, "preventive") is once
    assert logged(services) == 1


def test_nothing_is_left_at_first(services: Services) -> None:
    assert room_of(services).left is None


def test_a_drill_left_unanswered_is_at_the_same_story(start: Start) -> None:
    """Another start of the program goes on with the story that waits, in the same session."""
    room = room_of(start())
    session = room.go_on(room.answer(room.drill(), None))
    room.stay(session)
    again = room_of(start()).left
    assert isinstance(again, Drill)
    assert isinstance(session, Drill)
    assert again.story == session.story
    assert again.found is None
    assert again.header.session == session.header.session
    assert [one.id for one in again.attempts] == [one.id for one in session.attempts]


@pytest.mark.parametrize("chosen", every_answer())
def test_a_drill_left_after_an_answer_still_says_what_was_said(
    start: Start, chosen: str | None
) -> None:
    """What is said of the answer is there again, and nothing is kept a second time."""
    services = start()
    room = room_of(services)
    session = room.answer(room.drill(), chosen)
    room.stay(session)
    found = room_of(start())
    again = found.left
    assert isinstance(again, Drill)
    assert isinstance(session, Drill)
    assert again.feedback == session.feedback
    assert found.answer(again, "adoption") is again
    assert logged(services) == 1


def test_learning_is_left_at_the_same_question(start: Start) -> None:
    """The checks so far are there, wrong ones and "not sure" too."""
    room = room_of(start())
    session: Any = room.answer(room.learn(), UNSURE)
    room.stay(session)
    again = room_of(start()).left
    assert isinstance(again, Learn)
    assert again.story == session.story
    assert again.checks == session.checks
    assert again.asking == session.asking


def test_a_story_learned_from_is_kept_once(start: Start) -> None:
    """Found again at its end, it is not kept another time, and another story follows."""
    services = start()
    room = room_of(services)
    session = finished(room, room.learn())
    assert logged(services) == 1
    found = room_of(start())
    again = found.left
    assert isinstance(again, Learn)
    assert again.finished
    assert found.answer(again, "open") is again
    following = found.go_on(again)
    assert isinstance(following, Learn)
    assert following.asking
    assert following.story != session.story
    assert logged(services) == 1


def test_a_test_is_left_at_the_same_story(start: Start) -> None:
    """The stories and the answers so far are the same; the first answers count."""
    room = room_of(start())
    session: Any = room.test(4, 75)
    for chosen in ("adoption", None):
        session = room.answer(session, chosen)
        room.stay(session)
    again = room_of(start()).left
    assert isinstance(again, Exam)
    assert again.stories == session.stories
    assert [found.chosen for found in again.found] == ["adoption", None]
    assert again.pass_mark == 75


def test_a_test_at_its_end_is_not_left_but_is_still_on_the_screen(start: Start) -> None:
    """A browser that lost its line shows the score again; nobody is asked to go on with it."""
    room = room_of(start())
    session = finished(room, room.test(3))
    again = room_of(start())
    assert again.left is None
    assert isinstance(again.at, Exam)
    assert again.at.score == session.score
    again.leave(again.at)
    assert again.at is None


def test_another_alias_does_not_find_it(start: Start) -> None:
    """What one trainee left is not another's, and neither are the answers."""
    room = room_of(start())
    session = room.answer(room.drill(), "adoption")
    room.stay(session)
    other = room_of(start(), "red-fox")
    assert other.left is None
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
def test_a_place_of_another_guide_is_passed_over(
    services: Services, spoilt: dict[str, Any]
) -> None:
    """A story, group, mode or class that is not here any more is no reason to stop."""
    room = room_of(services)
    room.stay(room.answer(room.drill(), "adoption"))
    assert room.left
    place = services.bookmarks.left()
    assert place
    services.bookmarks.forget(place.kind)
    services.bookmarks.leave(replace(place, **spoilt))
    assert room.left is None


def test_a_class_goes_on_where_it_was_left(start: Start) -> None:
    """Each story of a drill in class is met once, also over two starts; then it is all done."""
    found = a_class("drill")
    room = room_of(start())
    session: Any = room.in_class(found)
    session = room.answer(session, None)
    room.stay(session)
    again = room_of(start())
    then: Any = again.left
    met = [session.story.id]
    for _ in found.stories[1:]:
        then = again.answer(then, None)
        met.append(then.story.id)
        then = again.go_on(then)
    again.stay(then)
    assert then.finished
    assert met == list(found.stories)
    assert again.in_class(found) is None
    assert again.left is None


def test_a_class_to_learn_from_goes_through_its_stories_and_no_other(start: Start) -> None:
    """After the last there is nothing to go on with, and no place is remembered."""
    found = a_class("learn")
    services = start()
    room = room_of(services)
    session: Any = room.in_class(found)
    met = []
    for _ in found.stories:
        session = finished(room, session)
        met.append(session.story.id)
        session = room.go_on(session)
    assert met == list(found.stories)
    assert room.is_over(session)
    assert room.go_on(session) is session
    assert services.bookmarks.left() is None


def test_learning_in_class_is_left_at_the_same_question(start: Start) -> None:
    room = room_of(start())
    session: Any = room.in_class(a_class("learn"))
    session = room.answer(session, UNSURE)
    room.stay(session)
    again = room_of(start()).left
    assert isinstance(again, Learn)
    assert again.checks == session.checks


def test_a_class_with_other_stories_is_refused(services: Services) -> None:
    other = replace(a_class("test"), content="0" * 16)
    with pytest.raises(UsageError):
        room_of(services).in_class(other)


def test_practice_goes_on_without_a_store(tmp_path: Path) -> None:
    """It is said that answers are not kept; they are kept with the first that can be."""
    log = Flaky()
    log.away = True
    room = flaky_room(log, tmp_path)
    assert "cannot be read" in room.trouble
    session = room.answer(room.drill(), "adoption")
    assert "not being kept" in room.trouble
    assert "ask your helpdesk" in room.trouble
    assert room.progress().answered == 1
    log.away = False
    session = room.answer(room.go_on(session), "adoption")
    assert room.trouble == ""
    assert len(log.lines) == 2
    assert len(room.attempts) == 2


def test_what_was_answered_before_is_known_once_it_can_be_read(tmp_path: Path) -> None:
    """A store that comes back gives what it held, beside what was answered meanwhile."""
    log = Flaky()
    first = flaky_room(log, tmp_path)
    first.answer(first.drill(), "adoption")
    log.away = True
    room = flaky_room(log, tmp_path, 1_000)
    assert room.attempts == []
    log.away = False
    room.answer(room.drill(), "adoption")
    assert {made.id for made in room.attempts} > {made.id for made in first.attempts}


def test_a_store_that_is_slow_to_fail_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """Practice does not wait at every answer; leaving tries once more, and nothing is lost."""
    log = Flaky()
    room = flaky_room(log, tmp_path)
    log.away, log.takes = True, timedelta(seconds=5)
    session = room.answer(room.drill(), "adoption")
    asked = log.asked
    session = room.answer(room.go_on(session), "adoption")
    assert log.asked == asked
    assert "not being kept" in room.trouble
    log.now += PAUSE
    session = room.answer(room.go_on(session), "adoption")
    assert log.asked == asked + 1
    log.away = False
    room.leave(session)
    assert len(log.lines) == 3
    assert room.trouble == ""


def test_a_test_that_was_left_says_nothing_of_its_answers(services: Services) -> None:
    """The bars do not tell how it goes; at its end they count it."""
    room = room_of(services)
    session: Any = room.answer(room.test(2), "adoption")
    room.stay(session)
    assert room.progress().answered == 0
    session = room.answer(session, "adoption")
    room.stay(session)
    assert room.progress().answered == 2


def test_what_is_over_is_not_gone_on_with_once_left(services: Services) -> None:
    """A test is forgotten at its end only; a drill never ends."""
    room = room_of(services)
    drill = room.answer(room.drill(), None)
    room.stay(drill)
    room.leave(drill)
    assert room.left
    test = finished(room, room.test(2))
    room.leave(test)
    assert [one.header.mode for one in room.lefts] == ["drill"]


def test_a_guide_without_stories_says_so(services: Services) -> None:
    def nothing() -> Any:
        raise GuideError("There is nothing to practise with.")

    with pytest.raises(GuideError):
        room_of(replace(services, load_practice=nothing))


def test_an_answer_is_read_as_it_was_written(services: Services) -> None:
    """A line of the store holds all of an answer."""
    room = room_of(services)
    room.answer(room.drill(), None)
    (attempt,) = room.attempts
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


def test_a_place_can_be_kept_for_every_mode(services: Services) -> None:
    """Whatever is left, the file gives the very place back."""
    room = room_of(services)
    for session in (room.learn(), room.drill(), room.test(), room.in_class(a_class("test"))):
        assert session
        room.stay(session)
        place = services.bookmarks.left()
        assert isinstance(place, Bookmark)
        assert place.mode == session.header.mode
