"""`content`: check and draw the guide, and print its desk card."""

from pathlib import Path

import click

from assistant import settings
from assistant.cli.options import (
    FILE,
    command,
    content_option,
    format_option,
    open_guide,
    output_to,
    say,
    say_lines,
    writing,
)
from assistant.engine.handouts import CARD_TITLE, card_lead, card_tables
from assistant.guide.earlier import check_earlier
from assistant.guide.loading import LoadedGuide, check_quotes, load_guide
from assistant.guide.model import Guide
from assistant.guide.problems import REPORTERS, GuideProblemsError
from assistant.guide.proof import MOST_CASES, in_words
from assistant.tables import as_page, as_text
from assistant.text import counted, laid_out, width_now
from assistant.training.content import has_practice, load_practice


@command()
@content_option
@click.option(
    "--documents",
    type=FILE,
    help="Folder of the agency's documents, to check every quoted phrase.",
)
@format_option("style", REPORTERS, "How mistakes are printed.", default="text")
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
        earlier = check_earlier(folder, loaded.guide)
    except GuideProblemsError as error:
        say(REPORTERS[style](error.problems))
        say(f"{len(error.problems)} found in {folder}", err=True)
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


@command()
@content_option
@format_option("style", ("text", "mermaid"), "How the tree is drawn.", default="text")
def draw(content_folder: Path | None, decisions_file: Path | None, style: str) -> int:
    """Draw the tree of questions to standard output.

    \b
    Example:
      service-group content draw --format mermaid > tree.mmd
    """
    agency = settings.decisions_file(decisions_file)
    guide = load_guide(settings.content_folder(content_folder), decisions=agency).guide
    from assistant.guide import drawing  # noqa: PLC0415 - only a drawing needs it

    draw_as = drawing.as_mermaid if style == "mermaid" else drawing.as_text
    say(draw_as(guide), nl=False)
    return 0


@command(opens=open_guide)
@output_to(needed=False)
def card(loaded: LoadedGuide, output: Path | None, *, force: bool) -> int:
    """Print the desk card: two steps, the groups, common mistakes, and where to look, on one page.

    With --output, it is a web page that prints on one sheet. Without it, the card is text.

    \b
    Examples:
      service-group content card
      service-group content card --output card.html
    """
    tables, lead = card_tables(loaded.guide), card_lead(loaded.guide)
    if output is None:
        say_lines([CARD_TITLE, lead])
        for line in as_text(tables, width_now(), heard=settings.load_settings().plain):
            say(line)
        return 0
    with writing(output, settings.data_folder(), force=force) as file:
        file.write(as_page(CARD_TITLE, lead, tables, card=True))
    return 0


@command(opens=open_guide)
@format_option(
    "style",
    ("text", "form"),
    "Text to read, or a page to print with space for your agency's answers.",
    default="text",
)
@output_to(needed=False)
def questions(loaded: LoadedGuide, style: str, output: Path | None, *, force: bool) -> int:
    """List what the documents leave open, so that policy staff can decide it once.

    Each point has both readings, the words behind them, and the results that depend on it. Your
    agency's answers go in a separate file, which you give with --decisions.

    \b
    Examples:
      service-group content questions
      service-group content questions --format form --output questions.html
    """
    from assistant.engine import handouts as listing  # noqa: PLC0415 - only this list needs it

    tables = listing.question_tables(loaded.guide, to_sign=style == "form")
    with writing(output, settings.data_folder(), force=force) as file:
        if style == "form":
            file.write(as_page(listing.TITLE, listing.LEAD, tables))
            return 0
        for line in laid_out(listing.as_lines(tables), width_now()):
            file.write(f"{line}\n")
    return 0


def _practiced(folder: Path, guide: Guide) -> str:
    if not has_practice(folder):
        return "It has no practice content."
    practice = load_practice(folder, guide)
    outcomes = len({case.outcome for case in practice.cases.values()})
    return f"{len(practice.cases)} practice cases are correct. They cover {outcomes} outcomes."


def _summary(loaded: LoadedGuide) -> str:
    guide, proof = loaded.guide, loaded.proof
    times = f"""\
Read in {loaded.load_ms:.0f} ms, of which proof {loaded.proof_ms:.0f} ms.
Meaning {loaded.meaning_hash[:12]}, files {loaded.raw_hash[:12]}."""
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
Longest interview: {proof.longest} questions, such as {in_words(guide, longest)}.
Shortest interview: {proof.shortest} questions, such as {in_words(guide, shortest)}.
{times}"""
