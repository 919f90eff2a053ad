"""The stories of a class: named one by one, or made from a seed; the same for everyone."""

from collections.abc import Sequence
from random import Random

from assistant.errors import UsageError
from assistant.training.ground import Ground, Way
from assistant.training.stories import Story, fresh_story, story_by_id
from assistant.training.wire import digest


def stories_named(ground: Ground, ids: Sequence[str]) -> tuple[Story, ...]:
    """Give stories by their names; raises `UsageError` for a name that no story has."""
    try:
        return tuple(story_by_id(ground.guide, ground.practice, name) for name in ids)
    except KeyError as error:
        raise UsageError(
            f"There is no story named {error.args[0]!r}.",
            mend="look its name up in the list of stories, or use the guide it was made with.",
        ) from None


def stories_by_seed(ground: Ground, seed: int, count: int) -> tuple[Story, ...]:
    """Make `count` stories, every group and "ask the supervisor" as often as can be, by lot.

    No opening and no harmless detail comes twice where that can be helped.
    """
    rng = Random(f"class {seed}")  # noqa: S311 - the same seed, the same class
    chosen: list[Way] = []
    while len(chosen) < count:
        groups = [*ground.guide.groups, None]
        rng.shuffle(groups)
        for group in groups[: count - len(chosen)]:
            chosen.append(_way(ground, group, chosen, rng))
    stories: list[Story] = []
    for way in chosen:
        stories.append(fresh_story((ground.guide, ground.practice), way.facts, rng, stories))
    return tuple(stories)


def content_hash(meaning_hash: str, stories: Sequence[Story]) -> str:
    """Give a hash over the guide's meaning and every word of the stories."""
    told = [[s.id, list(s.paragraphs), s.ask, dict(s.facts), s.outcome] for s in stories]
    return digest([meaning_hash, told])


def _way(ground: Ground, group: str | None, chosen: Sequence[Way], rng: Random) -> Way:
    """Give a way to a group by lot, one whose outcome and facts were chosen least so far."""
    ways = [way for way in ground.ways if ground.right(way.outcome) == group]
    if not ways:
        return rng.choice(ground.ways)
    ends = [way.outcome for way in chosen]
    rng.shuffle(ways)
    return min(ways, key=lambda way: (ends.count(way.outcome), chosen.count(way)))
