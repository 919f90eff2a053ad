"""A statement is said once, and laid out as lines, as sections and as JSON."""

from assistant.engine.statements import Quote, Section, Statement, as_json, as_lines, as_sections

SAID = (
    Statement("Why", "The goal is adoption.", quotes=(Quote("goal is adoption", "Groups"),)),
    Statement("Why", "Care goes on.", "If the child is at home"),
    Statement("Check first", "Is the goal the current one?"),
)


def test_lines_give_heading_condition_and_each_quotation():
    """Each line can be heard on its own."""
    assert list(as_lines(SAID)) == [
        "Why: The goal is adoption.",
        "Source: “goal is adoption” (Groups).",
        "Why: If the child is at home: Care goes on.",
        "Check first: Is the goal the current one?",
    ]


def test_sections_give_each_heading_once():
    """Statements under one heading stand together."""
    assert list(as_sections(SAID)) == [
        Section(
            "Why",
            (
                "The goal is adoption.",
                '"goal is adoption" (Groups)',
                "If the child is at home: Care goes on.",
            ),
        ),
        Section("Check first", ("Is the goal the current one?",)),
    ]


def test_json_leaves_out_what_is_empty():
    """A statement without condition has none in JSON either."""
    assert as_json(SAID)[0] == {
        "about": "Why",
        "says": "The goal is adoption.",
        "quotes": [{"words": "goal is adoption", "where": "Groups"}],
    }
    assert as_json(SAID)[1]["only_if"] == "If the child is at home"
