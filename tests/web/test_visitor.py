"""Who a browser is: what a cookie says, and whose it is."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.text import alias_mistake
from assistant.web.pages import COOKIE_LIFE, Seal, forget_lost, seal_key
from assistant.web.sessions import Visitor

ALIASES = some.none() | some.from_regex(r"[^\W_](?:-?[^\W_]){0,8}", fullmatch=True) | some.just("")


@given(ALIASES)
def test_a_cookie_gives_back_who_it_was_written_for(alias):
    """Any alias that may be chosen, also in letters of another alphabet, and none, and not asked yet."""
    visitor = Visitor(chosen=alias)
    cookie = Seal("key", "run").written(visitor)
    assert cookie.isascii()
    assert Seal("key", "run").read(cookie) == (visitor, True)
    assert Seal("key", "a later run").read(cookie) == (visitor, False)


@given(some.text(), ALIASES)
def test_no_other_key_opens_it(key, alias):
    """A cookie that this server did not seal is nobody's, even with somebody's id; nor is a made up one."""
    visitor = Visitor(chosen=alias)
    cookie = Seal("the key", "run").written(visitor)
    assert Seal(key, "run").read(cookie) == ((visitor, True) if key == "the key" else (None, False))
    assert Seal("the key", "run").read(key) == (None, False)


def test_a_changed_alias_breaks_the_seal():
    visitor = Visitor(chosen="blue-heron")
    cookie = Seal("key", "run").written(visitor).replace("blue", "grey")
    assert Seal("key", "run").read(cookie) == (None, False)


@pytest.mark.parametrize("alias", ["ann%20lee", "a%00b", "a" * 31, "%0A", "a-_"])
def test_an_alias_that_can_be_none_is_not_read(alias):
    """A cookie can be written by hand, and an alias goes to a process's environment."""
    id_, _, *marks = Seal("key", "run").written(Visitor()).split(".")
    assert Seal("key", "run").read(".".join((id_, alias, *marks))) == (None, False)


def test_the_key_is_kept_from_run_to_run(tmp_path):
    """So that drafts are found again; a file with anything else in it gives way to a new key."""
    key = seal_key(tmp_path)
    assert seal_key(tmp_path) == key
    (file,) = (tmp_path / "web").glob("*.json")
    assert file.stat().st_mode & 0o077 == 0
    file.write_text('{"key": "0"}', encoding="utf-8")
    assert seal_key(tmp_path) not in {key, "0"}


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
