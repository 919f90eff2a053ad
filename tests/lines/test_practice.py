"""Practice in lines: a story is read, answered and explained, and may be left at any line."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import GuideError, RecordsUnavailableError
from assistant.text import columns, laid_out
from assistant.training.attempts import read_results
from assistant.training.classes import new_class, stories_by_seed, stories_named
from assistant.training.exam import LEFT, NO_TEST_YET, Exam
from assistant.training.modes import Learn
from tests.builders import shipped
from tests.examples import examples
from tests.lines.practice_talk import ALIAS, GROUPS, GUIDE, PracticeTalk
from tests.lines.talk import Talk, obeyed
from tests.lines.test_any_text import without_a_disk
from tests.training.trainee import syllabus

MODES = ("learn", "drill", "test")


def a_class(mode="test", count=3):
    stories = stories_by_seed(syllabus(), 4, count)
    return new_class(shipped().meaning_hash, stories, name="Spring", mode=mode, pass_mark=60)


def test_the_alias_is_asked_once_and_refused_with_the_reason(services):
    """A word of two parts is told what is wrong; a good one goes straight to the list."""
    talk = PracticeTalk(services, alias="")
    assert "Choose an alias" in talk.text
    for asked in ("?", "h"):
        assert "blue-heron" in talk.type(asked)
        assert talk.practice.practice is None
    assert "Choose a different word" in talk.type("Jane Doe")
    assert "You practice as blue-heron." in talk.type("blue-heron")
    assert talk.said[-2].endswith("Quit.")


def test_a_story_is_read_in_paragraphs_with_eight_numbered_answers(services):
    """The seven groups by name, and "ask the supervisor"."""
    talk = PracticeTalk(services, "drill")
    for paragraph in talk.session.story.paragraphs:
        assert any(paragraph in line for line in talk.said)
    numbered = [line for line in talk.said if line[:1].isdecimal()]
    names = [*(group.name for group in GUIDE.groups.values()), "Ask the supervisor"]
    assert numbered == [f"{n}. {name}." for n, name in enumerate(names, start=1)]


def test_a_right_answer_is_told_why_in_one_line(services):
    """The grade with the group, and the story's note; then the way on."""
    talk = PracticeTalk(services, "drill")
    note = talk.session.story.note
    talk.type(talk.right_number)
    assert talk.said[-3].startswith("Right: ")
    assert talk.said[-2] == note
    assert "Press Enter for the next story" in talk.said[-1]


def test_a_wrong_answer_shows_the_fork_the_words_and_the_pair(services):
    """What was chosen, what the story says, the words that decide, and both groups."""
    talk = PracticeTalk(services, "drill")
    while talk.right is None:
        talk.type(talk.right_number, "")
    right, wrong = GUIDE.groups[talk.right], GUIDE.groups[str(GROUPS[int(talk.wrong_number) - 1])]
    said = talk.type(talk.wrong_number)
    assert f"Your answer: {wrong.name}." in said
    assert f"Not right. The right answer is {right.name}." in said
    assert "The story says that " in said
    assert "The deciding words: “" in said
    assert f"The right answer, {right.name}: Use it when " in said
    assert f"You chose {wrong.name}: Use it when " in said


def test_a_group_may_be_typed_in_words(services):
    """The beginnings of its words will do; words of several groups are asked about."""
    talk = PracticeTalk(services, "drill")
    assert "No answer has those words" in talk.type("xyzzy")
    assert "Did you mean 2, " in talk.type("in")
    assert "Type 1 to 8" in talk.type("9")
    assert "Your answer: Ask the supervisor." in talk.type("ask super")


def test_enter_goes_on_where_something_was_said_and_else_repeats(services):
    """The same story stands until it is answered; Enter then brings another."""
    talk = PracticeTalk(services, "drill")
    story = talk.session.story
    talk.type("")
    assert talk.session.story == story
    talk.type(talk.wrong_number)
    assert "No question is open" in talk.type("1")
    talk.type("")
    assert talk.session.story != story
    assert len(talk.session.attempts) == 1


def test_learning_checks_each_answer_at_once(services):
    """Right or not, why it matters, and the phrase; at the end, where the story led."""
    talk = PracticeTalk(services, "learn")
    first = talk.session.asking
    said = talk.type(talk.wrong_number)
    assert "That is not what the story says." in said
    assert GUIDE.questions[first].why in said
    while not talk.session.finished:
        assert "Right." in talk.type(talk.right_number)
    assert "The story leads to" in talk.text or "no group is named" in talk.text
    assert talk.session.attempts[0].misread == first
    talk.type("")
    assert isinstance(talk.session, Learn)
    assert not talk.session.checks


def test_not_sure_is_an_answer_where_a_question_is_asked(services):
    """It is said to be what the story does not say; for a group, the supervisor is offered."""
    learn = PracticeTalk(services, "learn")
    assert "your answer: Not sure." in learn.type("s")
    assert "supervisor" in PracticeTalk(services, "drill").type("s")


def test_help_in_learning_is_the_questions_own(services):
    """Why it is asked and where to look; elsewhere the commands."""
    talk = PracticeTalk(services, "learn")
    assert f"Why this is asked: {talk.session.question.why}" in talk.type("?")
    (first, *_) = talk.session.question.help
    assert first.say not in talk.text
    assert first.say in talk.type("? 1")
    assert "Type p to" in PracticeTalk(services, "drill").type("?")


def test_a_test_says_nothing_until_its_end(services):
    """Then the score, and each answer not right with its story, one at a time."""
    talk = PracticeTalk(services, "test", length=4, pass_mark=75)
    for number in ("right_number", *["wrong_number"] * 3):
        assert "ight:" not in talk.text
        assert "The deciding words" not in talk.text
        talk.sit(number)
    exam = talk.session
    assert exam.score.text in talk.text
    assert "To review 3 wrong answers" in talk.text
    for mistake in exam.mistakes:
        said = talk.type("")
        assert f"Story {mistake.number} of 4." in said
        assert mistake.story.paragraphs[-1] in said
        assert mistake.feedback.headline in said
    assert "That was the last one." in talk.text
    assert talk.exercise is None


def acceptable():
    """Return a written story for which the documents support a second group, and that group."""
    for name, case in syllabus().practice.cases.items():
        outcome = GUIDE.outcomes[case.outcome]
        if outcome.certainty == "judgement" and outcome.also_fits:
            return name, outcome.also_fits[0].group
    raise AssertionError


def test_acceptable_is_told_apart_from_right_and_wrong(services):
    """It counts, and it is explained what would come first."""
    name, group = acceptable()
    stories = stories_named(syllabus(), [name])
    found = new_class(shipped().meaning_hash, stories, name="One")
    talk = PracticeTalk(services, class_file=found)
    talk.sit(str(GROUPS.index(group) + 1))
    assert "Right 0, acceptable 1, wrong 0. " in talk.text
    assert "To review 1 acceptable answer" in talk.text
    assert talk.session.mistakes[0].feedback.headline in talk.type("")


def test_a_test_without_mistakes_has_nothing_to_explain(services):
    """It ends at the list of what there is."""
    talk = PracticeTalk(services, "test", length=2)
    talk.sit("right_number", "right_number")
    assert "Every answer was right" in talk.text
    assert talk.exercise is None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("leave", ["q", "leave", None])
def test_a_session_left_at_any_line_goes_on_there(start, mode, leave):
    """By quitting, by going back, or by the end of everything: the same story, as it was."""
    talk = PracticeTalk(start(), mode)
    if mode == "test":
        talk.type("")
    talk.type(talk.wrong_number)
    before, said = talk.session, talk.said
    if leave:
        talk.type(leave)
    again = PracticeTalk(start(), mode)
    assert "Continuing " in "\n".join(again.everything)
    assert again.session.story == before.story
    assert again.session.given == before.given
    assert again.session.header.session == before.header.session
    if mode == "learn":
        assert [check.given for check in again.session.checks] == [before.checks[0].given]
    if mode == "drill":
        assert again.said[-3:] == said[-3:]


def test_asking_for_a_length_begins_a_test_anew(start):
    """Without it, the one that was left goes on."""
    PracticeTalk(start(), "test", length=5)
    assert len(PracticeTalk(start(), "test").session.stories) == 5
    assert len(PracticeTalk(start(), "test", length=7).session.stories) == 7


@pytest.mark.parametrize("opens", ["by the list", "by a command"])
def test_a_test_is_not_given_up_unasked(start, opens):
    """A new one asks first, also where a command asked for it; what is no answer asks again."""
    talk = PracticeTalk(start(), "test")
    talk.sit("right_number")
    talk.type("leave")
    if opens == "by a command":
        talk = PracticeTalk(start(), "test", length=5)
    else:
        talk.type("test")
    assert "You have an unfinished test." in talk.text
    assert talk.type("5") == "Type 1 or 2."
    assert "Story 2 of" in talk.type("1")
    talk.type("leave", "test", "2")
    assert talk.session.answered == 0


def test_answers_in_a_test_can_be_changed_until_a_last_yes(services):
    """Back goes to the story before, review to any; whatever else is typed at the end, it goes on."""
    talk = PracticeTalk(services, "test", length=3)
    talk.sit("1", "2")
    assert "Story 2 of 3" in talk.type("b")
    assert "type b." in talk.type("8")
    assert "Story 1 of 3" in talk.type("review 1")
    assert "type review 1." in talk.type("1")
    assert "Story 1 of 3" in talk.type("review 1")
    talk.type("n", "n", "n")
    assert "Story 3: Not answered." in talk.text
    assert "Not handed in." in talk.type("hand in", "no")
    assert talk.session.stage == "review"
    assert "1 story has no answer" in talk.type("hand in")
    talk.type("yes")
    assert [made.chosen for made in talk.session.attempts] == [GROUPS[0], None]


def test_a_class_test_left_unfinished_is_to_be_handed_in_first(services):
    """Its answers are no results yet, so no file is written; before the first there is nothing at all."""
    found = a_class()
    talk = PracticeTalk(services, class_file=found)
    assert found.not_handed_in not in talk.type("leave", "results")
    talk.type("class", "", "1", "leave")
    assert found.not_handed_in in talk.type("results")
    assert not list(services.folder.glob("results/*"))


def test_a_test_only_opened_is_not_said_to_be_saved(services):
    """It is offered as a new one, like any that was never opened; with an answer it is continued."""
    talk = PracticeTalk(services, "test", length=3)
    assert "Saved" not in talk.type("b")
    assert "continue" not in talk.text
    assert "Saved" in talk.type("test", "", "1", "leave")
    assert "continue" in talk.text


def test_a_number_opens_a_story_from_the_review(services):
    """As on the screen; a number of no story opens none."""
    talk = PracticeTalk(services, "test", length=3)
    talk.type("", "1", "review")
    assert "Story 2 of 3" in talk.type("2")
    talk.type("review", "9")
    assert talk.session.stage == "review"


def test_a_test_left_at_its_review_continues_at_the_first_story_without_an_answer(start):
    """Where all are answered, it continues at the review."""
    talk = PracticeTalk(start(), "test", length=3)
    talk.type("", "n", "1", "review", "leave", "q")
    again = PracticeTalk(start(), "test")
    assert (again.session.stage, again.session.place) == ("story", 0)
    again.type("1", "1", "leave", "q")
    assert PracticeTalk(start(), "test").session.stage == "review"


def test_the_last_test_where_there_is_none_is_said_to_be_none(services):
    """The list follows."""
    assert NO_TEST_YET in PracticeTalk(services).type("4")


def test_leaving_a_closed_test_is_said_to_be_counted(services):
    """It can be left at any line, and the list says where it goes on."""
    talk = PracticeTalk(services, "test")
    talk.sit("1")
    assert LEFT in talk.type("leave")
    assert talk.exercise is None
    talk.type("test", "1")
    assert talk.session.left == 1


def test_each_mode_has_a_place_of_its_own(start):
    """A drill and a story begun meanwhile leave the test where it was."""
    talk = PracticeTalk(start(), "test")
    talk.sit("right_number")
    story = talk.session.story
    for mode in ("drill", "learn"):
        talk.type("leave", mode, "1")
    listed = talk.type("b")
    for left in ("test you left", "drill you left", "story you were learning"):
        assert f"continue the {left}" in listed
    assert PracticeTalk(start(), "test").session.story == story


def test_a_test_that_is_over_can_be_looked_at_again(start):
    """From the list, at any time, until the next one is over."""
    talk = PracticeTalk(start(), "test", length=2)
    talk.sit("wrong_number", "wrong_number")
    score = talk.session.score.text
    talk.type("b")
    talk = PracticeTalk(start())
    assert "Your last test: 0%, not passed. Review it." in talk.text
    assert score in talk.type("last_test")


@pytest.mark.parametrize(("mode", "hears"), [("learn", True), ("drill", True), ("test", False)])
def test_no_word_is_explained_in_a_test(services, mode, hears):
    """It could say that no group is named; elsewhere words are explained."""
    talk = PracticeTalk(services, mode)
    if mode == "test":
        talk.type("")
    assert ("During a test the glossary is closed" in talk.type("w")) is not hears
    assert ("Type w to" in talk.type("h")) is hears


def test_commands_that_do_nothing_here_are_not_listed(services):
    """Nobody is sent to a command that is answered with the list of commands."""
    drill = PracticeTalk(services, "drill").type("?")
    for word in ("Type ? to", "Type s to"):
        assert word not in drill
    listed = PracticeTalk(services).type("h")
    assert "Type p to" in listed
    for word in ("Type ? to", "Type s to", "Type w to", "answer"):
        assert word not in listed.replace("answers are saved", "")


def test_progress_in_the_middle_of_a_test_says_what_waits(start):
    """The answers are not lost: they count at its end, in class too."""
    talk = PracticeTalk(start(), class_file=a_class())
    talk.sit("right_number")
    assert "1 answer not counted until your test is over." in talk.type("p")


def test_the_list_begins_each_mode_by_number_or_by_name(services):
    """What is none of them is refused; progress is told in sentences."""
    for mode in MODES:
        talk = PracticeTalk(services)
        assert "That is not in the list" in talk.type("99")
        talk.type(mode)
        assert talk.session.header.mode == mode
        talk.type("b")
    talk = PracticeTalk(services)
    drill = next(line for line in talk.said if "Drill: " in line)
    talk.type(drill[0])
    assert talk.session.header.mode == "drill"
    assert "Tried: 0" not in talk.type("p")
    talk.type("1")
    said = talk.type("p")
    for group in GUIDE.groups.values():
        assert f"{group.name}. Tried: " in said
    assert "What to do next. " in said


def test_leaving_the_list_ends_practice(services):
    """`b` and `q` both do, and say that answers are kept."""
    for typed in ("b", "q"):
        talk = PracticeTalk(services)
        assert "saved" in talk.type(typed)
        assert talk.ended
        assert talk.practice.quits is (typed == "q")


def test_answers_that_cannot_be_kept_are_said_once_and_at_the_end(services):
    """Practice goes on all the same."""

    def fail():
        raise RecordsUnavailableError("The disk is full.")

    talk = PracticeTalk(replace(services, open_records=fail), "drill")
    talk.type(talk.wrong_number)
    assert talk.text.count("not being saved") == 1
    talk.type("", talk.right_number)
    assert "not being saved" not in talk.text
    assert "not being saved" in talk.type("q")


@pytest.mark.parametrize("mode", ["learn", "drill"])
def test_a_class_gives_its_stories_in_order_and_then_is_handed_in(start, data_folder, mode):
    """Each once, into a file; taking part again after the last says that it is done."""
    found = a_class(mode)
    talk = PracticeTalk(replace(start(), folder=data_folder), class_file=found)
    assert f"Class “Spring”: {mode}, with 3 stories." in talk.text
    met = {}
    while talk.exercise is not None:
        met[talk.session.story.id] = True
        talk.type("" if _was_told(talk) else talk.right_number)
    assert tuple(met) == found.stories
    (path,) = (data_folder / "results").iterdir()
    assert str(path) in "\n".join(talk.everything)
    assert len(read_results(path.read_text(encoding="utf-8"))) == 3
    done = PracticeTalk(replace(start(), folder=data_folder), class_file=found)
    assert done.exercise is None
    assert "You have answered every story of the class “Spring”." in done.text


def _was_told(talk):
    return talk.session.finished if isinstance(talk.session, Learn) else bool(talk.session.found)


def test_a_class_test_goes_on_where_it_was_left_and_shows_its_score_again(start, data_folder):
    """Whoever comes back later has the same row, and cannot answer anything anew."""
    found = a_class()
    services = replace(start(), folder=data_folder)
    talk = PracticeTalk(services, class_file=found)
    talk.sit("right_number")
    talk.type("q")
    talk = PracticeTalk(services, class_file=found)
    assert "You have answered 1 of its 3 stories." in talk.text
    assert "Story 2 of 3." in talk.text
    talk.sit("wrong_number", "wrong_number")
    assert talk.session.score.text in talk.text
    again = PracticeTalk(services, class_file=found)
    assert isinstance(again.session, Exam)
    score = again.session.score
    assert score
    assert score.text in again.text
    assert score.wrong == 2


def test_an_alias_with_answers_in_a_test_that_was_left_is_not_new(start, data_folder):
    """They are in no record yet."""
    found, services = a_class(), replace(start(), folder=data_folder)
    talk = PracticeTalk(services, class_file=found)
    assert "Nobody has used this alias" in talk.text
    talk.sit("right_number")
    talk.type("q")
    assert "Nobody has used this alias" not in PracticeTalk(services, class_file=found).text


def test_a_class_made_with_another_guide_is_refused(services):
    """Its stories would not be everyone else's: why is said, and what else can be begun."""
    talk = PracticeTalk(services, class_file=replace(a_class(), content="0" * 64))
    assert "a different guide" in talk.text
    assert "What do you want to do?" in talk.text
    assert "“Spring”" not in talk.text


def test_with_shared_records_there_is_nothing_to_hand_in(services):
    """The trainer finds the answers where they are."""
    shared = replace(services.settings, records_url="postgresql://somewhere/records")
    found = a_class(count=1)
    talk = PracticeTalk(replace(services, settings=shared), class_file=found)
    talk.sit("right_number")
    assert "in the shared records" in "\n".join(talk.everything)
    assert "training results" not in talk.text


PLACES = {
    "the alias": (None, ""),
    "the list": (None, ALIAS),
    "learning": ("learn", ALIAS),
    "a drill": ("drill", ALIAS),
    "a test": ("test", ALIAS),
}


@pytest.mark.parametrize("place", PLACES)
@given(typed=st.lists(st.one_of(st.text(), st.sampled_from([*"?abhpsw12345678", ""])), max_size=6))
@examples(25)
def test_whatever_is_typed_nothing_breaks(place, typed):
    """Every reply fits a line, and holds nothing that a terminal would obey."""
    mode, alias = PLACES[place]
    services, _ = without_a_disk()
    talk = PracticeTalk(services, mode, alias=alias)
    for line in typed:
        if not talk.ended:
            talk.type(line)
    for line in laid_out(talk.everything, 80):
        assert columns(line) <= 80
        assert not obeyed(line)


def test_practice_opens_from_the_interview_and_comes_back_to_it(services):
    """The question is still the same one; the alias is not asked again."""
    talk = Talk(services, "1", "d")
    assert "Choose an alias" in talk.text
    talk.type(ALIAS, "drill", "1", "b")
    assert "Back to the interview." in talk.text
    assert "Still question 2." in talk.type("b")
    assert "You practice as blue-heron." in talk.type("practice")
    talk.type("b", "3")
    assert any(line.startswith("Answer 2. Goal: ") for line in talk.said)


def test_quitting_practice_quits_the_interview_too(services):
    """Both are kept."""
    talk = Talk(services, "1", "d", ALIAS, "q")
    assert talk.session.ended
    assert "Your answers are saved." in talk.text


def test_quitting_practice_says_nothing_of_an_interview_not_begun(services):
    """One sentence is enough."""
    talk = Talk(services, "d", ALIAS, "q")
    assert talk.session.ended
    assert "There was nothing to save" not in talk.text


def test_a_guide_with_nothing_to_practise_with_leaves_the_interview_as_it_is(services):
    """Why is said, and the question stands."""

    def nothing():
        raise GuideError("This guide has no practice stories.")

    talk = Talk(replace(services, load_practice=nothing), "1", "d", ALIAS)
    assert "no practice stories" in talk.text
    assert "Still question 2." in talk.text
    talk.type("3")
    assert talk.said[0].startswith("Answer 2.")
