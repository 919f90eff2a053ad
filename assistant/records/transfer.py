"""Entries to a file and from a file."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import NoReturn, TextIO

from sqlalchemy import Connection, func, select

from assistant.errors import (
    AssistantError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
    UsageError,
)
from assistant.private import export_part, forget_part, new_private
from assistant.records.chain import Head, append, keep_rules, known_as
from assistant.records.database import Database
from assistant.records.entry import (
    ERASED,
    Entry,
    EntrySummary,
    Erasure,
    Record,
    Recorded,
    Withdrawal,
    day_recorded,
    points_at,
    read_back,
    restored_by,
    written,
)
from assistant.records.schema import ACTIVE, ENTRIES, WITHDRAWN
from assistant.shapes import Frozen
from assistant.tables import csv_line
from assistant.text import hash_of, is_plausible

_ASSISTANTS_OWN = ("records.", "guide.kept", "drafts", "pending", "settings.toml")


@contextmanager
def private_file(
    path: Path, *, force: bool, data: Path | None = None, encoding: str = "utf-8"
) -> Iterator[TextIO]:
    """Open a text file to write; it takes its name once all is on the disk, or leaves nothing behind.

    An older file is replaced only with `force`, and never one of the assistant's own in its `data`
    folder. Raises `UsageError` for a name that will not do, `RecordsUnavailableError` where the disk
    will not.
    """
    _refuse(path, force=force, data=data)
    part = export_part(path, data)
    how = {"mode": "x", "encoding": encoding, "newline": ""}
    try:
        with new_private(part, lambda: _named(part, path, force=force), **how) as file:
            yield file
    except OSError as error:
        raise RecordsUnavailableError(
            f"The file cannot be written: {error.strerror or 'the disk reported an error'}.",
            where=str(path.parent),
            mend="Choose a folder that you are allowed to write to and that has space. No file was left.",
        ) from None
    finally:
        forget_part(part, data)


def _refuse(path: Path, *, force: bool, data: Path | None) -> None:
    ours = data and path.name.startswith(_ASSISTANTS_OWN)
    if data and ours and path.parent.resolve() == data.resolve():
        raise UsageError(
            "The assistant keeps its own files under that name.",
            mend="choose a different name or folder.",
        )
    if path.is_dir():
        raise UsageError("That is a folder.", mend="give the name of a file, such as records.csv.")
    if not path.parent.is_dir():
        raise UsageError("The folder for that file does not exist.", mend="make the folder first.")
    _refuse_odd(path)
    if os.path.lexists(path) and not force:
        raise _exists()


def _refuse_odd(path: Path) -> None:
    """Refuse to put a file in the place of a device, a pipe or a link."""
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        raise UsageError(
            "That is not a regular file. It could be a link, a device, or a pipe.",
            where=str(path),
            mend="give the name of a file, or - for standard output.",
        )


def _named(part: Path, path: Path, *, force: bool) -> None:
    """Name the finished file; one that somebody made in between is not written over."""
    if force:
        _refuse_odd(path)
        part.replace(path)
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise _exists() from None
    except OSError:  # no hard links here
        if os.path.lexists(path):
            raise _exists() from None
        part.replace(path)


def _exists() -> AssistantError:
    return UsageError(
        "A file with that name already exists.",
        mend="choose a different name, or add --force to replace the file.",
    )


FORMAT = "service-group-records"
VERSION = 2
"""What an export says of itself; an assistant that knows only 1 knows no entry that restores another."""

_KNOWN = (1, VERSION)

FIRST = json.dumps({"format": FORMAT, "version": VERSION})[:-1] + ', "records": ['  # the first line
BETWEEN = '], "rules": {'  # the line between the records and the rules they were made under


def as_json(records: Iterable[Recorded], rules_of: Callable[[str], str | None]) -> Iterator[str]:
    """Yield an export line by line, each with its end; `rules_of` gives a decision by meaning hash."""
    digest = hashlib.sha256()
    count = 0
    for line in _body(records, rules_of):
        digest.update(line.encode())
        count += line.startswith('{"number"')
        yield line
    yield f'}}, "count": {count}, "digest": "{digest.hexdigest()}"}}\n'


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
        orphan = ', "orphan": true' if recorded.orphan else ""
        yield f'{{"number": {recorded.seq}, "hash": "{hash_of(text)}", "record": {text}{orphan}}}'


def _rule_lines(meanings: Iterable[str], rules_of: Callable[[str], str | None]) -> Iterator[str]:
    for meaning_hash in meanings:
        decision = rules_of(meaning_hash)
        if decision is not None and hash_of(decision) == meaning_hash:
            yield f"{json.dumps(meaning_hash)}: {json.dumps(decision)}"


def _with_commas(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines with a comma between each two, one line ahead of being asked."""
    before = next(lines, None)
    for line in lines:
        yield f"{before},\n"
        before = line
    if before is not None:
        yield f"{before}\n"


class Words(Frozen):
    """What stands for ids: the names of groups, of reasons for choosing otherwise, and how sure."""

    groups: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    certainties: Mapping[str, str] = field(default_factory=dict)


_COLUMNS = (
    *("number", "recorded", "case_number", "whom", "service", "status", "begun", "ended"),
    *("in_case_plan", "need_met", "category", "service_type", "provider"),
    *("chosen", "chosen_name", "recommended", "recommended_name", "as_recommended"),
    *("certainty", "certainty_name", "reason_code", "reason_name", "reason", "answers"),
    *("corrects_earlier", "why", "restores_earlier", "withdrawn", "guide_version", "meaning_hash"),
)
"""What heads each column of a CSV; one that `_worked_out` does not give is a field of the entry."""


def as_csv(listed: Iterable[tuple[EntrySummary, Entry]], words: Words) -> Iterator[str]:
    """Yield entries as CSV, a line at a time, every value quoted and none of them a formula."""
    yield csv_line(_COLUMNS)
    for summary, entry in listed:
        row = _worked_out(summary, entry, words)
        yield csv_line(row[n] if n in row else getattr(entry, n) or "" for n in _COLUMNS)


def _worked_out(summary: EntrySummary, entry: Entry, words: Words) -> dict[str, object]:
    said = {True: "yes", False: "no", None: ""}
    answers = (
        f"{fact}={value}{' (assumed)' if fact in entry.assumed else ''}"
        for fact, value in entry.answers.items()
    )
    return {
        "number": summary.seq,
        "recorded": f"{day_recorded(entry.when)} {entry.when.astimezone():%H:%M:%S}",
        "in_case_plan": said[entry.linked],
        "chosen_name": words.groups.get(entry.chosen or "", entry.chosen or ""),
        "recommended_name": words.groups.get(entry.recommended or "", entry.recommended or ""),
        "as_recommended": said[entry.followed],
        "certainty_name": words.certainties.get(entry.certainty, entry.certainty),
        "reason_name": words.reasons.get(entry.reason_code, entry.reason_code),
        "answers": " ".join(answers),
        "corrects_earlier": said[summary.corrects],
        "restores_earlier": said[summary.restored],
        "withdrawn": said[summary.withdrawn],
        "guide_version": entry.content_version,
    }


LINE_MOST = 64 * 1024 * 1024  # no line comes near this, in bytes; what does is no export


class Exported(Frozen):
    """A record of an export, with the number it had where it comes from.

    `orphan` tells that what it points at was erased there, or may have been: release 1 did not say.
    """

    number: int
    record: Entry | Withdrawal
    orphan: bool


class Rules(Frozen):
    """The decision of a meaning hash, as JSON."""

    meaning_hash: str
    decision: str


_NOT_AN_EXPORT = "This is not a file that `service-group records export --format json` wrote."
_NEWER = "This file was written by a newer version of the assistant."
_CUT = "The file is incomplete: its end is missing."


def exported_in(lines: Iterable[bytes]) -> Iterator[Exported | Rules]:
    """Yield the records of an export, then their rules; the last step holds the whole to its hash.

    Raises `RecordsError`, which names the record that is damaged, or says that the file is none.
    """
    digest = hashlib.sha256()
    rest = _counted(lines)
    first = next(rest, b"")
    version = _version(first)
    digest.update(first + b"\n")
    numbers = 0
    part: type[Exported | Rules] = Exported
    for line in rest:
        if line.startswith(b"}"):
            return _check_end(line, digest.hexdigest(), numbers, rest)
        digest.update(line + b"\n")
        if line == BETWEEN.encode():
            part = Rules
        elif part is Exported:
            numbers += 1
            yield _record(line, numbers, version)
        else:
            yield _rules(line)
    _refuse_file(_CUT)


def _counted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without their ends, which a mail program may have changed."""
    for line in lines:
        if len(line) > LINE_MOST:
            _refuse_file(_NOT_AN_EXPORT)
        yield line.rstrip(b"\r\n")


def _version(line: bytes) -> int:
    """Return the version that the first line of an export names."""
    start, _, rest = (part.encode() for part in FIRST.partition(f"{VERSION}"))
    for known in _KNOWN:
        if line == b"%b%d%b" % (start, known, rest):
            return known
    return _refuse_file(_NEWER if line.startswith(start) else _NOT_AN_EXPORT)


def _check_end(line: bytes, digest: str, count: int, rest: Iterator[bytes]) -> None:
    try:
        end = json.loads(b"{" + line.lstrip(b"}, "))
        known = (end["digest"], end["count"])
    except (ValueError, TypeError, KeyError, RecursionError):
        _refuse_file(_CUT)
    if known[1] != count:
        _refuse_file(
            f"The file was changed: it should have {known[1]} records, and it has {count}."
        )
    if known[0] != digest:
        _refuse_file("The file was changed somewhere between its records.")
    if any(rest):
        _refuse_file("The file was changed: there is extra text after its end.")


def _record(line: bytes, place: int, version: int) -> Exported:
    try:
        parsed = json.loads(line.removesuffix(b","))
        number = parsed["number"]
        text = json.dumps(parsed["record"], sort_keys=True, separators=(",", ":"))
        unchanged = parsed["hash"] == hash_of(text) and isinstance(number, int)
        record, orphan = read_back(text), version == 1 or parsed.get("orphan") is True
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        _refuse_file(f"Record {place} in the file cannot be read.")
    if not unchanged:
        _refuse_file(f"Record {place} in the file was changed after it was written.")
    if isinstance(record, Erasure) or not _holds_together(text, record):
        _refuse_file(f"Record {place} in the file does not belong in an export.")
    return Exported(number, record, orphan)


def _rules(line: bytes) -> Rules:
    try:
        ((meaning_hash, decision),) = json.loads(b"{" + line.removesuffix(b",") + b"}").items()
        unchanged = hash_of(decision) == meaning_hash
    except (ValueError, TypeError, AttributeError, RecursionError):
        unchanged = False
    if not unchanged:
        _refuse_file(
            "The file was changed: its guide rules are not the ones the entries were made under."
        )
    return Rules(meaning_hash, decision)


def _holds_together(text: str, record: Entry | Withdrawal) -> bool:
    """Tell whether a record is kept as it would be written, and every field of the kind it should be."""
    kinds = {"answers": list, "assumed": list, "linked": bool}
    if any(type(value) is not kinds.get(name, str) for name, value in json.loads(text).items()):
        return False
    return written(record) == text and all(map(is_plausible, _days_in(record)))


def _days_in(record: Entry | Withdrawal) -> Iterator[date]:
    yield record.when.date()
    if isinstance(record, Entry):
        yield from filter(None, (record.begun, record.ended))


def _refuse_file(why: str) -> NoReturn:
    raise RecordsError(
        why,
        mend="Nothing was added. Export again on the other computer, and copy the new file here"
        " without opening it in an editor.",
    )


class Imported(Frozen):
    """How many records of a file were new, here already, or of what was erased, and so not taken in."""

    new: int = 0
    known: int = 0
    erased: int = 0


def take_in(
    connection: Connection, database: Database, head: Head, lines: Iterable[bytes]
) -> tuple[Imported, Head]:
    """Add what a file holds after `head`, in its order; return what came of it, and the new end.

    Runs in the caller's transaction, which must be rolled back where this raises: `RecordsError` for a
    file that is damaged or is none, naming the record, and for a record that contradicts one here.
    """
    done = Imported()
    for part in exported_in(lines):
        match part:
            case Rules(meaning_hash, decision):
                keep_rules(connection, meaning_hash, decision)
            case Exported():
                done, head = _taken(connection, database, head, part, done)
    return done, head


def _taken(
    connection: Connection, database: Database, head: Head, part: Exported, done: Imported
) -> tuple[Imported, Head]:
    columns = ENTRIES.c
    query = select(columns.content.is_(None)).where(columns.id == part.record.id)
    erased = connection.scalar(query)
    if erased is None:
        _refuse_pointer_to_none(connection, part)
    if erased or _withdraws_what_was_erased(connection, part.record):
        return replace(done, erased=done.erased + 1), head
    if erased is None:
        _refuse_late(connection, part)
        _refuse_second_successor(connection, part)
        return replace(done, new=done.new + 1), append(connection, head, part.record)
    try:
        known_as(connection, database, part.record)
    except RecordsDamagedError:
        raise
    except RecordsError as error:
        _conflict(part, error.what)
    return replace(done, known=done.known + 1), head


def _refuse_pointer_to_none(connection: Connection, part: Exported) -> None:
    """Refuse a record that points at what is neither here nor earlier in the file, nor was erased there."""
    target = restored_by(part.record) or points_at(part.record)
    there = select(ENTRIES.c.seq).where(ENTRIES.c.id == target)
    if target and not part.orphan and connection.scalar(there) is None:
        _conflict(part, f"It {_does(part.record)} an entry that is not there.")


def _withdraws_what_was_erased(connection: Connection, record: Record) -> bool:
    """Tell whether nothing is left for a withdrawal to withdraw, here or where it comes from."""
    if not isinstance(record, Withdrawal):
        return False
    columns = ENTRIES.c
    query = select(columns.seq).where(columns.id == record.withdraws, columns.content.is_not(None))
    return connection.scalar(query) is None


def _refuse_late(connection: Connection, part: Exported) -> None:
    """Refuse a record that an earlier one points at: no export has them in that order."""
    columns, id_ = ENTRIES.c, part.record.id
    pointing = (columns.of_id == id_) | (columns.restores == id_)
    number = connection.scalar(select(columns.seq).where(pointing))
    if number is not None:
        _conflict(part, f"Number {number} already corrects, withdraws, or restores it.")


def _refuse_second_successor(connection: Connection, part: Exported) -> None:
    """Refuse a record that corrects, withdraws or restores an entry which something else did here already.

    An entry that is not here was erased where the file comes from; that is in order. What is
    here must be an entry, and is only restored where it is withdrawn.
    """
    restored, columns = restored_by(part.record), ENTRIES.c
    target = restored or points_at(part.record)
    if target is None:
        return
    taken = columns.restores == target if restored else columns.of_id == target
    other = connection.scalar(select(columns.seq).where(taken))
    if other is not None:
        _conflict(
            part,
            f"It {_does(part.record)} an entry that number {other} here already {_does(part.record)}.",
        )
    needed = WITHDRAWN if restored else ACTIVE
    there = select(columns.seq).where(columns.id == target, columns.kind != ERASED)
    number = connection.scalar(there.where(func.coalesce(columns.state, "") != needed))
    if number is not None:
        _conflict(part, f"It {_does(part.record)} number {number}, which is not {needed} here.")


def _does(record: Record) -> str:
    if restored_by(record):
        return "restores"
    return "corrects" if isinstance(record, Entry) else "withdraws"


def _conflict(part: Exported, why: str) -> NoReturn:
    raise RecordsError(
        f"Record {part.number} of the file conflicts with the records here. {why}",
        mend="Nothing was added. Compare the two entries (here: service-group records show NUMBER),"
        " and correct one of them by hand.",
    )
