"""One answer given in practice; files of results."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import chain, count, takewhile
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

from assistant.errors import RecordsError, UsageError
from assistant.records.entry import PracticeLine
from assistant.records.practice_log import PracticeLog
from assistant.shapes import Frozen
from assistant.text import hash_of, is_plausible, is_stored_alias, percent
from assistant.training.bookmarks import spelled
from assistant.training.judging import Answer, Grade, Judgement
from assistant.training.stories import Story
from assistant.training.syllabus import Syllabus

Mode = Literal["learn", "drill", "test"]  # the last two pick the group of a story
Shared = TypeVar("Shared", bound=Hashable)
MODES: tuple[Mode, ...] = get_args(Mode)  # every mode
_ALIAS_LEFT = 25  # characters of an alias beside which a part of an id has room
PASS_MARK = 80  # percent that passes where nobody sets another

_ID = re.compile(r"[0-9a-f]{32}")
_STEM = 27  # characters of an alias that are kept before a number
_TRAINEE = re.compile(r"([0-9a-f]{16})?")
_NAME = re.compile(r"[a-z0-9_]{1,80}")
_WORD = re.compile(r"[\x21-\x7e]{1,200}")  # ids and hashes: printing ASCII without spaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One story answered: never edited once logged, and without a word that anyone typed but the alias.

    `id` and `session` are the hex of a uuid4, `when` is aware. `facts` are those the interview asks
    for in that story, in order; `right` and `chosen` are group ids, None for "ask the supervisor".
    `misread` is the fork that explains the answer, `taken` what it was taken for. In the mode
    `learn` no group is chosen: `chosen` is the right one, and a question answered wrongly is graded
    wrong. `trainee` tells two with one alias apart, empty where nobody can. `left` is how often a test
    was left before it was handed in; None for an answer that was kept as it came. Raises `ValueError`,
    without quoting any field, for what no log could keep or tell apart.
    """

    id: str
    when: datetime
    alias: str = field(repr=False)
    session: str
    mode: Mode
    class_id: str = ""
    story: str
    facts: Mapping[str, str]
    outcome: str
    right: Answer
    chosen: Answer
    grade: Grade
    misread: str | None = None
    taken: str | None = None
    meaning_hash: str
    trainee: str = ""
    left: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        for problem in _faults(self):
            raise ValueError(problem)

    @property
    def picked(self) -> bool:
        return self.mode != "learn"


class SessionHeader(Frozen, kw_only=True):
    """What all attempts of one session have in common."""

    alias: str = field(repr=False)
    session: str
    mode: Mode
    meaning_hash: str
    class_id: str = ""
    trainee: str = ""

    def attempt(
        self,
        identity: str,
        when: datetime,
        story: Story,
        found: Judgement,
        *,
        left: int | None = None,
    ) -> Attempt:
        """Return the attempt to log for an answer that was judged."""
        misread = found.misread
        return Attempt(
            **asdict(self),
            id=identity,
            when=when,
            story=story.id,
            facts=found.facts,
            outcome=found.outcome,
            right=found.right,
            chosen=found.chosen,
            grade=found.grade,
            misread=misread.fact if misread else None,
            taken=misread.taken if misread else None,
            left=left,
        )


def in_order(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return attempts as they were made, each once, whatever order they were collected in."""
    once = {attempt.id: attempt for attempt in attempts}
    return sorted(once.values(), key=lambda attempt: (attempt.when, attempt.id))


def grouped(
    attempts: Iterable[Attempt], by: Callable[[Attempt], Shared]
) -> dict[Shared, list[Attempt]]:
    """Return attempts by what they share, each list in the order given."""
    found: dict[Shared, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        found[by(attempt)].append(attempt)
    return dict(found)


def told_apart(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return attempts in order; where several trainees share an alias, a part of their id follows it."""
    log = in_order(attempts)
    sharing: dict[str, set[str]] = defaultdict(set)
    for attempt in log:
        sharing[attempt.alias.casefold()] |= {attempt.trainee} - {""}
    return [
        replace(one, alias=f"{one.alias[:_ALIAS_LEFT]} {one.trainee[:4]}")
        if one.trainee and len(sharing[one.alias.casefold()]) > 1
        else one
        for one in log
    ]


def judged_here(syllabus: Syllabus, attempt: Attempt) -> bool:
    """Tell whether an attempt was judged by the rules that are practiced now.

    One judged by others counts in scores, by the right group and the chosen one, and says nothing of
    what is misread today.
    """
    return attempt.meaning_hash == syllabus.loaded.meaning_hash


class Tally(Frozen):
    """Answers by grade."""

    right: int = 0
    acceptable: int = 0
    wrong: int = 0

    @property
    def count(self) -> int:
        return self.right + self.acceptable + self.wrong

    @property
    def counted(self) -> int:
        """How many count toward a pass mark: the right and the acceptable ones."""
        return self.right + self.acceptable

    @property
    def percent(self) -> int:
        """The share that counts toward a pass mark, right or acceptable, in whole percent."""
        return percent(self.counted, self.count)


def tally(answers: Iterable[Attempt | Judgement]) -> Tally:
    """Count answers by grade."""
    grades = Counter(answer.grade for answer in answers)
    return Tally(grades["right"], grades["acceptable"], grades["wrong"])


def streak(log: Sequence[Attempt]) -> int:
    """Count the right answers in a row up to the latest."""
    return sum(1 for _ in takewhile(lambda attempt: attempt.grade == "right", reversed(log)))


def _faults(attempt: Attempt) -> Iterator[str]:
    names = (
        attempt.story,
        attempt.meaning_hash,
        "none" if attempt.class_id == "" else attempt.class_id,
    )
    found = (attempt.right, attempt.chosen, attempt.misread, attempt.taken)
    spoken = (attempt.outcome, *attempt.facts, *attempt.facts.values(), *found)
    if not (_ID.fullmatch(attempt.id) and _ID.fullmatch(attempt.session)):
        yield "an attempt's and a session's id are 32 hexadecimal digits"
    if attempt.when.utcoffset() is None or not is_plausible(attempt.when):
        yield "an attempt's time says which zone it is in, and can be one of this work"
    if not is_stored_alias(attempt.alias):
        yield "an alias is a short word"
    counts = type(attempt.left) is int and attempt.left >= 0
    if not _TRAINEE.fullmatch(attempt.trainee) or not (attempt.left is None or counts):
        yield "a trainee is told apart by 16 hexadecimal digits, and leaving a test is counted"
    if not all(_WORD.fullmatch(name) for name in names):
        yield "an attempt names its story, its guide and its class by short words"
    if not all(_NAME.fullmatch(name) for name in spoken if name is not None):
        yield "an attempt speaks in the guide's vocabulary"
    if not _agrees(attempt):
        yield "an attempt's grade follows from its answer"


def _agrees(attempt: Attempt) -> bool:
    """Tell whether mode, grade, groups and misread fork are known and say the same."""
    if attempt.mode not in MODES or attempt.grade not in get_args(Grade):
        return False
    if (attempt.misread is None) != (attempt.taken is None):
        return False
    if attempt.grade == "right":
        return attempt.chosen == attempt.right and attempt.misread is None
    if attempt.picked:
        return attempt.chosen != attempt.right
    return attempt.chosen == attempt.right and attempt.misread is not None


FORMATS = (1, 2)  # the numbers of the formats that are read; a file is in the oldest that holds it


def digest(data: object) -> str:
    """Return the hash of plain data, the same however its keys are ordered."""
    return hash_of(json.dumps(data, sort_keys=True, separators=(",", ":")))


def written(kind: str, fields: Mapping[str, object], number: int) -> str:
    """Return the text of a file of that kind, in a format of that number."""
    data = {kind: number, **fields}
    return json.dumps({**data, "checksum": digest(data)}, indent=2, ensure_ascii=False) + "\n"


def file_data(text: str, kind: str, what: str, where: str) -> dict[str, Any]:
    """Return the fields of a file of a kind, its format among them; raises `UsageError`.

    `what` is the kind in words, such as `class file`; `where` names the file for a person.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise refused(f"This is not a {what}, or part of it is missing.", where) from None
    if not isinstance(data, dict) or kind not in data:
        raise refused(f"This is not a {what}.", where)
    if data[kind] not in FORMATS or isinstance(data[kind], bool):
        raise refused(f"This {what} is in a format that this version cannot read.", where)
    checksum = data.pop("checksum", "")
    if checksum != digest(data):
        raise refused(f"This {what} was changed or damaged after it was written.", where)
    return data


def refused(sentence: str, where: str) -> UsageError:
    """Return the error that says what is wrong with a file that somebody handed over."""
    mend = "get a fresh copy of the file. If you made it, make it again instead of editing it."
    return UsageError(sentence, where=where, mend=mend)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


KIND = "service_group_results"  # the key that a results file is known by

_ADDED = {"trainee": "", "left": None}  # the fields of format 2, and what their absence means


def results_text(attempts: Iterable[Attempt]) -> str:
    """Write a results file; the same attempts give the same text."""
    found = [plain(attempt) for attempt in in_order(attempts)]
    added = any(data.keys() & _ADDED.keys() for data in found)
    return written(KIND, {"attempts": found}, 2 if added else 1)


def read_results(text: str, where: str = "") -> tuple[Attempt, ...]:
    """Read a results file strictly; raises `UsageError` that names the file as `where`."""
    data = file_data(text, KIND, "results file", where)
    number = data.pop(KIND)
    if data.keys() != {"attempts"} or not isinstance(data["attempts"], list):
        raise refused("A results file has a list of answers and nothing else.", where)
    found, newer = [], set() if number > 1 else _ADDED.keys()
    for place, item in enumerate(data["attempts"], start=1):
        made = _attempt_of(item)
        if made is None or plain(made).keys() != item.keys() or item.keys() & newer:
            raise refused(f"Answer {place} of the results file is not valid.", where)
        found.append(made)
    return tuple(found)


def plain(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt as plain data that JSON holds; a field of format 2 only where it says something."""
    names = (field.name for field in fields(Attempt))
    data = {name: getattr(attempt, name) for name in names}
    data = {name: said for name, said in data.items() if _ADDED.get(name, ...) != said}
    return {**data, "when": attempt.when.isoformat(), "facts": [*map(list, attempt.facts.items())]}


def from_plain(data: Mapping[str, Any]) -> Attempt:
    """Return the attempt back; raises `ValueError`, `TypeError` or `KeyError` where it cannot be one."""
    read = {"facts": dict(data["facts"]), "when": datetime.fromisoformat(data["when"])}
    return Attempt(**{**data, **read})


def line_of(attempt: Attempt) -> PracticeLine:
    """Return an attempt as the store keeps it."""
    return PracticeLine(
        id=attempt.id,
        when=attempt.when,
        alias=attempt.alias,
        class_id=attempt.class_id,
        text=json.dumps(plain(attempt)),
    )


def attempt_in(text: str) -> Attempt | None:
    """Return the attempt in a line of the store, None where it cannot be one."""
    try:
        return _attempt_of(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _attempt_of(data: Mapping[str, Any]) -> Attempt | None:
    try:
        return from_plain(data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def attempts_in(texts: Iterable[str]) -> Iterator[Attempt]:
    """Return the attempts in lines of the store; a line that cannot be one is passed over."""
    return (attempt for attempt in map(attempt_in, texts) if attempt)


def apart(attempts: Iterable[Attempt], known: Iterable[Attempt]) -> list[Attempt]:
    """Return attempts under aliases that nobody else has among those `known`, such as those of a class.

    A trainee who is known keeps the alias from there; who is not gets a number where it is taken.
    Without an id, as in files of release 1, an alias is all that is known of a trainee.
    """
    before = list(known)
    named = {one.trainee: one.alias for one in before if one.trainee}
    taken = {one.alias.casefold() for one in before if one.trainee}
    found = []
    for made in attempts:
        if made.trainee and made.trainee not in named:
            names = chain([made.alias], (f"{made.alias[:_STEM]}-{n}" for n in count(2)))
            named[made.trainee] = next(name for name in names if name.casefold() not in taken)
            taken.add(named[made.trainee].casefold())
        found.append(replace(made, alias=named.get(made.trainee, made.alias)))
    return found


SLOW = timedelta(seconds=1)  # how long a store may take to fail before it is left alone for a while

PAUSE = timedelta(seconds=30)  # how long a store is left alone that was slow to fail


class AttemptLog:
    """Everything answered under an alias; nothing here raises a `RecordsError`.

    The store is opened once, and anew after it failed. `trouble` says why answers are not kept; they
    are tried again with the next, all of them.
    `alias` is spelled as it was when it was first used: capitals make nobody else of a trainee.
    `trainee` is who goes by it, whose answers are read with those that say no more than the alias.
    """

    def __init__(
        self,
        open_log: Callable[[], PracticeLog],
        now: Callable[[], datetime],
        alias: str,
        trainee: str,
    ) -> None:
        self.trouble = ""
        self._open_log = open_log
        self._opened: PracticeLog | None = None
        self._now = now
        self.alias = alias
        self._trainee = trainee
        self._unkept: dict[str, Attempt] = {}
        self._all: dict[str, Attempt] = {}
        self._paused_until: datetime | None = None
        self._is_read = False
        self._try("Your earlier practice cannot be read.", self._read)

    @property
    def attempts(self) -> list[Attempt]:
        return list(self._all.values())

    def keep(self, attempts: Iterable[Attempt]) -> None:
        """Keep the attempts that are new, with all that could not be kept before."""
        new = {attempt.id: attempt for attempt in attempts if attempt.id not in self._all}
        self._all |= new
        self._unkept |= new
        if self._paused_until is None or self._now() >= self._paused_until:
            self.keep_rest()

    def keep_rest(self) -> None:
        if self._unkept:
            self._try("Your answers are not being saved.", self._write)

    def _write(self) -> None:
        self._log().add(map(line_of, self._unkept.values()))
        self._unkept = {}
        if not self._is_read:
            self._read()

    def _read(self) -> None:
        log = self._log()
        if not self._all:
            self.alias = spelled(self.alias, log.aliases())
        mine = {"", self._trainee}
        before = attempts_in(log.texts(alias=self.alias))
        self._all = {one.id: one for one in before if one.trainee in mine} | self._all
        self._is_read = True

    def _log(self) -> PracticeLog:
        self._opened = self._opened or self._open_log()
        return self._opened

    def _try(self, trouble: str, do: Callable[[], None]) -> None:
        """Do something with the store, or say why it could not be done."""
        begun = self._now()
        try:
            do()
        except RecordsError as error:
            self.trouble, self._opened = f"{trouble} {error}", None
            slow = self._now() - begun > SLOW
            self._paused_until = self._now() + PAUSE if slow else None
        else:
            self.trouble, self._paused_until = "", None
