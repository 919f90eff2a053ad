"""How often the entry a worker wants comes first, over what workers type (queries.yaml)."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import yaml

QUERIES = Path(__file__).with_name("queries.yaml")


@dataclass(frozen=True)
class Query:
    words: str
    first: tuple[str, str]


@pytest.fixture(scope="module")
def queries():
    rows = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [Query(row["words"], tuple(row["first"].split())) for row in rows]


def rate(index, queries, places):
    """Return the share found within the first places, and say what was not."""
    missed = [query for query in queries if query.first not in found(index, query)[:places]]
    share = 1 - len(missed) / len(queries)
    report(f"within the first {places}: {share:.1%} of {len(queries)}")
    for query in missed:
        report(f"  {query.words!r}: {found(index, query)[:3]}, not {query.first}")
    return share


def report(line):
    """Say it where `pytest -s` shows it, and always beside a failure."""
    print(line)  # noqa: T201 - the rates are what is wanted here


def found(index, query):
    return [(hit.kind, hit.id) for hit in index.search(query.words)]


def test_the_entry_wanted_comes_first(index, queries):
    """Nine times in ten at least."""
    assert rate(index, queries, 1) >= 0.90


def test_the_entry_wanted_is_among_the_first_three(index, queries):
    """All but two in a hundred."""
    assert rate(index, queries, 3) >= 0.98


def test_there_are_enough_queries_and_none_twice(queries):
    """The rates mean something."""
    assert len({query.words for query in queries}) == len(queries) >= 130


def test_every_entry_wanted_is_in_the_guide(index, queries):
    """No query waits for an entry that is not there."""
    known = {(entry.kind, entry.id) for entry in index.entries}
    assert {query.first for query in queries} <= known


def test_most_queries_are_not_phrases_of_the_guide(index, queries):
    """A quarter at most are typed just as they stand in the guide; the others have to be understood."""
    phrases = {words(phrase) for entry in index.entries for phrase in entry.phrases}
    taken = [query.words for query in queries if words(query.words) in phrases]
    report(f"{len(taken)} of {len(queries)} stand in the guide")
    assert len(taken) <= len(queries) / 4


def words(text):
    return " ".join(text.casefold().replace("-", " ").split())


def test_the_queries_ask_for_much_of_the_guide(index, queries):
    """Every goal a worker may name, and nine situations in ten, are asked for."""
    asked = {query.first for query in queries}
    situations = {(e.kind, e.id) for e in index.entries if e.kind == "situation"}
    assert len(situations & asked) >= 0.9 * len(situations)


@pytest.mark.parametrize(("kinds", "places"), [(("goal", "situation"), 1), (("group",), 2)])
def test_what_can_be_chosen_is_found_by_its_own_title(index, kinds, places):
    """A goal or a situation comes first; a group may have the goal of its name before it."""
    chosen = [entry for entry in index.entries if entry.kind in kinds]
    titled = [Query(entry.title, (entry.kind, entry.id)) for entry in chosen]
    assert rate(index, titled, places) == 1


def test_what_explains_is_found_by_its_own_title(index):
    """A term stands behind the situations that are called alike, and is still in sight."""
    terms = [Query(e.title, (e.kind, e.id)) for e in index.entries if e.kind == "term"]
    assert rate(index, terms, 5) == 1


def test_searching_keeps_up_with_typing(index, queries):
    """The middle one of all searches takes less than five milliseconds."""
    times = []
    for query in queries:
        started = perf_counter()
        index.search(query.words)
        times.append(perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.005
