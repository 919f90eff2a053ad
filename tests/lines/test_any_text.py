"""Whatever is typed, wherever: nothing breaks, and nothing is recorded without its yes."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.services import Services
from assistant.text import columns
from tests.builders import shipped, shipped_practice
from tests.conftest import NOW
from tests.examples import examples
from tests.lines.talk import ADOPTION, DEPENDS, FIELDS, Talk, obeyed

PLACES = {
    "the first question": (),
    "a later question": ("1",),
    "a shorter list": ("1", "guardian"),
    "a result": ADOPTION,
    "a result that depends": DEPENDS,
    "the answers to change": (*ADOPTION, "c"),
    "a change": (*ADOPTION, "c 2"),
    "the groups": (*ADOPTION, "2"),
    "as if": (*DEPENDS, "2"),
    "starting again": (*ADOPTION, "start again"),
    "the case number": (*ADOPTION, "1"),
    "whom for": (*ADOPTION, "1", *FIELDS[:1]),
    "the service": (*ADOPTION, "1", *FIELDS[:2]),
    "the reason": (*ADOPTION, "2", "2", *FIELDS),
    "the note": (*ADOPTION, "2", "2", *FIELDS, "5"),
    "the status": (*ADOPTION, "1", *FIELDS, "more"),
    "the first day": (*ADOPTION, "1", *FIELDS, "more", "1"),
    "the last yes": (*ADOPTION, "1", *FIELDS),
    "after recording": (*ADOPTION, "1", *FIELDS, "yes"),
}

COMMANDS = st.sampled_from(
    [*"?bcsgowrudhq123456789", "", "c 1", "w goal", "r 1", "back", "start again"]
)
TYPED = st.one_of(st.text(), st.characters(), COMMANDS).filter(lambda t: t.strip().lower() != "yes")


def without_a_disk():
    """Return services that keep nothing, and the entries that were to be recorded."""
    added: list[object] = []

    def add(entry: object) -> int:
        added.append(entry)
        return len(added)

    def get(_seq: int) -> None:
        raise RecordsError("There is no such entry.")

    practice = SimpleNamespace(
        texts=lambda **_: [], aliases=lambda: (), add=lambda lines: len(list(lines))
    )
    store = SimpleNamespace(
        add=add,
        page=lambda _before, _limit: [],
        get=get,
        record=get,
        waiting=list,
        practice=practice,
    )
    places = SimpleNamespace(left=lambda: None, all=tuple, leave=lambda _place: None, trouble="")
    services = Services(
        loaded=shipped(),
        drafts=SimpleNamespace(save=lambda _: None, discard=lambda _: None, waiting=list),  # type: ignore[arg-type]
        memos=SimpleNamespace(save=lambda _when, _text, *, number: f"Saved {number}"),  # type: ignore[arg-type]
        open_records=lambda: store,  # type: ignore[arg-type,return-value]
        now=lambda: NOW,
        new_id=lambda: "0" * 32,
        load_practice=shipped_practice,
        bookmarks=places,  # type: ignore[arg-type]
        folder=Path(os.environ["SERVICE_GROUP_DATA"]),  # for aliases and results, which are files
    )
    return services, added


@pytest.mark.parametrize("place", PLACES)
@examples(25)
@given(typed=st.lists(TYPED, max_size=4))
@example(typed=["\x1b[2J", "\udcff", "\u202e", "\0", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 4_900])
def test_any_text_is_answered_and_records_nothing(place, typed):
    """The session answers in lines that fit and hold nothing a terminal obeys."""
    services, added = without_a_disk()
    talk = Talk(services, *PLACES[place])
    before = len(added)
    for line in typed:
        if not talk.session.ended:
            talk.type(line)
            assert talk.said
    assert len(added) == before
    for line in talk.lines():
        assert obeyed(line) == set()
        assert columns(line) <= 80
