"""How a trainee is doing, what to do next, and every answer on record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from assistant.shapes import Frozen
from assistant.tables import Cell, Table, as_sentences
from assistant.text import counted, listed
from assistant.training.attempts import Attempt, in_order, streak
from assistant.training.bookmarks import Bookmark
from assistant.training.classes import ClassFile, class_text
from assistant.training.content import SUPERVISOR_ID
from assistant.training.diagnosis import attribute_to, counted_now
from assistant.training.judging import RULE, Misreading, answer_name
from assistant.training.scheduling import Memory, new_skills, remember, tested
from assistant.training.stories import title_of
from assistant.training.syllabus import FORK, Syllabus

CLASS_FIRST = "Your trainer's class comes first. It is number 1 in the list."
"""What to do next where a class waits."""

LATELY = 10  # how many of the latest stories are shown


class Progress(Frozen):
    """One trainee's standing: `streak` right answers in a row, `waiting` ones in a test not over.

    `tables` have how each group and each question went lately; what was never tried has none.
    """

    tables: tuple[Table, ...]
    answered: int
    streak: int
    what_next: str
    waiting: int = 0

    @property
    def line(self) -> str:
        later = f"{counted(self.waiting, 'answer')} not counted until your test is over"
        if not self.answered:
            return later if self.waiting else "You have not answered any stories yet"
        right = f", {self.streak} right in a row" if self.streak > 1 else ""
        so_far = f"{counted(self.answered, 'story', 'stories')} answered so far{right}"
        return f"{so_far}; {later}" if self.waiting else so_far


def _tables(syllabus: Syllabus, log: Sequence[Attempt]) -> Iterator[Table]:
    """Return which of the latest stories went well, from one trainee's log in order.

    Of a group's stories those answered right did, or acceptably; of a question's those in which it
    was not misread.
    """
    guide = syllabus.guide
    groups = {
        answer_name(guide, group): [
            a.grade != "wrong" for a in log if a.picked and a.right == group
        ]
        for group in (*guide.groups, None)
    }
    got = (
        f"Your answers to the latest {LATELY} stories for each group."
        " An acceptable answer counts as right."
    )
    yield _lately("Groups", got, ("Group", "Tried", "Right"), groups)
    questions = {
        guide.questions[fact].name: [
            a.misread != fact for a in log if f"{FORK}{fact}" in tested(syllabus, a)
        ]
        for fact in guide.about.facts
    }
    read = f"How often you read each fact correctly, in the latest {LATELY} stories."
    yield _lately("Questions", read, ("Question", "Asked", "Correct"), questions)


def _lately(title: str, note: str, head: tuple[str, ...], went: Mapping[str, list[bool]]) -> Table:
    latest = ((name, well[-LATELY:]) for name, well in went.items())
    rows = tuple((name, len(well), sum(well)) for name, well in latest)
    return Table(title, note, head, rows, head[2], head[1])


def progress_lines(found: Progress) -> Iterator[str]:
    """Return every part of a trainee's progress as a separate sentence."""
    yield f"{found.line}."
    for table in found.tables:
        yield table.heading
        yield from as_sentences(table)
    yield f"What to do next. {found.what_next}"


def progress(
    syllabus: Syllabus, attempts: Iterable[Attempt], now: datetime, waiting: int = 0
) -> Progress:
    """Fold one trainee's log, of which `waiting` answers are left out until their test is over."""
    log = [counted_now(syllabus, attempt) for attempt in in_order(attempts)]
    memory = remember(syllabus, log)
    found = memory.diagnosis.found(syllabus)
    told = [attribute_to(syllabus, found, attempt) for attempt in log]
    return Progress(
        tables=tuple(one for one in _tables(syllabus, told) if any(one.column(one.whole))),
        answered=len(log),
        streak=streak(log),
        what_next=what_next(syllabus, memory, now),
        waiting=waiting,
    )


def what_next(syllabus: Syllabus, memory: Memory, now: datetime) -> str:
    """Say what is best done next, and which misunderstandings the latest answers show."""
    if not memory.gone:
        return "Start with Learn: go through one story together with the interview."
    if found := memory.diagnosis.found(syllabus):
        return f"Do a drill. Your answers look like this: {listed(map(str, found))}."
    if due := [skill for skill in memory.plan.due(now) if skill in syllabus.testing]:
        return f"Do a drill to try {_kinds(due)} again."
    if new_skills(syllabus, memory):
        return _new(syllabus, memory)
    left = min((card.due - now for card in memory.plan.cards.values()), default=timedelta())
    return f"Nothing to review now. Come back in {_roughly(left)}, or take a test."


def _new(syllabus: Syllabus, memory: Memory) -> str:
    """Say what was not tried yet; a question is new until it came up, a kind of case likewise."""
    new = [skill for skill in new_skills(syllabus, memory) if skill not in memory.plan.cards]
    if not new:
        return "Do a drill. There is more to try with the questions that you know."
    forks = (skill.removeprefix(FORK) for skill in new if skill.startswith(FORK))
    first = [f" Start with “{syllabus.guide.questions[fork].name}”." for fork in forks][:1]
    are = "is" if len(new) == 1 else "are"
    return f"Do a drill. There {are} still {_kinds(new)} you have not practiced.{''.join(first)}"


def _kinds(skills: Sequence[str]) -> str:
    """Count skills as a trainee knows them: `3 questions and 1 kind of case`."""
    forks = sum(skill.startswith(FORK) for skill in skills)
    cases = len(skills) - forks
    said = [counted(forks, "question")] if forks else []
    said += [counted(cases, "kind of case", "kinds of cases")] if cases else []
    return " and ".join(said)


def _roughly(left: timedelta) -> str:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    sizes = {"day": 24 * 60, "hour": 60, "minute": 1}
    name, size = next(found for found in sizes.items() if minutes >= found[1])
    return counted(-(-minutes // size), name)


def answers_table(syllabus: Syllabus, attempts: Iterable[Attempt]) -> Table:
    """Return every answer in the order made, for a spreadsheet: ids beside names and titles."""
    guide = syllabus.guide
    head = ("When", "Trainee", "Mode", "Class", "Session", "Name", "Story", "Right", "Right answer")
    rows = []
    for made in in_order(attempts):
        story = syllabus.story(made.story)
        told = (made.story, title_of(story) if story else made.story)
        right, chosen = (answer_name(guide, one) for one in (made.right, made.chosen))
        why = _misreading_name(syllabus, made)
        rows.append(
            (
                *(made.when.isoformat(), made.alias, made.mode, made.class_id, made.session),
                *(*told, made.right or SUPERVISOR_ID, right),
                *(made.chosen or SUPERVISOR_ID, chosen, made.grade),
                *(int(made.grade != "wrong"), why, made.outcome, made.meaning_hash),
            )
        )
    rest = ("Chosen", "Chosen answer", "Grade", "Counts as right", "Misunderstanding")
    return Table("Answers", "", (*head, *rest, "Outcome", "Guide"), tuple(rows))


def _misreading_name(syllabus: Syllabus, attempt: Attempt) -> str:
    """Return what an attempt is put down to, in words; its ids where the guide no longer has them."""
    fact, taken = attempt.misread, attempt.taken
    if not fact or not taken:
        return ""
    question = syllabus.guide.questions.get(fact)
    if fact == RULE or (question and taken in question.options):
        return syllabus.name_of(Misreading(fact, taken))
    return f"{fact}: {taken}"


def class_now(
    found: ClassFile,
    attempts: Iterable[Attempt],
    marks: Iterable[Bookmark],
    now: datetime,
    expected: Iterable[str] = (),
) -> Table:
    """Return a running class: how far each trainee is, how it went, and when the last answer came.

    `marks` are the places of those who practice on this computer or in its browser class: a test
    that is not handed in is known from them alone.
    """
    text, mine, places = class_text(found), defaultdict[str, list[Attempt]](list), {}
    names = {name.casefold(): name for name in expected}
    for mark in marks:
        if mark.class_text == text and not mark.over:
            places[mark.alias.casefold()] = mark
            names.setdefault(mark.alias.casefold(), mark.alias)
    for attempt in in_order(attempts):
        mine[attempt.alias.casefold()].append(attempt)
        names.setdefault(attempt.alias.casefold(), attempt.alias)
    rows = [(names[key], *_so_far(found, mine[key], places.get(key), now)) for key in sorted(names)]
    done = sum(row[3] == _DONE for row in rows)
    note = f"{done} of {counted(len(rows), 'trainee')} done. An acceptable answer counts as right."
    head = ("Trainee", "Answered", "Of", "Now", "Right", "Last answer", "Times left")
    return Table(f"Class {found.name}", note, head, tuple(rows), "Answered", "Of")


NOT_SEEN = "nothing here yet"  # said of one who may have begun, on a computer of his own

_DONE = "done"  # said of a trainee who has handed in, or has answered every story


def _so_far(
    found: ClassFile, mine: Sequence[Attempt], mark: Bookmark | None, now: datetime
) -> tuple[Cell, ...]:
    """Return one trainee's row of a running class, but for the name."""
    stories = len(found.stories)
    answered = len({attempt.story for attempt in mine})
    times = [attempt.when for attempt in mine]
    state = _DONE if answered >= stories else f"at story {answered + 1}" if mine else NOT_SEEN
    if mark and not mine and found.mode == "test":
        times = [datetime.fromisoformat(when) for when in mark.times if when]
        answered, place = len(times), mark.place
        at = "checking the answers" if place >= stories else f"at story {place + 1}"
        state = at if place >= 0 else "start page"
    elif mine and found.mode == "test":
        state = _DONE
    well = sum(attempt.grade != "wrong" for attempt in mine)
    left = max([mark.left if mark else 0, *(attempt.left or 0 for attempt in mine)])
    ago = f"{_roughly(now - max(times))} ago" if times else ""
    return answered, stories, state, well if mine else "", ago, left
