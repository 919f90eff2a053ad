"""The report on a class: its tables, a page for one trainee, and the class so far."""

import json
from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten

from assistant.engine.verdict import fact_name, fact_said
from assistant.guide.model import Guide
from assistant.tables import Rows, Table
from assistant.text import counted, listed
from assistant.training import findings
from assistant.training.attempts import Attempt, Tally, in_order
from assistant.training.classes import ClassFile
from assistant.training.content import SUPERVISOR_ID
from assistant.training.feedback import feedback
from assistant.training.judging import Answer, answer_name, judge
from assistant.training.stories import title_of
from assistant.training.syllabus import Syllabus

WORDING = "check the wording"  # of a story that good trainees miss too: it may be what is wrong
DISCUSS = "discuss in class"  # of a story that most trainees miss
NOTHING = "No answers are recorded yet."  # said of a class that has not begun
_FIRST_WORDS = 60  # characters of a story by which it is known again
_MIXUPS_MOST = 10  # how many mix-ups are listed; the square of answers has them all

_GRADES = ("Answers", "Right", "Acceptable", "Wrong", "% right or acceptable")
_SCORED = ("Answered", "Of", "Right", "Acceptable", "Wrong", "Score %", "Result")
_GOES_BY = "Misunderstands"
_LEARNED = ("Learn stories", "All answers right")
_RANGES = ((0, 49), (50, 59), (60, 69), (70, 79), (80, 89), (90, 100))  # of scores, in percent


def _name(guide: Guide, answer: Answer, *, brief: bool) -> str:
    """Return a name, in brief without the word that all groups share."""
    name = answer_name(guide, answer)
    return name.removesuffix(" Services") if brief else name


def report_lead(report: findings.ClassReport) -> str:
    """Return in a few sentences how the class did: groups picked, stories learned from, scores."""
    picked, smooth = report.picked, sum(line.smooth for line in report.trainees)
    said = []
    if picked.count:
        parts = f"{picked.right} right, {picked.acceptable} acceptable, {picked.wrong} wrong"
        share = f"{picked.percent}% right or acceptable"
        said.append(f"{counted(picked.count, 'answer')}: {parts} ({share}).")
    if report.learned:
        stories = counted(report.learned, "story", "stories")
        said.append(f"{stories} in Learn, {smooth} with every answer right.")
    if not said:
        return NOTHING
    several = len(report.trainees) > 1
    if report.scores:
        alone = [f"Score {line.score}%: {line.result}." for line in report.trainees if line.result]
        said += _scores_said(report.scores, len(report.trainees)) if several else alone
    if picked.acceptable:
        said.append(
            "An acceptable answer counts as right, even if it was marked wrong at the time. The report"
            " shows acceptable answers separately."
        )
    if report.regraded:
        older = counted(report.regraded, "answer")
        said.append(
            f"{older} marked wrong at the time would be acceptable today. We count that as right."
        )
    return f"{'The class: ' * several}{' '.join(said)}"


def _scores_said(scores: findings.ClassScores, trainees: int) -> list[str]:
    said = [f"Mean score {scores.mean}%, median {scores.median}%."]
    if scores.passed or scores.not_passed or scores.unfinished:
        parts = [f"{scores.passed} passed", f"{scores.not_passed} did not pass"]
        parts += [f"{scores.unfinished} did not finish"] if scores.unfinished else []
        said.append(f"Of {counted(trainees, 'trainee')}, {listed(parts)}.")
    return said


def report_tables(
    guide: Guide, report: findings.ClassReport, *, brief: bool = False
) -> tuple[Table, ...]:
    """Return every part of a report, what to teach next first; what says nothing is left out.

    In brief, names are shorter, and only the hardest stories are listed, with their first words.
    """
    trainees, questions = _trainee_table(report, brief=brief), _question_table(report)
    absent = (_absent_table(report),) if report.absent else ()
    if report.learned and not report.picked.count:
        return trainees, *absent, questions
    several = len(report.trainees) > 1
    return (
        _teach_table(guide, report, brief=brief),
        trainees,
        *absent,
        *([_range_table(report)] if several else []),
        _story_table(guide, report, brief=brief),
        _mixup_table(guide, report, brief=brief),
        _square(guide, report, brief=brief),
        _group_table(guide, report, brief=brief),
        questions,
        *([_retake_table(report)] if report.retakes else []),
        *([_day_table(report)] if len(report.days) > 1 else []),
    )


def point_name(guide: Guide, point: findings.TeachingPoint) -> str:
    """Return what is to be taught, in words."""
    if point.name:
        return point.name
    right, chosen = (answer_name(guide, one) for one in (point.right, point.chosen))
    perhaps = f" (perhaps {point.perhaps})" if point.perhaps else ""
    return f"{chosen} chosen, {right} right{perhaps}"


def _to_find(title: str, story: str) -> str:
    """Return how a story is named where it is to be found: a made one's name says nothing alone."""
    return f"{title} ({story})" if story.startswith("made-") else story


def _teach_table(guide: Guide, report: findings.ClassReport, *, brief: bool) -> Table:
    rows = tuple(
        (
            point_name(guide, point),
            len(point.trainees),
            point.answers,
            f"{_name(guide, point.chosen, brief=brief)} for {_name(guide, point.right, brief=brief)}",
            _to_find(point.title, point.story),
            point.why,
            ", ".join(point.trainees),
        )
        for point in report.teach_next
    )
    note = (
        "The mistakes that explain the most wrong answers. “Trainees”: who made this mistake. “Wrong"
        " answers”: all answers that fit it. To show the story to the class, type its name after:"
        " service-group training discuss"
    )
    head = ("Teach", "Trainees", "Wrong answers", "Mixed up most", "Story to show", "Say", "Who")
    if not rows:
        return Table("Teach next", "", head, rows, empty=_nothing_stands_out(guide, report))
    return Table("Teach next", note, head, rows, "Wrong answers")


def _nothing_stands_out(guide: Guide, report: findings.ClassReport) -> str:
    """Return what is said where no misunderstanding can be named: what wrong answers have in common."""
    wrong = sum(attempt.grade == "wrong" for attempt in report.log)
    if not wrong:
        return "There are no wrong answers." if report.log else NOTHING
    said = "No single misunderstanding stands out."
    for most in report.forks[:1]:
        today = most.name == fact_name(guide, most.fact)
        name = fact_said(guide, most.fact) if today else f"“{most.name}”"
        how = "misread" if most.fact in guide.questions else "fit"
        share = f"{most.misread} of {counted(wrong, 'wrong answer')} {how} {name}."
        return f"{said} {share}" if most.misread else said
    return said


def _trainee_table(report: findings.ClassReport, *, brief: bool = False) -> Table:
    """Return a row a trainee; what nobody did, learning or picking groups, has no column.

    In brief, a test's scores have no bars, so that each result has room beside them.
    """
    found, learned = report.found, bool(report.learned)
    picked = bool(report.picked.count) or not learned
    test = found is not None and found.mode == "test"
    timed = any(line.minutes for line in report.trainees)
    left = any(line.left for line in report.trainees)
    graded = _GRADES if picked else ()
    rows = (
        (
            line.alias,
            *(_scored(line, found) if test and found else _grades(line.picked) if graded else ()),
            *((line.learned, line.smooth) if learned else ()),
            *((line.minutes if line.minutes is not None else "",) if timed else ()),
            *((line.left,) if left else ()),
            "; ".join(map(str, line.findings)),
        )
        for line in report.trainees
    )
    told = (*(_SCORED if test else graded), *(_LEARNED if learned else ()))
    head = ("Trainee", *told, *["Minutes"] * timed, *["Times left"] * left, _GOES_BY)
    note = "Trainees appear under the alias they chose."
    if test and found:
        note = (
            f"The pass mark is {found.pass_mark}%. The score is the share of all stories answered right"
            " or acceptably. A story with no answer counts as not right."
        )
    if timed:
        note = f"{note} Minutes are those between answers, without pauses over 10 minutes."
    if left:
        note = f"{note} Times left is how often a trainee left the test before handing it in."
    bars = ("Score %" * (not brief), "") if test else ("Right", "Answers") if graded else ("", "")
    return Table("Trainees", note, head, tuple(rows), *bars)


def _grades(picked: Tally) -> tuple[int, ...]:
    return picked.count, picked.right, picked.acceptable, picked.wrong, picked.percent


def _scored(line: findings.TraineeLine, found: ClassFile) -> tuple[int | str, ...]:
    picked, score = line.picked, line.score or 0
    counts = (picked.right, picked.acceptable, picked.wrong)
    return picked.count, len(found.stories), *counts, score, line.result


def _absent_table(report: findings.ClassReport) -> Table:
    rows = tuple((alias, "none yet") for alias in report.absent)
    note = "No finished results from these trainees yet. A test counts only after the trainee hands it in."
    return Table("No results yet", note, ("Trainee", "Results"), rows)


def _range_table(report: findings.ClassReport) -> Table:
    scores = [line.score for line in report.trainees if line.score is not None]
    rows = tuple(
        (f"{least} to {most}%", sum(least <= score <= most for score in scores))
        for least, most in _RANGES
    )
    note = "How many trainees reached each score."
    return Table("Scores", note, ("Score", "Trainees"), rows, "Trainees")


def _story_table(guide: Guide, report: findings.ClassReport, *, brief: bool) -> Table:
    hard = [line for line in report.stories if line.missed_by]
    lines = hard[: findings.HARDEST_MOST] if brief else report.stories
    rows = tuple(
        (
            _to_find(line.title, line.story) if brief else line.title,
            *(() if brief else (line.story,)),
            _name(guide, line.right, brief=brief),
            line.seen_by,
            line.right_percent,
            "" if line.discrimination is None else line.discrimination,
            _chosen(guide, line, brief=brief),
            _why(guide, line, brief=brief),
            WORDING if line.wording else DISCUSS if line.hard else "",
            _first_words(line) if brief else " ".join(line.told),
        )
        for line in lines
    )
    note = (
        "The hardest story comes first. If a trainee answered a story twice, only the first answer counts."
        f" When at least {findings.ENOUGH_ANSWERS} trainees answered a story, two more things are shown."
        " Discrimination is near 1 if the trainees who did well on the other stories also did well on this"
        " one. It is near 0 or below if they did not. “Check the wording” means that most of the better"
        " half missed the story, so its wording may be the problem."
    )
    name = ("Story",) if brief else ("Story", "Name")
    head = (*name, "Right answer", "Trainees", "% right", "Discrimination")
    told = ("Chosen", "Why it is wrong", "Remark", "Text")
    most = findings.HARDEST_MOST
    hardest = f"The {most} hardest stories" if len(hard) > most else "Hardest stories"
    return Table(hardest if brief else "Stories", note, (*head, *told), rows, "% right")


def _chosen(guide: Guide, line: findings.StoryLine, *, brief: bool) -> str:
    """Return what was chosen for a story, most frequent first: `Preventive 4, Adoption 2 (right)`."""
    said = []
    for one in line.choices:
        grade = "" if one.grade == "wrong" else f" ({one.grade})"
        said.append(f"{_name(guide, one.chosen, brief=brief)} {one.times}{grade}")
    return ", ".join(said)


def _why(guide: Guide, line: findings.StoryLine, *, brief: bool) -> str:
    """Say why each wrong answer is wrong; in brief, only that which was chosen most."""
    wrong = [one for one in line.choices if one.why]
    if brief:
        return wrong[0].why if wrong else ""
    return " ".join(f"{_name(guide, one.chosen, brief=True)}: {one.why}" for one in wrong)


def _first_words(line: findings.StoryLine) -> str:
    """Return by what a trainer knows a story again: its first words, with the facts of a made one."""
    told = " ".join(line.told)
    begins = f"“{shorten(told, _FIRST_WORDS, placeholder=' …')}”" if told else ""
    return f"{begins} ({line.facts})" if begins and line.facts else begins


def choice_table(guide: Guide, report: findings.ClassReport) -> Table:
    """Return a row a story and an answer chosen for it, for a spreadsheet."""
    rows = tuple(
        (line.title, line.story, answer_name(guide, one.chosen), one.times, one.grade, one.why)
        for line in report.stories
        for one in line.choices
    )
    note = "What was chosen for each story."
    head = ("Story", "Name", "Chosen", "Trainees", "Grade", "Why it is wrong")
    return Table("Choices", note, head, rows, "Trainees")


def _mixup_table(guide: Guide, report: findings.ClassReport, *, brief: bool) -> Table:
    mixed = [(count, pair) for pair, count in report.grid.items() if pair[0] != pair[1]]
    often = sorted(mixed, key=lambda item: (-item[0], str(item[1])))
    rows = tuple(
        (
            *((" for ".join(names),) if brief else names),
            count,
            report.acceptable[right, chosen],
        )
        for count, (right, chosen) in often[:_MIXUPS_MOST]
        for names in [[_name(guide, one, brief=brief) for one in (chosen, right)]]
    )
    most = f" These are the {_MIXUPS_MOST} most frequent." if len(often) > _MIXUPS_MOST else ""
    note = f"What trainees chose in place of the right answer, most frequent first.{most}"
    name = ("Chosen for right",) if brief else ("Chosen", "Right answer")
    return Table("Mix-ups", note, (*name, "Times", "Acceptable"), rows, "Times")


def _square(guide: Guide, report: findings.ClassReport, *, brief: bool) -> Table:
    names = [_name(guide, answer, brief=brief) for answer in report.answers]
    rows: Rows = tuple(
        (name, *(report.grid[right, chosen] for chosen in report.answers))
        for name, right in zip(names, report.answers, strict=True)
    )
    note = (
        "Each row is a right answer, and each column is what trainees chose. Acceptable answers are"
        " counted where they were chosen."
    )
    return Table("Right answers and choices", note, ("Right answer", *names), rows)


def _group_table(guide: Guide, report: findings.ClassReport, *, brief: bool) -> Table:
    """Return how often each right answer was chosen; an acceptable answer is told apart, and counts."""
    rows = []
    for right in report.answers:
        well = report.grid[right, right]
        fine = sum(report.acceptable[right, chosen] for chosen in report.answers)
        count = sum(report.grid[right, chosen] for chosen in report.answers)
        rows.append((_name(guide, right, brief=brief), count, well, fine, well + fine))
    both = "Right or acceptable"
    head = ("Right answer", "Answers", "Right", "Acceptable", both)
    return Table("Answered right, by group", "", head, tuple(rows), both, "Answers")


def _question_table(report: findings.ClassReport) -> Table:
    rows = tuple(
        (
            line.name,
            line.misread,
            ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items()),
        )
        for line in report.forks
    )
    note = (
        "How many wrong answers came from misreading each question or following each mistaken rule."
        " An acceptable answer does not count as wrong."
    )
    head = ("Question or rule", "Times", "By whom")
    return Table("Misunderstandings", note, head, rows, "Times")


def _retake_table(report: findings.ClassReport) -> Table:
    rows = tuple(
        (line.alias, line.tests, line.first, line.latest, line.latest - line.first)
        for line in report.retakes
    )
    note = "Trainees who took more than one test, in percent right or acceptable."
    head = ("Trainee", "Tests", "First %", "Latest %", "Change")
    return Table("Before and after", note, head, rows)


def _day_table(report: findings.ClassReport) -> Table:
    rows: Rows = tuple((day, *_grades(picked)) for day, picked in report.days.items())
    note = "Answers on each day."
    return Table("Progress over time", note, ("Day", *_GRADES), rows, "Right", "Answers")


def trainee_tables(
    syllabus: Syllabus, report: findings.ClassReport, attempts: Iterable[Attempt]
) -> tuple[Table, ...]:
    """Return the page to hand back to one trainee: the score, what to look at, and every answer.

    Answers in a class are in its order, and numbered as there.
    """
    rows, places = [], list(report.found.stories) if report.found else []
    made = in_order(attempts)
    if {attempt.story for attempt in made} <= set(places):
        made.sort(key=lambda attempt: places.index(attempt.story))
    for place, attempt in enumerate(made):
        number = 1 + (places.index(attempt.story) if attempt.story in places else place)
        story = syllabus.story(attempt.story)
        lines: tuple[str, ...] = ()
        if story and attempt.picked and attempt.chosen in (*syllabus.guide.groups, None):
            said = feedback(syllabus.guide, judge(syllabus.guide, story, attempt.chosen))
            lines = (*said.lines, *said.more)
        rows.append(
            (
                f"{number}. {title_of(story) if story else attempt.story}",
                answer_name(syllabus.guide, attempt.chosen),
                answer_name(syllabus.guide, attempt.right),
                attempt.grade,
                "" if attempt.grade == "right" else " ".join(lines),
                " ".join(story.paragraphs) if story else "",
            )
        )
    head = ("Story", "Your answer", "Right answer", "Grade", "Why", "Text")
    note = "An acceptable answer counts as right."
    answers = Table("Your answers", note, head, tuple(rows))
    retakes = (_retake_table(report),) if report.retakes else ()
    return replace(_trainee_table(report), title="Your score"), answers, *retakes


def _plain_story(line: findings.StoryLine) -> dict[str, object]:
    """Return a story's line as plain data, numbers as numbers."""
    chosen = [
        {
            "chosen": one.chosen or SUPERVISOR_ID,
            "trainees": one.times,
            "grade": one.grade,
            "why": one.why,
        }
        for one in line.choices
    ]
    return {
        "story": line.story,
        "title": line.title,
        "right": line.right or SUPERVISOR_ID,
        "trainees": line.seen_by,
        "missed": line.missed_by,
        "right_percent": line.right_percent,
        "discrimination": line.discrimination,
        "check_wording": line.wording,
        "choices": chosen,
    }


def report_json(
    guide: Guide, title: str, report: findings.ClassReport, tables: Iterable[Table], answers: Table
) -> str:
    """Return a report as JSON: what to teach next, stories, scores, and each table as a list of rows."""
    teach = [
        {
            "teach": point_name(guide, point),
            "trainees": len(point.trainees),
            "who": list(point.trainees),
            "answers": point.answers,
            "chosen": point.chosen or SUPERVISOR_ID,
            "right": point.right or SUPERVISOR_ID,
            "say": point.why,
            "story": point.story,
            "story_title": point.title,
        }
        for point in report.teach_next
    ]
    told = {
        one.title: [dict(zip(one.head, row, strict=True)) for row in one.rows]
        for one in (*tables, answers)
    }
    scores = vars(report.scores) if report.scores else None
    data = {
        "title": title,
        "lead": report_lead(report),
        "teach_next": teach,
        "stories": [_plain_story(line) for line in report.stories],
        "scores": scores,
        "absent": list(report.absent),
        "regraded": report.regraded,
        "tables": told,
    }
    return json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n"
