"""The handbook: which pages there are, and how Markdown is laid out as lines."""

import pytest

from assistant.errors import GuideError
from assistant.guide.handbook import FOLDER, KEYS_TOPIC, HandbookPage, handbook, page_lines, parts
from assistant.guide.loading import read_files
from assistant.settings import bundled_guide

PAGE = HandbookPage(
    "page",
    "A page",
    """\
# A page

Some *words* with `code`, **weight**, and [another page](it.md#folders).

| key | what it does |
| --- | --- |
| `c` | changes an answer |
| a name that is longer than its column | a\\|b |

- one
- two,
  and more
  `service-group help it`
  which is read

    service-group doctor
    service-group settings
""",
)


def test_the_pages_that_come_along():
    assert list(handbook()) == [
        *("workers", "reviewers", "trainers", "it", "guide-keepers"),
        KEYS_TOPIC,
    ]


def test_every_page_has_a_title_and_text():
    assert [
        page.topic for page in handbook().values() if not page.title or "\n" not in page.text
    ] == []


def test_the_page_of_keys_has_every_key_that_a_screen_takes():
    """Numbers, Enter, Esc and those of forms and practice too, which are no commands of the table."""
    page = handbook()["keys"].text
    missing = [
        k for k in ("1-9", "Enter", "Esc", "Tab", "PgUp", "Ctrl+S", "Ctrl+O") if k not in page
    ]
    assert missing == []


def test_an_agency_s_own_pages_come_before_ours(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "it.md").write_text("# Our IT\n", encoding="utf-8")
    (tmp_path / FOLDER / "vacation.md").write_text("# Vacation\n", encoding="utf-8")
    pages = handbook(tmp_path)
    assert pages["it"].title == "Our IT"
    assert pages["vacation"].title == "Vacation"
    assert pages["workers"] == handbook()["workers"]


def test_a_page_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def refused(*_given, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("assistant.guide.handbook.read_foreign", refused)
    with pytest.raises(GuideError) as raised:
        handbook(tmp_path)
    assert FOLDER in raised.value.where


def test_the_pages_are_no_part_of_the_guide():
    texts, problems = read_files(bundled_guide())
    assert problems == []
    assert [name for name in texts if name.startswith(FOLDER)] == []


def test_parts():
    found = [(part.kind, part.name, part.text, part.joins) for part in parts(PAGE)]
    assert found == [
        ("heading", "", "A page", False),
        (
            "text",
            "",
            "Some words with code, weight, and another page (service-group help it).",
            False,
        ),
        ("row", "c", "changes an answer", False),
        ("row", "a name that is longer than its column", "a|b", True),
        ("item", "-", "one", False),
        ("item", "-", "two, and more", True),
        ("code", "", "service-group help it", True),
        ("item", "", "which is read", True),
        ("code", "", "service-group doctor", False),
        ("code", "", "service-group settings", True),
    ]


@pytest.mark.parametrize("heard", [False, True])
def test_lines_keep_within_their_width_and_lose_nothing(heard):
    for page in handbook().values():
        lines = list(page_lines(page, 80, heard=heard))
        typed = {f"    {part.text}" for part in parts(page) if part.kind == "code"}
        assert [line for line in lines if len(line) > 80 and line not in typed] == []
        words = " ".join(f"{part.name} {part.text}" for part in parts(page)).split()
        said = " ".join(lines).split()
        assert said == words or heard


def test_to_be_heard_a_row_is_a_sentence():
    assert "c: changes an answer" in list(page_lines(PAGE, 80, heard=True))
