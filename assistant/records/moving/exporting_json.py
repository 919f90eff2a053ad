"""Records as JSON that another computer can take in: a record a line, each with its hash.

The whole is one JSON document, so that any program can read it, and each line stands alone, so that
it is written and read without ever being held whole. The last line counts the records and holds the
hash of every byte before it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator

from assistant.records.entry import Entry, Recorded
from assistant.records.written import written

FORMAT = "service-group-records"
VERSION = 1

FIRST = json.dumps({"format": FORMAT, "version": VERSION})[:-1] + ', "records": ['
"""The first line."""

BETWEEN = '], "rules": {'
"""The line between the records and the rules they were made under."""


def as_json(records: Iterable[Recorded], rules_of: Callable[[str], str | None]) -> Iterator[str]:
    """Give an export line by line, each with its end; `rules_of` gives a decision by meaning hash."""
    digest = hashlib.sha256()
    count = 0
    for line in _body(records, rules_of):
        digest.update(line.encode())
        count += line.startswith('{"number"')
        yield line
    yield f'}}, "count": {count}, "digest": "{digest.hexdigest()}"}}\n'


def hash_of_text(text: str) -> str:
    """Give the hash that stands beside a record's text in an export."""
    return hashlib.sha256(text.encode()).hexdigest()


def _body(records: Iterable[Recorded], rules_of: Callable[[str], str | None]) -> Iterator[str]:
    meanings: dict[str, None] = {}
    yield f"{FIRST}\n"
    yield from _with_commas(_record_lines(records, meanings))
    yield f"{BETWEEN}\n"
    yield from _with_commas(_rule_lines(meanings, rules_of))


def _record_lines(records: Iterable[Recorded], meanings: dict[str, None]) -> Iterator[str]:
    for recorded in records:
        text = written(recorded.record)
        if isinstance(recorded.record, Entry):
            meanings[recorded.record.meaning_hash] = None
        yield f'{{"number": {recorded.seq}, "hash": "{hash_of_text(text)}", "record": {text}}}'


def _rule_lines(meanings: Iterable[str], rules_of: Callable[[str], str | None]) -> Iterator[str]:
    for meaning_hash in meanings:
        decision = rules_of(meaning_hash)
        if decision is not None and hash_of_text(decision) == meaning_hash:
            yield f"{json.dumps(meaning_hash)}: {json.dumps(decision)}"


def _with_commas(lines: Iterator[str]) -> Iterator[str]:
    """Give lines with a comma between each two, one line ahead of being asked."""
    before = next(lines, None)
    for line in lines:
        yield f"{before},\n"
        before = line
    if before is not None:
        yield f"{before}\n"
