"""`content`: check and draw the guide, and print its desk card."""

from pathlib import Path

import click

from assistant import settings
from assistant.cli.options import (
    FILE,
    command,
    content_option,
    output_to,
    say,
    say_lines,
    writing,
)
from assistant.engine.card import CARD_TITLE, card_lead, card_tables
from assistant.guide.loading import LoadedGuide, check_quotes, load_guide
from assistant.guide.model import Guide
from assistant.guide.problems import REPORTERS, GuideProblemsError
from assistant.guide.proof import MOST_CASES, in_words
from assistant.tables import as_page, as_text
from assistant.text import width_now
from assistant.training.content import has_practice, load_practice


@command()
@content_option
@click.option(
    "--documents",
    type=FILE,
    help="Folder of the agency's documents: every quoted phrase is looked up there.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(list(REPORTERS)),
    default="text",
    show_default=True,
    help="How mistakes are printed.",
)
def check(content_folder: Path | None, documents: Path | None, style: str) -> int:
    """Read, check and prove the guide and what is practised with; list every mistake, or what was proven.

    \b
    Example:
      service-group content check --documents ../shared/documents
    """
    folder = settings.content_folder(content_folder)
    try:
        loaded = load_guide(folder)
        if documents:
            check_quotes(folder, loaded.guide, documents)
        practised = _practised(folder, loaded.guide)
    except GuideProblemsError as error:
        say(REPORTERS[style](error.problems))
        say(f"{len(error.problems)} found in {folder}", err=True)
        return error.exit_code
    say(_summary(loaded))
    say(practised)
    if documents:
        say("Every quoted phrase stands in its document, in the section named.")
    return 0


@command()
@content_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "mermaid"]),
    default="text",
    show_default=True,
    help="How the tree is drawn.",
)
def draw(content_folder: Path | None, style: str) -> int:
    """Draw the whole tree to standard output.

    \b
    Example:
      service-group content draw --format mermaid > tree.mmd
    """
    guide = load_guide(settings.content_folder(content_folder)).guide
    from assistant.guide import drawing  # noqa: PLC0415 - only a drawing needs it

    draw_as = drawing.as_mermaid if style == "mermaid" else drawing.as_text
    say(draw_as(guide), nl=False)
    return 0


@command()
@content_option
@output_to(needed=False)
def card(content_folder: Path | None, output: Path | None, *, force: bool) -> int:
    """Print the desk card: two steps, the groups, common mistakes and where to look, on one page.

    With --output it is a page for a browser, which prints on one sheet. Without, it is text.

    \b
    Examples:
      service-group content card
      service-group content card --output card.html
    """
    guide = load_guide(settings.content_folder(content_folder)).guide
    tables, lead = card_tables(guide), card_lead(guide)
    if output is None:
        say_lines([CARD_TITLE, lead])
        for line in as_text(tables, width_now(), heard=settings.load_settings().plain):
            say(line)
        return 0
    with writing(output, settings.data_folder(), force=force) as file:
        file.write(as_page(CARD_TITLE, lead, tables, card=True))
    return 0


def _practised(folder: Path, guide: Guide) -> str:
    """Check what the guide is practised with, if it has anything, and say what there is."""
    if not has_practice(folder):
        return "It has nothing to practise with."
    practice = load_practice(folder, guide)
    outcomes = len({case.outcome for case in practice.cases.values()})
    return f"{len(practice.cases)} practice cases hold, for {outcomes} of the outcomes."


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
