"""The figures of the house are counted from its modules, and broken laws are named."""

import pytest
from house.figures import House, _circles

from tests.scripts.conftest import ROOT


@pytest.fixture
def house(tmp_path):
    """Lay out a small package with two classes of one name and a long module."""
    package = tmp_path / "assistant"
    package.mkdir()
    (package / "__init__.py").write_text('"""Nothing but this."""\n')
    (package / "one.py").write_text('"""One."""\n\n\nclass Plan:\n    """Give a plan."""\n')
    (package / "two.py").write_text("class Plan:\n    class Note:\n        pass\n" + "\n" * 20)
    return House(tmp_path)


def test_files_with_only_a_docstring_are_no_modules(house):
    """An empty package file is no place to look for code."""
    assert house.modules == 2


def test_long_modules_are_named_with_their_length(house):
    """Lines are counted as `wc -l` counts them."""
    assert house.longer_than(22) == ["assistant/two.py (23)"]
    assert house.longer_than(23) == []


def test_a_class_name_in_two_modules_is_named(house):
    """The name is given once, with every module that defines it."""
    assert house.repeated_classes() == ["Plan in assistant/one.py, assistant/two.py"]


def test_docstrings_are_found_by_their_first_word(house):
    """Where such a docstring is comes with the line of what it describes."""
    assert house.docstrings_with("Give") == ["assistant/one.py:4"]


def test_modules_that_import_each_other_are_a_circle():
    """A way out of a circle, or into one, is not part of it."""
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert list(_circles(imports)) == [{"b", "c"}]


def test_this_house_is_read_whole():
    """The real package is found where the scripts look for it."""
    assert House(ROOT).lines["assistant/__main__.py"] > 0
