"""How often the entry a worker wants comes first, over what workers type (queries.yaml)."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import yaml

QUERIES = Path(__file__).with_name("queries.yaml")

NONE = "none"
"""The label where it depends, or where the documents name no group."""


@dataclass(frozen=True)
class Query:
    """What was typed, the group wanted first (none where it depends), and maybe the entry."""

    words: str
    group: str = ""
    first: str = ""

    def is_met_by(self, hit):
        """Tell whether an entry answers: it leads to the group first, or to none or several."""
        if self.group == NONE:
            return len(hit.leads_to) != 1
        return hit.leads_to[:1] == (self.group,)

    def is_entry(self, hit):
        return self.first == f"{hit.kind} {hit.id}"


@pytest.fixture(scope="module")
def queries():
    return [Query(**row) for row in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))]


def rate(index, queries, places, met=Query.is_met_by):
    """Return the share met within the first places, and say which queries were not."""
    found = {query.words: index.search(query.words)[:places] for query in queries}
    missed = [query for query in queries if not any(met(query, hit) for hit in found[query.words])]
    share = 1 - len(missed) / len(queries)
    report(f"within the first {places}: {share:.1%} of {len(queries)}")
    for query in missed:
        report(f"  {query}: {[f'{hit.kind} {hit.id}' for hit in found[query.words][:3]]}")
    return share


def report(line):
    """Say it where `pytest -s` shows it, and always beside a failure."""
    print(line)  # noqa: T201 - the rates are what is wanted here


def test_the_group_wanted_comes_first(index, queries):
    """In 92 of a hundred tries at least."""
    assert rate(index, queries, 1) >= 0.92


def test_the_group_wanted_is_among_the_first_three(index, queries):
    """In all but two of a hundred."""
    assert rate(index, queries, 3) >= 0.98


def test_the_entry_wanted_comes_first(index, queries):
    """Where one entry answers best, that one: more is asked of it than that its group is right."""
    entries = [query for query in queries if query.first]
    assert rate(index, entries, 1, Query.is_entry) >= 0.85
    assert rate(index, entries, 3, Query.is_entry) >= 0.95


def test_there_are_enough_queries_and_none_twice(queries):
    """The rates mean something."""
    assert len({query.words.casefold() for query in queries}) == len(queries) >= 400


def test_every_group_and_entry_wanted_is_in_the_guide(index, queries, guide):
    """No query waits for what is not there."""
    known = {f"{entry.kind} {entry.id}" for entry in index.entries}
    assert {query.first for query in queries} - {""} <= known
    assert {query.group for query in queries} == {*guide.groups, NONE}


def test_most_queries_are_not_phrases_of_the_guide(index, queries):
    """A quarter at most are typed just as they stand in the guide; the others have to be understood."""
    phrases = {words(phrase) for entry in index.entries for phrase in entry.phrases}
    taken = [query.words for query in queries if words(query.words) in phrases]
    report(f"{len(taken)} of {len(queries)} stand in the guide")
    assert len(taken) <= len(queries) / 4


def words(text):
    return " ".join(text.casefold().replace("-", " ").split())


def test_the_queries_ask_for_much_of_the_guide(index, queries):
    """Nine situations in ten are found first by something typed."""
    found = {index.search(query.words)[0].id for query in queries}
    situations = {e.id for e in index.entries if e.kind == "situation"}
    assert len(situations & found) >= 0.9 * len(situations)


@pytest.mark.parametrize(("kinds", "places"), [(("goal", "situation"), 1), (("group",), 2)])
def test_what_can_be_chosen_is_found_by_its_own_title(index, kinds, places):
    """A goal or a situation comes first; a group may have the goal of its name before it."""
    chosen = [entry for entry in index.entries if entry.kind in kinds]
    titled = [Query(entry.title, first=f"{entry.kind} {entry.id}") for entry in chosen]
    assert rate(index, titled, places, Query.is_entry) == 1


def test_what_explains_is_found_by_its_own_title(index):
    """A term stands behind the situations that are called alike, and is still in sight."""
    terms = [Query(e.title, first=f"term {e.id}") for e in index.entries if e.kind == "term"]
    assert rate(index, terms, 5, Query.is_entry) == 1


def test_searching_keeps_up_with_typing(index, queries):
    """The middle one of all searches takes less than five milliseconds."""
    times = []
    for query in queries:
        started = perf_counter()
        index.search(query.words)
        times.append(perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.005
