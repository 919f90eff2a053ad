"""Whose an alias is: of whoever takes it up first, and again with its code."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.training.bookmarks import HERE, Aliases, Trainee, alias_and_code


@pytest.fixture
def aliases(tmp_path: Path) -> Aliases:
    return Aliases(tmp_path / "data")


def test_an_alias_is_theirs_who_take_it_up_first(aliases: Aliases) -> None:
    """Capitals make no other alias; the same browser needs no code, another one does."""
    mine = aliases.claim("blue-heron", "one")
    for typed in ("blue-heron", "Blue-Heron", "blue-heron aaaaa2"):
        with pytest.raises(UsageError, match="taken"):
            aliases.claim(typed, "two")
    assert aliases.claim("BLUE-heron", "one") == mine
    again = aliases.claim(f"blue-heron {mine.code.upper()}", "two")
    assert (again.alias, again.id, again.places) == ("blue-heron", mine.id, ("one", "two"))
    assert aliases.claim("blue-heron", "two").id == mine.id


def test_whose_an_alias_is_is_kept_for_their_own_eyes(aliases: Aliases, tmp_path: Path) -> None:
    """Another start knows it; neither alias nor code stands in the name of a file."""
    mine = aliases.claim("blue-heron", HERE)
    assert Aliases(tmp_path / "data").claim("blue-heron", HERE) == mine
    (path,) = (tmp_path / "data" / "aliases").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "heron" not in path.name


def test_older_answers_are_theirs_who_take_the_alias_up_first(aliases: Aliases) -> None:
    """They say no more than the alias."""
    assert aliases.claim("blue-heron", "one", lambda _: [""]).code
    with pytest.raises(UsageError, match="taken"):
        aliases.claim("blue-heron", "two", lambda _: [""])


def test_an_older_alias_of_digits_is_still_its_owners(aliases: Aliases) -> None:
    """Release 1 took digits alone."""
    assert aliases.claim("4", HERE, lambda _: [""]).alias == "4"


def test_an_alias_with_answers_from_another_computer_needs_its_code(aliases: Aliases) -> None:
    """The code proves it, though nothing but the answers is known here."""
    elsewhere = Trainee("blue-heron", "abcde2")
    with pytest.raises(UsageError, match="taken"):
        aliases.claim("blue-heron", HERE, lambda _: [elsewhere.id, ""])
    found = aliases.claim("blue-heron abcde2", HERE, lambda _: [elsewhere.id, ""])
    assert found.id == elsewhere.id


def test_practice_goes_on_where_aliases_cannot_be_kept(tmp_path: Path) -> None:
    """A file stands where the folder belongs: the alias is taken as it comes."""
    (tmp_path / "data").write_text("")
    assert Aliases(tmp_path / "data").claim("blue-heron", HERE).alias == "blue-heron"


@pytest.mark.parametrize(
    "typed", ["", "4", "12-7", "Ann Smith", "Ann Becker", "ann@example.org", "a" * 31, "x y z"]
)
def test_what_can_be_no_alias_is_refused(aliases: Aliases, typed: str) -> None:
    """A second word is a code only where it looks like one."""
    with pytest.raises(UsageError):
        aliases.claim(typed, HERE)


@given(st.text(max_size=20))
def test_no_code_is_read_out_of_a_name(typed: str) -> None:
    alias, code = alias_and_code(typed)
    assert (alias == typed.strip()) is (code == "")


def test_a_new_code_is_one_that_is_read_back(aliases: Aliases) -> None:
    for number in range(50):
        found = aliases.claim(f"heron-{number}", HERE)
        assert alias_and_code(f"{found.alias} {found.code}") == (found.alias, found.code)
