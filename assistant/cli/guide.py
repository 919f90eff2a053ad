"""`content`: check, draw, and compare guides, and print the desk card."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import settings
from assistant.cases.replay import Difference, advice_words, differences
from assistant.cli import options
from assistant.engine import handouts
from assistant.errors import OutputError, UsageError
from assistant.guide.earlier import (
    CaseChange,
    CaseRules,
    EarlierGuide,
    WordingChange,
    case_changes,
    earlier_guide,
    read_earlier,
    wording_changes,
)
from assistant.guide.loading import NEW, LoadedGuide, check_quotes, load_guide
from assistant.guide.model import Guide
from assistant.guide.problems import REPORTERS, GuideProblemsError
from assistant.guide.proof import MOST_CASES, in_words
from assistant.shapes import Frozen
from assistant.tables import Table, as_page, as_text
from assistant.text import counted, laid_out, say, say_lines, width_now
from assistant.training.content import has_practice, load_practice

if TYPE_CHECKING:
    from assistant.services import Services


@options.command()
@options.content_option
@click.option(
    "--documents",
    type=options.FILE,
    help="Folder of the agency's documents, to check every quoted phrase.",
)
@options.format_option("style", REPORTERS, "How mistakes are printed.", default="text")
def check(
    content_folder: Path | None, decisions_file: Path | None, documents: Path | None, style: str
) -> int:
    """Read, check, and prove the guide and the practice content; list mistakes, or what was proven.

    \b
    Example:
      service-group content check --documents ../shared/documents
    """
    folder = settings.content_folder(content_folder)
    try:
        loaded = load_guide(folder, decisions=settings.decisions_file(decisions_file))
        if documents:
            check_quotes(folder, loaded.guide, documents)
        practiced = _practiced(folder, loaded.guide)
        earlier = len(read_earlier(folder, loaded.guide))
    except GuideProblemsError as error:
        say(REPORTERS[style](error.problems))
        say(f"{counted(len(error.problems), 'mistake')} found in {error.where}", err=True)
        return error.exit_code
    say(_summary(loaded))
    say(practiced)
    if earlier:
        say(f"Answers from {counted(earlier, 'earlier guide')} can be read.")
    if decisions := loaded.guide.decisions:
        say(f"{counted(len(decisions), 'decision')} of your agency: {', '.join(decisions)}.")
    if documents:
        say("Every quoted phrase is in its document, in the section named.")
    return 0


@options.command()
@options.content_option
@options.format_option("style", ("text", "mermaid"), "How the tree is drawn.", default="text")
def draw(content_folder: Path | None, decisions_file: Path | None, style: str) -> int:
    """Draw the tree of questions to standard output.

    \b
    Example:
      service-group content draw --format mermaid > tree.mmd
    """
    agency = settings.decisions_file(decisions_file)
    guide = load_guide(settings.content_folder(content_folder), decisions=agency).guide
    say(
        handouts.tree_as_mermaid(guide) if style == "mermaid" else handouts.tree_as_text(guide),
        nl=False,
    )
    return 0


@options.command(opens=options.open_guide)
@options.output_to(needed=False)
def card(loaded: LoadedGuide, output: Path | None, *, force: bool) -> int:
    """Print the desk card: two steps, the groups, common mistakes, and where to look, on one page.

    With --output, it is a web page that prints on one sheet. Without it, the card is text.

    \b
    Examples:
      service-group content card
      service-group content card --output card.html
    """
    tables, lead = handouts.card_tables(loaded.guide), handouts.card_lead(loaded.guide)
    if output is None:
        say_lines([handouts.CARD_TITLE, lead])
        for line in as_text(tables, width_now(), heard=settings.load_settings().plain):
            say(line)
        return 0
    with options.writing(output, settings.known_data_folder(), force=force) as file:
        file.write(as_page(handouts.CARD_TITLE, lead, tables, card=True))
    return 0


@options.command(opens=options.open_guide)
@options.format_option(
    "style",
    ("text", "form"),
    "Text to read, or a page to print with space for your agency's answers.",
    default="text",
)
@options.output_to(needed=False)
def questions(loaded: LoadedGuide, style: str, output: Path | None, *, force: bool) -> int:
    """List what the documents leave open, so that policy staff can decide it once.

    Each point has both readings, the words behind them, and the results that depend on it. Your
    agency's answers go in a separate file, which you give with --decisions.

    \b
    Examples:
      service-group content questions
      service-group content questions --format form --output questions.html
    """
    if not loaded.guide.readings:
        say("This guide leaves no points open.")
        return 0
    tables = handouts.question_tables(loaded.guide, to_sign=style == "form")
    with options.writing(output, settings.known_data_folder(), force=force) as file:
        if style == "form":
            file.write(as_page(handouts.QUESTIONS_TITLE, handouts.QUESTIONS_LEAD, tables))
            return 0
        for line in laid_out(handouts.as_lines(tables), width_now()):
            file.write(f"{line}\n")
    return 0


@options.command()
@click.argument("folder", type=options.FILE)
def new(folder: Path) -> int:
    """Write a small guide with comments into FOLDER, which must be new or empty, to change into yours.

    \b
    Example:
      service-group content new our-guide
    """
    refused = UsageError(f"{folder} is not an empty folder.", mend="give the name of a new folder.")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise refused
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted((settings.bundled_guide() / NEW).glob("*.yaml")):
            (folder / path.name).write_bytes(path.read_bytes())
    except OSError as error:
        raise OutputError(
            f"The guide cannot be written: {error.strerror}.",
            where=str(folder),
            mend="give a folder that you can write to.",
        ) from None
    say_lines(
        [
            f"A small guide is in {folder}. Change its files, and check them after each change:",
            f"  service-group content check --content {folder}",
            "To try it: service-group ask --content followed by the folder.",
            "Each step is explained in: service-group help guide-keepers",
        ]
    )
    return 0


# the beginning of the check number of a guide's rules, as `content check` shows it
_HASH = re.compile(r"[0-9a-f]{6,64}")


class _Compared(Frozen):
    """All that changes from one guide to another.

    `old` is None where only its rules are kept; `earlier` has its words, where the new guide tells them.
    """

    old: LoadedGuide | None
    earlier: EarlierGuide | None
    meaning: str
    new: LoadedGuide
    cases: tuple[CaseChange, ...]
    of_cases: int
    wording: tuple[WordingChange, ...]
    entries: list[Difference]

    @property
    def old_version(self) -> str:
        """The version of the old guide, "" where it is not known."""
        old = self.old.guide.about if self.old else self.earlier
        return old.version if old else ""


@options.command()
@click.argument("old")
@click.argument("new", type=options.FILE, required=False)
@options.content_option
@options.data_option
@options.format_option(
    "style", ("text", "json", "html"), "How the changes are printed.", default="text"
)
@options.output_to(needed=False)
def diff(
    old: str,
    new: Path | None,
    style: str,
    output: Path | None,
    *,
    force: bool,
    **where: Any,  # noqa: ANN401 - the options for folders
) -> int:
    """Show what changes from one guide to another: results, wording, and entries on record.

    OLD is a folder, or the check number of the rules that entries were recorded under, as content
    check shows it. NEW is a folder, by default the guide in use. With --decisions, only NEW
    takes in that file.

    \b
    Examples:
      service-group content diff ../guide-before
      service-group content diff ../guide-before ../guide-after --format html --output changes.html
    """
    from assistant import services  # noqa: PLC0415 - only a comparison needs records

    content = new or where["content_folder"]
    opened = services.real_services(content, where["data_folder"], where["decisions_file"])
    compared = _compared(old, opened)
    with options.writing(output, opened.folder, force=force) as file:
        if style == "json":
            file.write(json.dumps(_as_json(compared), ensure_ascii=False, indent=2) + "\n")
        elif style == "html":
            title, *lead = _change_summary(compared)
            file.write(as_page(title, " ".join(lead), _change_tables(compared)))
        else:
            for line in laid_out(_change_lines(compared), width_now()):
                file.write(f"{line}\n")
    return 0


def _compared(old: str, services: "Services") -> _Compared:
    new, before = services.loaded, None
    if _HASH.fullmatch(old) and not Path(old).exists():
        meaning, decision = _kept_rules(old, services)
    else:
        before = load_guide(Path(old), decisions=settings.decisions_file(None))
        meaning, decision = before.meaning_hash, before.decision
    was, now = CaseRules(decision), CaseRules(new.decision)
    earlier = earlier_guide(new, meaning)
    return _Compared(
        old=before,
        earlier=earlier,
        meaning=meaning,
        new=new,
        cases=case_changes(was, now, new.guide, earlier),
        of_cases=was.space.count(),
        wording=wording_changes(before.guide, new.guide) if before else (),
        entries=list(differences(new, services.open_records())) if _has_records(services) else [],
    )


def _has_records(services: "Services") -> bool:
    from assistant.records.sqlite import holds_records  # noqa: PLC0415 - SQLAlchemy, late

    return bool(services.settings.records_url) or holds_records(services.folder)


def _kept_rules(beginning: str, services: "Services") -> tuple[str, str]:
    """Return the whole hash and the decision of a guide kept with the records."""
    found = services.open_records().rules_beginning(beginning) if _has_records(services) else {}
    if len(found) == 1:
        return next(iter(found.items()))
    what = "More than one guide" if found else "No guide"
    raise UsageError(
        f"{what} with a check number that begins with {beginning} is kept with the records.",
        mend="give more of the number, the folder of the records with --data, or a guide's folder.",
    )


def _change_summary(compared: _Compared) -> Iterator[str]:
    changed = sum(change.cases for change in compared.cases if change.was)
    added = sum(change.cases for change in compared.cases if not change.was)
    known = (
        f"guide {compared.old_version}" if compared.old_version else "a guide of unknown version"
    )
    yield f"Changes from {known} to guide {compared.new.guide.about.version}."
    yield f"{changed:,} of {counted(compared.of_cases, 'case')} get a different result."
    if added:
        yield f"{counted(added, 'case is', 'cases are')} new, because the old guide had no such answers."
    if compared.old:
        yield f"{counted(len(compared.wording), 'text')} changed."
    else:
        yield "Only the rules of the old guide are kept, so its wording is not compared."
    if compared.entries:
        yield f"{counted(len(compared.entries), 'entry', 'entries')} on record would be advised differently."


def _change_tables(compared: _Compared, most: int | None = None) -> list[Table]:
    new = compared.new
    before = compared.old.guide if compared.old else compared.earlier
    tables = [handouts.changes_table(before, new.guide, compared.cases)]
    if compared.wording:
        tables.append(handouts.wording_table(compared.wording, most))
    if compared.entries:
        title, head = "Entries that would be advised differently", ("Entry", "Then", "Now")
        rows = [
            (f"Entry {one.seq}", *(advice_words(new.guide, told) for told in (one.then, one.now)))
            for one in compared.entries
        ]
        tables.append(Table(title, "", head, tuple(rows)))
    return tables


def _change_lines(compared: _Compared) -> Iterator[str]:
    yield from _change_summary(compared)
    results, *others = _change_tables(compared, handouts.MOST_TOLD)
    if results.rows:
        yield from ("", results.heading, *handouts.change_lines(results))
    for table in others:
        yield from ("", table.heading)
        for name, was, now in table.rows:
            yield from (f"- {name}", f"  {table.head[1]}: {was}", f"  {table.head[2]}: {now}")
    if (hidden := len(compared.wording) - handouts.MOST_TOLD) > 0:
        yield f"{counted(hidden, 'more text')} changed. See them all with --format html or json."


def _as_json(compared: _Compared) -> dict[str, object]:
    new = compared.new
    return {
        "old": {"version": compared.old_version, "meaning_hash": compared.meaning},
        "new": {"version": new.guide.about.version, "meaning_hash": new.meaning_hash},
        "cases": compared.of_cases,
        "changes": [
            {
                "if": change.facts,
                "was": [asdict(result) for result in change.was],
                "now": [asdict(result) for result in change.now],
                "cases": change.cases,
            }
            for change in compared.cases
        ],
        "wording": [asdict(change) for change in compared.wording],
        "entries": [
            {"entry": one.seq, "then": asdict(one.then), "now": asdict(one.now)}
            for one in compared.entries
        ],
    }


def _practiced(folder: Path, guide: Guide) -> str:
    if not has_practice(folder):
        return "It has no practice content."
    practice = load_practice(folder, guide)
    outcomes = len({case.outcome for case in practice.cases.values()})
    return f"{len(practice.cases)} practice cases are correct. They cover {outcomes} outcomes."


def _summary(loaded: LoadedGuide) -> str:
    guide, proof = loaded.guide, loaded.proof
    times = f"""\
It took {loaded.load_ms:.0f} ms to read and prove.
Check number of the rules: {loaded.meaning_hash[:12]}. Check number of the files: {loaded.raw_hash[:12]}."""
    if not proof.exhaustive:
        return f"""\
The guide {guide.about.version} is sound in its names and structure, and is NOT proven.
Its {proof.facts} facts make more cases (a number of {len(str(proof.cases))} digits) than the
{MOST_CASES:,} that are tried at most.
{times}"""
    longest = max((proof.witnesses[name] for name in guide.outcomes), key=len)
    shortest = min((proof.witnesses[name] for name in guide.outcomes), key=len)
    return f"""\
The guide {guide.about.version} is proven: every case ends in one outcome that agrees with the rules.
{proof.facts} facts, {proof.cases} cases, {proof.paths} paths, {proof.outcomes} outcomes.
Longest interview: {counted(proof.longest, "question")}, such as {in_words(guide, longest)}.
Shortest interview: {counted(proof.shortest, "question")}, such as {in_words(guide, shortest)}.
{times}"""
