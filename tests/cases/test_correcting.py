"""A form filled in from an entry says what the entry says; a filter's form what the filter asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.forms import (
    Correction,
    FilterForm,
    PreviousEntry,
)
from assistant.cases.summary import filter_words
from assistant.records.entry import EVERYTHING, STATUSES, Entry, Wanted
from assistant.records.fields import ENTRY_FIELDS
from tests.builders import shipped

GUIDE = shipped().guide
GROUPS = st.none() | st.sampled_from(list(GUIDE.groups))
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
WORDS = st.text("abc éß[]/", max_size=20).map(str.strip)
LATER = datetime(2026, 10, 4, tzinfo=UTC)


@st.composite
def entries(draw):
    """Any entry that a form of today's guide could have made."""
    begun, ended = sorted([draw(DAYS), draw(DAYS)], key=lambda day: day or date.min)
    chosen, recommended = draw(GROUPS), draw(GROUPS)
    overrides = recommended is not None and chosen != recommended
    return Entry(
        id="a" * 32,
        when=datetime(2026, 10, 3, tzinfo=UTC),
        case_number=draw(st.from_regex("[0-9]{1,12}", fullmatch=True)),
        whom=draw(WORDS.filter(bool)),
        service=draw(WORDS.filter(bool)),
        status=draw(st.sampled_from(["", *STATUSES])),
        begun=begun,
        ended=ended,
        linked=draw(st.sampled_from([True, False, None])),
        category=draw(WORDS),
        service_type=draw(WORDS),
        provider=draw(st.from_regex("[0-9]{0,12}", fullmatch=True)),
        outcome="adoption",
        recommended=recommended,
        certainty="settled",
        chosen=chosen,
        reason_code=draw(st.sampled_from(list(GUIDE.about.override_reasons))) if overrides else "",
        reason=draw(WORDS.filter(bool)) if overrides else "",
        answers={"goal": "adoption"},
        content_version="1",
        raw_hash="a" * 64,
        meaning_hash="b" * 64,
    )


@given(entries())
def test_a_form_left_as_it_was_filled_in_is_the_entry(entry):
    """Nothing is lost or changed on the way through the form, whatever the entry holds."""
    day = max(day for day in (LATER.date(), entry.begun, entry.ended) if day)
    now = datetime.combine(day, time(12), UTC)
    services = SimpleNamespace(loaded=shipped(), now=lambda: now, new_id=lambda: "c" * 32)
    correction = Correction(services, PreviousEntry(1, entry))
    typed = {**correction.first, "why": "because"}
    (problem,) = correction.problems(typed)
    assert problem.message.startswith("Nothing is changed yet.")
    made = correction.entry(typed)
    assert made == replace(entry, id="c" * 32, when=now, corrects=entry.id, why="because")
    unasked = {"never"} if entry.recommended else {"never", "overriding"}
    asked = [field.name for field in ENTRY_FIELDS if field.when not in unasked]
    assert [field.name for field in correction.fields] == asked


@given(
    st.builds(
        Wanted,
        group=st.none() | st.just("") | st.sampled_from(list(GUIDE.groups)),
        certainty=st.sampled_from([None, "settled", "judgement", "refer", "depends"]),
        since=DAYS,
        until=DAYS,
        overridden=st.sampled_from([True, False, None]),
        text=WORDS,
        standing=st.sampled_from(["standing", "withdrawn", "all"]),
    )
)
def test_a_filter_comes_back_from_its_form(wanted):
    """And whatever is asked for is said in words."""
    form = FilterForm(GUIDE, wanted)
    assert form.save(form.first) == wanted
    assert bool(filter_words(GUIDE, wanted)) == (wanted != EVERYTHING)


def test_a_choice_can_be_typed_by_number_name_or_beginning():
    """In any case; what fits several, or none, is left as typed for the form to refuse."""
    (group,) = (field for field in FilterForm(GUIDE).fields if field.name == "group")
    for typed in ("1", " adoption ", "ADOPTION services", "adop"):
        assert group.meant(typed) == "adoption"
    for typed in ("0", "9", "", "a", "in", "²", "x", "9" * 4_900):
        assert group.meant(typed) == typed
