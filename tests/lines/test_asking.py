"""The interview in lines: numbers, words, and the commands beside them."""

import pytest

from assistant.cases.session import ALREADY, NOT_RECORDED_HEARD
from assistant.commands import IN_LINES, Where, command_typed, keys, typed_words
from assistant.lines.interview import InterviewInLines
from tests.lines.talk import ADOPTION, ASKED, Talk


def test_the_first_question_says_how_to_answer(services):
    """Where the interview stands, the question, numbered answers, and what can be typed."""
    said = Talk(services).said
    assert "Question 1 of up to 4." in said
    assert ASKED["investigation"] in said
    assert said[-5:-1] == [
        "1. No, it has not opened one.",
        "2. Yes, and it was open on that day.",
        "3. Yes, and it had ended by that day.",
        "4. Not sure.",
    ]
    assert said[-1] == "Type a number, a few words, or ? for help."


@pytest.mark.parametrize("typed", ["2", " 2 ", "2.", "2)", "still open", "OPEN", "under way"])
def test_a_number_or_words_answer(services, typed):
    """What was understood is said back, and the next question follows."""
    talk = Talk(services, typed)
    assert talk.said[0] == "Answer 1. Investigation: Yes, and it was open on that day."
    assert "Question 2 of up to 3." in talk.said


def test_words_that_fit_several_answers_are_asked_back_about(services):
    """The list holds only what fits, and its numbers are the ones that count."""
    talk = Talk(services, "1", "guardian")
    assert "Which one do you mean?" in talk.text
    assert "2. Guardianship, legal custody to a relative, or another goal." in talk.said
    assert "Guardianship" in talk.type("2").splitlines()[0]


def test_none_of_several_answers_shows_them_all(services):
    """The way out of a shorter list is a line of that list, its words, and `b`."""
    for way_out in ("3", "none", "b"):
        talk = Talk(services, "1", "guardian", way_out)
        assert "3. Adoption." in talk.said


def test_words_that_no_line_of_a_shorter_list_has_may_be_another_answer(services):
    """A no after a yes is the other answer, and never an answer that begins with yes."""
    said = Talk(services, "yes", "no").said[0]
    assert said == "Answer 1. Investigation: No, it has not opened one."


def test_words_that_fit_nothing_change_no_number(services):
    """After a shorter list was said, its numbers still count until another list is said."""
    talk = Talk(services, "1", "guardian", "zebra")
    assert talk.said[0] == "No answer has those words."
    assert "Guardianship" in talk.type("2").splitlines()[0]


@pytest.mark.parametrize("typed", ["0", "5", "99", "123456789", "1234567890123", "-1", "1.5", "½"])
def test_a_number_that_is_not_there_says_how_to_answer(services, typed):
    """It is not repeated, since it may be a case number."""
    talk = Talk(services, typed)
    assert "Still question 1." in talk.text
    assert typed not in talk.text.replace("1 to 4", "")
    assert "Question 1" in talk.type("")


def test_no_word_of_an_answer_is_taken_for_a_command(guide):
    """Whatever answers a question is never swallowed by a letter."""
    for question in guide.questions.values():
        for option in question.options.values():
            for words in (*option.words, option.label, option.short):
                assert command_typed(words)[0] is None, words


@pytest.mark.parametrize("typed", ["both", "c x", "b 2", "s no", "?!", "bb", "quit it", "c2", ""])
def test_a_command_is_a_letter_alone(typed):
    """A word that begins like one is a word."""
    assert command_typed(typed)[0] is None


@pytest.mark.parametrize("typed", ["B", " b ", "back", "Back"])
def test_back_takes_the_last_answer_back(services, typed):
    """The question is asked once more."""
    talk = Talk(services, "1", typed)
    assert talk.said[0] == "You took back answer 1."
    assert "Question 1 of up to 4." in talk.said


def test_back_at_the_start_says_so(services):
    """There is nothing to take back."""
    assert Talk(services, "b").said[0] == "There is no answer to take back."


def test_help_says_why_where_and_what_follows(services):
    """And what people get wrong; the question stays open."""
    said = Talk(services, "?").text
    assert "Why this is asked: " in said
    assert "Where to look: " in said
    assert "If you answer “No, it has not opened one”, " in said
    assert "Tricky case 1: " in said
    assert "Still question 1." in said


def test_help_after_the_result_says_what_it_is_worth(services):
    """It is advice, and how sure it can be is said."""
    said = Talk(services, *ADOPTION, "?").text
    assert "Also enter the group in the agency's data system, which is the official record." in said
    assert "How certain a result can be: Settled. The documents settle this." in said


def test_a_tricky_case_is_heard_by_its_number(services):
    """Help names them, so that nobody has to hear them all."""
    first = services.loaded.guide.questions["investigation"].help[0]
    talk = Talk(services, "?")
    assert f"Tricky case 1: {first.about}." in talk.said
    assert first.say not in talk.text
    assert first.say in talk.type("? 1")
    assert "no tricky case with that number" in talk.type("? 99")
    assert "no tricky case with that number" in Talk(services, *ADOPTION, "? 1").text


def test_not_sure_is_a_letter(services):
    """It answers the question."""
    assert Talk(services, "s").said[0] == "Answer 1. Investigation: Not sure."


def test_not_sure_answers_only_a_question(services):
    """At a result it says so."""
    assert "no question is open now" in Talk(services, *ADOPTION, "s").text


def test_the_groups_say_what_ruled_them_out(services):
    """Possible ones first, then the others with the answer that decided and what they would need."""
    talk = Talk(services, "1", "2", "o")
    assert talk.said[0] == "Still possible: 2 of 7 groups."
    assert "Still possible: Preventive Services." in talk.said
    (adoption,) = [line for line in talk.said if line.startswith("Ruled out: Adoption Services.")]
    assert "The goal is to keep the child at home." in adoption
    assert "The answer would be Adoption Services if the goal were adoption." in adoption


def test_the_words_used_here_are_explained(services):
    """Those of the question that is asked."""
    assert "FINS (also: family in need of services" in Talk(services, "1", "3", "w").text


@pytest.mark.parametrize("typed", ["w safety plan", "W Safety  Plan", "w protective plan"])
def test_one_word_is_explained(services, typed):
    """By any of its names, wherever one is."""
    assert Talk(services, typed).said[0].startswith("safety plan (also: protective plan")


@pytest.mark.parametrize(
    ("typed", "meant"), [("w safty plan", "safety plan"), ("w afcar", "AFCARS")]
)
def test_a_word_mistyped_is_asked_back_about(services, typed, meant):
    """The nearest words are named."""
    talk = Talk(services, typed)
    assert talk.said[0] == "That word is not in the glossary."
    assert f"Did you mean {meant}" in talk.said[1]


def test_a_word_nobody_knows_gives_all_words(services):
    """So that one can be chosen."""
    assert "safety plan" in Talk(services, "w qqqq").said[1]


def test_the_commands_are_listed(services):
    """Each one once, by a sentence of its own."""
    said = Talk(services, "h").said
    for typed in typed_words(*IN_LINES).values():
        assert sum(line.startswith(f"Type {typed.words[0]} to ") for line in said) == 1


def test_every_command_in_lines_has_something_to_do():
    """A method that does it, or asks something first."""
    methods = {
        name.partition("_")[2] for name in dir(InterviewInLines) if name[:3] in {"on_", "ask"}
    }
    assert {*typed_words(*IN_LINES)} <= methods


def test_enter_alone_says_it_once_more(services):
    """The question whole, and after the result the choices with its headline."""
    talk = Talk(services)
    assert talk.type("").splitlines() == talk.everything[2 : 2 + len(talk.said)]
    talk.type(*ADOPTION, "")
    assert "Recommended: Adoption Services." in talk.said
    assert "1. Record this group." in talk.said


def test_a_line_without_end_is_not_looked_at(services):
    """It is refused with the most that fits."""
    assert "at most 5,000 characters" in Talk(services, "x" * 5_001).text


def test_the_desk_card_is_heard_in_lines(services):
    """Every group with its rule, and the question that is still open at the end."""
    talk = Talk(services, "card")
    names = [group.name for group in services.loaded.guide.groups.values()]
    assert all(any(line.startswith(f"{name}: ") for line in talk.said) for name in names)
    assert talk.said[-1].startswith("Still question ")


def test_help_tells_look_alikes_apart(services):
    """The question does while both groups are possible, the result for the group recommended."""
    assert "Easily mixed up: " in Talk(services, "1", "?").text
    assert "Easily mixed up with: " in Talk(services, *ADOPTION, "?").text


def test_words_are_looked_up_and_continued_from(services):
    """At most three results; those that fill in an answer have what is typed for them."""
    talk = Talk(services, "l goal of adoption")
    assert 0 < sum("Leads to: " in line for line in talk.said) <= 3
    number = next(line[:3] for line in talk.said if line.startswith("l ") and "Adoption" in line)
    talk.type(number)
    assert talk.interview.view.given == {"goal": "adoption"}
    assert "Question 1 of up to" in talk.text
    talk.type("3")
    talk.choose("Record this group")
    answers = [line for line in talk.said if line.startswith("Answer ")]
    assert [line[:9] for line in answers] == ["Answer 1.", "Answer 2."]
    assert answers[0].endswith("Yes, and it had ended by that day.")
    assert answers[1].endswith("Adoption (filled in).")


@pytest.mark.parametrize("typed", ["l", "l 1", "lookup xyzzy"])
def test_a_look_up_that_finds_nothing_leaves_the_question(services, typed):
    talk = Talk(services, typed)
    assert talk.said[-1].startswith("Still question 1.")
    assert talk.interview.view.everything_said == {}


def test_two_groups_are_compared_by_looking_them_up(services):
    said = Talk(services, "l preventive or in-home").said[0]
    assert "(comparison)" in said


def test_a_letter_means_in_lines_what_it_means_on_the_screen():
    """Where both have it; what is typed with more letters is its own word."""
    on_screen = {key.names: command for command, key in keys(Where.INTERVIEW, Where.APP).items()}
    for command, typed in typed_words(*IN_LINES).items():
        for word in typed.words:
            assert on_screen.get(word, command) == command, word


def test_a_result_left_for_the_look_up_can_be_returned_to(services):
    """It says that the result was not recorded, and the way back leads to it."""
    talk = Talk(services, *ADOPTION, "l trial home visit")
    number = next(line.split(":")[0] for line in talk.said if line.startswith("l "))
    assert NOT_RECORDED_HEARD in talk.type(number)
    assert "Recommended: Adoption Services." in talk.type("b")


def test_a_result_is_already_the_answer(services):
    """Where nothing is left to take."""
    talk = Talk(services, *ADOPTION)
    assert ALREADY in talk.type("a")


def test_the_help_on_many_lines_of_one_kind_explains_them_once(services):
    """As in what can be assumed."""
    talk = Talk(services, "s", "s", "s", "s", "s", "2")
    said = talk.type("?")
    assert said.count("What each choice does") == 1
