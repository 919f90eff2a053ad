"""Entries found, listed and counted: a filter turned into SQL, on the database's own indexes."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any
from unicodedata import category, normalize

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Select,
    Subquery,
    Table,
    false,
    func,
    or_,
    select,
    union,
)

from assistant.records.entry import (
    Entry,
    EntryFilter,
    EntrySummary,
    Record,
    is_followed,
    kind_of,
    moment,
    points_at,
    read_back,
)
from assistant.records.schema import ACTIVE, CORRECTED, ENTRIES, WITHDRAWN, WORDS
from assistant.shapes import Frozen

CHUNK = 1_000  # how many entries are read at once where all of them are

MOST_WORDS = 30
"""What begins more different words than this counts as a whole word, so that a search has an end."""

_COMMON = 10_000  # what more entries have in common than this is not counted further

_WORD = re.compile(r"\w+")
_UNSEEN = {"Mn", "Me", "Cf"}  # categories of marks upon letters, and of what takes no room
_WORD_MOST = 64
_SEQ_MOST = 2**31 - 1  # no record has a higher number
_PAST_ALL = "\U0010ffff"  # sorts after every letter

_MONTH = len("2026-10")


def search_columns(record: Record, text: str) -> dict[str, Any]:
    """Return what a row repeats of its content, by column."""
    columns: dict[str, Any] = {
        "id": record.id,
        "kind": kind_of(record),
        "of_id": points_at(record),
        "at": moment(record.when),
        "day": json.loads(text)["day"],
    }
    if isinstance(record, Entry):
        followed = is_followed(record.recommended, record.chosen)
        columns |= {
            "outcome": record.outcome,
            "recommended": record.recommended,
            "certainty": record.certainty,
            "chosen": record.chosen,
            "restores": record.restores,
            "overridden": None if followed is None else int(not followed),
            "reason_code": record.reason_code or None,
        }
    return columns


def words_of(record: Record) -> set[str]:
    """Return the words that an entry can be found by, spelled as `plain_words` has them."""
    if not isinstance(record, Entry):
        return set()
    texts = (
        *(record.case_number, record.whom, record.service, record.category),
        *(record.service_type, record.provider, record.reason, record.why),
    )
    return set(plain_words(" ".join(texts)))


def plain_words(text: str) -> list[str]:
    """Return the words of a text, one spelling for all that look alike.

    Letters small, without accents and other marks, full-width ones as any others; what nobody sees
    within a word is left out. Revision 0004 has the same rule.
    """
    seen = text.casefold()
    if not text.isascii():
        small = normalize("NFKD", normalize("NFKD", text).casefold())
        seen = "".join(letter for letter in small if category(letter) not in _UNSEEN)
    return [word[:_WORD_MOST] for word in _WORD.findall(seen)]


class _Asked(Frozen):
    """One thing asked of entries: where an index finds those that are so, and how one is checked.

    `found` are conditions on `table`, each of which an index has in the order of the numbers. The
    databases are not left to choose an index by themselves, since they take a common one for rare:
    `checked` is written so that no index answers it.
    """

    table: Table
    found: tuple[ColumnElement[bool], ...]
    checked: ColumnElement[bool]

    def count(self, connection: Connection) -> int:
        """Count the entries that are so, up to `_COMMON`."""
        some = select(self.table.c.seq).where(or_(*self.found)).limit(_COMMON).subquery()
        return connection.scalar(select(func.count()).select_from(some)) or 0


class _Place(Frozen):
    """Where some of the entries wanted are, in the order of their numbers."""

    table: Table
    conditions: tuple[ColumnElement[bool], ...]

    def numbers(self) -> Select[Any]:
        query = select(self.table.c.seq)
        if self.table is WORDS:
            query = query.join(ENTRIES, ENTRIES.c.seq == WORDS.c.seq)
        return query.where(*self.conditions)


def first(connection: Connection, condition: ColumnElement[bool]) -> Row[Any] | None:
    """Return the record that something is true of, with what it points at; None where there is none."""
    columns = ENTRIES.c
    pointers = (columns.of_id, columns.restores)
    query: Select[Any] = select(columns.seq, columns.id, columns.kind, *pointers, columns.content)
    return connection.execute(query.where(condition)).first()


def line_of(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """Return a record among all that points at it and that it points at, oldest first.

    Records that point at each other in a circle are not the assistant's own; each is returned once.
    """
    line = [row]
    while (before := _before(connection, line[0])) and before not in line:
        line.insert(0, before)
    while (after := _after(connection, line[-1])) and after not in line:
        line.append(after)
    return line


def _before(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """Return what a record corrects or withdraws; of one that restores an entry, its withdrawal."""
    columns = ENTRIES.c
    if row.restores:
        withdrawal = first(connection, columns.of_id == row.restores)
        return withdrawal or first(connection, columns.id == row.restores)
    return first(connection, columns.id == row.of_id) if row.of_id else None


def _after(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """Return what corrects or withdraws an entry; of a withdrawal, what undoes it."""
    columns = ENTRIES.c
    if row.kind == "withdrawal":
        return first(connection, columns.restores == row.of_id)
    return first(connection, columns.of_id == row.id)


def page(
    connection: Connection, before_seq: int | None, limit: int, wanted: EntryFilter
) -> list[EntrySummary]:
    """Return up to `limit` entries, newest first: the newest ones, or those before a `seq`."""
    each = []
    for place in _places(connection, wanted, before_seq):
        newest = place.numbers().order_by(place.table.c.seq.desc()).limit(limit).subquery()
        each.append(select(newest.c.seq))
    if not each:
        return []
    together = union(*each).subquery()
    numbers = connection.execute(
        select(together.c.seq).order_by(together.c.seq.desc()).limit(limit)
    )
    rows = select(ENTRIES.c.seq, ENTRIES.c.state, ENTRIES.c.content)
    rows = rows.where(ENTRIES.c.seq.in_(list(numbers.scalars()))).order_by(ENTRIES.c.seq.desc())
    return [_both(row)[0] for row in connection.execute(rows).mappings()]


def count(connection: Connection, wanted: EntryFilter, most: int) -> int:
    """Count entries, up to `most` and one more."""
    some = [place.numbers().limit(most + 1).subquery() for place in _places(connection, wanted)]
    if not some:
        return 0
    together = union(*(select(one.c.seq) for one in some)).subquery()
    return min(connection.scalar(select(func.count()).select_from(together)) or 0, most + 1)


def some_after(
    connection: Connection, last: int, wanted: EntryFilter
) -> list[tuple[EntrySummary, Entry]]:
    """Return the next entries after a `seq`, oldest first: `CHUNK` of them, or fewer at the end."""
    query = select(ENTRIES.c.seq, ENTRIES.c.state, ENTRIES.c.content)
    query = query.where(*_conditions(connection, wanted, last))
    rows = connection.execute(query.order_by(ENTRIES.c.seq).limit(CHUNK))
    return [_both(row) for row in rows.mappings()]


def _both(row: RowMapping) -> tuple[EntrySummary, Entry]:
    entry = read_back(row["content"])
    if not isinstance(entry, Entry):
        raise TypeError("a row of the list is an entry")
    summary = EntrySummary(
        seq=row["seq"],
        when=entry.when,
        case_number=entry.case_number,
        whom=entry.whom,
        service=entry.service,
        recommended=entry.recommended,
        chosen=entry.chosen,
        certainty=entry.certainty,
        corrects=entry.corrects is not None,
        restored=entry.restores is not None,
        withdrawn=row["state"] == WITHDRAWN,
    )
    return summary, entry


def _places(
    connection: Connection, wanted: EntryFilter, before_seq: int | None = None
) -> list[_Place]:
    """Return where to look for what is wanted, by what the fewest entries have; nowhere if none has."""
    asked = _asked(connection, wanted)
    counts = [one.count(connection) for one in asked] if len(asked) > 1 else [1] * len(asked)
    first, last = _span_of_days(connection, wanted)
    if not all(counts) or first > last:
        return []
    rarest = asked[counts.index(min(counts))] if asked else None
    checked = [_listed(wanted), *_of_days(wanted)]
    checked += [one.checked for one in asked if one is not rarest]
    table = rarest.table if rarest else ENTRIES
    # One bound at each end: SQLite begins at the first of two that it is given, not at the nearer.
    checked.append(
        table.c.seq.between(first, last if before_seq is None else min(last, before_seq - 1))
    )
    found = [(one,) for one in rarest.found] if rarest else [()]
    return [_Place(table, (*one, *checked)) for one in found]


def _conditions(
    connection: Connection, wanted: EntryFilter, after: int = 0
) -> list[ColumnElement[bool]]:
    """Return what a row of the entries after a `seq` must be to be wanted."""
    first, last = _span_of_days(connection, wanted)
    within = ENTRIES.c.seq.between(max(first, after + 1), last)
    conditions = [within, _listed(wanted), *_of_days(wanted)]
    for one in _asked(connection, wanted):
        if one.table is WORDS and one.count(connection) < _COMMON:
            conditions.append(ENTRIES.c.seq.in_(select(WORDS.c.seq).where(or_(*one.found))))
        else:
            conditions.append(one.checked)
    return conditions


def _listed(wanted: EntryFilter) -> ColumnElement[bool]:
    """Return that an entry is not corrected, and active or withdrawn if only those are wanted."""
    if wanted.standing == "all":
        return ENTRIES.c.state != CORRECTED
    state = WITHDRAWN if wanted.standing == "withdrawn" else ACTIVE
    return func.coalesce(ENTRIES.c.state, "") == state


def _of_days(wanted: EntryFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.since:
        yield func.coalesce(ENTRIES.c.day, "") >= wanted.since.isoformat()
    if wanted.until:
        yield func.coalesce(ENTRIES.c.day, "") <= wanted.until.isoformat()


def _asked(connection: Connection, wanted: EntryFilter) -> list[_Asked]:
    columns, asked = ENTRIES.c, []
    if wanted.group is not None:
        found = columns.chosen == wanted.group if wanted.group else columns.chosen.is_(None)
        same = func.coalesce(columns.chosen, "") == wanted.group
        asked.append(_Asked(ENTRIES, (found,), same))
    if wanted.certainty is not None:
        same = func.coalesce(columns.certainty, "") == wanted.certainty
        asked.append(_Asked(ENTRIES, (columns.certainty == wanted.certainty,), same))
    if wanted.overridden is not None:
        is_so = int(wanted.overridden)
        same = func.coalesce(columns.overridden, -1) == is_so
        asked.append(_Asked(ENTRIES, (columns.overridden == is_so,), same))
    if wanted.standing == "withdrawn":
        asked.append(_Asked(ENTRIES, (columns.state == WITHDRAWN,), _listed(wanted)))
    typed = dict.fromkeys(plain_words(wanted.text))
    if wanted.text.strip() and not typed:
        asked.append(_Asked(WORDS, (false(),), false()))  # signs alone are in no entry
    return [*asked, *(_word_asked(_begun_by(connection, word) or [word]) for word in typed)]


def _word_asked(words: list[str]) -> _Asked:
    """Return that an entry has one of some words."""
    other = WORDS.alias()
    same = select(other.c.seq).where(other.c.word.in_(words), other.c.seq == ENTRIES.c.seq)
    return _Asked(WORDS, tuple(WORDS.c.word == word for word in words), same.exists())


def _begun_by(connection: Connection, beginning: str) -> list[str]:
    """Return the words that begin so, in order; none where there are more than `MOST_WORDS`.

    Each is looked up after the one before, so that this takes no longer the more entries there are.
    """
    column, found = WORDS.c.word, list[str]()
    place = column >= beginning
    while len(found) <= MOST_WORDS:
        query = select(column).where(place, column < beginning + _PAST_ALL)
        following = connection.scalar(query.order_by(column).limit(1))
        if following is None:
            return found
        found.append(following)
        place = column > following
    return []


def _span_of_days(connection: Connection, wanted: EntryFilter) -> tuple[int, int]:
    """Return the first and the last number that entries of the days wanted can have.

    A clock may have gone back, so the first and the last of each day are looked up: from day to
    day in the index, which takes no longer the more entries a day has.
    """
    day = ENTRIES.c.day
    since = wanted.since.isoformat() if wanted.since else ""
    until = wanted.until.isoformat() if wanted.until else _PAST_ALL
    days = select(func.min(day).label("day")).where(day >= since, day <= until).cte(recursive=True)
    following = select(func.min(day)).where(day > days.c.day, day <= until)
    days = days.union_all(
        select(following.correlate(days).scalar_subquery()).where(days.c.day.is_not(None))
    )
    first = _outermost(connection, days, func.min) if wanted.since else 0
    last = _outermost(connection, days, func.max) if wanted.until else _SEQ_MOST
    return (1, 0) if first is None or last is None else (first, last)


def _outermost(connection: Connection, days: CTE, outer: Any) -> int | None:  # noqa: ANN401 - min or max
    seq = ENTRIES.c.seq
    of_day = select(outer(seq)).where(ENTRIES.c.day == days.c.day).correlate(days).scalar_subquery()
    each = select(of_day.label("seq")).select_from(days).subquery()
    return connection.scalar(select(outer(each.c.seq)))


class Summary(Frozen):
    """How many entries there are: by group chosen, certainty, overridden or not, month, and in all.

    The group None stands for what was left to the supervisor, and None among `by_overridden` for where
    nothing was recommended; a month reads `2026-10`, in order.
    """

    by_group: dict[str | None, int] = field(default_factory=dict)
    by_certainty: dict[str, int] = field(default_factory=dict)
    by_overridden: dict[bool | None, int] = field(default_factory=dict)
    by_month: dict[str, int] = field(default_factory=dict)
    total: int = 0


class OverrideCount(Frozen):
    """What workers chose where an outcome recommended a group, or named none.

    `total` counts its entries; `chosen` counts the groups chosen otherwise, None for what was left
    to the supervisor, and `codes` the reasons for it, "" where none was picked. Where nothing was
    recommended, `chosen` counts every group that was decided on, and nothing is overridden.
    `outcome` is None where the interview had several possible ends.
    """

    outcome: str | None
    recommended: str | None
    total: int
    chosen: dict[str | None, int]
    codes: dict[str, int]

    @property
    def overridden(self) -> int:
        """How many chose otherwise than was recommended."""
        return sum(self.chosen.values()) if self.recommended else 0


def summary(connection: Connection, wanted: EntryFilter) -> Summary:
    """Count the active entries wanted, along each of four lines, in one reading."""
    rows = _active(connection, wanted)
    parts = (rows.c.chosen, rows.c.certainty, rows.c.overridden, rows.c.month)
    counts = tuple(Counter[Any]() for _ in parts)
    for *values, number in connection.execute(select(*parts, func.count()).group_by(*parts)):
        for counter, value in zip(counts, values, strict=True):
            counter[value] += number
    group, certainty, overridden, month = counts
    return Summary(
        by_group=dict(group),
        by_certainty=dict(certainty),
        by_overridden={
            None if value is None else bool(value): number for value, number in overridden.items()
        },
        by_month=dict(sorted(month.items())),
        total=month.total(),
    )


def overrides(connection: Connection, wanted: EntryFilter) -> list[OverrideCount]:
    """Count for each outcome what was chosen instead, where most workers chose otherwise first.

    Those that recommended nothing come last.
    """
    rows = _active(connection, wanted)
    parts = (
        *(rows.c.outcome, rows.c.recommended, rows.c.overridden),
        *(rows.c.chosen, rows.c.reason_code),
    )
    found: dict[tuple[str | None, str | None], list[Row[Any]]] = {}
    for row in connection.execute(select(*parts, func.count().label("n")).group_by(*parts)):
        found.setdefault((row.outcome, row.recommended), []).append(row)
    counts = [_override_count(*ends, some) for ends, some in found.items()]
    return sorted(counts, key=_most_doubtful_first)


def _active(connection: Connection, wanted: EntryFilter) -> Subquery:
    """Return what is counted of each entry; the month is named here, as no database groups by it else."""
    columns = ENTRIES.c
    parts = (columns.outcome, columns.recommended, columns.certainty, columns.chosen)
    month = func.substr(columns.day, 1, _MONTH).label("month")
    query = select(*parts, columns.overridden, columns.reason_code, month)
    return query.where(*_conditions(connection, replace(wanted, standing="standing"))).subquery()


def _override_count(
    outcome: str | None, recommended: str | None, rows: list[Row[Any]]
) -> OverrideCount:
    chosen: Counter[str | None] = Counter()
    codes: Counter[str] = Counter()
    for row in rows:
        if row.overridden or not recommended:
            chosen[row.chosen] += row.n
        if row.overridden:
            codes[row.reason_code or ""] += row.n
    total = sum(int(row.n) for row in rows)
    return OverrideCount(
        outcome, recommended, total, dict(chosen.most_common()), dict(codes.most_common())
    )


def _most_doubtful_first(count: OverrideCount) -> tuple[bool, float, int, str]:
    share = count.overridden / count.total
    return count.recommended is None, -share, -count.total, count.outcome or ""
