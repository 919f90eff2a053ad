"""Who a browser is: what a cookie says, and whose it is."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.text import alias_mistake
from assistant.web.pages import COOKIE_LIFE, Seal, forget_lost
from assistant.web.sessions import Visitor

ALIASES = some.none() | some.from_regex(r"[^\W_](?:-?[^\W_]){0,8}", fullmatch=True) | some.just("")


@given(ALIASES)
def test_a_cookie_gives_back_who_it_was_written_for(alias):
    """Any alias that may be chosen, also in letters of another alphabet, and none, and not asked yet."""
    visitor = Visitor(chosen=alias)
    cookie = Seal("key").written(visitor)
    assert cookie.isascii()
    assert Seal("key").read(cookie) == (visitor, True)


@given(some.text(), ALIASES)
def test_no_other_key_opens_it(key, alias):
    """A cookie of another run names its drafts and is not trusted; made up ones are not read at all."""
    visitor = Visitor(chosen=alias)
    cookie = Seal("the key").written(visitor)
    assert Seal(key).read(cookie) == (visitor, key == "the key")
    assert Seal("the key").read(key) == (None, False)


def test_a_changed_alias_breaks_the_seal():
    visitor = Visitor(chosen="blue-heron")
    cookie = Seal("key").written(visitor).replace("blue", "grey")
    assert Seal("key").read(cookie)[1] is False


@pytest.mark.parametrize("alias", ["ann%20lee", "a%00b", "a" * 31, "%0A", "a-_"])
def test_an_alias_that_can_be_none_is_not_read(alias):
    """A cookie can be written by hand, and an alias goes to a process's environment."""
    id_, _, mark = Seal("key").written(Visitor()).split(".")
    assert Seal("key").read(f"{id_}.{alias}.{mark}") == (None, False)


def test_everybody_has_an_alias_of_their_own():
    """Who chose none gets one that could have been chosen, and that nobody else has."""
    aliases = [Visitor().alias for _ in range(3)]
    assert len(set(aliases)) == 3
    assert [alias_mistake(alias) for alias in aliases] == [""] * 3


def test_the_folder_does_not_name_the_visitor(tmp_path):
    """Who can list the folders cannot write a cookie from their names."""
    visitor = Visitor()
    folder = visitor.folder(tmp_path)
    assert folder.parent == tmp_path / "web"
    assert visitor.id not in folder.name


def test_what_nobody_can_come_back_to_is_removed(tmp_path):
    """Folders go once the cookie that led to them has long run out, and never before."""
    old, new = (Visitor().folder(tmp_path) for _ in range(2))
    now = 100 * COOKIE_LIFE
    for folder, age in ((old, 2.1), (new, 1.9)):
        (folder / "drafts").mkdir(parents=True)
        draft = folder / "drafts" / "one.json"
        draft.touch()
        for path in (draft, draft.parent, folder):
            os.utime(path, (now - age * COOKIE_LIFE,) * 2)
    forget_lost(tmp_path, now)
    assert [old.exists(), new.exists()] == [False, True]
    forget_lost(Path("nowhere"), now)
