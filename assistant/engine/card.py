"""The desk card: two steps, the groups with their rules, and the rest, as tables."""

from assistant.engine.statements import use_when
from assistant.engine.verdict import group_name, sentence
from assistant.guide.model import CardPart, Guide
from assistant.tables import Table

CARD_TITLE = "Service group desk card"  # heads the card, on paper and on the screen


def groups_table(guide: Guide) -> Table:
    """Return each group with its rule."""
    rows = ((group.name, sentence(use_when(guide, name))) for name, group in guide.groups.items())
    return Table("When to use each service group", "", ("Group", "Use when"), tuple(rows))


def card_tables(guide: Guide) -> tuple[Table, ...]:
    """Return the parts of the desk card in the order of the page: steps, groups, and the rest."""
    steps = (_part(guide, part) for part in guide.card.steps)
    return (*steps, groups_table(guide), *(_part(guide, part) for part in guide.card.more))


def card_lead(guide: Guide) -> str:
    """Return what stands above the parts of the card, with the version of the guide."""
    return f"{guide.card.lead} Guide version {guide.about.version}.".lstrip()


def _part(guide: Guide, part: CardPart) -> Table:
    rows = ((row.when, group_name(guide, row.group, none=row.do)) for row in part.rows)
    return Table(part.title, part.note, part.head, tuple(rows))
