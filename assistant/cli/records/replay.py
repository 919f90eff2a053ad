"""`service-group records replay`: old answers under today's rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from assistant.cli.options import content_option, data_option
from assistant.cli.records.opening import services_with_records
from assistant.cli.records.options import filters, wanted
from assistant.content.model import Guide
from assistant.interview.entries import local_time
from assistant.interview.replaying.differences import Difference, advice_words, differences
from assistant.interview.summarising.tables import chosen_words
from assistant.plain.layout import laid_out, width_now
from assistant.problems import counted


@click.command()
@content_option
@data_option
@filters
def replay(content_folder: Path | None, data_folder: Path | None, **chosen: Any) -> int:  # noqa: ANN401 - the filter options
    """Run old answers through today's guide, and list the entries that it would advise otherwise.

    Each comes with both recommendations and the rule that changed. A change of wording alone never
    shows, nor does an entry that was corrected or withdrawn.

    \b
    Example:
      service-group records replay --since 2026-01-01
    """
    services = services_with_records(content_folder, data_folder)
    guide = services.loaded.guide
    found = 0
    asked = wanted(guide, chosen)
    for difference in differences(services.loaded, services.open_records(), asked):
        found += 1
        for line in laid_out(said(guide, difference), width_now()):
            click.echo(line)
    click.echo(_conclusion(found), err=True)
    return 0


def said(guide: Guide, difference: Difference) -> Iterator[str]:
    """Say one difference in lines that each make sense alone."""
    entry, number = difference.entry, difference.seq
    then, now = (advice_words(guide, one) for one in (difference.then, difference.now))
    yield f"Entry {number}, {local_time(entry.when)}: recommended then: {then}; today: {now}."
    yield f"Recorded in entry {number}: {chosen_words(guide, entry.chosen)}."
    yield f"What changed for entry {number}: {difference.rule}"


def _conclusion(found: int) -> str:
    if not found:
        return "Today's guide recommends for every entry what was recommended then."
    return (
        f"{counted(found, 'entry').replace('entrys', 'entries')} would be advised otherwise today."
    )
