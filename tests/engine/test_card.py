"""The desk card holds every group, and the comparisons of groups are true of cases."""

from html.parser import HTMLParser

import pytest

from assistant.engine.handouts import card_lead, card_tables
from assistant.engine.statements import compared, look_alikes, told_apart_by
from assistant.tables import Table, as_page
from tests.builders import EveryCase, shipped

GUIDE = shipped().guide
EVERY = EveryCase(GUIDE)


class Page(HTMLParser):
    """Checks that what is opened is closed, and keeps the tags and the text."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def cells():
    return [cell for table in card_tables(GUIDE) for row in table.rows for cell in row]


def test_the_card_as_a_page_needs_nothing_else():
    """It parses, names every group and the guide, and has no script and no address."""
    made = as_page("Card", card_lead(GUIDE), card_tables(GUIDE), card=True)
    page = Page(made)
    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & {*page.tags}
    assert "http:" not in made
    assert "https:" not in made
    assert all(group.name in page.text for group in GUIDE.groups.values())
    assert GUIDE.about.version in page.text


def test_the_card_shows_text_as_text():
    made = as_page(
        "a & b", "<i>", [Table("<b>", "&", ("x", "y"), (("<script>", '"<'),))], card=True
    )
    assert "script" not in Page(made).tags
    assert "<script>" in Page(made).text


def test_the_steps_lead_to_every_group_and_to_the_supervisor():
    steps = [row for part in GUIDE.card.steps for row in part.rows]
    assert {row.group for row in steps if row.group} == {*GUIDE.groups}
    assert any("supervisor" in row.do for row in steps)


def test_the_card_has_ten_mistakes_and_speaks_in_short_cells():
    """What is longer does not fit on the sheet."""
    assert len(GUIDE.card.more[0].rows) == 10
    assert max(map(len, cells())) <= 200


@pytest.mark.parametrize("name", GUIDE.comparisons)
def test_the_fact_that_tells_two_groups_apart_does(name):
    """Two cases that differ in it alone end in the two groups."""
    comparison = GUIDE.comparisons[name]
    ends: dict[tuple[str, ...], set[str | None]] = {}
    for case, passage in zip(EVERY.cases, EVERY.passages, strict=True):
        rest = tuple(value for fact, value in case.items() if fact != comparison.tells)
        ends.setdefault(rest, set()).add(GUIDE.outcomes[passage.outcome or ""].group)
    assert any({*comparison.groups} <= groups for groups in ends.values())


def test_two_groups_are_compared_in_the_order_asked_for():
    """With quotations under the question, and only where the guide compares them."""
    first, second, *apart = compared(GUIDE, "preventive", "adoption")
    assert [first.about, second.about] == ["Preventive Services", "Adoption Services"]
    assert apart[-1].quotes
    assert len(compared(GUIDE, "preventive", "independent_transitional_living")) == 2


def test_every_group_has_look_alikes():
    assert all([*look_alikes(GUIDE, group)] for group in GUIDE.groups)


def test_only_groups_still_possible_are_told_apart():
    assert [*told_apart_by(GUIDE, "goal", GUIDE.groups)]
    assert not [*told_apart_by(GUIDE, "goal", ["preventive"])]
    assert not [*told_apart_by(GUIDE, "setting", GUIDE.groups)]
