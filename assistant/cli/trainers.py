"""`training`, for trainers: the stories, a running class, its report, a discussion."""

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.cli.options import FILE, command, open_services
from assistant.cli.training import alias_known, class_from, names_in, syllabus_of
from assistant.errors import UsageError
from assistant.lines import dialogue
from assistant.lines.dialogue import Dialogue, DialogueDriver
from assistant.private import private_folder, refusals_said
from assistant.records.practice_log import PracticeLog
from assistant.services import Services, bookmarks_here
from assistant.settings import load_settings
from assistant.tables import Table, as_csv, as_page, as_text
from assistant.text import laid_out, say, say_lines, width_now
from assistant.training import feedback
from assistant.training import report as reports
from assistant.training.attempts import Attempt, attempt_in, attempts_in
from assistant.training.classes import ClassFile, stories_named, stories_of, with_own
from assistant.training.content import load_practice
from assistant.training.feedback import Slide
from assistant.training.findings import ClassReport, class_report
from assistant.training.judging import answer_name
from assistant.training.progress import answers_table, class_now
from assistant.training.stories import Story, story_lines, title_of, written_stories
from assistant.training.syllabus import Syllabus

_class_option = click.option("--class", "class_file", type=FILE, help="The stories of this class.")


@command()
@options.content_option
@options.data_option
@_class_option
@click.option("--answers", is_flag=True, help="Show the right and accepted answers, with reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with facts and answers.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def cases(
    class_file: Path | None,
    *,
    answers: bool,
    as_json: bool,
    names: Sequence[str],
    **where: Any,  # noqa: ANN401 - the options for folders
) -> int:
    """List the stories written by hand, or show some in full, with answers if you ask.

    The list has each story's group, how hard it is, the misunderstandings that it tests, and how
    it begins. You can also show stories that a report names. The answers are not secret.

    \b
    Examples:
      service-group training cases
      service-group training cases burn_on_the_hand --answers
      service-group training cases --class spring.class.json --answers --json
    """
    given = (where["content_folder"], where["data_folder"], where["decisions_file"])
    loaded = options.open_guide(*given)  # nothing is kept, so nobody's own folder is needed
    syllabus = Syllabus(loaded, load_practice(loaded.folder, loaded.guide))
    syllabus, chosen = _stories(syllabus, class_file, names)
    if as_json:
        listed = chosen or written_stories(syllabus.guide, syllabus.practice)
        whole = answers or not chosen
        plain = [_plain(syllabus, story, answers=whole) for story in listed]
        say(json.dumps(plain, indent=2, ensure_ascii=False))
    elif chosen:
        for story in chosen:
            say_lines(_whole(syllabus, story, answers=answers))
    else:
        heard = load_settings().plain
        lines = as_text(_lists(syllabus), width_now(), heard=heard)
        options.say_pages("\n".join(list(lines)[1:]), heard=heard)
    return 0


def _stories(
    syllabus: Syllabus, class_file: Path | None, names: Sequence[str]
) -> tuple[Syllabus, tuple[Story, ...]]:
    """Return the stories that are named, then those of the class, with what they belong to."""
    inside: tuple[Story, ...] = ()
    if class_file:
        found = class_from(class_file)
        syllabus = with_own(found, syllabus)
        inside = stories_of(found, syllabus, syllabus.loaded.meaning_hash)
    return syllabus, (*stories_named(syllabus, names), *inside)


def _lists(syllabus: Syllabus) -> Iterator[Table]:
    """Return a table a right answer: its stories, how hard they are, what they test, how they begin."""
    hard = feedback.difficulties(syllabus)
    stories = written_stories(syllabus.guide, syllabus.practice)
    for answer in (*syllabus.guide.groups, None):
        rows = tuple(
            (
                *(story.id, hard[story.id], "; ".join(feedback.traps_of(syllabus, story))),
                story.paragraphs[0].split(". ")[0].rstrip(".") + ".",
            )
            for story in stories
            if syllabus.right(story.outcome) == answer
        )
        name = answer_name(syllabus.guide, answer)
        yield Table(name, "", ("Story", "Difficulty", "Trap", "Begins"), rows)


def _whole(syllabus: Syllabus, story: Story, *, answers: bool) -> Iterator[str]:
    yield f"{story.id}:"
    yield from story_lines(story)
    yield story.ask
    if answers:
        yield from feedback.answer_lines(syllabus, story)
        case = syllabus.practice.cases.get(story.id)
        if case and case.contrast:
            yield f"Compare with: {case.contrast}"
    yield ""


def _plain(syllabus: Syllabus, story: Story, *, answers: bool) -> dict[str, object]:
    """Return a story as plain data, with its answers if asked."""
    told = {"name": story.id, "title": title_of(story), "made": story.made}
    told |= {"story": list(story.paragraphs), "ask": story.ask}
    if not answers:
        return told
    right = syllabus.right(story.outcome)
    also = feedback.accepted_beside(syllabus, story)
    return told | {
        "facts": dict(story.facts),
        "outcome": story.outcome,
        "right": right or "supervisor",
        "right_name": answer_name(syllabus.guide, right),
        "acceptable": [one or "supervisor" for one in also],
        "acceptable_names": [answer_name(syllabus.guide, one) for one in also],
        "difficulty": feedback.difficulties(syllabus).get(story.id, ""),
        "traps": list(feedback.traps_of(syllabus, story)),
        "note": story.note,
    }


@command(opens=open_services)
@click.option("--alias", default="", help="Only this trainee's answers, as a page to hand back.")
@click.option(
    "--class", "class_file", type=FILE, help="Only answers given in this class, with its scores."
)
@options.format_option(
    "kind",
    ("text", "html", "csv", "json"),
    "Text with bars, a web page, a folder with one CSV file per table, or JSON.",
    default="text",
)
@click.option("--expect", default="", metavar="A,B,C", help="List who of these has no answers yet.")
@options.output_to(needed=False)
def report(  # noqa: PLR0913 - an argument an option
    services: Services,
    *,
    alias: str,
    class_file: Path | None,
    kind: str,
    expect: str,
    output: Path | None,
    force: bool,
) -> int:
    """Show what to teach next, what trainees chose, and what they misunderstand.

    A story that most trainees miss is marked "discuss in class". If most of the stronger trainees
    miss it too, it is marked "check the wording". The page is one file that needs no network and
    prints well. For CSV, --output is a folder, which gets one file per table and one file with every
    answer. With --alias, you get a page to hand back to one trainee, with the right answers.

    \b
    Examples:
      service-group training report --class spring.class.json --expect blue-heron,red-fox
      service-group training report --class spring.class.json --format html --output spring.html
      service-group training report --class spring.class.json --format csv --output spring
      service-group training report --class spring.class.json --alias red-fox
    """
    found = class_from(class_file) if class_file else None
    expected = names_in(expect)
    attempts, elsewhere = _attempts(services, found, alias)
    syllabus = with_own(found, syllabus_of(services)) if found else syllabus_of(services)
    zone = services.now().astimezone().tzinfo
    made = class_report(
        *(syllabus, attempts, zone),  # type: ignore[arg-type]
        found=found,
        elsewhere=elsewhere,
        expected=expected,
    )
    whose = found.name if found else "everyone here" * (not alias)
    title = f"Class report: {whose}"
    if alias:
        name = attempts[0].alias if attempts else alias
        title = f"{name}'s answers{f': {whose}' if whose else ''}"
    page = reports.trainee_tables(syllabus, made, attempts) if alias else ()
    tables = reports.report_tables(syllabus.guide, made, brief=kind == "text")
    if kind in {"csv", "json"}:
        new = (table for table in page if table.title not in {one.title for one in tables})
        tables = (*tables, reports.choice_table(syllabus.guide, made), *new)
    elif page:
        tables = page
    answers = answers_table(syllabus, made.log)
    if kind == "csv":
        _write_tables((*tables, answers), output, services.folder, force=force)
    elif kind == "html" and output is None:
        raise UsageError(
            "A web page needs a file, and --output is missing.",
            mend="add --output and a file name, such as --output class.html.",
        )
    else:
        text = _text(services, (kind, title), made, tables, answers)
        _give(services, text, output, force=force, paged=kind == "text")
    if output not in {None, options.STANDARD_OUTPUT}:
        say(f"Written to {output}.", err=True)
    if expected:
        say(_missing(made.absent, len(dict.fromkeys(expected))), err=True)
    return 0


def _give(services: Services, text: str, output: Path | None, *, force: bool, paged: bool) -> None:
    """Write a report to its file or to standard output, or show it there a page at a time."""
    if paged and output is None:
        options.say_pages(text.rstrip("\n"), heard=services.settings.plain)
        return
    with options.writing(output, services.folder, force=force) as file:
        file.write(text)


def _text(
    services: Services,
    how: tuple[str, str],
    made: ClassReport,
    tables: Sequence[Table],
    answers: Table,
) -> str:
    """Return a report as one text; `how` is its kind and title."""
    kind, title = how
    lead, width = reports.report_lead(made), width_now()
    if kind == "html":
        return as_page(title, lead, tables)
    if kind == "json":
        return reports.report_json(services.loaded.guide, title, made, tables, answers)
    shown = tables if made.trainees or made.absent else ()
    text = as_text(shown, width, heard=services.settings.plain)
    return "".join(f"{line}\n" for line in (*laid_out([title, "", lead], width), *text))


def _attempts(
    services: Services, found: ClassFile | None, alias: str
) -> tuple[list[Attempt], list[Attempt]]:
    """Return the answers to report on, and all others; it is said how many cannot be read."""
    log = services.open_records().practice
    alias = alias and alias_known(services, alias, log)
    read = [*map(attempt_in, log.texts(alias=alias or None))]
    known = [attempt for attempt in read if attempt]
    if len(known) < len(read):
        left_out = len(read) - len(known)
        say(f"{left_out} answers cannot be read, and are left out.", err=True)
    if found is None:
        return known, []
    inside = [attempt for attempt in known if attempt.class_id == found.id]
    return inside, [attempt for attempt in known if attempt.class_id != found.id]


def _missing(absent: Sequence[str], expected: int) -> str:
    if not absent:
        return "Everyone you expected has answers here."
    return f"No results yet from {len(absent)} of {expected}: {', '.join(absent)}."


def _write_tables(tables: Iterable[Table], output: Path | None, data: Path, *, force: bool) -> None:
    """Write a file for each table into the folder, which is made where it is not there."""
    if output is None or output == options.STANDARD_OUTPUT or output.is_file():
        raise UsageError(
            "CSV writes one file per table, so it needs a folder.",
            mend="add --output and the name of a folder, such as --output class.",
        )
    with refusals_said(
        output, "The folder cannot be made", "Choose a folder that you are allowed to write to."
    ):
        folder = private_folder(output)
    for table in tables:
        name = re.sub(r"\W+", "-", table.title.lower())
        with options.writing(folder / f"{name}.csv", data, force=force) as file:
            file.write(f"\ufeff{as_csv(table)}")  # spreadsheets know UTF-8 by the mark


def watched(
    services: Services, found: ClassFile, log: PracticeLog, expected: Sequence[str] = ()
) -> Table:
    """Return a class as it is now, from the answers recorded and the places kept on this computer."""
    attempts = attempts_in(log.texts(class_id=found.id))
    return class_now(found, attempts, bookmarks_here(services), services.now(), expected)


@command(opens=open_services)
@click.option("--class", "class_file", type=FILE, required=True, help="The class to watch.")
@click.option("--every", type=click.IntRange(1, 600), default=5, show_default=True, help="Seconds.")
@click.option("--expect", default="", metavar="A,B,C", help="Trainees to list before they begin.")
@click.option("--once", is_flag=True, help="Show the class once, and end.")
def watch(services: Services, class_file: Path, *, every: int, expect: str, once: bool) -> int:
    """Watch a running class: who is at which story, and how it goes. Ctrl-C ends it.

    It shows who practices on this computer or in its browser class, and results that were collected
    or are in your shared records. How a test went shows once it is handed in.

    \b
    Example:
      service-group training watch --class spring.class.json --expect blue-heron,red-fox
    """
    found, log = class_from(class_file), services.open_records().practice
    expected = names_in(expect)
    plain, page = services.settings.plain, ""
    live = not once and sys.stdout is not None and sys.stdout.isatty()
    while True:
        table = replace(watched(services, found, log, expected), bar="")
        before, page = page, "\n".join(list(as_text([table], width_now(), heard=plain))[1:])
        if page != before:
            if live and not plain:
                click.clear()
            say(f"{page}\n\nCtrl-C ends this view." if live else page)
        if not live:
            return 0
        time.sleep(every)


@command(opens=open_services)
@click.option(
    "--class", "class_file", type=FILE, help="The stories of this class, with what was chosen."
)
@options.plain_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
def discuss(
    services: Services, class_file: Path | None, *, plain: bool | None, names: Sequence[str]
) -> int:
    """Show stories large, one at a time, and reveal each answer when you press Enter.

    With --class, the answer also shows what the class chose. Without a name or a class, all stories
    written by hand are shown. Make the letters of the terminal larger for a projector.

    \b
    Examples:
      service-group training discuss burn_on_the_hand diversion_program
      service-group training discuss --class spring.class.json
    """
    syllabus, stories = _stories(syllabus_of(services), class_file, names)
    attempts: list[Attempt] = []
    if class_file:
        log, found = services.open_records().practice, class_from(class_file)
        attempts = list(attempts_in(log.texts(class_id=found.id)))
    stories = stories or written_stories(syllabus.guide, syllabus.practice)
    shown = feedback.slides(syllabus, stories, attempts)
    lines = services.settings.plain if plain is None else plain
    if lines or dialogue.is_for_lines() or dialogue.cannot_draw():
        return dialogue.run_session(DialogueDriver(_discussed(shown)))
    from assistant.screen.discussion import run  # noqa: PLC0415 - Textual is loaded only for the screen

    return run(services, shown)


def _discussed(shown: Sequence[Slide]) -> Dialogue[list[str]]:
    """Hold a discussion in lines: a story, Enter, its answer, Enter, the next story."""
    for slide in shown:
        story = (f"{slide.place}: {slide.title}", "", *slide.paragraphs, "", slide.asked)
        yield from dialogue.hear(*story, "", "Press Enter to reveal the answer, or type q to quit.")
        then = "to end" if slide is shown[-1] else "for the next story"
        yield from dialogue.hear(*slide.answer, "", f"Press Enter {then}.")
    return ["That was the last story."]
